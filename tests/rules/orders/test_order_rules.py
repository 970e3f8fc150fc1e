import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.contexts.orders import rules
from samspil.contexts.orders.enums import OrderRefusal, OrderStatus, Recommendation, StatusNoteStatus

DAY = dt.date(2026, 11, 24)
days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


def later(count):
    return DAY + dt.timedelta(days=count)


def test_every_status_has_a_turn():
    assert set(rules.ORDER.statuses) == set(OrderStatus.values)
    assert set(rules.STATUS_NOTE.statuses) == set(StatusNoteStatus.values)


def test_a_move_that_does_not_start_here_is_refused_in_our_words():
    assert rules.may_move(rules.ORDER, "sent", "accept")
    assert rules.may_move(rules.ORDER, "ended", "accept").refusal is OrderRefusal.WRONG_STATUS


@pytest.mark.parametrize(
    ("ends_on", "follow_up_on", "refusal"),
    [
        (None, None, None),
        (later(0), later(0), None),
        (later(-1), None, OrderRefusal.ENDS_BEFORE_START),
        (None, later(-1), OrderRefusal.FOLLOW_UP_BEFORE_START),
    ],
)
def test_the_days_of_an_order_come_in_order(ends_on, follow_up_on, refusal):
    assert rules.may_run(starts_on=DAY, ends_on=ends_on, follow_up_on=follow_up_on).refusal is refusal


@pytest.mark.parametrize(
    ("recommendation", "words", "refusal"),
    [
        ("", "", OrderRefusal.RECOMMENDATION_MISSING),
        ("perhaps", "Fordi", OrderRefusal.RECOMMENDATION_MISSING),
        (Recommendation.CONTINUE, "", None),
        (Recommendation.CHANGE, " ", OrderRefusal.REASON_MISSING),
        (Recommendation.END, "Karla klarer det selv.", None),
    ],
)
def test_only_going_on_needs_no_reason(recommendation, words, refusal):
    assert rules.may_recommend(recommendation=recommendation, words=words).refusal is refusal


@pytest.mark.parametrize(
    ("follow_up", "meeting", "last_sent", "wanted"),
    [
        (None, None, None, None),
        (31, None, None, None),
        (30, None, None, 30),
        (-400, None, None, -400),
        (20, 10, None, 10),
        (20, 25, None, 20),
        (20, None, -39, None),
        (20, None, -40, None),
        (20, None, -41, 20),
    ],
)
def test_when_a_status_note_is_wanted(follow_up, meeting, last_sent, wanted):
    found = rules.status_note_due(
        follow_up_on=None if follow_up is None else later(follow_up),
        meeting_on=None if meeting is None else later(meeting),
        last_sent_on=None if last_sent is None else later(last_sent),
        on=DAY,
    )
    assert found == (None if wanted is None else later(wanted))


@given(follow_up=days, last=st.none() | days, on=days)
def test_a_status_note_just_sent_is_never_asked_for_again(follow_up, last, on):
    wanted = rules.status_note_due(follow_up_on=follow_up, meeting_on=None, last_sent_on=last, on=on)
    if last is not None and last >= follow_up - rules.COUNTS_FOR:
        assert wanted is None
    if wanted is not None:
        assert wanted - rules.LEAD <= on
