from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrderStatus(TextChoices):
    SENT = "sent", _("Sendt")
    RUNNING = "running", _("I gang")
    DECLINED = "declined", _("Sagt nej til")
    ENDED = "ended", _("Afsluttet")


class StatusNoteStatus(TextChoices):
    DRAFT = "draft", _("Kladde")
    SENT = "sent", _("Sendt")
    DECIDED = "decided", _("Drøftet og besluttet")


class PartKind(TextChoices):
    GOAL = "goal", _("Mål")
    THEME = "theme", _("Væsentlig ændring")
    REMARKS = "remarks", _("Bemærkninger")


class Recommendation(TextChoices):
    CONTINUE = "continue", _("Fortsæt som nu")
    CHANGE = "change", _("Fortsæt med ændringer")
    END = "end", _("Afslut")


class OrderRefusal(StrEnum):
    WRONG_STATUS = "wrong_status"
    NOT_YOUR_ORDER = "not_your_order"
    NO_GOALS = "no_goals"
    REASON_MISSING = "reason_missing"
    ALREADY_RUNNING = "already_running"
    NOTE_ALREADY_SENT = "note_already_sent"
    ALREADY_IMPORTED = "already_imported"
