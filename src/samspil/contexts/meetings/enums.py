from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(TextChoices):
    FIRST = "first", _("Første møde")
    CONVERSATION = "conversation", _("Samtale")
    STATUS = "status", _("Statusmøde")


class MeetingStatus(TextChoices):
    PLANNED = "planned", _("Planlagt")
    CALLED = "called", _("Indkaldt")
    OPEN = "open", _("I gang")
    CLOSED = "closed", _("Holdt")
    CANCELLED = "cancelled", _("Aflyst")


class CardKind(TextChoices):
    """What stands on a card. Each has a mark, a word and a colour, never a colour alone."""

    CITIZEN_WORDS = "citizen_words", _("Borgerens ord")
    WORKS = "works", _("Det virker")
    WISH = "wish", _("Ønske")
    WORRY = "worry", _("Bekymring")
    IDEA = "idea", _("Idé")
    AGREEMENT = "agreement", _("Aftale")
    QUESTION = "question", pgettext_lazy("one", "Spørgsmål")
    GOAL = "goal", pgettext_lazy("one", "Mål")


class PreparedWith(TextChoices):
    ALONE = "alone", _("Alene")
    RELATIVE = "relative", _("Sammen med en pårørende")
    PROVIDER = "provider", _("Sammen med udfører")


class ChecklistPhase(TextChoices):
    BEFORE = "before", _("Før mødet")
    AT = "at", _("På mødet")
    AFTER = "after", _("Efter mødet")


class MeetingRefusal(Enum):
    IN_THE_PAST = "in_the_past"
    ENDS_BEFORE_START = "ends_before_start"
    WRONG_STATUS = "wrong_status"
    AGREEMENT_WITHOUT_OWNER = "agreement_without_owner"
    UNDO_TOO_LATE = "undo_too_late"
    ALREADY_ANSWERED = "already_answered"
    NOT_INVITED = "not_invited"
    LAYOUT_WITHOUT_COLUMNS = "layout_without_columns"
    EMPTY_CARD = "empty_card"
    NOT_UNDERSTOOD = "not_understood"
    CARD_ALREADY_THERE = "card_already_there"
    CARD_GONE = "card_gone"
    BOARD_FULL = "board_full"
    TEXT_TOO_LONG = "text_too_long"
    BOARD_CLOSED = "board_closed"
    BOARD_NOT_OPEN = "board_not_open"
    NOT_CLOSED = "not_closed"
