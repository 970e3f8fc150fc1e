"""First contact, written once."""

import datetime as dt
from uuid import UUID

import pytest

from samspil.contexts.access.api import Event
from samspil.contexts.cases import api as cases
from samspil.contexts.cases.api import CaseRefusal
from samspil.contexts.citizens import api as citizens
from samspil.kernel import cpr as cprs
from samspil.kernel.verdict import Refused
from tests.cast import NOW, TODAY, Cast

CPR = cprs.fictitious(dt.date(1951, 2, 3), 40)


def receive(cast: Cast, who: str = "mette", **changes: object) -> UUID:
    given = {
        "actor": cast.actor(who),
        "at": NOW,
        "source": "hospital",
        "area": "elder_care",
        "first_name": "Bodil",
        "last_name": "Krogh",
        "about": "Faldt på trappen",
        "citizen_words": "Jeg vil bare hjem til min kat",
        "tried": "Hjemmepleje",
        "worked": "Morgenbesøg",
        "did_not_work": "Nødkald",
        "citizen_agrees": True,
        "phone": "20 30 40 50",
        "district_id": cast.north.id,
    }
    return cases.receive_referral(**(given | changes))


def open_(cast: Cast, referral_id: UUID, who: str = "mette", **changes: object) -> UUID:
    given = {
        "actor": cast.actor(who),
        "at": NOW,
        "referral_id": referral_id,
        "cpr": CPR,
        "coordinator_id": cast.mette.id,
        "area": "elder_care",
        "district_id": cast.north.id,
    }
    return cases.open_case(**(given | changes))


def test_a_referral_waits_in_the_inbox_with_all_that_was_said(cast: Cast) -> None:
    referral_id = receive(cast, cpr=CPR)
    (shown,) = cases.referrals(cast.actor("mette"))
    assert shown == cases.referral(cast.actor("mette"), referral_id)
    assert (shown.name, shown.source_words, shown.tried, shown.worked) == (
        "Bodil Krogh",
        "Sygehus",
        "Hjemmepleje",
        "Morgenbesøg",
    )
    assert shown.masked_cpr == f"{CPR[:6]}-••••"
    assert cases.waiting_referrals(cast.actor("mette")) == 1
    assert CPR not in str(Event.objects.get(kind="referral.received").data)


@pytest.mark.parametrize("who", ["otto", "vita", "jonas", "karla", "ida", "otto_provider"])
def test_strangers_and_other_districts_see_none(cast: Cast, who: str) -> None:
    referral_id = receive(cast)
    assert cases.referrals(cast.actor(who)) == ()
    with pytest.raises(cases.Referral.DoesNotExist):
        cases.referral(cast.actor(who), referral_id)


def test_a_referral_without_a_district_is_everybodys_in_the_municipality(cast: Cast) -> None:
    receive(cast, district_id=None)
    assert len(cases.referrals(cast.actor("vita"))) == 1
    assert cases.referrals(cast.actor("otto")) == ()


@pytest.mark.parametrize("who", ["jonas", "karla"])
def test_only_the_authority_receives(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        receive(cast, who)


def test_it_becomes_a_case_and_its_words_follow(cast: Cast) -> None:
    mette = cast.actor("mette")
    wish = citizens.NewContact(form="home", time_of_day="any", medium="call", every_days=7)
    case_id = open_(cast, receive(cast), contact=wish)
    facts = cases.case_facts(mette, case_id)
    assert (facts.name, facts.status, facts.opened_on, facts.number) == (
        "Bodil Krogh",
        "clarification",
        TODAY,
        "26-0002",
    )
    assert [one.citizen_words for one in cases.referrals_of(mette, case_id)] == ["Jeg vil bare hjem til min kat"]
    assert citizens.reach_of(facts.citizen_id).phone == "20 30 40 50"
    found = citizens.contact_wish(facts.citizen_id)
    assert found is not None
    assert found.every_days == 7
    assert cases.referrals(mette) == ()


def test_the_number_given_at_first_contact_is_not_asked_for_again(cast: Cast) -> None:
    referral_id = receive(cast, cpr=CPR)
    case_id = open_(cast, referral_id, cpr="")
    assert citizens.cpr_of(cases.case_facts(cast.actor("mette"), case_id).citizen_id) == CPR
    with pytest.raises(cprs.InvalidCpr):
        open_(cast, receive(cast), cpr="")


def test_a_citizen_that_is_known_is_used_again(cast: Cast) -> None:
    mette = cast.actor("mette")
    first = open_(cast, receive(cast))
    cases.move_case(actor=mette, at=NOW, case_id=first, move="close")
    again = receive(cast, cpr=CPR)
    assert cases.known_citizen(mette, again) == cases.case_facts(mette, first).citizen_id
    second = open_(cast, again)
    assert second != first
    assert cases.case_facts(mette, second).citizen_id == cases.case_facts(mette, first).citizen_id
    assert citizens.Citizen.objects.filter(last_name="Krogh").count() == 1


def test_a_second_referral_joins_the_case_that_runs(cast: Cast) -> None:
    first = open_(cast, receive(cast))
    assert open_(cast, receive(cast, about="Ringer igen")) == first
    assert len(cases.referrals_of(cast.actor("mette"), first)) == 2
    assert open_(cast, receive(cast), area="adult_disability") != first


def test_a_case_in_another_district_is_not_shown_nor_doubled(cast: Cast) -> None:
    open_(cast, receive(cast))
    other = receive(cast, "vita", district_id=None)
    with pytest.raises(Refused) as refusal:
        open_(cast, other, "vita", district_id=cast.south.id, coordinator_id=cast.vita.id)
    assert refusal.value.reason is CaseRefusal.OPEN_ELSEWHERE
    assert cases.referral(cast.actor("vita"), other).status == "received"


def test_two_people_cannot_answer_the_same_referral(cast: Cast) -> None:
    referral_id = receive(cast)
    open_(cast, referral_id)
    with pytest.raises(Refused) as refusal:
        open_(cast, referral_id, "lene")
    assert refusal.value.reason is CaseRefusal.ALREADY_OPENED
    with pytest.raises(Refused):
        cases.advise_referral(actor=cast.actor("lene"), at=NOW, referral_id=referral_id, outcome="Råd")


def test_advice_ends_it_with_what_came_of_it(cast: Cast) -> None:
    mette, referral_id = cast.actor("mette"), receive(cast)
    with pytest.raises(Refused) as refusal:
        cases.advise_referral(actor=mette, at=NOW, referral_id=referral_id, outcome=" ")
    assert refusal.value.reason is CaseRefusal.NOTHING_WRITTEN
    cases.advise_referral(actor=mette, at=NOW, referral_id=referral_id, outcome="Madklubben på torsdag")
    (ended,) = cases.referrals(mette, status="advised")
    assert ended.outcome == "Madklubben på torsdag"
    with pytest.raises(Refused) as refusal:
        open_(cast, referral_id)
    assert refusal.value.reason is CaseRefusal.REFERRAL_ENDED


def test_a_failed_opening_leaves_nothing_behind(cast: Cast) -> None:
    referral_id = receive(cast)
    with pytest.raises(Refused):
        open_(cast, referral_id, coordinator_id=cast.otto.id)
    assert not citizens.Citizen.objects.filter(last_name="Krogh").exists()
    assert cases.referral(cast.actor("mette"), referral_id).status == "received"


def test_a_text_of_a_megabyte_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        receive(cast, about="x" * 1_000_000)
    assert refusal.value.reason is CaseRefusal.TOO_LONG
