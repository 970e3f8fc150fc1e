from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingForm(TextChoices):
    """How a citizen likes to meet."""

    WALK = "walk", _("Gå en tur")
    HOME = "home", _("Hjemme hos mig")
    OUTDOORS = "outdoors", _("Ude")
    OFFICE = "office", _("På kontoret")
    LIBRARY = "library", _("Et roligt sted i byen")
    VIDEO = "video", _("Video")
    PHONE = "phone", _("Telefon")


class TimeOfDay(TextChoices):
    MORNING = "morning", _("Om formiddagen")
    AFTERNOON = "afternoon", _("Om eftermiddagen")
    EVENING = "evening", _("Om aftenen")
    ANY = "any", _("Når som helst")


class Medium(TextChoices):
    TEXT_MESSAGE = "text_message", _("Sms")
    CALL = "call", _("Opkald")
    VIDEO = "video", _("Video")
    LETTER = "letter", _("Brev")


class RelationKind(TextChoices):
    MOTHER = "mother", _("Mor")
    FATHER = "father", _("Far")
    SISTER = "sister", _("Søster")
    BROTHER = "brother", _("Bror")
    SPOUSE = "spouse", _("Ægtefælle")
    PARTNER = "partner", _("Kæreste")
    CHILD = "child", _("Barn")
    FRIEND = "friend", _("Ven")
    GUARDIAN = "guardian", _("Værge")
    OTHER = "other", _("Andet")


class CitizenRefusal(Enum):
    CPR_TAKEN = "cpr_taken"
    NAME_MISSING = "name_missing"
    TOO_LONG = "too_long"
    NOT_EVERY_SO_MANY_DAYS = "not_every_so_many_days"
