"""What the calendar brings to help that runs: its last day, the end of the old act, a birthday."""

import datetime as dt

import pytest

from samspil.contexts.citizens.models import Citizen
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.deadlines.api import Deadline, DeadlineRefusal
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.models import Grant
from samspil.jobs.deadlines import watch
from samspil.kernel.clock import DENMARK
from tests.cast import NOW, TODAY
from tests.refusals import refuses

SHORT, COURSE, OLD_CARE = "sel-82b", "sel-83a", "sel-83"
LAST = TODAY + dt.timedelta(days=60)


def at_nine(day):
    return dt.datetime.combine(day, dt.time(9), DENMARK)


def running(world, basis, *, starts_on=TODAY, ends_on=None):
    """Help under this basis; only what the calendar reads is set by hand."""
    world.granted()
    upper = ends_on + dt.timedelta(days=1) if ends_on else None
    Grant.objects.update(basis=basis, runs=(starts_on, upper))
    return Grant.objects.get()


def opened():
    rows = Deadline.objects.filter(kind__in=["help_ends", "convert_elder", "pension_age"])
    return [(one.kind, one.due_on, one.turn) for one in rows]


@pytest.mark.parametrize("basis", [SHORT, COURSE])
def test_a_month_before_its_last_day_help_stands_in_the_list_once(world, basis):
    running(world, basis, ends_on=LAST)
    assert watch(now=at_nine(LAST - dt.timedelta(days=31))).opened == 0
    assert watch(now=at_nine(LAST - dt.timedelta(days=30))).opened == 1
    assert watch(now=at_nine(LAST - dt.timedelta(days=29))).opened == 0
    assert opened() == [("help_ends", LAST, "authority")]


def test_nobody_is_told_twice_of_what_was_seen_to(world):
    running(world, COURSE, ends_on=LAST)
    watch(now=at_nine(LAST - dt.timedelta(days=10)))
    (made,) = Deadline.objects.filter(kind="help_ends").values_list("id", flat=True)
    deadlines.tick_deadline(actor=world.actor(), at=NOW, deadline_id=made)
    assert watch(now=at_nine(LAST - dt.timedelta(days=9))).opened == 0


def test_help_without_a_last_day_and_help_that_only_ends_are_left_alone(world):
    running(world, COURSE)
    assert watch(now=NOW).opened == 0
    Grant.objects.update(basis="sel-85", runs=(TODAY, TODAY + dt.timedelta(days=5)))
    assert watch(now=NOW).opened == 0


def test_a_new_day_is_watched_anew_and_a_decision_ends_the_watch(world):
    grant = running(world, COURSE, ends_on=TODAY + dt.timedelta(days=20))
    watch(now=NOW)
    need = world.examined(title="Efter forløbet", grant=grant.id)
    draft = world.draft(need)
    world.answer(draft, need, "changed")
    world.plan(draft, need, extent="3 timer om ugen", starts_on=TODAY + dt.timedelta(days=7))
    decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
    assert Deadline.objects.get(kind="help_ends").status == "met"
    assert watch(now=NOW).opened == 1, "it ends a week from now, and that is another last day"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "day", "count"),
    [
        (dt.date(2024, 3, 1), None, dt.date(2027, 1, 1), 1),
        (dt.date(2024, 3, 1), None, dt.date(2026, 12, 31), 0),
        (dt.date(2025, 7, 1), None, dt.date(2027, 1, 1), 0),
        (dt.date(2024, 3, 1), dt.date(2027, 6, 30), dt.date(2027, 1, 1), 0),
        (dt.date(2024, 3, 1), dt.date(2027, 7, 2), dt.date(2027, 1, 1), 1),
    ],
)
def test_old_grants_of_the_old_act_wait_for_a_new_decision(world, starts_on, ends_on, day, count):
    running(world, OLD_CARE, starts_on=starts_on, ends_on=ends_on)
    assert watch(now=at_nine(day)).opened == count
    assert watch(now=at_nine(day)).opened == 0
    assert opened() == [("convert_elder", dt.date(2027, 7, 1), "authority")] * count


def test_the_end_of_the_old_act_is_not_ticked_off(world):
    running(world, OLD_CARE, starts_on=dt.date(2024, 3, 1))
    watch(now=at_nine(dt.date(2027, 1, 1)))
    made = Deadline.objects.get(kind="convert_elder").id
    refuses(DeadlineRefusal.NOT_BY_HAND, deadlines.tick_deadline, actor=world.actor(), at=NOW, deadline_id=made)


def test_the_other_act_that_changes_has_its_own_day(world):
    running(world, "sel-100", starts_on=dt.date(2025, 8, 1))
    assert watch(now=at_nine(dt.date(2027, 2, 28))).opened == 0
    assert watch(now=at_nine(dt.date(2027, 3, 1))).opened == 1
    assert Deadline.objects.get(kind="convert_compensation").due_on == dt.date(2027, 9, 1)


@pytest.mark.parametrize(
    ("born_on", "count"),
    [
        (dt.date(1960, 6, 23), 1),
        (dt.date(1960, 6, 25), 0),
        (dt.date(1959, 11, 25), 1),
        (dt.date(1959, 11, 24), 0),
        (dt.date(1979, 4, 3), 0),
    ],
)
def test_the_pension_age_is_seen_half_a_year_ahead(world, born_on, count):
    """67 years: on the 24th of November 2026 the list reaches to those who retire by the 24th of June 2027."""
    world.granted()
    Citizen.objects.filter(id=world.cast.citizen_id).update(born_on=born_on)
    assert watch(now=NOW).opened == count
    assert watch(now=NOW).opened == 0


def test_a_closed_case_and_help_that_is_over_bring_nothing(world):
    grant = running(world, COURSE, ends_on=TODAY + dt.timedelta(days=5))
    assert watch(now=at_nine(TODAY + dt.timedelta(days=6))).opened == 0
    type(grant.case).objects.filter(id=grant.case_id).update(status="closed")
    assert watch(now=NOW).opened == 0


def test_the_questions_do_not_grow_with_the_cases(world, count_queries):
    decisions.foreseen(TODAY)  # the law is read once
    none = count_queries(lambda: decisions.foreseen(TODAY))
    running(world, COURSE, ends_on=TODAY + dt.timedelta(days=5))
    assert decisions.foreseen(TODAY)
    assert count_queries(lambda: decisions.foreseen(TODAY)) == none
