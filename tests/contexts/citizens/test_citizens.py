"""Who the citizen is, who is around, and how the citizen wants contact."""

import datetime as dt
from collections.abc import Callable

import pytest

from samspil.contexts.access.api import District, Event, NotAllowed, system_actor
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import CitizenRefusal
from samspil.kernel import cpr as cprs
from samspil.kernel.verdict import ConcurrentChange, Refused
from tests.cast import FJORDBY, NOW, STRANDBY, TODAY, Cast

CPR = cprs.fictitious(dt.date(1951, 2, 3), 40)


def _add(cast: Cast, **changes: object) -> object:
    given = {
        "actor": cast.actor("mette"),
        "at": NOW,
        "first_name": "Bodil",
        "last_name": "Aagaard",
        "cpr": CPR,
        "district_id": cast.north.id,
    }
    return citizens.add_citizen(**(given | changes))


def test_a_citizen_is_written_down_with_birthday_and_sealed_number(cast: Cast) -> None:
    citizen_id = _add(cast, phone="20 30 40 50", address="Havnegade 1", postcode="9998", town="Fjordby")
    row = citizens.Citizen.objects.get(id=citizen_id)
    assert (row.born_on, row.municipality, str(row)) == (dt.date(1951, 2, 3), FJORDBY, "Bodil Aagaard")
    assert CPR.encode() not in bytes(row.cpr_sealed)
    assert citizens.cpr_of(citizen_id) == CPR
    assert citizens.reach_of(citizen_id).whole_address == "Havnegade 1, 9998 Fjordby"
    event = Event.objects.get(kind="citizen.added")
    assert CPR not in str(event.data)


def test_the_same_number_is_found_and_not_written_twice(cast: Cast) -> None:
    citizen_id = _add(cast)
    assert citizens.find_by_cpr(FJORDBY, f"{CPR[:6]}-{CPR[6:]}") == citizen_id
    assert citizens.find_by_cpr(STRANDBY, CPR) is None
    assert citizens.find_by_cpr(None, CPR) is None
    with pytest.raises(Refused) as refusal:
        _add(cast, first_name="En anden")
    assert refusal.value.reason is CitizenRefusal.CPR_TAKEN


def test_another_municipality_may_know_the_same_person(cast: Cast) -> None:
    _add(cast)
    assert _add(cast, actor=cast.actor("otto"), district_id=None)


@pytest.mark.parametrize("who", ["jonas", "karla", "ida"])
def test_only_the_authority_writes_citizens_down(cast: Cast, who: str) -> None:
    with pytest.raises(Refused) as refusal:
        _add(cast, actor=cast.actor(who))
    assert refusal.value.reason is NotAllowed.NOT_YOUR_ROLE


def test_nobody_writes_into_another_municipality(cast: Cast) -> None:
    with pytest.raises(Refused):
        _add(cast, municipality=STRANDBY)
    with pytest.raises(District.DoesNotExist):
        _add(cast, actor=cast.actor("otto"))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"first_name": "  \u200b "}, CitizenRefusal.NAME_MISSING),
        ({"last_name": "x" * 81}, CitizenRefusal.TOO_LONG),
        ({"address": "x" * 1_000_000}, CitizenRefusal.TOO_LONG),
    ],
)
def test_what_is_missing_or_too_long_is_refused(cast: Cast, changes: dict, reason: CitizenRefusal) -> None:
    with pytest.raises(Refused) as refusal:
        _add(cast, **changes)
    assert refusal.value.reason is reason


def test_names_are_kept_clean(cast: Cast) -> None:
    citizen_id = _add(cast, first_name=" Bo\x00dil \x07 ", last_name="Aa\u202egaard")
    assert str(citizens.Citizen.objects.get(id=citizen_id)) == "Bodil Aagaard"


def test_names_are_found_and_sorted_in_danish(cast: Cast) -> None:
    for serial, (first, last) in enumerate(
        [("Åse", "Lund"), ("Ærna", "Lund"), ("Øjvind", "Lund"), ("Aage", "Lund"), ("Zenia", "Lund"), ("Anna", "Lund")]
    ):
        _add(cast, first_name=first, last_name=last, cpr=cprs.fictitious(dt.date(1960, 1, 1), serial))
    found = citizens.named(["lund"]).order_by("name_key").values_list("first_name", flat=True)
    assert list(found) == ["Anna", "Zenia", "Ærna", "Øjvind", "Aage", "Åse"]
    assert list(citizens.named(["åge", "LUND"]).values_list("first_name", flat=True)) == ["Aage"]
    assert not citizens.named(["%"]).exists()


def _agree(cast: Cast, **changes: object) -> object:
    given = {
        "actor": cast.actor("mette"),
        "at": NOW,
        "citizen_id": cast.citizen_id,
        "form": "walk",
        "place": "ved havnen",
        "time_of_day": "morning",
        "medium": "text_message",
        "every_days": 14,
        "words": "Ring ikke",
    }
    return citizens.agree_contact(**(given | changes))


