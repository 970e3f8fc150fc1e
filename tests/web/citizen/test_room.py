import datetime as dt
import re

import pytest
from django.urls import reverse

from samspil.contexts.access import api as access
from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.api import Meeting
from samspil.contexts.notes import api as notes
from samspil.kernel.ids import new_id
from samspil.web.citizen.words import SEEN
from tests.boards import call_meeting, open_board
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db

PAGES = ["home", "meeting", "plan", "change", "agreements", "helpers", "looks", "access"]


@pytest.fixture
def planned(cast):
    mette = cast.actor("mette")
    words = {"citizen_words": "Jeg vil gerne kunne tage bussen til koret selv.", "wording": ""}
    goals.set_purpose(actor=mette, at=NOW, case_id=cast.case_id, **words)
    return goals.add_goal(
        actor=mette,
        at=NOW,
        case_id=cast.case_id,
        title="Tage bussen alene",
        citizen_words="Jeg vil tage bussen selv",
        if_reached="Vi aftaler sammen, om du vil have en anden slags hjælp.",
        if_not_reached="Vi prøver en anden vej.",
        pictogram="bus",
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_a_citizen_with_an_empty_case(client_for, cast, name) -> None:
    assert client_for("karla").get(reverse(f"citizen:{name}")).status_code == 200
    assert AccessLogEntry.objects.get().what in SEEN


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["mette", "jonas", "otto"])
def test_the_room_is_the_citizens(client_for, cast, name, who) -> None:
    assert client_for(who).get(reverse(f"citizen:{name}")).status_code == 404


def test_home_says_what_comes_next_and_who_helps(client_for, cast, planned, call) -> None:
    call()
    page = client_for("karla").get(reverse("citizen:home")).content.decode()
    for words in ("Hej Karla", "fredag den 27. november", "Gør dig klar", "Jeg vil gerne kunne tage bussen", "Mette"):
        assert words in page


def test_the_picture_of_a_meeting_is_two_taps_from_home_also_when_a_new_one_is_coming(client_for, cast) -> None:
    held = open_board(cast)
    meetings.close_meeting(actor=cast.actor("mette"), at=NOW, meeting_id=held)
    picture = reverse("board:picture", args=[held])
    client = client_for("karla")
    home = client.get(reverse("citizen:home")).content.decode()
    assert picture in home
    coming = call_meeting(cast)
    home = client.get(reverse("citizen:home")).content.decode()
    assert picture not in home
    assert f'href="{reverse("citizen:meeting")}"' in home
    mine = client.get(reverse("citizen:meeting")).content.decode()
    assert picture in mine
    assert reverse("meetings:meeting", args=[coming]) in mine
    assert client.get(picture).status_code == 200


def test_the_citizens_own_number_stands_beside_the_others(client_for, cast, planned) -> None:
    goals.rate_goal(actor=cast.actor("jonas"), at=NOW, goal_id=planned, value=6)
    client = client_for("karla")
    client.post(reverse("citizen:rate", args=[planned]), {"value": "7"})
    page = client.get(reverse("citizen:plan")).content.decode()
    assert "Jonas Lykke siger 6 af 10." in page
    assert "Du siger 7." in page


def test_the_plan_says_what_happens_to_the_help_both_ways(client_for, cast, planned) -> None:
    page = client_for("karla").get(reverse("citizen:plan")).content.decode()
    assert "Vi aftaler sammen, om du vil have en anden slags hjælp." in page
    assert "Vi prøver en anden vej." in page


@pytest.mark.parametrize("value", ["11", "-1", "syv", ""])
def test_a_number_off_the_scale_is_told(client_for, planned, value) -> None:
    client = client_for("karla")
    answer = client.post(reverse("citizen:rate", args=[planned]), {"value": value}, follow=True)
    assert "Vælg et tal fra 0 til 10." in answer.content.decode()


