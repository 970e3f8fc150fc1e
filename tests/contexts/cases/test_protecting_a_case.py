"""Who may make the circle around a case smaller, and what happens when somebody knows the citizen."""

import pytest

from samspil.contexts.access.api import Conflict, Event, NotAllowed, RoleAssignment, Sensitivity
from samspil.contexts.cases import api as cases
from samspil.contexts.cases.models import Listing
from samspil.kernel.verdict import Refused
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def protect(cast: Cast, name: str, **changes: object) -> None:
    given = {"sensitivity": Sensitivity.SENSITIVE, "is_restricted": True} | changes
    cases.protect_case(actor=cast.actor(name), at=NOW, case_id=cast.case_id, **given)  # type: ignore[arg-type]


def test_the_coordinator_needs_no_list(cast):
    protect(cast, "mette", user_ids=[cast.lene.id])
    assert list(Listing.objects.values_list("user_id", flat=True)) == [cast.lene.id]
    data = Event.objects.get(kind="case.protected").data
    assert (data["before"], data["after"]) == ([3, False], [3, True])
    assert data["people"] == [str(cast.lene.id)]


def test_the_leader_stays_on_the_list_and_the_old_list_goes(cast):
    protect(cast, "mette", user_ids=[cast.vita.id, cast.lene.id])
    protect(cast, "lene")
    assert list(Listing.objects.values_list("user_id", flat=True)) == [cast.lene.id]


def test_another_caseworker_may_not(cast):
    RoleAssignment.objects.filter(user=cast.vita).update(district=cast.north)
    with pytest.raises(Refused) as refused:
        protect(cast, "vita")
    assert refused.value.reason is NotAllowed.NOT_YOUR_ROLE


def test_nobody_shuts_out_him_or_herself_or_the_coordinator(cast):
    with pytest.raises(Refused) as refused:
        protect(cast, "lene", sensitivity=Sensitivity.VIP)
    assert refused.value.reason is cases.CaseRefusal.ABOVE_YOUR_CLEARANCE
    RoleAssignment.objects.filter(user=cast.lene).update(clearance=Sensitivity.VIP)
    with pytest.raises(Refused) as refused:
        protect(cast, "lene", sensitivity=Sensitivity.VIP)
    assert refused.value.reason is cases.CaseRefusal.ABOVE_COORDINATORS_CLEARANCE
    RoleAssignment.objects.filter(user=cast.mette).update(clearance=Sensitivity.VIP)
    protect(cast, "lene", sensitivity=Sensitivity.VIP)
    assert cases.case_facts(cast.actor("mette"), cast.case_id).sensitivity == Sensitivity.VIP


def test_only_the_authoritys_own_people_can_be_listed(cast):
    with pytest.raises(Refused):
        protect(cast, "mette", user_ids=[cast.otto.id])
    with pytest.raises(Refused):
        protect(cast, "mette", unit_ids=[cast.team.id])


def test_who_knows_the_citizen_loses_the_case_and_the_leader_gets_a_task(cast):
    with pytest.raises(Refused) as refused:
        cases.declare_conflict(actor=cast.actor("mette"), at=NOW, case_id=cast.case_id, words="..........")
    assert refused.value.reason is cases.CaseRefusal.REASON_TOO_SHORT
    cases.declare_conflict(actor=cast.actor("mette"), at=NOW, case_id=cast.case_id, words="Vi er naboer og venner")
    assert Conflict.objects.get().words == "Vi er naboer og venner"
    assert not cases.Case.objects.visible_to(cast.actor("mette")).exists()
    [task] = cases.my_tasks(cast.actor("lene"))
    assert task.text == "Find en anden til sagen: en medarbejder kender borgeren privat."
    assert not [one for one in cases.tasks_of(cast.actor("karla"), cast.case_id) if "privat" in one.text]
