import io

import pikepdf
import pytest
from django.urls import reverse

from samspil.contexts.goals import api as goals
from samspil.contexts.goals.api import PlanVersion
from tests.cast import NOW


def _make(desk):
    return goals.make_plan_version(actor=desk.cast.actor("mette"), at=NOW, case_id=desk.case_id)


@pytest.fixture
def two(mette):
    first = _make(mette)
    goals.change_goal(actor=mette.cast.actor("mette"), at=NOW, goal_id=mette.bus, if_reached="Så holder vi fest.")
    goals.add_sub_goal(
        actor=mette.cast.actor("jonas"), at=NOW, goal_id=mette.bus, title="Køre to stop", pictogram="bus"
    )
    goals.rate_goal(actor=mette.cast.actor("karla"), at=NOW, goal_id=mette.bus, value=7, words="“Det går.”")
    return first, _make(mette)


def test_a_plan_reads_as_it_was(desk_of, two):
    jonas = desk_of("jonas")
    assert "Plan 1" in jonas.page("plans")
    assert "Så slutter busturene." in jonas.page("plan", two[0])
    html = jonas.page("plan", two[1])
    assert "Så holder vi fest." in html
    assert "Karla Holm siger 7 af 10" in html


def test_what_changed_stands_in_words(mette, two):
    html = mette.page("plan_compare")
    assert "Så slutter busturene." in html
    assert "Så holder vi fest." in html
    assert "Nyt delmål" in html
    turned = mette.page("plan_compare", fra="2", til="1")
    assert turned.index("Så slutter busturene.") < turned.index("Så holder vi fest.")
    assert "De to udgaver er ens." in mette.page("plan_compare", fra="1", til="1")
    assert "Så holder vi fest." in mette.page("plan_compare", fra="²", til="999999")


def test_there_is_nothing_to_compare_with_one_plan(mette):
    _make(mette)
    assert mette.client.get(mette.url("plan_compare")).status_code == 404


def test_the_plan_on_paper_is_accessible_and_always_the_same(mette, two):
    url = mette.url("plan_pdf", two[1])
    answer = mette.client.get(url)
    assert answer["Content-Type"] == "application/pdf"
    mette.client.post("/visning/", {"language": "en", "back": "/"})
    assert "Plan 2 for Karla" in mette.page("plan", two[1])
    assert "Download as PDF" in mette.page("plan", two[1])
    assert answer.content == mette.client.get(url).content
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert str(pdf.Root.Lang) == "da-DK"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        meta = pdf.open_metadata()
        assert meta["dc:title"] == "Handleplan for Karla Holm"
        assert meta["pdfuaid:part"] == "1"


@pytest.mark.parametrize(
    "words", ["#let x = 1", "$\\frac{1}{2}$ *fed* _kursiv_ <tag> @ref", "“”\"'`", "\u2022 \U0001f600"]
)
def test_whatever_people_write_can_stand_on_paper(mette, words):
    goals.change_goal(actor=mette.cast.actor("mette"), at=NOW, goal_id=mette.bus, citizen_words=words, title=words)
    plan_id = _make(mette)
    assert mette.client.get(mette.url("plan_pdf", plan_id)).status_code == 200


def test_the_authority_saves_the_plan_as_it_is(mette):
    answer = mette.post("plan_new")
    assert answer["Location"] == mette.url("plan", PlanVersion.objects.get().id)


def test_a_withdrawn_plan_says_so(mette, two):
    goals.withdraw_plan_version(actor=mette.cast.actor("mette"), at=NOW, plan_id=two[1])
    assert "taget tilbage" in mette.page("plan", two[1])
    assert "Plan 2" not in mette.page("plans")


@pytest.mark.parametrize("name", ["otto", "vita", "otto_provider", "uffe", "karla"])
def test_strangers_read_no_plans(desk_of, name, two):
    desk = desk_of(name)
    for one in ("plan", "plan_pdf"):
        assert desk.client.get(reverse(f"{desk.room}:{one}", args=[two[0]])).status_code == 404
