"""Samspil itself writes to the citizen that an answer comes later, before the day it was promised has gone.

A notice is written once for each day it is owed for, as a draft that a caseworker may better and send. One that nobody
has sent leaves by itself, in one transaction, so that a process that dies has sent nothing.
"""

import datetime as dt
import logging
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, system_actor
from samspil.contexts.cases import api as cases
from samspil.contexts.deadlines.api import DeadlineMoved, DeadlineNear
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import ReassessmentDelayed
from samspil.contexts.letters import notices
from samspil.contexts.letters.commands.sending import send
from samspil.contexts.letters.commands.writing import drawn_notice, record
from samspil.contexts.letters.content import edited
from samspil.contexts.letters.enums import Appeal, LetterKind, LetterRefusal, LetterStatus
from samspil.contexts.letters.facts import Sender
from samspil.contexts.letters.models import Letter
from samspil.contexts.letters.notices import NoticeFacts
from samspil.contexts.letters.queries.letters import usual_channel
from samspil.kernel import clock
from samspil.kernel.verdict import Refused

MOST = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NoticesSent:
    """`held` are those that could not leave as they stood, and wait for somebody; `failed` are tried again."""

    sent: int = 0
    held: int = 0
    failed: tuple[UUID, ...] = ()


def write_as_deadline_nears(event: DeadlineNear) -> None:
    notice = notices.notice_about(event.kind)
    if notice is None:
        return
    on = clock.day_of(event.at)
    write_notice(
        event.at,
        event.case_id,
        notice.kind,
        subject_id=event.deadline_id,
        occasion_on=event.due_on,
        leaves_on=notices.leaves_on(event.due_on, on=on) if notice.sends_itself else None,
        asked_for=_asked_for(event.subject_id),
        due_on=event.due_on,
        expected_on=notices.proposed_day(notice, event.due_on),
    )


def write_of_new_day(event: DeadlineMoved) -> None:
    """Somebody has chosen the day: it stands in the notice. Unless it is what a notice itself has promised."""
    notice = notices.notice_about(event.kind)
    if notice is None or event.due_on <= event.old_due_on:
        return
    found = Letter.objects.filter(kind=notice.kind, subject_id=event.deadline_id, occasion_on=event.old_due_on).first()
    if found is None:
        on = clock.day_of(event.at)
        write_notice(
            event.at,
            event.case_id,
            notice.kind,
            subject_id=event.deadline_id,
            occasion_on=event.old_due_on,
            leaves_on=notices.leaves_on(max(event.old_due_on, on), on=on) if notice.sends_itself else None,
            asked_for=_asked_for(event.subject_id),
            due_on=event.old_due_on,
            expected_on=event.due_on,
        )
    elif found.status == LetterStatus.DRAFT:
        facts = replace(notices.notice_facts_from(found.facts), expected_on=event.due_on)
        made = drawn_notice(facts, edited=edited(found.content))
        Letter.objects.filter(id=found.id).update(version=found.version + 1, **made)


def write_of_later_look(event: ReassessmentDelayed) -> None:
    complaint = decisions.Complaint.objects.get(id=event.complaint_id)
    write_notice(
        event.at,
        event.case_id,
        LetterKind.LOOK_LATER,
        subject_id=complaint.id,
        occasion_on=event.due_on,
        leaves_on=clock.day_of(event.at) + dt.timedelta(days=1),
        words=complaint.delay_words,
        expected_on=event.due_on,
        received_on=complaint.received_on,
    )


def send_due_notices(*, actor: Actor, at: dt.datetime) -> NoticesSent:
    """Send what nobody has sent by its day. Any number of processes may do so at once; one that fails holds up no
    other."""
    rows = Letter.objects.filter(status=LetterStatus.DRAFT, leaves_on__lte=clock.day_of(at)).order_by("leaves_on", "id")
    ended, failed = [], []
    for letter_id, municipality in rows.values_list("id", "municipality")[:MOST]:
        try:
            ended.append(_send_itself(replace(actor, municipality=municipality), at, letter_id))
        except Exception:
            _log.exception("notice %s was left for the next watch", letter_id)
            failed.append(letter_id)
    return NoticesSent(ended.count("sent"), ended.count("held"), tuple(failed))


@transaction.atomic
def _send_itself(actor: Actor, at: dt.datetime, letter_id: UUID) -> str:
    """One that is no longer owed is thrown away; one that may not leave as somebody left it waits for that somebody."""
    rows = Letter.objects.filter(id=letter_id, status=LetterStatus.DRAFT, leaves_on__lte=clock.day_of(at))
    letter = rows.select_for_update(of=("self",), skip_locked=True).select_related("case__citizen").first()
    if letter is None:
        return "taken"
    try:
        with transaction.atomic():
            send(actor, at, letter, channel=usual_channel(letter.case.citizen_id), seen=letter.version)
    except Refused as refused:
        if refused.reason == LetterRefusal.NOT_NEEDED:
            record(actor, at, "letter.dropped", letter)
            Letter.objects.filter(id=letter.id).delete()
            return "dropped"
        Letter.objects.filter(id=letter.id).update(leaves_on=None)
        record(actor, at, "letter.held", letter, why=str(getattr(refused.reason, "value", refused.reason)))
        return "held"
    return "sent"


def write_notice(
    at: dt.datetime,
    case_id: UUID,
    kind: str,
    *,
    subject_id: UUID,
    occasion_on: dt.date,
    leaves_on: dt.date | None,
    **known: Any,
) -> None:
    """Once for each occasion; a case that was closed meanwhile owes no notice."""
    case = cases.Case.objects.select_related("citizen", "coordinator").get(id=case_id)
    is_written = Letter.objects.filter(kind=kind, subject_id=subject_id, occasion_on=occasion_on).exists()
    if is_written or case.status == cases.CaseStatus.CLOSED:
        return
    actor = system_actor(clock.day_of(at), municipality=case.municipality)
    facts = NoticeFacts(kind=str(kind), on=clock.day_of(at), sender=_sender(case), **known)
    letter = Letter.objects.create(
        municipality=case.municipality,
        case=case,
        kind=kind,
        subject_id=subject_id,
        occasion_on=occasion_on,
        leaves_on=leaves_on,
        appeal=Appeal.NO,
        status_since=at,
        written_by_name=actor.name,
        **drawn_notice(facts),
    )
    record(actor, at, "letter.drawn", letter, template=letter.template)


def _sender(case: cases.Case) -> Sender:
    home = access.Organisation.objects.get(municipality_code=case.municipality)
    one = case.coordinator
    if one is None:
        return Sender("", "", "", "", home.name)
    return Sender(one.name, one.title, one.phone, one.phone_hours, home.name)


def _asked_for(subject_id: UUID | None) -> str:
    """The need that the answer is about, in the middle of a sentence."""
    if subject_id is None:
        return ""
    title = decisions.Need.objects.filter(id=subject_id).values_list("title", flat=True).first() or ""
    return title[:1].lower() + title[1:]