def test_a_wish_for_change_reaches_the_caseworker_in_own_words(client_for, cast) -> None:
    client = client_for("karla")
    assert "Skriv det, du gerne vil ændre" in client.post(reverse("citizen:change"), {"words": " "}).content.decode()
    client.post(reverse("citizen:change"), {"words": "Jonas må gerne komme senere."})
    (task,) = cases.my_tasks(cast.actor("mette"))
    assert "»Jonas må gerne komme senere.«" in task.text


def test_the_citizen_ticks_an_own_agreement(client_for, cast) -> None:
    task_id = cases.add_task(
        actor=cast.actor("mette"),
        at=NOW,
        case_id=cast.case_id,
        text="Ring til koret",
        owner_name="Karla Holm",
        owner_id=cast.karla.id,
        owner_side="citizen",
        due_on=TODAY + dt.timedelta(days=2),
        source="board",
    )
    client = client_for("karla")
    assert "Ring til koret" in client.get(reverse("citizen:agreements")).content.decode()
    client.post(reverse("citizen:tick", args=[task_id]))
    assert "Du skal ikke gøre noget lige nu." in client.get(reverse("citizen:agreements")).content.decode()


def test_looks_name_the_person_and_what_was_seen_but_not_the_citizen(client_for, cast) -> None:
    for name in ("mette", "karla"):
        access.log_looks(actor=cast.actor(name), at=NOW, looks=[(cast.citizen_id, cast.case_id, "case", "")] * 2)
    page = client_for("karla").get(reverse("citizen:looks")).content.decode()
    assert "<strong>Mette Bjerre</strong>, Rådgiver, Fjordby Kommune" in page
    assert "<strong>Karla Holm</strong>" not in page


def test_looks_say_what_they_were_for_unless_they_are_from_before_that(client_for, cast) -> None:
    for name in ("mette", "jonas", "ida"):
        access.log_looks(actor=cast.actor(name), at=NOW, looks=[(cast.citizen_id, cast.case_id, "plan", "")])
    AccessLogEntry.objects.create(at=NOW, municipality=991, user_name="Før", citizen_id=cast.citizen_id, what="plan")
    page = " ".join(client_for("karla").get(reverse("citizen:looks")).content.decode().split())
    for words in ("for at arbejde med sagen", "for at give hjælpen", "for at hjælpe med sagen"):
        assert f"Så planen. Sidst kl. {NOW:%H.%M}. Det var {words}." in page
    assert page.count("Det var") == 3
    assert "<strong>Før</strong>" in page


def test_looks_say_why_and_can_be_asked_about(client_for, cast) -> None:
    looks = [(cast.citizen_id, cast.case_id, "case", "Vikar for Mette"), (cast.citizen_id, cast.case_id, "notes", "")]
    access.log_looks(actor=cast.actor("vita"), at=NOW, looks=looks)
    karla = client_for("karla")
    page = karla.get(reverse("citizen:looks")).content.decode()
    assert "Derfor: “Vikar for Mette”" in page
    url = reverse("citizen:ask_about_look", args=[TODAY, cast.vita.id])
    assert url in page
    assert "Mette Bjerre får dit spørgsmål." in karla.get(url).content.decode()
    karla.post(url, {"form_key": str(new_id()), "words": "Hende kender jeg ikke."})
    task = cases.Task.objects.get()
    assert (task.owner_id, task.status) == (cast.mette.id, "open")
    assert task.text == (
        "Karla spørger: Hvorfor åbnede Vita Lund min sag tirsdag den 24. november? »Hende kender jeg ikke.«"
    )


def test_a_question_about_the_caseworker_goes_to_the_leader(client_for, cast) -> None:
    access.log_looks(actor=cast.actor("mette"), at=NOW, looks=[(cast.citizen_id, cast.case_id, "case", "")])
    url = reverse("citizen:ask_about_look", args=[TODAY, cast.mette.id])
    client_for("karla").post(url, {"form_key": str(new_id())})
    assert cases.Task.objects.get().owner_id == cast.lene.id


