"""Make a decision when nothing stands in its way, tell the citizen, and let what was granted begin."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import examined, policy, rules
from samspil.contexts.decisions.commands import clocks, foreseeing
from samspil.contexts.decisions.commands.drafting import changeable
from samspil.contexts.decisions.commands.recording import record
from samspil.contexts.decisions.enums import DecisionRefusal, Form, GrantStatus, NeedOutcome, NeedStatus, Outcome
from samspil.contexts.decisions.models import DecidedNeed, Decision, Grant, Need
from samspil.contexts.decisions.queries import law
from samspil.contexts.decisions.queries.loading import Whole, draft_of, whole
from samspil.contexts.decisions.texts import cleaned
from samspil.kernel import clock
from samspil.kernel.day_counting import effective_from
from samspil.kernel.verdict import Refused


@transaction.atomic
def set_gap_aside(*, actor: Actor, at: dt.datetime, decision_id: UUID, gap: str, words: str) -> None:
    """A leader takes it upon him- or herself to decide without something that the rule table asks for, and why."""
    decision = Decision.objects.visible_to(actor).select_for_update(of=("self",)).get(id=decision_id)
    policy.may_set_aside(actor, decision).or_raise()
    found = examined.gaps(draft_of(whole(decision), actor=actor, at=at), law.rule_table(at))
    one = next((one for one in found if one.key == gap and one.may_be_set_aside), None)
    if one is None:
        raise Refused(DecisionRefusal.NOT_A_BLOCK)
    why = cleaned(words, required=DecisionRefusal.WHY_MISSING)
    entry = {"key": gap, "rule": one.rule, "words": why, "by": actor.name, "at": at.isoformat()}
    kept = [earlier for earlier in decision.set_aside if earlier["key"] != gap]
    Decision.objects.filter(id=decision.id).update(set_aside=[*kept, entry], version=decision.version + 1)
    record(actor, at, decision, "decision.gap_set_aside", rule=one.rule, code=one.code.value)


@transaction.atomic
def decide(*, actor: Actor, at: dt.datetime, decision_id: UUID) -> Outcome:
    """Make a written decision. It holds from now on; the citizen's time to complain runs from when it is told."""
    decision = changeable(actor, decision_id)
    if decision.form != Form.WRITTEN:
        raise Refused(DecisionRefusal.MUST_BE_SENT)
    return _decide(actor, at, decision)


@transaction.atomic
def decide_at_once(*, actor: Actor, at: dt.datetime, decision_id: UUID, told_right_to_reasons: bool) -> Outcome:
    """Decide and say it in the same breath. Short of a full yes the citizen is told that reasons come in writing on
    request."""
    decision = changeable(actor, decision_id)
    Decision.objects.filter(id=decision.id).update(form=Form.ORAL)
    decision.form = Form.ORAL
    outcome = _decide(actor, at, decision)
    if outcome != Outcome.FULL and not told_right_to_reasons:
        raise Refused(DecisionRefusal.NOT_TOLD_RIGHT)
    decision.refresh_from_db()
    _tell(actor, at, decision, told_on=clock.day_of(at))
    Decision.objects.filter(id=decision.id).update(told_right_to_reasons=told_right_to_reasons)
    return outcome


@transaction.atomic
def tell_citizen(
    *, actor: Actor, at: dt.datetime, decision_id: UUID, told_on: dt.date, complain_by: dt.date | None = None
) -> None:
    """The day the citizen got the decision, as the channel says; never before it was made, nor to come. `complain_by`
    is the day that the letter gives for complaining, which holds where it is later than the law's."""
    decision = Decision.objects.acted_on_by(actor).select_for_update(of=("self",)).get(id=decision_id)
    policy.may_tell(actor, decision).or_raise()
    _tell(actor, at, decision, told_on=told_on, given=complain_by)


