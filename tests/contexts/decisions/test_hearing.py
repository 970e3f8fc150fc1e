import datetime as dt

from samspil.contexts.deadlines.api import DeadlineRefusal
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import DecisionRefusal
from tests.cast import NOW, TODAY
from tests.refusals import refuses


class TestHearing:
    def fact(self, world, draft, **changes):
        said = {"source": "Egen læge", "text": "Lægen skriver, at Karla kan gå langt.", "is_known": False}
        said |= {"is_adverse": True, "is_weighty": True} | changes
        return decisions.add_fact(actor=world.actor(), at=NOW, decision_id=draft, **said)

    def ready(self, world):
        need = world.examined(against=True)
        draft = world.draft(need)
        world.answer(draft, need, "refused")
        return draft

    def test_an_adverse_fact_unknown_to_the_citizen_waits_for_an_answer(self, world):
        draft = self.ready(world)
        self.fact(world, draft, is_known=True)
        assert world.blocks(draft) == []
        self.fact(world, draft)
        assert world.blocks(draft) == ["not_heard"]
        by = TODAY + dt.timedelta(days=14)
        decisions.ask_hearing(actor=world.actor(), at=NOW, decision_id=draft, answer_by=by)
        assert world.blocks(draft) == ["hearing_runs"]
        decisions.answer_hearing(
            actor=world.actor(), at=NOW, decision_id=draft, words="Jeg går langt, men ikke alene.", answered_on=TODAY
        )
        assert world.blocks(draft) == []

    def test_unanswered_it_may_be_decided_the_day_after_the_last(self, world):
        draft = self.ready(world)
        self.fact(world, draft)
        decisions.ask_hearing(actor=world.actor(), at=NOW, decision_id=draft, answer_by=TODAY + dt.timedelta(days=14))
        for days, wanted in ((14, ["hearing_runs"]), (15, [])):
            later = NOW + dt.timedelta(days=days)
            page = decisions.decision(world.actor(on=later.date()), draft, at=later)
            gaps = [gap.key.split(":")[0] for cause in page.causes for gap in cause.gaps if gap.is_block]
            assert gaps == wanted

    def test_a_new_fact_after_the_hearing_must_be_heard_too(self, world):
        draft = self.ready(world)
        self.fact(world, draft)
        decisions.ask_hearing(actor=world.actor(), at=NOW, decision_id=draft, answer_by=TODAY + dt.timedelta(days=14))
        decisions.answer_hearing(actor=world.actor(), at=NOW, decision_id=draft, words="Nej", answered_on=TODAY)
        self.fact(world, draft, source="Arbejdspladsen")
        assert world.blocks(draft) == ["not_heard"]

    def test_more_time_puts_the_decision_off(self, world):
        draft = self.ready(world)
        self.fact(world, draft)
        by, later = TODAY + dt.timedelta(days=14), TODAY + dt.timedelta(days=20)
        decisions.ask_hearing(actor=world.actor(), at=NOW, decision_id=draft, answer_by=by)
        decisions.postpone_hearing(actor=world.actor(), at=NOW, decision_id=draft, answer_by=later, words="Ferie")
        refuses(
            DecisionRefusal.ANSWER_BY_IS_PAST,
            decisions.postpone_hearing,
            actor=world.actor(),
            at=NOW,
            decision_id=draft,
            answer_by=by,
            words="Alligevel ikke",
        )
        hearing = decisions.decision(world.actor(), draft, at=NOW).hearing
        assert hearing is not None
        assert hearing.answer_by == later

    def test_the_citizen_never_gets_less_time_than_the_rule_says(self, world):
        draft = self.ready(world)
        self.fact(world, draft)
        by = TODAY + dt.timedelta(days=13)
        refuses(
            DeadlineRefusal.SHORTER_THAN_RULE,
            decisions.ask_hearing,
            actor=world.actor(),
            at=NOW,
            decision_id=draft,
            answer_by=by,
        )

    def test_a_skipped_hearing_stands_in_the_letter(self, world):
        draft = self.ready(world)
        self.fact(world, draft)
        decisions.skip_hearing(
            actor=world.actor(), at=NOW, decision_id=draft, ground="afterwards", words="Svaret haster for Karla."
        )
        decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
        letter = decisions.decision_for_letter(world.actor(), draft)
        assert letter.hearing is not None
        assert letter.hearing.skip == decisions.HearingSkip.AFTERWARDS
        assert [(fact.must_be_heard, fact.was_heard) for fact in letter.facts] == [(True, False)]
