"""FFB's codes by the words that the stories use."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.catalogue import api as catalogue

_GOAL_TYPES = {"develop": "Udvikle", "maintain": "Fastholde", "limit_loss": "Begrænse"}
_EXPECTED = {"develop": 1, "maintain": 2, "limit_loss": 2}


@dataclass(frozen=True, slots=True)
class Codes:
    """Themes and sub-themes by name: their ids and codes."""

    themes: Mapping[str, tuple[UUID, str]]
    goal_types: Mapping[str, str]
    expected_levels: Mapping[str, str]

    def theme_id(self, name: str) -> UUID | None:
        return self.themes[name][0] if name else None

    def theme_code(self, name: str) -> str:
        return self.themes[name][1]


def read_codes(on: dt.date) -> Codes:
    """Raises StopIteration or KeyError when the code systems are not loaded."""
    themes: dict[str, tuple[UUID, str]] = {}
    for theme in catalogue.ffb_themes(on):
        themes |= {sub.name: (sub.id, sub.code) for sub in theme.sub_themes}
        themes[theme.name] = theme.id, theme.code
    types = catalogue.goal_types(on)
    levels = {level.numeric: level.code for level in catalogue.functional_levels(on)}
    return Codes(
        themes=themes,
        goal_types={
            kind: next(code.code for code in types if code.name.startswith(word)) for kind, word in _GOAL_TYPES.items()
        },
        expected_levels={kind: levels[number] for kind, number in _EXPECTED.items()},
    )
