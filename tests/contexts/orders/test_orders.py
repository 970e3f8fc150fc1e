import datetime as dt

import pytest

from samspil.contexts.access.api import Event, RoleAssignment
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens.api import Relation
from samspil.contexts.orders import api as orders
from samspil.contexts.orders.api import OrderRefusal, OrderStatus
from samspil.kernel.verdict import Refused
from tests.cast import FJORDBY, LONG, NOW, TODAY
from tests.refusals import refused

LATER = TODAY + dt.timedelta(days=30)


def section(view, key):
    return next((part.lines for part in view.told if part.key == key), None)


def test_an_order_waits_in_the_providers_inbox_and_tells_what_is_needed(world):
    order_id = world.send(more="Ring ikke før kl. 9.")
    (line,) = orders.inbox(world.actor("uffe"))
    assert (line.id, line.citizen_name, line.turn) == (order_id, "Karla Holm", "provider")
    view = orders.order(world.actor("uffe"), order_id)
    assert [part.key for part in view.told] == ["name", "purpose", "goals", "contact", "reach", "more"]
    assert section(view, "purpose") == (
        "“Jeg vil gerne kunne tage bussen til koret selv.”",
        "Karla færdes trygt på egen hånd.",
    )
    assert section(view, "goals")[0] == "Tage bussen alene. “Jeg vil selv med bussen.”"
    assert section(view, "contact") == ("Helst: gå en tur, om formiddagen, sms.", "Skriv dagen før.")
    assert section(view, "reach") == ("21 34 56 78", "Havnegade 12, 2. th., 9998 Fjordby")
    assert section(view, "more") == ("Ring ikke før kl. 9.",)
    assert view.line.sent_by_name == "Mette Bjerre"
    assert view.sent_by_phone == "20 12 34 56"


def test_only_what_was_ticked_is_told(world):
    order_id = world.send(tell=["people"], goal_ids=[world.sleep])
    view = orders.order(world.actor("uffe"), order_id)
    assert {part.key for part in view.told} == {"name", "goals", "people"}
    assert section(view, "people") == ("Ida Holm, søster",)
    assert section(view, "goals") == ("Sove om natten. “Jeg vil sove, til det bliver lyst.”",)


def test_before_it_says_yes_the_provider_sees_the_order_and_not_the_case(world):
    order_id = world.send()
    uffe = world.actor("uffe")
    with pytest.raises(cases.Case.DoesNotExist):
        cases.case_facts(uffe, world.case_id)
    world.accept(order_id)
    assert cases.case_facts(uffe, world.case_id).name == "Karla Holm"
    people = {person.name for person in cases.people_of_case(uffe, world.case_id)}
    assert "Uffe Dal" in people


def test_a_yes_begins_the_help(world):
    cases.Case.objects.filter(id=world.case_id).update(status="clarification")
    order_id = world.send()
    world.accept(order_id)
    assert cases.case_facts(world.actor("mette"), world.case_id).status == "running"
    view = orders.order(world.actor("mette"), order_id)
    assert view.line.status == OrderStatus.RUNNING
    assert view.line.contact_name == "Uffe Dal"


def test_the_contact_is_one_of_the_team(world):
    order_id = world.send()
    for name in ("jonas", "mette", "otto_provider"):
        contact_id = getattr(world.cast, name).id
        reason = refused(
            lambda contact_id=contact_id: orders.accept_order(
                actor=world.actor("uffe"), at=NOW, order_id=order_id, contact_id=contact_id
            )
        )
        assert reason is OrderRefusal.CONTACT_UNKNOWN


def test_a_no_needs_a_reason_and_lets_go_of_the_citizen(world):
    order_id = world.send()
    uffe = world.actor("uffe")

    def decline(words):
        orders.decline_order(actor=uffe, at=NOW, order_id=order_id, words=words)

    assert refused(lambda: decline("  ")) is OrderRefusal.REASON_MISSING
    decline("Vi har ingen ledige om formiddagen.")
    with pytest.raises(orders.Order.DoesNotExist):
        orders.order(uffe, order_id)
    view = orders.order(world.actor("mette"), order_id)
    assert (view.line.status, view.line.turn) == (OrderStatus.DECLINED, "authority")
    assert view.line.answer_words == "Vi har ingen ledige om formiddagen."
    orders.close_declined_order(actor=world.actor("mette"), at=NOW, order_id=order_id)
    assert orders.order(world.actor("mette"), order_id).line.status == OrderStatus.ENDED


