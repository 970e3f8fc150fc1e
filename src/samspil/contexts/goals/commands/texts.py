"""What people typed, as it may be stored."""

from enum import Enum

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.goals import rules
from samspil.contexts.goals.enums import GoalRefusal
from samspil.kernel import text as kernel_text
from samspil.kernel.verdict import Refused


def cleaned(text: str, *, limit: int = rules.LONGEST_TEXT, required: Enum | None = None) -> str:
    """The text without control characters; refuses what is too long, or missing where it is required."""
    try:
        clean = kernel_text.clean(text, limit)
    except kernel_text.TooLong as error:
        raise Refused(GoalRefusal.TOO_LONG) from error
    if required is not None and not clean:
        raise Refused(required)
    return clean


def title_of(text: str) -> str:
    title = cleaned(" ".join(text.split()), limit=rules.LONGEST_TITLE, required=GoalRefusal.NO_TITLE)
    return " ".join(title.split())


def theme_of(code: str) -> catalogue.Concept | None:
    """The theme with that code, the newest where a code system has been renewed."""
    if not code:
        return None
    found = catalogue.Concept.objects.filter(code=code).order_by("-valid").first()
    if found is None:
        raise Refused(GoalRefusal.UNKNOWN_CODE)
    return found
