"""Whoever acts for the citizen reads the no on a phone, answers what others have said, and complains, when let."""

import pytest
from django.urls import reverse

from samspil.contexts.citizens.api import Relation
from samspil.contexts.decisions.models import Complaint, Hearing
from tests.browser.person import PHONE, People
from tests.browser.test_need_to_decision import looked_at
from tests.cast import NOW, Cast
from tests.decisions_world import ESCORT, World, build_world
from tests.web.citizen.test_acting_for import SPEAKS, let

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(db: None, cast: Cast) -> World:
    return build_world(cast)


def test_what_is_let_is_read_answered_and_complained_about(somebody: People, world: World) -> None:
    refused = world.refused()
    world.asked_about(world.draft(world.examined(ESCORT, title="At gå en tur")))
    karla = somebody("Karla Holm", PHONE)
    karla.go(reverse("citizen:access_choose", args=[Relation.objects.get().id]))
    karla.sees("se afgørelserne", "svare kommunen og klage")
    looked_at(karla, "10-borger-vaelger")
    let(world.cast, SPEAKS)
    ida = somebody("Ida Holm", PHONE)
    ida.follow("Afgørelserne")
    ida.sees("Det får Karla", "Andre har sagt noget")
    looked_at(ida, "11-handler-afgoerelser")
    ida.follow("Læs det, og svar")
    looked_at(ida, "12-handler-hoering")
    ida.write("Hvad siger du til det?", "Hun kan kun gå om sommeren.")
    ida.press("Send svaret")
    ida.sees("Ida Holm for Karla Holm: Hun kan kun gå om sommeren.")
    assert Hearing.objects.get().answered_on is not None
    ida.go(reverse("citizen:decision", args=[refused]))
    looked_at(ida, "13-handler-svar")
    ida.write("Hvad er du uenig i?", "Karla tør ikke køre alene.")
    ida.press("Send klagen")
    ida.sees("Kommunen ser på sagen igen.", "Skrevet ned af Ida Holm")
    looked_at(ida, "14-handler-klagen")
    assert Complaint.objects.get().from_name == "Ida Holm for Karla Holm"


def test_a_power_that_ended_while_somebody_wrote(somebody: People, world: World) -> None:
    refused = world.refused()
    let(world.cast, SPEAKS)
    ida = somebody("Ida Holm", PHONE)
    ida.go(reverse("citizen:decision", args=[refused]))
    ida.write("Hvad er du uenig i?", "Karla tør ikke køre alene.")
    let(world.cast, SPEAKS, taken_back_at=NOW, taken_back_by_name="Karla Holm")
    ida.press("Send klagen")
    ida.sees("Det kan du ikke sende mere", "Karla tør ikke køre alene.", "Det er ikke gemt.")
    looked_at(ida, "15-handler-adgang-slut")
    assert not Complaint.objects.exists()
