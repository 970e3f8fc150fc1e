"""The chain that binds the two logs: its heads, to be kept elsewhere, and where it is broken.

Verification reads the lines as they lie and does the hashing itself, with none of the database's functions of ours:
whoever can change the log could change those too.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from samspil.contexts.access.enums import Break, Log

_CHUNK = 2000
_FORM = {
    Log.LOOK: "jsonb_strip_nulls(to_jsonb(line))",
    Log.EVENT: "jsonb_strip_nulls(to_jsonb(line) || jsonb_build_object('data', line.data::text))",
}
_TABLE = {Log.LOOK: "access_accesslogentry", Log.EVENT: "access_event"}
_WHAT = {Log.LOOK: "what", Log.EVENT: "kind"}


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain had come: `count` lines, the last of them with this hash."""

    log: Log
    chain: int
    count: int
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line of a chain that does not fit. `line` says which, as far as it still can be read."""

    log: Log
    chain: int
    place: int | None
    why: Break
    line: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification read, and what it found."""

    lines: int
    heads: tuple[Head, ...]
    broken: tuple[Broken, ...]


def heads() -> tuple[Head, ...]:
    """The head of every chain, all at the same moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct on (log, chain) log, chain, place, encode(hash, 'hex') from access_link "
            "order by log, chain, place desc"
        )
        return tuple(Head(Log(log), *rest) for log, *rest in cursor.fetchall())


def verify(*, anchors: Iterable[Head] = ()) -> Verified:
    """Read both logs from end to end. Of each chain the first broken line is told, and every line outside the chains.

    `anchors` are heads that were kept outside the database: without them nobody can see that a tail is gone, or that
    a log was written anew from end to end.
    """
    connection.cursor().close()  # the connection is moved to the present scope before the transaction's first word
    with transaction.atomic(), connection.cursor() as cursor:
        if not connection.savepoint_ids:  # else somebody's transaction is around it, and has chosen already
            cursor.execute("set transaction isolation level repeatable read, read only")
        cursor.execute("set local timezone = 'UTC'")
        kept: dict[tuple[Log, int], dict[int, str]] = {}
        for head in anchors:
            kept.setdefault((head.log, head.chain), {})[head.count] = head.hash
        found: list[Broken] = []
        reached: list[Head] = []
        for log in Log:
            for head, broken in _walk(log, kept):
                reached.append(head)
                found += [broken] if broken else []
            found += _outside(cursor, log)
        gone = kept.keys() - {(head.log, head.chain) for head in reached}
        found += [Broken(log, chain, 1, Break.TRUNCATED, "") for log, chain in sorted(gone)]
    return Verified(sum(head.count for head in reached), tuple(reached), tuple(found))


def _walk(log: Log, kept: dict[tuple[Log, int], dict[int, str]]) -> Iterator[tuple[Head, Broken | None]]:
    for chain, lines in groupby(_lines(log), key=lambda line: int(line[0])):
        place, state = 0, hashlib.sha256(f"{log} {chain}".encode()).digest()
        broken: Broken | None = None
        for _chain, *line, words in lines:
            place, state, why = _follow(place, state, chain, kept.get((log, chain), {}), *line)
            if why and broken is None:
                broken = Broken(log, chain, place - (why is Break.MISSING), why, words)
        yield _ended(log, chain, place, state, kept, broken)


def _follow(
    place: int,
    state: bytes,
    chain: int,
    kept: dict[int, str],
    at: int,
    hashed: bytes,
    home: int | None,
    form: str | None,
) -> tuple[int, bytes, Break | None]:
    """One step along the chain; goes on from what stands there, so that one break is told once."""
    why = None
    if at != place + 1:
        why = Break.MISSING
    elif form is None:
        why = Break.DELETED
    elif home != chain or hashlib.sha256(state + form.encode()).digest() != bytes(hashed):
        why = Break.CHANGED
    elif kept.get(at, hashed.hex()) != hashed.hex():
        why = Break.REWRITTEN
    return at, hashed, why


def _ended(
    log: Log,
    chain: int,
    place: int,
    state: bytes,
    kept: dict[tuple[Log, int], dict[int, str]],
    broken: Broken | None,
) -> tuple[Head, Broken | None]:
    furthest = max(kept.get((log, chain), {0: ""}))
    if broken is None and furthest > place:
        broken = Broken(log, chain, place + 1, Break.TRUNCATED, "")
    return Head(log, chain, place, state.hex()), broken


def _lines(log: Log) -> Iterator[tuple[Any, ...]]:
    """(chain, place, hash, the line's own chain, its form, the line in words), by chain and place."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"select link.chain, link.place, link.hash, coalesce(line.municipality, 0), {_FORM[log]}::text, "  # noqa: S608 - constants of this module
            f"coalesce(to_char(line.at, 'YYYY-MM-DD HH24:MI') || ' ' || line.{_WHAT[log]}, '') "
            f"from access_link link left join {_TABLE[log]} line on line.id = link.entry_id "
            "where link.log = %s order by link.chain, link.place",
            [log.value],
        )
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows


def _outside(cursor: Any, log: Log) -> list[Broken]:
    cursor.execute(
        f"select coalesce(line.municipality, 0), to_char(line.at, 'YYYY-MM-DD HH24:MI') || ' ' || line.{_WHAT[log]} "  # noqa: S608 - constants of this module
        f"from {_TABLE[log]} line where not exists "
        "(select from access_link link where link.entry_id = line.id and link.log = %s) "
        "order by line.at, line.id limit 20",
        [log.value],
    )
    return [Broken(log, chain, None, Break.OUTSIDE, words) for chain, words in cursor.fetchall()]


def written_head(head: Head, at: dt.datetime) -> str:
    """A head as one line of a file."""
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ} {head.log} {head.chain} {head.count} {head.hash}"


def read_head(line: str) -> Head:
    """Raises ValueError when the line is no head."""
    _at, log, chain, count, hashed = line.split()
    if len(bytes.fromhex(hashed)) != hashlib.sha256().digest_size:
        raise ValueError(line)
    return Head(Log(log), int(chain), int(count), hashed)
