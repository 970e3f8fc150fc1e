"""What other contexts and the pages may use."""

from samspil.contexts.access.actor import Actor, system_actor
from samspil.contexts.access.commands import choose_display, claim, log_looks, record, settle
from samspil.contexts.access.enums import (
    Capability,
    DisplayMode,
    NotAllowed,
    OrganisationKind,
    Role,
    Side,
    UnitKind,
)
from samspil.contexts.access.models import (
    APPEND_ONLY,
    AccessLogEntry,
    District,
    Event,
    Organisation,
    RoleAssignment,
    Unit,
    User,
)
from samspil.contexts.access.prepared import NotPreparable, Prepared, prepared
from samspil.contexts.access.queries import Look, Person, actor_for, colleagues, looks_at, people, person
from samspil.contexts.access.rules import CAPABILITIES, SIDE_OF_ROLE

__all__ = [
    "APPEND_ONLY",
    "CAPABILITIES",
    "SIDE_OF_ROLE",
    "AccessLogEntry",
    "Actor",
    "Capability",
    "DisplayMode",
    "District",
    "Event",
    "Look",
    "NotAllowed",
    "NotPreparable",
    "Organisation",
    "OrganisationKind",
    "Person",
    "Prepared",
    "Role",
    "RoleAssignment",
    "Side",
    "Unit",
    "UnitKind",
    "User",
    "actor_for",
    "choose_display",
    "claim",
    "colleagues",
    "log_looks",
    "looks_at",
    "people",
    "person",
    "prepared",
    "record",
    "settle",
    "system_actor",
]
