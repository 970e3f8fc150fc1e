from enum import Enum

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


class NoteRefusal(Enum):
    NOTHING_WRITTEN = "nothing_written"
    REASON_MISSING = "reason_missing"
    NOT_YOUR_NOTE = "not_your_note"
    ALREADY_CORRECTED = "already_corrected"
    ALREADY_WITHDRAWN = "already_withdrawn"
    TOO_LONG = "too_long"
    IN_THE_FUTURE = "in_the_future"
    AGREEMENT_WITHOUT_OWNER = "agreement_without_owner"
    AGREEMENT_WITHOUT_DAY = "agreement_without_day"
    UNKNOWN_GOAL = "unknown_goal"
    UNKNOWN_THEME = "unknown_theme"
    NOT_ON_SCALE = "not_on_scale"
    DRAFT_TOO_LARGE = "draft_too_large"
