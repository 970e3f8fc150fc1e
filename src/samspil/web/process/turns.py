"""Whose turn it is in a case: read from where its machines stand, never kept anywhere of its own."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.meetings import api as meetings
from samspil.contexts.orders import api as orders
from samspil.kernel import clock
from samspil.kernel.danish_dates import clock_time
from samspil.kernel.machine import Machine
from samspil.kernel.text import first_name
from samspil.web.shell.language import language, long_words

MACHINES: dict[str, Machine] = {
    machine.name: machine for machine in (cases.CASE, meetings.MEETING, orders.ORDER, orders.STATUS_NOTE)
}
PREPARED = "prepared"
"""A meeting that is called and that the citizen has got ready for: the machine says called, and the turn has passed."""

# What is most urgent stands first; several can wait at once. What has no place here waits for nobody by itself.
URGENT: tuple[tuple[str, str], ...] = (
    ("meeting", "open"),
    ("status_note", "sent"),
    ("order", "declined"),
    ("order", "sent"),
    ("meeting", "called"),
    ("status_note", "draft"),
    ("meeting", PREPARED),
    ("meeting", "planned"),
    ("case", "enquiry"),
    ("case", "clarification"),
    ("case", "running"),
    ("case", "follow_up"),
    ("case", "closed"),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that waits for one side. `words` is a whole sentence, `since` the day it began to wait.

    `subject_id` is the meeting, order or status note it is about, or the case itself.
    """

    machine: str
    status: str
    side: str
    since: dt.date | None
    words: str
    subject_id: UUID
    is_status_meeting: bool = False


@dataclass(frozen=True, slots=True)
class Parties:
    """What the sides are called by the one who reads."""

    citizen: str
    authority: str
    provider: str
    reader: str

    def name(self, side: str) -> str:
        return {Side.CITIZEN: self.citizen, Side.AUTHORITY: self.authority, Side.PROVIDER: self.provider}.get(
            Side(side), ""
        )


@dataclass(frozen=True, slots=True)
class Turns:
    """`now` is the turn that counts; `meanwhile` what waits for others at the same time."""

    case: cases.CaseFacts
    parties: Parties
    now: Turn
    meanwhile: tuple[Turn, ...]


def side_of(machine: str, status: str) -> str:
    """Whose turn a status is, as its machine has it."""
    return Side.AUTHORITY if status == PREPARED else MACHINES[machine].turn_of(status)


def turns_for(actor: Actor, case_id: UUID, *, now: dt.datetime) -> Turns:
    """Raises Case.DoesNotExist for those without business in the case."""
    case = cases.case_facts(actor, case_id)
    return turns_of(actor, case, meetings.next_meeting(actor, case_id, now=now), now=now)


def turns_of(
    actor: Actor,
    case: cases.CaseFacts,
    meeting: meetings.MeetingLine | None,
    *,
    now: dt.datetime,
    given: Sequence[orders.OrderLine] | None = None,
) -> Turns:
    """The same for a page that has read the case and its next meeting already, and perhaps its orders (`given`)."""
    given = orders.orders_of(actor, case.id) if given is None else given
    notes = orders.status_notes_of(actor, case.id)
    parties = _parties(actor, case, given)
    found = [_of_case(case, parties, meeting)]
    if case.is_open:
        found += _of_meeting(meeting, case, parties)
        found += _of_orders(given, case, parties)
        found += _of_status_notes(notes, given, meeting, case, parties, now=now)
    found.sort(key=lambda turn: URGENT.index((turn.machine, turn.status)))
    first = found[0]
    others = {turn.side: turn for turn in reversed(found) if turn.side not in {first.side, Side.NOBODY}}
    waits_apart = tuple(turn for turn in found[1:] if others.get(turn.side) is turn and turn.machine != "case")
    return Turns(case, parties, first, waits_apart)


def _parties(actor: Actor, case: cases.CaseFacts, given: Sequence[orders.OrderLine]) -> Parties:
    active = [order for order in given if order.status in {"sent", "running"}]
    is_citizen = actor.side == Side.CITIZEN
    return Parties(
        citizen=_("Du") if is_citizen else case.first_name,
        authority=first_name(case.coordinator_name) if is_citizen and case.coordinator_name else _("Kommunen"),
        provider=active[0].provider_name if active else _("Udfører"),
        reader=actor.side,
    )


def _day(at: dt.datetime | None) -> dt.date | None:
    return clock.day_of(at) if at is not None else None


def _who(case: cases.CaseFacts) -> str:
    return first_name(case.coordinator_name) or _("Kommunen")


