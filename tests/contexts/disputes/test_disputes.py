"""A dispute from the day it is noted until it is settled, and who sees what of it."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.utils import DatabaseError

from samspil.contexts.access.api import Event, NotAllowed
from samspil.contexts.cases.api import CaseRefusal
from samspil.contexts.cases.models import Case
from samspil.contexts.disputes import api as disputes
from samspil.contexts.disputes.api import Dispute, DisputeRefusal, DisputeStep
from samspil.kernel.verdict import Refused
from tests.cast import NOW, TODAY, Cast
from tests.refusals import refused

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


class Room:
    """Mette works with what Karla's sister and the helpers disagree about."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def note(self, *, name: str = "mette", **changes: Any) -> UUID:
        said: dict[str, Any] = {
            "between": "Karlas søster og bostøtten",
            "about": "Hvor meget Karla skal øve sig alene.",
            "citizen_words": "De skal spørge mig først.",
            "is_shown": True,
        }
        return disputes.note_dispute(actor=self.cast.actor(name), at=NOW, case_id=self.cast.case_id, **said | changes)

    def plan(self, dispute: UUID, *, name: str = "mette", at: dt.datetime = NOW, **changes: Any) -> None:
        said: dict[str, Any] = {
            "talks_name": "Mette Bjerre",
            "talks_with": "Karla, Ida og Jonas",
            "talk_on": TODAY,
            "approach": "Karla siger først, hvad hun selv vil.",
            "follow_up_on": TODAY + WEEK,
            "is_shown": True,
        }
        disputes.plan_dispute(actor=self.cast.actor(name, on=at.date()), at=at, dispute_id=dispute, **said | changes)

    def follow(self, dispute: UUID, **changes: Any) -> None:
        said: dict[str, Any] = {"words": "De taler sammen igen.", "follow_up_on": TODAY + WEEK}
        disputes.follow_up_dispute(actor=self.cast.actor("mette"), at=NOW, dispute_id=dispute, **said | changes)

    def settle(self, dispute: UUID, words: str = "De øver sig tre gange om ugen.") -> None:
        disputes.settle_dispute(actor=self.cast.actor("mette"), at=NOW, dispute_id=dispute, words=words)

    def seen(self, dispute: UUID, name: str = "mette") -> disputes.DisputeView:
        return disputes.dispute(self.cast.actor(name), dispute)


@pytest.fixture
def room(cast: Cast) -> Room:
    return Room(cast)


def test_the_whole_way(room: Room):
    dispute = room.note()
    assert (room.seen(dispute).line.status, room.seen(dispute).line.is_waiting) == ("noted", True)
    room.plan(dispute)
    planned = room.seen(dispute)
    assert (planned.line.status, planned.line.is_waiting, planned.talks_with) == (
        "planned", False, "Karla, Ida og Jonas",
    )  # fmt: skip
    room.follow(dispute, words="Det går bedre.", follow_up_on=TODAY + 2 * WEEK)
    assert room.seen(dispute).line.follow_up_on == TODAY + 2 * WEEK
    room.plan(dispute, approach="De mødes hver fredag.", follow_up_on=TODAY + 3 * WEEK)
    room.settle(dispute)
    settled = room.seen(dispute)
    assert (settled.line.status, settled.line.follow_up_on, settled.settlement) == (
        "settled", None, "De øver sig tre gange om ugen.",
    )  # fmt: skip
    assert [step.words for step in reversed(settled.steps)] == [
        "Karla siger først, hvad hun selv vil.",
        "Det går bedre.",
        "De mødes hver fredag.",
        "De øver sig tre gange om ugen.",
    ]
    kinds = list(Event.objects.filter(kind__startswith="dispute.").order_by("id").values_list("kind", flat=True))
    assert sorted(kinds) == sorted(
        ["dispute.noted", "dispute.planned", "dispute.followed", "dispute.planned", "dispute.settled"]
    )


def test_it_may_be_settled_before_there_is_a_plan(room: Room):
    dispute = room.note()
    room.settle(dispute)
    assert room.seen(dispute).line.status == "settled"


def test_what_is_settled_stands(room: Room):
    dispute = room.note()
    room.settle(dispute)
    for call in (room.plan, room.follow, room.settle):
        assert refused(lambda call=call: call(dispute)) == DisputeRefusal.WRONG_STATUS
    for rows in (Dispute.objects, DisputeStep.objects):
        for change in (lambda rows=rows: rows.update(municipality=992), lambda rows=rows: rows.all().delete()):
            with pytest.raises((InternalError, DatabaseError), match="Cannot"), transaction.atomic():
                change()


def test_what_is_open_can_be_changed_so_the_lock_is_that_it_was_settled(room: Room):
    room.note()
    assert Dispute.objects.update(about="Noget andet") == 1


def test_there_is_nothing_to_follow_without_a_plan(room: Room):
    assert refused(lambda: room.follow(room.note())) == DisputeRefusal.WRONG_STATUS


