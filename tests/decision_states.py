"""States of needs, decisions and complaints of which the full case has no copy, for those who walk the forms."""

import datetime as dt
from collections.abc import Callable

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.models import Verification
from samspil.contexts.deadlines.models import Deadline
from samspil.contexts.decisions.models import Complaint, Decision, Fact, Hearing, Need, RemittedPoint
from samspil.contexts.letters import content
from samspil.contexts.letters.models import Letter
from samspil.contexts.letters.notices import NoticeFacts, compose_notice
from tests.cast import FJORDBY, NOW, TODAY
from tests.letter_facts import SENDER

WEEK = dt.timedelta(weeks=1)


def _complaints(**changes: object) -> None:
    Complaint.objects.update(**changes)


def _told(**changes: object) -> None:
    Decision.objects.filter(status="told").update(**changes)


def _asked() -> None:
    draft = Decision.objects.get(status="draft")
    Hearing.objects.update(decision=draft, answered_on=None, answer="", asked_on=TODAY, answer_by=TODAY)


def _decided_anew() -> None:
    decision_id = Complaint.objects.get().decision_id
    draft = Decision.objects.filter(status="draft")
    draft.update(status="decided", outcome="full", decided_at=NOW, replaces=decision_id)


def _nothing_missing(form: str) -> None:
    Deadline.objects.filter(kind="file_access").delete()
    Fact.objects.all().delete()
    Decision.objects.filter(status="draft").update(form=form)


def _remitted_points_answered() -> None:
    RemittedPoint.objects.update(answer="Hun kan gå til bussen", answered_at=NOW, answered_by_name="Mette Bjerre")


def _letter_is_notice() -> None:
    """The draft of the case is one that Samspil wrote, about a deadline that runs."""
    letter_id = Letter.objects.filter(status="draft").values_list("id", flat=True)[0]
    facts = NoticeFacts(kind="answer_later", on=TODAY, sender=SENDER, due_on=TODAY + WEEK, expected_on=TODAY + 2 * WEEK)
    Letter.objects.filter(id=letter_id).update(
        kind=facts.kind,
        template=facts.kind,
        decision_id=None,
        appeal="no",
        complaint_by=None,
        subject_id=Deadline.objects.filter(kind="decide", status="open").values_list("id", flat=True)[0],
        occasion_on=TODAY + WEEK,
        facts=facts.as_json(),
        content=content.keep(compose_notice(facts)),
    )


def _letter_is_on_its_way() -> None:
    """The citizen reads it, and its decision is not told."""
    letter = Letter.objects.filter(status="sent").exclude(appeal="no").get()
    decision = Decision.objects.filter(status="told")[0]
    decision.id, decision.status, decision.told_on = letter.decision_id, "decided", None
    decision.save(force_insert=True)


def _a_jurist_has_seen_a_rule() -> None:
    rule_id = catalogue.legal_bases(at=TODAY)[0].about.id
    Verification.objects.create(
        municipality=FJORDBY, provision_id=rule_id, by_name="Lene Krag", jurist="Jura Hansen", at=NOW, stands=True
    )


DECISION, COMPLAINT = "/afgoerelser/", "/klage/"
STATES: dict[str, tuple[str, Callable[[], object]]] = {
    "the complaint just came": (COMPLAINT, lambda: _complaints(status="received")),
    "the citizen was right in part": (COMPLAINT, lambda: _complaints(status="answered", reassessment="partial")),
    "the citizen holds on": (COMPLAINT, lambda: _complaints(status="kept")),
    "the complaint is with the board": (COMPLAINT, lambda: _complaints(status="forwarded", forwarded_on=TODAY)),
    "the board's points are answered": (COMPLAINT, _remitted_points_answered),
    "the remitted case is decided anew": (COMPLAINT, _decided_anew),
    "the complaint was met in part": (
        "/min/afgoerelser/",
        lambda: _complaints(status="answered", reassessment="partial"),
    ),
    "a complaint runs": ("/min/afgoerelser/", lambda: _complaints(status="received")),
    "nobody has complained": ("/min/afgoerelser/", lambda: _complaints(status="withdrawn")),
    "nothing is missing": (DECISION, lambda: _nothing_missing("written")),
    "nothing is missing, and it is said at once": (DECISION, lambda: _nothing_missing("oral")),
    "the decision is not told": (DECISION, lambda: _told(status="decided", told_on=None)),
    "the decision was spoken": (DECISION, lambda: _told(form="oral")),
    "written reasons are asked for": (DECISION, lambda: _told(form="oral", reasons_asked_on=TODAY)),
    "the citizen is asked about a fact": ("/hoering/", _asked),
    "the letter is on its way": ("/min/breve/", _letter_is_on_its_way),
    "the letter is a notice": ("/brev/", _letter_is_notice),
    "a jurist has seen a rule": ("/ledelse/regler/", _a_jurist_has_seen_a_rule),
    "the need is withdrawn": ("/behov/", lambda: Need.objects.filter(status="open").update(status="withdrawn")),
}
