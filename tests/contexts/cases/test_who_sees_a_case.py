"""Sensitive cases, and cases of oneself, relatives, friends and colleagues: rows that are not there."""

import datetime as dt

import pytest

from samspil.contexts.access.api import Conflict, RoleAssignment, Sensitivity
from samspil.contexts.cases.api import (
    Case,
    CaseRefusal,
    Referral,
    Task,
    Wanted,
    caseload,
    cases_of_citizen,
    closed_case,
    my_tasks,
)
from samspil.contexts.cases.models import Listing
from samspil.contexts.citizens.api import Relation
from tests.cast import FJORDBY, LONG, NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


def sees(cast: Cast, name: str) -> bool:
    return Case.objects.visible_to(cast.actor(name)).filter(id=cast.case_id).exists()


def change(cast: Cast, **fields: object) -> None:
    Case.objects.filter(id=cast.case_id).update(**fields)


def works_with_karla(cast: Cast, name: str) -> None:
    """In the same district as Karla, without being her coordinator."""
    RoleAssignment.objects.filter(user=getattr(cast, name)).update(district=cast.north)


def test_a_case_above_the_clearance_is_not_there(cast):
    change(cast, sensitivity=Sensitivity.VIP)
    assert not sees(cast, "mette")
    assert not sees(cast, "lene")
    RoleAssignment.objects.filter(user=cast.mette).update(clearance=Sensitivity.VIP)
    assert sees(cast, "mette")
    RoleAssignment.objects.filter(user=cast.mette).update(clearance=Sensitivity.CONFIDENTIAL)
    change(cast, sensitivity=Sensitivity.SENSITIVE)
    assert not sees(cast, "mette")


def test_a_restricted_case_is_there_for_the_coordinator_and_those_on_the_list(cast):
    works_with_karla(cast, "vita")
    assert sees(cast, "vita")
    change(cast, is_restricted=True)
    assert sees(cast, "mette")
    assert not sees(cast, "vita")
    assert not sees(cast, "lene")
    Listing.objects.create(municipality=FJORDBY, case_id=cast.case_id, user=cast.lene)
    assert sees(cast, "lene")
    assert not sees(cast, "vita")


def test_a_team_on_the_list_lets_its_people_in(cast):
    works_with_karla(cast, "vita")
    change(cast, is_restricted=True)
    Listing.objects.create(municipality=FJORDBY, case_id=cast.case_id, unit=cast.team)
    assert not sees(cast, "vita")
    RoleAssignment.objects.filter(user=cast.vita).update(unit=cast.team)
    assert sees(cast, "vita")


def test_the_list_does_not_lift_the_limits_of_district_and_clearance(cast):
    change(cast, is_restricted=True)
    Listing.objects.create(municipality=FJORDBY, case_id=cast.case_id, user=cast.vita)
    assert not sees(cast, "vita")
    works_with_karla(cast, "vita")
    assert sees(cast, "vita")
    change(cast, sensitivity=Sensitivity.VIP)
    assert not sees(cast, "vita")


def test_lists_searches_counts_and_tasks_say_nothing_of_it(cast):
    Task.objects.create(
        municipality=FJORDBY, case_id=cast.case_id, text="Ringe", owner=cast.lene, owner_name="Lene", created_at=NOW,
        owner_side="authority", source="manual", due_on=NOW.date(),
    )  # fmt: skip
    lene = cast.actor("lene")
    wanted = [Wanted(), Wanted(search="karla"), Wanted(search="26-0001"), Wanted(status="running")]
    assert [caseload(lene, one).total for one in wanted] == [1, 1, 1, 1]
    assert len(my_tasks(lene)) == len(cases_of_citizen(lene, cast.citizen_id)) == 1
    change(cast, is_restricted=True)
    assert [caseload(lene, one).total for one in wanted] == [0, 0, 0, 0]
    assert len(my_tasks(lene)) == len(cases_of_citizen(lene, cast.citizen_id)) == 0


def test_a_referral_is_as_hidden_as_the_case_it_became(cast):
    Referral.objects.create(
        municipality=FJORDBY, district=cast.north, source="gp", area="elder_care", first_name="Karla", status="opened",
        last_name="Holm", about="-", received_at=NOW, case_id=cast.case_id,
    )  # fmt: skip
    lene = cast.actor("lene")
    assert Referral.objects.visible_to(lene).count() == 1
    change(cast, is_restricted=True)
    assert Referral.objects.visible_to(lene).count() == 0
    assert Referral.objects.visible_to(cast.actor("mette")).count() == 1