def _of_case(case: cases.CaseFacts, parties: Parties, meeting: meetings.MeetingLine | None) -> Turn:
    names = {"who": _who(case), "name": case.first_name, "provider": parties.provider}
    is_citizen = parties.reader == Side.CITIZEN
    texts = {
        "enquiry": _("%(who)s læser henvendelsen og ringer."),
        "clarification": _("%(who)s finder ud af, hvad der skal til, sammen med dig.")
        if is_citizen
        else _("%(who)s finder ud af, hvad der skal til, sammen med %(name)s."),
        "running": _("Du og %(provider)s arbejder med målene.")
        if is_citizen
        else _("%(name)s og %(provider)s arbejder med målene."),
        "follow_up": _("%(who)s samler op på statusmødet.") if meeting else _("%(who)s indkalder til statusmøde."),
        "closed": _("Hjælpen er slut."),
    }
    words = texts[case.status] % names
    return Turn("case", case.status, side_of("case", case.status), _day(case.status_since), words, case.id)


def _of_meeting(meeting: meetings.MeetingLine | None, case: cases.CaseFacts, parties: Parties) -> Iterator[Turn]:
    if meeting is None:
        return
    names = {"who": _who(case), "name": case.first_name, "when": _when(meeting.starts_at)}
    status = PREPARED if meeting.status == "called" and meeting.is_prepared else meeting.status
    texts = {
        "planned": _("%(who)s indkalder til mødet %(when)s."),
        "called": _("Gør dig klar til mødet %(when)s. Det tager tre minutter.")
        if parties.reader == Side.CITIZEN
        else _("%(name)s gør sig klar til mødet %(when)s."),
        PREPARED: _("Alt er klar til mødet %(when)s."),
        "open": _("I holder møde nu."),
    }
    yield Turn(
        machine="meeting",
        status=status,
        side=side_of("meeting", status),
        since=_day(meeting.status_since),
        words=texts[status] % names,
        subject_id=meeting.id,
        is_status_meeting=meeting.kind == meetings.MeetingKind.STATUS,
    )


def _of_orders(given: Iterable[orders.OrderLine], case: cases.CaseFacts, parties: Parties) -> Iterator[Turn]:
    texts = {
        "sent": _("%(provider)s svarer på bestillingen."),
        "declined": _("%(provider)s har sagt nej. %(who)s finder en anden."),
    }
    for order in given:
        if order.status in texts:
            names = {"provider": order.provider_name, "who": _who(case)}
            words = texts[order.status] % names
            yield Turn("order", order.status, side_of("order", order.status), _day(order.status_since), words, order.id)


def _of_status_notes(
    notes: Sequence[orders.StatusNoteLine],
    given: Sequence[orders.OrderLine],
    meeting: meetings.MeetingLine | None,
    case: cases.CaseFacts,
    parties: Parties,
    *,
    now: dt.datetime,
) -> Iterator[Turn]:
    """A status note that is being written, wanted for a status meeting, or waiting to be read.

    The authority does not see a draft, but it sees that the meeting asks for a note and that none has come.
    """
    coming = meeting if meeting is not None and meeting.kind == meetings.MeetingKind.STATUS else None
    for order in given:
        own = [note for note in notes if note.order_id == order.id]
        newest = own[0] if own else None
        if newest is not None and newest.status == "sent":
            names = {"who": _who(case), "provider": order.provider_name}
            words = _("%(who)s læser status fra %(provider)s.") % names
            yield Turn("status_note", "sent", side_of("status_note", "sent"), _day(newest.sent_at), words, newest.id)
        elif order.status == "running" and (since := _began_to_write(newest, own, coming, now)) is not None:
            words = _writes(order, coming)
            yield Turn("status_note", "draft", side_of("status_note", "draft"), since, words, order.id)


def _began_to_write(
    newest: orders.StatusNoteLine | None,
    own: Iterable[orders.StatusNoteLine],
    coming: meetings.MeetingLine | None,
    now: dt.datetime,
) -> dt.date | None:
    if newest is not None and newest.status == "draft":
        return _day(newest.drawn_until)
    has_status = any(note.sent_at is not None and note.sent_at > now - orders.COUNTS_FOR for note in own)
    return _day(coming.status_since) if coming is not None and not has_status else None


def _when(at: dt.datetime) -> str:
    """As in "onsdag den 9. december kl. 10.00"."""
    local = at.astimezone(clock.DENMARK)
    return _("%(day)s kl. %(time)s") % {"day": long_words(local.date()), "time": clock_time(local, language())}


def _writes(order: orders.OrderLine, meeting: meetings.MeetingLine | None) -> str:
    who = first_name(order.contact_name) or order.provider_name
    if meeting is None:
        return _("%(who)s skriver status.") % {"who": who}
    return _("%(who)s skriver status til mødet %(when)s.") % {"who": who, "when": _when(meeting.starts_at)}
