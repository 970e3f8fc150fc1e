"""Læring: for leaders, with few numbers hidden, and the same number of statements however much there is."""

import re

import pytest
from django.urls import reverse

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.letters.wording import templates
from tests.cast import NOW
from tests.contexts.insight.world import OLD, Year

pytestmark = pytest.mark.django_db
LEARNING = reverse("leadership:learning")
VIEWS = ("omraade", "paragraf", "skabelon", "breve")


@pytest.fixture
def year(cast):
    catalogue.load_law(at=NOW)
    return Year(cast)


@pytest.fixture
def page(client_for, year):
    def read(query=""):
        answer = client_for("lene").get(f"{LEARNING}{query}")
        assert answer.status_code == 200
        wide = re.sub(r'<span class="cell-head">[^<]*</span>', " ", answer.content.decode())
        return " ".join(re.sub(r"<[^>]+>", " ", wide).split())

    return read


def filled(year):
    template = templates()[0].key
    for decision in (*year.decide(30), *year.decide(6, end="upheld"), *year.decide(7, end="remitted")):
        year.send(decision, template=template)
    year.decide(10, basis=OLD)
    year.decide(2, basis=OLD, end="full")


def test_only_leaders_find_it(client_for, year):
    for name, status in (("lene", 200), ("mette", 404), ("jonas", 404), ("karla", 404), ("ida", 404), ("otto", 404)):
        assert client_for(name).get(LEARNING).status_code == status
    assert LEARNING in client_for("lene").get(reverse("authority:my_day")).content.decode()
    assert LEARNING not in client_for("mette").get(reverse("authority:my_day")).content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_it_says_when_there_is_nothing(page, view):
    said = page(f"?vis={view}")
    assert "Ingen breve endnu" in said if view == "breve" else "Ingen afgørelser fra 2026" in said


def test_by_area(page, year):
    filled(year)
    said = page()
    assert "Voksne med handicap 43 skjult 0 for få" in said  # 13, hidden with the two of the others
    assert "Ældre 12 skjult skjult for få" in said
    assert "I alt 55 15 skjult 27 % (mellem 17 og 41)" in said
    assert "Voksne med handicap 13 0 7 54 % (mellem 29 og 77) få sager" in said


def test_by_section_and_by_template(page, year):
    filled(year)
    section = catalogue.legal_basis("sel-85", at=NOW)
    assert f"{section.cited}: {section.name} 43 skjult" in page("?vis=paragraf")
    assert f"{templates()[0].name} 43 13 0 30 % (mellem 18 og 46)" in page("?vis=skabelon")


def test_letters(page, year):
    for number in range(6):
        year.send(None, lix=24.5, stopped_by=["B3"] if number else [])
    said = page("?vis=breve")
    assert "4. kvartal 2026 24,5 6 5 83 % (mellem 43 og 97) få sager" in said
    assert "Det får du 5" in said
    assert "3. kvartal 2026" not in said  # it begins with the first letters


def test_nobody_is_named(page, year):
    filled(year)
    for view in VIEWS:
        said = page(f"?vis={view}").split("Læring", 2)[-1]
        assert "Mette" not in said
        assert "Karla" not in said


@pytest.mark.parametrize("query", ["?aar=1999", "?aar=i%20fjor", "?vis=medarbejder", "?vis=%00", "?aar=2025&vis="])
def test_what_cannot_be_asked_for_shows_what_can(page, year, query):
    filled(year)
    said = page(query)
    assert ("Ingen afgørelser fra 2025" if "2025" in query else "Klager over afgørelser fra 2026") in said


@pytest.mark.parametrize("view", VIEWS)
def test_the_statements_do_not_grow(client_for, year, view, count_queries):
    lene = client_for("lene")
    year.send(year.decide(1, end="upheld")[0])
    lene.get(f"{LEARNING}?vis={view}")
    few = count_queries(lambda: lene.get(f"{LEARNING}?vis={view}"))
    filled(year)
    assert count_queries(lambda: lene.get(f"{LEARNING}?vis={view}")) == few
