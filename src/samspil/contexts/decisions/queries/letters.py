"""Everything a letter about a decision draws on, frozen: the letter adds words to it, and no facts."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import quotes, rules
from samspil.contexts.decisions.enums import (
    CriterionFinding,
    DecisionStatus,
    Form,
    GrantStatus,
    HearingSkip,
    NeedOutcome,
    Outcome,
    Step,
    StepFinding,
)
from samspil.contexts.decisions.models import DecidedNeed, Decision, Fact, Grant
from samspil.contexts.decisions.queries import law
from samspil.contexts.decisions.queries.loading import Examined, Whole, must_be_heard, whole
from samspil.contexts.decisions.quotes import Quote


@dataclass(frozen=True, slots=True)
class StepForLetter:
    """One step of the funnel that was looked at, in the funnel's order."""

    step: Step
    finding: StepFinding
    words: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class CriterionForLetter:
    """A criterion of the legal basis; `asks` is its question. A fact weighed is a criterion with its quotes."""

    key: str
    asks: str
    finding: CriterionFinding
    words: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class WeighedForLetter:
    """Another legal basis that was looked at, and why it does or does not fit."""

    basis: catalogue.LegalBasis | None
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class GrantForLetter:
    """`ends_on` is the last day."""

    id: UUID
    service: str
    extent: str
    purpose: str
    goals: str
    starts_on: dt.date
    ends_on: dt.date | None
    follow_up_on: dt.date | None
    basis: catalogue.LegalBasis | None


@dataclass(frozen=True, slots=True)
class NeedForLetter:
    """`reasons` are the main considerations as the caseworker wrote them; `is_adverse` when it is short of a full
    yes. `about` is the running help that was looked at, when the answer changes or ends it."""

    id: UUID
    title: str
    asked_on: dt.date
    citizen_words: tuple[Quote, ...]
    outcome: NeedOutcome
    is_less: bool
    is_adverse: bool
    cause: str
    reasons: str
    basis: catalogue.LegalBasis | None
    steps: tuple[StepForLetter, ...]
    criteria: tuple[CriterionForLetter, ...]
    weighed: tuple[WeighedForLetter, ...]
    grants: tuple[GrantForLetter, ...]
    about: GrantForLetter | None


@dataclass(frozen=True, slots=True)
class FactForLetter:
    """`text` may be empty when the quotes say it. `was_heard` when the citizen was asked about it beforehand."""

    text: str
    source: str
    quotes: tuple[Quote, ...]
    must_be_heard: bool
    was_heard: bool


@dataclass(frozen=True, slots=True)
class HearingForLetter:
    """With `skip` AFTERWARDS the letter holds the facts and the right to have the case taken up again."""

    asked_on: dt.date | None
    answer_by: dt.date | None
    answered_on: dt.date | None
    answer: str
    skip: HearingSkip | None
    skip_words: str


@dataclass(frozen=True, slots=True)
class DecisionForLetter:
    """A decision that has been made. `effective_on` is the day from which less holds. `guidance` is the most that can
    be complained about in it: `TO_BOARD` when anything can; each need's basis says it for itself. `bases` are all that
    were used, once each. `citizen_said` is all that was quoted of the citizen's own words. `complain_by` is there
    when the citizen has been told. `replaces_on` is the day of the decision that this one takes the place of.
    """

    id: UUID
    case_id: UUID
    municipality: int
    citizen_id: UUID
    form: Form
    outcome: Outcome
    decided_at: dt.datetime
    decided_by_name: str
    decided_by_title: str
    effective_on: dt.date | None
    needs: tuple[NeedForLetter, ...]
    facts: tuple[FactForLetter, ...]
    hearing: HearingForLetter | None
    involvement: str
    long_view: str
    to_do: str
    bases: tuple[catalogue.LegalBasis, ...]
    guidance: catalogue.Guidance
    contact: access.Person | None
    told_on: dt.date | None
    complain_by: dt.date | None
    is_first_grant: bool
    replaces_id: UUID | None
    replaces_on: dt.date | None

    @property
    def grants(self) -> tuple[GrantForLetter, ...]:
        return tuple(grant for need in self.needs for grant in need.grants)

    @property
    def citizen_said(self) -> tuple[Quote, ...]:
        """Without repeats, in the order in which it was said."""
        quoted = [one for need in self.needs for one in _quotes_of(need) if one.is_citizens]
        return tuple(sorted({one.id: one for one in quoted}.values(), key=lambda one: one.on))

    @property
    def is_full(self) -> bool:
        """A yes to everything: then neither reasons nor guidance about complaints must be there."""
        return self.outcome == Outcome.FULL


def decision_for_letter(actor: Actor, decision_id: UUID) -> DecisionForLetter:
    """Raises Decision.DoesNotExist for those who do not see it, and for one that has not been made."""
    made = [DecisionStatus.DECIDED, DecisionStatus.TOLD]
    rows = Decision.objects.acted_on_by(actor).filter(status__in=made).select_related("case", "replaces")
    return _letter(whole(rows.get(id=decision_id)))


