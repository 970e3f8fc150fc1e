"""What a server of our own is like, from the outside."""

import os
import stat
from collections.abc import Callable

import psycopg
import pytest

from samspil.config.postgres import Cluster

pytestmark = [pytest.mark.real_time, pytest.mark.slow]
Ask = Callable[[str], list[tuple[object, ...]]]


def test_the_application_is_an_ordinary_role(ask: Ask) -> None:
    assert ask(
        "select rolname, rolsuper or rolbypassrls or rolcreaterole or rolreplication or rolcreatedb "
        "from pg_roles where rolname = current_user"
    ) == [("samspil", False)]


def test_the_application_owns_its_database_and_finds_the_extensions(ask: Ask) -> None:
    assert ask("select current_database(), pg_get_userbyid(datdba) from pg_database where datname = 'samspil'") == [
        ("samspil", "samspil")
    ]
    wanted = [("btree_gist",), ("pg_trgm",), ("unaccent",)]
    assert ask("select extname from pg_extension where extname <> 'plpgsql' order by 1") == wanted


def test_pages_have_checksums_and_writes_reach_the_disk(ask: Ask) -> None:
    assert ask("show data_checksums") == ask("show fsync") == ask("show full_page_writes") == [("on",)]


def test_it_knows_danish_letters_without_a_danish_machine(ask: Ask) -> None:
    assert ask("select lower('ÆØÅ'), 'ÆRØ' ilike 'ærø'") == [("æøå", True)]
    assert ask("select similarity('blåbærgrød', 'blåbærgrøden') > 0.6, cardinality(show_trgm('Ærø'))") == [(True, 4)]
    assert ask("select to_tsvector('borgerne')::text, current_setting('default_text_search_config')") == [
        ("'borg':1", "pg_catalog.danish")
    ]


def test_a_search_for_a_name_may_use_its_index_behind_the_walls(ask: Ask) -> None:
    assert ask("select proleakproof from pg_proc where oid = 'pg_catalog.textlike(text, text)'::regprocedure") == [
        (True,)
    ]


def test_it_listens_on_a_private_socket_only(ask: Ask, server: Cluster) -> None:
    assert ask("show listen_addresses") == [("",)]
    folder = server.socket_folder.stat()
    assert (stat.S_IMODE(folder.st_mode), folder.st_uid) == (0o700, server.account.uid)
    assert len(str(server.socket_folder / ".s.PGSQL.5432")) < 100


def test_it_runs_without_the_rights_of_root(server: Cluster) -> None:
    number = int((server.data / "postmaster.pid").read_text().split()[0])
    assert os.stat(f"/proc/{number}").st_uid == server.account.uid != 0


def test_a_wrong_password_is_refused(server: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host=str(server.socket_folder), user="samspil", dbname="samspil", password="gæt")


def test_passwords_are_private_and_in_no_log(server: Cluster) -> None:
    for name in ("launcher", "samspil"):
        file = server.home / f"{name}.password"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert len(file.read_text().strip()) >= 40
        assert file.read_text().strip() not in server.log.read_text()
    assert not (server.home / "password.handed-over").exists()
