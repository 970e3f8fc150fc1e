"""Those who work in the large municipality, and those who live there."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Role
from samspil.contexts.citizens import api as citizens
from samspil.jobs.demo import reading
from samspil.jobs.demo.crowd.shapes import Mould, Pattern
from samspil.jobs.demo.crowd.tables import Ids, Table, written
from samspil.jobs.demo.town import FJORDBY, Town
from samspil.kernel import cpr

CASELOAD, DISTRICTS = 50, 30
_ORDERED_EVERY = 50
"""One in so many has a provider."""
_FIRST_SERIAL = 1000
"""The small demo uses the serial numbers below."""
_BIRTHDAYS = 365


@dataclass(frozen=True, slots=True)
class Staff:
    """`author` is the author of a note as its columns are."""

    user: str
    name: str
    district: str
    unit: str
    organisation: str
    author: str


@dataclass(frozen=True, slots=True)
class Townsperson:
    """A citizen with a case, so far as other rows need to know. `number` counts from 0."""

    number: int
    citizen: str
    case: str
    name: str
    mould: Mould
    pattern: Pattern
    caseworker: Staff
    helper: Staff | None
    goals: tuple[str, ...]


def hire(town: Town, count: int, *, today: dt.date) -> list[Staff]:
    """Caseworkers with a district each; their log-ins are "r0001" and so on."""
    districts = [access.District(municipality=FJORDBY, name=f"{n:02d}") for n in range(1, DISTRICTS + 1)]
    access.District.objects.bulk_create(districts)
    fjordby = town.organisations["fjordby"]
    names = reading.names()
    firsts = [*names.middle_f, *names.young_m, *names.young_f, *names.middle_m]
    users = [
        access.User(
            username=f"r{n + 1:04d}",
            name=f"{firsts[n % len(firsts)]} {names.surnames[n * 7 % len(names.surnames)]}",
            title="Rådgiver",
            phone="20 12 30 00",
            password="!",  # noqa: S106 - nobody knows a password with this hash
        )
        for n in range(count)
    ]
    access.User.objects.bulk_create(users, batch_size=1000)
    access.RoleAssignment.objects.bulk_create(
        (
            access.RoleAssignment(
                user=user,
                role=Role.CASEWORKER,
                organisation_id=fjordby,
                district=districts[n % DISTRICTS],
                runs=(dt.date(today.year - 3, 1, 1), None),
            )
            for n, user in enumerate(users)
        ),
        batch_size=1000,
    )
    return [
        _staff(user.id, user.name, districts[n % DISTRICTS].id.hex, "", fjordby, "authority", "Fjordby Kommune")
        for n, user in enumerate(users)
    ]


def helpers_of(town: Town) -> list[Staff]:
    """Those of the small demo who help; they get the citizens that have a provider."""
    names = {item.key: item.name for item in town.content.organisations}
    return [
        _staff(
            actor.user_id,
            person.name,
            "",
            town.unit_of(person.key).hex,
            town.organisations[person.organisation],
            "provider",
            names[person.organisation],
        )
        for person in town.content.workers
        if person.role == "provider_worker" and (actor := town.actors[person.key]).user_id
    ]


def _staff(
    user: UUID | None, name: str, district: str, unit: str, organisation: UUID, side: str, works_at: str
) -> Staff:
    key = user.hex if user else ""
    author = "\t".join([key, written(name), side, organisation.hex, written(works_at)])
    return Staff(key, written(name), district, unit, organisation.hex, author)


class Register:
    """Writes citizens with their cases, and says who they are."""

    def __init__(
        self, patterns: Sequence[Pattern], staff: Sequence[Staff], help_from: Sequence[Staff], ids: Ids
    ) -> None:
        self._patterns, self._staff, self._helpers, self._ids = patterns, staff, help_from, ids
        self._postcodes = reading.names().postcodes
        self._streets = reading.names().streets
        home = {"municipality": FJORDBY}
        self.citizens = Table(
            "citizens.Citizen", "id", "district_id", "first_name", "last_name", "born_on", "cpr_sealed", "cpr_index",
            "address", "postcode", "town", "phone", **home,
        )  # fmt: skip

    def people(self, count: int, *, today: dt.date) -> Iterator[Townsperson]:
        for number in range(count):
            yield self._person(number, today)

    def _person(self, number: int, today: dt.date) -> Townsperson:
        pattern = self._patterns[number % len(self._patterns)]
        round_, story = number // len(self._patterns), pattern.story
        first = round_ % len(pattern.firsts)
        last = pattern.lasts[(round_ // len(pattern.firsts) + number) % len(pattern.lasts)]
        caseworker = self._staff[number % len(self._staff)]
        years = story.age[0] + number // 7 % (story.age[1] - story.age[0] + 1)
        born_on = today - dt.timedelta(days=int(years * 365.25) + number % _BIRTHDAYS)
        row = UUID(self._ids.new())
        digits = cpr.fictitious(born_on, _FIRST_SERIAL + number // _BIRTHDAYS % 2900)
        place = self._postcodes[number % len(self._postcodes)]
        sealed = citizens.seal_cpr(digits, row_id=row)
        self.citizens.add(
            f"{row.hex}\t{caseworker.district}\t{pattern.firsts[first]}\t{last}\t{born_on}\t{written(sealed)}\t"
            f"{written(citizens.index_cpr(digits))}\t{self._streets[number % len(self._streets)]} {number % 97 + 1}\t"
            f"{place.code}\t{place.town}\t20 12 {40 + number // 100 % 60} {number % 100:02d}"
        )
        mould = pattern.moulds[first]
        has_help = number % _ORDERED_EVERY == 0
        return Townsperson(
            number=number,
            citizen=row.hex,
            case=self._ids.new(),
            name=f"{pattern.firsts[first]} {last}",
            mould=mould,
            pattern=pattern,
            caseworker=caseworker,
            helper=self._helpers[number // _ORDERED_EVERY % len(self._helpers)] if has_help else None,
            goals=tuple(self._ids.new() for _ in mould.goals),
        )
