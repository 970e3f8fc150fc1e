"""Requests to see the file, and states of them of which there is no copy, for those who walk the pages.

They come after the decisions, since a decision waits while a request does.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from samspil.contexts.disclosure import api as disclosure
from samspil.contexts.disclosure.models import AccessComplaint, FileRequest
from tests.cast import NOW, TODAY, Cast

ADDRESS = "/aktindsigt/"


def answered_and_waiting(cast: Cast, *, now: dt.datetime = NOW) -> dict[str, UUID]:
    """One that was answered in part, and one that waits with something covered."""
    mette, karla = (cast.actor(name, on=now.date()) for name in ("mette", "karla"))
    made: list[UUID] = []
    for words in ("Det, der blev skrevet i foråret", "Det, der er skrevet om bussen"):
        request = disclosure.ask_for_file(actor=karla, at=now, case_id=cast.case_id, wanted="words", words=words)
        made.append(request)
        about: dict[str, Any] = {"actor": mette, "at": now, "file_request_id": request}
        keys = [one.document.key for one in disclosure.choices(mette, request)]
        is_first = len(made) == 1
        disclosure.choose_documents(**about, left_out=dict.fromkeys(keys[1:], "internal") if is_first else {})
        if is_first:
            disclosure.answer_request(**about, reasons="Resten er vores egne arbejdspapirer.")
    document = f"tasks:{cast.case_id}"
    mask = disclosure.cover_part(**about, document=document, part="title", words="opgaver", reason="others_private")
    return {"file_request_answered_id": made[0], "file_request_id": made[1], "mask_id": mask}


def _answered(outcome: str = "partial") -> FileRequest:
    row = FileRequest.objects.get(status="waiting")
    FileRequest.objects.filter(id=row.id).update(
        status="answered", outcome=outcome, reasons="Noget er dækket", answered_at=NOW, answered_by_name="Mette Bjerre"
    )
    return row


def _complained() -> None:
    row = _answered()
    AccessComplaint.objects.create(
        municipality=row.municipality,
        case_id=row.case_id,
        file_request=row,
        channel="call",
        words="Jeg vil se det hele",
        received_on=TODAY,
        noted_at=NOW,
        noted_by_name="Mette Bjerre",
    )


STATES: dict[str, tuple[str, Callable[[], object]]] = {
    "the file was answered": (ADDRESS, _answered),
    "somebody complains of the answer": (ADDRESS, _complained),
    "somebody asks for own data": (
        ADDRESS,
        lambda: FileRequest.objects.filter(status="waiting").update(kind="own_data"),
    ),
}
