"""What is decided in the demo: needs examined with what the notes already say, and a decision of each kind."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import api as decisions
from samspil.contexts.notes import api as notes
from samspil.jobs.demo.life import Life
from samspil.jobs.demo.moments import Moments

EVERY = 9
"""One in so many of those who get help has something decided."""
BASES = {"adult": "sel-85", "elder": "ael-10"}
ALL_AGES_ORAL = "sel-82a"
WORDS = {
    "own_strength": "Det meste går godt alene. Det er de nye situationer, der er svære.",
    "network": "Familien hjælper, når den kan, og kan ikke mere end nu.",
    "civil_society": "Foreningen er prøvet og er et godt supplement.",
    "aids": "En påmindelse på telefonen hjælper noget af vejen.",
    "rehabilitation": "Vi har øvet det i otte uger. Det gik fremad, men ikke langt nok.",
    "compensation": "Der er brug for støtte nogle timer om ugen.",
}
FINDINGS = {"own_strength": "helps", "network": "helps", "civil_society": "helps", "aids": "helps"}


@dataclass(frozen=True, slots=True)
class Matter:
    """One case while something is decided in it."""

    life: Life
    actor: Actor
    at: dt.datetime
    basis: str
    quotes: tuple[UUID, ...]

    def need(self, title: str, *, grant: UUID | None = None, against: bool = False) -> UUID:
        """A need with the funnel, the criteria and the neighbours answered."""
        need = decisions.raise_need(
            actor=self.actor,
            at=self.at,
            case_id=self.life.case,
            title=title,
            channel="talk",
            asked_on=(self.at - dt.timedelta(days=20)).date(),
            quote_ids=self.quotes[:1],
            about_grant_id=grant,
        )
        for step in decisions.Step:
            decisions.answer_step(
                actor=self.actor,
                at=self.at,
                need_id=need,
                step=step,
                finding=FINDINGS.get(step.value, "tried"),
                words=WORDS[step.value],
                quote_ids=self.quotes[1:2] if step == decisions.Step.OWN_STRENGTH else (),
            )
        decisions.choose_basis(actor=self.actor, at=self.at, need_id=need, basis=self.basis)
        found = catalogue.legal_basis(self.basis, at=self.at)
        for number, criterion in enumerate(found.criteria):
            decisions.answer_criterion(
                actor=self.actor,
                at=self.at,
                need_id=need,
                criterion=criterion.id,
                finding="unmet" if against and number == 0 else "met",
                words="Det er talt igennem på mødet og set på besøgene.",
                quote_ids=self.quotes[:1] if number == 0 else (),
            )
        for near in (*found.first, *(one.key for one in found.neighbours)):
            if near in {one.key for one in catalogue.legal_bases(at=self.at)}:
                words = "Den dækker ikke det, der er brug for her."
                decisions.weigh_neighbour(actor=self.actor, at=self.at, need_id=need, basis=near, words=words)
        return need

    def draft(self, need: UUID, outcome: str, *, reasons: str = "", cause: str = "", form: str = "written") -> UUID:
        draft = decisions.draft_decision(actor=self.actor, at=self.at, case_id=self.life.case, need_ids=[need])
        decisions.answer_need(
            actor=self.actor,
            at=self.at,
            decision_id=draft,
            need_id=need,
            outcome=outcome,
            reasons=reasons,
            cause=cause,
        )
        self.describe(draft, outcome, form=form)
        return draft

    def describe(self, draft: UUID, outcome: str, *, form: str = "written") -> None:
        decisions.describe_decision(
            actor=self.actor,
            at=self.at,
            decision_id=draft,
            involvement="Vi har talt om det hjemme og læst det igennem sammen.",
            long_view="Om et år skal det meste gå uden støtte.",
            contact_id=self.actor.user_id,
            form=form,
            effective_on=(self.at + dt.timedelta(weeks=6)).date() if outcome == "ended" else None,
        )

    def plan(self, draft: UUID, need: UUID, extent: str) -> None:
        decisions.plan_grant(
            actor=self.actor,
            at=self.at,
            decision_id=draft,
            need_id=need,
            service="Støtte i hverdagen",
            extent=extent,
            starts_on=self.at.date(),
            purpose="At hverdagen hænger sammen.",
            goals="Klare mere selv, et skridt ad gangen.",
            follow_up_on=(self.at + dt.timedelta(days=90)).date(),
        )

    def made(self, draft: UUID) -> UUID:
        decisions.decide(actor=self.actor, at=self.at, decision_id=draft)
        told = self.at.date()
        decisions.tell_citizen(actor=self.actor, at=self.at, decision_id=draft, told_on=told)
        return draft


def grants(matter: Matter) -> UUID:
    need = matter.need("At få hverdagen til at hænge sammen")
    draft = matter.draft(need, "granted")
    matter.plan(draft, need, "3 timer om ugen")
    return matter.made(draft)


def grants_a_part(matter: Matter) -> UUID:
    need = matter.need("At have nogen hos sig hver dag")
    why = "Du klarer de fleste morgener selv. Derfor får du støtte tre dage om ugen og ikke hver dag."
    draft = matter.draft(need, "partly", reasons=why)
    matter.plan(draft, need, "1 time tre dage om ugen")
    return matter.made(draft)


def refuses(matter: Matter) -> UUID:
    need = matter.need("At få følgeskab til alle aftaler", against=True)
    why = "Du kommer frem på egen hånd de fleste dage, og din familie tager med, når det er svært."
    return matter.made(matter.draft(need, "refused", reasons=why))


def refuses_and_is_complained_about(matter: Matter) -> UUID:
    decision = refuses(matter)
    decisions.receive_complaint(
        actor=matter.actor,
        at=matter.at,
        decision_id=decision,
        channel="phone",
        received_on=matter.at.date(),
        words="Jeg er ikke enig. Det er kun de gode dage, I har set.",
        from_name=matter.life.townsperson.name,
    )
    return decision


def ends(matter: Matter) -> UUID:
    grants(matter)
    (grant, *_) = decisions.grants_of(matter.actor, matter.life.case)
    need = matter.need("Støtten, nu hvor målet er nået", grant=grant.id)
    why = "Du har nået det mål, vi satte sammen. Vi har talt om det, og du er tryg ved at stoppe."
    return matter.made(matter.draft(need, "ended", reasons=why, cause="goal_reached"))


def changes(matter: Matter) -> UUID:
    grants(matter)
    (grant, *_) = decisions.grants_of(matter.actor, matter.life.case)
    need = matter.need("Mere støtte i en svær tid", grant=grant.id)
    draft = matter.draft(need, "changed")
    matter.plan(draft, need, "5 timer om ugen")
    return matter.made(draft)


def examines(matter: Matter) -> None:
    """Looked through, and nothing decided yet."""
    matter.need("At sove igennem om natten")


def hears(matter: Matter) -> None:
    """Somebody else has told something that counts against the citizen, who may answer for some days yet."""
    need = matter.need("At få følgeskab til træning")
    draft = matter.draft(need, "refused", reasons="Du kom frem på egen hånd i de uger, vi har talt om.")
    decisions.add_fact(
        actor=matter.actor,
        at=matter.at,
        decision_id=draft,
        source="Genoptræningen",
        text="Fysioterapeuten har set, at turen til træning gik uden hjælp i seks uger.",
        is_known=False,
        is_adverse=True,
        is_weighty=True,
    )
    answer_by = matter.at.date() + dt.timedelta(days=21)
    decisions.ask_hearing(actor=matter.actor, at=matter.at, decision_id=draft, answer_by=answer_by)


def decides_at_once(matter: Matter) -> None:
    oral = Matter(matter.life, matter.actor, matter.at, ALL_AGES_ORAL, matter.quotes)
    need = oral.need("At møde andre i samme situation")
    draft = oral.draft(need, "granted", form="oral")
    oral.plan(draft, need, "En gruppe hver torsdag")
    decisions.decide_at_once(actor=oral.actor, at=oral.at, decision_id=draft, told_right_to_reasons=True)


KINDS: Sequence[Callable[[Matter], object]] = (
    grants,
    refuses_and_is_complained_about,
    grants_a_part,
    examines,
    hears,
    changes,
    decides_at_once,
    ends,
    refuses,
)


def decide_some(lives: Iterable[Life], moments: Moments) -> None:
    """Through the commands, some days ago, where help runs and the notes have something to quote."""
    kinds = cycle(KINDS)
    running = [life for life in lives if life.case_id is not None and life.accepted_at is not None]
    for number, life in enumerate(one for one in running if not one.story.closing):
        if number % EVERY:
            continue
        at = max(moments.past(3 + number % 15, "10.30", any_day=True), life.accepted_at or moments.now)
        if matter := matter_of(life, at):
            next(kinds)(matter)


def matter_of(life: Life, at: dt.datetime) -> Matter | None:
    """None where the notes of that day have nothing to quote."""
    actor = life.town.actor(life.caseworker, at)
    found = [one for one in notes.quotable(actor, life.case) if one.happened_at < at]
    said = [one.id for one in found if one.kind == notes.SegmentKind.CITIZEN_WORDS][:1]
    seen = [one.id for one in found if one.kind == notes.SegmentKind.OBSERVATION][:1]
    if not said or not seen:
        return None
    return Matter(life, actor, at, _covered(life, actor, at), (*said, *seen))


def _covered(life: Life, actor: Actor, at: dt.datetime) -> str:
    """Old people come under the act for them; that must have been assessed before it is used."""
    basis = BASES[life.story.area]
    if catalogue.legal_basis(basis, at=at).is_switched:
        words = "Nedsættelsen er kommet med alderen."
        decisions.assess_coverage(actor=actor, at=at, case_id=life.case, yes=["old_and_from_ageing"], words=words)
    return basis
