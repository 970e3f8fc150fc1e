"""Whose rows the database shows to the one who acts: the second wall, behind `visible_to`.

A request, a command or a process says once where it stands (`within`, `stay`); each connection stands there before it
sends a statement (config/connection.py), and PostgreSQL compares rows with it (contexts/access/walls.py). Whoever has
said nothing is NOBODY, and sees nothing.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Scope:
    """A municipality's rows, or those of the cases a provider has a part in; and what is `user_id`'s own.

    `label` names the scope, each scope by a name of its own, in at most 63 plain bytes; the person stands last.
    """

    municipality: int | None = None
    organisation_id: UUID | None = None
    user_id: UUID | None = None
    is_system: bool = False
    label: bytes = field(init=False, repr=False)

    @property
    def is_person(self) -> bool:
        """Nothing but what is one person's own: any scope of that person shows it too."""
        return self.user_id is not None and self.municipality is None and self.organisation_id is None

    def __post_init__(self) -> None:
        words = [b"samspil"]
        if self.is_system:
            words.append(b"system")
        if self.municipality is not None:
            words.append(b"m%d" % self.municipality)
        if self.organisation_id is not None:
            words.append(b"o" + _short(self.organisation_id))
        if self.user_id is not None:
            words.append(b"u" + _short(self.user_id))
        object.__setattr__(self, "label", b" ".join(words))


def _short(value: UUID) -> bytes:
    return base64.urlsafe_b64encode(value.bytes)[:22]


NOBODY = Scope()
ANYWHERE = Scope()
"""For the few questions that come before it is known who asks, about tables without a wall: it moves no connection."""
SYSTEM = Scope(is_system=True)
"""Samspil itself: migrations, imports, deadlines, the demo, whoever types a command. Never a request."""

_current: ContextVar[Scope] = ContextVar("scope", default=NOBODY)


def current() -> Scope:
    return _current.get()


@contextmanager
def within(scope: Scope) -> Iterator[None]:
    """Stand in this scope while the block runs, in this thread; not across a `yield` of a generator."""
    token = _current.set(scope)
    try:
        yield
    finally:
        _current.reset(token)


def stay(scope: Scope) -> None:
    """Stand in this scope from now on, in this thread: for the first lines of a program."""
    _current.set(scope)
