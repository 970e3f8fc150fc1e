"""Deadlines where they are met: on Min dag, in the case, and on a page that explains each day."""

import datetime as dt

import pytest
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.deadlines.api import Deadline
from samspil.jobs.deadlines import watch
from samspil.kernel.ids import new_id
from tests.cast import NOW, TODAY
from tests.web.authority.conftest import words

pytestmark = pytest.mark.django_db
DAY = "/myndighed/min-dag/"


@pytest.fixture
def open_one(cast):
    catalogue.load_law(at=NOW)

    def make(kind, *, ago=0, subject_id=None):
        return deadlines.open_deadline(
            actor=cast.actor("mette"),
            at=NOW,
            case_id=cast.case_id,
            kind=kind,
            from_on=TODAY - dt.timedelta(days=ago),
            subject_id=subject_id,
        )

    return make


@pytest.fixture
def case_url(cast):
    return reverse("authority:case", args=[cast.case_id])


@pytest.fixture
def list_url(cast):
    return reverse("authority:case_deadlines", args=[cast.case_id])


def test_min_dag_shows_what_is_near_or_past_with_whose_turn_it_is(open_one, browser_of):
    open_one("decide", ago=58)
    open_one("complain", ago=22, subject_id=new_id())
    open_one("follow_up")
    watch(now=NOW)
    said = words(browser_of("mette").page(DAY))
    assert "Frister Karla Holm : Svar på en ansøgning Din tur 2 dage over tiden" in said
    assert "Klage over en afgørelse Vi venter på borgeren inden mandag" in said
    assert "Opfølgning" not in said
    assert AccessLogEntry.objects.filter(what="my_day").count() == 1


def test_min_dag_says_nothing_of_deadlines_where_there_are_none(open_one, browser_of):
    open_one("follow_up")
    page = browser_of("mette").page(DAY)
    assert 'id="frister"' not in page
    assert 'id="frister"' not in browser_of("lene").page(DAY)


def test_the_case_shows_what_runs(open_one, browser_of, case_url):
    assert "Der løber ingen frister." in words(browser_of("mette").page(case_url))
    open_one("hearing", subject_id=new_id())
    said = words(browser_of("mette").page(case_url))
    assert "Borgerens svar på nye oplysninger Vi venter på borgeren inden tirsdag den 8. december" in said


def test_the_list_explains_each_day(open_one, browser_of, list_url):
    open_one("reassess", subject_id=new_id())
    open_one("decide")
    said = words(browser_of("mette").page(list_url))
    assert "Se på sagen igen efter en klage" in said
    assert "Fra den dag kommunen fik klagen: tirsdag den 24. november Dagen selv tælles ikke med." in said
    assert "BEK 861/2025 § 11, stk. 1 og 2" in said
    assert said.count("Det står ikke i loven, men er sat af kommunen.") == 1


def test_what_hangs_on_nothing_is_ticked_from_the_day(open_one, browser_of):
    made = open_one("first_follow_up", ago=95)
    watch(now=NOW)
    mette = browser_of("mette")
    tick = reverse("authority:tick_deadline", args=[made])
    assert tick in mette.page(DAY)
    assert mette.send(tick, next=DAY).url == DAY
    assert Deadline.objects.get(id=made).status == "met"
    assert "Gjort: Første opfølgning" in words(mette.page(DAY))


def test_a_second_tick_says_so_and_does_nothing(open_one, browser_of):
    made = open_one("first_follow_up", ago=95)
    mette, tick = browser_of("mette"), reverse("authority:tick_deadline", args=[made])
    mette.send(tick)
    mette.send(tick, next=DAY)
    assert "Fristen er allerede slut." in words(mette.page(DAY))


def test_what_a_complaint_keeps_has_no_button_and_refuses_by_address(open_one, browser_of, list_url):
    made = open_one("reassess", subject_id=new_id())
    mette, tick = browser_of("mette"), reverse("authority:tick_deadline", args=[made])
    assert tick not in mette.page(list_url)
    mette.send(tick, next=list_url)
    assert Deadline.objects.get(id=made).status == "open"
    assert "Den kan ikke krydses af." in words(mette.page(list_url))