def test_only_the_citizen_asks_and_only_about_what_happened(client_for, cast) -> None:
    access.log_looks(actor=cast.actor("mette"), at=NOW, looks=[(cast.citizen_id, cast.case_id, "case", "")])
    karla = client_for("karla")
    for day, user in ((TODAY, cast.jonas.id), (TODAY - dt.timedelta(days=1), cast.mette.id), ("i-gaar", cast.mette.id)):
        assert karla.get(reverse("citizen:ask_about_look", args=[day, user])).status_code == 404
    asked = reverse("citizen:ask_about_look", args=[TODAY, cast.mette.id])
    assert karla.get(asked).status_code == 200
    assert client_for("ida").get(asked).status_code == 404


def test_older_days_of_looks_are_behind_a_link_and_no_day_is_cut(client_for, cast) -> None:
    for ago in range(40):
        looks = [(cast.citizen_id, cast.case_id, "case", "")] * 9
        access.log_looks(actor=cast.actor("mette"), at=NOW - dt.timedelta(days=ago), looks=looks)
    karla = client_for("karla")
    first = karla.get(reverse("citizen:looks")).content.decode()
    older = re.search(r'href="(\?foer=[^"]+)"', first).group(1)
    second = karla.get(reverse("citizen:looks") + older).content.decode()
    assert first.count("<strong>Mette Bjerre</strong>") + second.count("<strong>Mette Bjerre</strong>") == 40


def test_a_relative_sees_what_the_citizen_allows_until_it_is_taken_back(client_for, cast) -> None:
    from samspil.contexts.citizens.api import AccessGrant

    client = client_for("ida")
    assert client.get(reverse("citizen:home")).status_code == 200
    AccessGrant.objects.update(taken_back_at=NOW, taken_back_by_name="Karla Holm")
    assert client.get(reverse("citizen:home")).status_code == 404


def test_agreements_are_those_of_meetings_and_of_notes_and_the_kept_ones_stay_a_while(client_for, cast) -> None:
    jonas = cast.actor("jonas")
    hidden = "Vi taler om det på mødet først."
    notes.write_note(
        actor=jonas,
        at=NOW,
        case_id=cast.case_id,
        kind="visit",
        happened_at=NOW,
        pieces=[
            notes.NewSegment(kind="agreement", text=text, who="Jonas Lykke", due_on=TODAY, hidden_reason=reason)
            for text, reason in (("Jonas ringer til koret", ""), ("Jonas tjekker lampen", ""), ("Skjult", hidden))
        ],
    )
    cases.add_task(
        actor=cast.actor("mette"),
        at=NOW,
        case_id=cast.case_id,
        text="Læs statusnotatet",
        owner_name="Mette Bjerre",
        owner_id=cast.mette.id,
        owner_side="authority",
        due_on=TODAY,
        source="note",
    )
    (lamp,) = (task for task in cases.tasks_of(jonas, cast.case_id) if "lampen" in task.text)
    cases.finish_task(actor=jonas, at=NOW, task_id=lamp.id)
    client = client_for("karla")
    page = client.get(reverse("citizen:agreements")).content.decode()
    theirs, done = page[page.index("Det gør de andre") :].split("Gjort</h2>")
    assert "Jonas ringer til koret" in theirs
    assert "lampen" not in theirs
    assert "Jonas tjekker lampen" in done
    for text in ("Skjult", "Læs statusnotatet"):
        assert text not in page
    cases.Task.objects.filter(id=lamp.id).update(done_at=NOW - dt.timedelta(days=31))
    assert "lampen" not in client.get(reverse("citizen:agreements")).content.decode()


def test_the_menu_leads_to_the_meeting_that_comes_or_those_that_were_held(client_for, cast, call) -> None:
    client = client_for("karla")
    to_meeting = reverse("citizen:meeting")
    assert f'href="{to_meeting}"' in client.get(reverse("citizen:home")).content.decode()
    meeting_id = call()
    assert reverse("meetings:meeting", args=[meeting_id]) in client.get(to_meeting).content.decode()
    Meeting.objects.update(status="cancelled")
    page = client.get(to_meeting).content.decode()
    assert "Der er ikke aftalt et nyt møde endnu." in page
    assert str(meeting_id) not in page
    Meeting.objects.update(status="closed")
    assert str(meeting_id) in client.get(to_meeting).content.decode()
