import datetime as dt
import re
from itertools import pairwise

import pytest
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.cases.api import Case, Task
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.api import Goal, Rating
from samspil.contexts.notes.api import Draft
from samspil.web.goals.drawing import draw
from samspil.web.shell.drafting import place_key
from tests.cast import NOW, TODAY
from tests.posted_forms import forms_of, send

GOAL = {
    "citizen_words": "Jeg vil lave mad selv.",
    "title": "Lave mad",
    "wording": "Karla laver aftensmad tre dage om ugen.",
    "theme": "praktiske opgaver",
    "if_reached": "Så kommer vi ikke længere om onsdagen.",
    "if_not_reached": "Så laver vi mad sammen lidt endnu.",
}


def _goal(desk, goal_id):
    return goals.goals_for(desk.cast.actor("mette"), desk.case_id).goal(goal_id)


def _version(desk, goal_id):
    return Goal.objects.get(id=goal_id).version


def _fields(desk, goal_id, **changes):
    goal = Goal.objects.get(id=goal_id)
    names = ("citizen_words", "title", "wording", "if_reached", "if_not_reached", "version")
    return {name: getattr(goal, name) for name in names} | changes


def _theme():
    from samspil.web.notes.themes import themes_on

    return next(theme.name for theme in themes_on(TODAY).all if theme.is_rated)


def test_two_voices_stand_side_by_side_and_nothing_is_averaged(mette):
    for name, value in (("karla", 7), ("jonas", 4)):
        goals.rate_goal(actor=mette.cast.actor(name), at=NOW, goal_id=mette.bus, value=value)
    html = mette.page("goals")
    assert "Jonas siger 4. Karla siger 7." in html
    assert "I ser det forskelligt." in html
    assert "5,5" not in html
    assert html.index("“Jeg vil til koret.”") < html.index("Færdes.")
    assert "Så slutter busturene." in html
    assert "Så prøver vi en anden vej." in html
    assert AccessLogEntry.objects.get().what == "goals"


def test_eighteen_months_as_a_drawing_and_as_a_table(jonas):
    for months, value in ((17, 1), (6, 4), (0, 7)):
        at = NOW - dt.timedelta(days=30 * months)
        goals.rate_goal(actor=jonas.cast.actor("karla"), at=at, goal_id=jonas.bus, value=value)
    html = " ".join(jonas.page("goals").split())
    points = re.search(r'rating-citizen"> ?<polyline points="([^"]+)"', html)[1].split()
    assert len(points) == 3
    assert [int(p.split(",")[1]) for p in points] == sorted((int(p.split(",")[1]) for p in points), reverse=True)
    assert html.count('<th scope="row">') == 3
    assert html.count('<svg class="rating-drawing"') == 1


def test_no_name_in_the_drawing_covers_another_ones_mark(jonas):
    rated = [("mette", 40, 4), ("mette", 20, 4), ("jonas", 20, 3), ("jonas", 0, 3), ("karla", 10, 4)]
    for who, days, value in rated:
        at = NOW - dt.timedelta(days=days)
        goals.rate_goal(actor=jonas.cast.actor(who), at=at, goal_id=jonas.bus, value=value)
    history = goals.goals_for(jonas.cast.actor("jonas"), jonas.case_id).goal(jonas.bus).history
    drawing = draw(history, today=TODAY)
    farthest = max(mark.x for line in drawing.lines for mark in line.marks)
    assert all(line.label_x > farthest for line in drawing.lines)
    heights = sorted(line.label_y for line in drawing.lines)
    assert all(low - high >= 15 for high, low in pairwise(heights))


def test_a_goal_is_set_with_all_that_it_needs(mette):
    answer = mette.post("goal_new", **GOAL | {"theme": _theme(), "pictogram": "cook", "follow_up_on": "1.3.2027"})
    assert answer.status_code == 302
    goal = next(g for g in goals.goals_for(mette.cast.actor("mette"), mette.case_id).running if g.title == "Lave mad")
    assert (goal.theme, goal.pictogram, goal.follow_up_on) == (_theme(), "cook", dt.date(2027, 3, 1))
    assert answer["Location"].endswith(f"#maal-{goal.id}")


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"if_reached": " "}, "if_reached", "Skriv, hvad der sker med hjælpen"),
        ({"if_not_reached": ""}, "if_not_reached", "Skriv, hvad der sker med hjælpen"),
        ({"title": ""}, "title", "Giv målet et kort navn."),
        ({"title": "x" * 81}, "title", "Højst 80 tegn."),
        ({"wording": "x" * 1_000_000}, "wording", "Teksten er for lang."),
        ({"theme": "Findes ikke"}, "theme", "Vælg et tema fra listen."),
        ({"follow_up_on": "1.1.2020"}, "follow_up_on", "Dagen er gået."),
        ({"follow_up_on": "31.2.2027"}, "follow_up_on", "findes ikke"),
        ({"theme": "Økonomisk situation", "expected_level": "LEVEL"}, "expected_level", "Aktivitet og deltagelse"),
    ],
)
def test_bad_input_is_answered_at_its_field_and_what_was_typed_stays(mette, fields, field, sentence):
    level = "8328ce4a-6238-4f73-bf1a-74aadb68eff8"
    fields = {name: level if value == "LEVEL" else value for name, value in fields.items()}
    answer = mette.post("goal_new", **GOAL | {"theme": ""} | fields)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in html
    at_field = html.split(f'id="id_{field}_error"')[1][:300]
    assert sentence in at_field
    assert "Jeg vil lave mad selv." in html
    assert Goal.objects.filter(case=mette.case_id).count() == 2


