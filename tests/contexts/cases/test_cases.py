"""A case from first contact to its end, and who may do what on the way."""

import datetime as dt

import pytest

from samspil.contexts.access.api import Event, NotAllowed, system_actor
from samspil.contexts.cases import api as cases
from samspil.contexts.cases.api import CaseRefusal, CaseStatus
from samspil.contexts.citizens import api as citizens
from samspil.kernel import cpr as cprs
from samspil.kernel.verdict import ConcurrentChange, Refused
from tests.cast import FJORDBY, NOW, STRANDBY, TODAY, Cast

CPR = cprs.fictitious(dt.date(1990, 5, 14), 7)


def _start(cast: Cast, **changes: object) -> object:
    given = {
        "actor": cast.actor("mette"),
        "at": NOW,
        "citizen_id": cast.citizen_id,
        "area": "elder_care",
        "coordinator_id": cast.mette.id,
        "district_id": cast.north.id,
    }
    return cases.start_case(**(given | changes))


def test_facts_of_a_case(cast: Cast) -> None:
    facts = cases.case_facts(cast.actor("mette"), cast.case_id)
    assert (facts.name, facts.age, facts.district, facts.turn) == ("Karla Holm", 47, "Nord", "provider")
    assert facts.coordinator_name == "Mette Bjerre"
    assert facts.status_words == "Hjælpen er i gang"


@pytest.mark.parametrize("stranger", ["otto", "otto_provider", "vita", "uffe"])
def test_strangers_find_no_case(cast: Cast, stranger: str) -> None:
    actor = cast.actor(stranger)
    for read in (cases.case_facts, cases.people_of_case, cases.happenings):
        with pytest.raises(cases.Case.DoesNotExist):
            read(actor, cast.case_id)
    assert cases.tasks_of(actor, cast.case_id) == ()
    assert cases.providers_of(actor, cast.case_id) == ()
    assert cases.referrals_of(actor, cast.case_id) == ()


def test_people_stand_in_order_with_side_and_log_in(cast: Cast) -> None:
    people = cases.people_of_case(cast.actor("jonas"), cast.case_id)
    assert [(p.name, p.side, p.role_words) for p in people] == [
        ("Karla Holm", "citizen", "Borger"),
        ("Ida Holm", "relative", "Søster"),
        ("Mette Bjerre", "authority", "Rådgiver"),
        ("Jonas Lykke", "provider", "Bostøtte"),
    ]
    assert [p.user_id for p in people] == [cast.karla.id, cast.ida.id, cast.mette.id, cast.jonas.id]


def test_case_numbers_go_on_from_what_is_there_and_are_never_given_twice(cast: Cast) -> None:
    first, second = _start(cast), _start(cast, area="adult_disability")
    facts = [cases.case_facts(cast.actor("mette"), case_id) for case_id in (first, second)]
    assert [f.number for f in facts] == ["26-0002", "26-0003"]


def test_a_case_is_started_once_with_its_event(cast: Cast) -> None:
    case_id = _start(cast)
    event = Event.objects.get(case_id=case_id)
    assert (event.kind, event.municipality, event.user_id) == ("case.opened", FJORDBY, cast.mette.id)
    assert cases.case_facts(cast.actor("mette"), case_id).opened_on == TODAY


def test_nobody_starts_a_case_for_another_municipalitys_citizen_or_district(cast: Cast) -> None:
    with pytest.raises(citizens.Citizen.DoesNotExist):
        _start(cast, actor=cast.actor("otto"), coordinator_id=cast.otto.id, district_id=None)
    with pytest.raises(Refused) as refusal:
        _start(cast, coordinator_id=cast.otto.id)
    assert refusal.value.reason is CaseRefusal.UNKNOWN_COORDINATOR
    with pytest.raises(Refused) as refusal:
        _start(cast, actor=cast.actor("jonas"))
    assert refusal.value.reason is NotAllowed.NOT_YOUR_ROLE


def test_a_case_moves_as_its_machine_says(cast: Cast) -> None:
    mette = cast.actor("mette")
    cases.move_case(actor=mette, at=NOW, case_id=cast.case_id, move="call_follow_up")
    facts = cases.case_facts(mette, cast.case_id)
    assert (facts.status, facts.turn, facts.status_since, facts.version) == ("follow_up", "authority", NOW, 2)
    with pytest.raises(Refused) as refusal:
        cases.move_case(actor=mette, at=NOW, case_id=cast.case_id, move="start_help")
    assert refusal.value.reason is CaseRefusal.WRONG_STATUS


def test_closing_calls_off_promises_and_reopening_takes_the_day_back(cast: Cast) -> None:
    mette = cast.actor("mette")
    _task(cast)
    cases.move_case(actor=mette, at=NOW, case_id=cast.case_id, move="close")
    assert cases.case_facts(mette, cast.case_id).closed_on == TODAY
    assert [t.status for t in cases.tasks_of(mette, cast.case_id, statuses=("open", "cancelled"))] == ["cancelled"]
    with pytest.raises(Refused) as refusal:
        _task(cast)
    assert refusal.value.reason is CaseRefusal.CASE_CLOSED
    cases.move_case(actor=mette, at=NOW, case_id=cast.case_id, move="reopen")
    assert cases.case_facts(mette, cast.case_id).closed_on is None


