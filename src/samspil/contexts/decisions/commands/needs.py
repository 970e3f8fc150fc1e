"""Take up a need, look through the funnel, hold it against the legal basis. Words are picked, not typed again."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import policy, quotes, rules
from samspil.contexts.decisions.commands import clocks
from samspil.contexts.decisions.commands.recording import record
from samspil.contexts.decisions.enums import Channel, CriterionFinding, DecisionRefusal, Step, StepFinding
from samspil.contexts.decisions.models import Coverage, Criterion, DecidedNeed, Delimitation, FunnelStep, Grant, Need
from samspil.contexts.decisions.queries import law
from samspil.contexts.decisions.texts import LONGEST_LINE, cleaned
from samspil.kernel import clock
from samspil.kernel.verdict import Refused


@transaction.atomic
def raise_need(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    title: str,
    channel: str,
    asked_on: dt.date,
    quote_ids: Sequence[UUID] = (),
    theme_id: UUID | None = None,
    about_grant_id: UUID | None = None,
) -> UUID:
    """Take up what somebody needs. `asked_on` is the day the authority heard of it, never one that is to come."""
    case = cases.Case.objects.visible_to(actor).get(id=case_id)
    policy.may_examine(actor, case.status).or_raise()
    if channel not in Channel.values:
        raise Refused(DecisionRefusal.UNKNOWN_CHOICE)
    if asked_on > clock.day_of(at):
        raise Refused(DecisionRefusal.DAY_IS_AHEAD)
    grant = Grant.objects.visible_to(actor).get(id=about_grant_id, case=case) if about_grant_id else None
    need = Need.objects.create(
        municipality=case.municipality,
        case=case,
        title=cleaned(title, limit=LONGEST_LINE, required=DecisionRefusal.NOTHING_WRITTEN),
        citizen_words=quotes.picked(actor, case.id, quote_ids),
        theme_id=theme_id,
        channel=channel,
        asked_on=asked_on,
        status_since=at,
        about_grant=grant,
        basis=grant.basis if grant else "",
    )
    _start_clocks(actor, at, need, need.basis)
    record(actor, at, need, "need.raised", channel=channel)
    return need.id


@transaction.atomic
def answer_step(
    *,
    actor: Actor,
    at: dt.datetime,
    need_id: UUID,
    step: str,
    finding: str,
    words: str = "",
    quote_ids: Sequence[UUID] = (),
) -> None:
    """What one step of the funnel can do, and why: in words picked from the notes, in own words, or both."""
    need = _changeable(actor, need_id)
    if step not in Step.values or finding not in StepFinding.values:
        raise Refused(DecisionRefusal.UNKNOWN_CHOICE)
    why, picked = _why(actor, need, words, quote_ids)
    FunnelStep.objects.update_or_create(
        need=need,
        step=step,
        defaults={
            "municipality": need.municipality,
            "case_id": need.case_id,
            "finding": finding,
            "words": why,
            "quotes": picked,
            "answered_at": at,
            "answered_by_name": actor.name,
        },
    )
    record(actor, at, need, "need.step_answered", step=step, finding=finding, quotes=len(picked))


@transaction.atomic
def assess_coverage(*, actor: Actor, at: dt.datetime, case_id: UUID, yes: Collection[str], words: str) -> str:
    """Which act the citizen comes under, by the questions answered with yes, and why. Returns the act."""
    case = cases.Case.objects.visible_to(actor).get(id=case_id)
    policy.may_examine(actor, case.status).or_raise()
    if set(yes) - {one.about.key for one in catalogue.scope_questions(at=at)}:
        raise Refused(DecisionRefusal.UNKNOWN_CHOICE)
    found = catalogue.which_law(sorted(yes), at=at)
    row = Coverage.objects.create(
        municipality=case.municipality,
        case=case,
        law=found,
        yes=sorted(yes),
        words=cleaned(words, required=DecisionRefusal.WHY_MISSING),
        assessed_at=at,
        assessed_by_name=actor.name,
    )
    record(actor, at, row, "coverage.assessed", law=found)
    return found


@transaction.atomic
def choose_basis(*, actor: Actor, at: dt.datetime, need_id: UUID, basis: str) -> None:
    """The legal basis that the need is held against. What was found under another one stays, and counts no more."""
    need = _changeable(actor, need_id)
    found = law.basis(basis, at=at)
    if found is None or not found.is_decided:
        raise Refused(DecisionRefusal.UNKNOWN_BASIS)
    Need.objects.filter(id=need.id).update(basis=basis)
    if basis != need.basis:  # the published time to answer is the basis' own
        _stop_clocks(actor, at, need)
        _start_clocks(actor, at, need, basis)
    record(actor, at, need, "need.basis_chosen", basis=basis)


@transaction.atomic
def answer_criterion(
    *,
    actor: Actor,
    at: dt.datetime,
    need_id: UUID,
    criterion: str,
    finding: str,
    words: str = "",
    quote_ids: Sequence[UUID] = (),
) -> None:
    """Whether a criterion of the chosen basis is met, on what evidence."""
    need = _changeable(actor, need_id)
    found = law.basis(need.basis, at=at)
    if found is None:
        raise Refused(DecisionRefusal.UNKNOWN_BASIS)
    if finding not in CriterionFinding.values or criterion not in {one.id for one in found.criteria}:
        raise Refused(DecisionRefusal.UNKNOWN_CHOICE)
    why, picked = _why(actor, need, words, quote_ids)
    Criterion.objects.update_or_create(
        need=need,
        basis=need.basis,
        criterion=criterion,
        defaults={
            "municipality": need.municipality,
            "case_id": need.case_id,
            "finding": finding,
            "words": why,
            "quotes": picked,
            "answered_at": at,
            "answered_by_name": actor.name,
        },
    )
    record(actor, at, need, "need.criterion_answered", criterion=criterion, finding=finding, quotes=len(picked))


@transaction.atomic
def weigh_neighbour(*, actor: Actor, at: dt.datetime, need_id: UUID, basis: str, words: str) -> None:
    """Why another legal basis does, or does not, cover the same need."""
    need = _changeable(actor, need_id)
    if law.basis(basis, at=at) is None:
        raise Refused(DecisionRefusal.UNKNOWN_BASIS)
    Delimitation.objects.update_or_create(
        need=need,
        basis=basis,
        defaults={
            "municipality": need.municipality,
            "case_id": need.case_id,
            "words": cleaned(words, required=DecisionRefusal.WHY_MISSING),
            "answered_at": at,
            "answered_by_name": actor.name,
        },
    )
    record(actor, at, need, "need.neighbour_weighed", basis=basis)


@transaction.atomic
def withdraw_need(*, actor: Actor, at: dt.datetime, need_id: UUID, words: str) -> None:
    """The citizen wants no answer any more, and says why. Not while a decision is being drafted on it."""
    need = _move(actor, at, need_id, "withdraw")
    if DecidedNeed.objects.filter(need=need, is_live=True).exists():
        raise Refused(DecisionRefusal.NEED_TAKEN)
    Need.objects.filter(id=need.id).update(end_words=cleaned(words, required=DecisionRefusal.WHY_MISSING))
    _stop_clocks(actor, at, need)
    record(actor, at, need, "need.withdrawn")


@transaction.atomic
def reopen_need(*, actor: Actor, at: dt.datetime, need_id: UUID) -> None:
    need = _move(actor, at, need_id, "reopen")
    _start_clocks(actor, at, need, need.basis)
    record(actor, at, need, "need.reopened")


def _start_clocks(actor: Actor, at: dt.datetime, need: Need, basis: str) -> None:
    """The time to answer, and where the law says so the time until the help itself has begun."""
    for kind in (clocks.DECIDE, clocks.BEGIN):
        if kind == clocks.DECIDE or law.has_deadline(kind, basis, at=at):
            clocks.start(actor, at, kind, case_id=need.case_id, subject_id=need.id, from_on=need.asked_on, about=basis)


def _stop_clocks(actor: Actor, at: dt.datetime, need: Need) -> None:
    for kind in (clocks.DECIDE, clocks.BEGIN):
        clocks.stop(actor, at, kind, case_id=need.case_id, subject_id=need.id)


def _move(actor: Actor, at: dt.datetime, need_id: UUID, move: str) -> Need:
    need = Need.objects.visible_to(actor).select_for_update(of=("self",)).get(id=need_id)
    policy.may_move_need(actor, need, move).or_raise()
    Need.objects.filter(id=need.id).update(status=rules.NEED.after(need.status, move), status_since=at)
    return need


def _changeable(actor: Actor, need_id: UUID) -> Need:
    need = Need.objects.visible_to(actor).select_for_update(of=("self",)).get(id=need_id)
    policy.may_change_need(actor, need.status).or_raise()
    return need


def _why(actor: Actor, need: Need, words: str, quote_ids: Sequence[UUID]) -> tuple[str, list[dict[str, str]]]:
    """Something must carry the finding: what was said or seen, or a sentence of one's own."""
    why, picked = cleaned(words), quotes.picked(actor, need.case_id, quote_ids)
    if not why and not picked:
        raise Refused(DecisionRefusal.WHY_MISSING)
    return why, picked
