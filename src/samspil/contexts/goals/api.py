from samspil.contexts.goals.models import Goal, PlanVersion, Purpose, Rating

__all__ = ["Goal", "PlanVersion", "Purpose", "Rating"]
