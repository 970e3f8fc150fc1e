"""The code lists as the pages read them. Reference data: everybody may see it, so no actor is asked for.

What holds on a day is decided by the version valid on that day, found with one small query a minute; the lists of a
version are then kept in the process. They change only when another version is loaded, or in the process that loads.
"""

import datetime as dt
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from samspil.contexts.access.api import prepared
from samspil.contexts.catalogue.enums import Kind, SystemKey
from samspil.contexts.catalogue.models import CodeSystem, Concept


class UnknownCode(LookupError):
    """No such code on that day, or no version of the system is loaded for it."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code as it reads on a day. `numeric` is its place on a scale, None when it has none."""

    id: UUID
    system: str
    uri: str
    code: str
    user_key: str
    name: str
    definition: str
    parent: str
    kind: str
    numeric: int | None
    selectable: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """One of FFB's 11 themes. Only themes under "Aktivitet og deltagelse" are rated on the functional level."""

    id: UUID
    code: str
    name: str
    definition: str
    area: str
    is_rated: bool
    sub_themes: tuple[Code, ...]


RATED_AREA = "93433530-b85c-4d04-a4fb-5ae26cf16f1c"  # Aktivitet og deltagelse


def ffb_themes(on: dt.date) -> tuple[Theme, ...]:
    """The themes with their sub-themes, in the order of VUM; empty when FFB is not loaded for that day."""
    version = _version(SystemKey.FFB, on)
    return _themes(version) if version else ()


def concept(system: str, code: str, on: dt.date) -> Code:
    """One code, found by its code or its older user key. Raises UnknownCode."""
    version = _version(system, on)
    found = _by_code(version).get(code) if version else None
    if found is None:
        raise UnknownCode(f"{system} {code} on {on}")
    return found


def codes(system: str, kind: str, on: dt.date, *, also_headings: bool = False) -> tuple[Code, ...]:
    """The selectable codes of one kind, in reading order."""
    version = _version(system, on)
    rows = _codes(version) if version else ()
    return tuple(row for row in rows if row.kind == kind and (row.selectable or also_headings))


def goal_types(on: dt.date) -> tuple[Code, ...]:
    """Udvikle, fastholde, begrænse tab."""
    return codes(SystemKey.FFB, Kind.GOAL_TYPE, on)


def functional_levels(on: dt.date) -> tuple[Code, ...]:
    """FFB's levels 0–4 in that order, and last "Ikke vurderet" without a number."""
    return codes(SystemKey.FFB, Kind.FUNCTIONAL_LEVEL, on)


def support_levels(on: dt.date) -> tuple[Code, ...]:
    return codes(SystemKey.FFB, Kind.SUPPORT_LEVEL, on)


def follow_up_results(on: dt.date) -> tuple[Code, ...]:
    """FFB's results of a follow-up: go on, end and start something new, end."""
    return codes(SystemKey.FFB, Kind.FOLLOW_UP_RESULT, on)


def concepts(ids: Iterable[UUID]) -> dict[UUID, Code]:
    """Codes by the ids that other rows keep, in the words they were chosen with, whether or not still valid."""
    rows = Concept.objects.filter(id__in=list(ids)).select_related("system")
    return {row.id: _code(row) for row in rows}


def search_concepts(
    text: str, on: dt.date, *, system: str | None = None, kind: str | None = None, limit: int = 20
) -> tuple[Code, ...]:
    """Selectable codes whose name, user key or definition holds every word of `text`.

    Names that begin with the text come first, then names that hold it, then definitions; each in reading order.
    """
    words = text.casefold().split()
    if not words:
        return ()
    versions = [_version(key, on) for key in ([system] if system else list(SystemKey))]
    rows = [row for version in versions if version for row in _codes(version)]
    ranked = [(_rank(row, words), row) for row in rows if row.selectable and kind in (None, row.kind)]
    found = [(rank, row) for rank, row in ranked if rank is not None]
    return tuple(row for _, row in sorted(found, key=lambda pair: pair[0])[:limit])


def forget() -> None:
    """Read the lists anew: the loader has changed them."""
    for kept in (_version_at, _codes, _by_code, _themes):
        kept.cache_clear()


def _version(system: str, on: dt.date) -> UUID | None:
    """Which version holds is asked again once a minute, so that every process hears of a new one."""
    return _version_at(str(system), on, int(time.monotonic() // 60))


@lru_cache(maxsize=64)
def _version_at(system: str, on: dt.date, minute: int) -> UUID | None:
    return _versions.first(system, on)


@prepared
def _versions(system: str, on: dt.date) -> QuerySet[CodeSystem, UUID]:
    return CodeSystem.objects.filter(key=system, valid__contains=on).order_by("id").values_list("id", flat=True)[:1]


@lru_cache(maxsize=16)
def _codes(version: UUID) -> tuple[Code, ...]:
    system = CodeSystem.objects.get(id=version)
    rows = Concept.objects.filter(system__key=system.key, valid__contains=system.valid.lower)
    return tuple(_code(row) for row in rows.select_related("system").order_by("order", "code"))


@lru_cache(maxsize=16)
def _by_code(version: UUID) -> dict[str, Code]:
    rows = _codes(version)
    return {row.user_key: row for row in rows if row.user_key} | {row.code: row for row in rows}


@lru_cache(maxsize=16)
def _themes(version: UUID) -> tuple[Theme, ...]:
    rows = _by_code(version)
    below: dict[str, list[Code]] = {}
    for row in _codes(version):
        if row.kind == Kind.SUB_THEME:
            below.setdefault(row.parent, []).append(row)
    return tuple(
        Theme(
            id=row.id,
            code=row.code,
            name=row.name,
            definition=row.definition,
            area=rows[row.parent].name,
            is_rated=row.parent == RATED_AREA,
            sub_themes=tuple(below.get(row.code, ())),
        )
        for row in _codes(version)
        if row.kind == Kind.THEME
    )


def _code(row: Concept) -> Code:
    return Code(
        id=row.id,
        system=row.system.key,
        uri=row.system.uri,
        code=row.code,
        user_key=row.user_key,
        name=row.display_da,
        definition="" if row.definition == row.display_da else row.definition,
        parent=row.parent,
        kind=row.kind,
        numeric=row.numeric,
        selectable=row.selectable,
    )


def _rank(row: Code, words: list[str]) -> int | None:
    name = f"{row.name} {row.user_key}".casefold()
    if all(word in name for word in words):
        return 0 if name.startswith(" ".join(words)) else 1
    return 2 if all(word in f"{name} {row.definition.casefold()}" for word in words) else None
