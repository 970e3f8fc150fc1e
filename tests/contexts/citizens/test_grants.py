"""What a grant may hold, who may give and end it, and that the database knows as well."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from samspil.contexts.access.api import Event, NotAllowed
from samspil.contexts.cases.models import Case
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens import rules
from samspil.contexts.citizens.api import AccessGrant, CitizenRefusal, GrantKind, Matter, Relation, Scope
from tests.cast import NOW, TODAY, Cast
from tests.refusals import refused


@pytest.fixture
def bo(cast: Cast) -> Any:
    return citizens.add_relation(
        actor=cast.actor("mette"), at=NOW, citizen_id=cast.citizen_id, name="Bo Holm", kind="brother"
    )


def give(cast: Cast, relation_id: Any, who: str = "mette", **changes: Any) -> Any:
    said = {"scopes": ["plan"], "source": "self" if who == "karla" else "meeting"}
    return citizens.give_access(actor=cast.actor(who), at=NOW, relation_id=relation_id, **(said | changes))


PAPER = {"source": "register", "document": "Papir 3"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"scopes": []}, CitizenRefusal.NOTHING_CHOSEN),
        ({"scopes": ["prepare"]}, CitizenRefusal.PREPARING_NEEDS_MEETINGS),
        ({"scopes": ["plan", "all"]}, CitizenRefusal.BEYOND_THE_LAW),
        ({"last_day": TODAY - dt.timedelta(days=1)}, CitizenRefusal.END_IS_PAST),
        ({"source": "self"}, CitizenRefusal.WROTE_HOW_MISSING),
        ({"kind": "paper_power"}, CitizenRefusal.DOCUMENT_MISSING),
        ({"kind": "guardian", **PAPER}, CitizenRefusal.MATTER_MISSING),
        ({"kind": "guardian", "matters": ["financial"], **PAPER}, CitizenRefusal.BEYOND_THE_LAW),
        ({"document": "x" * 121}, CitizenRefusal.TOO_LONG),
    ],
)
def test_what_is_refused(cast: Cast, bo: Any, changes: dict[str, Any], reason: CitizenRefusal) -> None:
    assert refused(give, cast, bo, **changes) is reason
    assert not AccessGrant.objects.filter(relation_id=bo).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ida", "jonas", "otto", "otto_provider"])
def test_nobody_else_lets_anybody_in(cast: Cast, bo: Any, who: str) -> None:
    held = AccessGrant.objects.get(relation__user_id=cast.ida.id).id
    say = {"actor": cast.actor(who), "at": NOW}
    assert refused(give, cast, bo, who) is NotAllowed.NOT_YOUR_ROLE
    assert refused(citizens.take_back, **say, grant_id=held) is NotAllowed.NOT_YOUR_ROLE
    assert refused(citizens.give_back, **say, grant_id=held) is NotAllowed.NOT_YOUR_ROLE
    change = {"scopes": list(Scope), "source": "meeting"}
    assert refused(citizens.change_access, **say, grant_id=held, **change) is NotAllowed.NOT_YOUR_ROLE


@pytest.mark.django_db
def test_one_of_a_kind_at_a_time_and_again_when_it_is_over(cast: Cast, bo: Any) -> None:
    first = give(cast, bo, last_day=TODAY)
    assert refused(give, cast, bo) is CitizenRefusal.HAS_ACCESS_ALREADY
    give(cast, bo, kind="paper_power", **PAPER)
    citizens.take_back(actor=cast.actor("karla"), at=NOW, grant_id=first)
    give(cast, bo, "karla")
    again = {"actor": cast.actor("karla"), "at": NOW, "grant_id": first}
    assert refused(citizens.give_back, **again) is CitizenRefusal.HAS_ACCESS_ALREADY
    assert Event.objects.filter(kind="grant.given").count() == 3


@pytest.mark.django_db
def test_what_the_law_gives_the_citizen_cannot_stop_but_the_authority_can(cast: Cast, bo: Any) -> None:
    grant_id = give(cast, bo, kind="guardian", matters=["personal"], **PAPER)
    karla = {"actor": cast.actor("karla"), "at": NOW, "grant_id": grant_id}
    assert refused(citizens.take_back, **karla) is CitizenRefusal.FOLLOWS_FROM_LAW
    assert refused(give, cast, bo, "karla", kind="digital_power", document="x") is NotAllowed.NOT_YOUR_ROLE
    citizens.take_back(actor=cast.actor("mette"), at=NOW, grant_id=grant_id)
    assert refused(citizens.take_back, actor=cast.actor("mette"), at=NOW, grant_id=grant_id) is (
        CitizenRefusal.ACCESS_IS_OVER
    )
    assert refused(citizens.give_back, **karla) is NotAllowed.NOT_YOUR_ROLE


@pytest.mark.django_db
def test_a_slip_is_undone_within_a_day(cast: Cast) -> None:
    grant_id = AccessGrant.objects.get().id
    karla = cast.actor("karla")
    citizens.take_back(actor=karla, at=NOW, grant_id=grant_id)
    late = NOW + dt.timedelta(hours=24, seconds=1)
    assert refused(citizens.give_back, actor=karla, at=late, grant_id=grant_id) is CitizenRefusal.TOO_LATE_TO_UNDO
    citizens.give_back(actor=karla, at=NOW + dt.timedelta(hours=24), grant_id=grant_id)
    assert AccessGrant.objects.get().taken_back_at is None


@pytest.mark.django_db
def test_the_database_knows_too(cast: Cast) -> None:
    held = AccessGrant.objects.get()
    for changes in (
        {"scopes": []},
        {"kind": "guardian"},
        {"taken_back_at": NOW},
        {"taken_back_by_name": "Karla"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessGrant.objects.filter(id=held.id).update(**changes)
    held.id = AccessGrant().id
    with pytest.raises(IntegrityError, match="one_grant_of_a_kind"), transaction.atomic():
        held.save(force_insert=True)


@pytest.mark.django_db
def test_the_rows_ask_the_grant_whatever_the_actor_says(cast: Cast) -> None:
    """The second wall: an actor made up with every scope sees no case without a grant."""
    ida = cast.actor("ida")
    assert ida.scopes == frozenset(Scope)
    for scope in (None, *Scope):
        assert Case.objects.visible_to(ida, scope).count() == 1
    AccessGrant.objects.update(scopes=["helpers"])
    assert [scope for scope in Scope if Case.objects.visible_to(ida, scope).exists()] == [Scope.HELPERS]
    Relation.objects.update(runs=(TODAY - dt.timedelta(days=9), TODAY))
    assert not Case.objects.visible_to(ida).exists()


MATTERS = st.sets(st.sampled_from([str(m.value) for m in Matter]))


@given(kind=st.sampled_from(list(GrantKind)), matters=MATTERS, more=MATTERS)
def test_fewer_matters_never_open_more_and_the_start_is_within_the_law(
    kind: str, matters: set[str], more: set[str]
) -> None:
    assert rules.widest(kind, matters, on=TODAY) <= rules.widest(kind, matters | more, on=TODAY)
    start = rules.for_a_start(kind, matters, on=TODAY)
    assert start <= rules.widest(kind, matters, on=TODAY)
    assert Scope.NOTES not in start


def test_the_law_is_data_with_days_a_source_and_somebody_who_checked() -> None:
    rights = rules.lawful_rights()
    assert {(right.kind, right.matter) for right in rights} == {(k, m) for k in rules.BY_LAW for m in Matter}
    for right in rights:
        assert right.by_default <= right.scopes <= frozenset(Scope)
        assert right.source
        assert right.verified_by
        assert not right.holds(right.valid_from - dt.timedelta(days=1))
        assert right.holds(right.valid_from)
    assert rules.widest("guardian", ["personal"], on=dt.date(2000, 1, 1)) == frozenset()
