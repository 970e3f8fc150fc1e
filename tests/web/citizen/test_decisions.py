"""The citizen reads what was decided, and disagrees in his or her own words."""

import datetime as dt

import pytest
from django.urls import reverse

from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import ComplaintStatus
from samspil.contexts.decisions.models import Complaint
from samspil.kernel.ids import new_id
from samspil.web.citizen.views_decisions import STANDS
from tests.cast import NOW, TODAY
from tests.decisions_world import WORDS, build_world
from tests.web.authority.conftest import words


@pytest.fixture
def world(cast):
    return build_world(cast)


def test_what_i_get_and_why(world, client_for):
    karla = client_for("karla")
    mine = reverse("citizen:decisions")
    assert "Der er ikke noget her endnu" in words(karla.get(mine).content.decode())
    decision = world.granted()
    assert "Bostøtte" not in words(karla.get(mine).content.decode())
    assert karla.get(reverse("citizen:decision", args=[decision])).status_code == 404
    world.tell(decision)
    assert "Bostøtte 2 timer om ugen" in words(karla.get(mine).content.decode())
    page = words(karla.get(reverse("citizen:decision", args=[decision])).content.decode())
    assert "Dit svar: Ja" in page
    assert WORDS in page


def test_disagreeing_takes_one_field_and_one_press(world, client_for):
    karla = client_for("karla")
    decision = world.refused()
    address = reverse("citizen:decision", args=[decision])
    complain = reverse("citizen:complain", args=[decision])
    assert "Du kan klage til og med tirsdag den 22. december" in words(karla.get(address).content.decode())
    empty = karla.post(complain, {"words": " ", "form_key": str(new_id())})
    assert empty.status_code == 422
    assert "Skriv, hvad du er uenig i" in empty.content.decode()
    assert karla.post(complain, {"words": "Jeg tør ikke alene.", "form_key": str(new_id())}).status_code == 302
    row = Complaint.objects.get()
    assert (row.words, row.channel, row.due_on) == ("Jeg tør ikke alene.", "online", TODAY + dt.timedelta(weeks=4))
    page = words(karla.get(address).content.decode())
    assert "Du hører fra os senest tirsdag den 22. december" in page
    withdraw = reverse("citizen:withdraw_complaint", args=[row.id])
    assert karla.post(withdraw, {"form_key": str(new_id())}).status_code == 302
    assert Complaint.objects.get().status == "withdrawn"


def partly_right(world):
    """Karla was right about a part of it, and has the letter about that part."""
    refused = world.refused()
    complaint = world.complain(refused)
    new = decisions.draft_again(actor=world.actor(), at=NOW, decision_id=refused)
    (answer,) = decisions.decision(world.actor(), new, at=NOW).answers
    world.describe(new)
    world.answer(new, answer.need_id, "partly")
    world.plan(new, answer.need_id)
    decisions.decide(actor=world.actor(), at=NOW, decision_id=new)
    decisions.reassess_complaint(
        actor=world.actor(),
        at=NOW,
        complaint_id=complaint,
        answer="partial",
        words="Du får støtte i starten.",
        new_decision_id=new,
    )
    return refused, complaint, new


@pytest.mark.parametrize(
    ("keeps", "status", "said"),
    [("yes", "kept", "Nu sender vi klagen til Ankestyrelsen"), ("no", "settled", "Der er svaret på klagen.")],
)
def test_after_a_part_of_a_win_i_say_whether_the_rest_goes_on(world, client_for, keeps, status, said):
    karla = client_for("karla")
    refused, complaint, new = partly_right(world)
    address, answer = reverse("citizen:decision", args=[refused]), reverse("citizen:answer_partial", args=[complaint])
    page = karla.get(address).content.decode()
    assert "Du har fået ret i noget af det." in words(page)
    assert "Du får støtte i starten." in words(page)
    assert "Sig til senest tirsdag den 22. december" in words(page)
    assert reverse("citizen:decision", args=[new]) not in page, "not before she has been told of it"
    world.tell(new)
    assert reverse("citizen:decision", args=[new]) in karla.get(address).content.decode()
    nothing = karla.post(answer, {"keeps": "maybe", "form_key": str(new_id())}, follow=True)
    assert "Vælg, om klagen skal videre." in nothing.content.decode()
    assert Complaint.objects.get().status == "answered"
    assert karla.post(answer, {"keeps": keeps, "form_key": str(new_id())}).status_code == 302
    assert Complaint.objects.get().status == status
    page = karla.get(address).content.decode()
    assert said in words(page)
    assert answer not in page, "said once"


@pytest.mark.parametrize("name", ["otto", "jonas", "mette"])
def test_nobody_else_says_it_for_me(world, client_for, name):
    _, complaint, _ = partly_right(world)
    answer = reverse("citizen:answer_partial", args=[complaint])
    assert client_for(name).post(answer, {"keeps": "no", "form_key": str(new_id())}).status_code == 404
    assert Complaint.objects.get().status == "answered"


def test_what_i_said_in_the_telephone_is_there_with_who_wrote_it_down(world, client_for):
    refused = world.refused()
    world.complain(refused)
    page = words(client_for("karla").get(reverse("citizen:decision", args=[refused])).content.decode())
    assert "“Jeg tør ikke køre alene, og min søster flytter.”" in page
    assert "Skrevet ned af Mette Bjerre" in page
    assert "Vi ser på din sag igen." in page


def test_every_status_has_words_for_the_citizen():
    assert set(STANDS) == set(ComplaintStatus)


@pytest.mark.parametrize("name", ["otto", "jonas", "mette"])
def test_it_is_for_nobody_else(world, client_for, name):
    decision = world.refused()
    client = client_for(name)
    for address in (reverse("citizen:decisions"), reverse("citizen:decision", args=[decision])):
        assert client.get(address).status_code == 404
