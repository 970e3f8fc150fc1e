"""The course of a case by month: what was written, held, agreed and decided, newest first."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.cases.api import CaseStatus, Happening
from samspil.contexts.notes import api as notes
from samspil.kernel import clock

EVENTS, NOTES = 200, 40

# What is worth a line; the rest stays in the log.
SENTENCES = {
    "referral.opened": gettext_lazy("Henvendelsen blev til en sag"),
    "case.opened": gettext_lazy("Sagen blev åbnet"),
    "case.handed_over": gettext_lazy("Sagens rammer blev ændret"),
    "participation.admitted": gettext_lazy("En udfører kom med i sagen"),
    "participation.ended": gettext_lazy("En udførers del af sagen fik en slutdato"),
    "purpose.set": gettext_lazy("Formålet blev skrevet"),
    "purpose.changed": gettext_lazy("Formålet blev ændret"),
    "goal.added": gettext_lazy("Et mål kom til"),
    "goal.replaced": gettext_lazy("Et mål fik en ny ordlyd"),
    "goal.moved": gettext_lazy("Et mål skiftede tilstand"),
    "plan.made": gettext_lazy("Planen fik en ny udgave"),
    "plan.withdrawn": gettext_lazy("En udgave af planen blev taget tilbage"),
    "meeting.called": gettext_lazy("Der blev indkaldt til møde"),
    "meeting.moved": gettext_lazy("Et møde blev flyttet"),
    "meeting.cancelled": gettext_lazy("Et møde blev aflyst"),
    "meeting.prepared": gettext_lazy("Borgeren gjorde sig klar til mødet"),
    "meeting.closed": gettext_lazy("Mødet blev holdt"),
    "need.raised": gettext_lazy("Et behov blev taget op"),
    "decision.hearing_asked": gettext_lazy("Borgeren blev bedt om at svare på nye oplysninger"),
    "decision.made": gettext_lazy("Der blev truffet en afgørelse"),
    "decision.told": gettext_lazy("Borgeren fik afgørelsen"),
    "grant.adjusted": gettext_lazy("Hjælpen blev justeret for en kort tid"),
    "complaint.received": gettext_lazy("Der blev klaget over en afgørelse"),
    "complaint.reassessed": gettext_lazy("Afgørelsen blev vurderet igen"),
    "complaint.forwarded": gettext_lazy("Klagen blev sendt til Ankestyrelsen"),
    "complaint.board_decided": gettext_lazy("Ankestyrelsen afgjorde klagen"),
    "dispute.noted": gettext_lazy("En konflikt blev skrevet ned"),
    "dispute.planned": gettext_lazy("Konflikten fik en plan"),
    "dispute.settled": gettext_lazy("Konflikten blev løst"),
    "file_request.received": gettext_lazy("Der blev bedt om aktindsigt"),
    "file_request.postponed": gettext_lazy("Svaret på aktindsigt fik en ny dag"),
    "file_request.answered": gettext_lazy("Der blev svaret på aktindsigt"),
    "file_request.own_data_made": gettext_lazy("Borgeren hentede en kopi af sine oplysninger"),
    "file_request.complained": gettext_lazy("Der blev klaget over svaret på aktindsigt"),
    "order.sent": gettext_lazy("Der blev bestilt hjælp"),
    "order.received": gettext_lazy("Bestillingen blev læst ind"),
    "order.accept": gettext_lazy("Udføreren sagde ja til opgaven"),
    "order.decline": gettext_lazy("Udføreren sagde nej til opgaven"),
    "order.withdraw": gettext_lazy("Bestillingen blev taget tilbage"),
    "order.end": gettext_lazy("Bestillingen sluttede"),
    "status_note.sent": gettext_lazy("Udføreren sendte status"),
    "status_note.decided": gettext_lazy("Status blev drøftet og besluttet"),
    "question.asked": gettext_lazy("Der blev stillet et spørgsmål"),
    "question.answered": gettext_lazy("Spørgsmålet blev besvaret"),
    "feedback.given": gettext_lazy("Borgeren svarede om mødet"),
    "feedback.answered": gettext_lazy("Vi skrev, hvad der blev ændret"),
    "letter.sent": gettext_lazy("Der blev sendt et brev om en afgørelse"),
    "letter.arrived": gettext_lazy("Brevet kom frem"),
    "letter.in_hand": gettext_lazy("Borgeren har læst brevet"),
    "letter.posted": gettext_lazy("Brevet blev lagt i postkassen"),
    "letter.goes_on_paper": gettext_lazy("Digital Post tog ikke imod brevet, så det bliver til papir"),
    "feedback.letter_answered": gettext_lazy("Borgeren svarede om et brev"),
    "task.finished": gettext_lazy("En opgave blev gjort"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `lines` are the first sentences of a note; `who` is who did or wrote it."""

    at: dt.datetime
    heading: str
    who: str
    lines: tuple[str, ...]
    note_id: UUID | None


@dataclass(frozen=True, slots=True)
class Month:
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    months: tuple[Month, ...]
    older_url: str


def timeline_for(actor: Actor, case_id: UUID, *, before: str = "") -> Timeline:
    """One page of the course; `before` is the moment that the page before it ended at."""
    until = _moment(before)
    events = cases.happenings(actor, case_id, limit=EVENTS, before=until)
    cursor = (until, UUID(int=0)) if until else None
    written = notes.stream(actor, case_id, limit=NOTES, before=cursor)
    reached = [rows[-1] for rows, limit in ((written, NOTES), (events, EVENTS)) if len(rows) == limit]
    begins = max((_at(row) for row in reached), default=None)
    entries = [entry for entry in (*map(_note, written), *_happened(events)) if begins is None or entry.at >= begins]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    months = groupby(entries, key=lambda entry: _month(entry.at))
    older = f"?{urlencode({'foer': begins.isoformat()})}" if begins else ""
    return Timeline(tuple(Month(heading, tuple(rows)) for heading, rows in months), older)


def _moment(text: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if moment.tzinfo is None:
        raise Http404
    return moment


def _at(row: Happening | notes.NoteView) -> dt.datetime:
    return row.at if isinstance(row, Happening) else row.happened_at


def _month(at: dt.datetime) -> str:
    return date_format(at.astimezone(clock.DENMARK), "F Y").capitalize()


def _note(note: notes.NoteView) -> Entry:
    who = ", ".join(filter(None, [note.author_name, note.organisation_name]))
    said = tuple(_line(segment) for segment in note.segments if segment.text)[:2]
    return Entry(note.happened_at, note.title or note.kind_words, who, said, note.id)


def _line(segment: notes.SegmentView) -> str:
    return f"“{segment.text}”" if segment.kind == notes.SegmentKind.CITIZEN_WORDS else segment.text


def _happened(events: tuple[Happening, ...]) -> list[Entry]:
    found = []
    for event in events:
        if event.kind == "case.moved":
            heading = _("Ny status: %(status)s") % {"status": CaseStatus(event.data["after"]).label.lower()}
        elif event.kind in SENTENCES:
            heading = str(SENTENCES[event.kind])
        else:
            continue
        found.append(Entry(event.at, heading, event.user_name, (), None))
    return found
