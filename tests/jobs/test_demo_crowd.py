"""The large municipality, in small: whole rows, whole constraints, and pages' queries find what they need."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from samspil.contexts.access import api as access
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import api as meetings
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import api as orders
from samspil.jobs.demo import reading
from samspil.jobs.demo.building import Filled, fill
from samspil.jobs.demo.crowd.months import NOTES
from samspil.jobs.demo.crowd.tables import Ids, Table, written
from samspil.kernel import cpr
from samspil.kernel.clock import DENMARK
from samspil.kernel.ids import new_id

NOW = dt.datetime(2026, 11, 25, 10, 42, tzinfo=DENMARK)
COUNT = 105
KEYS = "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2"
INDEXES = "SELECT schemaname, indexname, indexdef FROM pg_indexes ORDER BY 1, 2"


@dataclass(frozen=True, slots=True)
class Made:
    filled: Filled
    before: tuple[list[Any], list[Any]]
    after: tuple[list[Any], list[Any]]


def schema() -> tuple[list[Any], list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(KEYS)
        keys = cursor.fetchall()
        cursor.execute(INDEXES)
        return keys, cursor.fetchall()


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Made]:
    """Karla and a crowd, gone after this module; and the schema before they came and after."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = schema()
        filled = fill(now=NOW, stories=[s for s in reading.stories() if s.key == "adult_01_karla"], crowd=COUNT)
        connection.check_constraints()
        yield Made(filled, before, schema())
        transaction.set_rollback(True)


@pytest.fixture
def made(_made: Made, db: None) -> Made:
    return _made


def crowd() -> Any:
    return cases.Case.objects.filter(coordinator__username__startswith="r0")


@pytest.mark.slow
def test_the_schema_is_as_it_was(made: Made) -> None:
    assert made.after == made.before


def mark_a_goal_that_is_not_there(case_id: UUID) -> None:
    goals.Rating.objects.create(
        municipality=991, case_id=case_id, goal_id=new_id(), side="citizen", rater_name="x", value=1, at=NOW
    )
    connection.check_constraints()


@pytest.mark.slow
def test_keys_and_triggers_hold_again(made: Made) -> None:
    row = notes.Segment.objects.first()
    assert row is not None
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        notes.Segment.objects.filter(id=row.id).update(text="")
    with pytest.raises(IntegrityError), transaction.atomic():
        mark_a_goal_that_is_not_there(row.case_id)


@pytest.mark.slow
def test_every_citizen_has_a_whole_case(made: Made) -> None:
    ids = set(crowd().values_list("id", flat=True))
    assert len(ids) == COUNT
    per_case = Counter(notes.Note.objects.filter(case_id__in=ids).values_list("case_id", flat=True))
    assert set(per_case.values()) == {NOTES}
    assert 2 <= notes.Segment.objects.filter(case_id__in=ids).count() / (COUNT * NOTES) <= 3
    running = goals.Goal.objects.filter(case_id__in=ids, level="goal")
    assert set(Counter(running.values_list("case_id", flat=True)).values()) <= {1, 2, 3}
    assert goals.Purpose.objects.filter(case_id__in=ids).count() == COUNT
    assert cases.Task.objects.filter(case_id__in=ids).count() >= COUNT
    assert meetings.Meeting.objects.filter(case_id__in=ids).count() >= COUNT // 2
    assert orders.Order.objects.filter(case_id__in=ids).count() == -(-COUNT // 50)
    assert made.filled.crowd is not None
    assert made.filled.crowd.rows["notes_note"] == COUNT * NOTES


@pytest.mark.slow
def test_the_marks_run_over_eighteen_months(made: Made) -> None:
    marks = goals.Rating.objects.filter(case__in=crowd())
    first, last = marks.earliest("at").at, marks.latest("at").at
    assert 500 <= (last - first).days <= 580
    assert last < NOW
    assert set(marks.values_list("side", flat=True)) == {"citizen", "provider", "authority"}


@pytest.mark.slow
def test_a_caseworker_finds_the_own_cases_and_what_stands_in_them(made: Made) -> None:
    actor = access.actor_for(access.User.objects.get(username="r0001").id, on=NOW.date())
    assert actor is not None
    assert len(actor.district_ids) == 1
    case = cases.my_cases(actor)[0]
    assert len(notes.stream(actor, case.case_id)) == 20
    view = goals.goals_for(actor, case.case_id)
    assert view.purpose is not None
    assert view.running[0].theme
    assert view.running[0].sub_goals
    assert citizens.contact_wish(case.citizen_id) is not None
    number = citizens.cpr_of(case.citizen_id)
    assert cpr.is_fictitious(number)
    assert citizens.find_by_cpr(actor.municipality, number) == case.citizen_id
    assert access.looks_at(case.citizen_id)


@pytest.mark.slow
def test_a_helper_sees_the_crowds_citizens_with_an_order(made: Made) -> None:
    helped = cases.Participation.objects.filter(case__in=crowd()).first()
    assert helped is not None
    actor = access.actor_for(helped.contact_id, on=NOW.date())
    assert actor is not None
    assert cases.Case.objects.visible_to(actor).filter(id=helped.case_id).exists()


def test_ids_rise_and_are_of_version_seven() -> None:
    ids = Ids()
    made = [UUID(ids.new()) for _ in range(5000)]
    assert made == sorted(set(made))
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, r"\N"),
        (True, "t"),
        ("en\tlinje\nmed \\", r"en\tlinje\nmed \\"),
        (b"\x01\xff", r"\\x01ff"),
        ({"words": 'a"b'}, r'{"words": "a\\"b"}'),
        (dt.date(2026, 12, 9), "2026-12-09"),
    ],
    ids=["null", "bool", "text", "bytes", "json", "date"],
)
def test_values_are_written_as_copy_reads_them(value: object, expected: str) -> None:
    assert written(value) == expected


def test_a_column_without_a_value_is_refused() -> None:
    with pytest.raises(TypeError, match=r"District\.municipality needs a value"):
        Table("access.District", "id", "name")
