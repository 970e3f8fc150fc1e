"""The second wall (T2): with raw SQL, as the application's own role, nobody reads or writes another's rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction

from samspil.config.environment import data_directory
from samspil.config.postgres import Cluster
from samspil.config.pytest_database import NAME
from samspil.contexts.access import api as access
from samspil.contexts.access import walls
from samspil.contexts.cases import api as cases
from samspil.contexts.notes import api as notes
from samspil.kernel import scope
from samspil.kernel.ids import new_id
from samspil.kernel.scope import Scope
from tests.cast import NOW, TODAY, Cast
from tests.walled_world import MUNICIPALITIES, PROVIDERS, World, build_world

OWN = {"access_conflict", "access_emergencyaccess"}
"""Asked about the person who acts, before the rest of the scope is known."""
READ_BY_ALL = {table for table, wall in walls.WALLS.items() if wall.all_read}
SCOPES_THAT_LEAK_NOTHING = [scope.NOBODY, Scope(municipality=999), Scope(organisation_id=UUID(int=7))]


@pytest.fixture
def superuser_url() -> str:
    """The embedded test server's administrator in the test database."""
    cluster = Cluster(data_directory(), name=NAME, disposable=True)
    there = connection.settings_dict
    if not cluster.is_running() or there["HOST"] != str(cluster.socket_folder):
        pytest.skip("the server of DATABASE_URL has an administrator whom nobody here knows")
    password = (cluster.home / "launcher.password").read_text().strip()
    return f"postgresql://launcher:{password}@/{there['NAME']}?host={cluster.socket_folder}"


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def shown(table: str, within: Scope) -> set[object]:
    """The keys of all rows of a table, asked for with raw SQL and no condition."""
    with scope.within(within), connection.cursor() as cursor:
        cursor.execute(f"select id from {table}")  # noqa: S608
        return {key for (key,) in cursor.fetchall()}


def _columns_of(table: str) -> set[str]:
    (model,) = (one for one in apps.get_models() if one._meta.db_table == table)
    return {field.attname for field in model._meta.local_concrete_fields}


def refused(statement: str, values: list[object], within: Scope) -> bool:
    """Whether the wall refuses it, by its own name and not for another fault."""
    try:
        with transaction.atomic(), scope.within(within), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except ProgrammingError as error:
        return "row-level security policy" in str(error)
    except IntegrityError:
        return False  # a second one of its kind, which is asked after the wall
    return False


