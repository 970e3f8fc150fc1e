"""Karla's case with a purpose and two goals, and the fields of the editor as a browser sends them."""

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
    """Where somebody writes. `save` sends the editor as a browser with script does, `post` sends what it is given."""

    cast: Cast
    client: Client
    bus: UUID
    sleep: UUID

    @property
    def case_id(self) -> UUID:
        return self.cast.case_id

    @property
    def url(self) -> str:
        return reverse("notes:write", args=[self.case_id])

    def fields(self, text: str, **more: Any) -> dict[str, Any]:
        return {
            "text": text,
            "kind": "visit",
            "day": "24.11.2026",
            "clock": "9.10",
            "next": "/notat/her/",
            "form_key": str(new_id()),
            "laest": "1",
        } | {name.replace("__", "-"): value for name, value in more.items()}

    def save(self, text: str, **more: Any) -> Any:
        return self.client.post(self.url, self.fields(text, **more))


@pytest.fixture
def desk_of(cast: Cast, client_for: Callable[[str], Client]) -> Callable[[str], Desk]:
    load_code_systems(at=NOW)
    mette = cast.actor("mette")
    goals.set_purpose(actor=mette, at=NOW, case_id=cast.case_id, citizen_words="Jeg vil til koret.")
    bus, sleep = (
        goals.add_goal(
            actor=mette,
            at=NOW,
            case_id=cast.case_id,
            title=title,
            if_reached="Så slutter vi.",
            if_not_reached="Så ser vi.",
        )
        for title in ("Tage bussen alene", "Sove om natten")
    )
    return lambda name: Desk(cast, client_for(name), bus, sleep)


@pytest.fixture
def desk(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("jonas")
