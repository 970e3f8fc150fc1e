"""Promises: who makes, keeps and calls them off."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from samspil.contexts.access.api import Event, system_actor
from samspil.contexts.cases import api as cases
from samspil.contexts.cases.api import CaseRefusal
from samspil.kernel.verdict import Refused
from tests.cast import FJORDBY, NOW, TODAY, Cast


def add(cast: Cast, who: str = "mette", **changes: object) -> UUID:
    given = {
        "actor": cast.actor(who),
        "at": NOW,
        "case_id": cast.case_id,
        "text": "Ring til koret",
        "owner_name": "Mette Bjerre",
        "owner_id": cast.mette.id,
        "owner_side": "authority",
        "due_on": TODAY + dt.timedelta(days=1),
    }
    return cases.add_task(**(given | changes))


def test_a_task_stands_in_the_case_and_in_the_owners_day(cast: Cast) -> None:
    task_id = add(cast)
    mine = cases.my_tasks(cast.actor("mette"))
    assert [(t.id, t.text, t.citizen_name, t.when, t.is_mine) for t in mine] == [
        (task_id, "Ring til koret", "Karla Holm", "week", True)
    ]
    assert not cases.my_tasks(cast.actor("lene"))
    assert [t.is_mine for t in cases.tasks_of(cast.actor("lene"), cast.case_id)] == [False]
    assert Event.objects.get(kind="task.added").subject_id == task_id


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": " \u200b\x00 "}, CaseRefusal.NOTHING_WRITTEN),
        ({"text": "x" * 1_000_000}, CaseRefusal.TOO_LONG),
        ({"owner_name": "  "}, CaseRefusal.OWNER_MISSING),
        ({"due_on": TODAY - dt.timedelta(days=1)}, CaseRefusal.DAY_IS_PAST),
    ],
)
def test_a_promise_needs_words_a_person_and_a_coming_day(cast: Cast, changes: dict, reason: CaseRefusal) -> None:
    with pytest.raises(Refused) as refusal:
        add(cast, **changes)
    assert refusal.value.reason is reason
    assert not cases.Task.objects.exists()


def test_what_follows_from_a_note_may_lie_in_the_past(cast: Cast) -> None:
    assert add(cast, source="note", due_on=TODAY - dt.timedelta(days=1), source_id=uuid4())


def test_pasted_words_are_cleaned(cast: Cast) -> None:
    add(cast, text="\uf0b7 Ring\u00a0til\x0bkoret\x07")
    assert cases.my_tasks(cast.actor("mette"))[0].text == "• Ring til\nkoret"


def test_done_and_taken_up_again(cast: Cast) -> None:
    mette, task_id = cast.actor("mette"), add(cast)
    cases.finish_task(actor=mette, at=NOW, task_id=task_id)
    assert cases.my_tasks(mette) == ()
    assert [t.status for t in cases.my_tasks(mette, done_since=NOW)] == ["done"]
    with pytest.raises(Refused) as refusal:
        cases.finish_task(actor=mette, at=NOW, task_id=task_id)
    assert refusal.value.reason is CaseRefusal.TASK_NOT_OPEN
    cases.reopen_task(actor=mette, at=NOW, task_id=task_id)
    assert [t.done_at for t in cases.my_tasks(mette)] == [None]


def test_a_cancelled_task_stays_cancelled(cast: Cast) -> None:
    mette, task_id = cast.actor("mette"), add(cast)
    cases.cancel_task(actor=mette, at=NOW, task_id=task_id)
    for command in (cases.finish_task, cases.reopen_task, cases.cancel_task):
        with pytest.raises(Refused):
            command(actor=mette, at=NOW, task_id=task_id)


@pytest.mark.parametrize(
    ("who", "owner", "may"),
    [
        ("mette", "jonas", True),
        ("jonas", "jonas", True),
        ("jonas", "mette", False),
        ("karla", "karla", True),
        ("karla", "mette", False),
        ("ida", "ida", True),
        ("ida", "karla", False),
    ],
)
def test_who_may_tick_what(cast: Cast, who: str, owner: str, may: bool) -> None:
    side = cast.actor(owner).side
    task_id = add(cast, owner_id=getattr(cast, owner).id, owner_name=owner, owner_side=side)
    assert bool(cases.task(cast.actor(who), task_id).may_finish) is may
    if may:
        cases.finish_task(actor=cast.actor(who), at=NOW, task_id=task_id)
    else:
        with pytest.raises(Refused) as refusal:
            cases.finish_task(actor=cast.actor(who), at=NOW, task_id=task_id)
        assert refusal.value.reason is CaseRefusal.NOT_YOUR_TASK


@pytest.mark.parametrize("who", ["otto", "otto_provider", "vita", "uffe"])
def test_strangers_find_no_task(cast: Cast, who: str) -> None:
    task_id = add(cast)
    with pytest.raises(cases.Task.DoesNotExist):
        cases.finish_task(actor=cast.actor(who), at=NOW, task_id=task_id)
    with pytest.raises(cases.Task.DoesNotExist):
        cases.task(cast.actor(who), task_id)
    with pytest.raises(cases.Case.DoesNotExist):
        add(cast, who)


def test_what_was_corrected_is_called_off_and_what_was_done_is_not(cast: Cast) -> None:
    mette, source = cast.actor("mette"), uuid4()
    first, second = (add(cast, source="note", source_id=source) for _ in range(2))
    cases.finish_task(actor=mette, at=NOW, task_id=first)
    cases.cancel_tasks_of(actor=cast.actor("otto"), at=NOW, source="note", source_ids=[source])
    assert cases.task(mette, second).status == "open"
    cases.cancel_tasks_of(actor=mette, at=NOW, source="note", source_ids=[source])
    assert [cases.task(mette, one).status for one in (first, second)] == ["done", "cancelled"]


def test_samspil_itself_may_remind(cast: Cast) -> None:
    assert add(cast, actor=system_actor(TODAY, municipality=FJORDBY), source="feedback")
    with pytest.raises(cases.Case.DoesNotExist):
        add(cast, actor=system_actor(TODAY, municipality=992), source="feedback")


def test_tasks_are_read_in_one_query(cast: Cast, count_queries: Callable[[Callable[[], object]], int]) -> None:
    mette = cast.actor("mette")
    for _ in range(4):
        add(cast)
    assert count_queries(lambda: cases.my_tasks(mette)) == 1
    assert count_queries(lambda: cases.tasks_of(mette, cast.case_id)) == 1