def test_a_new_day_needs_a_reason_and_keeps_what_was_typed(open_one, browser_of, list_url):
    made = open_one("decide")
    mette, url = browser_of("mette"), reverse("authority:move_deadline", args=[made])
    without = mette.send(url, day="1.3.2027", why="")
    assert without.status_code == 422
    assert "Skriv, hvorfor du ændrer fristen" in words(without.content.decode())
    assert 'value="1.3.2027"' in without.content.decode()
    past = mette.send(url, day="23.11.2026", why="Vi venter på lægen")
    assert "Dagen er gået. Vælg en dag, der kommer." in words(past.content.decode())
    assert "Vi venter på lægen" in past.content.decode()
    assert mette.send(url, day="1.3.2027", why="Vi venter på lægen").url == list_url
    said = words(mette.page(list_url))
    assert "19.1.2027 → 1.3.2027 · Vi venter på lægen · Mette Bjerre, 24.11.2026" in said


def test_counting_again_from_a_later_receipt(open_one, browser_of):
    made = open_one("complain", ago=1, subject_id=new_id())
    mette, url = browser_of("mette"), reverse("authority:recount_deadline", args=[made])
    assert "den dag borgeren fik afgørelsen" in words(mette.page(url))
    assert mette.send(url, day="20.11.2026", why="Borgeren viste kuverten").status_code == 302
    assert Deadline.objects.get(id=made).due_on == dt.date(2026, 12, 18)


def test_what_may_not_be_extended_offers_no_new_day(open_one, browser_of, list_url):
    made = open_one("reassess_with_notice", subject_id=new_id())
    mette, url = browser_of("mette"), reverse("authority:move_deadline", args=[made])
    assert url not in mette.page(list_url)
    answer = mette.send(url, day="1.3.2027", why="Travlt")
    assert "Du kan ikke forlænge den frist." in words(answer.content.decode())


@pytest.mark.parametrize("who", ["vita", "otto", "jonas", "karla", "ida", "otto_provider"])
def test_strangers_find_nothing(open_one, client_for, list_url, who):
    made, client = open_one("first_follow_up"), client_for(who)
    assert client.get(list_url).status_code == 404
    for name in ("tick_deadline", "move_deadline", "recount_deadline"):
        url = reverse(f"authority:{name}", args=[made])
        assert client.post(url, {"form_key": str(new_id()), "day": "1.3.2027", "why": "x"}).status_code == 404
    assert Deadline.objects.get(id=made).status == "open"


def test_the_pages_cost_the_same_however_many_run(open_one, browser_of, case_url, list_url, count_queries):
    mette = browser_of("mette")

    def costs():
        """The least of three: once a minute a page asks which code lists hold."""
        return [
            min(count_queries(lambda url=url: mette.page(url)) for _ in range(3)) for url in (DAY, case_url, list_url)
        ]

    open_one("complain", subject_id=new_id(), ago=22)
    before = costs()
    for _ in range(5):
        open_one("complain", subject_id=new_id(), ago=22)
    assert costs() == before


def test_the_citizen_sees_own_days_and_the_relative_none(open_one, browser_of):
    agreements = reverse("citizen:agreements")
    assert "Dage at huske" not in words(browser_of("karla").page(agreements))
    open_one("complain", ago=2, subject_id=new_id())
    open_one("decide", ago=70)
    open_one("pension_age")
    said = words(browser_of("karla").page(agreements))
    assert "mandag den 21. december Du kan klage til og med den dag." in said
    assert "Dagen er gået. Ring til din rådgiver, så får du besked." in said
    assert said.count("Dagen er gået.") == 1
    assert "folkepension" not in said
    assert "Dage at huske" not in words(browser_of("ida").page(agreements))
