"""What other contexts and the pages may use."""

from samspil.contexts.notes.commands import (
    NewSegment,
    correct_segment,
    drop_draft,
    finish_draft,
    restore_draft,
    save_draft,
    withdraw_note,
    write_note,
)
from samspil.contexts.notes.enums import NoteKind, NoteRefusal, SegmentKind
from samspil.contexts.notes.models import Draft, Note, Segment
from samspil.contexts.notes.policy import may_write
from samspil.contexts.notes.queries import (
    Cursor,
    DraftView,
    EarlierWording,
    NoteView,
    SegmentView,
    Wording,
    WrittenSegment,
    draft,
    kept_draft,
    kept_drafts,
    note,
    segment,
    segments_since,
    stream,
    wording,
)
from samspil.contexts.notes.rules import LONGEST_NOTE, LONGEST_REASON

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_REASON",
    "Cursor",
    "Draft",
    "DraftView",
    "EarlierWording",
    "NewSegment",
    "Note",
    "NoteKind",
    "NoteRefusal",
    "NoteView",
    "Segment",
    "SegmentKind",
    "SegmentView",
    "Wording",
    "WrittenSegment",
    "correct_segment",
    "draft",
    "drop_draft",
    "finish_draft",
    "kept_draft",
    "kept_drafts",
    "may_write",
    "note",
    "restore_draft",
    "save_draft",
    "segment",
    "segments_since",
    "stream",
    "withdraw_note",
    "wording",
    "write_note",
]
