from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SegmentKind(TextChoices):
    """What a sentence is. The marks are those of the editor (ux § 4.1)."""

    CITIZEN_WORDS = "citizen_words", _("Borgerens ord")
    OBSERVATION = "observation", _("Observation")
    ASSESSMENT = "assessment", _("Vurdering")
    AGREEMENT = "agreement", _("Aftale")
    WISH = "wish", _("Ønske")
    RESOURCE = "resource", _("Ressource")
    GOAL_STATUS = "goal_status", _("Målstatus")
    CHANGE = "change", _("Ændring")


class NoteKind(TextChoices):
    VISIT = "visit", _("Besøg")
    PHONE = "phone", _("Telefon")
    TEXT = "text", _("Sms")
    MEETING = "meeting", _("Møde")
    PREPARATION = "preparation", _("Forberedelse")
    OTHER = "other", _("Notat")


class NoteRefusal(StrEnum):
    NOTHING_WRITTEN = "nothing_written"
    REASON_MISSING = "reason_missing"
    NOT_YOUR_NOTE = "not_your_note"
    ALREADY_CORRECTED = "already_corrected"
