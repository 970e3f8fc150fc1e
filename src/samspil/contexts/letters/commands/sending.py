"""Send a letter: what the law demands is checked, what is sent is frozen, and the way there begins."""

import datetime as dt
import hashlib
from collections.abc import Collection
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.citizens import api as citizens
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.letters import clarity, content, papers, policy, rules
from samspil.contexts.letters.commands.telling import tell
from samspil.contexts.letters.commands.writing import drawn, drawn_notice, facts_in, held, keep_stop, record
from samspil.contexts.letters.enums import (
    Channel,
    DispatchStatus,
    DocumentKind,
    LetterKind,
    LetterRefusal,
    LetterStatus,
    NoticePart,
    Result,
)
from samspil.contexts.letters.facts import LetterFacts
from samspil.contexts.letters.models import Dispatch, Letter, LetterDocument
from samspil.contexts.letters.notices import NoticeFacts
from samspil.kernel import clock
from samspil.kernel.verdict import ConcurrentChange, Refused

LONGEST_WHY = 1_000
_STOPS = {
    LetterRefusal.NOT_CLEAR,
    LetterRefusal.VALUE_MISSING,
    LetterRefusal.NO_REASONS,
    LetterRefusal.PART_EMPTY,
    LetterRefusal.RULE_IN_PROSE,
    LetterRefusal.WRONG_GUIDANCE,
}


def send_letter(
    *,
    actor: Actor,
    at: dt.datetime,
    letter_id: UUID,
    channel: str,
    seen: int,
    copies: Collection[UUID] = (),
) -> UUID:
    """Send a draft as the reader last saw it (`seen`), to the citizen by `channel` and as copies to relations.

    The letter, its short version, the English and the copy are made and frozen here or not at all. Refused with the
    first thing that the law demands and the letter lacks; what stopped it is kept, so that we learn what to help with.
    """
    try:
        with transaction.atomic():
            return _send_held(actor, at, letter_id, channel=channel, seen=seen, copies=copies)
    except Refused as refused:
        if refused.reason in _STOPS:
            keep_stop(actor=actor, at=at, letter_id=letter_id, reason=refused.reason)
        raise


def _send_held(
    actor: Actor, at: dt.datetime, letter_id: UUID, *, channel: str, seen: int, copies: Collection[UUID]
) -> UUID:
    letter = held(actor, letter_id)
    policy.may_change(actor, status=letter.status).or_raise()
    send(actor, at, letter, channel=channel, seen=seen)
    for relation_id in copies:
        send_copy(actor=actor, at=at, letter_id=letter.id, relation_id=relation_id)
    return letter.id


def send(actor: Actor, at: dt.datetime, letter: Letter, *, channel: str, seen: int) -> None:
    """Of a row that is held: the checks, the papers, the way there. A notice moves the day it tells of."""
    if letter.version != seen:
        raise ConcurrentChange("\n\n".join(content.texts(letter.content).values()), "")
    facts = facts_in(letter)
    sent_on = clock.day_of(at)
    if isinstance(facts, NoticeFacts):
        made = _notice_as_sent(letter, facts, sent_on=sent_on)
    else:
        made = _as_sent(letter, facts, channel, sent_on=sent_on)
    Letter.objects.filter(id=letter.id).update(
        status=LetterStatus.SENT, status_since=at, sent_at=at, sent_by_name=actor.name, version=seen + 1, **made
    )
    letter.complaint_by = made.get("complaint_by")
    if isinstance(facts, NoticeFacts):
        _promise(actor, at, letter, facts)
    _freeze(letter, made["content"], at)
    tell(begin_dispatch(letter, at, recipient=letter.case.citizen, channel=Channel(channel)), actor=actor, at=at)
    record(actor, at, "letter.sent", letter, channel=str(channel), drawn=made["drawn"], typed=made["typed"])


@transaction.atomic
def send_copy(*, actor: Actor, at: dt.datetime, letter_id: UUID, relation_id: UUID) -> UUID:
    """Send a copy on paper to somebody whom the citizen, or the law, lets read letters. It holds no protected address.

    Raises Relation.DoesNotExist for somebody who is not among the citizen's relations.
    """
    letter = held(actor, letter_id)
    policy.may_copy(actor, status=letter.status).or_raise()
    let = citizens.AccessGrant.objects.filter(
        citizen=letter.case.citizen_id,
        relation_id=relation_id,
        scopes__contains=[citizens.Scope.LETTERS.value],
        runs__contains=actor.on,
        taken_back_at__isnull=True,
    )
    relation = citizens.Relation.objects.get(id=relation_id, citizen=letter.case.citizen_id)
    if not let.exists():
        raise Refused(citizens.CitizenRefusal.NOT_LET)
    made = begin_dispatch(letter, at, recipient=relation, channel=Channel.PRINT)
    record(actor, at, "letter.copied", letter, relation=str(relation_id))
    return made.id


@transaction.atomic
def post_letter(*, actor: Actor, at: dt.datetime, dispatch_id: UUID, posted_on: dt.date) -> None:
    """Write down that an envelope was put in the post: from that day it is counted when the letter is received."""
    dispatch = Dispatch.objects.visible_to(actor).select_related("letter").get(id=dispatch_id)
    policy.may_post(actor, status=dispatch.status).or_raise()
    sent_at = dispatch.letter.sent_at
    if sent_at is None or posted_on < clock.day_of(sent_at) or posted_on > actor.on:
        raise Refused(LetterRefusal.POSTED_BEFORE_SENT)
    received = rules.received_on(Channel.PRINT, sent_on=posted_on)
    rows = Dispatch.objects.filter(id=dispatch.id, status=DispatchStatus.TO_POST)
    took = rows.update(
        status=DispatchStatus.ARRIVED,
        status_since=at,
        available_at=at,
        received_on=received,
        complaint_by=_last_day(dispatch.letter, received),
    )
    if not took:
        raise Refused(LetterRefusal.WRONG_STATUS)
    record(actor, at, "letter.posted", dispatch.letter, dispatch=str(dispatch.id), posted_on=posted_on.isoformat())


