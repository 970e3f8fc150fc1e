"""Karla's case with a decision to tell, and channels that do as they are told."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.api import Dispatch, Message, NotDelivered, Problem, Receipt
from tests.cast import NOW, TODAY, Cast
from tests.letter_facts import facts_for

SYSTEM = access.system_actor(TODAY, municipality=991)


@dataclass
class World:
    cast: Cast

    @property
    def mette(self) -> access.Actor:
        return self.cast.actor("mette")

    @property
    def karla(self) -> access.Actor:
        return self.cast.actor("karla")

    def draft(self, key: str = "sel-83", result: str = "refusal", **changes: Any) -> UUID:
        facts = facts_for(key, result, **changes)
        return letters.draft_letter(actor=self.mette, at=NOW, case_id=self.cast.case_id, facts=facts)

    def send(self, letter_id: UUID | None = None, channel: str = "digital_post", **more: Any) -> UUID:
        chosen = letter_id or self.draft()
        seen = letters.letter(self.mette, chosen).version
        letters.send_letter(actor=self.mette, at=NOW, letter_id=chosen, channel=channel, seen=seen, **more)
        return chosen

    def dispatch(self, letter_id: UUID) -> Dispatch:
        return Dispatch.objects.filter(letter_id=letter_id, relation_id__isnull=True).latest("id")


@dataclass
class Mailbox:
    """A channel that knows each message by its key: the same again gets the first receipt, and is no second letter."""

    problems: list[NotDelivered | Exception] = field(default_factory=list)
    taken: dict[UUID, Message] = field(default_factory=dict)
    calls: int = 0
    available_at: dt.datetime = NOW

    def deliver(self, message: Message) -> Receipt:
        self.calls += 1
        if self.problems:
            raise self.problems.pop(0)
        self.taken.setdefault(message.key, message)
        return Receipt(f"mail-{message.key}", self.available_at)


def closed(*, is_final: bool = False) -> NotDelivered:
    return NotDelivered(Problem.NOT_REACHABLE, is_final=is_final)
