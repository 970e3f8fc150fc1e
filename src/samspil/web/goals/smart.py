"""The guiding questions for a goal, read from `smart.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Questions:
    letter: str
    heading: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Smart:
    heading: str
    source: str
    groups: tuple[Questions, ...]


@cache
def smart() -> Smart:
    found = tomllib.loads((Path(__file__).parent / "smart.toml").read_text(encoding="utf-8"))
    groups = tuple(Questions(g["letter"], g["heading"], tuple(g["questions"])) for g in found["groups"])
    return Smart(found["heading"], found["source"], groups)
