import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import DecisionRefusal
from samspil.contexts.decisions.models import Decision, Grant
from tests.cast import NOW, TODAY
from tests.decisions_world import ASSISTANCE, PAID_HELP
from tests.refusals import refuses


class TestGrants:
    def test_the_same_help_never_runs_twice(self, world):
        world.granted()
        need = world.examined(title="Mere bostøtte")
        draft = world.draft(need)
        world.answer(draft, need, "granted")
        world.plan(draft, need, service="bostøtte ", starts_on=TODAY + dt.timedelta(days=10), follow_up_on=None)
        refuses(DecisionRefusal.GRANT_OVERLAPS, decisions.decide, actor=world.actor(), at=NOW, decision_id=draft)
        assert Decision.objects.get(id=draft).status == "draft"

    def test_the_database_holds_it_too(self, world):
        world.granted()
        row = Grant.objects.get()
        row.id = None
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(
                **{f.attname: getattr(row, f.attname) for f in Grant._meta.concrete_fields if f.name != "id"}
            )

    def test_help_that_meets_end_to_end_is_fine(self, world):
        world.granted(ends_on=TODAY + dt.timedelta(days=9), follow_up_on=None)
        need = world.examined(title="Igen")
        draft = world.draft(need)
        world.answer(draft, need, "granted")
        world.plan(draft, need, starts_on=TODAY + dt.timedelta(days=10))
        decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
        assert [grant.state for grant in decisions.grants_of(world.actor(), world.case_id)] == ["running", "coming"]

    def test_less_help_needs_a_cause_that_is_not_money(self, world):
        world.tell(world.granted())
        (grant,) = decisions.grants_of(world.actor(), world.case_id)
        need = world.examined(title="Færre timer", grant=grant.id)
        draft = world.draft(need)
        world.describe(draft, effective_on=TODAY + dt.timedelta(weeks=5))
        world.answer(draft, need, "ended", cause="service_level")
        assert world.blocks(draft) == ["only_service_level"]
        world.answer(draft, need, "ended", cause="goal_reached")
        decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
        (line,) = decisions.grants_of(world.actor(), world.case_id)
        assert line.ends_on == TODAY + dt.timedelta(weeks=5, days=-1)

    def test_more_help_takes_over_from_its_first_day(self, world):
        world.granted()
        (grant,) = decisions.grants_of(world.actor(), world.case_id)
        need = world.examined(title="Flere timer", grant=grant.id)
        draft = world.draft(need)
        world.answer(draft, need, "changed")
        world.plan(draft, need, extent="3 timer om ugen", starts_on=TODAY + dt.timedelta(days=7))
        decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
        old, new = decisions.grants_of(world.actor(), world.case_id)
        assert (old.ends_on, new.starts_on) == (TODAY + dt.timedelta(days=6), TODAY + dt.timedelta(days=7))

    @pytest.mark.parametrize(("told_after", "weeks_later"), [(0, 14), (10, 14)])
    def test_a_lawful_notice_counts_from_the_day_the_citizen_was_told(self, world, told_after, weeks_later):
        world.granted(ASSISTANCE, service="Hjælpere")
        (grant,) = decisions.grants_of(world.actor(), world.case_id)
        need = world.examined(ASSISTANCE, title="Færre hjælpere", grant=grant.id)
        draft = world.draft(need)
        world.answer(draft, need, "ended", cause="citizen_changed")
        world.describe(draft, effective_on=TODAY + dt.timedelta(weeks=14, days=-1))
        assert world.blocks(draft) == ["notice_too_short"]
        world.describe(draft, effective_on=TODAY + dt.timedelta(weeks=14))
        decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
        later = NOW + dt.timedelta(days=told_after)
        world.tell(draft, later.date(), at=later)
        (line,) = decisions.grants_of(world.actor(), world.case_id)
        assert line.ends_on == later.date() + dt.timedelta(weeks=weeks_later, days=-1)

    def test_a_complaint_takes_nothing_from_the_notice(self, world):
        world.granted(ASSISTANCE, service="Hjælpere")
        (grant,) = decisions.grants_of(world.actor(), world.case_id)
        need = world.examined(ASSISTANCE, title="Færre hjælpere", grant=grant.id)
        draft = world.draft(need)
        world.answer(draft, need, "ended", cause="citizen_changed")
        world.describe(draft, effective_on=TODAY + dt.timedelta(weeks=14))
        decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
        world.tell(draft)
        (before,) = decisions.grants_of(world.actor(), world.case_id)
        complaint = world.complain(draft)
        answered = {"answer": "no_change", "words": "Vi har set på det igen."}
        decisions.reassess_complaint(actor=world.actor(), at=NOW, complaint_id=complaint, **answered)
        (after,) = decisions.grants_of(world.actor(), world.case_id)
        assert after.ends_on == before.ends_on == TODAY + dt.timedelta(weeks=14, days=-1)

    def test_less_in_the_place_of_more_begins_when_the_notice_has_run(self, world):
        world.granted(ASSISTANCE, service="Hjælpere")
        (grant,) = decisions.grants_of(world.actor(), world.case_id)
        need = world.examined(ASSISTANCE, title="Færre timer", grant=grant.id)
        draft = world.draft(need)
        day = TODAY + dt.timedelta(weeks=14)
        world.answer(draft, need, "changed", is_less=True, cause="citizen_changed")
        world.describe(draft, effective_on=day)
        world.plan(draft, need, service="Hjælpere", extent="30 timer om ugen", starts_on=day, follow_up_on=None)
        decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
        world.tell(draft, TODAY + dt.timedelta(days=3), at=NOW + dt.timedelta(days=3))
        old, new = decisions.grants_of(world.actor(), world.case_id)
        assert (old.ends_on, new.starts_on) == (day + dt.timedelta(days=2), day + dt.timedelta(days=3))
        assert Decision.objects.get(id=draft).effective_on == day + dt.timedelta(days=3)

    def test_what_excludes_each_other_is_not_granted_together(self, world):
        world.granted(ASSISTANCE, service="Hjælpere")
        need = world.examined(PAID_HELP, title="Tilskud")
        draft = world.draft(need)
        world.answer(draft, need, "granted")
        world.plan(draft, need, service="Tilskud til hjælper")
        assert world.blocks(draft) == ["excluded"]

    def test_a_small_adjustment_needs_no_letter_and_a_large_one_a_decision(self, world):
        world.granted()
        (grant,) = decisions.grants_of(world.actor(), world.case_id)
        more = {"actor": world.actor(), "at": NOW, "grant_id": grant.id, "what": "En ekstra tur", "starts_on": TODAY}
        more |= {"ends_on": TODAY + dt.timedelta(days=13), "minutes_a_day": 30, "is_favourable": True}
        decisions.adjust_grant(**more)
        (line,) = decisions.grants_of(world.actor(), world.case_id)
        assert [one.minutes_a_day for one in line.adjustments] == [30]
        refuses(DecisionRefusal.NEEDS_A_DECISION, decisions.adjust_grant, **(more | {"minutes_a_day": 31}))
        refuses(DecisionRefusal.MUST_BE_FAVOURABLE, decisions.adjust_grant, **(more | {"is_favourable": False}))
        long = {"ends_on": TODAY + dt.timedelta(days=14)}
        refuses(DecisionRefusal.NEEDS_A_DECISION, decisions.adjust_grant, **(more | long))
