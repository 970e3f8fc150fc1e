from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """By which right somebody asks: to see the file, or to have the data about oneself."""

    FILE = "file", _("Aktindsigt")
    OWN_DATA = "own_data", _("Indsigt i egne oplysninger")


class Asks(TextChoices):
    CITIZEN = "citizen", _("Borgeren selv")
    REPRESENTATIVE = "representative", _("En, der har fuldmagt eller er værge")
    OTHER = "other", _("En anden")


class Channel(TextChoices):
    ROOM = "room", _("Siden her")
    SPOKEN = "spoken", _("Sagt til os")
    CALL = "call", _("Telefon")
    LETTER = "letter", _("Brev")
    DIGITAL_POST = "digital_post", _("Digital Post")


class Wanted(TextChoices):
    EVERYTHING = "everything", _("Det hele")
    SINCE = "since", _("Alt fra en bestemt dag")
    WORDS = "words", _("Noget bestemt")


class RequestStatus(TextChoices):
    WAITING = "waiting", _("Venter på svar")
    ANSWERED = "answered", _("Svaret er givet")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")


class Outcome(TextChoices):
    FULL = "full", _("Alt er udleveret")
    PARTIAL = "partial", _("Noget er udleveret")
    REFUSED = "refused", _("Intet er udleveret")


class Handed(TextChoices):
    """How the answer gets to the one who asked."""

    ROOM = "room", _("På borgerens egen side")
    PAPER = "paper", _("På papir")


class PaperKind(TextChoices):
    EXTRACT = "extract", _("Svaret med papirerne")
    OWN_DATA = "own_data", _("Dine oplysninger til at læse")
    OWN_DATA_FILE = "own_data_file", _("Dine oplysninger som fil")


class DisclosureRefusal(Enum):
    NOT_A_PARTY = "not_a_party"
    WRONG_STATUS = "wrong_status"
    NOTHING_WRITTEN = "nothing_written"
    TOO_LONG = "too_long"
    DAY_IS_AHEAD = "day_is_ahead"
    DAY_MISSING = "day_missing"
    NAME_MISSING = "name_missing"
    REASON_MISSING = "reason_missing"
    NO_SUCH_REASON = "no_such_reason"
    NO_SUCH_DOCUMENT = "no_such_document"
    WORDS_NOT_THERE = "words_not_there"
    NOT_GATHERED = "not_gathered"
    NEW_DOCUMENTS = "new_documents"
    TOO_LATE_TO_EXTEND = "too_late_to_extend"
    NOT_LATER = "not_later"
    NOTHING_TO_STOP = "nothing_to_stop"
    NOTHING_TO_COMPLAIN_OF = "nothing_to_complain_of"
