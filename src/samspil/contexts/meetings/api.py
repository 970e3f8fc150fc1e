from samspil.contexts.meetings.models import BoardLayout, Meeting

__all__ = ["BoardLayout", "Meeting"]
