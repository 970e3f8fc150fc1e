"""What other contexts and the pages may use."""

from samspil.contexts.meetings.board_rules import CardState, Op, OpKind, Outcome, State
from samspil.contexts.meetings.commands.board import CHANNEL, apply_board_ops
from samspil.contexts.meetings.commands.calling import (
    Guest,
    add_agenda_point,
    call_meeting,
    cancel_meeting,
    move_meeting,
    tick_checklist,
)
from samspil.contexts.meetings.commands.closing import close_meeting, undo_close
from samspil.contexts.meetings.commands.layouts import ColumnDraft, retire_layout, save_layout
from samspil.contexts.meetings.commands.opening import open_meeting
from samspil.contexts.meetings.commands.preparing import save_preparation_step, say_who_helps, send_preparation
from samspil.contexts.meetings.enums import (
    CardKind,
    ChecklistPhase,
    MeetingKind,
    MeetingRefusal,
    MeetingStatus,
    PreparedWith,
)
from samspil.contexts.meetings.layouts import load_layouts
from samspil.contexts.meetings.models import Attendee, BoardLayout, Meeting
from samspil.contexts.meetings.queries.board import (
    BoardView,
    CardView,
    Changes,
    ColumnView,
    board_for,
    boards_open_to,
    changes_since,
    may_join_board,
)
from samspil.contexts.meetings.queries.calling import (
    ChecklistLine,
    MeetingLine,
    MeetingView,
    PreparationView,
    held_at,
    meeting_for,
    meetings_between,
    meetings_of,
    next_meeting,
    next_meetings,
    preparation_for,
)
from samspil.contexts.meetings.queries.closing import (
    ClosingRow,
    ClosingView,
    PictureView,
    closing_for,
    picture_for,
    picture_pdf,
)
from samspil.contexts.meetings.queries.layouts import Column, LayoutView, layout, layouts
from samspil.contexts.meetings.rules import MEETING
from samspil.contexts.meetings.standing import Choice, Step, step, steps

__all__ = [
    "CHANNEL",
    "MEETING",
    "Attendee",
    "BoardLayout",
    "BoardView",
    "CardKind",
    "CardState",
    "CardView",
    "Changes",
    "ChecklistLine",
    "ChecklistPhase",
    "Choice",
    "ClosingRow",
    "ClosingView",
    "Column",
    "ColumnDraft",
    "ColumnView",
    "Guest",
    "LayoutView",
    "Meeting",
    "MeetingKind",
    "MeetingLine",
    "MeetingRefusal",
    "MeetingStatus",
    "MeetingView",
    "Op",
    "OpKind",
    "Outcome",
    "PictureView",
    "PreparationView",
    "PreparedWith",
    "State",
    "Step",
    "add_agenda_point",
    "apply_board_ops",
    "board_for",
    "boards_open_to",
    "call_meeting",
    "cancel_meeting",
    "changes_since",
    "close_meeting",
    "closing_for",
    "held_at",
    "layout",
    "layouts",
    "load_layouts",
    "may_join_board",
    "meeting_for",
    "meetings_between",
    "meetings_of",
    "move_meeting",
    "next_meeting",
    "next_meetings",
    "open_meeting",
    "picture_for",
    "picture_pdf",
    "preparation_for",
    "retire_layout",
    "save_layout",
    "save_preparation_step",
    "say_who_helps",
    "send_preparation",
    "step",
    "steps",
    "tick_checklist",
    "undo_close",
]
