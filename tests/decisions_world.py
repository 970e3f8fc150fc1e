"""Needs of Karla's, examined as far as a test wants, and decisions on them; all through the commands."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.models import Provision
from samspil.contexts.catalogue.queries import law
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.models import Hearing
from samspil.contexts.notes import api as notes
from tests.cast import NOW, TODAY, Cast

WEEK = dt.timedelta(weeks=1)
SUPPORT, ESCORT, GROUP, ASSISTANCE, PAID_HELP = "sel-85", "sel-97", "sel-82a", "sel-96", "sel-95"
WORDS = "Jeg vil gerne kunne køre med bussen til kor, men jeg tør ikke alene."
SEEN = "Karla kørte tre stop og ringede så til søsteren."


@dataclass(frozen=True, slots=True)
class World:
    cast: Cast
    said: UUID
    seen: UUID

    @property
    def case_id(self) -> UUID:
        return self.cast.case_id

    def actor(self, name: str = "mette", *, on: dt.date = TODAY) -> Actor:
        return self.cast.actor(name, on=on)

    def need(self, title: str = "At komme til kor", *, asked_on: dt.date = TODAY, grant: UUID | None = None) -> UUID:
        return decisions.raise_need(
            actor=self.actor(),
            at=NOW,
            case_id=self.case_id,
            title=title,
            channel="talk",
            asked_on=asked_on,
            quote_ids=[self.said],
            about_grant_id=grant,
        )

    def examined(
        self, basis: str = SUPPORT, *, against: bool = False, title: str = "At komme til kor", grant: UUID | None = None
    ) -> UUID:
        """A need with the whole funnel, every criterion and every neighbour answered."""
        need = self.need(title, grant=grant)
        mette = self.actor()
        for step in decisions.Step:
            decisions.answer_step(actor=mette, at=NOW, need_id=need, step=step, finding="tried", words="Prøvet i maj")
        decisions.choose_basis(actor=mette, at=NOW, need_id=need, basis=basis)
        found = catalogue.legal_basis(basis, at=NOW)
        for number, criterion in enumerate(found.criteria):
            decisions.answer_criterion(
                actor=mette,
                at=NOW,
                need_id=need,
                criterion=criterion.id,
                finding="unmet" if against and number == 0 else "met",
                words="Set på besøget" if number else "",
                quote_ids=[] if number else [self.seen],
            )
        for key in {*found.first, *(near.key for near in found.neighbours)}:
            decisions.weigh_neighbour(actor=mette, at=NOW, need_id=need, basis=key, words="Passer ikke til behovet.")
        return need

    def draft(self, *needs: UUID) -> UUID:
        draft = decisions.draft_decision(actor=self.actor(), at=NOW, case_id=self.case_id, need_ids=list(needs))
        self.describe(draft)
        return draft

    def describe(self, draft: UUID, **changes: object) -> None:
        said: dict[str, object] = {
            "involvement": "Karla var med til mødet og har læst det hele.",
            "long_view": "Om et år kører hun alene.",
            "to_do": "Du skal ikke gøre noget.",
            "contact_id": self.cast.mette.id,
        }
        decisions.describe_decision(actor=self.actor(), at=NOW, decision_id=draft, **(said | changes))  # type: ignore[arg-type]

    def answer(self, draft: UUID, need: UUID, outcome: str, **more: object) -> None:
        reasons = "" if outcome == "granted" else "Du kan køre tre stop selv og har din søster."
        decisions.answer_need(
            actor=self.actor(),
            at=NOW,
            decision_id=draft,
            need_id=need,
            outcome=outcome,
            reasons=reasons,
            **more,  # type: ignore[arg-type]
        )

    def plan(self, draft: UUID, need: UUID, **changes: object) -> UUID:
        wanted: dict[str, object] = {
            "service": "Bostøtte",
            "extent": "2 timer om ugen",
            "starts_on": TODAY,
            "purpose": "At Karla kører selv.",
            "goals": "Tage bussen alene.",
            "follow_up_on": TODAY + dt.timedelta(days=90),
        }
        return decisions.plan_grant(
            actor=self.actor(),
            at=NOW,
            decision_id=draft,
            need_id=need,
            **(wanted | changes),  # type: ignore[arg-type]
        )

    def granted(self, basis: str = SUPPORT, **changes: object) -> UUID:
        """A decision that grants, made and not told yet."""
        need = self.examined(basis)
        draft = self.draft(need)
        self.answer(draft, need, "granted")
        self.plan(draft, need, **changes)
        decisions.decide(actor=self.actor(), at=NOW, decision_id=draft)
        return draft

    def asked_about(self, draft: UUID, *, text: str = "Lægen skriver, at hun kan gå.") -> UUID:
        """What the doctor said, which Karla is asked about. The key of the hearing."""
        said = {"is_known": False, "is_adverse": True, "is_weighty": True}
        mette = self.actor()
        decisions.add_fact(actor=mette, at=NOW, decision_id=draft, source="Egen læge", text=text, **said)
        decisions.ask_hearing(
            actor=mette, at=NOW, decision_id=draft, answer_by=decisions.hearing_due(mette) or TODAY + WEEK
        )
        return Hearing.objects.get(decision_id=draft).id

    def refused(self, basis: str = SUPPORT, *, told_on: dt.date | None = TODAY, is_heard: bool = False) -> UUID:
        need = self.examined(basis, against=True)
        draft = self.draft(need)
        if is_heard:
            self.asked_about(draft)
            said = {"words": "Jeg kan kun gå om sommeren.", "answered_on": TODAY}
            decisions.answer_hearing(actor=self.actor(), at=NOW, decision_id=draft, **said)  # type: ignore[arg-type]
        self.answer(draft, need, "refused")
        decisions.decide(actor=self.actor(), at=NOW, decision_id=draft)
        if told_on is not None:
            self.tell(draft, told_on)
        return draft

    def tell(self, decision: UUID, on: dt.date = TODAY, *, at: dt.datetime = NOW) -> None:
        decisions.tell_citizen(actor=self.actor(), at=at, decision_id=decision, told_on=on)

    def complain(self, decision: UUID, *, on: dt.date = TODAY, at: dt.datetime = NOW, name: str = "mette") -> UUID:
        return decisions.receive_complaint(
            actor=self.actor(name, on=at.date()),
            at=at,
            decision_id=decision,
            channel="phone",
            received_on=on,
            words="Jeg tør ikke køre alene, og min søster flytter.",
            from_name="Karla Holm",
        )

    def ends_yesterday(self, basis: str) -> None:
        """The section holds no more from today on: what the law's files say of it is loaded so."""
        Provision.objects.filter(kind="basis", key=basis).update(valid=DateRange(dt.date(2007, 1, 1), TODAY))
        law.forget()

    def blocks(self, draft: UUID) -> Sequence[str]:
        page = decisions.decision(self.actor(), draft, at=NOW)
        gaps = [gap for cause in page.causes for gap in cause.gaps]
        return [gap.key.split(":")[0] for gap in gaps if gap.is_block and not gap.is_set_aside]


