"""What a channel for letters must do; the real ones live where the border is crossed (samspil.exchange)."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from samspil.contexts.letters.enums import Problem


@dataclass(frozen=True, slots=True)
class Attachment:
    filename: str
    media_type: str
    language: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Message:
    """A letter on its way. `key` is the same each time the letter is tried: a channel that has it already gives the
    receipt of the first time and delivers nothing again. The first attachment is the letter itself.
    """

    key: UUID
    municipality: int
    citizen_id: UUID
    title: str
    sent_at: dt.datetime
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """`available_at` is when the addressee could read it: what deadlines count from, read or not."""

    reference: str
    available_at: dt.datetime


class NotDelivered(Exception):
    """The channel did not take it. One that is `final` is not worth another try."""

    def __init__(self, problem: Problem, *, is_final: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.is_final = is_final


class LetterChannel(Protocol):
    """Raises NotDelivered for what it expects to go wrong; anything else is a fault, and counts as a failed try."""

    def deliver(self, message: Message) -> Receipt: ...


class NotConnected:
    """An installation without Digital Post: every letter goes on paper at once, and is never left waiting."""

    def deliver(self, message: Message) -> Receipt:
        raise NotDelivered(Problem.NOT_CONNECTED, is_final=True)
