"""What a log-in may use of what its organisation has written down: rights = claims ∩ local data.

A token only narrows. It says in groups which roles somebody has, in which organisation and within which limits; each
group is held against the running roles here, and what is not in both counts for nothing. A group that says something
we do not know is left out whole. So nothing that is added to a group, and no group taken away, can widen the result.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from samspil.contexts.access.enums import Denial, Level, Role, Side
from samspil.contexts.access.rules import LEAST_LEVEL, SIDE_OF_ROLE

Within = frozenset[UUID] | None
"""Districts of a role at the authority, teams of a role at a provider. None: all that the role has."""
Rights = dict[UUID, Within]
"""By the id of a running role."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a token: roles by their outside names, the CVR number they count at, and named limits."""

    cvr: str
    roles: frozenset[str]
    constraints: tuple[tuple[str, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """The installation's table: what the outside names mean here.

    `covering` names constraints that cannot narrow here: a group counts only when one of its values covers
    everything that is kept here.
    """

    roles: Mapping[str, Role]
    org_unit: str = "urn:dk:kombit:orgUnit"
    covering: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LocalRole:
    """A running role, and the parts of its organisation by their outside ids."""

    id: UUID
    role: Role
    cvr: str
    place: UUID | None
    places: Mapping[UUID, UUID]


def rights_of(
    groups: Iterable[Group], local: Iterable[LocalRole], *, terms: Terms, level: Level
) -> tuple[Rights, list[tuple[int, Denial]]]:
    """The rights, and for each group that counted for nothing its number and why."""
    held = list(local)
    rights: Rights = {}
    denied: list[tuple[int, Denial]] = []
    for number, group in enumerate(groups):
        found = _of_group(group, held, terms, level)
        if isinstance(found, Denial):
            denied.append((number, found))
            continue
        for role_id, within in found.items():
            rights[role_id] = _either(rights[role_id], within) if role_id in rights else within
    return rights, denied


def own_rights(local: Iterable[LocalRole], *, level: Level) -> Rights:
    """For citizens and relatives, whose roles no outside list knows: all that is written here."""
    return {one.id: None for one in local if level >= LEAST_LEVEL[one.role]}


def _of_group(group: Group, local: list[LocalRole], terms: Terms, level: Level) -> Rights | Denial:
    if not group.roles or not group.roles <= terms.roles.keys():
        return Denial.UNKNOWN_ROLE
    wanted = {terms.roles[name] for name in group.roles}
    if any(level < LEAST_LEVEL[role] for role in wanted):
        return Denial.LEVEL_TOO_LOW
    if not any(one.cvr == group.cvr for one in local if one.cvr):
        return Denial.FOREIGN_ORGANISATION
    units: Within = None
    for name, values in group.constraints:
        if name == terms.org_unit:
            named = frozenset(filter(None, map(_uuid, values)))
            units = named if units is None else units & named
        elif name not in terms.covering:
            return Denial.UNKNOWN_CONSTRAINT
        elif not values & terms.covering[name]:
            return Denial.LIMIT_TOO_NARROW
    mine = [one for one in local if one.cvr == group.cvr and one.role in wanted]
    if not mine:
        return Denial.NOT_WRITTEN_HERE
    narrowed = {one.id: _narrowed(one, units) for one in mine}
    return {key: within for key, within in narrowed.items() if within is None or within} or Denial.NO_SUCH_UNIT


def _narrowed(one: LocalRole, units: Within) -> Within:
    if units is None:
        return None
    places = frozenset(here for outside, here in one.places.items() if outside in units)
    return places if one.place is None else places & {one.place}


def _either(one: Within, other: Within) -> Within:
    return None if one is None or other is None else one | other


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def is_of_staff(role: Role) -> bool:
    return SIDE_OF_ROLE[role] in {Side.AUTHORITY, Side.PROVIDER}
