from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    GOAL = "goal", pgettext_lazy("one", "Mål")
    THEME = "theme", _("Væsentlig ændring")
    REMARKS = "remarks", _("Bemærkninger")


class Recommendation(TextChoices):
    """What the provider recommends, and in the same words what is decided."""

    CONTINUE = "continue", _("Fortsæt som nu")
    CHANGE = "change", _("Fortsæt med ændringer")
    END = "end", _("Afslut")


class CitizenSays(TextChoices):
    """What the citizen says to what is decided on a status note: authority and citizen decide it together."""

    AGREES = "agrees", _("Enig")
    PARTLY = "partly", _("Enig i noget af det")
    DISAGREES = "disagrees", _("Ikke enig")


class Handover(TextChoices):
    """What a provider can be told with an order. The name and the goals always go along."""

    PURPOSE = "purpose", _("Formålet med hjælpen")
    CONTACT = "contact", _("Aftale om kontakt")
    REACH = "reach", _("Telefon og adresse")
    PEOPLE = "people", _("Pårørende og andre omkring borgeren")


class OrderRefusal(Enum):
    WRONG_STATUS = "wrong_status"
    NOT_YOUR_ORDER = "not_your_order"
    NO_GOALS = "no_goals"
    REASON_MISSING = "reason_missing"
    ALREADY_RUNNING = "already_running"
    NOTE_ALREADY_SENT = "note_already_sent"
    ALREADY_IMPORTED = "already_imported"
    ENDS_BEFORE_START = "ends_before_start"
    FOLLOW_UP_BEFORE_START = "follow_up_before_start"
    CONTACT_UNKNOWN = "contact_unknown"
    PART_MISSING = "part_missing"
    RECOMMENDATION_MISSING = "recommendation_missing"
    DRAFT_EXISTS = "draft_exists"
    ALREADY_ANSWERED = "already_answered"
    OWN_QUESTION = "own_question"
    PROPOSAL_OPEN = "proposal_open"
    CITIZEN_NOT_ASKED = "citizen_not_asked"
    NOTHING_WRITTEN = "nothing_written"
    TOO_LONG = "too_long"
    OUTSIDE_GRANT = "outside_grant"
