"""The case's page: the citizen first, the tasks, and everything that can go wrong in a form."""

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.kernel.ids import new_id
from tests.cast import NOW, TODAY, Cast
from tests.web.authority.conftest import Browser, words

BrowserOf = Callable[[str], Browser]
CASE_PAGES = ["case", "tasks", "timeline", "case_meetings", "people", "contact", "reach", "relation", "hand_over"]


@pytest.mark.parametrize("name", CASE_PAGES)
def test_every_page_of_a_case_shows_the_person_and_logs_the_look(cast: Cast, browser_of: BrowserOf, name: str) -> None:
    page = browser_of("mette").page(reverse(f"authority:{name}", args=[cast.case_id]))
    assert "<h1>Karla Holm, 47 år</h1>" in page
    assert "style=" not in page
    assert "onclick" not in page
    looks = AccessLogEntry.objects.filter(citizen_id=cast.citizen_id)
    assert [look.user_name for look in looks] == ["Mette Bjerre"]


@pytest.mark.parametrize("who", ["otto", "otto_provider", "vita", "uffe", "jonas", "karla", "ida"])
def test_others_get_404_and_no_look_is_logged(cast: Cast, browser_of: BrowserOf, who: str) -> None:
    browser = browser_of(who)
    for name in CASE_PAGES:
        browser.page(reverse(f"authority:{name}", args=[cast.case_id]), status=404)
    assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize("who", ["otto", "vita", "jonas", "karla"])
def test_others_change_nothing(cast: Cast, browser_of: BrowserOf, who: str) -> None:
    browser = browser_of(who)
    posts = ["add_task", "show_cpr", "show_address", "contact", "reach", "relation", "hand_over"]
    urls = [reverse(f"authority:{name}", args=[cast.case_id]) for name in posts]
    for url in [*urls, reverse("authority:move", args=[cast.case_id, "afslut"])]:
        assert browser.send(url, text="x").status_code == 404, url


def test_the_page_begins_with_the_citizens_own_words(cast: Cast, browser_of: BrowserOf) -> None:
    mette = cast.actor("mette")
    goals.set_purpose(actor=mette, at=NOW, case_id=cast.case_id, citizen_words="Jeg vil tage bussen", wording="")
    said = words(browser_of("mette").page(reverse("authority:case", args=[cast.case_id])))
    assert "Det vigtigste for Karla “Jeg vil tage bussen” Sagt tirsdag den 24. november" in said


def test_without_a_purpose_the_words_of_the_first_contact_stand_there(cast: Cast, browser_of: BrowserOf) -> None:
    referral_id = cases.receive_referral(
        actor=cast.actor("mette"),
        at=NOW,
        source="self",
        area="adult_disability",
        first_name="Karla",
        last_name="Holm",
        about="Ringede selv",
        citizen_words="Jeg vil synge i kor",
    )
    cases.Referral.objects.filter(id=referral_id).update(case_id=cast.case_id, status="opened")
    said = words(browser_of("mette").page(reverse("authority:case", args=[cast.case_id])))
    assert "“Jeg vil synge i kor” Fra henvendelsen tirsdag den 24. november" in said
    assert "Ringede selv" in words(browser_of("mette").page(reverse("authority:people", args=[cast.case_id])))


def test_head_says_district_wish_relatives_and_last_contact(cast: Cast, browser_of: BrowserOf) -> None:
    mette = cast.actor("mette")
    citizens.agree_contact(
        actor=mette, at=NOW, citizen_id=cast.citizen_id, form="walk", time_of_day="morning", medium="text_message"
    )
    cases.note_contact(actor=mette, at=NOW, case_id=cast.case_id, on=TODAY - dt.timedelta(days=6))
    said = words(browser_of("mette").page(reverse("authority:case", args=[cast.case_id])))
    expected = (
        "Distrikt Nord Helst: gå en tur, om formiddagen, sms Søster Ida har adgang Sidst i kontakt for 6 dage siden"
    )
    assert expected in said


def test_two_voices_on_a_goal_stand_beside_each_other(cast: Cast, browser_of: BrowserOf) -> None:
    mette = cast.actor("mette")
    goals.set_purpose(actor=mette, at=NOW, case_id=cast.case_id, citizen_words="Bussen", wording="")
    goal_id = goals.add_goal(
        actor=mette,
        at=NOW,
        case_id=cast.case_id,
        title="Tage bussen",
        citizen_words="Selv",
        if_reached="Færre besøg",
        if_not_reached="Vi øver mere",
    )
    goals.rate_goal(actor=cast.actor("jonas"), at=NOW, goal_id=goal_id, value=6)
    goals.rate_goal(actor=cast.actor("karla"), at=NOW, goal_id=goal_id, value=7)
    said = words(browser_of("mette").page(reverse("authority:case", args=[cast.case_id])))
    assert "Tage bussen Jonas siger 6. Karla siger 7." in said
    assert "Nået: Færre besøg Ikke nået: Vi øver mere" in said


