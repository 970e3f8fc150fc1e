"""FFB's themes to choose from: the likely ones first, then all in the order of the standard."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from samspil.contexts.catalogue import api as catalogue


@dataclass(frozen=True, slots=True)
class Theme:
    """`under` is the theme that a sub-theme belongs to, or the area of a theme. Levels exist for `is_rated` only."""

    id: UUID
    code: str
    name: str
    under: str
    is_rated: bool


@dataclass(frozen=True, slots=True)
class Themes:
    likely: tuple[Theme, ...]
    all: tuple[Theme, ...]

    def theme_named(self, name: str) -> Theme | None:
        wanted = " ".join(name.split()).casefold()
        return next((theme for theme in self.all if theme.name.casefold() == wanted), None)

    def named(self, name: str) -> UUID | None:
        found = self.theme_named(name)
        return found.id if found else None

    def name_of(self, theme_id: UUID | None) -> str:
        return next((theme.name for theme in self.all if theme.id == theme_id), "")


def themes_on(day: dt.date, *, likely: Collection[UUID] = ()) -> Themes:
    """The themes valid on that day. One small query; the lists themselves are kept in the process."""
    found = _in_one_list(catalogue.ffb_themes(day))
    return Themes(tuple(theme for theme in found if theme.id in likely), found)


@lru_cache(maxsize=8)
def _in_one_list(themes: tuple[catalogue.Theme, ...]) -> tuple[Theme, ...]:
    found = []
    for theme in themes:
        found.append(Theme(theme.id, theme.code, theme.name, theme.area, theme.is_rated))
        found += [Theme(sub.id, sub.code, sub.name, theme.name, theme.is_rated) for sub in theme.sub_themes]
    return tuple(found)
