from samspil.contexts.citizens.enums import CitizenRefusal, Medium, MeetingForm, RelationKind, TimeOfDay
from samspil.contexts.citizens.models import Citizen, ContactAgreement, Relation

__all__ = [
    "Citizen",
    "CitizenRefusal",
    "ContactAgreement",
    "Medium",
    "MeetingForm",
    "Relation",
    "RelationKind",
    "TimeOfDay",
]
