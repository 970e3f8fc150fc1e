"""What other contexts and the pages may use."""

from samspil.contexts.citizens.commands import (
    NewContact,
    add_citizen,
    add_relation,
    agree_contact,
    change_reach,
    let_relation_see,
)
from samspil.contexts.citizens.enums import CitizenRefusal, Medium, MeetingForm, RelationKind, TimeOfDay
from samspil.contexts.citizens.models import Citizen, ContactAgreement, Relation
from samspil.contexts.citizens.queries import (
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
from samspil.contexts.citizens.vault import BrokenSeal
from samspil.contexts.citizens.vault import index as index_cpr
from samspil.contexts.citizens.vault import seal as seal_cpr
from samspil.contexts.citizens.vault import unseal as unseal_cpr

__all__ = [
    "BrokenSeal",
    "Citizen",
    "CitizenRefusal",
    "ContactAgreement",
    "ContactWish",
    "Medium",
    "MeetingForm",
    "NewContact",
    "Reach",
    "Relation",
    "RelationKind",
    "RelationView",
    "TimeOfDay",
    "add_citizen",
    "add_relation",
    "agree_contact",
    "change_reach",
    "contact_wish",
    "contact_wishes",
    "cpr_left_to_move",
    "cpr_of",
    "find_by_cpr",
    "index_cpr",
    "let_relation_see",
    "move_cpr",
    "named",
    "own_log_in",
    "reach_of",
    "relation_to",
    "relations_of",
    "seal_cpr",
    "unseal_cpr",
    "user_of",
    "wished_days",
    "without_address",
]
