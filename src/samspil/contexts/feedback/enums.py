from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Answer(TextChoices):
    YES = "yes", _("Ja")
    SOME = "some", _("Lidt")
    NO = "no", _("Nej")
    SKIPPED = "skipped", _("Sprang over")


class Channel(TextChoices):
    TABLET = "tablet", _("Tablet på mødet")
    LINK = "link", _("Borgerens egen telefon")
    PAPER = "paper", _("Papir")
    ROOM = "room", _("Borgerens rum")


class FeedbackRefusal(Enum):
    LINK_USED = "link_used"
    LINK_EXPIRED = "link_expired"
    ALREADY_ANSWERED = "already_answered"
    MEETING_NOT_HELD = "meeting_not_held"
    LETTER_ANSWERED = "letter_answered"
