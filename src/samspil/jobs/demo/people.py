"""Read models for the people, names, fresh referrals and questions of the demo municipality.

`people.toml`: [town] Fjordby itself · [[districts]] · [[organisations]] with their places · [[staff]] of the
authority · [[workers]] of the providers · [[outsiders]] who belong elsewhere and must see nothing here.
"""

from dataclasses import dataclass
from typing import Literal

from samspil.jobs.demo.content import Source
from samspil.jobs.demo.marks import NOTHING, Words

Role = Literal[
    "caseworker", "assessor", "team_leader", "administrator", "analyst", "provider_worker", "provider_leader"
]


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    short: str
    cvr: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class District:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """`side` is what it is to Fjordby: the authority itself, a provider, or someone else's."""

    key: str
    name: str
    kind: Literal["municipality", "municipal_provider", "region", "private_provider"]
    side: Literal["authority", "provider", "stranger"]
    owner: str
    cvr: str
    address: str
    phone: str
    units: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff anywhere; `organisation`, `unit` and `district` are keys or names in this file."""

    key: str
    name: str
    title: str
    role: Literal[
        "caseworker",
        "assessor",
        "team_leader",
        "administrator",
        "analyst",
        "provider_worker",
        "provider_leader",
    ]
    organisation: str
    unit: str
    area: Literal["adult", "elder", "both"]
    districts: tuple[str, ...]
    phone: str
    phone_hours: str
    presentation: str
    portrait: Literal["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"]

    @property
    def first(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class Municipality:
    town: Town
    districts: tuple[District, ...]
    organisations: tuple[Organisation, ...]
    staff: tuple[Person, ...]
    workers: tuple[Person, ...]
    outsiders: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Postcode:
    code: str
    town: str
    district: str


@dataclass(frozen=True, slots=True)
class Names:
    """First names by sex and age: `young` under 45, `middle` 45–66, `older` from 67; `abroad` of any age.

    `pictograms` are the slugs the stories use.
    """

    young_f: tuple[str, ...]
    young_m: tuple[str, ...]
    middle_f: tuple[str, ...]
    middle_m: tuple[str, ...]
    older_f: tuple[str, ...]
    older_m: tuple[str, ...]
    abroad_f: tuple[str, ...]
    abroad_m: tuple[str, ...]
    surnames: tuple[str, ...]
    abroad_surnames: tuple[str, ...]
    streets: tuple[str, ...]
    pictograms: tuple[str, ...]
    postcodes: tuple[Postcode, ...]

    def first_names(self, gender: Literal["f", "m"], age: int, *, abroad: bool = False) -> tuple[str, ...]:
        """Return first names that fit a person of this sex and age."""
        group = "abroad" if abroad else "young" if age < 45 else "middle" if age < 67 else "older"
        chosen: tuple[str, ...] = getattr(self, f"{group}_{gender}")
        return chosen


@dataclass(frozen=True, slots=True)
class Incoming:
    """A referral nobody has opened yet; `hours_ago` is when it came."""

    name: str
    gender: Literal["f", "m"]
    age: int
    area: Literal["adult", "elder"]
    district: str
    hours_ago: int
    source: Source
    who: Words
    wants: Words
    tried: Words
    worked: Words
    did_not_work: Words
    words: Words
    contact: Words
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question between provider and authority about one citizen; `answer` is absent while it waits."""

    area: Literal["adult", "elder"]
    hours_ago: int
    asked_by: Literal["caseworker", "worker"]
    question: Words
    answer: Words = NOTHING
    answered_after_hours: int = 0
