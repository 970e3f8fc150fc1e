"""What stands ready for every meeting: questions to prepare with, agenda points, checklists. Read from data files."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Choice:
    slug: str
    text: str
    pictogram: str


@dataclass(frozen=True, slots=True)
class Step:
    """One question. `column` says where the answer stands on the board: "wanted", "question" or nowhere."""

    slug: str
    question: str
    help: str
    column: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ChecklistPoint:
    slug: str
    side: str
    phase: str
    kinds: tuple[str, ...]
    text: str


@cache
def steps() -> tuple[Step, ...]:
    return tuple(
        Step(
            slug=row["slug"],
            question=row["question"],
            help=row["help"],
            column=row["column"],
            choices=tuple(Choice(**choice) for choice in row["choices"]),
        )
        for row in _read("preparation")["steps"]
    )


def step(slug: str) -> Step:
    """Raises KeyError for a step that does not exist."""
    return {step.slug: step for step in steps()}[slug]


@cache
def fixed_agenda(kind: str) -> tuple[str, ...]:
    return tuple(_read("agendas")[kind]["points"])


@cache
def checklist(kind: str) -> tuple[ChecklistPoint, ...]:
    points = (ChecklistPoint(**{**row, "kinds": tuple(row["kinds"])}) for row in _read("checklists")["items"])
    return tuple(point for point in points if kind in point.kinds)


NOT_SAID = frozenset({"alone", "nothing"})


def lines_of(step: Step, answer: dict[str, Any] | None) -> list[str]:
    """What was answered, in words: own words first, then the chosen pictures. "Alone" and "nothing" say nothing."""
    answer = answer or {}
    texts = {choice.slug: choice.text for choice in step.choices if choice.slug not in NOT_SAID}
    own = [line.strip() for line in answer.get("words", "").splitlines() if line.strip()]
    return own + [texts[slug] for slug in answer.get("choices", []) if slug in texts]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
