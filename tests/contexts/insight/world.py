"""Decisions by the dozen, with what became of their complaints: rows as the commands leave them."""

import datetime as dt
from uuid import UUID

from samspil.contexts.cases.models import Case
from samspil.contexts.decisions.models import Complaint, DecidedNeed, Decision, Need
from samspil.contexts.letters.models import Letter
from samspil.kernel.ids import new_id
from tests.cast import NOW, TODAY, Cast

ADULT, OLD = "sel-85", "ael-10"
BOARD, BACK = {"upheld", "remitted", "changed", "annulled", "dismissed"}, {"full", "partial"}


class Year:
    """Karla's case and an old citizen's, both in district north."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.case = Case.objects.get(id=cast.case_id)
        self.old = Case.objects.create(
            municipality=991, number="26-0077", citizen_id=cast.citizen_id, district=cast.north, area="elder_care",
            status="running", status_since=NOW, opened_on=TODAY,
        )  # fmt: skip

    def decide(self, number: int, *, basis: str = ADULT, end: str = "", told_on: dt.date = TODAY) -> list[UUID]:
        """So many decisions about one need each; `end` is what became of a complaint about each."""
        return [self._one(self.old if basis == OLD else self.case, (basis,), end, told_on) for _ in range(number)]

    def decide_both(self, *bases: str) -> UUID:
        return self._one(self.case, bases, "", TODAY)

    def _one(self, case: Case, bases: tuple[str, ...], end: str, told_on: dt.date) -> UUID:
        row = {"municipality": 991, "case": case}
        decision = Decision.objects.create(
            status="told", status_since=NOW, outcome="refusal", drafted_by_name="Mette Bjerre", told_on=told_on, **row
        )
        for basis in bases:
            need = Need.objects.create(
                title="At komme til kor", channel="talk", asked_on=TODAY, status_since=NOW, basis=basis, **row
            )
            DecidedNeed.objects.create(decision=decision, need=need, outcome="refused", **row)
        if end:
            Complaint.objects.create(
                decision=decision, status="settled", status_since=NOW, channel="phone", received_on=told_on,
                words="Nej.", from_name="Karla Holm", is_late=False, reassessment=end if end in BACK else "",
                board_outcome=end if end in BOARD else "", **row,
            )  # fmt: skip
        return decision.id

    def send(self, decision_id: UUID | None, *, template: str = "hjaelp-nej", **changes: object) -> None:
        usual: dict[str, object] = {
            "municipality": 991, "case": self.case, "decision_id": decision_id or new_id(), "template": template,
            "basis": ADULT, "result": "refusal", "appeal": "yes", "status": "sent", "status_since": NOW, "facts": {},
            "content": {}, "complaint_by": TODAY, "written_by_name": "Mette Bjerre", "sent_at": NOW, "lix": 24.0,
        }  # fmt: skip
        Letter.objects.create(**usual | changes)