def test_both_sides_of_the_help_are_asked_for_at_once_when_the_goal_starts(mette):
    fields = GOAL | {"if_reached": " ", "if_not_reached": ""}
    html = mette.post("goal_new", **fields, status="active").content.decode()
    assert "Skriv, hvad der sker med hjælpen, når målet er nået" in html
    assert "Skriv, hvad der sker med hjælpen, hvis målet ikke bliver nået" in html
    assert mette.post("goal_new", **fields, status="proposed").status_code == 302


def test_control_characters_and_a_word_page_become_readable(mette):
    mette.post("goal_new", **GOAL | {"theme": "", "citizen_words": "\uf0b7\tJeg\x07 vil\x0b\x93selv\x94"})
    assert Goal.objects.get(title="Lave mad").citizen_words == "• Jeg vil\n“selv”"


def test_a_fourth_goal_is_refused_before_and_after_it_is_written(mette):
    mette.post("goal_new", **GOAL | {"theme": ""})
    assert "Der er allerede tre mål." in mette.page("goals")
    html = mette.page("goal_new")
    assert "Der er allerede tre mål." in html
    assert "<textarea" not in html
    again = mette.post("goal_new", **GOAL | {"theme": ""})
    assert again.status_code == 403
    assert "Der er allerede tre mål." in again.content.decode()
    assert GOAL["wording"] in again.content.decode()
    assert Goal.objects.filter(case=mette.case_id).count() == 3


def test_a_double_click_sets_one_goal(mette):
    fields = GOAL | {"theme": "", "form_key": "01a20cad-1740-700a-af7a-ad0aa0158b4b"}
    assert [mette.post("goal_new", **fields).status_code for _ in range(2)] == [302, 302]
    assert Goal.objects.filter(title="Lave mad").count() == 1


def test_half_a_goal_can_wait_as_a_proposal(mette):
    mette.post("goal_new", title="Lave mad", status="proposed")
    goal = Goal.objects.get(title="Lave mad")
    assert goal.status == "proposed"
    assert "Det er ikke sagt endnu." in mette.page("goals")
    html = mette.post("goal_move", goal.id, "agree").content.decode()
    assert "Skriv, hvad der sker med hjælpen" in html


def test_the_questions_stand_beside_and_are_never_fields(mette):
    html = mette.page("goal_new")
    assert html.count('<details class="details">') >= 5
    for question in (
        "Hvad vil vi opnå?",
        "Giver målet mening for alle?",
        "Hvad kan modarbejde de konkrete handlinger?",
    ):
        assert question in html
    aside = html.split('<aside class="smart"')[1].split("</aside>")[0]
    assert aside.count("<li>") == 15
    assert "<input" not in aside
    assert "<textarea" not in aside


def test_two_people_changing_the_same_goal_both_see_both(mette):
    stale = _fields(mette, mette.bus, wording="Mit forslag", title="Bussen")
    mette.post("goal_change", mette.bus, **_fields(mette, mette.bus, wording="Hendes forslag"))
    answer = mette.post("goal_change", mette.bus, **stale)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Hendes forslag" in html
    assert "Mit forslag" in html
    assert _goal(mette, mette.bus).wording == "Hendes forslag"
    url = mette.url("goal_change", mette.bus)
    mine = next(form for form in forms_of(url, html) if form.action == url)
    assert send(mette.client, url, mine.filled()).status_code == 302
    assert (_goal(mette, mette.bus).wording, _goal(mette, mette.bus).title) == ("Mit forslag", "Bussen")


