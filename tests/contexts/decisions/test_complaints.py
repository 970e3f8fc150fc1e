import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.deadlines.api import Deadline
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import DecisionRefusal
from samspil.contexts.decisions.models import Complaint, Decision
from samspil.kernel.day_counting import Length, Unit
from tests.cast import NOW, TODAY
from tests.decisions_world import ASSISTANCE, ESCORT, GROUP, SEEN, SUPPORT
from tests.refusals import refuses


def at_day(day):
    return NOW + (day - TODAY)


def again(world, decision, outcome="granted", *, at=NOW):
    """A new decision in the place of an earlier one."""
    actor = world.actor(on=at.date())
    draft = decisions.draft_again(actor=actor, at=at, decision_id=decision)
    (answer,) = decisions.decision(actor, draft, at=at).answers
    world.describe(draft)
    world.answer(draft, answer.need_id, outcome)
    world.plan(draft, answer.need_id, service="Bostøtte til kor", starts_on=at.date(), follow_up_on=None)
    return draft


def state(complaint):
    """Status, whose turn, and until when: as the complaint says, and the one deadline that runs for it."""
    row = Complaint.objects.get(id=complaint)
    running = list(Deadline.objects.filter(subject_id=complaint, status="open").values_list("kind", "due_on"))
    assert running == ([(row.clock, row.due_on)] if row.clock else [])
    return row.status, decisions.COMPLAINT.turn_of(row.status), row.due_on


def test_a_complaint_has_four_weeks_and_the_authority_its_turn(world):
    complaint = world.complain(world.refused())
    assert state(complaint) == ("received", "authority", TODAY + dt.timedelta(weeks=4))
    row = Complaint.objects.get()
    assert (row.from_name, row.written_by_name, row.is_late) == ("Karla Holm", "Mette Bjerre", False)


@pytest.mark.parametrize(
    ("received", "is_late"),
    [(dt.date(2026, 12, 22), False), (dt.date(2026, 12, 23), True), (dt.date(2026, 12, 31), True)],
)
def test_a_late_one_is_taken_and_only_sent_on(world, received, is_late):
    decision = world.refused()
    at = at_day(received)
    complaint = world.complain(decision, on=received, at=at)
    assert Complaint.objects.get().is_late is is_late
    if is_late:
        new = {"actor": world.actor(on=received), "at": at, "complaint_id": complaint, "words": "Vi har set på det."}
        refuses(DecisionRefusal.LATE_MUST_GO_ON, decisions.reassess_complaint, **new, answer="partial")
        refuses(
            DecisionRefusal.MAY_NOT_WAIT,
            decisions.delay_reassessment,
            actor=world.actor(on=received),
            at=at,
            complaint_id=complaint,
            due_on=received + dt.timedelta(days=60),
            words="Ferie",
        )
        decisions.reassess_complaint(**new, answer="no_change")
        assert state(complaint)[:2] == ("forwarded", "appeals_board")


def test_there_is_no_way_to_turn_one_away():
    moves = {move for ways in decisions.COMPLAINT.moves.values() for move in ways}
    assert moves == {
        *("full", "partial", "no_change", "withdraw", "keep", "accept", "forward"),
        *("settle", "remit", "decide_anew"),
    }


def test_an_urgent_one_waits_a_day_and_one_over_a_noticed_cut_a_fortnight(world):
    urgent = decisions.receive_complaint(
        actor=world.actor(),
        at=NOW,
        decision_id=world.refused(),
        channel="phone",
        received_on=TODAY,
        words="Jeg kan ikke vente",
        is_urgent=True,
    )
    assert state(urgent)[2] == TODAY + dt.timedelta(days=1)
    world.granted(ASSISTANCE, service="Hjælpere")
    (grant,) = decisions.grants_of(world.actor(), world.case_id)
    need = world.examined(ASSISTANCE, title="Færre hjælpere", grant=grant.id)
    draft = world.draft(need)
    world.answer(draft, need, "ended", cause="citizen_changed")
    world.describe(draft, effective_on=TODAY + dt.timedelta(weeks=14))
    decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
    world.tell(draft)
    noticed = world.complain(draft)
    assert state(noticed)[2] == TODAY + dt.timedelta(days=14)
    refuses(
        DecisionRefusal.MAY_NOT_WAIT,
        decisions.delay_reassessment,
        actor=world.actor(),
        at=NOW,
        complaint_id=noticed,
        due_on=TODAY + dt.timedelta(days=30),
        words="Vi mangler noget",
    )