@transaction.atomic
def ask_for_reasons(*, actor: Actor, at: dt.datetime, decision_id: UUID, asked_on: dt.date) -> None:
    """The citizen wants the reasons for a spoken decision in writing."""
    decision = Decision.objects.visible_to(actor).select_for_update(of=("self",)).get(id=decision_id)
    until = None
    if decision.told_on is not None:
        until = law.due_on("ask_reasons", from_on=decision.told_on, at=at)
    if asked_on > clock.day_of(at):
        raise Refused(DecisionRefusal.DAY_IS_AHEAD)
    policy.may_ask_for_reasons(actor, decision, on=asked_on, until=until).or_raise()
    due = law.due_on("give_reasons", from_on=asked_on, at=at)
    Decision.objects.filter(id=decision.id).update(reasons_asked_on=asked_on, reasons_due_on=due)
    clocks.keep(actor, at, "ask_reasons", case_id=decision.case_id, subject_id=decision.id)
    clocks.start(actor, at, "give_reasons", case_id=decision.case_id, subject_id=decision.id, from_on=asked_on)
    record(actor, at, decision, "decision.reasons_asked", due=due.isoformat())


@transaction.atomic
def give_reasons(*, actor: Actor, at: dt.datetime, decision_id: UUID) -> None:
    """The letter with the reasons has been sent."""
    decision = Decision.objects.visible_to(actor).select_for_update(of=("self",)).get(id=decision_id)
    policy.may_give_reasons(actor, decision).or_raise()
    Decision.objects.filter(id=decision.id).update(reasons_given_on=clock.day_of(at))
    clocks.keep(actor, at, "give_reasons", case_id=decision.case_id, subject_id=decision.id)
    record(actor, at, decision, "decision.reasons_given")


def _decide(actor: Actor, at: dt.datetime, decision: Decision) -> Outcome:
    found = whole(decision)
    gaps = examined.gaps(draft_of(found, actor=actor, at=at), law.rule_table(at))
    if examined.standing_blocks(gaps, {one["key"] for one in decision.set_aside}):
        raise Refused(DecisionRefusal.GAPS)
    outcome = rules.outcome_of([NeedOutcome(answer.outcome) for answer, _ in found.answers])
    Decision.objects.filter(id=decision.id).update(
        status=rules.DECISION.after(decision.status, "decide"),
        status_since=at,
        outcome=outcome,
        decided_at=at,
        decided_by_id=actor.user_id,
        decided_by_name=actor.name,
        decided_by_title=actor.title,
        version=decision.version + 1,
    )
    _end_earlier(actor, at, found)
    _grant(found)
    needs = [answer.need_id for answer, _ in found.answers]
    Need.objects.filter(id__in=needs).update(status=rules.NEED.after(NeedStatus.OPEN, "decide"), status_since=at)
    for answer, _ in found.answers:
        clocks.keep(actor, at, clocks.DECIDE, case_id=decision.case_id, subject_id=answer.need_id)
        if answer.outcome not in rules.GIVES:  # what is given still has to begin
            clocks.stop(actor, at, clocks.BEGIN, case_id=decision.case_id, subject_id=answer.need_id)
    clocks.keep(actor, at, "hearing", case_id=decision.case_id, subject_id=decision.id)
    answered = {str(answer.need_id): answer.outcome for answer, _ in found.answers}
    warned = [gap.code.value for gap in gaps]
    record(actor, at, decision, "decision.made", outcome=outcome, needs=answered, gaps=warned, form=decision.form)
    return outcome


def _end_earlier(actor: Actor, at: dt.datetime, found: Whole) -> None:
    """The help that a need looked at again was about runs until less holds, or until the new help begins."""
    for answer, one in found.answers:
        if one.need.about_grant_id is None:
            continue
        day = found.decision.effective_on
        if not rules.is_reduction(NeedOutcome(answer.outcome), is_less=answer.is_less):
            day = min((grant.runs.lower for grant in found.grants_for(one.need.id)), default=None)
        if day is not None:
            _end_grant(one.need.about_grant_id, found.decision, day)
            foreseeing.seen_to(actor, at, case_id=found.decision.case_id, grant_id=one.need.about_grant_id)


