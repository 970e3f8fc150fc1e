"""The sentences of letters: data with validity and source, read once and checked."""

import datetime as dt
import string
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from samspil.contexts.letters.enums import Appeal, PartKind, Result

DATA = Path(__file__).parent / "data"
OPTIONAL = "? "
ANY = "*"
PLACEHOLDERS = frozenset(
    {
        "help", "yours", "asked_for", "starts_on", "ends_on", "follow_up_on", "provider", "complaint_by", "authority",
        "contact_name", "contact_title", "contact_phone", "contact_hours", "notice_weeks", "by", "can_complain",
        "cannot_complain", "due_on", "expected_on", "received_on",
    }
)  # fmt: skip


class BadWording(ValueError):
    """A data file that cannot be used: names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Both:
    """One sentence in Danish, and as a courtesy in English."""

    da: str
    en: str

    @property
    def is_optional(self) -> bool:
        return self.da.startswith(OPTIONAL)


@dataclass(frozen=True, slots=True)
class Template:
    """The words of one legal basis and result; ANY basis when it has none of its own. `valid_to` is the first day it
    no longer holds. `is_transition` for a decision that takes the place of one under an act that ends."""

    key: str
    basis: str
    result: str
    name: str
    help: Both
    yours: Both
    because: tuple[Both, ...]
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    verified_by: str
    is_transition: bool


@dataclass(frozen=True, slots=True)
class Fixed:
    """What all letters share; the keys are those of data/fixed.toml."""

    headings: dict[str, Both]
    headline: dict[str, Both]
    decision: dict[str, tuple[Both, ...]]
    gets: dict[str, tuple[Both, ...]]
    say: dict[str, Both]
    complain: dict[str, tuple[Both, ...]]
    beside: dict[str, Both]
    contact: tuple[Both, ...]
    easy: dict[str, Both]
    marks: dict[str, Both]


@cache
def fixed() -> Fixed:
    path = DATA / "fixed.toml"
    raw = tomllib.loads(path.read_text("utf-8"))

    def one(table: str) -> dict[str, Both]:
        return {key: both_of(value, path) for key, value in raw[table].items()}

    def many(table: str) -> dict[str, tuple[Both, ...]]:
        return {key: all_of(values, path) for key, values in raw[table].items()}

    made = Fixed(
        headings=one("headings"),
        headline=one("headline"),
        decision=many("decision"),
        gets=many("gets"),
        say=one("say"),
        complain=many("complain"),
        beside=one("beside"),
        contact=all_of(raw["contact"]["lines"], path),
        easy=one("easy"),
        marks=one("marks"),
    )
    _same(made.headings, PartKind, path)
    for table in (made.headline, made.decision, made.gets):
        _same(table, Result, path)
    _same(made.complain, Appeal, path)
    return made


@cache
def rules_in_english() -> dict[str, str]:
    """By the key of the legal basis."""
    rules: dict[str, str] = tomllib.loads((DATA / "rules_in_english.toml").read_text("utf-8"))["rules"]
    return rules


@cache
def templates() -> tuple[Template, ...]:
    """All versions of all templates, by file."""
    found = []
    for path in sorted((DATA / "templates").glob("*.toml")):
        found += [_template(row, path) for row in tomllib.loads(path.read_text("utf-8"))["template"]]
    return tuple(found)


def template_for(basis: str, result: str, *, on: dt.date, is_transition: bool = False) -> Template | None:
    """The template for a basis and a result on a day: its own before the one for any basis."""
    for wanted in ((basis, is_transition), (basis, False), (ANY, False)):
        for one in templates():
            if (one.basis, one.is_transition) == wanted and one.result == result and _holds(one, on):
                return one
    return None


def template(key: str, *, on: dt.date) -> Template | None:
    return next((one for one in templates() if one.key == key and _holds(one, on)), None)


def name_of(key: str) -> str:
    """What a template is called, also one that no longer holds; its key when it is gone."""
    return next((one.name for one in templates() if one.key == key), key)


def _holds(row: Template, on: dt.date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on < row.valid_to)


def _template(row: dict[str, Any], path: Path) -> Template:
    made = Template(
        key=row["key"],
        basis=row["basis"],
        result=Result(row["result"]),
        name=row["name"],
        help=both_of(row["help"], path),
        yours=both_of(row["yours"], path),
        because=all_of(row["because"], path),
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        source=row["source"],
        verified_by=row["verified_by"],
        is_transition=row.get("is_transition", False),
    )
    if not made.source or not made.because:
        raise BadWording(f"{path.name}: {made.key} says neither where it is from nor why")
    return made


def all_of(values: Iterable[dict[str, str]], path: Path) -> tuple[Both, ...]:
    return tuple(both_of(value, path) for value in values)


def both_of(value: dict[str, str], path: Path) -> Both:
    both = Both(value["da"], value["en"])
    for text in (both.da, both.en):
        if unknown := named_in(text) - PLACEHOLDERS:
            raise BadWording(f"{path.name}: nobody knows {', '.join(sorted(unknown))} in “{text}”")
    if not named_in(both.en) <= named_in(both.da):
        raise BadWording(f"{path.name}: the English of “{both.da}” asks for more than the Danish")
    return both


def easy_mark() -> str:
    """What stands above a short version."""
    return fixed().easy["label"].da


def translation_mark() -> str:
    """What stands above a translation."""
    return fixed().marks["translation"].en


def named_in(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _same(table: dict[str, Any], wanted: Iterable[str], path: Path) -> None:
    if table.keys() != {str(one) for one in wanted}:
        raise BadWording(f"{path.name}: has {sorted(table)}, and not one for each of {sorted(map(str, wanted))}")
