"""Who may do what with goals. Seeing them follows from seeing the case."""

from samspil.contexts.access.api import Actor, Capability, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import rules
from samspil.contexts.goals.enums import GoalLevel
from samspil.kernel.verdict import ALLOWED, Verdict


def may_edit(actor: Actor) -> Verdict:
    """Purpose and goals are decided by the authority with the citizen; the system carries over what came in."""
    return ALLOWED if actor.side == Side.SYSTEM else actor.may(Capability.GOAL_EDIT)


def may_propose(actor: Actor) -> Verdict:
    return actor.may(Capability.SUB_GOAL_EDIT)


def may_edit_sub_goals(actor: Actor) -> Verdict:
    """Sub-goals are the provider's; the authority may help."""
    return may_edit(actor) if may_edit(actor) else may_propose(actor)


def may_add(actor: Actor, case: cases.Case) -> Verdict:
    """The authority adds goals, the provider proposes them."""
    return (may_edit(actor) if may_edit(actor) else may_propose(actor)) & is_open(case)


def may_change(actor: Actor, *, level: str) -> Verdict:
    return may_edit(actor) if level == GoalLevel.GOAL else may_edit_sub_goals(actor)


def may_rate(actor: Actor, *, voice: str) -> Verdict:
    allowed = ALLOWED if actor.side == Side.SYSTEM else actor.may(Capability.GOAL_RATE)
    return allowed & rules.may_speak_as(side=actor.side, voice=voice)


def is_open(case: cases.Case | cases.CaseFacts) -> Verdict:
    closed = case.status == cases.CaseStatus.CLOSED
    return Verdict(cases.CaseRefusal.CASE_CLOSED) if closed else ALLOWED
