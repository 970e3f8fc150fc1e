"""The citizen reads what was decided, and disagrees in his or her own words."""

import datetime as dt

import pytest
from django.urls import reverse

from samspil.contexts.decisions.models import Complaint
from samspil.kernel.ids import new_id
from tests.cast import TODAY
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


@pytest.mark.parametrize("name", ["ida", "otto", "jonas", "mette"])
def test_it_is_for_nobody_else(world, client_for, name):
    decision = world.refused()
    client = client_for(name)
    for address in (reverse("citizen:decisions"), reverse("citizen:decision", args=[decision])):
        assert client.get(address).status_code == 404
