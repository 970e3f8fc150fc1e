"""Who somebody is to a case, and what a role may do. The database stores the slugs."""

from enum import Enum, IntEnum, StrEnum

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(StrEnum):
    """The party a person acts for; also the values of *whose turn it is*."""

    CITIZEN = "citizen"
    RELATIVE = "relative"
    AUTHORITY = "authority"
    PROVIDER = "provider"
    SYSTEM = "system"
    NOBODY = "nobody"


class OrganisationKind(TextChoices):
    MUNICIPALITY = "municipality", _("Kommune")
    MUNICIPAL_PROVIDER = "municipal_provider", _("Kommunal udfører")
    REGION = "region", _("Region")
    PRIVATE = "private", _("Privat leverandør")


class UnitKind(TextChoices):
    AUTHORITY_TEAM = "authority_team", _("Myndighedsteam")
    PROVIDER_TEAM = "provider_team", _("Udførerteam")


class DisplayMode(TextChoices):
    STANDARD = "standard", _("Standard")
    LARGE = "stor", _("Stor")
    CALM = "rolig", _("Rolig")
    BOARD = "tavle", _("Tavle")


class Log(TextChoices):
    LOOK = "look", _("Opslag")
    EVENT = "event", _("Hændelser")


class Break(TextChoices):
    """What is wrong where a log's chain is broken."""

    CHANGED = "changed", _("linjen er ændret, eller rækkefølgen er")
    DELETED = "deleted", _("linjen er slettet")
    MISSING = "missing", _("et led foran er fjernet")
    OUTSIDE = "outside", _("linjen er skrevet uden om kæden")
    REWRITTEN = "rewritten", _("kæden er skrevet om siden den afskrift, der er gemt")
    TRUNCATED = "truncated", _("linjerne herfra og frem er væk, viser den afskrift, der er gemt")


class Capability(StrEnum):
    OWN_ROOM = "own_room"
    CASE_READ = "case_read"
    CASE_OPEN = "case_open"
    CASE_EDIT = "case_edit"
    CASE_PROTECT = "case_protect"
    TASK_DO = "task_do"
    NOTE_WRITE = "note_write"
    GOAL_EDIT = "goal_edit"
    SUB_GOAL_EDIT = "sub_goal_edit"
    GOAL_RATE = "goal_rate"
    MEETING_CALL = "meeting_call"
    MEETING_JOIN = "meeting_join"
    MEETING_CLOSE = "meeting_close"
    MEETING_PREPARE = "meeting_prepare"
    LAYOUT_EDIT = "layout_edit"
    FEEDBACK_GIVE = "feedback_give"
    FEEDBACK_READ = "feedback_read"
    ORDER_SEND = "order_send"
    ORDER_ACCEPT = "order_accept"
    STATUS_WRITE = "status_write"
    STATUS_DECIDE = "status_decide"
    QUESTION_ASK = "question_ask"
    LETTER_SEND = "letter_send"
    NEED_EXAMINE = "need_examine"
    DECIDE = "decide"
    SET_ASIDE = "set_aside"
    COMPLAIN = "complain"
    COMPLAINT_HANDLE = "complaint_handle"
    EMERGENCY_ACCESS = "emergency_access"
    ACCESS_REVIEW = "access_review"
    LOG_REVIEW = "log_review"
    RULES_CHECK = "rules_check"
    LEARNING_READ = "learning_read"


class Purpose(TextChoices):
    """What a look serves: GDPR art. 5 (1) b. The words end the sentence *det var …*, read by the citizen."""

    CASEWORK = "casework", _("for at arbejde med sagen")
    EMERGENCY = "emergency", _("for at hjælpe i en nødsituation")
    DELIVERY = "delivery", _("for at give hjælpen")
    OWN = "own", _("for at læse om sig selv")
    SUPPORT = "support", _("for at hjælpe med sagen")
    PROTECTION = "protection", _("for at ordne, hvem der må se sagen")
    CONTROL = "control", _("for at tjekke, hvem der har set sagen")
    ADMINISTRATION = "administration", _("for at lede arbejdet")


class Role(TextChoices):
    CITIZEN = "citizen", _("Borger")
    RELATIVE = "relative", pgettext_lazy("one", "Pårørende")
    CASEWORKER = "caseworker", _("Rådgiver")
    TEAM_LEADER = "team_leader", _("Leder")
    PROVIDER_WORKER = "provider_worker", _("Udfører")
    PROVIDER_LEADER = "provider_leader", _("Leder hos udfører")


class NotAllowed(Enum):
    NOT_YOUR_ROLE = "not_your_role"


class Level(IntEnum):
    """How sure a log-in is of who it is: the levels of NSIS, the national standard for identities."""

    LOW = 1
    SUBSTANTIAL = 2
    HIGH = 3


class LoginRefusal(Enum):
    """Why a log-in ended outside. Stored in the event log, so that somebody can be helped."""

    CANCELLED = "cancelled"
    NO_ANSWER = "no_answer"
    NOT_TRUSTED = "not_trusted"
    STALE = "stale"
    LEVEL_TOO_LOW = "level_too_low"
    NOT_FRESH = "not_fresh"
    SOMEBODY_ELSE = "somebody_else"
    UNKNOWN_PERSON = "unknown_person"
    NO_CITIZEN = "no_citizen"
    NO_ROLE_HERE = "no_role_here"


class Denial(Enum):
    """Why a group of rights in a token counts for nothing."""

    UNKNOWN_ROLE = "unknown_role"
    UNKNOWN_CONSTRAINT = "unknown_constraint"
    FOREIGN_ORGANISATION = "foreign_organisation"
    LIMIT_TOO_NARROW = "limit_too_narrow"
    NO_SUCH_UNIT = "no_such_unit"
    LEVEL_TOO_LOW = "level_too_low"
    NOT_WRITTEN_HERE = "not_written_here"


class Sensitivity(IntegerChoices):
    """The four levels of the national case index. Whoever is cleared for one sees it and those below."""

    NOT_CONFIDENTIAL = 1, _("Ikke fortrolig")
    CONFIDENTIAL = 2, _("Fortrolig")
    SENSITIVE = 3, _("Følsom, som de fleste sager")
    VIP = 4, _("Særligt følsom (kendt person eller udsat kollega)")


class Finding(TextChoices):
    """What the leader found when somebody's emergency access was reviewed."""

    WAS_NEEDED = "was_needed", _("Det var nødvendigt")
    COULD_HAVE_ASKED = "could_have_asked", _("Det kunne være klaret uden")
    NOT_IN_ORDER = "not_in_order", _("Det var ikke i orden")