def test_a_delay_is_told_with_a_reason_and_a_later_day(world):
    complaint = world.complain(world.refused())
    wait = {"actor": world.actor(), "at": NOW, "complaint_id": complaint}
    later = TODAY + dt.timedelta(weeks=6)
    refuses(DecisionRefusal.ANSWER_BY_IS_PAST, decisions.delay_reassessment, **wait, due_on=TODAY, words="Ja")
    refuses(DecisionRefusal.WHY_MISSING, decisions.delay_reassessment, **wait, due_on=later, words=" ")
    decisions.delay_reassessment(**wait, due_on=later, words="Vi venter på lægen.")
    assert state(complaint)[2] == later


def test_a_partial_win_and_the_citizen_keeps_the_rest(world):
    decision = world.refused()
    complaint = world.complain(decision)
    answer = {
        "actor": world.actor(),
        "at": NOW,
        "complaint_id": complaint,
        "answer": "partial",
        "words": "Noget af det",
    }
    refuses(DecisionRefusal.NEW_DECISION_MISSING, decisions.reassess_complaint, **answer)
    draft = again(world, decision, "partly")
    refuses(DecisionRefusal.NEW_DECISION_MISSING, decisions.reassess_complaint, **answer, new_decision_id=draft)
    decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
    decisions.reassess_complaint(**answer, new_decision_id=draft)
    assert state(complaint) == ("answered", "citizen", TODAY + dt.timedelta(weeks=4))
    decisions.answer_partial_win(actor=world.actor("karla"), at=NOW, complaint_id=complaint, keeps=True, on=TODAY)
    assert state(complaint) == ("kept", "authority", TODAY + dt.timedelta(days=14))
    decisions.forward_complaint(actor=world.actor(), at=NOW, complaint_id=complaint)
    assert state(complaint) == ("forwarded", "appeals_board", None)


def test_a_remittal_is_examined_point_by_point_before_it_is_decided_anew(world):
    decision = world.refused()
    complaint = world.complain(decision)
    mette = world.actor()
    decisions.reassess_complaint(
        actor=mette, at=NOW, complaint_id=complaint, answer="no_change", words="Vi holder fast."
    )
    board = {
        "actor": mette,
        "at": NOW,
        "complaint_id": complaint,
        "outcome": "remitted",
        "words": "",
        "received_on": TODAY,
    }
    refuses(DecisionRefusal.POINTS_MISSING, decisions.enter_board_outcome, **board)
    decisions.enter_board_outcome(**board, points=[("1-facts", "Støtte undervejs"), ("2-borderline", "Ledsagelse")])
    assert state(complaint) == ("remitted", "authority", TODAY + dt.timedelta(weeks=12))
    draft = again(world, decision)
    assert world.blocks(draft) == ["points_open"]
    for point in decisions.complaint(mette, complaint).points:
        refuses(DecisionRefusal.GAPS, decisions.decide, actor=mette, at=NOW, decision_id=draft)
        decisions.answer_point(actor=mette, at=NOW, point_id=point.id, answer="Undersøgt på besøg den 20.")
    decisions.decide(actor=mette, at=NOW, decision_id=draft)
    decisions.settle_remitted(actor=mette, at=NOW, complaint_id=complaint, new_decision_id=draft)
    assert state(complaint) == ("settled", "nobody", None)


@pytest.mark.parametrize(
    ("promised", "weeks"), [({}, 12), ({"": 7}, 7), ({"": 7, SUPPORT: 5}, 5), ({ESCORT: 5}, 12)], ids=str
)
def test_a_remittal_restarts_the_deadline_that_the_municipality_has_published(world, promised, weeks):
    """That of the area it is about, from the day on which the board's answer came; the citizen reads the same day."""
    complaint = world.complain(world.refused(SUPPORT))
    decisions.reassess_complaint(
        actor=world.actor(), at=NOW, complaint_id=complaint, answer="no_change", words="Vi holder fast."
    )
    for basis, count in promised.items():
        catalogue.set_own_deadline(
            actor=world.actor("lene"),
            at=NOW,
            key="decide",
            basis=basis,
            length=Length(count, Unit.WEEKS),
            from_on=TODAY,
        )
    received = TODAY - dt.timedelta(days=3)
    decisions.enter_board_outcome(
        actor=world.actor(),
        at=NOW,
        complaint_id=complaint,
        outcome="remitted",
        words="",
        received_on=received,
        points=[("1-facts", "Støtte undervejs")],
    )
    due = received + dt.timedelta(weeks=weeks)
    assert state(complaint) == ("remitted", "authority", due)
    running = Deadline.objects.get(kind="decide_again", subject_id=complaint)
    assert (running.about, running.from_on, running.due_on) == (SUPPORT, received, due)