def test_the_newest_agreement_holds_and_the_old_ones_stay(cast: Cast) -> None:
    assert citizens.contact_wish(cast.citizen_id) is None
    _agree(cast)
    _agree(cast, form="phone", place="", medium="call")
    wish = citizens.contact_wish(cast.citizen_id)
    assert wish is not None
    assert str(wish) == "Helst: telefon, om formiddagen, opkald"
    assert (wish.agreed_on, wish.agreed_by_name) == (TODAY, "Mette Bjerre")
    assert [str(one) for one in citizens.contact_wishes(cast.citizen_id)][1] == (
        "Helst: gå en tur ved havnen, om formiddagen, sms"
    )
    _agree(cast, place="Rundt om havnen og hjem igen")
    assert str(citizens.contact_wish(cast.citizen_id)) == (
        "Helst: gå en tur (Rundt om havnen og hjem igen), om formiddagen, sms"
    )


def test_an_agreement_made_meanwhile_is_not_run_over(cast: Cast) -> None:
    _agree(cast)
    wish = citizens.contact_wish(cast.citizen_id)
    assert wish is not None
    _agree(cast, form="video", seen=wish.id)
    with pytest.raises(ConcurrentChange) as change:
        _agree(cast, form="home", words="Kom gerne", seen=wish.id)
    assert "video" in change.value.theirs
    assert change.value.yours.startswith("Helst: hjemme hos mig ved havnen")
    assert "Kom gerne" in change.value.yours
    assert len(citizens.contact_wishes(cast.citizen_id)) == 2


def test_the_citizen_may_say_it_alone(cast: Cast) -> None:
    _agree(cast, actor=cast.actor("karla"))
    wish = citizens.contact_wish(cast.citizen_id)
    assert wish is not None
    assert wish.agreed_by_name == "Karla Holm"


@pytest.mark.parametrize("who", ["jonas", "ida", "otto", "otto_provider"])
def test_others_agree_nothing_for_the_citizen(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        _agree(cast, actor=cast.actor(who))


@pytest.mark.parametrize("days", [0, 366, -1])
def test_the_days_between_contacts_make_sense(cast: Cast, days: int) -> None:
    with pytest.raises(Refused) as refusal:
        _agree(cast, every_days=days)
    assert refusal.value.reason is CitizenRefusal.NOT_EVERY_SO_MANY_DAYS


def test_relations_and_what_they_may_see(cast: Cast) -> None:
    mette = cast.actor("mette")
    relation_id = citizens.add_relation(
        actor=mette, at=NOW, citizen_id=cast.citizen_id, name="Bo Holm", kind="brother", phone="30 40 50 60"
    )
    shown = citizens.relations_of(cast.citizen_id)
    assert [(one.name, one.kind, one.may_see_case) for one in shown] == [
        ("Bo Holm", "Bror", False),
        ("Ida Holm", "Søster", True),
    ]
    grant = {"relation_id": relation_id, "scopes": ["plan"], "source": "self"}
    citizens.give_access(actor=cast.actor("karla"), at=NOW, **grant)
    assert all(one.may_see_case for one in citizens.relations_of(cast.citizen_id, on=TODAY))
    with pytest.raises(Refused):
        citizens.give_access(actor=cast.actor("otto"), at=NOW, **grant)


def test_phone_and_address_are_put_right(cast: Cast) -> None:
    mette = cast.actor("mette")
    citizens.change_reach(
        actor=mette, at=NOW, citizen_id=cast.citizen_id, phone="60 60 60 60", is_address_protected=True
    )
    reach = citizens.reach_of(cast.citizen_id, is_needed=True)
    assert (reach.phone, reach.is_address_protected, reach.town) == ("60 60 60 60", True, "Fjordby")
    with pytest.raises(TypeError):
        citizens.change_reach(actor=mette, at=NOW, citizen_id=cast.citizen_id, cpr="1")
    with pytest.raises(Refused):
        citizens.change_reach(actor=cast.actor("jonas"), at=NOW, citizen_id=cast.citizen_id, phone="1")


def test_samspil_itself_writes_down_what_came_in(cast: Cast) -> None:
    assert _add(cast, actor=system_actor(TODAY, municipality=FJORDBY))


def test_the_log_in_of_the_citizen(cast: Cast) -> None:
    assert citizens.user_of(cast.citizen_id, on=TODAY) == cast.karla.id
    assert citizens.user_of(cast.citizen_id, on=dt.date(2020, 1, 1)) is None


def test_one_query_for_relations(cast: Cast, count_queries: Callable[[Callable[[], object]], int]) -> None:
    assert count_queries(lambda: citizens.relations_of(cast.citizen_id)) == 1