def test_two_people_saying_the_purpose_both_see_both(mette):
    said = {"citizen_words": "Synge!", "wording": "", "version": 1}
    assert mette.post("purpose", **said).status_code == 302
    answer = mette.post("purpose", **said | {"citizen_words": "Cykle!"})
    assert answer.status_code == 409
    assert "Synge!" in answer.content.decode()
    assert "Cykle!" in answer.content.decode()
    for nothing in ("", " \u200b", "\U0010ffff"):
        form = mette.post("purpose", citizen_words=nothing, wording="", version=2).context["form"]
        assert form.errors["citizen_words"] == ["Skriv det med et par ord."]


def test_two_people_changing_a_step(jonas):
    jonas.post("sub_goal_new", jonas.bus, title="Køre to stop")
    step = Goal.objects.get(title="Køre to stop")
    jonas.post("sub_goal_change", step.id, title="Køre tre stop", version=1)
    answer = jonas.post("sub_goal_change", step.id, title="Køre fire stop", version=1)
    assert answer.status_code == 409
    assert "Køre tre stop" in answer.content.decode()
    assert "Køre fire stop" in answer.content.decode()


def test_before_a_goal_moves_the_page_says_what_happens_to_the_help(mette):
    assert "Så slutter busturene." in mette.page("goal_move", mette.bus, "reach")
    assert "Så prøver vi en anden vej." in mette.page("goal_move", mette.bus, "end")
    assert mette.post("goal_move", mette.bus, "reach").status_code == 302
    assert _goal(mette, mette.bus).status == "reached"
    assert "Så slutter busturene." in mette.page("goal_move", mette.bus, "end")
    assert mette.client.get(mette.url("goal_move", mette.bus, "flyv")).status_code == 404
    again = mette.post("goal_move", mette.bus, "reach")
    assert again.status_code == 200
    assert 'role="alert"' in again.content.decode()


def test_a_goal_that_says_nothing_of_the_help_leads_to_where_it_is_written(mette):
    card = {"case_id": mette.case_id, "title": "Mål fra tavlen", "citizen_words": "Jeg vil ud."}
    half = goals.add_goal(actor=mette.cast.actor("mette"), at=NOW, **card)
    html = mette.page("goal_move", half, "agree")
    assert html.count("Det er ikke sagt endnu.") == 2
    assert f'href="{mette.url("goal_change", half)}"' in html
    assert 'name="form_key"' not in html.split("<main")[1]
    Goal.objects.filter(id=half).update(if_reached="Så slutter vi.", if_not_reached="Så prøver vi igen.")
    html = mette.page("goal_move", half, "agree")
    assert "Det er ikke sagt endnu." not in html
    assert mette.post("goal_move", half, "agree").status_code == 302


def test_a_mark_is_written_down_for_oneself_or_the_citizen(jonas):
    assert jonas.post("goal_rate", jonas.bus, side="provider", value="6", words="Fint.").status_code == 302
    assert jonas.post("goal_rate", jonas.bus, side="citizen", value="8").status_code == 302
    goal = _goal(jonas, jonas.bus)
    assert [(r.side, r.value) for r in goal.latest] == [("provider", 6), ("citizen", 8)]


@pytest.mark.parametrize("fields", [{"value": "11"}, {"value": ""}, {"value": "²"}, {"value": "-1"}])
def test_a_mark_off_the_scale_is_answered(jonas, fields):
    answer = jonas.post("goal_rate", jonas.bus, side="provider", **fields)
    assert answer.status_code == 200
    assert "Vælg et tal fra 0 til 10." in answer.content.decode()
    assert not Rating.objects.exists()


def test_nobody_rates_for_another_professional(jonas):
    assert jonas.post("goal_rate", jonas.bus, side="authority", value="6").status_code == 200
    assert not Rating.objects.exists()


def test_a_recommendation_goes_to_the_coordinator_and_is_answered(desk_of):
    jonas, mette = desk_of("jonas"), desk_of("mette")
    assert "Skriv det med et par ord." in jonas.post("goal_propose", jonas.bus, "reach", words=" ").content.decode()
    assert jonas.post("goal_propose", jonas.bus, "reach", words="Hun kører selv.").status_code == 302
    task = Task.objects.get()
    assert (task.owner_name, task.text) == (
        "Mette Bjerre",
        "Jonas Lykke foreslår at målet er nået: Tage bussen alene",
    )
    html = mette.page("goals")
    assert "Jonas Lykke mener, at målet er nået." in html
    assert "Hun kører selv." in html
    assert jonas.post("goal_propose", jonas.bus, "end", words="Også det.").status_code == 200
    assert mette.post("goal_answer", mette.bus, answer="yes").status_code == 302
    assert _goal(mette, mette.bus).status == "reached"
    assert Task.objects.get().status == "done"


