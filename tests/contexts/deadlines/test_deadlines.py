"""A deadline from its start to its end: counted, seen, kept, moved, watched."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from samspil.contexts.access.api import Event, Side, system_actor
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.models import Provision
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.deadlines.api import Deadline, DeadlineNear, DeadlinePassed, DeadlineRefusal
from samspil.contexts.letters.models import Letter
from samspil.jobs.deadlines import watch
from samspil.kernel import happenings, scope
from samspil.kernel.ids import new_id
from samspil.kernel.verdict import Refused
from tests.cast import FJORDBY, NOW, TODAY, build_cast
from tests.refusals import refused

DAY = dt.timedelta(days=1)


@pytest.fixture
def town(cast):
    catalogue.load_law(at=NOW)
    return cast


@pytest.fixture
def open_one(town):
    def make(who="mette", **given):
        actor = town.actor(who) if isinstance(who, str) else who
        asked = {"case_id": town.case_id, "kind": "decide", "from_on": TODAY} | given
        return deadlines.open_deadline(actor=actor, at=NOW, **asked)

    return make


@pytest.fixture
def heard():
    found = []
    for event in (DeadlineNear, DeadlinePassed):
        happenings.subscribe(event, found.append)
    yield found
    for event in (DeadlineNear, DeadlinePassed):
        happenings.unsubscribe(event, found.append)


def at_noon(day):
    return dt.datetime.combine(day, dt.time(12), NOW.tzinfo)


def status_of(deadline_id):
    return Deadline.objects.get(id=deadline_id).status


class TestOpening:
    def test_the_day_is_counted_by_the_rule_about_the_basis(self, town, open_one):
        general, support = open_one(), open_one(about="sel-85")
        assert Deadline.objects.get(id=general).due_on == TODAY + dt.timedelta(weeks=8)
        assert Deadline.objects.get(id=support).due_on == TODAY + dt.timedelta(weeks=12)
        assert Event.objects.filter(kind="deadline.opened").count() == 2

    def test_a_complaint_received_on_new_years_eve(self, open_one):
        made = Deadline.objects.get(id=open_one(kind="reassess", from_on=dt.date(2026, 12, 31)))
        assert made.due_on == dt.date(2027, 1, 28)

    def test_a_decision_available_just_before_christmas_rolls_for_the_citizen(self, open_one):
        made = Deadline.objects.get(id=open_one(kind="complain", from_on=dt.date(2026, 11, 26)))
        assert (made.due_on, made.turn) == (dt.date(2026, 12, 28), "citizen")

    def test_the_law_itself_may_name_the_day(self, open_one):
        assert Deadline.objects.get(id=open_one(kind="convert_elder")).due_on == dt.date(2027, 7, 1)

    def test_of_a_kind_about_one_thing_one_runs_at_a_time(self, town, open_one):
        complaint = new_id()
        first = open_one(kind="reassess", subject_id=complaint)
        assert refused(open_one, kind="reassess", subject_id=complaint) is DeadlineRefusal.ALREADY_RUNNING
        open_one(kind="reassess", subject_id=new_id())
        deadlines.meet_deadline(actor=town.actor("mette"), at=NOW, deadline_id=first)
        open_one(kind="reassess", subject_id=complaint)

    def test_one_without_a_subject_runs_once_too(self, open_one):
        open_one()
        assert refused(open_one) is DeadlineRefusal.ALREADY_RUNNING

    def test_a_kind_without_a_rule_is_refused(self, open_one):
        assert refused(open_one, kind="some_day") is DeadlineRefusal.NO_SUCH_RULE

    def test_a_hearing_may_be_longer_but_never_shorter(self, open_one):
        long = TODAY + dt.timedelta(days=30)
        assert Deadline.objects.get(id=open_one(kind="hearing", due_on=long, subject_id=new_id())).due_on == long
        short = TODAY + dt.timedelta(days=10)
        assert refused(open_one, kind="hearing", due_on=short) is DeadlineRefusal.SHORTER_THAN_RULE

    def test_the_authority_never_gives_itself_longer(self, open_one):
        late = TODAY + dt.timedelta(days=15)
        assert refused(open_one, kind="forward", due_on=late) is DeadlineRefusal.LONGER_THAN_RULE

    def test_what_a_citizen_asks_for_sets_the_clock_going(self, open_one):
        assert open_one("karla", kind="reassess", subject_id=new_id())

    @pytest.mark.parametrize("who", ["otto", "otto_provider", "uffe", "vita"])
    def test_strangers_set_nothing_going(self, open_one, who):
        with pytest.raises((cases.Case.DoesNotExist, Refused)):
            open_one(who)
        assert not Deadline.objects.exists()

    def test_a_provider_sets_nothing_going_in_its_own_case(self, open_one):
        with pytest.raises(Refused):
            open_one("jonas")

    def test_what_a_municipality_has_set_counts_there(self, town, open_one):
        shipped = Provision.objects.get(kind="deadline", key="decide")
        Provision.objects.create(
            kind="deadline", key="decide", municipality=FJORDBY, content=shipped.content | {"length": "3 weeks"},
            source="byrådet", read="local", valid=(dt.date(2026, 1, 1), None), loaded_at=NOW,
        )  # fmt: skip
        made = Deadline.objects.get(id=open_one())
        assert made.due_on == TODAY + dt.timedelta(weeks=3)


class TestSeeing:
    def test_the_case_and_the_day_of_its_coordinator(self, town, open_one):
        complaint = open_one(kind="complain", from_on=TODAY - dt.timedelta(days=25), subject_id=new_id())
        open_one()
        in_case = deadlines.deadlines_of(town.actor("mette"), town.case_id)
        assert [(d.kind, d.turn, d.is_near) for d in in_case] == [
            ("complain", "citizen", True),
            ("decide", "authority", False),
        ]
        assert [d.id for d in deadlines.my_deadlines(town.actor("mette"))] == [complaint]
        assert deadlines.my_deadlines(town.actor("lene")) == ()
        assert in_case[0].is_law
        assert not in_case[1].is_law

    def test_the_citizen_sees_what_is_told_to_citizens(self, town, open_one):
        open_one(), open_one(kind="pension_age")
        assert [d.kind for d in deadlines.deadlines_of(town.actor("karla"), town.case_id)] == ["decide"]
        assert deadlines.deadlines_of(town.actor("karla"), town.case_id)[0].citizen_text.startswith("Du får svar")

    @pytest.mark.parametrize("who", ["otto", "otto_provider", "uffe", "vita", "jonas", "ida"])
    def test_nobody_else_sees_any(self, town, open_one, who):
        made, actor = open_one(), town.actor(who)
        deadlines.recount_deadline(actor=town.actor("mette"), at=NOW, deadline_id=made, why="Prøve")
        assert deadlines.deadlines_of(actor, town.case_id) == ()
        assert deadlines.my_deadlines(actor) == ()
        assert deadlines.changes_in_case(actor, town.case_id) == {}
        assert deadlines.deadlines_about(actor, [made]) == {}
        with pytest.raises(Deadline.DoesNotExist):
            deadlines.deadline(actor, made)

    def test_the_reads_do_not_grow_with_rows(self, town, open_one, django_assert_num_queries):
        actor = town.actor("mette")
        for number in range(6):
            open_one(kind="complain", subject_id=new_id(), from_on=TODAY - number * DAY)
        with django_assert_num_queries(1):
            assert len(deadlines.deadlines_of(actor, town.case_id)) == 6

    def test_one_municipality_never_sees_anothers_rows(self, town, open_one):
        open_one()
        with scope.within(scope.Scope(municipality=992)):
            assert not Deadline.objects.exists()
        with scope.within(scope.Scope(municipality=FJORDBY)):
            assert Deadline.objects.exists()


class TestKeeping:
    def test_what_hangs_on_something_is_kept_by_that(self, town, open_one):
        mette, hearing = town.actor("mette"), new_id()
        made = open_one(kind="hearing", subject_id=hearing)
        assert refused(deadlines.tick_deadline, actor=mette, at=NOW, deadline_id=made) is DeadlineRefusal.NOT_BY_HAND
        met = deadlines.meet_deadlines_of(actor=town.actor("karla"), at=NOW, case_id=town.case_id, kind="hearing",
                                          subject_id=hearing)  # fmt: skip
        assert (met, status_of(made)) == (1, "met")
        again = deadlines.meet_deadlines_of(actor=mette, at=NOW, case_id=town.case_id, kind="hearing",
                                            subject_id=hearing)  # fmt: skip
        assert again == 0

    def test_what_hangs_on_nothing_is_ticked_by_hand(self, town, open_one):
        made = open_one(kind="follow_up")
        deadlines.tick_deadline(actor=town.actor("mette"), at=NOW, deadline_id=made)
        assert status_of(made) == "met"
        assert refused(deadlines.meet_deadline, actor=town.actor("mette"), at=NOW, deadline_id=made)

    def test_calling_off(self, town, open_one):
        made = open_one(kind="hearing", subject_id=town.case_id)
        deadlines.cancel_deadlines_of(actor=town.actor("mette"), at=NOW, case_id=town.case_id, kind="hearing",
                                      subject_id=town.case_id)  # fmt: skip
        assert status_of(made) == "cancelled"
        assert Deadline.objects.get(id=made).acts_on is None

    @pytest.mark.parametrize("who", ["otto", "uffe", "vita", "jonas"])
    def test_strangers_and_providers_end_nothing(self, town, open_one, who):
        made, actor = open_one(kind="follow_up"), town.actor(who)
        for command in (deadlines.meet_deadline, deadlines.tick_deadline):
            with pytest.raises((Deadline.DoesNotExist, Refused)):
                command(actor=actor, at=NOW, deadline_id=made)
        assert status_of(made) == "open"


class TestMoving:
    def test_changed_law_moves_no_day_until_somebody_counts_anew(self, town, open_one):
        made = open_one(kind="hearing", subject_id=new_id())
        old = Deadline.objects.get(id=made)
        row = Provision.objects.get(id=old.rule_id)
        Provision.objects.filter(id=row.id).update(replaced_at=NOW)
        new = Provision.objects.create(kind=row.kind, key=row.key, content=row.content | {"length": "21 days"},
                                       source=row.source, read=row.read, valid=row.valid, loaded_at=NOW)  # fmt: skip
        catalogue_forget()
        mette = town.actor("mette")
        assert Deadline.objects.get(id=made).due_on == old.due_on
        assert deadlines.deadlines_of(mette, town.case_id)[0].rule_was_replaced
        assert deadlines.counted_by_replaced_rules(mette) == 1
        deadlines.recount_deadline(actor=mette, at=NOW, deadline_id=made, why="Fristen er længere nu")
        assert Deadline.objects.get(id=made).due_on == dt.date(2026, 12, 15)
        change = deadlines.changes_in_case(mette, town.case_id)[made][0]
        assert (change.old_due_on, change.new_due_on, change.rule_changed) == (old.due_on, dt.date(2026, 12, 15), True)
        assert deadlines.counted_by_replaced_rules(mette) == 0
        assert deadlines.DeadlineChange.objects.get().new_rule_id == new.id

    def test_later_receipt_counts_when_the_citizen_shows_it(self, town, open_one):
        made = open_one(kind="complain", from_on=dt.date(2026, 11, 23), subject_id=new_id())
        deadlines.recount_deadline(actor=town.actor("mette"), at=NOW, deadline_id=made, why="Brevet kom senere",
                                   from_on=dt.date(2026, 11, 26))  # fmt: skip
        assert Deadline.objects.get(id=made).due_on == dt.date(2026, 12, 28)

    def test_more_time_where_the_rule_lets_it_and_with_a_reason(self, town, open_one):
        mette, made = town.actor("mette"), open_one()
        given = {"actor": mette, "at": NOW, "deadline_id": made, "due_on": TODAY + dt.timedelta(weeks=10)}
        assert refused(deadlines.move_deadline, **given, why=" ") is DeadlineRefusal.NO_REASON
        assert refused(deadlines.move_deadline, **given, why="x" * 100_000) is DeadlineRefusal.TOO_LONG
        past = given | {"due_on": TODAY - DAY}
        assert refused(deadlines.move_deadline, **past, why="Grund") is DeadlineRefusal.DAY_IS_PAST
        deadlines.move_deadline(**given, why="Vi venter på lægen")
        assert Deadline.objects.get(id=made).due_on == TODAY + dt.timedelta(weeks=10)
        assert Event.objects.filter(kind="deadline.moved").count() == 1

    def test_fourteen_days_after_a_notice_cannot_be_extended(self, town, open_one):
        made = open_one(kind="reassess_with_notice", subject_id=new_id())
        reason = refused(deadlines.move_deadline, actor=town.actor("mette"), at=NOW, deadline_id=made,
                            due_on=TODAY + dt.timedelta(days=20), why="Travlt")  # fmt: skip
        assert reason is DeadlineRefusal.MAY_NOT_BE_EXTENDED

    def test_what_has_passed_runs_again(self, town, open_one):
        made = open_one(kind="complain", from_on=TODAY - dt.timedelta(days=60), subject_id=new_id())
        watch(now=NOW)
        assert status_of(made) == "lapsed"
        deadlines.recount_deadline(actor=town.actor("mette"), at=NOW, deadline_id=made, why="Kom senere", from_on=TODAY)
        again = Deadline.objects.get(id=made)
        assert (again.status, again.acts_on > TODAY) == ("open", True)

    def test_an_ended_one_stays_ended(self, town, open_one):
        mette, made = town.actor("mette"), open_one(kind="follow_up")
        deadlines.meet_deadline(actor=mette, at=NOW, deadline_id=made)
        reason = refused(deadlines.recount_deadline, actor=mette, at=NOW, deadline_id=made, why="Igen")
        assert reason is DeadlineRefusal.NOT_RUNNING


class TestWatching:
    def test_near_and_then_late(self, open_one, heard):
        made = open_one(subject_id=new_id())
        assert watch(now=NOW).acted == 0
        assert watch(now=at_noon(TODAY + dt.timedelta(days=42))).acted == 1
        Letter.objects.all().delete()  # somebody took away the letter that would have moved the day
        assert watch(now=at_noon(TODAY + dt.timedelta(days=56))).acted == 0  # the last day belongs to it
        assert status_of(made) == "open"
        assert watch(now=at_noon(TODAY + dt.timedelta(days=57))).acted == 1
        assert status_of(made) == "late"
        assert watch(now=at_noon(TODAY + dt.timedelta(days=58))).acted == 0
        assert [(type(event), event.deadline_id) for event in heard] == [(DeadlineNear, made), (DeadlinePassed, made)]
        kinds = Event.objects.filter(subject="deadline").order_by("at").values_list("kind", flat=True)
        assert list(kinds) == ["deadline.opened", "deadline.near", "deadline.late"]

    @pytest.mark.parametrize(
        ("kind", "status", "turn"), [("hearing", "over", "authority"), ("complain", "lapsed", "nobody")]
    )
    def test_a_citizens_time_runs_out(self, town, open_one, kind, status, turn):
        made = open_one(kind=kind, from_on=TODAY - dt.timedelta(days=60), subject_id=new_id())
        watch(now=NOW)
        found = deadlines.deadline(town.actor("mette"), made)
        assert (found.status, found.turn) == (status, turn)

    def test_an_unanswered_hearing_is_shown_until_somebody_goes_on(self, town, open_one):
        made = open_one(kind="hearing", from_on=TODAY - dt.timedelta(days=20), subject_id=new_id())
        watch(now=NOW)
        mette = town.actor("mette")
        (mine,) = deadlines.my_deadlines(mette)
        assert mine.may_tick
        deadlines.tick_deadline(actor=mette, at=NOW, deadline_id=made)
        assert deadlines.my_deadlines(mette) == ()

    def test_whether_time_is_over_is_told_from_the_days(self, town, open_one):
        hearing = new_id()
        open_one(kind="hearing", from_on=TODAY, subject_id=hearing)
        last = TODAY + dt.timedelta(days=14)
        asked = {"kind": "hearing", "subject_id": hearing}
        assert not deadlines.is_time_over(town.actor("mette", on=last), **asked)
        assert deadlines.is_time_over(town.actor("mette", on=last + DAY), **asked)

    def test_a_day_already_claimed_is_left_alone(self, town, open_one):
        made = open_one(kind="hearing", from_on=TODAY - dt.timedelta(days=20), subject_id=new_id())
        waits = Deadline.objects.get(id=made).acts_on
        system = system_actor(TODAY, municipality=FJORDBY)
        given = {"actor": system, "at": NOW, "deadline_id": made, "acts_on": waits}
        assert deadlines.act_on_deadline(**given)
        assert not deadlines.act_on_deadline(**given)
        assert Event.objects.filter(kind="deadline.over").count() == 1

    def test_a_day_that_has_not_come_is_not_acted_on(self, open_one):
        made = open_one()
        given = {"at": NOW, "deadline_id": made, "acts_on": Deadline.objects.get(id=made).acts_on}
        assert not deadlines.act_on_deadline(actor=system_actor(TODAY, municipality=FJORDBY), **given)

    def test_only_samspil_itself_watches(self, town, open_one):
        made = open_one()
        given = {"at": NOW, "deadline_id": made, "acts_on": TODAY}
        assert town.actor("mette").side != Side.SYSTEM
        refused(deadlines.act_on_deadline, actor=town.actor("mette"), **given)

    def test_one_that_fails_waits_and_holds_up_no_other(self, open_one, heard, caplog):
        bad = open_one(kind="complain", from_on=TODAY - dt.timedelta(days=60), subject_id=new_id())
        good = open_one(kind="complain", from_on=TODAY - dt.timedelta(days=50), subject_id=new_id())

        def stumble(event):
            if event.deadline_id == bad:
                raise LookupError("the letter could not be written")

        happenings.subscribe(DeadlinePassed, stumble)
        try:
            watched = watch(now=NOW)
        finally:
            happenings.unsubscribe(DeadlinePassed, stumble)
        assert (watched.acted, watched.failed) == (1, (bad,))
        assert (status_of(bad), status_of(good)) == ("open", "lapsed")
        assert not Event.objects.filter(kind="deadline.lapsed", subject_id=bad).exists()
        assert "left for the next watch" in caplog.text
        assert watch(now=NOW).acted == 1
        assert status_of(bad) == "lapsed"

    def test_an_open_deadline_without_a_day_to_act_cannot_be_written(self, open_one):
        made = open_one()
        with pytest.raises(IntegrityError, match="deadline_waits_only_while_open"), transaction.atomic():
            Deadline.objects.filter(id=made).update(acts_on=None)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_act_once():
    cast = build_cast()
    catalogue.load_law(at=NOW)
    for number in range(12):
        deadlines.open_deadline(actor=cast.actor("mette"), at=NOW, case_id=cast.case_id, kind="complain",
                                from_on=TODAY - dt.timedelta(days=60 + number), subject_id=new_id())  # fmt: skip
    acted, together = [], threading.Barrier(2)

    def work():
        try:
            with scope.within(scope.SYSTEM):
                together.wait(5)
                acted.append(watch(now=NOW).acted)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sum(acted) == 12
    assert Event.objects.filter(kind="deadline.lapsed").count() == 12


def catalogue_forget():
    from samspil.contexts.catalogue.queries import law

    law.forget()
