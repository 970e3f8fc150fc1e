"""What other contexts and the pages may use."""

from samspil.contexts.review.commands import draw_month, note_finding
from samspil.contexts.review.enums import Outcome, Reason, ReviewRefusal
from samspil.contexts.review.models import Finding, ReviewItem, Thresholds
from samspil.contexts.review.policy import may_draw
from samspil.contexts.review.queries import PAGE, FindingView, ItemView, ReviewList, is_drawn, item, review_list
from samspil.contexts.review.rules import month_after, month_before, month_of

__all__ = [
    "PAGE",
    "Finding",
    "FindingView",
    "ItemView",
    "Outcome",
    "Reason",
    "ReviewItem",
    "ReviewList",
    "ReviewRefusal",
    "Thresholds",
    "draw_month",
    "is_drawn",
    "item",
    "may_draw",
    "month_after",
    "month_before",
    "month_of",
    "note_finding",
    "review_list",
]
