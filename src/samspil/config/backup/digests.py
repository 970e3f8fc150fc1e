"""The rows of a database, table by table, as numbers and SHA-256: what says that a restore is the same."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from psycopg import sql

from samspil.config.backup.contents import Rows
from samspil.config.backup.errors import BackupError, Changed

TABLES = """
select n.nspname, c.relname,
  (select array_agg(a.attname order by a.attnum) from pg_attribute a
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
  (select array_agg(array[a.attname, case when a.attcollation = 0 then '' else 'C' end]
                    order by array_position(i.indkey::int2[], a.attnum))
   from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
   where i.indrelid = c.oid and i.indisprimary)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition
  and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                  and d.deptype = 'e')
order by 1, 2
"""
SEQUENCES = """
select schemaname || '.' || sequencename, coalesce(last_value, 0) from pg_sequences
where schemaname not like 'pg\\_%' order by 1
"""
# Whoever owns, is granted or is named in a policy for anything that pg_dump writes of this database.
ROLES = """
select distinct rolname from pg_roles r join pg_shdepend d
  on d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid
where d.dbid = (select oid from pg_database where datname = current_database())
  and d.classid <> 'pg_extension'::regclass
  and not exists (select from pg_depend e where e.classid = d.classid and e.objid = d.objid and e.deptype = 'e')
order by 1
"""
# What decides how a value looks as text, and that a row rule must fail loudly instead of hiding rows.
SESSION = """
set row_security = off; set timezone = 'UTC'; set datestyle = 'ISO, DMY'; set intervalstyle = 'postgres';
set extra_float_digits = 1; set bytea_output = 'hex'; set client_encoding = 'UTF8'; set statement_timeout = 0
"""


@contextmanager
def one_moment(parameters: Mapping[str, str]) -> Iterator[psycopg.Connection]:
    """A connection that sees the database as it is now for as long as the block lasts, and every row of it.

    Raises BackupError when the role is held by a row rule, or the database does not answer.
    """
    try:
        with psycopg.connect(**parameters) as connection:  # type: ignore[arg-type]
            connection.execute(SESSION)
            connection.commit()
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            yield connection
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupError(
            f"Rollen {parameters.get('user', '')} må ikke se alle rækker, så kopien ville mangle nogen. "
            f"Sæt SAMSPIL_ADMIN_URL til en rolle med BYPASSRLS, som ejer databasen. ({_first_line(error)})"
        ) from error
    except psycopg.OperationalError as error:
        raise BackupError(f"Databasen svarer ikke: {_first_line(error)}") from error


def digests(connection: psycopg.Connection) -> dict[str, Rows]:
    found = {}
    for schema, name, columns, key in connection.execute(TABLES).fetchall():
        found[f"{schema}.{name}"] = _digest(connection, sql.Identifier(schema, name), columns or [], key or [])
    return found


def sequences(connection: psycopg.Connection) -> dict[str, int]:
    return dict(connection.execute(SEQUENCES).fetchall())


def roles(connection: psycopg.Connection) -> tuple[str, ...]:
    return tuple(name for (name,) in connection.execute(ROLES))


def migrations(connection: psycopg.Connection) -> tuple[str, ...]:
    """ "app.name" of every migration that has run; empty for a database that Samspil has never been in."""
    if connection.execute("select to_regclass('public.django_migrations')").fetchone() == (None,):
        return ()
    return tuple(name for (name,) in connection.execute("select app || '.' || name from django_migrations order by 1"))


def compare_rows(promised: Mapping[str, Rows], found: Mapping[str, Rows]) -> None:
    """Raises Changed with the name of the first table that is not as it was."""
    for name in sorted(promised.keys() | found.keys()):
        before, now = promised.get(name), found.get(name)
        if before is None or now is None:
            raise Changed(f"Tabellen {name} {'mangler' if now is None else 'er kommet til'}.")
        if before != now:
            raise Changed(f"Rækkerne i {name} er ikke dem, der blev gemt ({before.rows} dengang, {now.rows} nu).")


def compare_sequences(promised: Mapping[str, int], found: Mapping[str, int]) -> None:
    """A sequence belongs to no moment: it may have moved on while the copy was taken, but never back."""
    for name, value in promised.items():
        if found.get(name, -1) < value:
            raise Changed(f"Tælleren {name} står for lavt ({found.get(name)} mod mindst {value}).")


def _digest(connection: psycopg.Connection, table: sql.Identifier, columns: list[str], key: list[list[str]]) -> Rows:
    """By primary key, in an order no locale has a say in; without one, by the row as text."""
    order = [
        sql.SQL('{} collate "C"' if collation else "{}").format(sql.Identifier(name)) for name, collation in key
    ] or [sql.SQL('{}::text collate "C"').format(sql.Identifier("whole"))]
    query = sql.SQL("copy (select {} from {} whole order by {}) to stdout").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), table, sql.SQL(", ").join(order)
    )
    digest, rows = hashlib.sha256(), 0
    with connection.cursor() as cursor:
        with cursor.copy(query) as copy:
            for piece in copy:
                digest.update(piece)
        rows = cursor.rowcount
    return Rows(rows, digest.hexdigest())


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
