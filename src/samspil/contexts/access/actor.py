"""The one who acts: read once per request, frozen, handed to every query and command."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access.enums import Capability, NotAllowed, Purpose, Role, Sensitivity, Side
from samspil.kernel.scope import Scope
from samspil.kernel.verdict import ALLOWED, Verdict


@dataclass(frozen=True, slots=True)
class Actor:
    """One person in one role on one day.

    `municipality` is the code of the authority acted for (authority, citizen, relative); providers have none.
    `district_ids` limits an authority actor; empty means the whole municipality.
    `unit_ids` are the provider's teams. `citizen_id` is the citizen that a citizen or relative stands for.
    `on` is the day that periods are read against. `clearance` is the highest sensitivity that the person may see.
    `barred_citizen_ids` are the person's own self, those the person has a relative's log-in to, and those the person
    has said to know privately; `colleague_citizen_ids` work in the same organisation; `emergency_case_ids` is the one
    case that is open in an emergency at this very moment. `scopes` is what the citizen lets a relative see and do;
    empty, a relative may nothing, and nobody else has any. `found_in` is the case, or are the cases, that a page
    reads on in after `visible_to` found them for this actor at this request (`cases.reading_in`); no command is carried
    out by such an actor. `other_purpose` is what the page is for when that is not what the actor's side comes for.
    """

    user_id: UUID | None
    name: str
    title: str
    role: Role | None
    side: Side
    organisation_id: UUID | None
    organisation_name: str
    municipality: int | None
    unit_ids: frozenset[UUID]
    district_ids: frozenset[UUID]
    citizen_id: UUID | None
    capabilities: frozenset[Capability]
    on: dt.date
    display_mode: str = "standard"
    language: str = "da"
    clearance: int = Sensitivity.SENSITIVE.value
    barred_citizen_ids: frozenset[UUID] = frozenset()
    colleague_citizen_ids: frozenset[UUID] = frozenset()
    emergency_case_ids: frozenset[UUID] = frozenset()
    scopes: frozenset[str] = frozenset()
    found_in: UUID | frozenset[UUID] | None = None
    other_purpose: Purpose | None = None

    @property
    def person_id(self) -> UUID:
        """The person behind the log-in. Raises ValueError for Samspil itself, which is nobody."""
        if self.user_id is None:
            raise ValueError("the system has no person")
        return self.user_id

    @property
    def scope(self) -> Scope:
        """Whose rows the database shows this person: a municipality's, or those of a provider's cases."""
        if self.side == Side.PROVIDER:
            return Scope(organisation_id=self.organisation_id, user_id=self.user_id)
        return Scope(municipality=self.municipality, user_id=self.user_id)

    def may(self, capability: Capability) -> Verdict:
        return ALLOWED if capability in self.capabilities else Verdict(NotAllowed.NOT_YOUR_ROLE)


def system_actor(on: dt.date, *, municipality: int | None = None) -> Actor:
    """Samspil itself, for imports and deadlines; sees nothing through `visible_to`."""
    return Actor(
        user_id=None,
        name="Samspil",
        title="",
        role=None,
        side=Side.SYSTEM,
        organisation_id=None,
        organisation_name="Samspil",
        municipality=municipality,
        unit_ids=frozenset(),
        district_ids=frozenset(),
        citizen_id=None,
        capabilities=frozenset(),
        on=on,
    )
