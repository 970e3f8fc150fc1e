from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DisputeStatus(TextChoices):
    NOTED = "noted", _("Der mangler en plan")
    PLANNED = "planned", _("Vi følger planen")
    SETTLED = "settled", _("Løst")


class StepKind(TextChoices):
    PLAN = "plan", _("Plan")
    FOLLOW_UP = "follow_up", _("Opfølgning")
    SETTLEMENT = "settlement", _("Sådan blev det løst")


class DisputeRefusal(Enum):
    WRONG_STATUS = "wrong_status"
    NOTHING_WRITTEN = "nothing_written"
    TOO_LONG = "too_long"
    DAY_IS_PAST = "day_is_past"
    BEFORE_THE_TALK = "before_the_talk"
