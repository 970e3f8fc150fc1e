"""All that belongs to a decision, in a fixed number of queries: for what is missing, for its page, for its letter."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.decisions import quotes, rules
from samspil.contexts.decisions.enums import CriterionFinding, Form, GrantStatus, NeedOutcome, Step, StepFinding
from samspil.contexts.decisions.examined import Draft, ExaminedNeed, PlannedGrant
from samspil.contexts.decisions.models import (
    Coverage,
    Criterion,
    DecidedNeed,
    Decision,
    Delimitation,
    Fact,
    FunnelStep,
    Grant,
    Hearing,
    Need,
    RemittedPoint,
)
from samspil.contexts.decisions.queries import law
from samspil.contexts.notes import api as notes
from samspil.kernel import clock


@dataclass(frozen=True, slots=True)
class Examined:
    """One need with all that was found out about it."""

    need: Need
    steps: Mapping[str, FunnelStep]
    criteria: Mapping[str, Criterion]
    delimitations: Mapping[str, Delimitation]

    @property
    def quotes(self) -> tuple[quotes.Quote, ...]:
        steps = [step.quotes for step in self.steps.values()]
        stored = [self.need.citizen_words, *steps, *(one.quotes for one in self.criteria.values())]
        return tuple(one for some in stored for one in quotes.read(some))


@dataclass(frozen=True, slots=True)
class Whole:
    decision: Decision
    answers: tuple[tuple[DecidedNeed, Examined], ...]
    facts: tuple[Fact, ...]
    hearing: Hearing | None
    grants: tuple[Grant, ...]

    def grants_for(self, need_id: UUID) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if grant.need_id == need_id)


def whole(decision: Decision) -> Whole:
    """For one that the caller has loaded through `visible_to`."""
    answers = list(DecidedNeed.objects.filter(decision=decision).select_related("need__about_grant").order_by("id"))
    found = examined([answer.need for answer in answers])
    return Whole(
        decision=decision,
        answers=tuple((answer, found[answer.need_id]) for answer in answers),
        facts=tuple(Fact.objects.filter(decision=decision).order_by("id")),
        hearing=Hearing.objects.filter(decision=decision).first(),
        grants=tuple(Grant.objects.filter(decision=decision).order_by("runs", "id")),
    )


def titles_of(decision_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """What each decision is about: the titles of its needs."""
    titles: dict[UUID, list[str]] = {key: [] for key in decision_ids}
    answers = DecidedNeed.objects.filter(decision_id__in=list(titles)).order_by("id")
    for decision_id, title in answers.values_list("decision_id", "need__title"):
        titles[decision_id].append(title)
    return titles


def examined(needs: Collection[Need]) -> dict[UUID, Examined]:
    """Only what was found under the chosen basis counts."""
    ids = [need.id for need in needs]
    steps = _by_need(FunnelStep.objects.filter(need_id__in=ids).order_by("id"))
    criteria = _by_need(Criterion.objects.filter(need_id__in=ids).order_by("id"))
    delimitations = _by_need(Delimitation.objects.filter(need_id__in=ids).order_by("id"))
    return {
        need.id: Examined(
            need,
            {row.step: row for row in steps[need.id]},
            {row.criterion: row for row in criteria[need.id] if row.basis == need.basis},
            {row.basis: row for row in delimitations[need.id]},
        )
        for need in needs
    }


def _by_need(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.need_id].append(row)
    return found


def draft_of(found: Whole, *, actor: Actor, at: dt.datetime) -> Draft:
    """The decision as the rules look at it."""
    decision = found.decision
    standing = notes.quotable(actor, decision.case_id)
    bases = law.bases_at(at)
    hearing = found.hearing
    unheard = [fact for fact in found.facts if fact.heard_at is None and must_be_heard(fact)]
    waits = hearing is not None and hearing.answered_on is None and not hearing.skip
    return Draft(
        on=clock.day_of(at),
        form=Form(decision.form),
        needs=tuple(_need(found, answer, one, bases, standing, at) for answer, one in found.answers),
        involvement=decision.involvement,
        long_view=decision.long_view,
        law=coverage_of(decision.case_id),
        has_contact=decision.contact_id is not None,
        effective_on=decision.effective_on,
        unheard=0 if hearing is not None and hearing.skip else len(unheard),
        answer_by=hearing.answer_by if hearing is not None and waits else None,
        access_by=deadlines.waits_for(actor, case_id=decision.case_id, kind="file_access"),
        open_points=_open_points(decision),
        running=_running(decision, actor.on, {one.need.about_grant_id for _, one in found.answers}),
    )


def _need(
    found: Whole,
    answer: DecidedNeed,
    one: Examined,
    bases: Mapping[str, catalogue.LegalBasis],
    standing: tuple[notes.Quotable, ...],
    at: dt.datetime,
) -> ExaminedNeed:
    basis = bases.get(one.need.basis)
    quoted = one.quotes
    return ExaminedNeed(
        id=one.need.id,
        outcome=NeedOutcome(answer.outcome) if answer.outcome else None,
        is_less=answer.is_less,
        section=law.section(basis, bases) if basis else None,
        steps={Step(key): StepFinding(row.finding) for key, row in one.steps.items()},
        criteria={key: CriterionFinding(row.finding) for key, row in one.criteria.items()},
        weighed=frozenset(one.delimitations),
        reasons=answer.reasons,
        quotes=len(quoted),
        said=sum(one.is_citizens for one in quoted),
        changed_quotes=len(quotes.changed(quoted, standing)),
        cause=answer.cause,
        late_since=_late_since(one.need, basis is not None, at),
        grants=tuple(_planned(grant) for grant in found.grants_for(one.need.id)),
    )


def _late_since(need: Need, has_basis: bool, at: dt.datetime) -> dt.date | None:
    """The published deadline, when it has passed."""
    about = need.basis if has_basis else ""
    due = law.due_on("decide", from_on=need.asked_on, at=at, about=about, municipality=need.municipality)
    return due if due < clock.day_of(at) else None


def _planned(grant: Grant) -> PlannedGrant:
    return PlannedGrant(
        service=grant.service,
        extent=grant.extent,
        starts_on=grant.runs.lower,
        ends_on=rules.day_before(grant.runs.upper),
        purpose=grant.purpose,
        goals=grant.goals,
        follow_up_on=grant.follow_up_on,
    )


def _running(decision: Decision, on: dt.date, looked_at: Collection[UUID | None]) -> frozenset[str]:
    """What this decision itself is about does not stand in its own way."""
    given = Grant.objects.filter(case_id=decision.case_id, status=GrantStatus.GIVEN)
    alive = given.filter(Q(runs__endswith__gt=on) | Q(runs__endswith__isnull=True))
    others = alive.exclude(id__in=[one for one in looked_at if one])
    return frozenset(others.values_list("basis", flat=True))


def coverage_of(case_id: UUID) -> str:
    """The act that was last assessed, or empty. For a case that the caller sees."""
    rows = Coverage.objects.filter(case_id=case_id).order_by("-assessed_at", "-id")
    return rows.values_list("law", flat=True).first() or ""


def _open_points(decision: Decision) -> int:
    """Of a remitted complaint over the decision that this one takes the place of."""
    if decision.replaces_id is None:
        return 0
    return RemittedPoint.objects.filter(complaint__decision_id=decision.replaces_id, answer="").count()


def must_be_heard(fact: Fact) -> bool:
    return rules.must_be_heard(is_known=fact.is_known, is_adverse=fact.is_adverse, is_weighty=fact.is_weighty)


def contacts_for(actor: Actor) -> tuple[access.Person, ...]:
    """Whom the citizen may be given to ring: those who work where the actor does."""
    if actor.organisation_id is None:
        return ()
    return access.colleagues(organisation_id=actor.organisation_id, on=actor.on)
