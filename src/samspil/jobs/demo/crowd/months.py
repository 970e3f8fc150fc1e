"""Eighteen months of notes, marks and looks, in the order of time."""

import datetime as dt
from collections.abc import Sequence

from samspil.jobs.demo.crowd.cases import MONTHS
from samspil.jobs.demo.crowd.people import Townsperson
from samspil.jobs.demo.crowd.tables import NULL, Ids, Table
from samspil.jobs.demo.town import FJORDBY

NOTES = 40
_EVENTS_FROM = 28
"""The event log tells of the notes from this one on; the looks of the last weeks are beside them."""
_LOOKS_FROM = 34
_DAYS = MONTHS * 30
_CLOCKS = ("08:10", "09:05", "09:50", "10:40", "12:15", "13:05", "13:50")
_SPREAD = 13


class Months:
    """Writes what came month by month. One note of every citizen, then the next of every citizen."""

    def __init__(self, ids: Ids, today: dt.date) -> None:
        self._new = ids.new
        days = [(today - dt.timedelta(days=ago)).isoformat() for ago in range(_DAYS + 60)]
        self._due = [(today + dt.timedelta(days=ahead)).isoformat() for ahead in range(400)]
        self._days = days
        self._moments = [[f"{day} {clock}+00" for day in days] for clock in _CLOCKS]
        home = {"municipality": FJORDBY}
        self.notes = Table(
            "notes.Note", "id", "case_id", "kind", "happened_at", "written_at", "author_id", "author_name", "side",
            "organisation_id", "organisation_name", "for_provider", **home,
        )  # fmt: skip
        self.segments = Table(
            "notes.Segment", "id", "note_id", "case_id", "order", "kind", "text", "value", "theme_id", "goal_id",
            "who", "due_on", "happened_at", **home,
        )  # fmt: skip
        self.ratings = Table(
            "goals.Rating", "id", "case_id", "goal_id", "side", "value", "rater_id", "rater_name", "at", **home
        )
        self.events = Table(
            "access.Event", "id", "at", "user_id", "user_name", "case_id", "subject_id",
            kind="note.written", side="authority", subject="note", **home,
        )  # fmt: skip
        self.looks = Table(
            "access.AccessLogEntry", "id", "at", "user_id", "user_name", "citizen_id", "case_id", user_title="Rådgiver",
            role="caseworker", organisation_name="Fjordby Kommune", what="case", purpose="casework", **home,
        )  # fmt: skip

    def tables(self) -> tuple[Table, ...]:
        return self.notes, self.segments, self.ratings, self.events, self.looks

    def write_notes(self, people: Sequence[Townsperson], round_: int) -> None:
        """The note of this round for each of these citizens."""
        new, moments, latest = self._new, self._moments, len(self._days) - 1
        ago_of_round = (NOTES - 1 - round_) * _DAYS // NOTES
        add_note, add_segment = self.notes.add, self.segments.add
        for one in people:
            ago = min(ago_of_round + one.number % _SPREAD + 1, latest)
            at = moments[(one.number + round_) % len(_CLOCKS)][ago]
            shapes = one.mould.notes
            shape = shapes[(one.number + round_) % len(shapes)]
            author = one.helper if shape.by_worker and one.helper else one.caseworker
            note = new()
            add_note(f"{note}\t{one.case}\t{shape.kind}\t{at}\t{at}\t{author.author}\tt")
            for order, piece in enumerate(shape.pieces, 1):
                goal = one.goals[piece.goal] if piece.goal >= 0 else NULL
                due = piece.due_after and self._day(piece.due_after - ago)
                add_segment(
                    f"{new()}\t{note}\t{one.case}\t{order}\t{piece.middle}\t{goal}\t{piece.who}\t{due or NULL}\t{at}"
                )
            if round_ >= _EVENTS_FROM:
                self.events.add(f"{new()}\t{at}\t{author.user}\t{author.name}\t{one.case}\t{note}")
            if round_ >= _LOOKS_FROM:
                staff = one.caseworker
                self.looks.add(f"{new()}\t{at}\t{staff.user}\t{staff.name}\t{one.citizen}\t{one.case}")

    def _day(self, ahead: int) -> str:
        return self._due[ahead] if ahead >= 0 else self._days[-ahead]

    def write_marks(self, people: Sequence[Townsperson], month: int) -> None:
        """What was marked that many months ago."""
        new, add = self._new, self.ratings.add
        for one in people:
            marks = one.pattern.marks.get(month)
            if not marks:
                continue
            at = self._moments[3][min(month * 30 + one.number % _SPREAD + 1, len(self._days) - 1)]
            staff = one.caseworker
            voices = {
                "citizen": f"{NULL}\t{one.name}",
                "authority": f"{staff.user}\t{staff.name}",
                "provider": f"{one.helper.user}\t{one.helper.name}" if one.helper else f"{NULL}\tBo Strand",
            }
            for goal, side, value in marks:
                add(f"{new()}\t{one.case}\t{one.goals[goal]}\t{side}\t{value}\t{voices[side]}\t{at}")
