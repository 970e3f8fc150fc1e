"""Note a dispute, agree on a plan, follow it, settle it."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.disputes import policy, rules
from samspil.contexts.disputes.enums import DisputeRefusal, StepKind
from samspil.contexts.disputes.models import Dispute, DisputeStep
from samspil.kernel import clock
from samspil.kernel.text import TooLong, clean
from samspil.kernel.verdict import Refused

LONGEST = 2000
LONGEST_NAMES = 200
LONGEST_NAME = 120


@transaction.atomic
def note_dispute(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    between: str,
    about: str,
    citizen_words: str = "",
    is_shown: bool,
) -> UUID:
    """Say that there is a dispute, before anybody knows what to do about it. Raises Refused and Case.DoesNotExist."""
    case = cases.Case.objects.acted_on_by(actor).only("id", "municipality", "status").get(id=case_id)
    policy.may_note(actor, case_status=case.status).or_raise()
    dispute = Dispute.objects.create(
        municipality=case.municipality,
        case=case,
        status_since=at,
        between=_line(between, LONGEST_NAMES),
        about=_written(about),
        citizen_words=_written(citizen_words, is_required=False),
        is_shown_to_citizen=is_shown,
        noted_at=at,
        noted_by_name=actor.name,
    )
    _record(actor, at, "dispute.noted", dispute, is_shown=is_shown)
    return dispute.id


@transaction.atomic
def plan_dispute(
    *,
    actor: Actor,
    at: dt.datetime,
    dispute_id: UUID,
    talks_name: str,
    talks_with: str,
    talk_on: dt.date | None,
    approach: str,
    follow_up_on: dt.date,
    is_shown: bool,
) -> None:
    """Who talks with whom, when, and what they have agreed. A new plan takes the old one's place; its step stays."""
    dispute = _held(actor, dispute_id)
    policy.may_move(actor, status=dispute.status, move="plan").or_raise()
    rules.may_look_again(follow_up_on, talk_on=talk_on, on=clock.day_of(at)).or_raise()
    agreed = _written(approach)
    Dispute.objects.filter(id=dispute.id).update(
        talks_name=_line(talks_name, LONGEST_NAME),
        talks_with=_line(talks_with, LONGEST_NAMES),
        talk_on=talk_on,
        approach=agreed,
        follow_up_on=follow_up_on,
        is_shown_to_citizen=is_shown,
        **_moved(dispute, "plan", at),
    )
    _step(actor, at, dispute, StepKind.PLAN, agreed, next_on=follow_up_on)
    _record(actor, at, "dispute.planned", dispute, follow_up_on=follow_up_on.isoformat(), is_shown=is_shown)


@transaction.atomic
def follow_up_dispute(*, actor: Actor, at: dt.datetime, dispute_id: UUID, words: str, follow_up_on: dt.date) -> None:
    """Say how it goes, and when somebody looks again."""
    dispute = _held(actor, dispute_id)
    policy.may_move(actor, status=dispute.status, move="follow_up").or_raise()
    rules.may_look_again(follow_up_on, talk_on=None, on=clock.day_of(at)).or_raise()
    _step(actor, at, dispute, StepKind.FOLLOW_UP, _written(words), next_on=follow_up_on)
    Dispute.objects.filter(id=dispute.id).update(follow_up_on=follow_up_on, **_moved(dispute, "follow_up", at))
    _record(actor, at, "dispute.followed", dispute, follow_up_on=follow_up_on.isoformat())


@transaction.atomic
def settle_dispute(*, actor: Actor, at: dt.datetime, dispute_id: UUID, words: str) -> None:
    """Say how it was settled; from then on it stands as it is."""
    dispute = _held(actor, dispute_id)
    policy.may_move(actor, status=dispute.status, move="settle").or_raise()
    settled = _written(words)
    _step(actor, at, dispute, StepKind.SETTLEMENT, settled)
    Dispute.objects.filter(id=dispute.id).update(settlement=settled, follow_up_on=None, **_moved(dispute, "settle", at))
    _record(actor, at, "dispute.settled", dispute)


def _held(actor: Actor, dispute_id: UUID) -> Dispute:
    """Held until the transaction ends. Raises Dispute.DoesNotExist for those without business in the case."""
    found: Dispute = Dispute.objects.visible_to(actor).select_for_update(of=("self",), no_key=True).get(id=dispute_id)
    return found


def _moved(dispute: Dispute, move: str, at: dt.datetime) -> dict[str, Any]:
    status = rules.DISPUTE.after(dispute.status, move)
    return {"status": status, "status_since": at if status != dispute.status else dispute.status_since}


def _step(
    actor: Actor, at: dt.datetime, dispute: Dispute, kind: StepKind, words: str, *, next_on: dt.date | None = None
) -> None:
    DisputeStep.objects.create(
        municipality=dispute.municipality,
        case_id=dispute.case_id,
        dispute=dispute,
        kind=kind,
        words=words,
        next_on=next_on,
        at=at,
        by_name=actor.name,
    )


def _record(actor: Actor, at: dt.datetime, kind: str, dispute: Dispute, **data: Any) -> None:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=dispute.case_id,
        subject="dispute",
        subject_id=dispute.id,
        municipality=dispute.municipality,
        data=data,
    )


def _written(text: str, limit: int = LONGEST, *, is_required: bool = True) -> str:
    try:
        kept = clean(text, limit)
    except TooLong as error:
        raise Refused(DisputeRefusal.TOO_LONG) from error
    if is_required and not kept:
        raise Refused(DisputeRefusal.NOTHING_WRITTEN)
    return kept


def _line(text: str, limit: int) -> str:
    return " ".join(_written(text, limit).split())
