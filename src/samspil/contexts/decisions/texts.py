"""What people typed, as it may be stored."""

from samspil.contexts.decisions.enums import DecisionRefusal
from samspil.kernel import text as kernel_text
from samspil.kernel.verdict import Refused

LONGEST, LONGEST_LINE, LONGEST_NAME = 6000, 200, 120


def cleaned(text: str, *, limit: int = LONGEST, required: DecisionRefusal | None = None) -> str:
    """The text without control characters. Refused when it is too long, or missing where it is required."""
    try:
        clean = kernel_text.clean(text, limit)
    except kernel_text.TooLong as error:
        raise Refused(DecisionRefusal.TOO_LONG) from error
    if required is not None and not clean:
        raise Refused(required)
    return clean
