"""Karla's case with one goal, and short ways to write in it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from samspil.contexts.access.api import Actor
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import NewSegment, NoteView
from tests.cast import NOW, Cast


@dataclass(frozen=True, slots=True)
class World:
    cast: Cast
    bus: UUID

    @property
    def case_id(self) -> UUID:
        return self.cast.case_id

    def actor(self, name: str) -> Actor:
        return self.cast.actor(name)

    def write(
        self,
        by: str,
        *pieces: NewSegment,
        at: dt.datetime = NOW,
        happened_at: dt.datetime | None = None,
        kind: str = "visit",
        **more: Any,
    ) -> UUID:
        return notes.write_note(
            actor=self.actor(by),
            at=at,
            case_id=self.case_id,
            kind=kind,
            happened_at=happened_at or at,
            pieces=pieces,
            **more,
        )

    def seen(self, by: str, **more: Any) -> Sequence[NoteView]:
        return notes.stream(self.actor(by), self.case_id, **more)

    def rating(self) -> int | None:
        """The provider's newest number for the bus."""
        goal = goals.goals_for(self.actor("mette"), self.case_id).goal(self.bus)
        assert goal is not None
        newest = goal.rating_of("provider")
        return newest.value if newest else None


@pytest.fixture
def world(cast: Cast) -> World:
    mette = cast.actor("mette")
    goals.set_purpose(actor=mette, at=NOW, case_id=cast.case_id, citizen_words="Jeg vil til koret.")
    bus = goals.add_goal(
        actor=mette,
        at=NOW,
        case_id=cast.case_id,
        title="Tage bussen alene",
        if_reached="Så slutter vi.",
        if_not_reached="Så ser vi.",
    )
    return World(cast, bus)
