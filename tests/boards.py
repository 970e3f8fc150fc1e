"""Meetings with a board, built through the commands."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from samspil.contexts.cases.api import Task
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.api import Op, OpKind, Outcome
from samspil.contexts.meetings.models import BoardPicture
from samspil.contexts.notes.api import Note
from tests.cast import NOW, Cast

LATER = NOW + dt.timedelta(hours=1)


def call_meeting(cast: Cast, *, layout: str = "three_columns", by: str = "mette") -> UUID:
    """A meeting in Karla's case with Karla, Ida, Mette and Jonas."""
    meetings.load_layouts()
    return meetings.call_meeting(
        actor=cast.actor(by),
        at=NOW,
        case_id=cast.case_id,
        kind="status",
        starts_at=NOW + dt.timedelta(minutes=10),
        ends_at=NOW + dt.timedelta(hours=1),
        place="Hjemme hos Karla",
        form="home",
        purpose="Jeg vil gerne høre, hvordan det går med bussen.",
        agenda=[],
        layout_slug=layout,
        attendees=[
            meetings.Guest("Karla Holm", "citizen", "", cast.karla.id),
            meetings.Guest("Ida Holm", "relative", "søster", cast.ida.id),
            meetings.Guest("Mette Bjerre", "authority", "rådgiver", cast.mette.id),
            meetings.Guest("Jonas Lykke", "provider", "bostøtte", cast.jonas.id),
        ],
    )


def open_board(cast: Cast, *, layout: str = "three_columns") -> UUID:
    meeting_id = call_meeting(cast, layout=layout)
    meetings.open_meeting(actor=cast.actor("mette"), at=NOW, meeting_id=meeting_id)
    return meeting_id


def put(cast: Cast, meeting_id: UUID, by: str, /, *ops: Op, at: dt.datetime = NOW) -> tuple[Outcome, ...]:
    return meetings.apply_board_ops(actor=cast.actor(by), at=at, meeting_id=meeting_id, ops=ops)


def op(kind: str, card: UUID | None = None, **fields: Any) -> Op:
    return Op(id=uuid4(), kind=OpKind(kind), card=card, **fields)


def write(cast: Cast, meeting_id: UUID, by: str, column: str, text: str, /, **fields: Any) -> UUID:
    """Put a card on the board; returns its id."""
    card = uuid4()
    put(cast, meeting_id, by, op("add", card, column=column, text=text, **fields))
    return card


def fill(cast: Cast, meeting_id: UUID) -> dict[str, UUID]:
    """The board of the sketch: one card of each kind, and the scale."""
    cards = {
        "words": write(cast, meeting_id, "karla", "works", "Koret er det bedste på ugen", card_kind="citizen_words"),
        "works": write(cast, meeting_id, "ida", "works", "Karla laver mad selv tre dage om ugen"),
        "wish": write(cast, meeting_id, "karla", "works", "Et job med dyr", card_kind="wish"),
        "worry": write(cast, meeting_id, "jonas", "hard", "Larm om natten. Sover fire timer"),
        "question": write(cast, meeting_id, "ida", "hard", "Hvem ringer vi til om natten?", card_kind="question"),
        "idea": write(cast, meeting_id, "ida", "hard", "Ørepropper", card_kind="idea"),
        "agreement": write(
            cast, meeting_id, "jonas", "next", "Jonas kører med bussen, tre sæder bagved", who="Jonas", when="torsdag"
        ),
    }
    put(cast, meeting_id, "karla", op("scale", value=7))
    return cards


def everything() -> dict[str, int]:
    """How much there is of what a closing makes."""
    return {
        "notes": Note.objects.filter(withdrawn_at__isnull=True).count(),
        "tasks": Task.objects.filter(status="open").count(),
        "goals": goals.Goal.objects.exclude(status="ended").count(),
        "plans": goals.PlanVersion.objects.filter(withdrawn_at__isnull=True).count(),
        "pictures": BoardPicture.objects.filter(withdrawn_at__isnull=True).count(),
        "closed": meetings.Meeting.objects.filter(status="closed").count(),
    }


NOTHING = dict.fromkeys(("notes", "tasks", "goals", "plans", "pictures", "closed"), 0)
