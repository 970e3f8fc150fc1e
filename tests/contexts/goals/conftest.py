"""Karla's two goals, set the way people set them."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue.api import Concept, load_code_systems
from samspil.contexts.goals import api as goals
from tests.cast import NOW, Cast

IF_REACHED = "Så holder vi en pause med busturene. Hjælpen stopper ikke af sig selv."
IF_NOT_REACHED = "Så kører Jonas med lidt endnu."


@dataclass(frozen=True, slots=True)
class World:
    cast: Cast
    bus: UUID
    sleep: UUID

    @property
    def case_id(self) -> UUID:
        return self.cast.case_id

    def actor(self, name: str) -> Actor:
        return self.cast.actor(name)


@pytest.fixture
def ffb(db: None) -> None:
    load_code_systems(at=NOW)


@pytest.fixture
def world(cast: Cast) -> World:
    mette = cast.actor("mette")
    goals.set_purpose(
        actor=mette,
        at=NOW,
        case_id=cast.case_id,
        citizen_words="Jeg vil gerne kunne tage bussen til koret selv.",
        wording="Karla får støtte til at færdes trygt på egen hånd.",
    )
    bus, sleep = (
        goals.add_goal(
            actor=mette,
            at=NOW,
            case_id=cast.case_id,
            title=title,
            citizen_words=words,
            wording="",
            if_reached=IF_REACHED,
            if_not_reached=IF_NOT_REACHED,
            pictogram="bus",
            status="active",
        )
        for title, words in [
            ("Tage bussen alene", "Jeg vil selv med bussen."),
            ("Sove om natten", "Jeg vil gerne sove igennem."),
        ]
    )
    return World(cast, bus, sleep)


@pytest.fixture
def mobility(ffb: None) -> Concept:
    return Concept.objects.get(display_da="Mobilitet", kind="theme")
