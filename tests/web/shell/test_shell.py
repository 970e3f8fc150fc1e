import pytest
from django.test import Client

from samspil.contexts.access.api import AccessLogEntry, DisplayMode

pytestmark = pytest.mark.django_db


def test_front_sends_a_stranger_to_log_in(client: Client) -> None:
    assert client.get("/").url == "/log-ind/"


def test_demo_log_in_lists_the_people_and_opens_their_room(client: Client, cast) -> None:
    page = client.get("/log-ind/")
    assert "Mette Bjerre" in page.content.decode()
    assert client.post("/log-ind/", {"person": str(cast.mette.id)}).url == "/"
    assert client.get("/").url == "/myndighed/min-dag/"


def test_demo_log_in_is_gone_outside_the_demo(client: Client, settings, cast) -> None:
    settings.DEMO_LOGIN = False
    assert client.get("/log-ind/").status_code == 404
    assert client.post("/log-ind/", {"person": str(cast.mette.id)}).status_code == 404
    assert "login" not in client.session


def test_a_person_without_a_running_role_is_logged_out(client_for, cast) -> None:
    from samspil.contexts.access.api import RoleAssignment

    client = client_for("mette")
    assert client.get("/").url == "/myndighed/min-dag/"
    RoleAssignment.objects.filter(user=cast.mette).update(runs=("2024-01-01", "2024-02-01"))
    assert client.get("/").url == "/log-ind/"


def test_a_changed_password_ends_the_session(client_for, cast) -> None:
    client = client_for("mette")
    cast.mette.set_password("noget andet")
    cast.mette.save()
    assert client.get("/").url == "/log-ind/"


def test_the_access_log_cannot_be_changed(cast) -> None:
    from django.db import connection, transaction
    from django.db.utils import DatabaseError

    from samspil.contexts.access import api as access
    from tests.cast import NOW

    access.log_looks(actor=cast.actor("mette"), at=NOW, looks=[(cast.citizen_id, cast.case_id, "case", "")])
    for statement in ("update access_accesslogentry set why = 'x'", "delete from access_accesslogentry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AccessLogEntry.objects.get().user_name == "Mette Bjerre"


def test_the_chosen_language_stays_on_the_pages_outside(client_for, cast) -> None:
    client = client_for("mette")
    assert 'lang="da"' in client.get("/log-ind/").content.decode()
    assert client.post("/visning/", {"language": "en", "back": "/myndighed/min-dag/"}).url == "/myndighed/min-dag/"
    assert "Skip to the content" in client.get("/myndighed/min-dag/").content.decode()
    client.post("/log-ud/")
    page = client.get("/log-ind/").content.decode()
    assert 'lang="en"' in page
    assert "Choose a person" in page
    assert "Citizens and relatives" in page


@pytest.mark.parametrize("mode", DisplayMode.values)
def test_a_display_mode_follows_the_person_to_every_device(client_for, mode: str) -> None:
    client_for("karla").post("/visning/", {"mode": mode, "back": "/min/plan/"})
    elsewhere = client_for("karla").get("/min/").content.decode()
    assert f'data-mode="{mode}"' in elsewhere
    assert 'data-mode="standard"' in client_for("mette").get("/myndighed/min-dag/").content.decode()


@pytest.mark.parametrize("back", ["https://ondsindet.example/", "//ondsindet.example", "authority:my_day", "", "\x00"])
def test_nobody_is_sent_elsewhere_and_nonsense_changes_nothing(client_for, back: str) -> None:
    answer = client_for("karla").post("/visning/", {"mode": "blinkende", "language": "tlh", "back": back})
    assert (answer.status_code, answer.url) == (302, "/")
    assert 'data-mode="standard"' in client_for("karla").get("/min/").content.decode()
