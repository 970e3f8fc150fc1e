"""Words from the case's notes, kept with what rests on them: as they read when they were picked."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.decisions.enums import DecisionRefusal
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.verdict import Refused


@dataclass(frozen=True, slots=True)
class Quote:
    """`id` is the segment's; `kind` is a `notes.SegmentKind`."""

    id: UUID
    kind: str
    text: str
    on: dt.date
    by: str

    @property
    def kind_words(self) -> str:
        return str(notes.SegmentKind(self.kind).label)

    @property
    def is_citizens(self) -> bool:
        return self.kind in {notes.SegmentKind.CITIZEN_WORDS, notes.SegmentKind.WISH}


def picked(actor: Actor, case_id: UUID, ids: Sequence[UUID]) -> list[dict[str, str]]:
    """The segments, in the order given. Refused when one of them is not there, or hidden from the citizen."""
    if not ids:
        return []
    found = {one.id: one for one in notes.quotable(actor, case_id)}
    if set(ids) - found.keys():
        raise Refused(DecisionRefusal.QUOTE_UNKNOWN)
    return [_as_json(found[one]) for one in dict.fromkeys(ids)]


def read(stored: Iterable[Mapping[str, Any]]) -> tuple[Quote, ...]:
    return tuple(
        Quote(UUID(one["id"]), one["kind"], one["text"], dt.date.fromisoformat(one["on"]), one["by"]) for one in stored
    )


def changed(quotes: Collection[Quote], standing: Collection[notes.Quotable]) -> tuple[Quote, ...]:
    """Those that have been corrected, withdrawn or hidden from the citizen since they were picked."""
    as_now = {one.id: one.text for one in standing}
    return tuple(one for one in quotes if as_now.get(one.id) != one.text)


def _as_json(one: notes.Quotable) -> dict[str, str]:
    return {
        "id": str(one.id),
        "kind": one.kind,
        "text": one.text,
        "on": clock.day_of(one.happened_at).isoformat(),
        "by": one.author_name,
    }
