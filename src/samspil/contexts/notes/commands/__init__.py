"""What can be done with notes: each function is one intention of one actor."""

from samspil.contexts.notes.commands.drafts import drop_draft, finish_draft, forget_drafts, restore_draft, save_draft
from samspil.contexts.notes.commands.notes import correct_segment, withdraw_note, write_note
from samspil.contexts.notes.commands.pieces import NewSegment

__all__ = [
    "NewSegment",
    "correct_segment",
    "drop_draft",
    "finish_draft",
    "forget_drafts",
    "restore_draft",
    "save_draft",
    "withdraw_note",
    "write_note",
]
