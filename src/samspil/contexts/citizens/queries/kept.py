"""What is kept about a citizen beside the case, for the citizen's own copy of it.

People are named with what they are to the citizen, and with what they were let see. How to get hold of them is theirs,
and is no part of it.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.citizens.enums import GrantKind, GrantSource, RelationKind
from samspil.contexts.citizens.models import AccessGrant, ContactAgreement, Relation
from samspil.contexts.citizens.queries.grants import words_of
from samspil.contexts.citizens.queries.people import ContactWish, wish_of


@dataclass(frozen=True, slots=True)
class KeptPerson:
    """`until` is the first day that the person is no longer around, None while there is no end."""

    name: str
    relation: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class KeptGrant:
    name: str
    rests_on: str
    may: tuple[str, ...]
    said: str
    document: str
    written_by: str
    since: dt.date
    until: dt.date | None
    taken_back_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class KeptBesideTheCase:
    people: tuple[KeptPerson, ...]
    grants: tuple[KeptGrant, ...]
    wishes: tuple[ContactWish, ...]


def kept_beside_the_case(citizen_id: UUID) -> KeptBesideTheCase:
    """Also what is over. For a reader who was let in through the case."""
    around = Relation.objects.filter(citizen_id=citizen_id).order_by("runs", "id")
    grants = AccessGrant.objects.filter(citizen_id=citizen_id).select_related("relation").order_by("chosen_at", "id")
    wishes = ContactAgreement.objects.filter(citizen_id=citizen_id).order_by("agreed_on", "id")
    return KeptBesideTheCase(
        people=tuple(
            KeptPerson(row.name, str(RelationKind(row.kind).label), row.runs.lower, row.runs.upper) for row in around
        ),
        grants=tuple(
            KeptGrant(
                name=row.relation.name,
                rests_on=str(GrantKind(row.kind).label),
                may=words_of(row.scopes),
                said=str(GrantSource(row.source).label),
                document=row.document,
                written_by=row.chosen_by_name,
                since=row.runs.lower,
                until=row.runs.upper,
                taken_back_at=row.taken_back_at,
            )
            for row in grants
        ),
        wishes=tuple(map(wish_of, wishes)),
    )