def test_an_answer_counts_once(world):
    order_id = world.send()
    world.accept(order_id)
    reason = refused(lambda: world.accept(order_id))
    assert reason is OrderRefusal.WRONG_STATUS


def test_an_order_that_nobody_has_answered_can_be_taken_back(world):
    order_id = world.send()
    orders.withdraw_order(actor=world.actor("mette"), at=NOW, order_id=order_id)
    assert orders.inbox(world.actor("uffe")) == ()
    assert (
        refused(lambda: orders.withdraw_order(actor=world.actor("mette"), at=NOW, order_id=order_id))
        is OrderRefusal.WRONG_STATUS
    )


def test_one_order_at_a_time_for_the_same_team(world):
    world.send()
    assert refused(world.send) is OrderRefusal.ALREADY_RUNNING
    assert world.send(unit_id=world.cast.team.id)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"goal_ids": []}, OrderRefusal.NO_GOALS),
        ({"what": " \n"}, OrderRefusal.NOTHING_WRITTEN),
        ({"what": "x" * 7000}, OrderRefusal.TOO_LONG),
        ({"how_often": "x" * 201}, OrderRefusal.TOO_LONG),
        ({"starts_on": LATER, "follow_up_on": TODAY}, OrderRefusal.FOLLOW_UP_BEFORE_START),
        ({"starts_on": LATER, "ends_on": TODAY, "follow_up_on": None}, OrderRefusal.ENDS_BEFORE_START),
    ],
)
def test_an_order_that_cannot_be_is_refused(world, changes, reason):
    assert refused(lambda: world.send(**changes)) is reason
    assert orders.orders_of(world.actor("mette"), world.case_id) == ()


def test_control_characters_do_not_stay(world):
    order_id = world.send(what="Bostøtte\x00 to\u200b timer")
    assert orders.order(world.actor("uffe"), order_id).line.what == "Bostøtte to timer"


def test_no_order_in_a_closed_case(world):
    cases.Case.objects.filter(id=world.case_id).update(status="closed")
    assert refused(world.send) is cases.CaseRefusal.CASE_CLOSED


def test_only_the_authority_orders(world):
    with pytest.raises(Refused):
        orders.send_order(
            actor=world.actor("jonas"),
            at=NOW,
            case_id=world.case_id,
            unit_id=world.cast.other_team.id,
            what="Mere",
            starts_on=TODAY,
            goal_ids=[world.bus],
        )


def test_the_end_of_an_order_ends_access_when_its_last_day_is_over(world):
    order_id = world.running()
    last = TODAY + dt.timedelta(days=7)
    orders.end_order(actor=world.actor("mette"), at=NOW, order_id=order_id, ends_on=last, words="Karla kan selv.")
    assert orders.order(world.actor("uffe", on=last), order_id).line.ends_on == last
    assert cases.case_facts(world.actor("uffe", on=last), world.case_id)
    after = world.actor("uffe", on=last + dt.timedelta(days=1))
    with pytest.raises(cases.Case.DoesNotExist):
        cases.case_facts(after, world.case_id)
    with pytest.raises(orders.Order.DoesNotExist):
        orders.order(after, order_id)


def test_the_worker_closes_orders_whose_last_day_is_over(world):
    order_id = world.running()
    orders.end_order(actor=world.actor("mette"), at=NOW, order_id=order_id, ends_on=LATER)
    mette = world.actor("mette")
    assert orders.close_finished_orders(actor=mette, at=NOW + dt.timedelta(days=30)) == 0
    assert orders.close_finished_orders(actor=mette, at=NOW + dt.timedelta(days=31)) == 1
    assert orders.order(mette, order_id).line.status == OrderStatus.ENDED


def test_a_last_day_that_is_over_ends_at_once_and_another_team_keeps_its_own_access(world):
    order_id = world.running()
    yesterday = TODAY - dt.timedelta(days=1)
    orders.end_order(actor=world.actor("mette"), at=NOW, order_id=order_id, ends_on=yesterday)
    assert orders.Order.objects.get(id=order_id).status == OrderStatus.ENDED
    with pytest.raises(orders.Order.DoesNotExist):
        orders.order(world.actor("uffe"), order_id)
    with pytest.raises(cases.Case.DoesNotExist):
        cases.case_facts(world.actor("uffe"), world.case_id)
    assert cases.case_facts(world.actor("jonas"), world.case_id)


