"""Prepared queries give what the same queryset gives, for every shape, and refuse what cannot be prepared."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db.models import QuerySet

from samspil.contexts.access.api import Actor, NotPreparable, RoleAssignment, User, prepared, system_actor
from samspil.contexts.cases.models import Case
from tests.cast import NOW, TODAY, Cast


@prepared
def _case_rows(actor: Actor, case_id: UUID) -> QuerySet[Case]:
    return Case.objects.visible_to(actor).filter(id=case_id).select_related("citizen", "coordinator")


@prepared
def _names(ids: frozenset[UUID], *, after: str = "") -> QuerySet[User, tuple[str]]:
    return User.objects.filter(id__one_of=ids, name__gt=after).order_by("name").values_list("name")


@prepared
def _roles(user_id: UUID, on: dt.date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(user_id=user_id, runs__contains=on).prefetch_related("user")


@pytest.mark.parametrize("who", ["mette", "lene", "jonas", "karla", "otto"])
def test_everybody_gets_the_rows_of_the_plain_query(cast: Cast, who: str) -> None:
    actor = cast.actor(who)
    plain = Case.objects.visible_to(actor).filter(id=cast.case_id)
    for _ in range(2):
        assert _case_rows(actor, cast.case_id) == list(plain)


def test_one_plan_serves_other_values_of_the_same_shape(cast: Cast) -> None:
    assert _case_rows.get(cast.actor("mette"), cast.case_id).coordinator == cast.mette
    with pytest.raises(Case.DoesNotExist):
        _case_rows.get(cast.actor("mette"), uuid4())
    assert _case_rows.first(cast.actor("mette"), uuid4()) is None


def test_the_system_sees_nothing_without_asking_the_database(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert _case_rows(system_actor(TODAY), cast.case_id) == []


def test_one_plan_serves_any_number_of_ids_and_any_word(cast: Cast) -> None:
    both = frozenset({cast.mette.id, cast.karla.id})
    assert _names(both, after="") == [("Karla Holm",), ("Mette Bjerre",)]
    plans = len(_names._plans)
    assert _names(both, after="L") == [("Mette Bjerre",)]
    assert _names(frozenset({cast.karla.id}), after="") == [("Karla Holm",)]
    assert _names(frozenset({cast.karla.id, cast.mette.id, uuid4()}), after="Mette Bjerre") == []
    assert len(_names._plans) == plans
    assert _names(frozenset()) == []


def test_a_pair_is_two_values(cast: Cast) -> None:
    after = prepared(lambda place: User.objects.filter(name__gte=place[0]).exclude(id=place[1]).order_by("name"))
    assert cast.mette not in after(("M", cast.mette.id))
    assert cast.mette in after(("M", cast.karla.id))


def test_what_is_fetched_beside_comes_too(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert [role.user.name for role in _roles(cast.mette.id, TODAY)] == ["Mette Bjerre"]
    assert _roles(cast.mette.id, TODAY - dt.timedelta(days=20_000)) == []


def test_a_query_that_computes_with_a_value_is_refused(cast: Cast) -> None:
    late = prepared(lambda on: Case.objects.filter(opened_on__lt=on - dt.timedelta(days=1)))
    with pytest.raises(NotPreparable, match="made from a value"):
        late(TODAY)
    by_name = prepared(lambda actor: User.objects.filter(name=actor.name))
    with pytest.raises(NotPreparable, match="made from a value"):
        by_name(cast.actor("mette"))
    several = prepared(lambda ids: User.objects.filter(id__in=ids))
    with pytest.raises(NotPreparable, match="made from a value"):
        several(frozenset({cast.mette.id}))
    limited = prepared(lambda at: Case.objects.all()[: at.year])
    with pytest.raises(NotPreparable, match="depends on a value"):
        limited(NOW)


def test_a_query_that_depends_on_the_world_is_found_out(cast: Cast) -> None:
    wanted = ["Mette Bjerre"]
    moody = prepared(lambda: User.objects.filter(name=wanted[0]))
    assert [user.name for user in moody()] == ["Mette Bjerre"]
    wanted[0] = "Karla Holm"
    with pytest.raises(NotPreparable, match="another query"):
        moody()


def test_without_the_check_the_kept_sql_is_used(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    @prepared
    def rows(actor: Actor) -> QuerySet[Case]:
        calls.append(actor)
        return Case.objects.visible_to(actor)

    monkeypatch.setattr(settings, "MODE", "demo")
    assert rows(cast.actor("mette")) == list(Case.objects.visible_to(cast.actor("mette")))
    built = len(calls)
    assert rows(cast.actor("mette", on=TODAY - dt.timedelta(days=1)))
    assert rows(cast.actor("mette"))
    assert len(calls) == built == 2
