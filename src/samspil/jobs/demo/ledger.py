"""What was written long ago, many rows at a time.

Old notes, ratings and sub-goals are the bulk of the demo. They are made of the contexts' own models, and set the same
things in motion as the commands do: promises become tasks, marks become ratings, a provider's change a task for the
authority, and each of these has its line in the event log. What is recent goes through the commands themselves
(`writing.py`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.kernel.text import first_name

IN_TOUCH = frozenset({"visit", "phone", "text", "meeting"})


@dataclass(frozen=True, slots=True)
class Place:
    """The case that something is written in."""

    municipality: int
    case_id: UUID


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a promise; `done_at` when it was kept."""

    owner_name: str
    owner_side: str
    owner_id: UUID | None
    status: str
    done_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of a note; a promise, or a change that somebody has to answer, with what became of it."""

    piece: notes.NewSegment
    kept: Kept | None = None


@dataclass(slots=True)
class Ledger:
    """Rows that wait for `flush`, in the order in which the database wants them."""

    note_rows: list[notes.Note] = field(default_factory=list)
    segment_rows: list[notes.Segment] = field(default_factory=list)
    task_rows: list[cases.Task] = field(default_factory=list)
    rating_rows: list[goals.Rating] = field(default_factory=list)
    event_rows: list[access.Event] = field(default_factory=list)
    step_rows: list[goals.Goal] = field(default_factory=list)
    moved: dict[UUID, goals.Goal] = field(default_factory=dict)
    finished: dict[UUID, dt.datetime] = field(default_factory=dict)
    contacts: dict[UUID, tuple[Actor, dt.datetime]] = field(default_factory=dict)

    def note(
        self,
        *,
        actor: Actor,
        at: dt.datetime,
        place: Place,
        kind: str,
        happened_at: dt.datetime,
        told: Sequence[Told],
        for_provider: bool,
    ) -> None:
        note = notes.Note(
            municipality=place.municipality,
            case_id=place.case_id,
            kind=notes.NoteKind(kind),
            happened_at=happened_at,
            written_at=at,
            author_id=actor.user_id,
            author_name=actor.name,
            side=actor.side,
            organisation_id=actor.organisation_id,
            organisation_name=actor.organisation_name,
            for_provider=for_provider,
        )
        self.note_rows.append(note)
        for order, item in enumerate(told, 1):
            self._segment(actor, at, note, order, item)
        self._event(actor, at, note, "note.written", note.id, kinds=dict(Counter(item.piece.kind for item in told)))
        latest = self.contacts.get(place.case_id)
        if kind in IN_TOUCH and (latest is None or latest[1] < happened_at):
            self.contacts[place.case_id] = actor, happened_at

    def _segment(self, actor: Actor, at: dt.datetime, note: notes.Note, order: int, item: Told) -> None:
        piece = item.piece
        row = notes.Segment(
            municipality=note.municipality,
            case_id=note.case_id,
            note=note,
            order=order,
            kind=notes.SegmentKind(piece.kind),
            text=piece.text,
            theme_id=piece.theme_id,
            goal_id=piece.goal_id,
            value=piece.value,
            who=piece.who,
            due_on=piece.due_on,
            hidden_reason=piece.hidden_reason,
            happened_at=note.happened_at,
        )
        self.segment_rows.append(row)
        if piece.goal_id is not None and piece.value is not None:
            self.rate(
                actor=actor,
                at=at,
                place=Place(note.municipality, note.case_id),
                marks=[goals.NewRating(piece.goal_id, piece.value, piece.text[:400], source_id=row.id)],
                citizen_name="",
            )
        if item.kept:
            self._task(actor, at, note, row, item.kept)

    def _task(self, actor: Actor, at: dt.datetime, note: notes.Note, row: notes.Segment, kept: Kept) -> None:
        is_change = row.kind == notes.SegmentKind.CHANGE
        text = f"Svar på ændring fra {first_name(actor.name)}: {row.text}" if is_change else row.text
        task = cases.Task(
            municipality=note.municipality,
            case_id=note.case_id,
            text=text[:400],
            owner_id=kept.owner_id,
            owner_name=kept.owner_name,
            owner_side=kept.owner_side,
            due_on=row.due_on or (kept.done_at.date() if kept.done_at else None),
            status=kept.status,
            done_at=kept.done_at,
            source=cases.TaskSource.CHANGE if is_change else cases.TaskSource.NOTE,
            source_id=row.id,
            created_at=at,
        )
        self.task_rows.append(task)
        self._event(actor, at, note, "task.added", task.id, source=str(task.source))
        if kept.done_at:
            self._event(actor, kept.done_at, note, "task.finished", task.id)

    def rate(
        self,
        *,
        actor: Actor,
        at: dt.datetime,
        place: Place,
        marks: Sequence[goals.NewRating],
        citizen_name: str,
    ) -> None:
        """What one person wrote down of the parties' marks at one time."""
        self.rating_rows += [
            goals.Rating(
                municipality=place.municipality,
                case_id=place.case_id,
                goal_id=mark.goal_id,
                side=mark.side or actor.side,
                rater_id=actor.user_id,
                rater_name=citizen_name if mark.side == Side.CITIZEN else actor.name,
                value=mark.value,
                words=mark.words,
                at=at,
                source_id=mark.source_id,
            )
            for mark in marks
        ]
        rated = [str(mark.goal_id) for mark in marks]
        sides = [mark.side or str(actor.side) for mark in marks]
        one = marks[0].goal_id if len(marks) == 1 else None
        self._event(actor, at, place, "goal.rated", one, subject="goal", goals=rated, sides=sides)

    def step(self, *, actor: Actor, at: dt.datetime, place: Place, goal_id: UUID, step: goals.Goal) -> None:
        """A sub-goal that has only its own words yet."""
        step.municipality, step.case_id, step.parent_id = place.municipality, place.case_id, goal_id
        step.level, step.started_on, step.proposed_by_side = goals.GoalLevel.SUB_GOAL, at.date(), actor.side
        self.step_rows.append(step)
        self._event(actor, at, place, "sub_goal.added", step.id, subject="goal", goal=str(goal_id))

    def move_step(self, *, actor: Actor, at: dt.datetime, place: Place, step_id: UUID, move: str) -> None:
        """Reached, or on pause."""
        status = goals.GOAL.after(goals.GoalStatus.ACTIVE, move)
        reached_on = at.date() if status == goals.GoalStatus.REACHED else None
        self.moved[step_id] = goals.Goal(id=step_id, status=status, reached_on=reached_on, version=2)
        self._event(actor, at, place, "goal.moved", step_id, move=move, status=status)

    def finish_task(self, *, actor: Actor, at: dt.datetime, place: Place, task_id: UUID) -> None:
        self.finished[task_id] = at
        self._event(actor, at, place, "task.finished", task_id)

    def _event(
        self,
        actor: Actor,
        at: dt.datetime,
        place: Place | notes.Note,
        kind: str,
        subject_id: UUID | None,
        *,
        subject: str = "",
        **data: Any,
    ) -> None:
        self.event_rows.append(
            access.Event(
                at=at,
                municipality=place.municipality,
                user_id=actor.user_id,
                user_name=actor.name,
                side=actor.side,
                kind=kind,
                case_id=place.case_id,
                subject=subject or kind.split(".")[0],
                subject_id=subject_id,
                data=data,
            )
        )

    def flush(self) -> None:
        """Write what waits; whoever reads the case next sees it."""
        waiting: tuple[tuple[Any, list[Any]], ...] = (
            (goals.Goal, self.step_rows),
            (notes.Note, self.note_rows),
            (notes.Segment, self.segment_rows),
            (cases.Task, self.task_rows),
            (goals.Rating, self.rating_rows),
            (access.Event, self.event_rows),
        )
        for model, rows in waiting:
            if rows:
                model.objects.bulk_create(rows, batch_size=500)
                rows.clear()
        if self.moved:
            goals.Goal.objects.bulk_update(self.moved.values(), ["status", "reached_on", "version"])
            self.moved.clear()
        if self.finished:
            done = [cases.Task(id=key, status=cases.TaskStatus.DONE, done_at=at) for key, at in self.finished.items()]
            cases.Task.objects.bulk_update(done, ["status", "done_at"])
            self.finished.clear()

    def close(self) -> None:
        """Write the rest, and when the last contact was."""
        self.flush()
        for case_id, (actor, at) in self.contacts.items():
            cases.note_contact(actor=actor, at=at, case_id=case_id, on=at.date())
        self.contacts.clear()
