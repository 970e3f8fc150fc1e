import re

import pytest
from django.urls import reverse

from samspil.contexts.catalogue import api as catalogue
from samspil.kernel.ids import new_id
from tests.cast import FJORDBY, NOW, STRANDBY

pytestmark = pytest.mark.django_db
OWN = reverse("leadership:own_deadlines")
PUBLIC = reverse("published:deadlines", args=[FJORDBY])
JSON = reverse("published:deadlines_json", args=[FJORDBY])
GIVEN = {"key": "decide", "basis": "sel-85", "count": "9", "unit": "weeks", "from_on": "24.11.2026"}


@pytest.fixture
def lene(client_for, cast):
    catalogue.load_law(at=NOW)
    return client_for("lene")


def send(client, **changes):
    return client.post(OWN, GIVEN | {"form_key": str(new_id())} | changes)


def said_by(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_set_by_a_leader_and_read_by_everybody(lene, client):
    assert "Kommunen har ikke sat sine frister endnu." in said_by(client.get(PUBLIC))
    assert send(lene).url == OWN
    assert "9 uger fra den dag kommunen fik ansøgningen" in said_by(lene.get(OWN))
    said = said_by(client.get(PUBLIC))
    assert "Svar på en ansøgning om socialpædagogisk støtte 9 uger fra den dag kommunen fik ansøgningen" in said
    assert "Fjordby Kommune svarer senest efter så lang tid." in said
    assert client.get(JSON).json()["deadlines"] == [
        {
            "key": "decide/sel-85",
            "name": "Svar på en ansøgning om socialpædagogisk støtte",
            "count": 9,
            "unit": "weeks",
            "counts_from": "den dag kommunen fik ansøgningen",
            "valid_from": "2026-11-24",
            "valid_until": None,
        }
    ]


def test_examples_are_never_published_as_promises(lene, client):
    assert client.get(JSON).json()["deadlines"] == []
    send(lene, key="hearing", basis="", count="21", unit="days")
    assert client.get(JSON).json()["deadlines"] == []
    assert client.get(reverse("published:deadlines_json", args=[STRANDBY])).json()["deadlines"] == []


def test_what_held_before_stays_in_the_data_and_leaves_the_page(lene, client):
    send(lene)
    send(lene, count="7", from_on="1.3.2027")
    assert [row["valid_until"] for row in client.get(JSON).json()["deadlines"]] == ["2027-03-01", None]
    said = said_by(client.get(PUBLIC))
    assert "9 uger" in said
    assert "7 uger" not in said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"count": "0"}, "Skriv et antal fra 1 til 366"),
        ({"count": "mange"}, "Skriv et antal fra 1 til 366"),
        ({"key": ""}, "Vælg, hvilken frist det er"),
        ({"from_on": "23.11.2026"}, "Dagen er gået."),
        ({"key": "notice", "basis": "sel-96"}, "Den frist står i loven."),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_stays(lene, changes, words):
    answer = send(lene, **changes)
    assert answer.status_code == 422
    assert words in said_by(answer)
    assert 'value="24.11.2026"' in answer.content.decode() or "from_on" in changes


def test_only_leaders_set_them(client_for, lene):
    for name in ("mette", "jonas", "karla", "otto"):
        assert client_for(name).get(OWN).status_code == 404


def test_a_municipality_that_is_not_here_is_not_found(client, db):
    for address in ("published:deadlines", "published:deadlines_json"):
        assert client.get(reverse(address, args=[101])).status_code == 404
        assert client.get(reverse(address, args=[99999999])).status_code == 404
