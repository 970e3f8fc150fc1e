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


class Scope(TextChoices):
    """What somebody may see or do. The words go on from "Ida må"."""

    PLAN = "plan", _("se planen og målene")
    MEETINGS = "meetings", _("se møderne og være med")
    PREPARE = "prepare", _("svare på spørgsmål før mødet")
    AGREEMENTS = "agreements", _("se aftalerne")
    HELPERS = "helpers", _("se, hvem der hjælper")
    NOTES = "notes", _("læse det, der er skrevet")
    LETTERS = "letters", _("læse brevene")
    DECISIONS = "decisions", _("se afgørelserne")
    COMPLAIN = "complain", _("svare kommunen og klage")
    LOOKS = "looks", _("se, hvem der har kigget")
    WRITE = "write", _("skrive til rådgiveren")


class GrantKind(TextChoices):
    """On what somebody's access rests: the citizen's own choice, or the law."""

    RELATIVE = "relative", _("samtykke")
    DIGITAL_POWER = "digital_power", _("digital fuldmagt")
    PAPER_POWER = "paper_power", _("fuldmagt på papir")
    FUTURE_POWER = "future_power", _("fremtidsfuldmagt")
    GUARDIAN = "guardian", _("værgemål")


class Matter(TextChoices):
    """What a guardianship or a future power is about."""

    PERSONAL = "personal", _("personlige forhold")
    FINANCIAL = "financial", _("økonomi")


class GrantSource(TextChoices):
    """How the choice was made known."""

    SELF = "self", _("på siden her")
    MEETING = "meeting", _("mundtligt på et møde")
    CALL = "call", _("mundtligt i telefonen")
    LETTER = "letter", _("i et brev")
    REGISTER = "register", _("i et register eller papir, som kommunen har set")
    EARLIER = "earlier", _("før, da der kun var ét valg")


class CitizenRefusal(Enum):
    CPR_TAKEN = "cpr_taken"
    NAME_MISSING = "name_missing"
    TOO_LONG = "too_long"
    NOT_EVERY_SO_MANY_DAYS = "not_every_so_many_days"
    NOT_LET = "not_let"
    NOTHING_CHOSEN = "nothing_chosen"
    PREPARING_NEEDS_MEETINGS = "preparing_needs_meetings"
    COMPLAINING_NEEDS_DECISIONS = "complaining_needs_decisions"
    BEYOND_THE_LAW = "beyond_the_law"
    MATTER_MISSING = "matter_missing"
    DOCUMENT_MISSING = "document_missing"
    HAS_ACCESS_ALREADY = "has_access_already"
    END_IS_PAST = "end_is_past"
    FOLLOWS_FROM_LAW = "follows_from_law"
    ACCESS_IS_OVER = "access_is_over"
    TOO_LATE_TO_UNDO = "too_late_to_undo"
    WROTE_HOW_MISSING = "wrote_how_missing"
