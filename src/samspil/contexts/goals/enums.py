from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GoalLevel(TextChoices):
    GOAL = "goal", _("Indsatsmål")
    SUB_GOAL = "sub_goal", pgettext_lazy("one", "Delmål")


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


class GoalRefusal(Enum):
    FOUR_GOALS = "four_goals"
    NO_PURPOSE = "no_purpose"
    WRONG_STATUS = "wrong_status"
    NOT_ON_SCALE = "not_on_scale"
    PARENT_IS_SUB_GOAL = "parent_is_sub_goal"
    PARENT_NOT_RUNNING = "parent_not_running"
    THREE_PROPOSALS = "three_proposals"
    HELP_UNSAID = "help_unsaid"
    NO_TITLE = "no_title"
    NO_WORDS = "no_words"
    TOO_LONG = "too_long"
    UNKNOWN_CODE = "unknown_code"
    DAY_IS_PAST = "day_is_past"
    NOT_YOUR_VOICE = "not_your_voice"
    ALREADY_ASKED = "already_asked"
    NOTHING_ASKED = "nothing_asked"
    PLAN_WITHDRAWN = "plan_withdrawn"
