"""Hand waiting letters to their channel, each by one process, each at most once as far as the reader can tell."""

import datetime as dt
import logging
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.letters import rules
from samspil.contexts.letters.channels import Attachment, LetterChannel, Message, NotDelivered, Receipt
from samspil.contexts.letters.commands.sending import arrived, begin_dispatch
from samspil.contexts.letters.commands.telling import tell
from samspil.contexts.letters.enums import Channel, DispatchStatus, DocumentKind, Problem
from samspil.contexts.letters.models import Dispatch
from samspil.kernel.ids import new_id

LOG = logging.getLogger(__name__)
MOST = 200
LONGEST_REFERENCE = 120
_LANGUAGES = {DocumentKind.ENGLISH: "en"}
_SENT_ALONG = (DocumentKind.LETTER, DocumentKind.EASY, DocumentKind.ENGLISH)


@dataclass(frozen=True, slots=True)
class Delivered:
    arrived: int = 0
    to_retry: int = 0
    to_print: int = 0


def deliver_waiting(*, actor: Actor, at: dt.datetime, channel: LetterChannel, most: int = MOST) -> Delivered:
    """Try what waits for the channel, oldest first. Any number of processes may do so at once.

    A row is claimed by compare-and-set before it is handed over; a claim whose process was killed is free again after
    `rules.CLAIM_LASTS`, and the channel then meets the same key. What it refuses for good goes on paper.
    """
    release_stale(at)
    waiting = Dispatch.objects.waiting(at).filter(channel=Channel.DIGITAL_POST).order_by("next_try_at", "id")
    ended = [_try(actor, at, dispatch_id, channel) for dispatch_id in waiting.values_list("id", flat=True)[:most]]
    return Delivered(
        arrived=ended.count(DispatchStatus.ARRIVED),
        to_retry=ended.count(DispatchStatus.WAITING),
        to_print=ended.count(DispatchStatus.REPLACED),
    )


def release_stale(at: dt.datetime) -> int:
    """Put back what a killed process had claimed; how many that were."""
    stale = Dispatch.objects.filter(status=DispatchStatus.SENDING, claimed_at__lt=at - rules.CLAIM_LASTS)
    return stale.update(status=DispatchStatus.WAITING, claim=None, next_try_at=at, status_since=at)


def claim(dispatch_id: UUID, at: dt.datetime) -> UUID | None:
    """Take a waiting row: the claim's own id, or None when somebody else was first."""
    mine = new_id()
    took = (
        Dispatch.objects.waiting(at)
        .filter(id=dispatch_id)
        .update(status=DispatchStatus.SENDING, claim=mine, claimed_at=at, status_since=at)
    )
    return mine if took else None


def _try(actor: Actor, at: dt.datetime, dispatch_id: UUID, channel: LetterChannel) -> str | None:
    mine = claim(dispatch_id, at)
    if mine is None:
        return None
    row = Dispatch.objects.select_related("letter", "case").get(id=dispatch_id)
    try:
        receipt = channel.deliver(_message(row))
    except NotDelivered as refused:
        return _failed(actor, at, row, mine, refused.problem, is_final=refused.is_final)
    except Exception:
        LOG.exception("dispatch %s", dispatch_id)  # a fault of ours or the channel's: the letter must still arrive
        return _failed(actor, at, row, mine, Problem.NOT_REACHABLE, is_final=False)
    return _arrived(actor, at, row, mine, receipt)


def _message(row: Dispatch) -> Message:
    documents = {one.kind: one for one in row.letter.documents.filter(kind__in=_SENT_ALONG)}
    attachments = tuple(
        Attachment(
            filename=f"{kind}.pdf",
            media_type="application/pdf",
            language=_LANGUAGES.get(kind, "da"),
            data=bytes(documents[kind].pdf),
            sha256=documents[kind].sha256,
        )
        for kind in _SENT_ALONG
    )
    return Message(
        key=row.id,
        municipality=row.municipality,
        citizen_id=row.case.citizen_id,
        title=row.letter.content["headline"]["da"],
        sent_at=row.letter.sent_at or row.status_since,
        attachments=attachments,
    )


@transaction.atomic
def _arrived(actor: Actor, at: dt.datetime, row: Dispatch, mine: UUID, receipt: Receipt) -> str | None:
    changes = arrived(row.letter, receipt.available_at)
    if not _settle(row, mine, at, receipt=receipt.reference[:LONGEST_REFERENCE], problem="", **changes):
        return None
    _record(actor, at, "letter.arrived", row)
    row.received_on = changes["received_on"]
    tell(row, actor=replace(actor, municipality=row.municipality), at=at)
    return DispatchStatus.ARRIVED


@transaction.atomic
def _failed(actor: Actor, at: dt.datetime, row: Dispatch, mine: UUID, problem: str, *, is_final: bool) -> str | None:
    """Try again later, or turn the letter into paper: whoever is not reached must get it another way."""
    attempts = row.attempts + 1
    again = None if is_final else rules.next_try(attempts, now=at)
    status = DispatchStatus.WAITING if again else DispatchStatus.REPLACED
    if not _settle(row, mine, at, status=status, attempts=attempts, next_try_at=again, problem=problem):
        return None
    if again is None:
        begin_dispatch(row.letter, at, recipient=row.case.citizen, channel=Channel.PRINT)
        _record(actor, at, "letter.goes_on_paper", row, problem=str(problem))
    return status


def _settle(row: Dispatch, mine: UUID, at: dt.datetime, **changes: object) -> bool:
    """Write how a try ended, if this process still holds the row."""
    rows = Dispatch.objects.filter(id=row.id, status=DispatchStatus.SENDING, claim=mine)
    return bool(rows.update(claim=None, status_since=at, **changes))


def _record(actor: Actor, at: dt.datetime, kind: str, row: Dispatch, **data: str) -> None:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=row.case_id,
        subject="letter",
        subject_id=row.letter_id,
        municipality=row.municipality,
        data={"dispatch": str(row.id), **data},
    )
