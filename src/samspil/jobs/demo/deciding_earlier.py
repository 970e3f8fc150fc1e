"""Decisions from earlier in the year, some of which the appeals board has answered: what a leader learns from."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import cycle
from uuid import UUID

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import BoardOutcome
from samspil.contexts.letters import api as letters
from samspil.jobs.demo.deciding import (
    EVERY,
    Matter,
    grants,
    grants_a_part,
    matter_of,
    refuses,
    refuses_and_is_complained_about,
)
from samspil.jobs.demo.letters import ANSWERS, tell_decision
from samspil.jobs.demo.life import Life
from samspil.jobs.demo.moments import Moments

EARLIER_EVERY = 4
POINT = "Hvad kan borgeren klare uden støtte?"


def is_upheld(matter: Matter, moments: Moments) -> None:
    _goes_to_the_board(matter, moments, BoardOutcome.UPHELD)


def is_right(matter: Matter, moments: Moments) -> None:
    """A no, a complaint, and a second look that gives the citizen what was asked for."""
    decision = refuses_and_is_complained_about(matter)
    looked = _at(matter, matter.at + dt.timedelta(days=12))
    draft = decisions.draft_again(actor=looked.actor, at=looked.at, decision_id=decision)
    (answer,) = decisions.decision(looked.actor, draft, at=looked.at).answers
    for criterion in catalogue.legal_basis(matter.basis, at=looked.at).criteria:
        decisions.answer_criterion(
            actor=looked.actor, at=looked.at, need_id=answer.need_id, criterion=criterion.id, finding="met",
            words="Set på igen efter klagen: de svære dage fylder mere, end vi så.", quote_ids=matter.quotes[:1],
        )  # fmt: skip
    decisions.answer_need(
        actor=looked.actor, at=looked.at, decision_id=draft, need_id=answer.need_id, outcome="granted", reasons="",
        cause="",
    )  # fmt: skip
    looked.describe(draft, "granted")
    looked.plan(draft, answer.need_id, "2 timer om ugen til aftaler ude")
    looked.made(draft)
    decisions.reassess_complaint(
        actor=looked.actor,
        at=looked.at,
        complaint_id=_complaint_about(matter, decision),
        answer=decisions.Reassessment.FULL,
        words="Du har ret. Vi så kun de gode dage. Nu får du følgeskab.",
        new_decision_id=draft,
    )


def is_remitted(matter: Matter, moments: Moments) -> None:
    _goes_to_the_board(matter, moments, BoardOutcome.REMITTED)


KINDS: Sequence[Callable[[Matter, Moments], object]] = (
    is_upheld,
    is_right,
    lambda matter, moments: grants_a_part(matter),
    is_remitted,
    lambda matter, moments: grants(matter),
    lambda matter, moments: refuses(matter),
    is_upheld,
    lambda matter, moments: grants(matter),
    lambda matter, moments: grants_a_part(matter),
)


def decide_earlier(lives: Iterable[Life], moments: Moments) -> None:
    """For others than those of `decide_some`, where the notes of that day have something to quote."""
    kinds = cycle(KINDS)
    running = [life for life in lives if life.case_id is not None and life.accepted_at is not None]
    for number, life in enumerate(one for one in running if not one.story.closing):
        if number % EVERY == 0 or number % EARLIER_EVERY:
            continue
        at = moments.past(95 + number % 60, "10.30", any_day=True)
        if life.accepted_at is not None and at > life.accepted_at and (matter := matter_of(life, at)):
            next(kinds)(matter, moments)


def _goes_to_the_board(matter: Matter, moments: Moments, outcome: BoardOutcome) -> None:
    """A no, a complaint the same day, a second look that changes nothing, and the board's answer some days ago."""
    decision = refuses_and_is_complained_about(matter)
    tell_decision(matter.life, decision, matter.at, ANSWERS[0])  # before it is sent on: the board reads it too
    complaint_id = _complaint_about(matter, decision)
    looked = _at(matter, matter.at + dt.timedelta(days=14))
    decisions.reassess_complaint(
        actor=looked.actor,
        at=looked.at,
        complaint_id=complaint_id,
        answer=decisions.Reassessment.NO_CHANGE,
        words="Vi har set på det igen, og det er der ikke kommet nyt om.",
    )
    letters.tell_of_forwarding(actor=looked.actor, at=looked.at, complaint_id=complaint_id)
    answered = _at(matter, moments.past(4 + matter.at.day % 9, "12.00"))
    decisions.enter_board_outcome(
        actor=answered.actor,
        at=answered.at,
        complaint_id=complaint_id,
        outcome=outcome,
        words="",
        received_on=answered.at.date(),
        points=[("", POINT)] if outcome == BoardOutcome.REMITTED else [],
    )


def _complaint_about(matter: Matter, decision: UUID) -> UUID:
    found = decisions.complaints_of(matter.actor, matter.life.case)
    return next(one.id for one in found if one.decision_id == decision)


def _at(matter: Matter, at: dt.datetime) -> Matter:
    return replace(matter, at=at, actor=matter.life.town.actor(matter.life.caseworker, at))
