from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeadlineStatus(TextChoices):
    OPEN = "open", _("Løber")
    LATE = "late", _("Overskredet")
    OVER = "over", _("Tiden er gået")
    LAPSED = "lapsed", _("Udløbet")
    MET = "met", _("Holdt")
    CANCELLED = "cancelled", _("Aflyst")


class DeadlineRefusal(Enum):
    ALREADY_RUNNING = "already_running"
    NO_SUCH_RULE = "no_such_rule"
    NOT_RUNNING = "not_running"
    NOT_BY_HAND = "not_by_hand"
    MAY_NOT_BE_EXTENDED = "may_not_be_extended"
    SHORTER_THAN_RULE = "shorter_than_rule"
    LONGER_THAN_RULE = "longer_than_rule"
    DAY_IS_PAST = "day_is_past"
    NO_REASON = "no_reason"
    TOO_LONG = "too_long"