def _task(cast: Cast, **changes: object) -> dict[str, object]:
    return {"text": "Ring til koret", "owner": "0-Mette Bjerre", "due_on": "i morgen"} | changes


def test_a_task_is_written_done_and_taken_up_again(cast: Cast, browser_of: BrowserOf) -> None:
    mette, browser = cast.actor("mette"), browser_of("mette")
    response = browser.send(reverse("authority:add_task", args=[cast.case_id]), **_task(cast))
    assert response.url == f"{reverse('authority:case', args=[cast.case_id])}#opgaver"
    (task,) = cases.my_tasks(mette)
    assert (task.text, task.due_on) == ("Ring til koret", TODAY + dt.timedelta(days=1))
    page = browser.page(reverse("authority:case", args=[cast.case_id]))
    assert "Ring til koret i morgen Gjort" in words(page)
    browser.send(reverse("authority:tick", args=[task.id, "gjort"]))
    assert cases.my_tasks(mette) == ()
    assert "Fortryd" in browser.page(reverse("authority:tasks", args=[cast.case_id]))
    browser.send(reverse("authority:tick", args=[task.id, "fortryd"]))
    assert len(cases.my_tasks(mette)) == 1
    response = browser.send(reverse("authority:tick", args=[task.id, "aflys"]), next="/myndighed/min-dag/")
    assert response.url == "/myndighed/min-dag/"
    assert cases.task(mette, task.id).status == "cancelled"


