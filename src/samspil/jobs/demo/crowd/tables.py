"""Rows as PostgreSQL reads them with COPY, and a table made ready to take millions of them."""

import datetime as dt
import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Field

from samspil.contexts.access import api as access

NULL = r"\N"
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_MEMORY = {"maintenance_work_mem": "512MB", "work_mem": "64MB", "max_parallel_maintenance_workers": "2"}
_KEYS = "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


class Ids:
    """UUIDs of version 7 like `kernel.ids`, 32 hexadecimal digits each and strictly rising, for millions of rows."""

    def __init__(self) -> None:
        milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
        self._moment = milliseconds << 12 | nanoseconds * 4096 // 1_000_000
        self._bits = Random(os.urandom(16)).getrandbits  # noqa: S311 - keys, not secrets

    def new(self) -> str:
        self._moment = moment = self._moment + 1
        return f"{moment >> 12:012x}7{moment & 0xFFF:03x}{self._bits(62) | 0x8000000000000000:016x}"


class Table:
    """A model's table. Each line has the named columns in that order; all others hold their field's default."""

    def __init__(self, label: str, *columns: str, **constants: object) -> None:
        model = apps.get_model(label)
        self.name = model._meta.db_table
        self.count = 0
        self._lines: list[str] = []
        fields: dict[str, Field[Any, Any]] = {f.attname: f for f in model._meta.concrete_fields if not f.generated}
        rest = {name: constants.get(name, _MISSING) for name in fields if name not in columns}
        texts = [written(_default(fields[name]) if value is _MISSING else value) for name, value in rest.items()]
        self._tail = "".join(f"\t{text}" for text in texts) + "\n"
        names = ", ".join(f'"{fields[name].column}"' for name in (*columns, *rest))
        self._copy = f'COPY "{self.name}" ({names}) FROM STDIN'

    def add(self, line: str) -> None:
        """Add a row: the named columns, as `written` writes them, with tabs between."""
        self._lines.append(line)

    def flush(self) -> None:
        """Send what has been added."""
        if not self._lines:
            return
        data = (self._tail.join(self._lines) + self._tail).encode()
        with connection.cursor() as cursor, cursor.copy(self._copy) as copy:
            copy.write(data)
        self.count += len(self._lines)
        self._lines.clear()


_MISSING = object()


def written(value: object) -> str:
    """A value as COPY reads it."""
    match value:
        case None:
            return NULL
        case bool():
            return "t" if value else "f"
        case bytes():
            return rf"\\x{value.hex()}"
        case dict() | list():
            return json.dumps(value, ensure_ascii=False).translate(_ESCAPED)
        case UUID():
            return value.hex
        case dt.datetime() | dt.date():
            return value.isoformat()
        case _:
            return str(value).translate(_ESCAPED)


def _default(field: "Field[Any, Any]") -> object:
    if field.has_default():
        return field.get_default()
    if field.null:
        return None
    if field.empty_strings_allowed:
        return ""
    raise TypeError(f"{field.model.__name__}.{field.attname} needs a value")


@contextmanager
def made_ready(names: Sequence[str]) -> Iterator[None]:
    """Take walls, foreign keys, unique constraints and indexes off these tables, and put them back when they are full.

    One sort for all rows costs a fraction of one search for each, and so does one join for a foreign key. The primary
    keys stay: rising ids cost nothing there. In the caller's transaction, so that nobody ever sees a table without.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked would forbid altering the tables
        for name, value in _MEMORY.items():
            cursor.execute(f"SET LOCAL {name} = '{value}'")
        cursor.execute(f"{_KEYS} WHERE contype IN ('f', 'u') AND conrelid = ANY(%s::regclass[])", [list(names)])
        keys = sorted(cursor.fetchall(), key=lambda key: key[2].startswith("FOREIGN"))
        cursor.execute(_INDEXES, [list(names)])
        indexes = cursor.fetchall()
        for table, key, _ in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{key}"')
        for index, _ in indexes:
            cursor.execute(f"DROP INDEX {index}")
        with access.lifted(names):
            yield
        for _, definition in indexes:
            cursor.execute(definition)
        for table, key, definition in keys:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{key}" {definition}')
        for name in names:
            cursor.execute(f"ANALYZE {name}")
