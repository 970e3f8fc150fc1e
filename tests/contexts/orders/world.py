"""Karla's two goals and an order for Uffe's team, made the way people make them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue.api import load_code_systems
from samspil.contexts.citizens import api as citizens
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import NewSegment
from samspil.contexts.orders import api as orders
from tests.cast import NOW, TODAY, Cast

IF_REACHED = "Så holder vi en pause med busturene."
IF_NOT_REACHED = "Så kører Uffe med lidt endnu."


@dataclass(frozen=True, slots=True)
class World:
    """Uffe's team sees nothing of Karla before it accepts an order."""

    cast: Cast
    bus: UUID
    sleep: UUID

    @property
    def case_id(self) -> UUID:
        return self.cast.case_id

    def actor(self, name: str, *, on: dt.date = TODAY) -> Actor:
        return self.cast.actor(name, on=on)

    def send(self, *, at: dt.datetime = NOW, **changes: object) -> UUID:
        wanted: dict[str, object] = {
            "unit_id": self.cast.other_team.id,
            "what": "Bostøtte to timer om ugen",
            "how_often": "hver tirsdag",
            "starts_on": TODAY - dt.timedelta(days=60),
            "follow_up_on": TODAY + dt.timedelta(days=90),
            "goal_ids": [self.bus, self.sleep],
        }
        actor = self.actor("mette", on=at.date())
        return orders.send_order(actor=actor, at=at, case_id=self.case_id, **(wanted | changes))

    def accept(self, order_id: UUID, *, at: dt.datetime = NOW) -> None:
        uffe = self.actor("uffe", on=at.date())
        orders.accept_order(actor=uffe, at=at, order_id=order_id, contact_id=self.cast.uffe.id)

    def running(self, **changes: object) -> UUID:
        """An order that Uffe's team has been working on for two months."""
        at = NOW - dt.timedelta(days=60)
        order_id = self.send(at=at, **changes)
        self.accept(order_id, at=at)
        return order_id

    def write(self, *pieces: NewSegment, days_ago: int = 5, by: str = "uffe") -> UUID:
        at = NOW - dt.timedelta(days=days_ago)
        return notes.write_note(
            actor=self.actor(by, on=at.date()),
            at=at,
            case_id=self.case_id,
            kind="visit",
            happened_at=at - dt.timedelta(minutes=30),
            pieces=pieces,
        )

    def segments(self, note_id: UUID) -> tuple[notes.SegmentView, ...]:
        return notes.note(self.actor("uffe"), note_id).segments


def build_world(cast: Cast) -> World:
    load_code_systems(at=NOW)
    mette = cast.actor("mette")
    goals.set_purpose(
        actor=mette,
        at=NOW,
        case_id=cast.case_id,
        citizen_words="Jeg vil gerne kunne tage bussen til koret selv.",
        wording="Karla færdes trygt på egen hånd.",
    )
    ids = [
        goals.add_goal(
            actor=mette,
            at=NOW,
            case_id=cast.case_id,
            title=title,
            citizen_words=words,
            if_reached=IF_REACHED,
            if_not_reached=IF_NOT_REACHED,
            status="active",
        )
        for title, words in [
            ("Tage bussen alene", "Jeg vil selv med bussen."),
            ("Sove om natten", "Jeg vil sove, til det bliver lyst."),
        ]
    ]
    citizens.agree_contact(
        actor=mette,
        at=NOW,
        citizen_id=cast.citizen_id,
        form="walk",
        time_of_day="morning",
        medium="text_message",
        words="Skriv dagen før.",
    )
    return World(cast, *ids)


def said(text: str, *, goal: UUID | None = None, theme: UUID | None = None) -> NewSegment:
    return NewSegment(kind="citizen_words", text=text, goal_id=goal, theme_id=theme)


def seen(text: str, *, goal: UUID | None = None, theme: UUID | None = None, hidden: str = "") -> NewSegment:
    return NewSegment(kind="observation", text=text, goal_id=goal, theme_id=theme, hidden_reason=hidden)


def texts(lines: Iterable[orders.LineView]) -> list[str]:
    return [line.text for line in lines]
