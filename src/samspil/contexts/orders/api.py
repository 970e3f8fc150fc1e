from samspil.contexts.orders.models import Order, StatusNote

__all__ = ["Order", "StatusNote"]