@pytest.mark.parametrize("name", ["mette", "jonas"])
def test_nobody_sees_the_case_of_a_relative(cast, name):
    """Neither as coordinator nor as contact."""
    assert sees(cast, name)
    Relation.objects.create(
        municipality=FJORDBY, citizen_id=cast.citizen_id, name="X", kind="mother", user_id=getattr(cast, name).id,
        runs=LONG,
    )  # fmt: skip
    assert not sees(cast, name)
    Relation.objects.update(runs=(LONG[0], dt.date(2026, 11, 1)))
    assert sees(cast, name)


@pytest.mark.parametrize("name", ["mette", "jonas"])
@pytest.mark.parametrize("role", ["citizen", "relative"])
def test_nobody_sees_ones_own_case_in_ones_work(cast, name, role):
    user = getattr(cast, name)
    later = (dt.date(2025, 1, 1), None)  # so that the work is the first role
    RoleAssignment.objects.create(
        user=user, role=role, citizen_id=cast.citizen_id, organisation=cast.fjordby, runs=later
    )
    assert not sees(cast, name)


@pytest.mark.parametrize("name", ["mette", "jonas"])
def test_an_end_to_one_role_does_not_change_which_one_acts_in(cast, name):
    """Of two that began on one day, the one that was written first counts, whichever ends."""
    user = getattr(cast, name)
    work = cast.actor(name).role
    RoleAssignment.objects.create(
        user=user, role="relative", citizen_id=cast.citizen_id, organisation=cast.fjordby,
        runs=(LONG[0], TODAY + dt.timedelta(days=1)),
    )  # fmt: skip
    assert cast.actor(name).role == work
    RoleAssignment.objects.filter(user=user, role=work).update(runs=(LONG[0], TODAY + dt.timedelta(days=2)))
    assert cast.actor(name).role == work


@pytest.mark.parametrize("name", ["mette", "jonas"])
def test_one_remains_oneself_when_the_log_in_as_a_citizen_has_ended(cast, name):
    user, over = getattr(cast, name), (dt.date(2025, 1, 1), dt.date(2026, 1, 1))
    RoleAssignment.objects.create(
        user=user, role="citizen", citizen_id=cast.citizen_id, organisation=cast.fjordby, runs=over
    )
    assert not sees(cast, name)


def test_nor_is_ones_own_case_opened_in_an_emergency_then(cast):
    RoleAssignment.objects.create(
        user=cast.vita, role="citizen", citizen_id=cast.citizen_id, organisation=cast.fjordby,
        runs=(dt.date(2025, 1, 1), dt.date(2026, 1, 1)),
    )  # fmt: skip
    closed = closed_case(cast.actor("vita"), case_id=cast.case_id)
    assert closed is not None
    assert closed.may_open.refusal == CaseRefusal.YOUR_OWN_CASE


def test_nobody_sees_the_case_of_somebody_known_privately(cast):
    conflict = Conflict.objects.create(
        user=cast.mette, citizen_id=cast.citizen_id, case_id=cast.case_id, words="Nabo", declared_at=NOW
    )
    assert not sees(cast, "mette")
    assert sees(cast, "lene")
    Conflict.objects.filter(id=conflict.id).update(ended_at=NOW)
    assert sees(cast, "mette")


def test_a_colleagues_case_is_seen_by_the_coordinator_alone(cast):
    assert sees(cast, "lene")
    RoleAssignment.objects.create(user=cast.karla, role="caseworker", organisation=cast.fjordby, runs=LONG)
    assert sees(cast, "mette")
    assert not sees(cast, "lene")
    assert sees(cast, "jonas"), "who works elsewhere is no colleague"
    RoleAssignment.objects.filter(user=cast.karla, role="caseworker").update(runs=(LONG[0], dt.date(2026, 1, 1)))
    assert sees(cast, "lene"), "nor one who has left"


def test_a_colleague_at_the_provider_is_helped_by_the_contact_alone(cast):
    RoleAssignment.objects.create(user=cast.karla, role="provider_worker", organisation=cast.bostoette, runs=LONG)
    assert sees(cast, "jonas")
    other = RoleAssignment.objects.get(user=cast.uffe)
    RoleAssignment.objects.filter(id=other.id).update(unit=cast.team)
    assert not sees(cast, "uffe")


@pytest.mark.parametrize("order", [("citizen", "caseworker"), ("caseworker", "citizen")])
def test_the_database_marks_a_colleague_whichever_role_came_first(cast, order):
    RoleAssignment.objects.filter(user=cast.otto).delete()
    for role in order:
        RoleAssignment.objects.create(
            user=cast.otto, role=role, organisation=cast.strandby, runs=LONG,
            citizen_id=cast.citizen_id if role == "citizen" else None,
        )  # fmt: skip
    marked = RoleAssignment.objects.filter(works_here_too=True)
    assert list(marked.values_list("user_id", "role")) == [(cast.otto.id, "citizen")]


def test_who_acts_and_with_what_limits_is_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        cast.actor("mette")
