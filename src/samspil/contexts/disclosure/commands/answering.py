"""Give the answer: the papers are drawn as they may be read, frozen, and there to be fetched."""

import datetime as dt
import hashlib
from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import translation

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.disclosure import extract, own_data, policy, rules
from samspil.contexts.disclosure.commands.disagreeing import run_on
from samspil.contexts.disclosure.commands.writing import end_clocks, held, move, record, written
from samspil.contexts.disclosure.enums import (
    Asks,
    Channel,
    DisclosureRefusal,
    Handed,
    Kind,
    Outcome,
    PaperKind,
    RequestStatus,
    Wanted,
)
from samspil.contexts.disclosure.models import DisclosedPaper, FileRequest
from samspil.contexts.disclosure.queries import documents
from samspil.contexts.disclosure.queries.requests import covers_of
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.verdict import Refused


@transaction.atomic
def answer_request(
    *,
    actor: Actor,
    at: dt.datetime,
    file_request_id: UUID,
    reasons: str = "",
    handed: str = Handed.ROOM,
    about_others: Collection[UUID] = (),
) -> Outcome:
    """All of it, some of it or nothing, as it was gathered; what is kept back has reasons in words. Raises Refused.

    `about_others` are notes that were taken back because they are about somebody else: no part of a copy of own data.
    """
    row = held(actor, file_request_id)
    policy.may_answer(actor, status=row.status).or_raise()
    with translation.override("da"):
        if row.kind == Kind.OWN_DATA:
            reader = own_data.in_the_place_of(actor, row.case)
            told = [note for note in notes.taken_back_notes(reader, row.case_id) if note.id not in set(about_others)]
            result, said, papers = Outcome.FULL, "", own_data.papers(reader, row.case, at=at, taken_back=told)
        else:
            result, said, papers = _extract(actor, at, row, reasons)
    for kind, data in papers.items():
        _freeze(row, at, kind, data)
    end_clocks(actor, at, row, is_met=True)
    run_on(actor, at, row, goes_on=clock.day_of(at))
    handed = Handed.PAPER if row.asks == Asks.OTHER else Handed(handed)
    move(
        row, "answer", at, outcome=result, reasons=said, handed=handed, answered_at=at, answered_by_name=actor.name
    )  # fmt: skip
    record(
        actor,
        at,
        "file_request.answered",
        row,
        right=row.kind,
        outcome=result,
        handed=handed,
        about_others=len(about_others),
    )
    return result


@transaction.atomic
def make_own_data(*, actor: Actor, at: dt.datetime, case_id: UUID) -> UUID:
    """The citizen fetches what is kept about the citizen, there and then: a request that is answered as it is made."""
    policy.may_make_own_data(actor).or_raise()
    case = cases.Case.objects.acted_on_by(actor).select_related("citizen").get(id=case_id)
    row = FileRequest.objects.create(
        municipality=case.municipality,
        case=case,
        kind=Kind.OWN_DATA,
        asks=Asks.CITIZEN,
        asker_name=actor.name,
        asker_user_id=actor.user_id,
        channel=Channel.ROOM,
        wanted=Wanted.EVERYTHING,
        received_on=clock.day_of(at),
        noted_at=at,
        noted_by_name=actor.name,
        status=RequestStatus.ANSWERED,
        status_since=at,
        outcome=Outcome.FULL,
        handed=Handed.ROOM,
        answered_at=at,
        answered_by_name=actor.name,
    )
    with translation.override("da"):
        papers = own_data.papers(actor, case, at=at)
    for kind, data in papers.items():
        _freeze(row, at, kind, data)
    record(actor, at, "file_request.own_data_made", row)
    return row.id


def _extract(
    actor: Actor, at: dt.datetime, row: FileRequest, reasons: str
) -> tuple[Outcome, str, dict[PaperKind, bytes]]:
    """Nothing goes out that nobody has looked through: a document that came since must be chosen first."""
    if row.gathered_at is None:
        raise Refused(DisclosureRefusal.NOT_GATHERED)
    covers = covers_of(row, at=clock.day_of(at))
    lines = documents.lines_of(actor, row.case_id)
    left_out = {cover.document for cover in covers if cover.is_of_document}
    if {line.key for line in lines} - set(row.chosen) - left_out:
        raise Refused(DisclosureRefusal.NEW_DOCUMENTS)
    chosen = [documents.whole(actor, line) for line in lines if line.key in row.chosen]
    result = rules.outcome(given=row.chosen, covers=covers)
    required = None if result == Outcome.FULL else DisclosureRefusal.REASON_MISSING
    said = written(reasons, required=required)
    pdf = extract.draw(row, chosen, covers, outcome=result, reasons=said, by_name=actor.name, at=at)
    return result, said, {PaperKind.EXTRACT: pdf}


def _freeze(row: FileRequest, at: dt.datetime, kind: PaperKind, data: bytes) -> None:
    DisclosedPaper.objects.create(
        municipality=row.municipality,
        case_id=row.case_id,
        file_request=row,
        kind=kind,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        made_at=at,
    )
