"""The two logs grow, and neither the ORM nor plain SQL takes anything back."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from samspil.contexts.access import api as access
from samspil.contexts.access.api import AccessLogEntry, DisplayMode, Event, Purpose
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
LOGS = pytest.mark.parametrize("log", [AccessLogEntry, Event])


@pytest.fixture(autouse=True)
def written(cast: Cast) -> None:
    mette = cast.actor("mette")
    access.log_looks(actor=mette, at=NOW, looks=[(cast.citizen_id, cast.case_id, "case", "")])
    access.record(actor=mette, at=NOW, kind="test.done", case_id=cast.case_id)


@LOGS
@pytest.mark.parametrize(
    "take_back",
    [
        lambda log: log.objects.update(user_name="En anden"),
        lambda log: log.objects.all().delete(),
        lambda log: log.objects.get().delete(),
        lambda log: log.objects.filter(id=log.objects.get().id).update(at=NOW),
    ],
    ids=["update", "delete all", "delete one", "update one"],
)
def test_nothing_is_taken_back(log, take_back):
    before = list(log.objects.values())
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        take_back(log)
    assert list(log.objects.values()) == before
    assert len(before) == 1


@LOGS
@pytest.mark.parametrize("statement", ["update {} set user_name = 'En anden'", "delete from {}"])
def test_nor_in_plain_sql(log, statement):
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(log._meta.db_table))
    assert log.objects.get().user_name == "Mette Bjerre"


def test_other_rows_do_change(cast: Cast):
    """The control: the same statements are let through where nothing guards them."""
    assert access.User.objects.filter(id=cast.mette.id).update(title="Faglig leder") == 1
    cast.uffe.roles.all().delete()
    assert not cast.uffe.roles.exists()


def test_the_display_is_kept_on_the_person_and_told(cast: Cast):
    access.choose_display(actor=cast.actor("karla"), at=NOW, mode=DisplayMode.CALM, language="en")
    again = cast.actor("karla")
    assert (again.display_mode, again.language) == ("rolig", "en")
    assert cast.actor("mette").display_mode == "standard"
    assert Event.objects.latest("at", "id").kind in {"display.chosen", "test.done"}


def test_each_look_of_a_page_is_written_with_its_own_words(cast: Cast):
    lene = cast.actor("lene")
    said = [("search", ""), ("search", 'Hun sagde: "nej", {null}, \\ og\nmere'), ("case", "null"), ("case", "")]
    looks = [(cast.citizen_id, cast.case_id if n % 2 else None, *words) for n, words in enumerate(said)]
    access.log_looks(actor=lene, at=NOW, looks=looks)
    rows = AccessLogEntry.objects.filter(user_id=lene.user_id).order_by("id")
    assert list(rows.values_list("citizen_id", "case_id", "what", "why")) == looks
    assert not [one for one in access.verify().broken if one.log == "look"]  # an event is linked at the commit


def test_a_list_shown_for_one_reason_says_it_of_everybody(cast: Cast):
    lene = cast.actor("lene")
    access.log_looks(actor=lene, at=NOW, looks=[(cast.citizen_id, None, "caseload", "nød")] * 3)
    rows = AccessLogEntry.objects.filter(user_id=lene.user_id).values_list("what", "why")
    assert list(rows) == [("caseload", "nød")] * 3


@pytest.mark.parametrize(
    ("name", "purpose"),
    [("mette", "casework"), ("lene", "casework"), ("jonas", "delivery"), ("karla", "own"), ("ida", "support")],
)
def test_a_look_is_for_what_the_side_comes_for_or_for_what_the_page_is_for(cast: Cast, name: str, purpose: str):
    actor = cast.actor(name)
    access.log_looks(actor=actor, at=NOW, looks=[(cast.citizen_id, None, "goals", "")])
    access.log_looks(
        actor=replace(actor, other_purpose=Purpose.CONTROL), at=NOW, looks=[(cast.citizen_id, None, "plan", "")]
    )
    rows = AccessLogEntry.objects.filter(what__in=["goals", "plan"]).order_by("what")
    assert list(rows.values_list("purpose", flat=True)) == [purpose, "control"]