def _end_grant(grant_id: UUID, decision: Decision, day: dt.date) -> None:
    """The help stops the day before `day`, unless it stops earlier by itself; what would not even begin is replaced."""
    grant = Grant.objects.select_for_update(of=("self",)).get(id=grant_id, case_id=decision.case_id)
    until = day if grant.runs.upper is None else min(day, grant.runs.upper)
    rows = Grant.objects.filter(id=grant.id)
    if until > grant.runs.lower:
        rows.update(runs=(grant.runs.lower, until), ended_by=decision)
    else:
        rows.update(status=GrantStatus.REPLACED, ended_by=decision)


def _grant(found: Whole) -> None:
    try:
        with transaction.atomic():
            Grant.objects.filter(decision=found.decision, status=GrantStatus.PLANNED).update(status=GrantStatus.GIVEN)
    except IntegrityError as error:
        raise Refused(DecisionRefusal.GRANT_OVERLAPS) from error


def _tell(actor: Actor, at: dt.datetime, decision: Decision, *, told_on: dt.date, given: dt.date | None = None) -> None:
    if told_on > clock.day_of(at):
        raise Refused(DecisionRefusal.DAY_IS_AHEAD)
    if decision.decided_at is None or told_on < clock.day_of(decision.decided_at):
        raise Refused(DecisionRefusal.TOLD_BEFORE_DECIDED)
    complain_by = None
    if is_appealable(decision, at):
        by_law = law.due_on("complain", from_on=told_on, at=at)
        complain_by = max(by_law, given or by_law)
    Decision.objects.filter(id=decision.id).update(
        status=rules.DECISION.after(decision.status, "tell"),
        status_since=at,
        told_on=told_on,
        complain_by=complain_by,
        version=decision.version + 1,
    )
    _keep_notice(actor, at, decision, told_on)
    if complain_by is not None:
        clocks.start(
            actor,
            at,
            "complain",
            case_id=decision.case_id,
            subject_id=decision.id,
            from_on=told_on,
            due_on=complain_by,
        )
    if decision.form == Form.ORAL and decision.outcome != Outcome.FULL:
        clocks.start(actor, at, "ask_reasons", case_id=decision.case_id, subject_id=decision.id, from_on=told_on)
    record(actor, at, decision, "decision.told", told_on=told_on.isoformat())


def _keep_notice(actor: Actor, at: dt.datetime, decision: Decision, told_on: dt.date) -> None:
    """A notice counts from the citizen's receipt: told later than foreseen, less help holds from a later day."""
    rows = Grant.objects.filter(ended_by=decision, status=GrantStatus.GIVEN).select_for_update(of=("self",))
    for grant in rows if decision.effective_on else ():
        basis = law.basis(grant.basis, at=at)
        if basis is None or basis.notice is None or not basis.notice_is_law:
            continue
        first = effective_from(told_on, basis.notice)
        if grant.runs.upper == decision.effective_on and first > decision.effective_on:
            _hold_from(decision, grant, first)
            record(actor, at, decision, "decision.notice_kept", holds_from=first.isoformat())


def _hold_from(decision: Decision, ending: Grant, first: dt.date) -> None:
    """The help that ends, and what comes in its place, meet on this day; what was to begin later still does."""
    following = Grant.objects.filter(decision=decision, need__about_grant=ending, status=GrantStatus.GIVEN)
    for later in following:
        Grant.objects.filter(id=later.id).update(runs=(max(first, later.runs.lower), later.runs.upper))
    Grant.objects.filter(id=ending.id).update(runs=(ending.runs.lower, first))
    Decision.objects.filter(id=decision.id).update(effective_on=first)


def is_appealable(decision: Decision, at: dt.datetime) -> bool:
    """Whether anything in the decision can be taken to the appeals board."""
    keys = DecidedNeed.objects.filter(decision=decision).values_list("need__basis", flat=True)
    bases = law.bases_at(decision.decided_at or at)
    return any(bases[key].guidance == catalogue.Guidance.TO_BOARD for key in keys if key in bases)
