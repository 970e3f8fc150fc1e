"""The deadlines of the demo that nothing else sets going: an answer that somebody waits for, a talk where help runs."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.deadlines import api as deadlines
from samspil.jobs.deadlines import watch
from samspil.jobs.demo.life import Life
from samspil.jobs.demo.moments import Moments
from samspil.jobs.demo.town import Town

PROMISED_AGO = 400
"""Days."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`ago` is how many days since it was set going."""

    kind: str
    ago: int


def promise(town: Town, moments: Moments) -> None:
    """The municipality sets and publishes how long its answers take, with the numbers that Samspil has as examples."""
    at = moments.past(PROMISED_AGO, "10.00", any_day=True)
    for rule in catalogue.deadline_rules(at=at.date()):
        kind, _, basis = rule.key.partition("/")
        if kind == "decide" and rule.length is not None and rule.about.read == catalogue.Read.LOCAL:
            catalogue.set_own_deadline(
                actor=town.actor("ingrid", at), at=at, key=kind, basis=basis, length=rule.length, from_on=at.date()
            )


def set_clocks(lives: Iterable[Life], moments: Moments) -> None:
    """Through the commands; then the watch comes by, so that some are near and some have passed."""
    for number, life in enumerate(one for one in lives if one.case_id is not None and not one.story.closing):
        for clock in _clocks(life, number):
            at = max(moments.past(clock.ago, "9.15", any_day=True), life.opened_at or moments.now)
            deadlines.open_deadline(
                actor=life.town.actor(life.caseworker, at),
                at=at,
                case_id=life.case,
                kind=clock.kind,
                from_on=at.date(),
            )
    watch(now=moments.now)


def _clocks(life: Life, number: int) -> Iterator[Clock]:
    if life.stage in {"enquiry", "clarification"}:
        yield Clock("decide", 20 + 7 * (number % 6))
    elif life.accepted_at is not None:
        months = (life.moments.now - life.accepted_at) // dt.timedelta(days=30)
        yield Clock("first_follow_up" if months < 3 else "follow_up", 30 * (months % 12) + number % 25)
