"""What a letter is about, how it travels, and why it may not leave."""

from enum import Enum, StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Result(TextChoices):
    FULL = "full", _("Ja til det hele")
    PARTIAL = "partial", _("Ja til noget af det")
    REFUSAL = "refusal", _("Nej")
    CHANGE = "change", _("Ændret")
    END = "end", _("Stoppet")


class Appeal(StrEnum):
    """Whether one can complain to another authority. Split: not about the old help that a new act ends. Mixed: the
    decision rests on several bases, and one can complain about some."""

    YES = "yes"
    NO = "no"
    SPLIT = "split"
    MIXED = "mixed"


class PartKind(StrEnum):
    """The seven parts, in the order in which they stand."""

    DECISION = "decision"
    GETS = "gets"
    BECAUSE = "because"
    DO_NOW = "do_now"
    SAID = "said"
    RULES = "rules"
    COMPLAIN = "complain"


class Origin(StrEnum):
    """Where a line comes from: the case, the template, or the caseworker's own keyboard."""

    CASE = "case"
    FIXED = "fixed"
    TYPED = "typed"


class LetterKind(TextChoices):
    """A letter about a decision, or a notice of what happens with the citizen's matter meanwhile."""

    DECISION = "decision", _("Om en afgørelse")
    ANSWER_LATER = "answer_later", _("Svaret kommer senere")
    LOOK_LATER = "look_later", _("Svaret på klagen kommer senere")
    SENT_ON = "sent_on", _("Klagen er sendt videre")


class NoticePart(StrEnum):
    """The parts of a notice, in the order in which they stand."""

    NEWS = "news"
    BECAUSE = "because"
    DO_NOW = "do_now"
    RULES = "rules"


class LetterStatus(TextChoices):
    DRAFT = "draft", _("Kladde")
    SENT = "sent", _("Sendt")


class Channel(TextChoices):
    DIGITAL_POST = "digital_post", _("Digital Post")
    PRINT = "print", _("Papir")
    PORTAL = "portal", _("Kun her i Samspil")


class DispatchStatus(TextChoices):
    WAITING = "waiting", _("Venter")
    SENDING = "sending", _("På vej")
    TO_POST = "to_post", _("Skal i en kuvert")
    ARRIVED = "arrived", _("Fremme")
    REPLACED = "replaced", _("Kom ikke frem")


class DocumentKind(TextChoices):
    LETTER = "letter", _("Brevet")
    EASY = "easy", _("Kort udgave")
    ENGLISH = "english", _("Engelsk oversættelse")
    COPY = "copy", _("Kopi til andre")


class Problem(StrEnum):
    """Why a channel did not take a letter. Stored; the words belong to the page."""

    NOT_CONNECTED = "not_connected"
    NOT_REACHABLE = "not_reachable"
    RECIPIENT_EXEMPT = "recipient_exempt"


class LetterRefusal(Enum):
    WRONG_STATUS = "wrong_status"
    ALREADY_SENT = "already_sent"
    DRAFT_EXISTS = "draft_exists"
    NO_TEMPLATE = "no_template"
    BASIS_EXPIRED = "basis_expired"
    NOT_CLEAR = "not_clear"
    VALUE_MISSING = "value_missing"
    NO_REASONS = "no_reasons"
    PART_EMPTY = "part_empty"
    RULE_IN_PROSE = "rule_in_prose"
    WRONG_GUIDANCE = "wrong_guidance"
    TOO_LONG = "too_long"
    TOO_SOON = "too_soon"
    FIXED_PART = "fixed_part"
    POSTED_BEFORE_SENT = "posted_before_sent"
    NOT_NEEDED = "not_needed"
    DAY_NOT_LATER = "day_not_later"
