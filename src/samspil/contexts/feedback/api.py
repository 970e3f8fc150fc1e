"""What other contexts and the pages may use."""

from samspil.contexts.feedback.commands import (
    Answers,
    answer,
    answer_by_token,
    answer_letter,
    invite,
    say_what_changed,
)
from samspil.contexts.feedback.enums import Answer, Channel, FeedbackRefusal
from samspil.contexts.feedback.models import Invitation, MeetingFeedback
from samspil.contexts.feedback.queries import (
    FeedbackView,
    InvitationView,
    LetterAnswer,
    feedback_of,
    feedback_on,
    invitation,
    letter_answer,
)

__all__ = [
    "Answer",
    "Answers",
    "Channel",
    "FeedbackRefusal",
    "FeedbackView",
    "Invitation",
    "InvitationView",
    "LetterAnswer",
    "MeetingFeedback",
    "answer",
    "answer_by_token",
    "answer_letter",
    "feedback_of",
    "feedback_on",
    "invitation",
    "invite",
    "letter_answer",
    "say_what_changed",
]
