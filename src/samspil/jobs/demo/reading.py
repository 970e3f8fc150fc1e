"""Read the demo municipality's TOML files into frozen read models, and refuse whatever does not fit.

Reading is strict: an unknown or missing key, a value outside its list, an unknown placeholder or goal raises
ContentError with file and place.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from samspil.jobs.demo.content import Preparation, Rating, Story, texts
from samspil.jobs.demo.marks import ContentError, Words, card, segment, words
from samspil.jobs.demo.people import Incoming, Municipality, Names, Question

HERE = Path(__file__).parent
PEOPLE_PLACEHOLDERS = frozenset({"name", "first", "relative", "caseworker", "worker", "provider"})
_TOML_NAMES: Mapping[type, Mapping[str, str]] = {Preparation: {"with": "together_with"}}


@cache
def stories() -> tuple[Story, ...]:
    """Return every story in the order of its file name."""
    return tuple(read_story(path) for path in sorted((HERE / "stories").glob("*.toml")))


@cache
def municipality() -> Municipality:
    """Return the organisations and people of Fjordby and its neighbours."""
    path = HERE / "people.toml"
    found = _read(Municipality, path)
    _unique(path, "organisation", (item.key for item in found.organisations))
    _unique(path, "person", (person.key for person in (*found.staff, *found.workers, *found.outsiders)))
    return found


@cache
def names() -> Names:
    """Return the names, streets and towns that generated citizens are given."""
    return _read(Names, HERE / "names.toml")


@cache
def incoming() -> tuple[Incoming, ...]:
    """Return the fresh referrals that nobody has opened yet."""
    path = HERE / "incoming.toml"
    return tuple(_build(Incoming, table, f"{path.name}: incoming") for table in _table(path)["incoming"])


@cache
def questions() -> tuple[Question, ...]:
    """Return short questions and answers between provider and authority."""
    path = HERE / "questions.toml"
    return tuple(_build(Question, table, f"{path.name}: questions") for table in _table(path)["questions"])


def read_story(path: Path) -> Story:
    """Read and check one story file."""
    table = _table(path)
    for note in (*table.get("notes", ()), *([table["draft"]] if "draft" in table else ())):
        note["segments"] = note.pop("text").strip().splitlines()
    for meeting in table.get("meetings", ()):
        meeting["cards"] = [(line, meeting["layout"]) for line in meeting["cards"].strip().splitlines()]
    try:
        story: Story = _build(Story, {"key": path.stem, **table}, path.name)
        _check(story)
    except ContentError as error:
        raise ContentError(f"{path.name}: {error}") from error
    return story


def _check(story: Story) -> None:
    known = PEOPLE_PLACEHOLDERS | set(story.vary or {})
    if story.relative is None:
        known -= {"relative"}
    named = set().union(*(text.placeholders() for text in texts(story)))
    if named - known:
        raise ContentError(f"unknown placeholders {sorted(named - known)}")
    goal_keys = {goal.key for goal in story.goals}
    if not 1 <= len(story.goals) <= 3 or len(goal_keys) != len(story.goals):
        raise ContentError("a story has one to three goals with keys of their own")
    for note in story.notes:
        for part in note.segments:
            if part.goal and part.goal not in goal_keys:
                raise ContentError(f"the note {note.ago} days ago rates an unknown goal {part.goal}")
    for goal in story.goals:
        months = [rating.months_ago for rating in goal.ratings]
        if months != sorted(months, reverse=True):
            raise ContentError(f"the ratings of {goal.key} do not run towards today")
    for pictogram in _pictograms(story):
        if pictogram not in names().pictograms:
            raise ContentError(f"unknown pictogram {pictogram}")
    for earlier, later in pairwise(story.notes):
        if earlier.ago < later.ago:
            raise ContentError(f"the note {later.ago} days ago stands after one {earlier.ago} days ago")
    if (story.closing is None) == (story.stages[0] == "closed"):
        raise ContentError("a story closes if, and only if, its first stage is closed")
    if not story.referral.ago >= story.order.ago >= 0:
        raise ContentError("the order comes after the referral")
    for note in story.notes:
        promised = {part.promise.who for part in note.segments if part.promise}
        if note.ago > story.order.ago and (note.by == "worker" or "worker" in promised):
            raise ContentError(f"a worker appears {note.ago} days ago, before the order")
    if story.relative is None and "relative" in _parties(story):
        raise ContentError("a relative takes part, but the story has none")


def _parties(story: Story) -> Iterable[str]:
    for note in story.notes:
        yield from (part.promise.who for part in note.segments if part.promise)
    for meeting in story.meetings:
        yield from meeting.who
        for item in meeting.cards:
            yield item.by
            if item.promise:
                yield item.promise.who
    if story.upcoming:
        yield from story.upcoming.who


def _pictograms(story: Story) -> Iterable[str]:
    for goal in story.goals:
        yield goal.pictogram
        yield from (step.pictogram for step in goal.steps)
    for meeting in story.meetings:
        if meeting.preparation:
            yield from meeting.preparation.pictograms


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{path.name}: {error}") from error


def _read(cls: type, path: Path) -> Any:
    return _build(cls, _table(path), path.name)


def _unique(path: Path, what: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ContentError(f"{path.name}: two of {what} {key}")
        seen.add(key)


def _build(cls: type, table: Mapping[str, Any], place: str) -> Any:
    """Make a dataclass of a TOML table by its field types."""
    renamed = _TOML_NAMES.get(cls, {})
    table = {renamed.get(key, key): value for key, value in table.items()}
    hints = get_type_hints(cls)
    unknown = table.keys() - hints.keys()
    missing = {field.name for field in fields(cls) if field.default is MISSING} - table.keys()
    if unknown or missing:
        raise ContentError(f"{place}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    return cls(**{key: _value(hints[key], value, f"{place}.{key}") for key, value in table.items()})


def _value(hint: Any, value: Any, place: str) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin is UnionType:
        inner = [arg for arg in args if arg is not NoneType]
        return _value(inner[0], value, place)
    if origin is Literal:
        if value not in args:
            raise ContentError(f"{place}: {value!r} is not one of {args}")
        return value
    if hint is Words:
        return words(_typed(str, value, place))
    if origin is tuple:
        return _tuple(args, value, place)
    if origin is not None:
        return {key: _value(args[1], item, f"{place}.{key}") for key, item in _typed(dict, value, place).items()}
    if hint is Rating:
        return Rating(value[0], *(None if rating < 0 else rating for rating in value[1:]))
    if isinstance(hint, type) and is_dataclass(hint):
        return _build(hint, value, place)
    return _typed(hint, value, place)


def _tuple(args: tuple[Any, ...], value: Any, place: str) -> tuple[Any, ...]:
    items = _typed(list, value, place)
    if place.endswith(".segments"):
        return tuple(segment(line) for line in items)
    if place.endswith(".cards"):
        return tuple(card(line, layout) for line, layout in items)
    if args[-1] is not ... and len(items) != len(args):
        raise ContentError(f"{place}: {len(args)} values are needed")
    return tuple(_value(args[0], item, f"{place}[{number}]") for number, item in enumerate(items))


def _typed(cls: type, value: Any, place: str) -> Any:
    if not isinstance(value, cls) or (isinstance(value, str) and not value.strip()):
        raise ContentError(f"{place}: {value!r} is not a filled {cls.__name__}")
    return value
