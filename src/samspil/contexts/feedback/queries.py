"""The answers over time, beside what was changed because of them."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.feedback import rules
from samspil.contexts.feedback.enums import Answer, Channel
from samspil.contexts.feedback.models import ChangeMade, Invitation, LetterFeedback, MeetingFeedback
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Change:
    text: str
    by_name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class FeedbackView:
    id: UUID
    meeting_id: UUID
    meeting_on: dt.date
    was_ok: str
    was_ok_label: str
    talked_enough: str
    talked_enough_label: str
    something_different: str
    something_different_label: str
    words: str
    channel_label: str
    typed_by_name: str
    at: dt.datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class InvitationView:
    """A one-time link as its holder may know it: which case and meeting, and whether it still works."""

    case_id: UUID
    meeting_id: UUID
    municipality: int
    may_use: Verdict


def feedback_of(actor: Actor, case_id: UUID) -> tuple[FeedbackView, ...]:
    """All answers in a case, newest meeting first. Two queries."""
    rows = MeetingFeedback.objects.visible_to(actor).filter(case_id=case_id)
    made = Prefetch("changes", queryset=ChangeMade.objects.order_by("at"))
    return tuple(_view(row) for row in rows.prefetch_related(made).order_by("-meeting_on", "-at"))


def feedback_on(actor: Actor, meeting_id: UUID) -> FeedbackView | None:
    made = Prefetch("changes", queryset=ChangeMade.objects.order_by("at"))
    row = MeetingFeedback.objects.visible_to(actor).filter(meeting_id=meeting_id).prefetch_related(made).first()
    return _view(row) if row else None


def _view(row: MeetingFeedback) -> FeedbackView:
    return FeedbackView(
        id=row.id,
        meeting_id=row.meeting_id,
        meeting_on=row.meeting_on,
        was_ok=row.was_ok,
        was_ok_label=str(Answer(row.was_ok).label),
        talked_enough=row.talked_enough,
        talked_enough_label=str(Answer(row.talked_enough).label),
        something_different=row.something_different,
        something_different_label=str(Answer(row.something_different).label),
        words=row.words,
        channel_label=str(Channel(row.channel).label),
        typed_by_name=row.typed_by_name,
        at=row.at,
        changes=tuple(Change(c.text, c.by_name, c.at) for c in row.changes.all()),
    )


@dataclass(frozen=True, slots=True)
class LetterAnswer:
    told: str
    told_label: str
    in_own_words: str
    at: dt.datetime


def letter_answer(actor: Actor, letter_id: UUID) -> LetterAnswer | None:
    """What the reader said of a letter, if anything; for the reader and the authority."""
    row = LetterFeedback.objects.visible_to(actor).filter(letter_id=letter_id).first()
    if row is None or actor.side not in {Side.CITIZEN, Side.AUTHORITY}:
        return None
    return LetterAnswer(row.told, str(Answer(row.told).label), row.in_own_words, row.at)


def invitation(token: str, *, now: dt.datetime) -> InvitationView:
    """What a token opens. Raises Invitation.DoesNotExist for one that nobody made."""
    row = Invitation.objects.get(token_sha256=hashlib.sha256(token.encode()).hexdigest())
    may_use = rules.may_use_link(used_at=row.used_at, expires_at=row.expires_at, now=now)
    return InvitationView(row.case_id, row.meeting_id, row.municipality, may_use)
