"""Notes as the story tells them, and what became of the promises in them."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID
from zlib import crc32

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.notes import api as notes
from samspil.jobs.demo.content import Meeting, Note
from samspil.jobs.demo.ledger import Kept, Told
from samspil.jobs.demo.life import Agenda, Life
from samspil.jobs.demo.marks import Promise, Segment
from samspil.jobs.demo.moments import at as moment
from samspil.jobs.demo.moments import workday_from, workday_until
from samspil.kernel.workdays import add_workdays

RECENT = 9
"""Notes of the last so many days go through `notes.write_note` itself; older ones through the ledger."""
ANSWERED_AFTER = 8
"""A change this many days old has been answered."""
_FORGIVEN, _FORGETS = 2, 4
_BETWEEN = dt.timedelta(minutes=25)
_STAFF = frozenset({Side.AUTHORITY, Side.PROVIDER})
_CLOCKS = ("8.50", "9.30", "10.10", "10.45", "11.20", "13.15", "14.05")


def plan_notes(life: Life, agenda: Agenda) -> None:
    """Put every note of the story on the agenda."""
    for note in life.story.notes:
        at = life.past(note.ago, _clock(life, note))
        at = life.help_at(at) if note.by == "worker" else life.open_at(at)
        agenda.add(at, lambda at, note=note: _write(life, agenda, note, at))  # type: ignore[misc]


def _clock(life: Life, note: Note) -> str:
    if note.ago <= 1 or note.ago + life.shift <= 1:
        return "14.10"
    return _CLOCKS[crc32(f"{life.story.key} {note.ago}".encode()) % len(_CLOCKS)]


def _write(life: Life, agenda: Agenda, note: Note, at: dt.datetime) -> None:
    actor = life.as_worker(at) if note.by == "worker" else life.as_caseworker(at)
    written_at = min(at + _BETWEEN, life.moments.now)
    told = [item for part in note.segments for item in _told(life, note, part, at)]
    for_provider = note.by == "caseworker" and life.order_id is not None
    if note.ago + life.shift > RECENT:
        life.ledger.note(
            actor=actor,
            at=written_at,
            place=life.place,
            kind=note.kind,
            happened_at=at,
            told=told,
            for_provider=for_provider,
        )
        return
    note_id = notes.write_note(
        actor=actor,
        at=written_at,
        case_id=life.case,
        kind=note.kind,
        happened_at=at,
        pieces=[item.piece for item in told],
        for_provider=for_provider,
    )
    _go_on(life, agenda, note_id, told)


def _told(life: Life, note: Note, part: Segment, at: dt.datetime) -> Iterator[Told]:
    who, due_on, kept = "", None, None
    if part.promise:
        who = life.party(part.promise.who).called
        due_on = due_day(life, part.promise, note.ago)
        kept = kept_promise(life, part.promise, due_on, at)
    elif part.kind == "change" and note.by == "worker":
        kept = _answered(life, note.ago, at)
    goal_id = life.goal_ids.get(part.goal)
    # A mark on a goal that is not set yet stands as what was seen.
    kind = "observation" if part.kind == "goal_status" and goal_id is None else part.kind
    piece = notes.NewSegment(
        kind=kind,
        text=life.tell(part.text),
        theme_id=life.codes.theme_id(part.theme),
        goal_id=goal_id,
        value=part.value if goal_id else None,
        who=who,
        due_on=due_on,
        hidden_reason=part.hidden,
    )
    yield Told(piece, kept)
    if part.consequence:
        meaning = notes.NewSegment(
            kind="assessment", text=life.tell(part.consequence), theme_id=life.codes.theme_id(part.theme)
        )
        yield Told(meaning)


def due_day(life: Life, promise: Promise, ago: int) -> dt.date:
    """The promised day; what staff promise falls on a workday."""
    day = life.due(ago, promise.days)
    return workday_from(day) if life.party(promise.who).side in _STAFF else day


def kept_promise(life: Life, promise: Promise, due_on: dt.date, said_at: dt.datetime) -> Kept:
    """What became of a promise: kept by its day, called off, or still open."""
    owner = life.party(promise.who)
    match _state(life, promise, due_on):
        case "kept":
            day = workday_until(min(due_on, life.last_day))
            done_at = max(moment(day, "14.30"), said_at + dt.timedelta(hours=2))
            done_at = min(done_at, life.moments.now - dt.timedelta(minutes=5))
            return Kept(owner.name, owner.side, owner.user_id, cases.TaskStatus.DONE, done_at)
        case "dropped":
            return Kept(owner.name, owner.side, owner.user_id, cases.TaskStatus.CANCELLED)
        case _:
            return Kept(owner.name, owner.side, owner.user_id, cases.TaskStatus.OPEN)


def _state(life: Life, promise: Promise, due_on: dt.date) -> str:
    """A story that happened earlier than it was written has more behind it; one in so many forgets a promise."""
    is_late = due_on < life.moments.day(_FORGIVEN)
    if promise.state == "open" and is_late and life.shift and life.townsperson.number % _FORGETS:
        return "kept"
    return promise.state


def _answered(life: Life, ago: int, at: dt.datetime) -> Kept:
    owner = life.party("caseworker")
    if ago + life.shift < ANSWERED_AFTER:
        return Kept(owner.name, owner.side, owner.user_id, cases.TaskStatus.OPEN)
    done_at = moment(add_workdays(at.date(), 3), "9.40")
    return Kept(owner.name, owner.side, owner.user_id, cases.TaskStatus.DONE, done_at)


def plan_remembered(life: Life, agenda: Agenda, meeting: Meeting) -> None:
    """A meeting from before the board: what was said there stands in a note."""
    at = life.help_at(life.past(meeting.ago, meeting.at))
    agenda.add(at, lambda at: _remember(life, meeting, at))


def _remember(life: Life, meeting: Meeting, at: dt.datetime) -> None:
    told = []
    for card in meeting.cards:
        promise, who, due_on, kept = card.promise, "", None, None
        if promise:
            who, due_on = life.party(promise.who).called, due_day(life, promise, meeting.ago)
            kept = kept_promise(life, promise, due_on, at)
        kind, word = _SEGMENTS[card.kind]
        piece = notes.NewSegment(kind=kind, text=f"{word}{life.tell(card.text)}", who=who, due_on=due_on)
        told.append(Told(piece, kept))
    life.ledger.note(
        actor=life.as_caseworker(at),
        at=at + _BETWEEN,
        place=life.place,
        kind="meeting",
        happened_at=at,
        told=told,
        for_provider=True,
    )


_SEGMENTS = {
    "citizen_words": ("citizen_words", ""),
    "works": ("resource", ""),
    "wish": ("wish", ""),
    "worry": ("observation", "Bekymring: "),
    "idea": ("observation", "Idé: "),
    "question": ("observation", "Spørgsmål: "),
    "agreement": ("agreement", ""),
}


def _go_on(life: Life, agenda: Agenda, note_id: UUID, told: list[Told]) -> None:
    """Keep or call off the promises of a note that was written by its command."""
    kept = [(order, item.kept) for order, item in enumerate(told, 1) if item.kept]
    if not kept:
        return
    segments = dict(notes.Segment.objects.filter(note_id=note_id).values_list("order", "id"))
    tasks = dict(cases.Task.objects.filter(case_id=life.case, status="open").values_list("source_id", "id"))
    for order, outcome in kept:
        follow_task(life, agenda, tasks[segments[order]], outcome)


def follow_task(life: Life, agenda: Agenda, task_id: UUID, kept: Kept) -> None:
    """Finish or call off a task when its time comes."""
    if kept.status == cases.TaskStatus.DONE and kept.done_at:
        agenda.add(kept.done_at, lambda at: _finish(life, kept, at, task_id))
    elif kept.status == cases.TaskStatus.CANCELLED:
        actor = life.as_caseworker(life.moments.now)
        cases.cancel_task(actor=actor, at=life.moments.now, task_id=task_id)


def _finish(life: Life, kept: Kept, at: dt.datetime, task_id: UUID) -> None:
    actor = _ticks(life, kept, at)
    if at.date() < life.moments.day(RECENT):
        life.ledger.finish_task(actor=actor, at=at, place=life.place, task_id=task_id)
    else:
        cases.finish_task(actor=actor, at=at, task_id=task_id)


def _ticks(life: Life, kept: Kept, at: dt.datetime) -> Actor:
    """Whoever promised ticks it off; the authority does for those who do not log in."""
    return life.as_worker(at) if kept.owner_side == Side.PROVIDER else life.as_caseworker(at)