def begin_dispatch(letter: Letter, at: dt.datetime, *, recipient: Any, channel: str) -> Dispatch:
    """The row that says how one copy travels. On the portal it is there at once; paper waits for an envelope."""
    is_copy = not isinstance(recipient, citizens.Citizen)
    begins: dict[str, Any] = {"status": DispatchStatus.TO_POST}
    if channel == Channel.DIGITAL_POST:
        begins = {"status": DispatchStatus.WAITING, "next_try_at": at}
    elif channel == Channel.PORTAL:
        begins = arrived(letter, at)
    return Dispatch.objects.create(
        municipality=letter.municipality,
        case_id=letter.case_id,
        letter=letter,
        relation_id=recipient.id if is_copy else None,
        recipient_name=str(recipient),
        channel=channel,
        status_since=at,
        **begins,
    )


def arrived(letter: Letter, available_at: dt.datetime) -> dict[str, Any]:
    """What is known of a letter that its reader can open from this moment on."""
    day = rules.received_on(Channel.PORTAL, sent_on=clock.day_of(available_at))
    return {
        "status": DispatchStatus.ARRIVED,
        "available_at": available_at,
        "received_on": day,
        "complaint_by": _last_day(letter, day),
    }


def _last_day(letter: Letter, received: dt.date) -> dt.date:
    """Nobody is held to an earlier day than the one that stands in the letter."""
    return max(rules.complaint_by(received), letter.complaint_by or received)


def _notice_as_sent(letter: Letter, facts: NoticeFacts, *, sent_on: dt.date) -> dict[str, Any]:
    """The notice as it stands, while it is owed: what was answered meanwhile comes no later."""
    if not _is_owed(letter, facts):
        raise Refused(LetterRefusal.NOT_NEEDED)
    made = drawn_notice(facts, edited=content.edited(letter.content))
    rules.notice_may_leave(content.texts(made["content"]), missing=content.missing(made["content"])).or_raise()
    if facts.expected_on is not None and facts.expected_on <= sent_on:
        raise Refused(LetterRefusal.DAY_NOT_LATER)
    return made | {"lix": _clear(letter, made["content"], facts, on=sent_on), "leaves_on": None}


def _is_owed(letter: Letter, facts: NoticeFacts) -> bool:
    if facts.kind == LetterKind.SENT_ON:
        return True
    running = deadlines.Deadline.objects.filter(case_id=letter.case_id, status__in=deadlines.RUNNING)
    if facts.kind == LetterKind.ANSWER_LATER:
        return running.filter(id=letter.subject_id).exists()
    return running.filter(subject_id=letter.subject_id, due_on=facts.expected_on).exists()


def _promise(actor: Actor, at: dt.datetime, letter: Letter, facts: NoticeFacts) -> None:
    """The day that the citizen is told is the day that counts from now on."""
    if facts.kind != LetterKind.ANSWER_LATER or facts.expected_on is None:
        return
    row = deadlines.Deadline.objects.only("due_on").get(id=letter.subject_id)
    if row.due_on != facts.expected_on:
        why = content.texts(letter.content)[NoticePart.BECAUSE]
        deadlines.move_deadline(actor=actor, at=at, deadline_id=row.id, due_on=facts.expected_on, why=why[:LONGEST_WHY])


def _clear(letter: Letter, kept: content.Kept, facts: LetterFacts | NoticeFacts, *, on: dt.date) -> float:
    """The LIX of a letter that can be understood."""
    read = clarity.report(kept, facts, on=on, municipality=letter.municipality)
    if read.blocks:
        raise Refused(LetterRefusal.NOT_CLEAR)
    return read.lix.value


def _as_sent(letter: Letter, facts: LetterFacts, channel: str, *, sent_on: dt.date) -> dict[str, Any]:
    """The letter with the day that follows from how it travels, checked against what the law demands."""
    made = drawn(facts, sent_on=sent_on, edited=content.edited(letter.content), channel=channel)
    rules.may_leave(
        content.texts(made["content"]),
        result=facts.result,
        appeal=made["appeal"],
        last_day=made["complaint_by"],
        missing=content.missing(made["content"]),
    ).or_raise()
    if facts.result in {Result.CHANGE, Result.END}:
        received = rules.received_on(channel, sent_on=sent_on)
        rules.may_cut(
            notice_weeks=facts.notice_weeks, received=received, starts_on=facts.starts_on, ends_on=facts.ends_on
        ).or_raise()
    return made | {"lix": _clear(letter, made["content"], facts, on=sent_on)}


def _freeze(letter: Letter, kept: content.Kept, at: dt.datetime) -> None:
    case = letter.case
    home = access.Organisation.objects.get(municipality_code=case.municipality)
    heading = papers.Heading(home.name, str(case.citizen), case.number, at)
    for_others = content.hidden(kept, partial(citizens.without_address, citizen=case.citizen))
    for kind in DocumentKind:
        pdf = papers.draw(for_others if kind == DocumentKind.COPY else kept, heading, kind)
        LetterDocument.objects.create(
            municipality=case.municipality,
            case=case,
            letter=letter,
            kind=kind,
            pdf=pdf,
            sha256=hashlib.sha256(pdf).hexdigest(),
            made_at=at,
        )
