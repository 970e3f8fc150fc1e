import datetime as dt

import pytest
from django.core.exceptions import ObjectDoesNotExist

from samspil.contexts.orders import api as orders
from samspil.contexts.orders.api import OrderRefusal
from tests.cast import NOW
from tests.refusals import refused

LATER = NOW + dt.timedelta(hours=5)


def ask(world, name, order_id, text="Må vi komme om eftermiddagen?", *, at=NOW):
    return orders.ask_question(actor=world.actor(name), at=at, order_id=order_id, text=text)


def answer(world, name, question_id, text="Ja, efter kl. 13."):
    orders.answer_question(actor=world.actor(name), at=LATER, question_id=question_id, text=text)


@pytest.mark.parametrize(("asker", "answerer"), [("uffe", "mette"), ("mette", "uffe")])
def test_a_question_waits_for_the_other_side_until_it_is_answered(world, asker, answerer):
    question_id = ask(world, asker, world.running())
    (mine,) = orders.questions(world.actor(asker)).to_them
    (theirs,) = orders.questions(world.actor(answerer)).to_me
    assert mine.id == theirs.id == question_id
    assert [one.id for one in orders.waiting_questions(world.actor(answerer))] == [question_id]
    assert orders.waiting_questions(world.actor(asker)) == ()
    answer(world, answerer, question_id)
    (answered,) = orders.questions(world.actor(asker)).answered
    assert (answered.answer, answered.answered_at) == ("Ja, efter kl. 13.", LATER)
    assert orders.waiting_questions(world.actor(answerer)) == ()


def test_one_asks_before_saying_yes(world):
    question_id = ask(world, "uffe", world.send())
    assert [one.id for one in orders.waiting_questions(world.actor("mette"))] == [question_id]


def test_the_first_answer_stands_and_nobody_answers_himself(world):
    question_id = ask(world, "uffe", world.running())
    assert refused(lambda: answer(world, "uffe", question_id)) is OrderRefusal.OWN_QUESTION
    answer(world, "mette", question_id)
    assert refused(lambda: answer(world, "mette", question_id, "Nej.")) is OrderRefusal.ALREADY_ANSWERED


@pytest.mark.parametrize(("text", "reason"), [(" ", OrderRefusal.NOTHING_WRITTEN), ("x" * 1001, OrderRefusal.TOO_LONG)])
def test_nothing_and_too_much_are_refused(world, text, reason):
    order_id = world.running()
    assert refused(lambda: ask(world, "uffe", order_id, text)) is reason
    question_id = ask(world, "uffe", order_id)
    assert refused(lambda: answer(world, "mette", question_id, text)) is reason


def test_no_questions_on_an_order_that_is_over(world):
    order_id = world.running()
    orders.end_order(actor=world.actor("mette"), at=NOW, order_id=order_id, ends_on=NOW.date() - dt.timedelta(days=1))
    assert refused(lambda: ask(world, "mette", order_id)) is OrderRefusal.WRONG_STATUS


@pytest.mark.parametrize("name", ["otto", "otto_provider", "vita", "jonas"])
def test_strangers_neither_read_nor_answer(world, name):
    question_id = ask(world, "uffe", world.running())
    found = orders.questions(world.actor(name))
    assert (found.to_me, found.to_them, found.answered) == ((), (), ())
    with pytest.raises(ObjectDoesNotExist):
        answer(world, name, question_id)


def test_more_questions_cost_no_more_queries(world, count_queries):
    order_id = world.running()
    ask(world, "uffe", order_id)
    mette = world.actor("mette")
    few = count_queries(lambda: orders.questions(mette))
    for n in range(6):
        ask(world, "uffe", order_id, f"Nummer {n}?")
    assert count_queries(lambda: orders.questions(mette)) == few
