"""What a code list must hold, and how one version follows another."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from samspil.contexts.catalogue.enums import Kind


class ListProblem(StrEnum):
    WRONG_COUNT = "wrong_count"
    TWICE = "twice"
    UNKNOWN_PARENT = "unknown_parent"
    UNKNOWN_KIND = "unknown_kind"
    REMOVED_FROM_SAME_VERSION = "removed_from_same_version"
    OLDER_THAN_LOADED = "older_than_loaded"


class BadCodeList(ValueError):
    def __init__(self, reason: ListProblem, where: str) -> None:
        super().__init__(f"{reason.value}: {where}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list; `order` is its place in the list."""

    code: str
    user_key: str
    parent: str
    kind: str
    numeric: int | None
    selectable: bool
    display_da: str
    definition: str
    order: int


@dataclass(frozen=True, slots=True)
class CodeList:
    key: str
    uri: str
    name: str
    version: str
    source: str
    licence: str
    valid_from: dt.date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What loading a list does. `close` holds codes; a code in both `close` and `create` gets a new row."""

    create: tuple[Entry, ...]
    correct: tuple[Entry, ...]
    close: frozenset[str]


def read_list(key: str, about: Mapping[str, Any], text: str) -> CodeList:
    """The list in `text` (CSV), described by its table in SOURCE.toml. Raises BadCodeList."""
    entries = tuple(_entry(row, order) for order, row in enumerate(csv.DictReader(io.StringIO(text))))
    codes = {entry.code for entry in entries}
    if len(entries) != about["concepts"]:
        raise BadCodeList(ListProblem.WRONG_COUNT, f"{key}: {len(entries)}")
    if len(codes) != len(entries):
        raise BadCodeList(ListProblem.TWICE, key)
    for entry in entries:
        if entry.parent and entry.parent not in codes:
            raise BadCodeList(ListProblem.UNKNOWN_PARENT, f"{key}: {entry.code}")
        if entry.kind not in set(Kind):
            raise BadCodeList(ListProblem.UNKNOWN_KIND, f"{key}: {entry.code}")
    fields = ("uri", "name", "version", "source", "licence", "valid_from")
    return CodeList(key=key, entries=entries, **{field: about[field] for field in fields})


def plan(*, running: Mapping[str, tuple[Entry, dt.date]], entries: Iterable[Entry], valid_from: dt.date) -> Plan:
    """From the rows now open (entry and first day) to a list that holds from `valid_from`.

    A row that began on that very day belongs to the same version and is corrected; an older row that differs is
    closed and followed by a new one. A new place in the order alone is no difference. Raises BadCodeList.
    """
    wanted = {entry.code: entry for entry in entries}
    create, correct, close = [], [], set()
    for code, entry in wanted.items():
        old, since = running.get(code, (None, valid_from))
        if old is None:
            create.append(entry)
        elif old == entry:
            continue
        elif since == valid_from or replace(old, order=entry.order) == entry:
            correct.append(entry)
        else:
            create.append(entry)
            close.add(code)
    for code, (_, since) in running.items():
        if code not in wanted:
            if since >= valid_from:
                raise BadCodeList(ListProblem.REMOVED_FROM_SAME_VERSION, code)
            close.add(code)
    return Plan(tuple(create), tuple(correct), frozenset(close))


def _entry(row: Mapping[str, str], order: int) -> Entry:
    return Entry(
        code=row["code"],
        user_key=row["user_key"],
        parent=row["parent"],
        kind=row["kind"],
        numeric=int(row["numeric"]) if row["numeric"] else None,
        selectable=row["selectable"] == "yes",
        display_da=row["display_da"],
        definition=row["definition"],
        order=order,
    )
