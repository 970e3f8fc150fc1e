"""What a note must have. Pure: the day is passed in."""

import datetime as dt

from samspil.contexts.notes.enums import NoteKind, NoteRefusal, SegmentKind
from samspil.kernel.verdict import ALLOWED, Verdict

LONGEST_NOTE = 20_000
LONGEST_REASON = 200
LARGEST_DRAFT = 1_000_000
SCALE = range(0, 11)
CLOCKS_DIFFER = dt.timedelta(minutes=5)
KEEP_DRAFTS = dt.timedelta(days=14)
KEEP_DROPPED_DRAFTS = dt.timedelta(days=2)
ANSWER_WORKDAYS = 5  # our own promise to the provider; no rule sets it

# Kinds of note in which somebody was in touch with the citizen.
IN_TOUCH = frozenset({NoteKind.VISIT, NoteKind.PHONE, NoteKind.TEXT, NoteKind.MEETING})


def has_happened(*, happened_at: dt.datetime, at: dt.datetime) -> Verdict:
    return ALLOWED if happened_at <= at + CLOCKS_DIFFER else Verdict(NoteRefusal.IN_THE_FUTURE)


def hidden_has_reason(*, hidden: bool, reason: str) -> Verdict:
    """Everything is open to the citizen; what is not says why."""
    return Verdict(NoteRefusal.REASON_MISSING) if hidden and not reason.strip() else ALLOWED


def agreement_is_whole(*, kind: str, who: str, due_on: dt.date | None) -> Verdict:
    """An agreement has a person and a day, or nobody can keep it."""
    if kind != SegmentKind.AGREEMENT:
        return ALLOWED
    if not who.strip():
        return Verdict(NoteRefusal.AGREEMENT_WITHOUT_OWNER)
    return ALLOWED if due_on else Verdict(NoteRefusal.AGREEMENT_WITHOUT_DAY)


def on_scale(value: int | None) -> Verdict:
    return ALLOWED if value is None or value in SCALE else Verdict(NoteRefusal.NOT_ON_SCALE)


def fits_a_draft(*, size: int) -> Verdict:
    """`size` is in characters of JSON."""
    return ALLOWED if size <= LARGEST_DRAFT else Verdict(NoteRefusal.DRAFT_TOO_LARGE)
