"""Whoever acts for the citizen reads what was decided, and disagrees in the citizen's place, as far as that was let."""

import datetime as dt

import pytest
from django.urls import reverse

from samspil.contexts.access.api import Event, looks_at
from samspil.contexts.cases.models import Case
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import AccessGrant, Citizen, Relation, Scope
from samspil.contexts.decisions.models import Complaint, Decision
from samspil.kernel.ids import new_id
from tests.cast import FJORDBY, LONG, NOW
from tests.decisions_world import WORDS, build_world
from tests.web.authority.conftest import words
from tests.web.citizen.test_decisions import partly_right

READS, SPEAKS = {Scope.DECISIONS}, {Scope.DECISIONS, Scope.COMPLAIN}
ADDRESS = "Skovvej 14"


@pytest.fixture
def world(cast):
    return build_world(cast)


@pytest.fixture
def bent(cast):
    """Another citizen of Mette's, whom Ida may write for as well."""
    own = {"municipality": FJORDBY, "district": cast.north, "cpr_sealed": b"sealed", "cpr_index": b"index-of-bent"}
    bent = Citizen.objects.create(**own, first_name="Bent", last_name="Aaby", born_on=dt.date(1950, 1, 1))
    stands = {"status": "running", "status_since": NOW, "opened_on": NOW.date(), "area": "elder_care"}
    Case.objects.create(
        municipality=FJORDBY, number="26-0002", citizen=bent, district=cast.north, coordinator=cast.mette, **stands
    )
    near = {"municipality": FJORDBY, "citizen": bent, "runs": LONG}
    relation = Relation.objects.create(**near, name="Ida Holm", kind="friend", user_id=cast.ida.id)
    chosen = {"source": "self", "chosen_by_name": "Bent Aaby", "chosen_at": NOW}
    AccessGrant.objects.create(**near, **chosen, relation=relation, kind="relative", scopes=["write"])
    return bent


def let(cast, scopes, **changes):
    AccessGrant.objects.filter(citizen_id=cast.citizen_id).update(**{"scopes": sorted(scopes)} | changes)


def sent(client, address, **fields):
    return client.post(address, {"form_key": str(new_id())} | fields)


def test_who_may_read_the_decisions_reads_them_and_no_more(world, client_for):
    let(world.cast, READS)
    refused = world.refused()
    ida = client_for("ida")
    page = words(ida.get(reverse("citizen:decisions")).content.decode())
    assert "Det får Karla" in page
    assert "At komme til kor" in page
    page = ida.get(reverse("citizen:decision", args=[refused])).content.decode()
    assert "Du kan køre tre stop selv og har din søster." in page
    assert WORDS in page
    assert "Du må se svaret, men ikke klage for Karla." in words(page)
    assert "Set på besøget" not in page, "how the need was examined is the authority's own"
    complain = reverse("citizen:complain", args=[refused])
    assert complain not in page
    assert sent(ida, complain, words="Vi er uenige.").status_code == 404
    assert not Complaint.objects.exists()


def test_nothing_before_the_citizen_was_told(world, client_for):
    granted = world.granted()
    ida = client_for("ida")
    assert "Bostøtte" not in ida.get(reverse("citizen:decisions")).content.decode()
    assert ida.get(reverse("citizen:decision", args=[granted])).status_code == 404
    world.tell(granted)
    assert "Bostøtte 2 timer om ugen" in words(ida.get(reverse("citizen:decisions")).content.decode())


def test_other_scopes_open_no_decision(world, client_for):
    """Those who were let read the letters, or anything else, are not let read this by it."""
    refused = world.refused()
    let(world.cast, set(Scope) - SPEAKS)
    ida = client_for("ida")
    assert reverse("citizen:decisions") not in ida.get(reverse("citizen:home")).content.decode()
    for address in (reverse("citizen:decisions"), reverse("citizen:decision", args=[refused])):
        assert ida.get(address).status_code == 404
    let(world.cast, READS)
    assert reverse("citizen:decisions") in ida.get(reverse("citizen:home")).content.decode()


def test_a_complaint_says_who_made_it_and_for_whom(world, client_for):
    let(world.cast, SPEAKS)
    refused = world.refused()
    ida = client_for("ida")
    address, complain = reverse("citizen:decision", args=[refused]), reverse("citizen:complain", args=[refused])
    assert "Send klagen" in ida.get(address).content.decode()
    empty = sent(ida, complain, words=" ")
    assert (empty.status_code, "Skriv, hvad du er uenig i" in empty.content.decode()) == (422, True)
    assert sent(ida, complain, words="Karla tør ikke.").status_code == 302
    row = Complaint.objects.get()
    assert (row.words, row.from_name, row.written_by_name) == ("Karla tør ikke.", "Ida Holm for Karla Holm", "Ida Holm")
    event = Event.objects.get(kind="complaint.received")
    whom = str(world.cast.citizen_id)
    assert (event.user_name, event.side, event.data["acting_for"]) == ("Ida Holm", "relative", whom)
    page = words(client_for("karla").get(address).content.decode())
    assert "“Karla tør ikke.”" in page
    assert "Skrevet ned af Ida Holm" in page
    page = words(client_for("mette").get(reverse("decisions:complaint", args=[row.id])).content.decode())
    assert "Det siger Ida Holm for Karla Holm" in page
    assert "Kommunen ser på sagen igen." in words(ida.get(address).content.decode())
    assert sent(ida, reverse("citizen:withdraw_complaint", args=[row.id])).status_code == 302
    assert Complaint.objects.get().status == "withdrawn"
    assert Event.objects.get(kind="complaint.withdrawn").data["acting_for"] == whom


