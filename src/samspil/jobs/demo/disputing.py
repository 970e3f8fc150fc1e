"""Conflicts in some lives: one that lacks a plan, and one that is to be looked at again today."""

import datetime as dt
from collections.abc import Iterable

from samspil.contexts.disputes import api as disputes
from samspil.jobs.demo.life import Life
from samspil.jobs.demo.moments import Moments, workday_from

EVERY = 40


def dispute_some(lives: Iterable[Life], moments: Moments) -> None:
    running = [life for life in lives if life.case_id is not None and life.stage == "running"]
    for number, life in enumerate(running[::EVERY]):
        at = moments.past(6, "14.10")
        actor = life.as_caseworker(at)
        dispute = disputes.note_dispute(
            actor=actor,
            at=at,
            case_id=life.case,
            between="Familien og hjælperne",
            about="Hvor meget der skal øves, og hvor meget der skal gøres færdigt.",
            citizen_words="I skal spørge mig, før I taler om mig.",
            is_shown=True,
        )
        if number % 2 == 0:
            disputes.plan_dispute(
                actor=actor,
                at=at,
                dispute_id=dispute,
                talks_name=actor.name,
                talks_with="borgeren, familien og hjælperne",
                talk_on=workday_from(at.date() + dt.timedelta(days=2)),
                approach="Vi begynder med det, der virker. Ingen afbryder, og borgeren slutter.",
                follow_up_on=moments.today,
                is_shown=True,
            )
