"""When somebody looks again, and whose turn it is."""

import datetime as dt

import pytest

from samspil.contexts.disputes.enums import DisputeRefusal, DisputeStatus
from samspil.contexts.disputes.rules import DISPUTE, is_waiting, may_look_again

TODAY = dt.date(2026, 11, 24)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("again", "talk", "refusal"),
    [
        (TODAY, None, None),
        (TODAY - DAY, None, DisputeRefusal.DAY_IS_PAST),
        (TODAY, TODAY, None),
        (TODAY, TODAY + DAY, DisputeRefusal.BEFORE_THE_TALK),
        (TODAY + DAY, TODAY - 9 * DAY, None),
        (TODAY - DAY, TODAY, DisputeRefusal.DAY_IS_PAST),
    ],
)
def test_the_day_to_look_again(again, talk, refusal):
    assert may_look_again(again, talk_on=talk, on=TODAY).refusal == refusal


@pytest.mark.parametrize(
    ("status", "again", "waits"),
    [
        ("noted", None, True),
        ("planned", TODAY + DAY, False),
        ("planned", TODAY, True),
        ("planned", TODAY - DAY, True),
        ("settled", None, False),
        ("settled", TODAY - DAY, False),
    ],
)
def test_it_waits_without_a_plan_and_from_the_day(status, again, waits):
    assert is_waiting(status, again, on=TODAY) == waits


def test_it_is_the_authoritys_turn_until_it_is_settled():
    assert {status for status in DisputeStatus if DISPUTE.turn_of(status) == "authority"} == {"noted", "planned"}
    assert DISPUTE.ends == {"settled"}
