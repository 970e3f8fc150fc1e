"""Karla's goals as pages show them, for authority and provider."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samspil.contexts.catalogue.api import load_code_systems
from samspil.contexts.goals import api as goals
from samspil.kernel.ids import new_id
from tests.cast import NOW, Cast


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at the goal pages of Karla's case. `room` is where that person's addresses are."""

    cast: Cast
    client: Client
    room: str
    bus: UUID
    sleep: UUID

    @property
    def case_id(self) -> UUID:
        return self.cast.case_id

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"{self.room}:{name}", args=args or [self.case_id])

    def page(self, name: str, *args: Any, **query: Any) -> str:
        answer = self.client.get(self.url(name, *args), query)
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())

    def post(self, name: str, *args: Any, **fields: Any) -> Any:
        return self.client.post(self.url(name, *args), {"form_key": str(new_id())} | fields)


@pytest.fixture
def desk_of(cast: Cast, client_for: Callable[[str], Client]) -> Callable[[str], Desk]:
    load_code_systems(at=NOW)
    mette = cast.actor("mette")
    goals.set_purpose(actor=mette, at=NOW, case_id=cast.case_id, citizen_words="Jeg vil til koret.", wording="Færdes.")
    bus, sleep = (
        goals.add_goal(
            actor=mette,
            at=NOW,
            case_id=cast.case_id,
            title=title,
            citizen_words=words,
            if_reached="Så slutter busturene.",
            if_not_reached="Så prøver vi en anden vej.",
        )
        for title, words in [("Tage bussen alene", "Selv med bussen!"), ("Sove om natten", "")]
    )

    def desk(name: str) -> Desk:
        room = "provider" if name in {"jonas", "uffe", "otto_provider"} else "authority"
        return Desk(cast, client_for(name), room, bus, sleep)

    return desk


@pytest.fixture
def mette(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("mette")


@pytest.fixture
def jonas(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("jonas")
