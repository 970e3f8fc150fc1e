"""What people typed, as it may be stored."""

from enum import Enum

from samspil.contexts.orders.enums import OrderRefusal
from samspil.kernel import text as kernel_text
from samspil.kernel.verdict import Refused

LONGEST = 6000
LONGEST_LINE = 200


def cleaned(text: str, *, limit: int = LONGEST, required: Enum | None = None) -> str:
    """The text without control characters. Refused when it is too long, or missing where it is required."""
    try:
        clean = kernel_text.clean(text, limit)
    except kernel_text.TooLong as error:
        raise Refused(OrderRefusal.TOO_LONG) from error
    if required is not None and not clean:
        raise Refused(required)
    return clean
