"""Reading on in a case that was found shows of it what asking anew shows, and of other cases nothing."""

from collections import Counter
from dataclasses import replace

import pytest
from django.core.exceptions import ObjectDoesNotExist

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.cases import models as case_models
from samspil.contexts.cases.queries import reading
from samspil.kernel import scope
from tests.cast import NOW, Cast
from tests.sight.random_world import MODELS, RandomWorld, build
from tests.sight.test_oracle import SEED, actor_of, shown_to

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OF_NO_CASE = {"referral", "drawn_look"}
"""Seen by the municipality, whether or not there is a case."""


def compare(world: RandomWorld) -> tuple[list[str], Counter[tuple[Side, str]]]:
    """Every person in every case that the person finds. What differs, and how much each side saw of a kind."""
    wrong, counted = [], Counter[tuple[Side, str]]()
    for actor in filter(None, map(actor_of, world.facts.people.values())):
        anew = {kind: shown_to(actor, kind, is_walled=True) for kind in MODELS.keys() - OF_NO_CASE}
        for case_id in anew["case"]:
            with scope.within(actor.scope):
                reader = cases.reading_in(actor, cases.case_facts(actor, case_id))
            if reader is actor:
                continue
            for kind, all_seen in anew.items():
                wanted = {key for key in all_seen if _case_of(world, key) == case_id}
                counted[actor.side, kind] += len(wanted)
                if wanted != shown_to(reader, kind, is_walled=True):
                    wrong.append(f"{kind} to {actor.role}")
    return wrong, counted


def _case_of(world: RandomWorld, key: object) -> object:
    case = world.things[key].case  # type: ignore[index]
    return case and case.key


def test_what_is_shown_of_a_case_is_the_same() -> None:
    wrong, counted = compare(build(SEED, people=22, number=24))
    assert not wrong, wrong[:10]
    for side in (Side.AUTHORITY, Side.PROVIDER, Side.CITIZEN):
        assert all(counted[side, kind] for kind in ("segment", "order", "card")), side


@pytest.mark.parametrize("planted", ["relatives", "all cases", "colleagues"])
def test_each_defect_is_found(monkeypatch: pytest.MonkeyPatch, planted: str) -> None:
    """The negative control: a reader who skips what was not decided with the case, or is shown more than the case."""
    world = build(SEED + 2, people=22, number=16)
    if planted == "relatives":
        monkeypatch.setattr(reading, "_ONE_WAY", frozenset(Side))
    elif planted == "all cases":
        monkeypatch.setattr(case_models, "_is_found", lambda actor, key: case_models.Q())
    else:
        monkeypatch.setattr(case_models.CaseBoundQuerySet, "seen_through", lambda rows, actor, row: rows)
    assert compare(world)[0]


class TestReader:
    def test_lines_of_a_list_are_read_on_together(self, cast: Cast) -> None:
        mette = cast.actor("mette")
        found = cases.caseload(mette, cases.Wanted()).rows
        reader = cases.reading_in(mette, found)
        assert reader.found_in == frozenset(row.case_id for row in found) != frozenset()
        assert {row.id for row in cases.Case.objects.visible_to(reader)} == {row.case_id for row in found}

    def test_with_nothing_found_each_question_asks_for_itself(self, cast: Cast) -> None:
        mette = cast.actor("mette")
        assert cases.reading_in(mette, []) == mette

    def test_a_relative_is_asked_about_each_kind_of_row(self, cast: Cast) -> None:
        ida = cast.actor("ida")
        assert cases.reading_in(ida, cases.case_facts(ida, cast.case_id)) is ida

    def test_no_command_is_carried_out_by_a_reader(self, cast: Cast) -> None:
        mette = cast.actor("mette")
        reader = cases.reading_in(mette, cases.case_facts(mette, cast.case_id))
        with pytest.raises(ValueError, match="asked anew"):
            cases.add_task(
                actor=reader, at=NOW, case_id=cast.case_id, text="Ring", owner_name="Mette", owner_id=None,
                owner_side=Side.AUTHORITY, due_on=None,
            )  # fmt: skip
        assert not cases.tasks_of(mette, cast.case_id)

    def test_a_stranger_finds_nothing_to_read_on_in(self, cast: Cast) -> None:
        with pytest.raises(ObjectDoesNotExist):
            cases.case_facts(cast.actor("otto"), cast.case_id)

    def test_a_plan_for_one_case_never_serves_several(self, cast: Cast) -> None:
        mette = cast.actor("mette")
        one = replace(mette, found_in=cast.case_id)
        several = replace(mette, found_in=frozenset({cast.case_id}))
        for reader in (mette, one, several, mette):
            assert [row.id for row in _rows(reader)] == [cast.case_id]


@access.prepared
def _rows(actor: Actor) -> "case_models.CaseQuerySet":
    return cases.Case.objects.visible_to(actor)
