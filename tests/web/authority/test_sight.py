"""The pages that make the circle around a case smaller."""

import pytest
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry, RoleAssignment
from samspil.contexts.cases.api import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast):
    return lambda name: reverse(f"authority:{name}", args=[cast.case_id])


def test_the_leader_sets_level_and_list_with_a_reason_that_is_logged(cast, browser_of, url):
    browser = browser_of("lene")
    assert url("sight") in browser.page(url("people"))
    assert "Vita Lund" in browser.page(url("sight"))
    given = {"sensitivity": "3", "is_restricted": "on", "user_ids": [str(cast.vita.id)]}
    missing = browser.send(url("sight"), **given)
    assert missing.status_code == 422
    assert "Skriv med et par ord hvorfor." in missing.content.decode()
    assert browser.send(url("sight"), **given, why="Borgeren er kendt fra tv").status_code == 302
    assert Case.objects.get(id=cast.case_id).is_restricted
    assert AccessLogEntry.objects.filter(what="sight", why="Borgeren er kendt fra tv").count() == 1
    assert "Kun for dem på listen" in browser.page(url("people"))


def test_what_cannot_be_is_said_at_the_field_and_the_typed_stays(cast, browser_of, url):
    answer = browser_of("lene").send(url("sight"), sensitivity="4", why="Borgeren er kendt fra tv")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Du må ikke selv se sager på det niveau." in page
    assert "Borgeren er kendt fra tv" in page


def test_a_caseworker_who_does_not_coordinate_has_no_such_page(cast, browser_of, url):
    RoleAssignment.objects.filter(user=cast.vita).update(district=cast.north)
    browser = browser_of("vita")
    assert f'href="{url("sight")}"' not in browser.page(url("people"))
    assert browser.client.get(url("sight")).status_code == 403


def test_a_restricted_case_is_404_on_every_page_of_it(cast, browser_of, url):
    Case.objects.update(is_restricted=True)
    for name in ("case", "people", "timeline", "tasks", "case_meetings", "goals", "case_orders", "sight", "conflict"):
        assert browser_of("lene").client.get(url(name)).status_code == 404, name
        assert browser_of("mette").client.get(url(name)).status_code == 200, name


def test_to_know_the_citizen_gives_the_case_away(cast, browser_of, url):
    browser = browser_of("mette")
    assert url("conflict") in browser.page(url("people"))
    assert browser.send(url("conflict"), words="nej").status_code == 422
    answer = browser.client.post(url("conflict"), {"form_key": "", "words": "Vi går i kor sammen"}, follow=True)
    assert "Tak, fordi du sagde det." in answer.content.decode()
    assert browser.client.get(url("case")).status_code == 404
    assert "Find en anden til sagen" in browser_of("lene").page(reverse("authority:my_day"))