@contextmanager
def undone() -> Iterator[Any]:
    """A cursor whose work is taken back, so that a wall may be torn down to look."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor
        transaction.set_rollback(True)


class TestCatalogue:
    def test_every_table_is_walled_or_open_for_a_reason(self, db: None) -> None:
        assert walls.strangers() == []
        assert walls.gaps() == []
        assert not walls.WALLS.keys() & walls.OPEN.keys()
        assert all(walls.OPEN.values())

    def test_no_table_of_the_application_is_missing_in_the_catalogue_that_is_read(self, db: None) -> None:
        ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
        assert ours <= walls.WALLS.keys() | walls.OPEN.keys()

    def test_a_table_with_a_municipality_a_case_or_a_citizen_is_open_only_when_the_scope_is_made_from_it(self) -> None:
        telling = {"municipality", "case_id", "citizen_id", "meeting_id", "order_id", "status_note_id", "user_id"}
        bound = {
            model._meta.db_table
            for model in apps.get_models()
            if telling & {field.attname for field in model._meta.local_concrete_fields}
        }
        assert not [table for table in bound - walls.WALLS.keys() if "case_id" in _columns_of(table)]
        assert bound - walls.WALLS.keys() == {
            *("access_district", "access_login", "access_loginidentity", "access_receipt"),
            *("access_roleassignment", "review_thresholds"),
        }

    def test_the_walls_that_stand_are_word_for_word_those_of_the_table(self, db: None) -> None:
        words = "select polrelid::regclass::text, polname, polcmd, pg_get_expr(polqual, polrelid), "
        words += "pg_get_expr(polwithcheck, polrelid) from pg_policy order by 1, 2"
        with undone() as cursor:
            cursor.execute(words)
            standing = cursor.fetchall()
            walls.build_walls()
            cursor.execute(words)
            assert cursor.fetchall() == standing
        assert len({table for table, *_ in standing}) == len(walls.WALLS)

    @pytest.mark.parametrize(
        ("damage", "found"),
        [
            ("drop policy wall on notes_note", "notes_note: wall is missing or another"),
            ("alter table notes_note disable row level security", "notes_note: row-level security is not forced"),
            ("alter table notes_note no force row level security", "notes_note: row-level security is not forced"),
            ("create policy hole on notes_note using (true)", "notes_note: nobody knows hole"),
            ("create view all_notes as select * from notes_note", "all_notes: a view with the rights of its owner"),
            (
                "create view safe with (security_invoker = false) as select * from notes_note",
                "safe: a view with the rights of its owner",
            ),
            (
                "create materialized view kept as select id from notes_note",
                "kept: a view with the rights of its owner",
            ),
            (
                "create function peep() returns bigint language sql security definer as 'select 1::bigint'",
                "peep: a function with the rights of its owner",
            ),
            ("comment on policy wall on notes_note is 'of last year'", "notes_note: wall is missing or another"),
        ],
    )
    def test_damage_is_found(self, db: None, damage: str, found: str) -> None:
        with undone() as cursor:
            cursor.execute(damage)
            assert walls.gaps() == [found]

    def test_a_new_table_in_neither_list_is_found(self, db: None) -> None:
        with undone() as cursor:
            cursor.execute("create table cases_forgotten (id uuid, municipality smallint)")
            assert walls.strangers() == ["cases_forgotten"]

    def test_a_view_that_asks_as_its_reader_is_no_gap_and_leaks_nothing(self, world: World) -> None:
        with undone() as cursor:
            cursor.execute("create view all_notes with (security_invoker = true) as select * from notes_note")
            assert walls.gaps() == []
            assert shown("all_notes", scope.NOBODY) == set()
            assert shown("all_notes", Scope(municipality=991)) == world.of_municipality("notes_note", 991)


class TestReading:
    def test_there_are_rows_of_everybody_in_every_table(self, world: World) -> None:
        for table in walls.WALLS:
            assert {municipality for municipality, _ in world.rows[table]} == set(MUNICIPALITIES), table
            assert shown(table, scope.SYSTEM) == world.all(table), table

    @pytest.mark.parametrize("municipality", MUNICIPALITIES)
    def test_a_municipality_sees_all_its_own_rows_and_no_other(self, world: World, municipality: int) -> None:
        for table in walls.WALLS.keys() - {"notes_draft"} - READ_BY_ALL:
            found = shown(table, Scope(municipality=municipality))
            assert found == world.of_municipality(table, municipality), table

    @pytest.mark.parametrize("provider", PROVIDERS)
    def test_a_provider_sees_all_rows_of_its_cases_and_no_other(self, world: World, provider: str) -> None:
        of_authority_alone = {"cases_referral", "cases_casecounter", "access_accesslogentry", "catalogue_verification"}
        of_authority_alone |= {"review_finding", "review_reviewitem", "feedback_letterfeedback"}
        of_authority_alone |= OWN
        between_the_two = ("decisions_", "disclosure_", "disputes_", "letters_")
        of_authority_alone |= {table for table in walls.WALLS if table.startswith(between_the_two)}
        for table in walls.WALLS.keys() - {"notes_draft"} - READ_BY_ALL:
            found = shown(table, Scope(organisation_id=world.providers[provider]))
            wanted = set() if table in of_authority_alone else world.of_provider(table, provider)
            assert found == wanted, table

    @pytest.mark.parametrize(
        "nobody", SCOPES_THAT_LEAK_NOTHING, ids=["none", "no such municipality", "no such provider"]
    )
    def test_without_a_scope_there_are_no_rows(self, world: World, nobody: Scope) -> None:
        for table in walls.WALLS.keys() - READ_BY_ALL:
            assert shown(table, nobody) == set(), table

    def test_a_draft_is_its_writers_alone(self, world: World) -> None:
        for writer, drafts in world.drafts.items():
            assert shown("notes_draft", Scope(municipality=991, user_id=writer)) == drafts
        assert shown("notes_draft", Scope(municipality=991)) == set()

    @pytest.mark.parametrize("table", sorted(OWN))
    def test_what_closes_or_opens_a_case_to_somebody_is_seen_by_that_person_wherever_it_was(
        self, world: World, table: str
    ) -> None:
        """Before the rest of the scope is known, and by a provider's worker too, whose municipality has none."""
        for provider, organisation_id in world.providers.items():
            for municipality in MUNICIPALITIES:
                own = world.rows[table][municipality, provider]
                user_id = world.users[municipality, provider]
                assert shown(table, Scope(user_id=user_id)) == own
                assert shown(table, Scope(organisation_id=organisation_id, user_id=user_id)) == own

    @pytest.mark.parametrize("table", sorted(READ_BY_ALL))
    def test_what_is_read_by_all_is_changed_at_home(self, world: World, table: str) -> None:
        change = f"update {table} set id = id where id = any(%s)"  # noqa: S608
        assert shown(table, scope.NOBODY) == world.all(table)
        with scope.within(Scope(municipality=991)), connection.cursor() as cursor:
            cursor.execute(change, [list(world.all(table))])
            assert cursor.rowcount == len(world.of_municipality(table, 991)) > 0

    def test_a_provider_sees_who_else_takes_part_whatever_plan_is_chosen(self, world: World) -> None:
        """The function that says who takes part asks the table whose wall asks it; no plan makes that a circle."""
        provider = Scope(organisation_id=world.providers["nord"])
        other = cases.Participation.objects.create(
            municipality=991,
            case_id=world.case_of(991, "nord"),
            organisation_id=world.providers["syd"],
            runs=(TODAY, None),
        )
        with undone() as cursor:
            for way in ("indexscan", "indexonlyscan", "bitmapscan"):
                cursor.execute(f"set local enable_{way} = off")
            assert other.id in shown("cases_participation", provider)
            assert shown("cases_case", provider) == world.of_provider("cases_case", "nord")

    def test_that_a_provider_takes_part_is_known_no_longer_than_a_statement(self, world: World) -> None:
        """Also in one transaction, where what is said to the connection stays said."""
        nord, syd = (Scope(organisation_id=world.providers[name]) for name in ("nord", "syd"))
        case_id = world.case_of(991, "nord")
        ask = "select count(*) from notes_note where case_id = %s"
        with undone():
            for within, wanted in ((nord, True), (syd, False), (nord, True)):
                with scope.within(within), connection.cursor() as asked:
                    asked.execute(ask, [case_id])
                    assert bool(asked.fetchone()[0]) == wanted
            with scope.within(scope.SYSTEM), connection.cursor() as ended:
                ended.execute("delete from cases_participation where case_id = %s", [case_id])
                ended.execute(
                    "update orders_order set provider_id = %s where case_id = %s", [syd.organisation_id, case_id]
                )
            with scope.within(nord), connection.cursor() as asked:
                asked.execute(ask, [case_id])
                assert asked.fetchone() == (0,)

    def test_the_forgotten_filter_of_a_query_set_finds_no_foreign_case(self, world: World) -> None:
        with scope.within(Scope(municipality=992)):
            assert {case.municipality for case in cases.Case.objects.all()} == {992}
            assert cases.Case.objects.filter(municipality=991).count() == 0

    def test_the_owner_without_the_forced_wall_leaks(self, world: World) -> None:
        """Negative control: what the tests above count is there to be seen."""
        with undone() as cursor:
            for table in walls.WALLS:
                cursor.execute(f"alter table {table} no force row level security")
                assert shown(table, scope.NOBODY) == world.all(table), table