def build_world(cast: Cast) -> World:
    catalogue.load_law(at=NOW)
    pieces = [notes.NewSegment("citizen_words", WORDS), notes.NewSegment("observation", SEEN)]
    mette = cast.actor("mette")
    at = NOW - dt.timedelta(days=1)
    notes.write_note(actor=mette, at=at, case_id=cast.case_id, kind="visit", happened_at=at, pieces=pieces)
    said = {one.kind: one.id for one in notes.quotable(mette, cast.case_id)}
    return World(cast, said["citizen_words"], said["observation"])


def one_of_each(cast: Cast) -> dict[str, UUID]:
    """A draft with a fact and planned help, help that runs, a refusal that came back, and a need."""
    world = build_world(cast)
    granted = world.granted()
    world.tell(granted)
    (given,) = decisions.grants_of(world.actor(), world.case_id)
    refused = world.refused(ESCORT, is_heard=True)
    complaint = world.complain(refused)
    mette = world.actor()
    decisions.reassess_complaint(
        actor=mette, at=NOW, complaint_id=complaint, answer="no_change", words="Vi holder fast"
    )
    decisions.enter_board_outcome(
        actor=mette,
        at=NOW,
        complaint_id=complaint,
        outcome="remitted",
        words="",
        received_on=TODAY,
        points=[("", "Hvad kan Karla uden støtte?")],
    )
    need = world.examined(GROUP, title="At mødes med andre")
    draft = world.draft(need)
    world.answer(draft, need, "granted")
    planned = world.plan(draft, need, service="Gruppe om hverdagen")
    said = {"is_known": False, "is_adverse": True, "is_weighty": True}
    fact = decisions.add_fact(
        actor=mette, at=NOW, decision_id=draft, source="Egen læge", text="Lægen skriver, at hun kan gå.", **said
    )
    return {
        "need_id": need,
        "draft_id": draft,
        "told_id": refused,
        "given_id": given.id,
        "planned_id": planned,
        "fact_id": fact,
        "complaint_id": complaint,
        "hearing_id": Hearing.objects.get(decision_id=refused).id,
        "point_id": decisions.complaint(mette, complaint).points[0].id,
        "open_need_id": world.need("At sove om natten"),
    }


ABOUT_A_DRAFT = ("/svar/<", "/hjaelp/", "-hjaelp/", "/om/", "/opgiv/", "/hoering/", "/tilsidesaet/", "/traef/", "/sig/")


def about_a_draft(route: str, found: Mapping[str, Any], keys: Mapping[str, UUID]) -> dict[str, Any]:
    """What to put into an address that is about a need not decided on, a draft, or help that is planned."""
    changes: dict[str, Any] = {}
    if "<funnel_step:" in route:
        changes["step"] = "network"
    if "decision_id" in found and any(part in route for part in ABOUT_A_DRAFT):
        changes["decision_id"] = keys["draft_id"]
    if "behov/<" in route and "/krav/" not in route and "/afgraensning/" not in route:
        changes["need_id"] = keys["open_need_id"]
    return changes