def test_after_its_last_day_an_order_is_shown_as_ended_and_a_new_one_can_be_sent(world):
    order_id = world.running()
    orders.end_order(actor=world.actor("mette"), at=NOW, order_id=order_id, ends_on=TODAY)
    assert orders.order(world.actor("mette"), order_id).line.status == OrderStatus.RUNNING
    tomorrow = TODAY + dt.timedelta(days=1)
    line = orders.order(world.actor("mette", on=tomorrow), order_id).line
    assert (line.status, line.turn) == (OrderStatus.ENDED, "nobody")
    assert world.send(at=NOW + dt.timedelta(days=1))


def test_an_order_with_a_last_day_gives_access_until_then(world):
    order_id = world.send(ends_on=LATER)
    world.accept(order_id)
    assert cases.case_facts(world.actor("uffe", on=LATER), world.case_id)
    with pytest.raises(cases.Case.DoesNotExist):
        cases.case_facts(world.actor("uffe", on=LATER + dt.timedelta(days=1)), world.case_id)


@pytest.mark.parametrize("name", ["otto", "otto_provider", "vita", "jonas"])
def test_strangers_see_no_order(world, name):
    order_id = world.send()
    stranger = world.actor(name)
    assert orders.inbox(stranger) == ()
    assert orders.running_orders(stranger) == ()
    with pytest.raises(orders.Order.DoesNotExist):
        orders.order(stranger, order_id)
    for act in (
        lambda: orders.accept_order(actor=stranger, at=NOW, order_id=order_id, contact_id=world.cast.jonas.id),
        lambda: orders.decline_order(actor=stranger, at=NOW, order_id=order_id, words="Nej"),
        lambda: orders.withdraw_order(actor=stranger, at=NOW, order_id=order_id),
        lambda: orders.end_order(actor=stranger, at=NOW, order_id=order_id, ends_on=TODAY),
        lambda: orders.ask_question(actor=stranger, at=NOW, order_id=order_id, text="?"),
    ):
        with pytest.raises(orders.Order.DoesNotExist):
            act()


def test_what_was_told_is_on_record(world):
    order_id = world.send(tell=["purpose"])
    event = Event.objects.get(kind="order.sent", subject_id=order_id)
    assert event.data["told"] == ["name", "purpose", "goals"]
    assert event.user_name == "Mette Bjerre"


def test_the_citizen_sees_the_order_too(world):
    world.send()
    (line,) = orders.orders_of(world.actor("karla"), world.case_id)
    assert line.provider_name == "Bostøtte Nord"


def test_reading_an_order_takes_the_same_number_of_queries_with_more_goals(world, count_queries):
    one = world.send(goal_ids=[world.bus])
    uffe, jonas = world.actor("uffe"), world.actor("jonas")
    other = world.send(unit_id=world.cast.team.id)
    assert count_queries(lambda: orders.order(uffe, one)) == count_queries(lambda: orders.order(jonas, other))


def test_nobody_at_the_provider_reads_the_order_of_a_relative(world):
    world.send()
    assert len(orders.inbox(world.actor("uffe"))) == 1
    Relation.objects.create(
        municipality=FJORDBY, citizen_id=world.cast.citizen_id, name="X", kind="mother", user_id=world.cast.uffe.id,
        runs=LONG,
    )  # fmt: skip
    assert orders.inbox(world.actor("uffe")) == ()
    order = orders.Order.objects.get()
    assert not orders.StatusNote.objects.visible_to(world.actor("uffe")).filter(order=order).exists()


def test_a_colleagues_order_is_for_the_contact_and_before_there_is_one_for_the_leader(world):
    order_id = world.send()
    RoleAssignment.objects.create(
        user=world.cast.karla, role="provider_worker", organisation=world.cast.bostoette, runs=LONG
    )
    assert orders.inbox(world.actor("uffe")) == ()
    RoleAssignment.objects.filter(user=world.cast.uffe).update(role="provider_leader")
    assert len(orders.inbox(world.actor("uffe"))) == 1
    orders.accept_order(actor=world.actor("uffe"), at=NOW, order_id=order_id, contact_id=world.cast.uffe.id)
    RoleAssignment.objects.filter(user=world.cast.uffe).update(role="provider_worker")
    assert len(orders.running_orders(world.actor("uffe"))) == 1
    orders.Order.objects.update(contact=world.cast.jonas)
    assert orders.running_orders(world.actor("uffe")) == ()
