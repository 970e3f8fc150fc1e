from samspil.contexts.notes.models import Draft, Note, Segment

__all__ = ["Draft", "Note", "Segment"]