@pytest.mark.django_db(transaction=True)
def test_a_superuser_leaks(superuser_url: str) -> None:
    """Negative control: the same question, scope and all, by a role that no wall holds."""
    world = build_world()
    with psycopg.connect(superuser_url) as asked:
        asked.execute("select set_config('samspil.municipality', '991', false)")
        for table in walls.WALLS:
            found = {key for (key,) in asked.execute(f"select id from {table}").fetchall()}  # noqa: S608
            assert found == world.all(table), table


class TestWriting:
    @pytest.fixture
    def home(self) -> Scope:
        return Scope(municipality=991, user_id=new_id())

    @pytest.mark.parametrize("table", sorted(walls.WALLS.keys() - {"notes_draft"}))
    def test_no_row_is_written_for_another_municipality(self, world: World, home: Scope, table: str) -> None:
        insert = world.insertion(table, 992)
        assert refused(*insert, home)
        assert not refused(*insert, scope.SYSTEM)

    @pytest.mark.parametrize(
        "table", sorted(table for table, wall in walls.WALLS.items() if "wall_has" in wall.written)
    )
    def test_no_row_of_ones_own_is_hung_on_a_foreign_case(self, world: World, home: Scope, table: str) -> None:
        insert = world.insertion(table, 992, municipality=991)
        assert refused(*insert, home)
        assert not refused(*insert, scope.SYSTEM)

    @pytest.mark.parametrize("table", ["notes_note", "cases_task", "meetings_card", "orders_question", "goals_goal"])
    def test_a_provider_writes_in_no_foreign_case(self, world: World, table: str) -> None:
        insert = world.insertion(table, 991)
        assert refused(*insert, Scope(organisation_id=world.providers["syd"]))
        assert not refused(*insert, Scope(organisation_id=world.providers["nord"]))

    def test_no_row_is_moved_to_another_municipality(self, world: World, home: Scope) -> None:
        assert refused("update cases_task set municipality = 992", [], home)
        assert refused("update cases_task set case_id = %s", [world.case_of(992, "nord")], home)

    def test_foreign_rows_are_neither_changed_nor_removed(self, world: World, home: Scope) -> None:
        with scope.within(home), connection.cursor() as cursor:
            cursor.execute("update cases_task set text = 'x' where municipality = 992")
            assert cursor.rowcount == 0
            cursor.execute("delete from notes_draft")
            assert cursor.rowcount == 0

    def test_a_command_that_writes_for_a_foreign_actor_is_refused(self, world: World, cast: Cast) -> None:
        with scope.within(cast.actor("mette").scope), pytest.raises(cases.Case.DoesNotExist):
            notes.write_note(
                actor=access.system_actor(TODAY, municipality=992),
                at=NOW,
                case_id=world.case_of(992, "nord"),
                kind="phone",
                happened_at=NOW,
                pieces=[notes.NewSegment("observation", "Kigget ind.")],
            )
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
            scope.within(cast.actor("mette").scope),
        ):
            access.record(actor=cast.actor("otto"), at=NOW, kind="case.changed", case_id=world.case_of(992, "nord"))


