# ruff: noqa: S608 - names of tables, all of them written here
"""What somebody with the rights of the database's owner can do to a log: each function does one of these, at random."""

from collections.abc import Callable
from random import Random
from typing import Any

from django.db import connection

TABLES = {"look": "access_accesslogentry", "event": "access_event"}
COLUMNS = {
    "look": {
        "at": "at + interval '1 microsecond'",
        "user_name": "user_name || ' '",
        "user_id": "gen_random_uuid()",
        "citizen_id": "gen_random_uuid()",
        "case_id": "case when case_id is null then gen_random_uuid() end",
        "municipality": "municipality + 1",
        "what": "what || 'x'",
        "why": "why || '.'",
    },
    "event": {
        "at": "at - interval '1 microsecond'",
        "kind": "kind || 'x'",
        "side": "'citizen_'",
        "data": """data || '{"added": null}'""",
        "subject_id": "case when subject_id is null then gen_random_uuid() end",
    },
}
Change = Callable[[str, list[Any], Random], None]


def ask(sql: str, *given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall() if cursor.description else []


def guards(state: str) -> None:
    """Take the triggers off, or put them back. Only the owner of the tables can."""
    for table in (*TABLES.values(), "access_link"):
        ask(f"alter table {table} {state} trigger user")


def edit(log: str, ids: list[Any], random: Random) -> None:
    column = random.choice(sorted(COLUMNS[log]))
    ask(f"update {TABLES[log]} set {column} = {COLUMNS[log][column]} where id = %s", random.choice(ids))


def delete(log: str, ids: list[Any], random: Random) -> None:
    ask(f"delete from {TABLES[log]} where id = %s", random.choice(ids))


def delete_with_link(log: str, ids: list[Any], random: Random) -> None:
    chosen = random.choice(ids)
    delete(log, [chosen], random)
    ask("delete from access_link where entry_id = %s", chosen)


def delete_and_close_up(log: str, ids: list[Any], random: Random) -> None:
    place = random.randrange(1, len(ids) + 1)
    ask(f"delete from {TABLES[log]} where id = %s", ids[place - 1])
    ask("delete from access_link where entry_id = %s", ids[place - 1])
    ask("update access_link set place = -place where log = %s and chain = 991 and place > %s", log, place)
    ask("update access_link set place = -place - 1 where log = %s and place < 0", log)


def insert(log: str, ids: list[Any], random: Random) -> None:
    """A line that was never chained, made of another."""
    columns = ask(
        "select string_agg(quote_ident(column_name), ', ') from information_schema.columns "
        "where table_name = %s and column_name <> 'id'",
        TABLES[log],
    )[0][0]
    table = TABLES[log]
    ask(f"insert into {table} (id, {columns}) select gen_random_uuid(), {columns} from {table} where id = %s", ids[0])


def swap_lines(log: str, ids: list[Any], random: Random) -> None:
    one, other = random.sample(ids, 2)
    column = "what" if log == "look" else "kind"
    ask(
        f"update {TABLES[log]} t set at = o.at, {column} = o.{column} || '' from {TABLES[log]} o "
        "where (t.id, o.id) in ((%s, %s), (%s, %s))",
        one, other, other, one,
    )  # fmt: skip


def swap_places(log: str, ids: list[Any], random: Random) -> None:
    one, other = random.sample(range(1, len(ids) + 1), 2)
    for before, after in ((one, -1), (other, one), (-1, other)):
        ask("update access_link set place = %s where log = %s and chain = 991 and place = %s", after, log, before)


def forge_link(log: str, ids: list[Any], random: Random) -> None:
    ask("update access_link set hash = sha256(hash) where entry_id = %s", random.choice(ids))


def truncate(log: str, ids: list[Any], random: Random) -> None:
    """The newest lines are gone with their links: only what was kept outside can tell."""
    gone = ids[-random.randrange(1, len(ids)) :]
    ask(f"delete from {TABLES[log]} where id = any(%s)", gone)
    ask("delete from access_link where entry_id = any(%s)", gone)


def rewrite(log: str, ids: list[Any], random: Random) -> None:
    """Change a line and make the whole chain anew with the database's own functions: no hash is wrong."""
    ask(f"update {TABLES[log]} set at = at + interval '1 hour' where id = %s", random.choice(ids))
    form = "access_form(to_jsonb(t))" if log == "look" else "access_event_form(t)"
    ask(
        f"with made as (select id, access_chained(sha256(convert_to(%s || ' 991', 'UTF8')), {form}) "
        f"over (order by l.place) as hash from {TABLES[log]} t join access_link l on l.entry_id = t.id "
        "where l.log = %s and l.chain = 991) "
        "update access_link l set hash = made.hash from made where made.id = l.entry_id",
        log, log,
    )  # fmt: skip


CHANGES: tuple[Change, ...] = (
    edit, delete, delete_with_link, delete_and_close_up, insert, swap_lines, swap_places, forge_link, truncate, rewrite,
)  # fmt: skip
