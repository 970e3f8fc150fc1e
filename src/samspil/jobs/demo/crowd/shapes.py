"""The stories cut to lines once, so that a hundred thousand citizens only need their keys put in front.

Texts are told for every first name that fits the story; each shape ends in the columns that do not change.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspil.jobs.demo import reading
from samspil.jobs.demo.arrival import AREAS
from samspil.jobs.demo.codes import Codes
from samspil.jobs.demo.content import Goal, Note, Step, Story, placeholders
from samspil.jobs.demo.crowd.tables import NULL, written
from samspil.jobs.demo.marks import Segment, Words

SEGMENTS = 3
"""At most so many pieces in one note, as in a busy week."""
_STATUSES = {"not_begun": "proposed", "in_progress": "active", "reached": "reached", "paused": "paused"}
_WORKER, _RELATIVE = "Bo Strand", "Kim"


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment from its kind to its theme. `goal` counts the story's goals, -1 for none; `due_after` is in
    days, 0 where nothing is promised."""

    middle: str
    who: str
    goal: int
    due_after: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A note: its kind, whether the provider wrote it, and its pieces."""

    kind: str
    by_worker: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Mould:
    """One story told for one first name: every text as columns of the row that it stands in.

    `goals` go from title to pictogram, `steps` from status to pictogram, for each goal.
    """

    area: str
    purpose: str
    contact: str
    referral: str
    notes: tuple[Shape, ...]
    goals: tuple[str, ...]
    steps: tuple[tuple[str, ...], ...]
    tasks: tuple[str, ...]
    order: str
    often: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A story with its names and its marks: month → (goal, side, value)."""

    story: Story
    firsts: tuple[str, ...]
    lasts: tuple[str, ...]
    moulds: tuple[Mould, ...]
    marks: Mapping[int, Sequence[tuple[int, str, int]]]


def patterns(codes: Codes) -> tuple[Pattern, ...]:
    """Every story that is not one person's alone."""
    return tuple(_pattern(story, codes) for story in reading.stories() if story.copies > 1)


def _pattern(story: Story, codes: Codes) -> Pattern:
    names = reading.names()
    abroad = story.origin == "abroad"
    firsts = names.first_names(story.gender, sum(story.age) // 2, abroad=abroad)
    marks: defaultdict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for number, goal in enumerate(story.goals):
        for rating in goal.ratings:
            voices = {"citizen": rating.citizen, "provider": rating.provider, "authority": rating.authority}
            marks[rating.months_ago] += [(number, side, value) for side, value in voices.items() if value is not None]
    return Pattern(
        story=story,
        firsts=firsts,
        lasts=names.abroad_surnames if abroad else names.surnames,
        moulds=tuple(_mould(story, codes, first, copy) for copy, first in enumerate(firsts)),
        marks=marks,
    )


def _mould(story: Story, codes: Codes, first: str, copy: int) -> Mould:
    told = _Teller(story, codes, first, copy)
    contact = story.contact
    return Mould(
        area=AREAS[story.area],
        purpose="\t".join([told.text(story.purpose.words), told.text(story.purpose.professional)]),
        contact="\t".join([told.text(contact.place)[:120], str(contact.every_days), told.text(contact.words)[:300]]),
        referral=told.text(story.referral.wants),
        notes=tuple(shape for note in story.notes for shape in told.shapes(note)),
        goals=tuple(told.goal(goal) for goal in story.goals),
        steps=tuple(tuple(told.step(step) for step in goal.steps) for goal in story.goals),
        tasks=tuple(
            told.text(part.text)[:400] for note in story.notes for part in note.segments if part.kind == "agreement"
        ),
        order=told.text(story.order.words),
        often=told.text(story.order.often)[:200],
    )


class _Teller:
    def __init__(self, story: Story, codes: Codes, first: str, copy: int) -> None:
        self._story, self._codes, self._copy, self._first = story, codes, copy, first
        self._goals = {goal.key: number for number, goal in enumerate(story.goals)}
        self._names = placeholders(
            story,
            copy,
            name=first,
            caseworker="Rådgiveren",
            worker=_WORKER,
            provider="hjælpen",
            relative=_RELATIVE if story.relative else "",
        )

    def text(self, words: Words) -> str:
        told = words.tell(self._copy, self._names)
        if told.startswith("“") and told.endswith("”") and told.count("“") == 1:
            told = told[1:-1]
        return written(told)

    def shapes(self, note: Note) -> list[Shape]:
        parts = [self._piece(part) for part in note.segments]
        cut = [parts[at : at + SEGMENTS] for at in range(0, len(parts), SEGMENTS)]
        return [Shape(note.kind, note.by == "worker", tuple(pieces)) for pieces in cut]

    def goal(self, goal: Goal) -> str:
        theme = self._codes.theme_id(goal.subtheme)
        texts = [goal.title, goal.words, goal.professional, goal.if_reached, goal.if_not_reached]
        codes = [self._codes.goal_types[goal.kind], self._codes.expected_levels[goal.kind]]
        return "\t".join([*map(self.text, texts), *codes, theme.hex if theme else NULL, goal.pictogram])

    def step(self, step: Step) -> str:
        return "\t".join([_STATUSES[step.state], self.text(step.text), step.pictogram])

    def _piece(self, part: Segment) -> Piece:
        who = {"citizen": self._first, "worker": _WORKER.split()[0], "relative": _RELATIVE}
        promised, theme = part.promise, self._codes.theme_id(part.theme)
        value = NULL if part.value is None else str(part.value)
        return Piece(
            middle="\t".join([part.kind, self.text(part.text), value, theme.hex if theme else NULL]),
            who=who.get(promised.who, "Rådgiver") if promised else "",
            goal=self._goals.get(part.goal, -1),
            due_after=max(promised.days, 1) if promised else 0,
        )