def test_the_citizens_own_complaint_is_made_for_nobody(world, client_for):
    refused = world.refused()
    sent(client_for("karla"), reverse("citizen:complain", args=[refused]), words="Jeg tør ikke.")
    row = Complaint.objects.get()
    assert (row.from_name, row.written_by_name) == ("Karla Holm", "")
    assert "acting_for" not in Event.objects.get(kind="complaint.received").data


def test_after_a_part_of_a_win_only_who_may_answer_answers(world, client_for):
    refused, complaint, _ = partly_right(world)
    address, answer = reverse("citizen:decision", args=[refused]), reverse("citizen:answer_partial", args=[complaint])
    ida = client_for("ida")
    let(world.cast, READS)
    page = ida.get(address).content.decode()
    assert "Klagen gav ret i noget af det." in words(page)
    assert answer not in page
    assert sent(ida, answer, keeps="yes").status_code == 404
    assert Complaint.objects.get().status == "answered"
    let(world.cast, SPEAKS)
    assert answer in ida.get(address).content.decode()
    assert sent(ida, answer, keeps="yes").status_code == 302
    assert Complaint.objects.get().status == "kept"


def test_when_the_power_has_ended_the_words_are_neither_lost_nor_sent(world, client_for):
    let(world.cast, SPEAKS)
    refused = world.refused()
    ida = client_for("ida")
    address, complain = reverse("citizen:decision", args=[refused]), reverse("citizen:complain", args=[refused])
    assert ida.get(address).status_code == 200
    let(world.cast, SPEAKS, taken_back_at=NOW, taken_back_by_name="Karla Holm")
    assert ida.get(address).status_code == 404
    answer = sent(ida, complain, words="Karla kan ikke tage bussen alene.")
    assert answer.status_code == 404
    said = words(answer.content.decode())
    assert "Det kan du ikke sende mere" in said
    assert "Karla kan ikke tage bussen alene." in said
    assert not Complaint.objects.exists()
    let(world.cast, SPEAKS, taken_back_at=None, taken_back_by_name="")
    assert sent(ida, complain, words="Karla kan ikke tage bussen alene.").status_code == 302, "it was the power alone"


def test_a_form_for_one_does_not_land_in_the_case_of_another(world, client_for, bent):
    """Ida acts for two. Karla takes her yes back while Ida is writing: Bent's caseworker must not get the words."""
    ida = client_for("ida")
    change, karla = reverse("citizen:change"), str(world.cast.citizen_id)
    assert f'name="acting_for" value="{karla}"' in ida.get(change).content.decode()
    let(world.cast, SPEAKS, taken_back_at=NOW, taken_back_by_name="Karla Holm")
    assert "Du handler for Bent" in words(ida.get(change).content.decode())
    before = Event.objects.count()
    answer = sent(ida, change, words="Karla er ked af det.", acting_for=karla)
    assert (answer.status_code, "Karla er ked af det." in answer.content.decode()) == (404, True)
    assert Event.objects.count() == before
    assert sent(ida, change, words="Bent har det godt.", acting_for=str(bent.id)).status_code == 302


def test_a_protected_address_is_shown_to_the_citizen_alone(world, client_for):
    Citizen.objects.update(address=ADDRESS, is_address_protected=True)
    let(world.cast, SPEAKS)
    refused = world.refused()
    Decision.objects.update(to_do=f"Vi kommer til {ADDRESS} på mandag.")
    sent(client_for("karla"), reverse("citizen:complain", args=[refused]), words=f"Kom til {ADDRESS} i stedet.")
    address = reverse("citizen:decision", args=[refused])
    assert client_for("karla").get(address).content.decode().count(ADDRESS) == 2
    page = client_for("ida").get(address).content.decode()
    assert ADDRESS not in page
    assert page.count("(adressen er beskyttet)") == 2
    Citizen.objects.update(is_address_protected=False)
    assert client_for("ida").get(address).content.decode().count(ADDRESS) == 2, "there is something to hide"


def test_the_citizen_sees_that_a_relative_has_looked(world, client_for):
    refused = world.refused()
    let(world.cast, READS)
    client_for("ida").get(reverse("citizen:decision", args=[refused]))
    (look,) = looks_at(world.cast.citizen_id, limit=5)
    assert (look.user_name, look.what, look.role) == ("Ida Holm", "decisions", "relative")
    page = words(client_for("karla").get(reverse("citizen:looks")).content.decode())
    for said in ("Ida Holm", "Pårørende", "afgørelserne"):
        assert said in page


def test_the_law_gives_it_in_personal_matters_and_elsewhere_it_is_chosen(cast):
    opened = {
        (kind, matter): citizens.for_a_start(kind, [matter], on=NOW.date())
        for kind in ("guardian", "future_power")
        for matter in ("personal", "financial")
    }
    whole = {key for key, scopes in opened.items() if scopes >= SPEAKS}
    assert whole == {("guardian", "personal"), ("future_power", "personal")}
    for kind in ("relative", "paper_power", "digital_power"):
        assert not citizens.for_a_start(kind, (), on=NOW.date()) & SPEAKS


def test_the_citizen_ticks_it_in_plain_words(world, client_for):
    karla = client_for("karla")
    address = reverse("citizen:access_choose", args=[Relation.objects.get().id])
    page = karla.get(address).content.decode()
    assert "se afgørelserne" in page
    assert "svare kommunen og klage" in page
    answer = sent(karla, address, scopes=["plan", "complain"])
    assert answer.status_code == 422
    assert "Den, der klager, skal også se afgørelserne. Sæt hak ved begge." in answer.content.decode()
    assert sent(karla, address, scopes=["decisions", "complain"]).status_code == 302
    assert set(AccessGrant.objects.get().scopes) == SPEAKS