def test_a_recommendation_can_be_left(desk_of):
    jonas, mette = desk_of("jonas"), desk_of("mette")
    jonas.post("goal_propose", jonas.bus, "pause", words="Hun er træt.")
    mette.post("goal_answer", mette.bus, answer="no")
    assert (_goal(mette, mette.bus).status, _goal(mette, mette.bus).asked) == ("active", None)
    assert Task.objects.get().status == "done"


def test_a_provider_proposes_a_goal_and_the_authority_agrees(desk_of):
    jonas, mette = desk_of("jonas"), desk_of("mette")
    assert jonas.post("goal_new", **GOAL | {"theme": ""}).status_code == 302
    goal = Goal.objects.get(title="Lave mad")
    assert (goal.status, goal.proposed_by_side) == ("proposed", "provider")
    assert Task.objects.get().text == "Jonas Lykke foreslår et nyt mål: Lave mad"
    assert mette.post("goal_move", goal.id, "agree").status_code == 302
    assert _goal(mette, goal.id).status == "active"
    assert Task.objects.get().status == "done"


def test_steps_are_made_moved_and_pictured_by_the_provider(jonas):
    assert "Giv målet et kort navn." in jonas.post("sub_goal_new", jonas.bus, title=" ").content.decode()
    jonas.post("sub_goal_new", jonas.bus, title="Køre to stop", pictogram="bus", citizen_words="To stop!")
    step = Goal.objects.get(title="Køre to stop")
    assert jonas.post("sub_goal_move", step.id, move="reach").status_code == 302
    assert jonas.post("sub_goal_move", step.id, move="flyv").status_code == 403
    html = jonas.page("goals")
    assert "“To stop!”" in html
    assert "Nået tirsdag den 24. november" in " ".join(html.split()).replace('<time datetime="2026-11-24">', "")


def test_a_half_written_goal_comes_back_and_says_so(mette):
    key = place_key(mette.cast.actor("mette"), mette.url("goal_change", mette.bus))
    fields = _fields(mette, mette.bus, wording="Halvt skrevet")
    mette.client.post(reverse("shell:draft", args=[key]), fields)
    html = mette.page("goal_change", mette.bus)
    assert "Din kladde fra i dag kl. 09.30 er hentet frem." in html
    assert "Halvt skrevet" in html
    mette.post("goal_change", mette.bus, **fields)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["otto", "vita", "otto_provider", "uffe"])
def test_strangers_find_nothing_at_any_address(desk_of, name):
    desk = desk_of(name)
    on_goal = ["goal_rate", "sub_goal_new"]
    on_case = ["goals", "goal_new", "plans", "plan_compare"]
    on_case += ["purpose", "plan_new"] if desk.room == "authority" else []
    on_goal += ["goal_change", "goal_answer"] if desk.room == "authority" else []
    for url in [*map(desk.url, on_case), *(desk.url(one, desk.bus) for one in on_goal)]:
        assert desk.client.get(url).status_code in {404, 405}, url
        assert desk.client.post(url, GOAL | {"version": 1}).status_code in {404, 405}, url
    assert Goal.objects.filter(case=desk.case_id).count() == 2


@pytest.mark.parametrize("name", ["karla", "ida"])
def test_the_citizens_have_a_room_of_their_own(desk_of, name):
    desk = desk_of(name)
    assert desk.client.get(desk.url("goals")).status_code == 404
    assert desk.client.get(desk.url("goal_new")).status_code == 404


def test_the_provider_does_not_reach_the_authoritys_addresses(jonas):
    for name in ("goal_change", "goal_answer"):
        url = reverse(f"authority:{name}", args=[jonas.bus])
        assert jonas.client.post(url, GOAL).status_code == 404


def test_a_closed_case_offers_nothing(mette):
    Case.objects.filter(id=mette.case_id).update(status="closed")
    html = mette.page("goals")
    assert "Ret målet" not in html
    assert "Sagen er afsluttet." in html


def test_as_many_queries_for_much_as_for_little(mette, count_queries):
    mette.page("goals")
    few = count_queries(lambda: mette.page("goals"))
    for day in range(25):
        at = NOW - dt.timedelta(days=day * 20)
        goals.rate_goal(actor=mette.cast.actor("karla"), at=at, goal_id=mette.bus, value=day % 11)
        goals.add_sub_goal(actor=mette.cast.actor("jonas"), at=NOW, goal_id=mette.sleep, title=f"Trin {day}")
    assert count_queries(lambda: mette.page("goals")) == few
