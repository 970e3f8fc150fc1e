"""Karla asks to see her file; Mette answers."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.citizens.models import AccessGrant
from samspil.contexts.deadlines.models import Deadline
from samspil.contexts.disclosure import api as disclosure
from samspil.contexts.notes import api as notes
from tests.cast import NOW, TODAY, Cast
from tests.pdf_text import text_of

SECRET = "Naboen Preben Ulk drikker om aftenen."
REASONS = "Noget handler om naboen, og hans ret til fred vejer tungest."


@dataclass(frozen=True, slots=True)
class World:
    cast: Cast

    def actor(self, name: str = "mette", *, on: dt.date = TODAY) -> Actor:
        return self.cast.actor(name, on=on)

    def ask(self, name: str = "karla", *, wanted: str = "everything", **said: Any) -> UUID:
        return disclosure.ask_for_file(actor=self.actor(name), at=NOW, case_id=self.cast.case_id, wanted=wanted, **said)

    def note(self, **changes: Any) -> UUID:
        said: dict[str, Any] = {
            "kind": "file",
            "asks": "citizen",
            "channel": "call",
            "received_on": TODAY,
            "wanted": "everything",
        }
        return disclosure.note_request(actor=self.actor(), at=NOW, case_id=self.cast.case_id, **said | changes)

    def write(self, text: str = SECRET, *, hidden: str = "") -> tuple[str, str]:
        """The keys of a note and of its one part."""
        segment = notes.NewSegment(kind="observation", text=text, hidden_reason=hidden)
        note = notes.write_note(
            actor=self.actor(),
            at=NOW,
            case_id=self.cast.case_id,
            kind="visit",
            happened_at=NOW,
            pieces=[segment],
        )
        view = notes.note(self.actor(), getattr(note, "id", note))
        return f"note:{view.id}", str(view.segments[0].id)

    def gather(self, request: UUID, **left_out: str) -> None:
        disclosure.choose_documents(actor=self.actor(), at=NOW, file_request_id=request, left_out=left_out)

    def cover(self, request: UUID, document: str, part: str, words: str = "", reason: str = "others_private") -> UUID:
        return disclosure.cover_part(
            actor=self.actor(),
            at=NOW,
            file_request_id=request,
            document=document,
            part=part,
            words=words,
            reason=reason,
        )

    def answer(self, request: UUID, reasons: str = "", *, at: dt.datetime = NOW) -> str:
        return disclosure.answer_request(
            actor=self.actor(on=at.date()), at=at, file_request_id=request, reasons=reasons
        )

    def seen(self, request: UUID, name: str = "mette") -> disclosure.RequestView:
        return disclosure.file_request(self.actor(name), request)

    def paper(self, request: UUID, name: str = "karla", kind: str = "extract") -> bytes:
        return disclosure.paper(self.actor(name), request, kind).data

    def text(self, request: UUID) -> str:
        return " ".join(text_of(self.paper(request)).split())

    def clock(self, request: UUID) -> Deadline:
        return Deadline.objects.filter(subject_id=request).latest("opened_at", "id")


def represents(world: World, kind: str = "paper_power") -> None:
    AccessGrant.objects.filter(relation__user_id=world.cast.ida.id).update(kind=kind)
