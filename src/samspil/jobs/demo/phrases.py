"""The sentences that go with every story: answers, agendas and tasks (phrases.toml)."""

import tomllib
from collections.abc import Mapping
from functools import cache

from samspil.jobs.demo.marks import Words, words
from samspil.jobs.demo.reading import HERE


@cache
def phrases() -> Mapping[str, Words]:
    table = tomllib.loads((HERE / "phrases.toml").read_text(encoding="utf-8"))
    return {name: words(text) for name, text in table.items()}
