"""What must hold in the database afterwards, asked with SQL of our own, which shares nothing with the program.

An acknowledged write is there exactly once, another at most once, and each is whole: a note with its segments, tasks
and events; a closed meeting with all that the closing makes; a change of the board with its card; a form with its
receipt. And nothing is there that nobody sent.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import psycopg

from tests.killing.writers import Write

NOTES = """
select substring(first.text from 'qz[0-9a-f]{12}'),
       (select array_agg("order" order by "order") from notes_segment where note_id = note.id),
       (select count(*) from access_event where kind = 'note.written' and subject_id = note.id),
       (select count(*) from notes_segment said join cases_task task on task.source_id = said.id
        where said.note_id = note.id and said.kind = 'agreement'),
       (select count(*) from notes_segment said join cases_task task on task.source_id = said.id
        join access_event happened on happened.subject_id = task.id and happened.kind = 'task.added'
        where said.note_id = note.id)
from notes_note note left join notes_segment first on first.note_id = note.id and first."order" = 1
where note.meeting_id is null
"""
TASKS = """
select substring(text from 'qz[0-9a-f]{12}'),
       (select count(*) from access_event where kind = 'task.added' and subject_id = task.id)
from cases_task task where source = 'manual'
"""
WORDS = """
select substring(step.change ->> 'typed' from 'qz[0-9a-f]{12}'), step.op, card.text = step.change ->> 'typed'
from meetings_boardstep step left join meetings_card card on card.id = (step.change ->> 'card')::uuid
where step.meeting_id = any(%s::uuid[]) and step.change ->> 'typed' like '%%qz%%'
"""
BOARD = """
select board_seq, (select max(seq) from meetings_boardstep step where step.meeting_id = meeting.id),
       (select count(*) from meetings_boardstep step where step.meeting_id = meeting.id),
       (select count(*) from meetings_card card where card.meeting_id = meeting.id)
from meetings_meeting meeting where id = any(%s::uuid[])
"""
MEETINGS = """
select id::text, status = 'closed' and closed_at is not null and made ? 'note',
       (select count(*) from notes_note where meeting_id = meeting.id),
       (select count(*) from notes_note note join notes_segment said on said.note_id = note.id
        where note.meeting_id = meeting.id),
       (select count(*) from notes_note note join notes_segment said on said.note_id = note.id
        join cases_task task on task.source_id = said.id where note.meeting_id = meeting.id),
       (select count(*) from goals_planversion where meeting_id = meeting.id),
       (select count(*) from meetings_boardpicture picture
        where picture.meeting_id = meeting.id and encode(sha256(pdf), 'hex') = sha256),
       (select count(*) from access_event where kind = 'meeting.closed' and subject_id = meeting.id)
from meetings_meeting meeting where id = any(%s)
"""
OPEN, CLOSED = (False, 0, 0, 0, 0, 0, 0), (True, 1, 2, 1, 1, 1, 1)
WITHOUT = """
select 'an event of a note that is not there' from access_event event
where kind = 'note.written' and not exists (select from notes_note where id = event.subject_id)
union all select 'an event of a task that is not there' from access_event event
where kind = 'task.added' and not exists (select from cases_task where id = event.subject_id)
union all select 'a task from words that are not there' from cases_task task
where source_id is not null and not exists (select from notes_segment where id = task.source_id)
union all select 'a receipt that leads nowhere' from access_receipt where location = ''
"""


def problems(database: psycopg.Connection[Any], written: Iterable[Write], *, boards: list[str]) -> list[str]:
    """One line for each thing that is lost, doubled, half or nobody's."""
    sent: dict[str, dict[str, Write]] = defaultdict(dict)
    for write in written:
        sent[write.kind][write.marker] = write
    rows = database.execute(MEETINGS, [list(sent["closing"])]).fetchall()
    found = {
        "note": [(marker, tuple(rest) == ([1, 2], 1, 1, 1)) for marker, *rest in database.execute(NOTES)],
        "task": [(marker, events == 1) for marker, events in database.execute(TASKS)],
        "word": [
            (marker, is_there and sent["word"].get(marker, Write).key == op)
            for marker, op, is_there in database.execute(WORDS, [boards])
        ],
        "closing": [(meeting, tuple(made) == CLOSED) for meeting, *made in rows if tuple(made) != OPEN],
    }
    lines = [line for kind, there in found.items() for line in _compared(kind, sent[kind], there)]
    lines += _receipts(database, sent, {kind: {marker for marker, _ in there} for kind, there in found.items()})
    lines += _boards(database, boards)
    return lines + [words for (words,) in database.execute(WITHOUT)]


def _compared(kind: str, sent: dict[str, Write], there: list[tuple[str, bool]]) -> Iterator[str]:
    count = Counter(marker for marker, _ in there)
    yield from (f"{kind} {marker}: half" for marker, is_whole in there if not is_whole)
    yield from (f"{kind} {marker}: {times} times" for marker, times in count.items() if times > 1)
    yield from (f"{kind} {marker}: nobody sent it" for marker in count.keys() - sent.keys())
    yield from (
        f"{kind} {marker}: acknowledged and lost"
        for marker, write in sent.items()
        if write.is_acknowledged and marker not in count
    )


def _receipts(
    database: psycopg.Connection[Any], sent: dict[str, dict[str, Write]], there: dict[str, set[str]]
) -> Iterator[str]:
    """A form's receipt stands in the same transaction as what the form did."""
    kept = {key for (key,) in database.execute("select key from access_receipt")}
    for kind in ("note", "task", "closing"):
        for marker, write in sent[kind].items():
            if (write.receipt in kept) != (marker in there[kind]):
                yield f"{kind} {marker}: {'a receipt without it' if write.receipt in kept else 'without its receipt'}"


def _boards(database: psycopg.Connection[Any], boards: list[str]) -> Iterator[str]:
    for stands_at, newest, steps, cards in database.execute(BOARD, [boards]):
        if stands_at != newest or not newest >= steps == cards:
            yield f"a board stands at step {stands_at}; {newest} is the newest of {steps}, with {cards} cards"
