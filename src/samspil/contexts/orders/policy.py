"""Who may do what with orders, status notes and questions. Seeing them follows from `visible_to`."""

from samspil.contexts.access.api import Actor, Capability, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.orders import rules
from samspil.contexts.orders.enums import OrderRefusal, OrderStatus
from samspil.contexts.orders.models import Order, Question, StatusNote
from samspil.kernel.verdict import ALLOWED, Verdict


def may_send(actor: Actor) -> Verdict:
    return actor.may(Capability.ORDER_SEND)


def may_send_for(actor: Actor, *, status: str, has_one_already: bool) -> Verdict:
    closed = Verdict(cases.CaseRefusal.CASE_CLOSED) if status == cases.CaseStatus.CLOSED else ALLOWED
    taken = Verdict(OrderRefusal.ALREADY_RUNNING) if has_one_already else ALLOWED
    return may_send(actor) & closed & taken


def may_withdraw(actor: Actor, order: Order) -> Verdict:
    return may_send(actor) & rules.may_move(rules.ORDER, order.status, "withdraw")


def may_answer(actor: Actor, order: Order) -> Verdict:
    return actor.may(Capability.ORDER_ACCEPT) & _own(actor, order) & rules.may_move(rules.ORDER, order.status, "accept")


def may_close_declined(actor: Actor, order: Order) -> Verdict:
    return may_send(actor) & rules.may_move(rules.ORDER, order.status, "close")


def may_end(actor: Actor, order: Order) -> Verdict:
    return may_send(actor) & rules.may_move(rules.ORDER, order.status, "end")


def may_write_status(actor: Actor, order: Order) -> Verdict:
    runs = ALLOWED if order.status == OrderStatus.RUNNING else Verdict(OrderRefusal.WRONG_STATUS)
    return actor.may(Capability.STATUS_WRITE) & _own(actor, order) & runs


def may_change_status(actor: Actor, note: StatusNote) -> Verdict:
    """A draft is open to the whole team; what has been sent stands."""
    sent = Verdict(OrderRefusal.NOTE_ALREADY_SENT)
    return may_write_status(actor, note.order) & (ALLOWED if note.status == "draft" else sent)


def may_take_back(actor: Actor, note: StatusNote) -> Verdict:
    return may_write_status(actor, note.order) & rules.may_move(rules.STATUS_NOTE, note.status, "take_back")


def may_decide(actor: Actor, note: StatusNote) -> Verdict:
    return actor.may(Capability.STATUS_DECIDE) & rules.may_move(rules.STATUS_NOTE, note.status, "decide")


def may_ask(actor: Actor, order: Order) -> Verdict:
    alive = order.status in {OrderStatus.SENT, OrderStatus.RUNNING}
    open_order = ALLOWED if alive else Verdict(OrderRefusal.WRONG_STATUS)
    return actor.may(Capability.QUESTION_ASK) & open_order


def may_reply(actor: Actor, question: Question) -> Verdict:
    """The other side answers, once."""
    own = question.from_side == actor.side
    mine = Verdict(OrderRefusal.OWN_QUESTION) if own else ALLOWED
    answered = Verdict(OrderRefusal.ALREADY_ANSWERED) if question.answered_at else ALLOWED
    return actor.may(Capability.QUESTION_ASK) & mine & answered


def _own(actor: Actor, order: Order) -> Verdict:
    own = actor.side == Side.PROVIDER and actor.organisation_id == order.provider_id
    return ALLOWED if own else Verdict(OrderRefusal.NOT_YOUR_ORDER)
