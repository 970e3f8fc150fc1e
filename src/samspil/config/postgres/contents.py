"""What a new cluster holds before the first migration: the application's role, its database, extensions."""

from pathlib import Path

import psycopg
from psycopg import sql

LAUNCHER = "launcher"
APPLICATION = "samspil"
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")


def fill(socket: Path, *, launcher_password: str, application_password: str, may_create_databases: bool) -> None:
    """Safe to run again after a crash half way."""
    with _connect(socket, "template1", launcher_password) as template:
        for extension in EXTENSIONS:
            template.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))
        role = sql.Identifier(APPLICATION)
        if not _exists(template, "select 1 from pg_roles where rolname = %s"):
            template.execute(sql.SQL("create role {}").format(role))
        # The server gets the SCRAM verifier, so the password itself cannot end in its log.
        verifier = template.pgconn.encrypt_password(
            application_password.encode(), APPLICATION.encode(), b"scram-sha-256"
        ).decode()
        template.execute(
            sql.SQL("alter role {} login nosuperuser nobypassrls nocreaterole {} password {}").format(
                role, sql.SQL("createdb" if may_create_databases else "nocreatedb"), sql.Literal(verifier)
            )
        )
    # Not the template: nobody may be connected to it while it is copied.
    with _connect(socket, "postgres", launcher_password) as server:
        if not _exists(server, "select 1 from pg_database where datname = %s"):
            server.execute(sql.SQL("create database {} owner {}").format(role, role))


# Nothing may be written while a server recovers from an archive, whose copy has it said in any case.
IS_LEFT_TO_SAY = """
select 1 from pg_proc
where oid = 'pg_catalog.textlike(text, text)'::regprocedure and not proleakproof and not pg_is_in_recovery()
"""


def let_searches_use_their_index(socket: Path, *, launcher_password: str) -> None:
    """Behind row rules PostgreSQL asks LIKE only of rows it has let through, one by one, unless LIKE is said to keep
    what it sees to itself. It does, but for one complaint about the pattern; see ADR 60. Safe to run again."""
    with _connect(socket, APPLICATION, launcher_password) as database:
        if database.execute(IS_LEFT_TO_SAY).fetchone() is not None:
            database.execute("alter function pg_catalog.textlike(text, text) leakproof")


def _connect(socket: Path, database: str, password: str) -> psycopg.Connection:
    return psycopg.connect(host=str(socket), dbname=database, user=LAUNCHER, password=password, autocommit=True)


def _exists(connection: psycopg.Connection, query: str) -> bool:
    return connection.execute(query, [APPLICATION]).fetchone() is not None
