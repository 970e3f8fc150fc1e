"""Why something is on the list, and what came of it."""

from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    SELF = "self", _("Er borgeren selv, eller hedder det samme")
    RELATIVE = "relative", _("Er pårørende til borgeren")
    SURNAME = "surname", _("Samme efternavn som borgeren")
    ADDRESS = "address", _("Samme adresse som borgeren")
    COLLEAGUE = "colleague", _("Borgeren hedder det samme som en kollega")
    NO_RELATION = "no_relation", _("Har hverken opgave, notat eller møde i sagen")
    VOLUME = "volume", _("Har set langt flere borgere end ellers")
    NUMBERS = "numbers", _("Har slået mange CPR-numre op")
    NIGHT = "night", _("Åbnet om natten")


class Outcome(TextChoices):
    IN_ORDER = "in_order", _("I orden")
    TALKED = "talked", _("Talt med medarbejderen")
    PASSED_ON = "passed_on", _("Givet videre")


class ReviewRefusal(Enum):
    MONTH_NOT_OVER = "month_not_over"
    ALREADY_DRAWN = "already_drawn"
    OWN_LOOKS = "own_looks"
    WORDS_MISSING = "words_missing"
    NOTED_MEANWHILE = "noted_meanwhile"
