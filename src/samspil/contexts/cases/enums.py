from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Area(TextChoices):
    ADULT_DISABILITY = "adult_disability", _("Voksne med handicap")
    ELDER_CARE = "elder_care", _("Ældre")


class CaseStatus(TextChoices):
    ENQUIRY = "enquiry", _("Ny")
    CLARIFICATION = "clarification", _("Vi finder ud af det")
    RUNNING = "running", _("Hjælpen er i gang")
    FOLLOW_UP = "follow_up", _("Vi følger op")
    CLOSED = "closed", _("Afsluttet")


class ReferralSource(TextChoices):
    STREET = "street", _("Fra gaden")
    JOB_CENTRE = "job_centre", _("Jobcenter")
    HOSPITAL = "hospital", _("Sygehus")
    RELATIVES = "relatives", _("Pårørende")
    SELF = "self", _("Borgeren selv")
    GP = "gp", _("Egen læge")
    PROVIDER = "provider", _("Udfører")
    OTHER = "other", _("Andre")


class ReferralStatus(TextChoices):
    RECEIVED = "received", _("Modtaget")
    OPENED = "opened", _("Sag åbnet")
    ADVISED = "advised", _("Rådgivet og afsluttet")


class TaskStatus(TextChoices):
    OPEN = "open", _("Åben")
    DONE = "done", _("Gjort")
    CANCELLED = "cancelled", _("Aflyst")


class TaskSource(TextChoices):
    BOARD = "board", _("Tavlen")
    FEEDBACK = "feedback", _("Feedback")
    NOTE = "note", _("Notat")
    CHANGE = "change", _("Ændring")
    MANUAL = "manual", _("Skrevet selv")
    ACCESS = "access", _("Adgang")


class CaseRefusal(Enum):
    ALREADY_OPENED = "already_opened"
    CASE_CLOSED = "case_closed"
    WRONG_STATUS = "wrong_status"
    NOT_YOUR_TASK = "not_your_task"
    TASK_NOT_OPEN = "task_not_open"
    OWNER_MISSING = "owner_missing"
    NOTHING_WRITTEN = "nothing_written"
    TOO_LONG = "too_long"
    DAY_IS_PAST = "day_is_past"
    OPEN_ELSEWHERE = "open_elsewhere"
    REFERRAL_ENDED = "referral_ended"
    UNKNOWN_COORDINATOR = "unknown_coordinator"
    ABOVE_YOUR_CLEARANCE = "above_your_clearance"
    ABOVE_COORDINATORS_CLEARANCE = "above_coordinators_clearance"
    ADDRESS_IS_PROTECTED = "address_is_protected"
    REASON_TOO_SHORT = "reason_too_short"
    EMERGENCY_REASON_TOO_SHORT = "emergency_reason_too_short"
    UNKNOWN_GROUND = "unknown_ground"
    YOUR_OWN_CASE = "your_own_case"
    YOUR_RELATIVES_CASE = "your_relatives_case"
    EMERGENCY_RUNNING = "emergency_running"
    NOT_YOUR_REVIEW = "not_your_review"
    ALREADY_REVIEWED = "already_reviewed"
