"""Who lives in the demo town: one townsperson for each copy of a story, always the same ones.

The people of a story's [cast] stand as written for copy 0; all others are put together from names.toml by chance
that is the same every time. Nobody has a CPR number that could be anyone's.
"""

import datetime as dt
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samspil.jobs.demo import people
from samspil.jobs.demo.content import Cast, Story
from samspil.jobs.demo.town import everybody
from samspil.kernel import cpr

LOG_INS = 6
"""Citizens beside the named cast who can log in."""
PROTECTED_EVERY = 67
_ELDER_KINDS = {"mor": 27, "far": 29, "tidligere plejemor": 25}
_YOUNGER_KINDS = {"datter": -28, "søn": -29, "svigerdatter": -27}
_OWN_SURNAME = {"værge", "veninde", "ven", "nabo", "tidligere plejemor", "svigerdatter", "kollega"}


@dataclass(frozen=True, slots=True)
class Townsperson:
    """`number` tells all townspeople apart; `relative` is a full name, empty when nobody is near."""

    number: int
    first_name: str
    last_name: str
    age: int
    born_on: dt.date
    cpr: str
    district: str
    address: str
    postcode: str
    town: str
    phone: str
    is_address_protected: bool
    relative: str
    relative_phone: str
    has_log_in: bool

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Registry:
    """Gives out townspeople, each name once."""

    def __init__(self, content: people.Municipality, names: people.Names, *, today: dt.date) -> None:
        self._names = names
        self._today = today
        self._chance = random.Random("Fjordby")  # noqa: S311 - the same town every time
        self._districts = [district.key for district in content.districts]
        self._staff = {person.key: person for person in everybody(content)}
        self._taken = {person.name for person in self._staff.values()}
        self._given = 0
        self._log_ins = LOG_INS

    def reserve(self, names: Iterable[str]) -> None:
        """Keep names for those who are called so in a story."""
        self._taken.update(names)

    def townsperson(self, story: Story, copy: int) -> Townsperson:
        """The townsperson this copy is about. Ask for all copies in the same order to get the same people."""
        chance, number = self._chance, self._given
        self._given += 1
        cast = story.cast if copy == 0 else None
        age = chance.randint(*story.age)
        abroad = story.origin == "abroad" or (story.origin == "any" and chance.random() < 0.4)
        first, last = self._name(story.gender, age, abroad=abroad)
        if cast and cast.name:
            first, last = cast.name.split()[0], cast.name.partition(" ")[2]
        district = story.district or self._district_of(cast) or self._districts[number % len(self._districts)]
        place = chance.choice([place for place in self._names.postcodes if place.district == district])
        born_on = _born_on(self._today, age, chance.randint(3, 360))
        return Townsperson(
            number=number,
            first_name=first,
            last_name=last,
            age=age,
            born_on=born_on,
            cpr=cpr.fictitious(born_on, number),
            district=district,
            address=f"{chance.choice(self._names.streets)} {chance.randint(1, 94)}",
            postcode=place.code,
            town=place.town,
            phone=f"20 12 {40 + number // 100} {number % 100:02d}",
            is_address_protected=number % PROTECTED_EVERY == PROTECTED_EVERY - 1,
            relative=self._relative(story, cast.relative if cast else "", last, age),
            relative_phone=f"20 12 {60 + number // 100} {number % 100:02d}" if story.relative else "",
            has_log_in=self._logs_in(story, copy),
        )

    def _district_of(self, cast: Cast | None) -> str:
        """Where the caseworker of the named cast works."""
        return self._staff[cast.caseworker].districts[0] if cast and cast.caseworker else ""

    def _logs_in(self, story: Story, copy: int) -> bool:
        if copy == 0 and story.cast.name:
            return True
        if copy == 0 and story.stage(0) == "running" and self._log_ins > 0:
            self._log_ins -= 1
            return True
        return False

    def _relative(self, story: Story, as_written: str, last: str, age: int) -> str:
        if story.relative is None or as_written:
            return as_written
        relation = story.relative.relation
        years = (_ELDER_KINDS | _YOUNGER_KINDS).get(relation, 0)
        first, other = self._name(story.relative.gender, age + years, abroad=False)
        return f"{first} {other if relation in _OWN_SURNAME else last}"

    def _name(self, gender: str, age: int, *, abroad: bool) -> tuple[str, str]:
        firsts = self._names.first_names("f" if gender == "f" else "m", age, abroad=abroad)
        lasts = self._names.abroad_surnames if abroad else self._names.surnames
        while True:
            first, last = self._chance.choice(firsts), self._chance.choice(lasts)
            if f"{first} {last}" not in self._taken:
                self._taken.add(f"{first} {last}")
                return first, last


def user_names(names: Iterable[str]) -> Iterator[str]:
    """A name to log in with for each, as in "karla-holm"."""
    for name in names:
        plain = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
        yield re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _born_on(today: dt.date, age: int, days: int) -> dt.date:
    """Turned `age` so many days ago."""
    year = today.year - age
    birthday = today.replace(year=year, day=min(today.day, 28))
    return birthday - dt.timedelta(days=days)
