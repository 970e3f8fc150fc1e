"""The demo municipality from the first row to the last: the town, its townspeople' lives, and what waits today.

Filled in one transaction: either all of it is there, or nothing.
"""

import datetime as dt
import gc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import connection, transaction

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.meetings import api as meetings
from samspil.jobs.demo import reading
from samspil.jobs.demo.arrival import plan_arrival, receive_incoming
from samspil.jobs.demo.clocks import promise, set_clocks
from samspil.jobs.demo.closing import plan_closing
from samspil.jobs.demo.codes import Codes, read_codes
from samspil.jobs.demo.content import Stage, Story, placeholders
from samspil.jobs.demo.crowd.building import Crowd, fill_crowd
from samspil.jobs.demo.deciding import decide_some
from samspil.jobs.demo.deciding_earlier import decide_earlier
from samspil.jobs.demo.disputing import dispute_some
from samspil.jobs.demo.gathering import plan_meetings
from samspil.jobs.demo.guarding import guard
from samspil.jobs.demo.helping import ask, plan_help
from samspil.jobs.demo.ledger import Ledger
from samspil.jobs.demo.letters import deliver_letters, write_letters
from samspil.jobs.demo.life import Agenda, Home, Life
from samspil.jobs.demo.looking import write_looks
from samspil.jobs.demo.moments import Moments
from samspil.jobs.demo.requesting import request_some
from samspil.jobs.demo.town import FJORDBY, STRANDBY, Town, settle
from samspil.jobs.demo.townspeople import Registry, Townsperson
from samspil.jobs.demo.upcoming import plan_upcoming
from samspil.jobs.demo.writing import plan_notes
from samspil.kernel import cpr

STRANGERS = 4
"""Citizens of the neighbouring municipality, whom nobody here may see."""
_SERIALS_OF_INCOMING = 500
_ANALYZE_AFTER = {2, 8, 30, 100}
"""Nobody else sees the rows before the transaction ends, so nobody else counts them for the planner."""


@dataclass(frozen=True, slots=True)
class Filled:
    """How many lives were told, by stage; and the crowd beside them."""

    stages: dict[Stage, int]
    strangers: int
    crowd: Crowd | None

    @property
    def citizens(self) -> int:
        return sum(self.stages.values())


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """One transaction without savepoints: nothing in it is tried twice, and a fourth of all statements would be theirs.

    The collector is off meanwhile; it finds little and looks at every row.
    """
    used = connection.features.uses_savepoints
    gc.disable()
    try:
        with transaction.atomic():
            connection.features.uses_savepoints = False
            yield
    finally:
        connection.features.uses_savepoints = used
        gc.enable()


def fill(
    *,
    now: dt.datetime,
    crowd: int = 0,
    stories: Sequence[Story] | None = None,
    tell: Callable[[str], object] = lambda line: None,
) -> Filled:
    """Fill an empty database with the lives of these stories, all by default, and a `crowd` of so many beside them.

    `tell` hears how far it has come.
    """
    with all_or_nothing():
        return _fill(now, crowd, reading.stories() if stories is None else stories, tell)


def _fill(now: dt.datetime, crowd: int, stories: Sequence[Story], tell: Callable[[str], object]) -> Filled:
    catalogue.load_code_systems(at=now)
    catalogue.load_law(at=now)
    meetings.load_layouts()
    moments = Moments(now)
    town = settle(reading.municipality(), today=moments.today)
    promise(town, moments)
    codes = read_codes(moments.today)
    casting = Casting(town, moments, codes, stories)
    lives = list(casting.lives())
    for number, life in enumerate(lives, 1):
        live(life)
        if number in _ANALYZE_AFTER:
            _analyze()
        if number % 50 == 0:
            tell(f"  {number} af {len(lives)} borgere")
    strangers = list(casting.strangers())
    for life in strangers:
        live(life)
    ask_questions(lives)
    guard(lives)
    decide_earlier(lives, moments)
    decide_some(lives, moments)
    dispute_some(lives, moments)
    write_letters(lives)
    deliver_letters(lives, moments)
    request_some(lives, moments)
    set_clocks(lives, moments)
    _receive_incoming(town, moments)
    big = fill_crowd(crowd, town=town, codes=codes, moments=moments, tell=tell) if crowd else None
    return Filled(dict(Counter(life.stage for life in lives)), len(strangers), big)


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def live(life: Life) -> None:
    """Tell one life from the referral until today."""
    agenda = Agenda()
    plan_arrival(life, agenda)
    if life.stage != "enquiry":
        plan_help(life, agenda)
        plan_notes(life, agenda)
        plan_meetings(life, agenda)
        plan_closing(life, agenda)
        plan_upcoming(life, agenda)
    agenda.play()
    life.ledger.close()
    if life.citizen_id is not None:
        write_looks(life)
    elif life.stage != "enquiry":
        raise LookupError(f"{life.story.key}: the life of {life.townsperson.name} has not begun")


