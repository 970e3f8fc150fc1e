"""Upward reactions: a context says what happened, and those above it have asked to be told, in the same transaction.

An event is a frozen dataclass of ids and days. Subscriptions are made once, in `AppConfig.ready()`.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")
_told: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event: type[E], handler: Callable[[E], None]) -> None:
    """Once for each handler, however often an app is made ready."""
    if handler not in _told[event]:
        _told[event].append(handler)


def unsubscribe(event: type[E], handler: Callable[[E], None]) -> None:
    _told[event].remove(handler)


def publish(event: object) -> None:
    """Tell everybody, in the order in which they asked. What one raises undoes the caller's transaction."""
    for handler in _told[type(event)]:
        handler(event)