def _letter(found: Whole) -> DecisionForLetter:
    decision = found.decision
    if decision.decided_at is None:
        raise ValueError("a decision that was made has a moment")
    bases = law.bases_at(decision.decided_at)
    needs = tuple(_need(found, answer, one, bases) for answer, one in found.answers)
    used = {need.basis.key: need.basis for need in needs if need.basis is not None}
    return DecisionForLetter(
        id=decision.id,
        case_id=decision.case_id,
        municipality=decision.municipality,
        citizen_id=decision.case.citizen_id,
        form=Form(decision.form),
        outcome=Outcome(decision.outcome),
        decided_at=decision.decided_at,
        decided_by_name=decision.decided_by_name,
        decided_by_title=decision.decided_by_title,
        effective_on=decision.effective_on,
        needs=needs,
        facts=tuple(_fact(fact) for fact in found.facts),
        hearing=_hearing(found),
        involvement=decision.involvement,
        long_view=decision.long_view,
        to_do=decision.to_do,
        bases=tuple(used.values()),
        guidance=_guidance(used.values()),
        contact=access.people([decision.contact_id]).get(decision.contact_id) if decision.contact_id else None,
        told_on=decision.told_on,
        complain_by=decision.complain_by,
        is_first_grant=_is_first_grant(decision),
        replaces_id=decision.replaces_id,
        replaces_on=decision.replaces.told_on if decision.replaces else None,
    )


def _need(found: Whole, answer: DecidedNeed, one: Examined, bases: Mapping[str, catalogue.LegalBasis]) -> NeedForLetter:
    need, basis, outcome = one.need, bases.get(one.need.basis), NeedOutcome(answer.outcome)
    return NeedForLetter(
        id=need.id,
        title=need.title,
        asked_on=need.asked_on,
        citizen_words=quotes.read(need.citizen_words),
        outcome=outcome,
        is_less=answer.is_less,
        is_adverse=rules.is_adverse(outcome, is_less=answer.is_less),
        cause=answer.cause,
        reasons=answer.reasons,
        basis=basis,
        steps=tuple(
            StepForLetter(step, StepFinding(row.finding), row.words, quotes.read(row.quotes))
            for step in rules.FUNNEL
            if (row := one.steps.get(step)) is not None
        ),
        criteria=_criteria(one, basis),
        weighed=tuple(WeighedForLetter(bases.get(key), key, row.words) for key, row in one.delimitations.items()),
        grants=tuple(_grant(grant, bases) for grant in found.grants_for(need.id)),
        about=_grant(need.about_grant, bases) if need.about_grant else None,
    )


def _criteria(one: Examined, basis: catalogue.LegalBasis | None) -> tuple[CriterionForLetter, ...]:
    return tuple(
        CriterionForLetter(asked.id, asked.ask, CriterionFinding(row.finding), row.words, quotes.read(row.quotes))
        for asked in (basis.criteria if basis else ())
        if (row := one.criteria.get(asked.id)) is not None
    )


def _grant(grant: Grant, bases: Mapping[str, catalogue.LegalBasis]) -> GrantForLetter:
    return GrantForLetter(
        id=grant.id,
        service=grant.service,
        extent=grant.extent,
        purpose=grant.purpose,
        goals=grant.goals,
        starts_on=grant.runs.lower,
        ends_on=rules.day_before(grant.runs.upper),
        follow_up_on=grant.follow_up_on,
        basis=bases.get(grant.basis),
    )


def _fact(fact: Fact) -> FactForLetter:
    is_heard = fact.heard_at is not None
    return FactForLetter(fact.text, fact.source, quotes.read(fact.quotes), must_be_heard(fact), is_heard)


def _hearing(found: Whole) -> HearingForLetter | None:
    row = found.hearing
    if row is None:
        return None
    skip = HearingSkip(row.skip) if row.skip else None
    return HearingForLetter(row.asked_on, row.answer_by, row.answered_on, row.answer, skip, row.skip_words)


def _guidance(bases: Iterable[catalogue.LegalBasis]) -> catalogue.Guidance:
    used = {basis.guidance for basis in bases}
    return catalogue.Guidance.TO_BOARD if catalogue.Guidance.TO_BOARD in used else catalogue.Guidance.NOT_APPEALABLE


def _is_first_grant(decision: Decision) -> bool:
    """Then the letter says which changes the citizen must tell of."""
    given = [GrantStatus.GIVEN, GrantStatus.REPLACED]
    earlier = Grant.objects.filter(case_id=decision.case_id, status__in=given).exclude(decision=decision)
    return not earlier.filter(decision__decided_at__lt=decision.decided_at).exists()


def _quotes_of(need: NeedForLetter) -> tuple[Quote, ...]:
    steps = [step.quotes for step in need.steps]
    some = [need.citizen_words, *steps, *(one.quotes for one in need.criteria)]
    return tuple(one for part in some for one in part)
