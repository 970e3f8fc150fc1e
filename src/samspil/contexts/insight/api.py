"""What the pages may use."""

from samspil.contexts.insight.enums import Group
from samspil.contexts.insight.queries import (
    Figures,
    Learned,
    LettersRead,
    Quarter,
    Stop,
    complaints_by,
    letters_read,
)
from samspil.contexts.insight.rules import LEAST, Share

__all__ = [
    "LEAST",
    "Figures",
    "Group",
    "Learned",
    "LettersRead",
    "Quarter",
    "Share",
    "Stop",
    "complaints_by",
    "letters_read",
]