@pytest.mark.parametrize("changes", [{"between": " "}, {"about": "\u200b"}])
def test_it_says_who_and_what(room: Room, changes: dict[str, str]):
    assert refused(lambda: room.note(**changes)) == DisputeRefusal.NOTHING_WRITTEN


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"talks_name": ""}, DisputeRefusal.NOTHING_WRITTEN),
        ({"talks_with": " "}, DisputeRefusal.NOTHING_WRITTEN),
        ({"approach": ""}, DisputeRefusal.NOTHING_WRITTEN),
        ({"approach": "x" * 2001}, DisputeRefusal.TOO_LONG),
        ({"follow_up_on": TODAY - dt.timedelta(days=1), "talk_on": None}, DisputeRefusal.DAY_IS_PAST),
        ({"talk_on": TODAY + 2 * WEEK}, DisputeRefusal.BEFORE_THE_TALK),
    ],
)
def test_a_plan_is_whole(room: Room, changes: dict[str, Any], reason: object):
    dispute = room.note()
    assert refused(lambda: room.plan(dispute, **changes)) == reason
    assert room.seen(dispute).line.status == "noted"
    assert not DisputeStep.objects.exists()


@pytest.mark.parametrize("field", ["talks_name", "talks_with", "approach"])
def test_the_database_knows_that_a_plan_is_whole(room: Room, field: str):
    room.plan(room.note())
    with pytest.raises(IntegrityError, match="planned_dispute_has_a_plan"), transaction.atomic():
        Dispute.objects.update(**{field: ""})


def test_nothing_is_noted_in_a_closed_case_but_what_was_begun_is_settled(room: Room):
    dispute = room.note()
    Case.objects.filter(id=room.cast.case_id).update(status="closed", closed_on=TODAY)
    assert refused(room.note) == CaseRefusal.CASE_CLOSED
    room.settle(dispute)


@pytest.mark.parametrize("name", ["karla", "jonas", "ida"])
def test_only_the_authority_writes(room: Room, name: str):
    if name != "ida":  # a relative without a scope of the case sees it, and may not write
        assert refused(lambda: room.note(name=name)) == NotAllowed.NOT_YOUR_ROLE
    dispute = room.note()
    with pytest.raises((Refused, Dispute.DoesNotExist)):
        room.plan(dispute, name=name)
    assert room.seen(dispute).line.status == "noted"


@pytest.mark.parametrize("name", ["otto", "vita", "jonas", "otto_provider", "ida"])
def test_strangers_relatives_and_providers_see_none(room: Room, name: str):
    dispute = room.note()
    actor = room.cast.actor(name)
    assert disputes.disputes_of(actor, room.cast.case_id) == ()
    with pytest.raises(Dispute.DoesNotExist):
        disputes.dispute(actor, dispute)


class TestTheCitizen:
    def reads(self, room: Room) -> tuple[disputes.DisputeForCitizen, ...]:
        return disputes.disputes_for_citizen(room.cast.actor("karla"), room.cast.case_id)

    def test_sees_what_it_is_about_and_the_plan_and_none_of_the_steps(self, room: Room):
        dispute = room.note()
        room.plan(dispute)
        room.follow(dispute, words="Ida var vred.")
        (seen,) = self.reads(room)
        assert (seen.own_words, seen.approach, seen.talk_on) == (
            "De skal spørge mig først.", "Karla siger først, hvad hun selv vil.", TODAY,
        )  # fmt: skip
        assert "vred" not in repr(seen)
        assert not DisputeStep.objects.visible_to(room.cast.actor("karla")).exists()
        assert DisputeStep.objects.visible_to(room.cast.actor("mette")).count() == 2

    def test_sees_nothing_that_is_kept_back_until_it_is_shown(self, room: Room):
        dispute = room.note(is_shown=False)
        assert self.reads(room) == ()
        room.plan(dispute, is_shown=True)
        assert len(self.reads(room)) == 1
        room.plan(dispute, is_shown=False)
        assert self.reads(room) == ()

    def test_is_not_reminded_of_what_is_settled(self, room: Room):
        room.settle(room.note())
        assert self.reads(room) == ()


class TestMyDay:
    def mine(self, room: Room, on: dt.date = TODAY, name: str = "mette") -> list[UUID]:
        return [one.id for one in disputes.my_disputes(room.cast.actor(name, on=on))]

    def test_it_is_there_without_a_plan_and_again_on_the_day(self, room: Room):
        dispute = room.note()
        assert self.mine(room) == [dispute]
        room.plan(dispute, follow_up_on=TODAY + WEEK)
        assert self.mine(room, TODAY + WEEK - dt.timedelta(days=1)) == []
        assert self.mine(room, TODAY + WEEK) == [dispute]
        assert self.mine(room, TODAY + 9 * WEEK) == [dispute]
        room.settle(dispute)
        assert self.mine(room, TODAY + 9 * WEEK) == []

    def test_it_is_the_coordinators_and_nobody_elses(self, room: Room):
        room.note()
        assert self.mine(room, name="lene") == []
        assert self.mine(room, name="karla") == []

    def test_one_statement_however_many(self, room: Room, count_queries: Any):
        actor = room.cast.actor("mette")
        room.note()
        assert count_queries(lambda: disputes.my_disputes(actor)) == 1
        for _ in range(5):
            room.note()
        assert count_queries(lambda: disputes.my_disputes(actor)) == 1
        assert count_queries(lambda: disputes.disputes_of(actor, room.cast.case_id)) == 1
