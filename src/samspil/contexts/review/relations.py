"""Who has business with whom, and who is close to whom, as far as the municipality's own data say."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samspil.contexts.access import api as access
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.meetings import api as meetings
from samspil.contexts.notes import api as notes
from samspil.contexts.review import rules
from samspil.contexts.review.enums import Reason
from samspil.contexts.review.models import Thresholds

Pairs = set[tuple[UUID, UUID]]


@dataclass(frozen=True, slots=True)
class Home:
    name: str
    surname: str
    address: str


@dataclass(frozen=True, slots=True)
class Around:
    """`business` and `relatives` are pairs of a user and a citizen; `places` are districts and teams."""

    homes: dict[UUID, Home]
    addresses: dict[str, set[str]]
    rare: frozenset[str]
    staff: dict[str, set[UUID]]
    own: Pairs
    relatives: Pairs
    business: Pairs
    places: dict[UUID, set[UUID]]
    places_of: dict[UUID, set[UUID]]

    def has_business(self, user: UUID, citizen: UUID) -> bool:
        """A task, note, meeting or part in the case; or the district or team that answers for it. Being allowed to
        see the whole municipality is no business of its own."""
        is_near = bool(self.places.get(user, set()) & self.places_of.get(citizen, set()))
        return is_near or (user, citizen) in self.business

    def kinship(self, user: UUID, name: str, citizen: UUID) -> list[Reason]:
        home = self.homes[citizen]
        if (user, citizen) in self.own or home.name == name.casefold():
            return [Reason.SELF]
        found = []
        if (user, citizen) in self.relatives:
            found.append(Reason.RELATIVE)
        if home.surname == rules.surname(name) and home.surname in self.rare:
            found.append(Reason.SURNAME)
        if home.address and home.address in self._lives_at(user, name):
            found.append(Reason.ADDRESS)
        if self.staff.get(home.name, set()) - {user}:
            found.append(Reason.COLLEAGUE)
        return found

    def _lives_at(self, user: UUID, name: str) -> set[str]:
        """Staff's addresses are not kept; those who are citizens here too are found by role or by name."""
        own = {self.homes[citizen].address for one, citizen in self.own if one == user and citizen in self.homes}
        return own | self.addresses.get(name.casefold(), set())


def around(municipality: int, month: dt.date, limits: Thresholds) -> Around:
    """A dozen queries, whatever the number of looks."""
    homes = _homes(municipality)
    surnames = Counter(home.surname for home in homes.values())
    addresses: dict[str, set[str]] = defaultdict(set)
    for home in homes.values():
        addresses[home.name].add(home.address)
    places, places_of = _places(municipality, month)
    return Around(
        homes=homes,
        addresses=addresses,
        rare=frozenset(name for name, count in surnames.items() if count <= limits.surname_most),
        staff=_staff(),
        own=_pairs(access.RoleAssignment.objects.filter(role=access.Role.CITIZEN).values_list("user_id", "citizen_id")),
        relatives=_pairs(
            citizens.Relation.objects.filter(municipality=municipality).values_list("user_id", "citizen_id")
        ),
        business=_business(municipality),
        places=places,
        places_of=places_of,
    )


def _homes(municipality: int) -> dict[UUID, Home]:
    rows = citizens.Citizen.objects.filter(municipality=municipality).values_list(
        "id", "first_name", "last_name", "address", "postcode"
    )
    return {
        key: Home(
            name=f"{first} {last}".casefold(),
            surname=rules.surname(last),
            address=f"{address.casefold()} {postcode}" if address else "",
        )
        for key, first, last, address, postcode in rows.iterator(chunk_size=5000)
    }


def _staff() -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = defaultdict(set)
    working = access.RoleAssignment.objects.filter(role__in=access.STAFF, user__is_active=True)
    for user, name in working.values_list("user_id", "user__name").distinct():
        found[name.casefold()].add(user)
    return found


def _business(municipality: int) -> Pairs:
    here: dict[str, Any] = {"municipality": municipality}
    pairs = (
        cases.Case.objects.filter(**here).values_list("coordinator_id", "citizen_id"),
        cases.Task.objects.filter(**here).values_list("owner_id", "case__citizen_id"),
        cases.Participation.objects.filter(**here).values_list("contact_id", "case__citizen_id"),
        notes.Note.objects.filter(**here).values_list("author_id", "case__citizen_id"),
        meetings.Attendee.objects.filter(**here).values_list("user_id", "meeting__case__citizen_id"),
        meetings.Meeting.objects.filter(**here).values_list("called_by_id", "case__citizen_id"),
    )
    return set().union(*map(_pairs, pairs))


def _pairs(rows: QuerySet[Any, Any]) -> Pairs:
    """Of a user and a citizen; rows without a user are nobody's."""
    found = rows.order_by().distinct().iterator(chunk_size=5000)
    return {(user, citizen) for user, citizen in found if user and citizen}


def _places(municipality: int, month: dt.date) -> tuple[dict[UUID, set[UUID]], dict[UUID, set[UUID]]]:
    """Districts and teams: of each member of staff in that month, and of each citizen."""
    of_user: dict[UUID, set[UUID]] = defaultdict(set)
    working = access.RoleAssignment.objects.filter(
        role__in=access.STAFF, runs__overlap=(month, rules.month_after(month))
    )
    for user, *where in working.values_list("user_id", "district_id", "unit_id"):
        of_user[user].update(place for place in where if place)
    of_citizen: dict[UUID, set[UUID]] = defaultdict(set)
    homes = cases.Case.objects.filter(municipality=municipality).values_list("citizen_id", "district_id")
    helped = cases.Participation.objects.filter(municipality=municipality).values_list("case__citizen_id", "unit_id")
    for rows in (homes, helped):
        for citizen, place in rows.iterator(chunk_size=5000):
            if place:
                of_citizen[citizen].add(place)
    return of_user, of_citizen
