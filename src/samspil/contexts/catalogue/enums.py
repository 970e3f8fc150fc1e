"""The code systems we speak, and what sort of thing a code is."""

from enum import Enum, StrEnum


class SystemKey(StrEnum):
    FFB = "ffb"
    FSIII = "fsiii"


class Kind(StrEnum):
    """What a code stands for. A code that only gathers others (`heading`, `area`) is never selectable."""

    HEADING = "heading"
    AREA = "area"
    THEME = "theme"
    SUB_THEME = "sub_theme"
    FUNCTIONAL_LEVEL = "functional_level"
    SUPPORT_LEVEL = "support_level"
    GOAL_TYPE = "goal_type"
    FOLLOW_UP_RESULT = "follow_up_result"
    TARGET_GROUP = "target_group"
    SITE_TYPE = "site_type"
    SERVICE = "service"
    CARE_CONDITION = "care_condition"
    CARE_SERVICE = "care_service"
    NURSING_CONDITION = "nursing_condition"
    NURSING_SERVICE = "nursing_service"
    REHABILITATION_CONDITION = "rehabilitation_condition"
    REHABILITATION_SERVICE = "rehabilitation_service"
    PREVENTION_CONDITION = "prevention_condition"
    PREVENTION_SERVICE = "prevention_service"
    AID_CONDITION = "aid_condition"
    AID_SERVICE = "aid_service"
    CITIZEN_RATING = "citizen_rating"
    GENERAL_INFORMATION = "general_information"
    REFERRAL_FROM = "referral_from"


class ProvisionKind(StrEnum):
    """What a row of the law is about; each kind has a file, and a shape, of its own."""

    BASIS = "basis"
    DEADLINE = "deadline"
    DECISION_RULE = "decision_rule"
    REMITTAL_CAUSE = "remittal_cause"
    TRANSITION = "transition"
    PENSION_AGE = "pension_age"
    SCOPE_QUESTION = "scope_question"
    EXEMPTION = "exemption"
    ACCESS_COMPLAINT = "access_complaint"


class Law(StrEnum):
    """The two acts whose first switch decides everything else."""

    SEL = "sel"
    AEL = "ael"


class Guidance(StrEnum):
    """What a letter says about complaining."""

    TO_BOARD = "to_board"
    NOT_APPEALABLE = "not_appealable"
    NO_DECISION = "no_decision"


class Gap(StrEnum):
    """What a gap does to a decision: blocks may be overridden with a reason and a role, warnings may be read."""

    BLOCKS = "blocks"
    WARNS = "warns"
    NOTHING = "nothing"


class Read(StrEnum):
    """How we know what a row says."""

    TEXT = "text"
    EXCERPT = "excerpt"
    KNOWLEDGE = "knowledge"
    LOCAL = "local"


class RuleRefusal(Enum):
    SET_BY_LAW = "set_by_law"
    NO_SUCH_RULE = "no_such_rule"
    NOT_A_LENGTH = "not_a_length"
    DAY_IS_PAST = "day_is_past"
    NO_MUNICIPALITY = "no_municipality"
    NO_JURIST = "no_jurist"
    TOO_LONG = "too_long"
    ALREADY_SO = "already_so"