def test_a_provider_starts_the_help_and_moves_nothing_else(cast: Cast) -> None:
    jonas = cast.actor("jonas")
    cases.Case.objects.filter(id=cast.case_id).update(status=CaseStatus.CLARIFICATION)
    with pytest.raises(Refused):
        cases.move_case(actor=jonas, at=NOW, case_id=cast.case_id, move="close")
    cases.move_case(actor=jonas, at=NOW, case_id=cast.case_id, move="start_help")
    assert cases.case_facts(jonas, cast.case_id).status == "running"


@pytest.mark.parametrize("who", ["karla", "ida"])
def test_citizen_and_relative_do_not_move_the_case(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        cases.move_case(actor=cast.actor(who), at=NOW, case_id=cast.case_id, move="close")


def test_handing_over_refuses_to_run_over_somebody_elses_change(cast: Cast) -> None:
    lene = cast.actor("lene")
    given = {"actor": lene, "at": NOW, "case_id": cast.case_id, "district_id": cast.north.id}
    cases.hand_over(**given, coordinator_id=cast.lene.id, version=1)
    with pytest.raises(ConcurrentChange) as change:
        cases.hand_over(**given, coordinator_id=cast.mette.id, version=1)
    assert (change.value.theirs, change.value.yours) == ("Lene Krag, Nord", "Mette Bjerre, Nord")
    assert cases.case_facts(lene, cast.case_id).coordinator_name == "Lene Krag"


def test_follow_up_is_not_set_in_the_past(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        cases.hand_over(
            actor=cast.actor("mette"),
            at=NOW,
            case_id=cast.case_id,
            coordinator_id=cast.mette.id,
            district_id=cast.north.id,
            follow_up_on=TODAY - dt.timedelta(days=1),
        )
    assert refusal.value.reason is CaseRefusal.DAY_IS_PAST


def test_the_latest_contact_counts(cast: Cast) -> None:
    jonas = cast.actor("jonas")
    for day in (TODAY - dt.timedelta(days=6), TODAY - dt.timedelta(days=20)):
        cases.note_contact(actor=jonas, at=NOW, case_id=cast.case_id, on=day)
    assert cases.case_facts(jonas, cast.case_id).last_contact_on == TODAY - dt.timedelta(days=6)
    cases.note_contact(actor=cast.actor("otto"), at=NOW, case_id=cast.case_id, on=TODAY)
    assert cases.case_facts(jonas, cast.case_id).last_contact_on == TODAY - dt.timedelta(days=6)


def test_samspil_itself_acts_only_in_its_municipality(cast: Cast) -> None:
    assert cases.case_facts(system_actor(TODAY, municipality=FJORDBY), cast.case_id).name == "Karla Holm"
    with pytest.raises(cases.Case.DoesNotExist):
        cases.case_facts(system_actor(TODAY, municipality=STRANDBY), cast.case_id)


def _task(cast: Cast, **changes: object) -> object:
    given = {
        "actor": cast.actor("mette"),
        "at": NOW,
        "case_id": cast.case_id,
        "text": "Ring til koret",
        "owner_name": "Mette Bjerre",
        "owner_id": cast.mette.id,
        "owner_side": "authority",
        "due_on": TODAY + dt.timedelta(days=1),
    }
    return cases.add_task(**(given | changes))


def test_the_period_of_a_provider_opens_and_closes_the_case(cast: Cast) -> None:
    stranger = cast.actor("otto_provider")
    given = {
        "at": NOW,
        "case_id": cast.case_id,
        "organisation_id": cast.fremmed.id,
        "unit_id": next(iter(stranger.unit_ids)),
    }
    cases.admit_provider(**given, actor=stranger, contact_id=stranger.user_id, starts_on=TODAY - dt.timedelta(days=3))
    assert cases.case_facts(stranger, cast.case_id).name == "Karla Holm"
    assert [p.organisation for p in cases.providers_of(stranger, cast.case_id)] == [
        "Bostøtte Nord",
        "Fremmed Hjælp ApS",
    ]
    cases.end_participation(**given, actor=cast.actor("mette"), ends_on=TODAY - dt.timedelta(days=1))
    with pytest.raises(cases.Case.DoesNotExist):
        cases.case_facts(stranger, cast.case_id)


def test_a_provider_cannot_let_somebody_else_in(cast: Cast) -> None:
    with pytest.raises(Refused):
        cases.admit_provider(
            actor=cast.actor("jonas"),
            at=NOW,
            case_id=cast.case_id,
            organisation_id=cast.fremmed.id,
            unit_id=None,
            contact_id=None,
            starts_on=TODAY,
        )


def test_a_team_that_is_in_already_gets_the_new_contact_and_no_second_period(cast: Cast) -> None:
    cases.admit_provider(
        actor=cast.actor("mette"),
        at=NOW,
        case_id=cast.case_id,
        organisation_id=cast.bostoette.id,
        unit_id=cast.team.id,
        contact_id=cast.uffe.id,
        starts_on=TODAY,
    )
    assert [p.contact for p in cases.providers_of(cast.actor("mette"), cast.case_id)] == ["Uffe Dal"]


def test_the_one_to_ring_coordinates_the_case_that_is_open(cast: Cast) -> None:
    cases.move_case(actor=cast.actor("mette"), at=NOW, case_id=cast.case_id, move="close")
    assert cases.whom_to_ring(cast.actor("karla"))[0] == cast.mette.name
    _start(cast, coordinator_id=cast.vita.id)
    assert cases.whom_to_ring(cast.actor("karla"))[0] == cast.vita.name
