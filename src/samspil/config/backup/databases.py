"""Databases beside the living one: made like it, filled, compared, and given its name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from samspil.config.backup.errors import BackupError, OtherVersion, StillAlive
from samspil.config.backup.installation import Installation

ANSWERING = "postgres"  # a database that is always there, to rename others from
LIKE = """
select pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider::text,
       coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale'), oid
from pg_database d where datname = %s
"""
PROVIDERS = {"c": "libc", "i": "icu", "b": "builtin"}
SETTINGS = "select unnest(setconfig) from pg_db_role_setting where setdatabase = %s and setrole = 0"
RIGHTS = """
select privilege_type, case when grantee = 0 then null else pg_get_userbyid(grantee) end, is_grantable
from pg_database, aclexplode(datacl) where oid = %s
"""
OTHERS = "select count(*) from pg_stat_activity where datname = %s and backend_type = 'client backend'"


@contextmanager
def maintenance(here: Installation) -> Iterator[psycopg.Connection]:
    """The server, seen by the administrator from another database than ours. Raises BackupError."""
    try:
        with psycopg.connect(**{**here.administrator, "dbname": ANSWERING}, autocommit=True) as server:  # type: ignore[arg-type]
            yield server
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupError(
            f"Rollen {here.administrator.get('user', '')} må ikke oprette og omdøbe databaser: {error}"
            "\nSæt SAMSPIL_ADMIN_URL til en rolle, der må."
        ) from error
    except psycopg.OperationalError as error:
        raise BackupError(f"Databasen svarer ikke, eller disken er fuld: {error}") from error


def refuse_missing_roles(server: psycopg.Connection, wanted: tuple[str, ...]) -> None:
    there = {name for (name,) in server.execute("select rolname from pg_roles")}
    for name in wanted:
        if name not in there:
            raise OtherVersion(
                f"Sættet nævner rollen {name}, som ikke findes på serveren. "
                f'Opret den først: CREATE ROLE "{name}" NOSUPERUSER NOBYPASSRLS;'
            )


def create_like(here: Installation, name: str) -> None:
    """An empty database with the owner, letters, settings and rights of the one in use."""
    with maintenance(here) as server:
        row = server.execute(LIKE, [here.database]).fetchone()
        if row is None:
            raise BackupError(f"Databasen {here.database} findes ikke på serveren. Opret den først, tom.")
        server.execute(_create(name, *row[:6]))
        for setting in server.execute(SETTINGS, [row[6]]).fetchall():
            parameter, value = setting[0].split("=", 1)
            server.execute(
                sql.SQL("alter database {} set {} to {}").format(
                    sql.Identifier(name), sql.Identifier(parameter), sql.Literal(value)
                )
            )
        _grant_the_same(server, name, row[6])


def swap(here: Installation, *, new: str, old_becomes: str) -> list[str]:
    """Give `new` the name in use; the old one keeps living as `old_becomes`, or goes if it was empty."""
    with maintenance(here) as server:
        (others,) = server.execute(OTHERS, [here.database]).fetchone() or (0,)
        if others:
            raise StillAlive("Samspil er i gang i databasen. Stop den først, og prøv igen. Intet er ændret.")
        was_empty = _is_empty(here)
        rename = sql.SQL("alter database {} rename to {}")
        try:
            with server.transaction():
                server.execute(rename.format(sql.Identifier(here.database), sql.Identifier(old_becomes)))
                server.execute(rename.format(sql.Identifier(new), sql.Identifier(here.database)))
        except psycopg.errors.ObjectInUse as error:
            raise StillAlive("Nogen gik i gang i databasen imens. Stop dem, og prøv igen. Intet er ændret.") from error
        if was_empty:
            server.execute(sql.SQL("drop database {}").format(sql.Identifier(old_becomes)))
            return []
    return [f"databasen {old_becomes}"]


def drop(here: Installation, name: str) -> None:
    """Whatever became of a trial, and also when the server is gone: that is told elsewhere."""
    with maintenance(here) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _create(
    name: str, owner: str, encoding: str, collate: str, ctype: str, provider: str, locale: str | None
) -> sql.Composed:
    command = sql.SQL(
        "create database {} owner {} template template0 encoding {} lc_collate {} lc_ctype {} locale_provider {}"
    ).format(
        sql.Identifier(name),
        sql.Identifier(owner),
        *map(sql.Literal, (encoding, collate, ctype)),
        sql.Identifier(PROVIDERS[provider]),
    )
    if provider == "c":
        return command
    return command + sql.SQL(" {} {}").format(
        sql.SQL("icu_locale" if provider == "i" else "builtin_locale"), sql.Literal(locale)
    )


def _grant_the_same(server: psycopg.Connection, name: str, like: int) -> None:
    rights: list[tuple[Any, ...]] = server.execute(RIGHTS, [like]).fetchall()
    if not rights:
        return  # as every database is born
    server.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
    for privilege, grantee, grantable in rights:
        server.execute(
            sql.SQL("grant {} on database {} to {}{}").format(
                sql.SQL(privilege),
                sql.Identifier(name),
                sql.Identifier(grantee) if grantee else sql.SQL("public"),
                sql.SQL(" with grant option") if grantable else sql.SQL(""),
            )
        )


def _is_empty(here: Installation) -> bool:
    with psycopg.connect(**here.administrator) as database:  # type: ignore[arg-type]
        query = "select not exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r')"
        return database.execute(query).fetchone() == (True,)
