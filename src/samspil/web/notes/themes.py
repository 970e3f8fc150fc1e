"""FFB's themes to choose from: the likely ones first, then all in the order of the standard."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.catalogue import api as catalogue


@dataclass(frozen=True, slots=True)
class Theme:
    """`under` is the theme that a sub-theme belongs to, or the area of a theme."""

    id: UUID
    code: str
    name: str
    under: str
    is_sub: bool


@dataclass(frozen=True, slots=True)
class Themes:
    likely: tuple[Theme, ...]
    all: tuple[Theme, ...]

    def named(self, name: str) -> UUID | None:
        wanted = " ".join(name.split()).casefold()
        return next((theme.id for theme in self.all if theme.name.casefold() == wanted), None)

    def name_of(self, theme_id: UUID | None) -> str:
        return next((theme.name for theme in self.all if theme.id == theme_id), "")


def themes_on(day: dt.date, *, likely: Collection[UUID] = ()) -> Themes:
    """The themes valid on that day. One small query; the lists themselves are kept in the process."""
    found = []
    for theme in catalogue.ffb_themes(day):
        found.append(Theme(theme.id, theme.code, theme.name, theme.area, is_sub=False))
        found += [Theme(sub.id, sub.code, sub.name, theme.name, is_sub=True) for sub in theme.sub_themes]
    return Themes(tuple(theme for theme in found if theme.id in likely), tuple(found))
