"""One townsperson's story while it is told: who takes part, what stands in the database by now, what comes next."""

import datetime as dt
import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from uuid import UUID
from zlib import crc32

from samspil.contexts.access.api import CAPABILITIES, Actor, Role, Side
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import Scope
from samspil.jobs.demo.codes import Codes
from samspil.jobs.demo.content import Stage, Story
from samspil.jobs.demo.ledger import Ledger, Place
from samspil.jobs.demo.marks import Words
from samspil.jobs.demo.moments import Moments
from samspil.jobs.demo.phrases import phrases
from samspil.jobs.demo.town import Town
from samspil.jobs.demo.townspeople import Townsperson
from samspil.kernel.text import first_name

Step = Callable[[dt.datetime], None]


class Agenda:
    """What happens when. Steps are taken in the order of their time, and may put more on the agenda."""

    def __init__(self) -> None:
        self._steps: list[tuple[dt.datetime, int, Step]] = []
        self._order = count()

    def add(self, at: dt.datetime, step: Step) -> None:
        heapq.heappush(self._steps, (at, next(self._order), step))

    def play(self) -> None:
        while self._steps:
            at, _, step = heapq.heappop(self._steps)
            step(at)


def user_of(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise LookupError(f"{actor.name} has no user")
    return actor.user_id


@dataclass(frozen=True, slots=True)
class Home:
    """The authority that a townsperson belongs to; `district` is None where a municipality has none."""

    organisation: str
    municipality: int
    district: UUID | None


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part. `called` is the first name where it is enough."""

    name: str
    called: str
    side: Side
    role_words: str
    user_id: UUID | None


@dataclass(slots=True)
class Life:
    """`caseworker` and `worker` are keys of people.toml; the ids are known once the story has come so far.

    `rank` counts the lives of the same stage. `shift` moves the whole story back by so many days, so that not all
    copies have their visits on the same day.
    """

    story: Story
    copy: int
    stage: Stage
    townsperson: Townsperson
    home: Home
    caseworker: str
    worker: str
    town: Town
    moments: Moments
    codes: Codes
    ledger: Ledger
    rank: int
    shift: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    user_id: UUID | None = None
    relative_user_id: UUID | None = None
    citizen_id: UUID | None = None
    case_id: UUID | None = None
    order_id: UUID | None = None
    goal_ids: dict[str, UUID] = field(default_factory=dict)
    step_ids: dict[tuple[str, int], UUID] = field(default_factory=dict)
    opened_at: dt.datetime | None = None
    accepted_at: dt.datetime | None = None

    def tell(self, text: Words) -> str:
        """The words of this copy, without the quotation marks around the whole of them."""
        told = text.tell(self.copy, self.names)
        if told.startswith("“") and told.endswith("”") and told.count("“") == 1:
            return told[1:-1]
        return told

    def say(self, phrase: str) -> str:
        words = phrases()[phrase]
        number = self.townsperson.number + crc32(phrase.encode())
        return Words((words.variants[number % len(words.variants)],)).tell(0, self.names)

    def past(self, ago: int, clock: str, *, any_day: bool = False) -> dt.datetime:
        return self.moments.past(ago + self.shift, clock, any_day=any_day)

    def due(self, ago: int, days: int) -> dt.date:
        """The day that was promised so many days after `ago`."""
        return self.moments.day(ago + self.shift - max(days, 0))

    @property
    def last_day(self) -> dt.date:
        """Yesterday, or the day before the case was closed."""
        closing = self.story.closing
        ends = self.past(closing.ago, "10.15").date() if closing else self.moments.today
        return ends - dt.timedelta(days=1)

    @property
    def case(self) -> UUID:
        if self.case_id is None:
            raise LookupError(f"{self.story.key}: no case has been opened yet")
        return self.case_id

    @property
    def place(self) -> Place:
        return Place(self.home.municipality, self.case)

    @property
    def citizen(self) -> UUID:
        if self.citizen_id is None:
            raise LookupError(f"{self.story.key}: the citizen has not been written down yet")
        return self.citizen_id

    def open_at(self, at: dt.datetime) -> dt.datetime:
        """That moment, or soon after the case was opened."""
        return at if self.opened_at is None else max(at, self.opened_at + dt.timedelta(minutes=30))

    def help_at(self, at: dt.datetime) -> dt.datetime:
        """That moment, or soon after the provider said yes."""
        return at if self.accepted_at is None else max(at, self.accepted_at + dt.timedelta(hours=1))

    def as_caseworker(self, at: dt.datetime) -> Actor:
        return self.town.actor(self.caseworker, at)

    def as_worker(self, at: dt.datetime) -> Actor:
        return self.town.actor(self.worker, at)

    def as_citizen(self, at: dt.datetime) -> Actor:
        """The citizen, whether or not one can log in as this citizen in the demo."""
        return replace(
            self.as_caseworker(at),
            user_id=self.user_id,
            name=self.townsperson.name,
            title="",
            role=Role.CITIZEN,
            side=Side.CITIZEN,
            district_ids=frozenset(),
            unit_ids=frozenset(),
            citizen_id=self.citizen,
            capabilities=CAPABILITIES[Role.CITIZEN],
        )

    def as_relative(self, at: dt.datetime) -> Actor | None:
        """The relative, when there is one who can log in and is let take part in the meetings."""
        if self.relative_user_id is None:
            return None
        relative = replace(
            self.as_citizen(at),
            user_id=self.relative_user_id,
            name=self.townsperson.relative,
            role=Role.RELATIVE,
            side=Side.RELATIVE,
            capabilities=CAPABILITIES[Role.RELATIVE],
        )
        acting, standing = citizens.acting_for(relative, citizens.standings_of(relative), wanted=self.citizen)
        return acting if standing and citizens.may(acting, Scope.MEETINGS, Scope.PREPARE) else None

    def party(self, who: str) -> Party:
        """The one a story calls citizen, relative, caseworker or worker."""
        staff = {key: self.town.person(key) for key in (self.caseworker, self.worker)}
        relation = self.story.relative.relation if self.story.relative else ""
        people = {
            "citizen": (self.townsperson.name, Side.CITIZEN, "", self.user_id),
            "relative": (self.townsperson.relative, Side.RELATIVE, relation, self.relative_user_id),
            "caseworker": self._staff(staff[self.caseworker].name, self.caseworker, Side.AUTHORITY),
            "worker": self._staff(staff[self.worker].name, self.worker, Side.PROVIDER),
        }
        name, side, role_words, user_id = people[who]
        firsts = [first_name(other[0]) for other in people.values()]
        called = first_name(name) if firsts.count(first_name(name)) == 1 else name
        return Party(name, called, side, role_words, user_id)

    def _staff(self, name: str, key: str, side: Side) -> tuple[str, Side, str, UUID | None]:
        return name, side, self.town.person(key).title, self.town.actors[key].user_id
