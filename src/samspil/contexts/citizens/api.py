"""What other contexts and the pages may use."""

from samspil.contexts.citizens.commands.grants import change_access, give_access, give_back, take_back
from samspil.contexts.citizens.commands.people import (
    NewContact,
    add_citizen,
    add_relation,
    agree_contact,
    change_reach,
)
from samspil.contexts.citizens.enums import (
    CitizenRefusal,
    GrantKind,
    GrantSource,
    Matter,
    Medium,
    MeetingForm,
    RelationKind,
    Scope,
    TimeOfDay,
)
from samspil.contexts.citizens.models import AccessGrant, Citizen, ContactAgreement, Relation
from samspil.contexts.citizens.policy import may
from samspil.contexts.citizens.queries.grants import (
    GrantView,
    PersonWithAccess,
    Standing,
    acting_for,
    people_with_access,
    standings_of,
)
from samspil.contexts.citizens.queries.kept import KeptBesideTheCase, kept_beside_the_case
from samspil.contexts.citizens.queries.people import (
    ContactWish,
    Reach,
    RelationView,
    contact_wish,
    contact_wishes,
    cpr_of,
    find_by_cpr,
    named,
    own_log_in,
    reach_of,
    relation_to,
    relations_of,
    user_of,
    wished_days,
    without_address,
)
from samspil.contexts.citizens.rotation import left as cpr_left_to_move
from samspil.contexts.citizens.rotation import move as move_cpr
from samspil.contexts.citizens.rules import BY_LAW, for_a_start, widest
from samspil.contexts.citizens.vault import BrokenSeal
from samspil.contexts.citizens.vault import index as index_cpr
from samspil.contexts.citizens.vault import seal as seal_cpr
from samspil.contexts.citizens.vault import unseal as unseal_cpr

__all__ = [
    "BY_LAW",
    "AccessGrant",
    "BrokenSeal",
    "Citizen",
    "CitizenRefusal",
    "ContactAgreement",
    "ContactWish",
    "GrantKind",
    "GrantSource",
    "GrantView",
    "KeptBesideTheCase",
    "Matter",
    "Medium",
    "MeetingForm",
    "NewContact",
    "PersonWithAccess",
    "Reach",
    "Relation",
    "RelationKind",
    "RelationView",
    "Scope",
    "Standing",
    "TimeOfDay",
    "acting_for",
    "add_citizen",
    "add_relation",
    "agree_contact",
    "change_access",
    "change_reach",
    "contact_wish",
    "contact_wishes",
    "cpr_left_to_move",
    "cpr_of",
    "find_by_cpr",
    "for_a_start",
    "give_access",
    "give_back",
    "index_cpr",
    "kept_beside_the_case",
    "may",
    "move_cpr",
    "named",
    "own_log_in",
    "people_with_access",
    "reach_of",
    "relation_to",
    "relations_of",
    "seal_cpr",
    "standings_of",
    "take_back",
    "unseal_cpr",
    "user_of",
    "widest",
    "wished_days",
    "without_address",
]