def test_going_back_never_leaves_our_own_pages(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    browser.send(reverse("authority:add_task", args=[cast.case_id]), **_task(cast))
    (task,) = cases.my_tasks(cast.actor("mette"))
    response = browser.send(reverse("authority:tick", args=[task.id, "gjort"]), next="https://example.org/")
    assert response.url == reverse("authority:case", args=[cast.case_id])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due_on": "31.2."}, "Den dato findes ikke. Skriv fx 26.11."),
        ({"due_on": "når det passer"}, "Vi forstod ikke dagen. Skriv fx torsdag eller 26.11."),
        ({"due_on": "i går"}, "Dagen er gået. Vælg en dag, der kommer."),
        ({"due_on": "torsdag den 24.11."}, "Ugedagen og datoen passer ikke sammen. Tjek dem."),
        ({"due_on": ""}, "Skriv en dag, fx 26.11.2026"),
        ({"owner": ""}, "Vælg, hvem der gør det."),
        ({"text": ""}, "Skriv et svar under “Hvad skal gøres?”"),
        ({"text": "x" * 1_000_000}, "Teksten er for lang. Der er plads til 400 tegn"),
    ],
)
def test_errors_stand_at_the_field_and_what_was_typed_stays(
    cast: Cast, browser_of: BrowserOf, changes: dict, said: str
) -> None:
    response = browser_of("mette").send(reverse("authority:add_task", args=[cast.case_id]), **_task(cast, **changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in words(page)
    assert ("Ring til koret" in page) == ("text" not in changes)
    assert f'value="{changes["due_on"]}"' in page if "due_on" in changes else 'value="i morgen"' in page
    assert not cases.Task.objects.exists()


def test_control_characters_and_pasted_word_text_are_cleaned(cast: Cast, browser_of: BrowserOf) -> None:
    pasted = "\uf0b7 Ring\u00a0til \x93koret\x94\x00\u200b"
    browser_of("mette").send(reverse("authority:add_task", args=[cast.case_id]), **_task(cast, text=pasted))
    assert cases.my_tasks(cast.actor("mette"))[0].text == "• Ring til “koret”"


def test_a_double_click_makes_one_task(cast: Cast, browser_of: BrowserOf) -> None:
    browser, key = browser_of("mette"), new_id()
    url = reverse("authority:add_task", args=[cast.case_id])
    first, second = (browser.send(url, key, **_task(cast)) for _ in range(2))
    assert first.url == second.url
    assert cases.Task.objects.count() == 1


def test_a_task_done_by_two_people_is_refused_in_words(cast: Cast, browser_of: BrowserOf) -> None:
    browser_of("mette").send(reverse("authority:add_task", args=[cast.case_id]), **_task(cast))
    (task,) = cases.my_tasks(cast.actor("mette"))
    assert browser_of("mette").send(reverse("authority:tick", args=[task.id, "gjort"])).status_code == 302
    response = browser_of("lene").send(reverse("authority:tick", args=[task.id, "gjort"]))
    assert response.status_code == 403
    assert "Opgaven er allerede gjort eller aflyst." in response.content.decode()
    assert browser_of("otto").send(reverse("authority:tick", args=[task.id, "fortryd"])).status_code == 404


def test_next_steps_follow_from_the_case(cast: Cast, browser_of: BrowserOf) -> None:
    mette = cast.actor("mette")
    said = words(browser_of("mette").page(reverse("authority:case", args=[cast.case_id])))
    assert "Spørg Karla, hvad der er vigtigst." in said
    assert "Aftal, hvordan Karla helst vil have kontakt." in said
    citizens.agree_contact(
        actor=mette, at=NOW, citizen_id=cast.citizen_id, form="home", time_of_day="any", medium="call", every_days=14
    )
    cases.move_case(actor=mette, at=NOW, case_id=cast.case_id, move="call_follow_up")
    said = words(browser_of("mette").page(reverse("authority:case", args=[cast.case_id])))
    assert "Tag kontakt: Karla vil gerne tales med mindst hver 14. dag." in said
    assert "Indkald til statusmøde." in said
    assert "Aftal, hvordan" not in said


def test_a_closed_case_can_be_read_and_opened_again(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    assert browser.send(reverse("authority:move", args=[cast.case_id, "afslut"])).status_code == 302
    page = browser.page(reverse("authority:case", args=[cast.case_id]))
    assert "Sagen er afsluttet" in page
    assert 'id="notat"' not in page
    assert "Skriv en opgave" not in page
    response = browser.send(reverse("authority:add_task", args=[cast.case_id]), **_task(cast))
    assert "Sagen er afsluttet. Åbn den igen" in response.content.decode()
    browser.send(reverse("authority:move", args=[cast.case_id, "genaabn"]))
    assert cases.case_facts(cast.actor("mette"), cast.case_id).status == "clarification"


def test_the_course_by_month_holds_notes_and_what_happened(cast: Cast, browser_of: BrowserOf) -> None:
    mette = cast.actor("mette")
    notes.write_note(
        actor=mette,
        at=NOW - dt.timedelta(days=40),
        case_id=cast.case_id,
        kind="visit",
        happened_at=NOW - dt.timedelta(days=40),
        pieces=[notes.NewSegment(kind="citizen_words", text="Jeg turde godt")],
    )
    cases.move_case(actor=mette, at=NOW, case_id=cast.case_id, move="call_follow_up")
    said = words(browser_of("mette").page(reverse("authority:timeline", args=[cast.case_id])))
    assert "November 2026 24.11.2026 Ny status: vi følger op Mette Bjerre" in said
    assert "Oktober 2026 15.10.2026 Besøg Mette Bjerre, Fjordby Kommune “Jeg turde godt”" in said
    older = browser_of("mette").page(f"{reverse('authority:timeline', args=[cast.case_id])}?foer=2026-11-01T00:00:00Z")
    assert "Ny status" not in words(older)
    assert "Jeg turde godt" in words(older)


@pytest.mark.parametrize("before", ["i går", "2026-11-01T00:00:00", "' or 1=1", "%00"])
def test_a_made_up_moment_finds_nothing(cast: Cast, browser_of: BrowserOf, before: str) -> None:
    browser_of("mette").page(f"{reverse('authority:timeline', args=[cast.case_id])}?foer={before}", status=404)


def test_a_forms_address_leads_back_to_its_page(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    case_url, people_url = (reverse(f"authority:{name}", args=[cast.case_id]) for name in ("case", "people"))
    expected = {
        reverse("authority:add_task", args=[cast.case_id]): case_url,
        reverse("authority:move", args=[cast.case_id, "afslut"]): case_url,
        reverse("authority:access_stop", args=[cast.case_id, uuid4()]): people_url,
        reverse("authority:tick", args=[uuid4(), "gjort"]): "/myndighed/min-dag/",
        reverse("authority:search"): reverse("authority:caseload"),
    }
    assert {url: browser.client.get(url).url for url in expected} == expected
    assert cases.case_facts(cast.actor("mette"), cast.case_id).is_open


def test_an_unknown_case_is_not_found(browser_of: BrowserOf) -> None:
    browser_of("mette").page(reverse("authority:case", args=[uuid4()]), status=404)


def test_queries_of_a_case_page_do_not_grow(
    cast: Cast, browser_of: BrowserOf, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    mette, browser = cast.actor("mette"), browser_of("mette")
    url = reverse("authority:case", args=[cast.case_id])

    def write(number: int) -> None:
        notes.write_note(
            actor=mette,
            at=NOW,
            case_id=cast.case_id,
            kind="visit",
            happened_at=NOW,
            pieces=[
                notes.NewSegment(kind="observation", text=f"Nummer {number}"),
                notes.NewSegment(kind="agreement", text="Vi ringer", who="Mette", due_on=TODAY),
            ],
        )

    write(0)
    browser.page(url)
    before = count_queries(lambda: browser.page(url))
    for number in range(5):
        write(number)
    assert count_queries(lambda: browser.page(url)) == before
    assert before <= 45