class TestRequests:
    def test_a_request_stands_behind_its_actors_wall_and_nobody_else_does(self, cast: Cast, client_for: Any) -> None:
        stood: list[tuple[str, Scope]] = []

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            with connection.connection.cursor() as cursor:
                cursor.execute(
                    "select current_setting('samspil.municipality'), current_setting('samspil.organisation')"
                )
                stood.append((sql, cursor.fetchone()))
            return execute(sql, params, many, context)

        pages = {"mette": "/myndighed/min-dag/", "jonas": "/udfoerer/min-dag/", "karla": "/min/"}
        for name, page in pages.items():
            client, actor = client_for(name), cast.actor(name)
            stood.clear()
            with connection.execute_wrapper(watch):
                assert client.get(page).status_code == 200
            wanted = ("", str(actor.organisation_id)) if name == "jonas" else ("991", "")
            walled = {place for sql, place in stood if any(table in sql for table in walls.WALLS.keys() - OWN)}
            assert walled == {wanted}, name
            assert scope.current() is scope.SYSTEM

    def test_what_is_asked_before_the_scope_is_known_has_no_wall(self, cast: Cast, client_for: Any) -> None:
        early: list[str] = []
        own: list[str] = []

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if scope.current() is scope.ANYWHERE:
                early.append(sql)
            elif scope.current() == Scope(user_id=cast.mette.id):
                own.append(sql)
            return execute(sql, params, many, context)

        client = client_for("mette")
        with connection.execute_wrapper(watch):
            client.get("/myndighed/min-dag/")
        assert len(early) == 1  # the session
        assert not [sql for sql in early if any(table in sql for table in walls.WALLS)]
        assert len(own) == 1  # the roles, with the person's own conflicts and emergencies
        asked = {table for table in walls.WALLS if any(table in sql for sql in own)}
        assert asked == OWN

    def test_a_persons_own_is_asked_where_the_person_stands_already(self, world: World) -> None:
        """The one scope that others will do for: no statement more at the next request of the same person."""
        mine, theirs = (world.users[991, name] for name in ("nord", "syd"))

        def standing() -> str:
            with connection.cursor() as cursor:
                cursor.execute("select current_setting('application_name')")
                return str(cursor.fetchone()[0])

        home = Scope(municipality=991, user_id=mine)
        with scope.within(home):
            assert standing() == home.label.decode()
        with scope.within(Scope(user_id=mine)):
            assert standing() == home.label.decode()
            assert shown("access_conflict", Scope(user_id=mine)) >= world.rows["access_conflict"][991, "nord"]
        with scope.within(Scope(user_id=theirs)):
            assert standing() == Scope(user_id=theirs).label.decode()
        with scope.within(home):
            assert standing() == home.label.decode()

    def test_a_rollback_cannot_leave_another_scope_behind(self, world: World) -> None:
        here, there = Scope(municipality=991), Scope(municipality=992)
        with scope.within(here):
            assert cases.Case.objects.exists()
            with undone(), scope.within(there):
                assert {case.municipality for case in cases.Case.objects.all()} == {992}
            assert {case.municipality for case in cases.Case.objects.all()} == {991}
        with scope.within(there):  # the savepoint took the setting back; what the connection says of itself must follow
            assert {case.municipality for case in cases.Case.objects.all()} == {992}

    def test_labels_tell_scopes_apart_and_fit(self) -> None:
        one, two = UUID(int=1), UUID(int=2**128 - 1)
        scopes = [
            *(scope.NOBODY, scope.SYSTEM, Scope(municipality=1), Scope(municipality=11)),
            *(Scope(municipality=1, user_id=one), Scope(organisation_id=one), Scope(user_id=one)),
            *(Scope(organisation_id=one, user_id=two), Scope(organisation_id=two, user_id=one)),
        ]
        labels = {each.label for each in scopes}
        assert len(labels) == len(scopes)
        assert max(map(len, labels)) < 64


def test_a_search_for_a_name_uses_its_index_behind_the_wall(db: None, superuser_url: str) -> None:
    """Once the server's administrator has said that LIKE keeps what it sees to itself, as the embedded one's does."""
    question = "explain select id from citizens_citizen where name_key like '%abc%'"
    with psycopg.connect(superuser_url) as administrator:
        for word, is_used in (("leakproof", True), ("not leakproof", False)):
            administrator.execute(f"alter function pg_catalog.textlike(text, text) {word}")
            administrator.execute("set local enable_seqscan = off")
            administrator.execute("set local enable_indexscan = off")
            administrator.execute("set local enable_indexonlyscan = off")
            administrator.execute("set local role samspil")
            plan = "".join(line for (line,) in administrator.execute(question).fetchall())
            assert ("citizen_name_search" in plan) == is_used
            administrator.execute("reset role")
        administrator.rollback()
