from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GoalLevel(TextChoices):
    GOAL = "goal", _("Indsatsmål")
    SUB_GOAL = "sub_goal", _("Delmål")


class GoalStatus(TextChoices):
    PROPOSED = "proposed", _("Foreslået")
    ACTIVE = "active", _("I gang")
    PAUSED = "paused", _("Pause")
    REACHED = "reached", _("Nået")
    ENDED = "ended", _("Afsluttet")


class RaterSide(TextChoices):
    CITIZEN = "citizen", _("Borgeren")
    PROVIDER = "provider", _("Udfører")
    AUTHORITY = "authority", _("Myndighed")


class GoalRefusal(StrEnum):
    FOUR_GOALS = "four_goals"
    NO_PURPOSE = "no_purpose"
    WRONG_STATUS = "wrong_status"
    NOT_ON_SCALE = "not_on_scale"
    PARENT_IS_SUB_GOAL = "parent_is_sub_goal"
