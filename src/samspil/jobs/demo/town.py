"""The demo town before anybody asks for help: organisations, districts, teams and the people who work there.

Nobody commands these rows in Samspil yet, so they are written here.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, OrganisationKind, Role, UnitKind
from samspil.jobs.demo import people

FJORDBY, STRANDBY = 991, 992
"""No municipality has these codes."""

_KINDS = {
    "municipality": OrganisationKind.MUNICIPALITY,
    "municipal_provider": OrganisationKind.MUNICIPAL_PROVIDER,
    "region": OrganisationKind.REGION,
    "private_provider": OrganisationKind.PRIVATE,
}
_CODES = {"fjordby": FJORDBY, "strandby": STRANDBY}
_ROLES = {
    "caseworker": Role.CASEWORKER,
    "assessor": Role.CASEWORKER,
    "administrator": Role.CASEWORKER,
    "team_leader": Role.TEAM_LEADER,
    "analyst": Role.TEAM_LEADER,
    "provider_worker": Role.PROVIDER_WORKER,
    "provider_leader": Role.PROVIDER_LEADER,
}
_YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class Town:
    """What is written down, by the keys of people.toml."""

    content: people.Municipality
    organisations: Mapping[str, UUID]
    districts: Mapping[str, UUID]
    units: Mapping[tuple[str, str], UUID]
    actors: Mapping[str, Actor]

    def person(self, key: str) -> people.Person:
        return next(person for person in everybody(self.content) if person.key == key)

    def actor(self, key: str, at: dt.datetime) -> Actor:
        """This member of staff on that day."""
        return replace(self.actors[key], on=at.date())

    def unit_of(self, key: str) -> UUID:
        person = self.person(key)
        return self.units[person.organisation, person.unit]

    def caseworkers(self, area: str, district: str) -> list[people.Person]:
        """Those who may coordinate a case of that area in that district; who has that one only stands there oftener."""
        return [
            person
            for person in self.content.staff
            if person.role in {"caseworker", "assessor"} and _covers(person, area) and district in person.districts
            for _ in range(1 + len(self.districts) - len(person.districts))
        ]

    def workers(self, provider: str, area: str, district: str) -> list[people.Person]:
        """Who helps there; people of the provider from anywhere when none has that district."""
        own = [p for p in self.content.workers if p.organisation == provider and p.role == "provider_worker"]
        near = [p for p in own if _covers(p, area) and district in p.districts]
        return near or own


def settle(content: people.Municipality, *, today: dt.date) -> Town:
    """Write the town down. Everybody has been in office for some years, so that old notes have authors."""
    runs = (dt.date(today.year - _YEARS_BACK, 1, 1), None)
    organisations = {item.key: _organisation(item) for item in content.organisations}
    districts = {
        item.key: access.District.objects.create(municipality=FJORDBY, name=item.name) for item in content.districts
    }
    units = {
        (item.key, name): access.Unit.objects.create(
            organisation=organisations[item.key],
            kind=UnitKind.AUTHORITY_TEAM if item.kind == "municipality" else UnitKind.PROVIDER_TEAM,
            name=name,
            description=item.about,
        )
        for item in content.organisations
        for name in item.units
    }
    for person in everybody(content):
        user = _user(person)
        access.RoleAssignment.objects.bulk_create(
            access.RoleAssignment(
                user=user,
                role=_ROLES[person.role],
                organisation=organisations[person.organisation],
                unit=None if person.role == "provider_leader" else units[person.organisation, person.unit],
                district=district,
                runs=runs,
            )
            for district in _limits(person, districts)
        )
    users = dict(access.User.objects.values_list("username", "id"))
    return Town(
        content=content,
        organisations={key: row.id for key, row in organisations.items()},
        districts={key: row.id for key, row in districts.items()},
        units={key: row.id for key, row in units.items()},
        actors={person.key: actor_of(users[person.key], on=today) for person in everybody(content)},
    )


def everybody(content: people.Municipality) -> tuple[people.Person, ...]:
    return (*content.staff, *content.workers, *content.outsiders)


def actor_of(user_id: UUID, *, on: dt.date, now: dt.datetime | None = None) -> Actor:
    actor = access.actor_for(user_id, on=on, now=now)
    if actor is None:
        raise LookupError(f"the user {user_id} has no role on {on}")
    return actor


def _covers(person: people.Person, area: str) -> bool:
    return person.area in {area, "both"}


def _organisation(item: people.Organisation) -> access.Organisation:
    return access.Organisation.objects.create(
        kind=_KINDS[item.kind],
        name=item.name,
        municipality_code=_CODES.get(item.key),
        address=item.address,
        phone=item.phone,
    )


def _user(person: people.Person) -> access.User:
    user = access.User(
        username=person.key,
        name=person.name,
        title=person.title,
        phone=person.phone,
        phone_hours=person.phone_hours,
        presentation=person.presentation,
        picture=person.portrait,
    )
    user.set_unusable_password()
    user.save(force_insert=True)
    return user


def _limits(person: people.Person, districts: Mapping[str, access.District]) -> Iterable[access.District | None]:
    """Caseworkers with some of the districts see those; everybody else the whole, or their provider's cases."""
    if person.organisation != "fjordby" or len(person.districts) == len(districts):
        return [None]
    return [districts[key] for key in person.districts]
