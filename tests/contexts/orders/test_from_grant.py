"""What was granted flows to the order: not written again, and never more days than there is a right to."""

import datetime as dt

import pytest
from django.urls import reverse

from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.models import Grant
from samspil.contexts.goals import api as goals
from samspil.contexts.orders import api as orders
from samspil.contexts.orders import rules
from samspil.contexts.orders.api import OrderRefusal
from samspil.kernel.verdict import Refused
from tests.cast import NOW, TODAY
from tests.decisions_world import build_world

LAST = TODAY + dt.timedelta(days=60)


@pytest.mark.parametrize(
    ("starts", "ends", "until", "is_within"),
    [(0, 60, 60, True), (0, 61, 60, False), (-1, 60, 60, False), (0, None, 60, False), (0, None, None, True)],
)
def test_an_order_lies_within_the_days_granted(starts, ends, until, is_within):
    day = {n: None if n is None else TODAY + dt.timedelta(days=n) for n in (starts, ends, until)}
    verdict = rules.within_grant(starts_on=day[starts], ends_on=day[ends], granted_from=TODAY, granted_until=day[until])
    assert bool(verdict) is is_within
    assert verdict.refusal in {None, OrderRefusal.OUTSIDE_GRANT}


@pytest.fixture
def granted(cast):
    world = build_world(cast)
    world.granted(ends_on=LAST, follow_up_on=None)
    goals.set_purpose(actor=world.actor(), at=NOW, case_id=world.case_id, citizen_words="Jeg vil til kor.")
    goals.add_goal(
        actor=world.actor(),
        at=NOW,
        case_id=world.case_id,
        title="Bussen",
        citizen_words="Jeg vil køre selv.",
        wording="Karla kører selv.",
        if_reached="Slut.",
        if_not_reached="Videre.",
        pictogram="bus",
        follow_up_on=TODAY + dt.timedelta(days=30),
    )
    return world


def _send(world, **changes):
    (goal,) = goals.goals_for(world.actor(), world.case_id).running
    wanted = {"unit_id": world.cast.team.id, "what": "Bostøtte", "starts_on": TODAY, "goal_ids": [goal.id]}
    wanted["grant_id"] = Grant.objects.get().id
    return orders.send_order(actor=world.actor(), at=NOW, case_id=world.case_id, **(wanted | changes))


def test_the_order_ends_with_the_grant_and_names_it(granted):
    view = orders.order(granted.actor(), _send(granted))
    assert (view.line.ends_on, view.granted) == (LAST, "Bostøtte, 2 timer om ugen")


def test_what_lies_outside_is_refused_and_a_foreign_grant_is_not_there(granted, cast):
    with pytest.raises(Refused) as caught:
        _send(granted, ends_on=LAST + dt.timedelta(days=1))
    assert caught.value.reason == OrderRefusal.OUTSIDE_GRANT
    with pytest.raises(Grant.DoesNotExist):
        decisions.grant_in_case(granted.actor(), Grant.objects.get().id, cast.mette.id)


def test_the_provider_sees_what_is_ordered_and_nothing_of_the_decision(granted):
    order_id = _send(granted)
    jonas = granted.actor("jonas")
    assert orders.order(jonas, order_id).line.what == "Bostøtte"
    assert decisions.grants_of(jonas, granted.case_id) == ()


def test_the_form_is_filled_from_the_grant(granted, client_for):
    page = client_for("mette").get(reverse("authority:order_new", args=[granted.case_id])).content.decode()
    assert 'value="2 timer om ugen"' in page
    assert "Bostøtte, 2 timer om ugen" in page
    assert f'value="{LAST.day}.{LAST.month}.{LAST.year}"' in page
