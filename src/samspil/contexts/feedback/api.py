"""What other contexts and the pages may use."""

from samspil.contexts.feedback.commands import Answers, answer, answer_by_token, invite, say_what_changed
from samspil.contexts.feedback.enums import Answer, Channel, FeedbackRefusal
from samspil.contexts.feedback.models import Invitation, MeetingFeedback
from samspil.contexts.feedback.queries import FeedbackView, InvitationView, feedback_of, feedback_on, invitation

__all__ = [
    "Answer",
    "Answers",
    "Channel",
    "FeedbackRefusal",
    "FeedbackView",
    "Invitation",
    "InvitationView",
    "MeetingFeedback",
    "answer",
    "answer_by_token",
    "feedback_of",
    "feedback_on",
    "invitation",
    "invite",
    "say_what_changed",
]
