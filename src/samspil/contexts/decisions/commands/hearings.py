"""Let the citizen answer what others have said, before it counts against him or her."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor, Side, system_actor
from samspil.contexts.cases import api as cases
from samspil.contexts.decisions import policy, quotes, rules
from samspil.contexts.decisions.commands import clocks
from samspil.contexts.decisions.commands.drafting import changeable
from samspil.contexts.decisions.commands.recording import record, spoken_for
from samspil.contexts.decisions.enums import DecisionRefusal
from samspil.contexts.decisions.models import Decision, Fact, Hearing
from samspil.contexts.decisions.queries.loading import must_be_heard
from samspil.contexts.decisions.texts import LONGEST_LINE, cleaned
from samspil.kernel import clock
from samspil.kernel.verdict import Refused


@transaction.atomic
def add_fact(
    *,
    actor: Actor,
    at: dt.datetime,
    decision_id: UUID,
    source: str,
    is_known: bool,
    is_adverse: bool,
    is_weighty: bool,
    text: str = "",
    quote_ids: Sequence[UUID] = (),
) -> UUID:
    """Something that came from others. When it must be heard about, an earlier answer or no is no longer enough."""
    decision = changeable(actor, decision_id)
    picked = quotes.picked(actor, decision.case_id, quote_ids)
    words = cleaned(text, required=None if picked else DecisionRefusal.NOTHING_WRITTEN)
    fact = Fact.objects.create(
        municipality=decision.municipality,
        case_id=decision.case_id,
        decision=decision,
        text=words,
        source=cleaned(source, limit=LONGEST_LINE, required=DecisionRefusal.NOTHING_WRITTEN),
        quotes=picked,
        is_known=is_known,
        is_adverse=is_adverse,
        is_weighty=is_weighty,
        added_at=at,
        added_by_name=actor.name,
    )
    must = rules.must_be_heard(is_known=is_known, is_adverse=is_adverse, is_weighty=is_weighty)
    record(actor, at, decision, "decision.fact_added", fact=str(fact.id), must_be_heard=must)
    return fact.id


@transaction.atomic
def drop_fact(*, actor: Actor, at: dt.datetime, fact_id: UUID) -> None:
    fact = Fact.objects.visible_to(actor).get(id=fact_id)
    decision = changeable(actor, fact.decision_id)
    if fact.heard_at is not None:
        raise Refused(DecisionRefusal.ALREADY_HEARD)
    fact.delete()
    record(actor, at, decision, "decision.fact_dropped", fact=str(fact_id))


@transaction.atomic
def ask_hearing(*, actor: Actor, at: dt.datetime, decision_id: UUID, answer_by: dt.date) -> None:
    """The citizen has been sent the facts that must be heard about, and may answer until and on that day."""
    decision = changeable(actor, decision_id)
    today = clock.day_of(at)
    if answer_by <= today:
        raise Refused(DecisionRefusal.ANSWER_BY_IS_PAST)
    waiting = [fact for fact in Fact.objects.filter(decision=decision, heard_at=None) if must_be_heard(fact)]
    if not waiting:
        raise Refused(DecisionRefusal.NOTHING_TO_HEAR)
    Fact.objects.filter(id__in=[fact.id for fact in waiting]).update(heard_at=at)
    Hearing.objects.update_or_create(
        decision=decision,
        defaults={
            "municipality": decision.municipality,
            "case_id": decision.case_id,
            "asked_on": today,
            "answer_by": answer_by,
            "answered_on": None,
            "skip": "",
            "skip_words": "",
        },
    )
    _set_clock(actor, at, decision, answer_by)
    record(actor, at, decision, "decision.hearing_asked", answer_by=answer_by.isoformat(), facts=len(waiting))


@transaction.atomic
def answer_hearing(*, actor: Actor, at: dt.datetime, decision_id: UUID, words: str, answered_on: dt.date) -> None:
    """What the citizen says to it, in any form; added to what was said before."""
    _, hearing = _asked(actor, decision_id)
    if answered_on > clock.day_of(at):
        raise Refused(DecisionRefusal.DAY_IS_AHEAD)
    _keep_answer(actor, at, hearing, cleaned(words, required=DecisionRefusal.NOTHING_WRITTEN), answered_on)


@transaction.atomic
def speak_at_hearing(*, actor: Actor, at: dt.datetime, hearing_id: UUID, words: str) -> None:
    """The citizen answers in writing, or somebody in the citizen's place, and the caseworker gets a task to read it.

    Raises Refused and Hearing.DoesNotExist.
    """
    rows = Hearing.objects.visible_to(actor).select_related("decision", "case__citizen", "case__coordinator")
    hearing = rows.select_for_update(of=("self",)).get(id=hearing_id)
    policy.may_answer_hearing(actor, hearing.decision).or_raise()
    said = cleaned(words, required=DecisionRefusal.NOTHING_WRITTEN)
    if actor.side == Side.RELATIVE:
        said = f"{spoken_for(actor, hearing)}: {said}"
    _keep_answer(actor, at, hearing, said, clock.day_of(at))
    case = hearing.case
    cases.add_task(
        actor=system_actor(clock.day_of(at), municipality=case.municipality),
        at=at,
        case_id=case.id,
        text=f"Læs svaret på høringen. Det er fra {actor.name}.",
        owner_name=case.coordinator.name if case.coordinator else "Rådgiver",
        owner_id=case.coordinator_id,
        owner_side=Side.AUTHORITY,
        due_on=None,
        source=cases.TaskSource.CHANGE,
        source_id=hearing.id,
    )


def _keep_answer(actor: Actor, at: dt.datetime, hearing: Hearing, said: str, answered_on: dt.date) -> None:
    decision = hearing.decision
    Hearing.objects.filter(id=hearing.id).update(
        answer=cleaned("\n\n".join(filter(None, [hearing.answer, said]))), answered_on=answered_on
    )
    clocks.keep(actor, at, "hearing", case_id=decision.case_id, subject_id=decision.id)
    record(actor, at, decision, "decision.hearing_answered", answered_on=answered_on.isoformat())


@transaction.atomic
def postpone_hearing(*, actor: Actor, at: dt.datetime, decision_id: UUID, answer_by: dt.date, words: str) -> None:
    """The citizen asks for more time, and the decision waits. The day can only be put off."""
    decision, hearing = _asked(actor, decision_id)
    if hearing.answer_by is not None and answer_by <= max(hearing.answer_by, clock.day_of(at)):
        raise Refused(DecisionRefusal.ANSWER_BY_IS_PAST)
    Hearing.objects.filter(id=hearing.id).update(
        answer_by=answer_by, postponed_words=cleaned(words, required=DecisionRefusal.WHY_MISSING)
    )
    _set_clock(actor, at, decision, answer_by)
    record(actor, at, decision, "decision.hearing_postponed", answer_by=answer_by.isoformat())


@transaction.atomic
def skip_hearing(*, actor: Actor, at: dt.datetime, decision_id: UUID, ground: str, words: str) -> None:
    """Decide without hearing the citizen first. The reason stands in the decision."""
    decision = changeable(actor, decision_id)
    rules.may_skip(ground=ground, words=words).or_raise()
    if Hearing.objects.filter(decision=decision, asked_on__isnull=False).exists():
        raise Refused(DecisionRefusal.ALREADY_HEARD)
    Hearing.objects.update_or_create(
        decision=decision,
        defaults={
            "municipality": decision.municipality,
            "case_id": decision.case_id,
            "skip": ground,
            "skip_words": cleaned(words, required=DecisionRefusal.WHY_MISSING),
        },
    )
    record(actor, at, decision, "decision.hearing_skipped", ground=ground)


def _set_clock(actor: Actor, at: dt.datetime, decision: Decision, answer_by: dt.date) -> None:
    clocks.stop(actor, at, "hearing", case_id=decision.case_id, subject_id=decision.id)
    clocks.start(
        actor,
        at,
        "hearing",
        case_id=decision.case_id,
        subject_id=decision.id,
        from_on=clock.day_of(at),
        due_on=answer_by,
    )


def _asked(actor: Actor, decision_id: UUID) -> tuple[Decision, Hearing]:
    decision = changeable(actor, decision_id)
    hearing = Hearing.objects.filter(decision=decision, asked_on__isnull=False).first()
    if hearing is None:
        raise Refused(DecisionRefusal.NOTHING_TO_HEAR)
    return decision, hearing
