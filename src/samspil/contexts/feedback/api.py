from samspil.contexts.feedback.models import MeetingFeedback

__all__ = ["MeetingFeedback"]