@pytest.mark.parametrize(("key", "is_urgent", "told"), [("reassess_urgent", True, 1), ("forward_late", False, 60)])
def test_what_the_municipality_has_set_itself_holds_for_the_complaint_too(world, key, is_urgent, told):
    """The day on the complaint and the deadline that runs for it are one day, also where they are not our example."""
    at = NOW + dt.timedelta(days=told)
    decision = world.refused()
    catalogue.set_own_deadline(actor=world.actor("lene"), at=NOW, key=key, length=Length(3, Unit.DAYS), from_on=TODAY)
    complaint = decisions.receive_complaint(
        actor=world.actor(on=at.date()),
        at=at,
        decision_id=decision,
        channel="phone",
        received_on=at.date(),
        words="Jeg er ikke enig.",
        from_name="Karla Holm",
        is_urgent=is_urgent,
    )
    assert state(complaint)[2] == at.date() + dt.timedelta(days=3)


def test_the_time_to_answer_a_hearing_is_what_the_municipality_has_set(world):
    catalogue.set_own_deadline(
        actor=world.actor("lene"), at=NOW, key="hearing", length=Length(3, Unit.WEEKS), from_on=TODAY
    )
    assert decisions.hearing_due(world.actor()) == TODAY + dt.timedelta(weeks=3)


def test_the_earlier_decision_stands_and_its_examination_is_copied_with_its_quotes(world):
    decision = world.refused()
    draft = again(world, decision)
    before = decisions.decision_for_letter(world.actor(), decision)
    decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
    after = decisions.decision_for_letter(world.actor(), draft)
    assert decisions.decision_for_letter(world.actor(), decision) == before
    assert after.replaces_id == decision
    assert {quote.text for one in after.needs[0].criteria for quote in one.quotes} == {SEEN}
    assert not {need.id for need in before.needs} & {need.id for need in after.needs}


def test_what_cannot_be_appealed_is_said_at_the_complaint(world):
    need = world.examined(GROUP, against=True)
    draft = world.draft(need)
    world.answer(draft, need, "refused")
    decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
    world.tell(draft)
    refuses(
        DecisionRefusal.NOT_APPEALABLE,
        decisions.receive_complaint,
        actor=world.actor(),
        at=NOW,
        decision_id=draft,
        channel="talk",
        received_on=TODAY,
        words="Jeg er uenig",
    )


def test_the_citizen_complains_and_takes_it_back(world):
    decision = world.refused()
    complaint = world.complain(decision, name="karla")
    row = Complaint.objects.get()
    assert (row.from_name, row.written_by_name) == ("Karla Holm", "")
    decisions.withdraw_complaint(actor=world.actor("karla"), at=NOW, complaint_id=complaint)
    assert state(complaint)[:2] == ("withdrawn", "nobody")
    assert world.complain(decision, name="karla") != complaint


def test_one_open_complaint_for_a_decision_also_in_the_database(world):
    decision = world.refused()
    world.complain(decision)
    refuses(
        DecisionRefusal.COMPLAINT_OPEN,
        decisions.receive_complaint,
        actor=world.actor(),
        at=NOW,
        decision_id=decision,
        channel="talk",
        received_on=TODAY,
        words="Igen",
    )
    row = Complaint.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.create(
            **{f.attname: getattr(row, f.attname) for f in Complaint._meta.concrete_fields if f.name != "id"}
        )


@pytest.mark.parametrize("name", ["otto", "jonas", "vita", "otto_provider"])
def test_others_can_neither_complain_nor_see(world, name):
    decision = world.refused()
    world.complain(decision)
    other = world.actor(name)
    assert decisions.complaints_of(other, world.case_id) == ()
    with pytest.raises(Decision.DoesNotExist):
        world.complain(decision, name=name)
    with pytest.raises(Complaint.DoesNotExist):
        decisions.complaint(other, Complaint.objects.get().id)


def test_before_the_citizen_has_been_told_there_is_nothing_to_complain_about(world):
    decision = world.refused(told_on=None)
    refuses(
        DecisionRefusal.WRONG_STATUS,
        decisions.receive_complaint,
        actor=world.actor(),
        at=NOW,
        decision_id=decision,
        channel="talk",
        received_on=TODAY,
        words="Nej",
    )


def test_complaints_cost_the_same_however_many(world, count_queries):
    world.complain(world.refused())
    mette = world.actor()
    decisions.complaints_of(mette, world.case_id)
    one = count_queries(lambda: decisions.complaints_of(mette, world.case_id))
    world.complain(world.refused())
    assert len(decisions.complaints_of(mette, world.case_id)) == 2
    assert count_queries(lambda: decisions.complaints_of(mette, world.case_id)) == one


def test_a_new_look_begins_with_how_the_citizen_took_part(world):
    decision = world.refused()
    Decision.objects.filter(id=decision).update(involvement="Karla læste det hele og rettede to steder.")
    draft = decisions.draft_again(actor=world.actor(), at=NOW, decision_id=decision)
    assert Decision.objects.get(id=draft).involvement == "Karla læste det hele og rettede to steder."