class Casting:
    """Gives every copy of every story a townsperson, a caseworker and somebody who helps."""

    def __init__(self, town: Town, moments: Moments, codes: Codes, stories: Sequence[Story]) -> None:
        self._town, self._moments, self._codes, self._stories = town, moments, codes, stories
        self._registry = Registry(town.content, reading.names(), today=moments.today)
        self._registry.reserve(item.name for item in reading.incoming())
        self._registry.reserve(story.cast.name for story in stories)
        self._ranks: Counter[Stage] = Counter()

    def lives(self) -> Iterator[Life]:
        for story in self._stories:
            for copy in range(story.copies):
                townsperson = self._registry.townsperson(story, copy)
                home = Home("fjordby", FJORDBY, self._town.districts[townsperson.district])
                yield self._life(story, copy, townsperson, home)

    def strangers(self) -> Iterator[Life]:
        """Running cases of the neighbouring municipality: as many, as different, and nobody's business here."""
        chosen = [s for s in self._stories if s.stage(s.copies) == "running" and not s.cast.name and not s.closing]
        for story in chosen[:STRANGERS]:
            townsperson = replace(
                self._registry.townsperson(story, story.copies), postcode="9990", town="Strandby", has_log_in=False
            )
            yield self._life(story, story.copies, townsperson, Home("strandby", STRANDBY, None))

    def _life(self, story: Story, copy: int, townsperson: Townsperson, home: Home) -> Life:
        stage, told = story.stage(copy), story.told(copy)
        caseworker, worker = self._staff(story, copy, townsperson, home)
        provider = self._town.person(worker).organisation
        rank = self._ranks[stage]
        self._ranks[stage] += 1
        return Life(
            story=told,
            copy=copy,
            stage=stage,
            townsperson=townsperson,
            home=home,
            caseworker=caseworker,
            worker=worker,
            town=self._town,
            moments=self._moments,
            codes=self._codes,
            ledger=Ledger(),
            rank=rank,
            shift=_shift(stage, copy, townsperson.number, is_cut=told is not story),
            names=placeholders(
                story,
                copy,
                name=townsperson.name,
                caseworker=self._town.person(caseworker).name,
                worker=self._town.person(worker).name,
                provider=next(o.name for o in self._town.content.organisations if o.key == provider),
                relative=townsperson.relative,
            ),
        )

    def _staff(self, story: Story, copy: int, townsperson: Townsperson, home: Home) -> tuple[str, str]:
        if home.organisation == "strandby":
            return "sonja", "otto"
        fixed = story.cast if copy == 0 else None
        near = self._town.caseworkers(story.area, townsperson.district)
        helpers = self._town.workers(story.order.provider, story.area, townsperson.district)
        caseworker = (fixed and fixed.caseworker) or near[townsperson.number // 3 % len(near)].key
        return caseworker, (fixed and fixed.worker) or helpers[townsperson.number // 3 % len(helpers)].key


def _shift(stage: Stage, copy: int, number: int, *, is_cut: bool) -> int:
    """Copy 0 of a whole story happens when it is written to happen; a story cut short stops some days ago."""
    if stage == "enquiry":
        return 1 + number % 4
    if is_cut:
        return 2 + number % 8
    return 0 if copy == 0 else number * 2 % 7


def ask_questions(lives: Sequence[Life]) -> None:
    """Each question is about a citizen of its own; those of Mette and Vita come first, so that they have some."""
    helped = [
        life for life in lives if life.stage in {"running", "status_due", "follow_up"} and not life.story.cast.name
    ]
    helped.sort(key=lambda life: life.caseworker not in {"mette", "vita"})
    asked: set[int] = set()
    for question in sorted(reading.questions(), key=lambda question: bool(question.answer)):
        fitting = (one for one in helped if one.story.area == question.area)
        if life := next((one for one in fitting if one.townsperson.number not in asked), None):
            asked.add(life.townsperson.number)
            ask(life, question)


def _receive_incoming(town: Town, moments: Moments) -> None:
    for number, item in enumerate(reading.incoming()):
        at = moments.hours_ago(item.hours_ago)
        born_on = dt.date(at.year - item.age, 1 + number, 3 + 2 * number)
        known = item.source != "street"
        receive_incoming(
            town.actor("rikke", at),
            at,
            item,
            district_id=town.districts[item.district],
            cpr=cpr.fictitious(born_on, _SERIALS_OF_INCOMING + number) if known else "",
        )
