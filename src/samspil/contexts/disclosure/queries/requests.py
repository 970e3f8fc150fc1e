"""Requests as those who answer them read them, and as the one who asked does."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.citizens import api as citizens
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.decisions import api as decisions
from samspil.contexts.disclosure import policy, rules
from samspil.contexts.disclosure.enums import Asks, Channel, Handed, Kind, Outcome, PaperKind, RequestStatus, Wanted
from samspil.contexts.disclosure.models import AccessComplaint, DisclosedPaper, FileRequest, Mask
from samspil.contexts.disclosure.queries import documents
from samspil.contexts.disclosure.queries.documents import DocumentLine
from samspil.contexts.disclosure.rules import Cover
from samspil.kernel.verdict import Verdict

CLOCKS = ("file_access", "file_access_of_others", "own_data", "own_data_longer")
"""The clocks that may run for a request; which of them, follows from who asks for what."""
FORWARD = "forward_access_complaint"


@dataclass(frozen=True, slots=True)
class RequestLine:
    """`due_on` is None once it is answered."""

    id: UUID
    case_id: UUID
    kind: str
    kind_words: str
    asks: str
    asker_name: str
    wants: str
    received_on: dt.date
    status: str
    status_words: str
    due_on: dt.date | None
    is_late: bool
    outcome_words: str
    answered_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ComplaintView:
    words: str
    received_on: dt.date
    noted_by_name: str
    due_on: dt.date | None
    forwarded_at: dt.datetime | None
    forwarded_to: str
    may_forward: Verdict


@dataclass(frozen=True, slots=True)
class PaperLine:
    kind: str
    kind_words: str


@dataclass(frozen=True, slots=True)
class StoppableView:
    """A decision that can still be complained about."""

    id: UUID
    title: str
    complain_by: dt.date


@dataclass(frozen=True, slots=True)
class RequestView:
    """`guidance` says how to disagree, in words for the one who asked."""

    line: RequestLine
    citizen_id: UUID
    channel_words: str
    noted_by_name: str
    asks_words: str
    delay_words: str
    delayed_to_on: dt.date | None
    gathered_at: dt.datetime | None
    chosen: frozenset[str]
    outcome: str
    reasons: str
    handed_words: str
    answered_by_name: str
    guidance: str
    is_stopped: bool
    papers: tuple[PaperLine, ...]
    complaint: ComplaintView | None
    may_gather: Verdict
    may_postpone: Verdict
    may_answer: Verdict
    may_withdraw: Verdict
    may_stop_clock: Verdict
    may_complain: Verdict


@dataclass(frozen=True, slots=True)
class MaskView:
    id: UUID
    document: str
    part: str
    words: str
    reason: str
    reason_words: str
    by_name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A document in the list. `left_out` is the key of the reason, `masks` how many things in it are covered."""

    document: DocumentLine
    is_in: bool
    left_out: str
    masks: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class PartOfDocument:
    """`reads` is what will stand in the answer, when that is not the text as it is."""

    number: int
    key: str
    label: str
    text: str
    reads: str
    is_kept_back: bool
    masks: tuple[MaskView, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    line: DocumentLine
    parts: tuple[PartOfDocument, ...]
    may_cover: Verdict


@dataclass(frozen=True, slots=True)
class Paper:
    filename: str
    media_type: str
    data: bytes
    sha256: str


def requests_of(actor: Actor, case_id: UUID) -> tuple[RequestLine, ...]:
    """Those of a case, what waits first, then the newest. Two queries."""
    rows = list(FileRequest.objects.visible_to(actor).filter(case_id=case_id).order_by("-received_on", "-id"))
    rows.sort(key=lambda row: row.status != RequestStatus.WAITING)
    return _lines(actor, rows)


def file_request(actor: Actor, file_request_id: UUID) -> RequestView:
    """Raises FileRequest.DoesNotExist."""
    row = FileRequest.objects.visible_to(actor).select_related("case").get(id=file_request_id)
    papers = DisclosedPaper.objects.visible_to(actor).filter(file_request=row).order_by("kind")
    complaint = _complaint(actor, row)
    status, is_stopped = row.status, row.stopped_on is not None
    return RequestView(
        line=_lines(actor, [row])[0],
        citizen_id=row.case.citizen_id,
        channel_words=str(Channel(row.channel).label),
        noted_by_name=row.noted_by_name,
        asks_words=str(Asks(row.asks).label),
        delay_words=row.delay_words,
        delayed_to_on=row.delayed_to_on,
        gathered_at=row.gathered_at,
        chosen=frozenset(row.chosen),
        outcome=row.outcome,
        reasons=row.reasons,
        handed_words=str(Handed(row.handed).label) if row.handed else "",
        answered_by_name=row.answered_by_name,
        guidance=gettext(complaint_rule(row, at=row.answered_at.date() if row.answered_at else actor.on).citizen_text),
        is_stopped=is_stopped,
        papers=tuple(PaperLine(kind, str(PaperKind(kind).label)) for kind in papers.values_list("kind", flat=True)),
        complaint=complaint,
        may_gather=policy.may_handle(actor, status=status, move="gather"),
        may_postpone=policy.may_handle(actor, status=status, move="postpone"),
        may_answer=policy.may_answer(actor, status=status),
        may_withdraw=policy.may_withdraw(actor, status=status),
        may_stop_clock=policy.may_stop_clock(
            actor, status=status, kind=row.kind, asks=row.asks, is_stopped=is_stopped
        ),
        may_complain=policy.may_complain(
            actor, status=status, outcome=row.outcome, has_complained=complaint is not None
        ),
    )  # fmt: skip


def paper(actor: Actor, file_request_id: UUID, kind: str) -> Paper:
    """What was handed out. Raises DisclosedPaper.DoesNotExist."""
    rows = DisclosedPaper.objects.visible_to(actor).filter(file_request_id=file_request_id)
    row = rows.get(kind=kind)
    is_data = kind == PaperKind.OWN_DATA_FILE
    stem = "aktindsigt" if kind == PaperKind.EXTRACT else "mine-oplysninger"
    name = f"{stem}-{row.made_at:%Y-%m-%d}.{'json' if is_data else 'pdf'}"
    media_type = "application/json" if is_data else "application/pdf"
    return Paper(name, media_type, bytes(row.data), row.sha256)


def choices(actor: Actor, file_request_id: UUID) -> tuple[ChoiceLine, ...]:
    """The case's documents with what was chosen; before anybody has, with what the request itself says."""
    row = FileRequest.objects.visible_to(actor).get(id=file_request_id)
    covers = covers_of(row, at=actor.on)
    left_out = {cover.document: cover.reason for cover in covers if cover.is_of_document}
    found = []
    for line in documents.lines_of(actor, row.case_id):
        is_known = line.key in row.chosen or line.key in left_out
        reason = left_out.get(line.key, "") if is_known or row.gathered_at else _out_of_scope(row, line)
        masks = sum(cover.document == line.key and not cover.is_of_document for cover in covers)
        is_new = row.gathered_at is not None and not is_known
        found.append(ChoiceLine(line, not reason, reason, masks, is_new))
    return tuple(found)


def _out_of_scope(row: FileRequest, line: DocumentLine) -> str:
    is_before = row.wanted == Wanted.SINCE and row.since_on is not None and line.on < row.since_on
    return rules.OUT_OF_SCOPE if is_before else ""


def document_of(actor: Actor, file_request_id: UUID, key: str) -> DocumentPage:
    """One of the case's documents, for whoever gathers. Raises NoSuchDocument and FileRequest.DoesNotExist."""
    row = FileRequest.objects.visible_to(actor).select_related("case__citizen").get(id=file_request_id)
    policy.may_note(actor).or_raise()
    found = documents.document(actor, row.case_id, key)
    covers = (*covers_of(row, at=actor.on), *sheltered(row.case.citizen, also_unprotected=True))
    masks = [one for one in masks_of(actor, file_request_id) if one.document == key]
    return DocumentPage(
        line=found.line,
        parts=tuple(_part(number, one, key, covers, masks) for number, one in enumerate(found.readable, start=1)),
        may_cover=policy.may_handle(actor, status=row.status, move="gather"),
    )


def _part(
    number: int, part: documents.Part, key: str, covers: Iterable[Cover], masks: Iterable[MaskView]
) -> PartOfDocument:
    reads = rules.covered(part.text, [one for one in covers if one.reaches(key, part.key) and not one.is_of_document])
    return PartOfDocument(
        number=number,
        key=part.key,
        label=part.label,
        text=part.text,
        reads=reads if reads != part.text else "",
        is_kept_back=part.is_kept_back,
        masks=tuple(one for one in masks if one.part == part.key),
    )


def masks_of(actor: Actor, file_request_id: UUID) -> tuple[MaskView, ...]:
    """What is covered now, apart from whole documents that are left out."""
    rows = Mask.objects.visible_to(actor).filter(file_request_id=file_request_id, lifted_at__isnull=True)
    names = {one.key: one.name for one in catalogue.exemptions(at=actor.on)}
    return tuple(
        MaskView(
            id=row.id,
            document=row.document,
            part=row.part,
            words=row.words,
            reason=row.reason,
            reason_words=gettext(names.get(row.reason, row.reason)),
            by_name=row.by_name,
            at=row.at,
        )
        for row in rows.order_by("at", "id")
        if row.part or row.words
    )


def mask_request(actor: Actor, mask_id: UUID) -> UUID:
    """The request that a mask belongs to. Raises Mask.DoesNotExist."""
    found: UUID = Mask.objects.visible_to(actor).get(id=mask_id).file_request_id
    return found


def covers_of(row: FileRequest, *, at: dt.date) -> tuple[Cover, ...]:
    """What is covered in the answer to a request that the caller has found."""
    names = {one.key: one.name for one in catalogue.exemptions(at=at)}
    masks = Mask.objects.filter(file_request=row, lifted_at__isnull=True).order_by("at", "id")
    return tuple(
        Cover(mask.document, mask.part, mask.words, mask.reason, names.get(mask.reason, mask.reason)) for mask in masks
    )


def sheltered(citizen: citizens.Citizen, *, also_unprotected: bool = False) -> tuple[Cover, ...]:
    """A protected address is taken out of every text. A paper that others may come to read is without it from the
    start, since it is frozen and the address may be protected later."""
    if not citizen.address.strip() or not (also_unprotected or citizen.is_address_protected):
        return ()
    return (Cover("", "", citizen.address, "protected_address", "adresse"),)


def stoppable(actor: Actor, file_request_id: UUID) -> tuple[StoppableView, ...]:
    """Decisions whose complaint deadline ran when the request came."""
    row = FileRequest.objects.visible_to(actor).get(id=file_request_id)
    return tuple(
        StoppableView(one.id, ", ".join(one.needs) or one.outcome_words, one.complain_by)
        for one in decisions.decisions_of(actor, row.case_id)
        if one.complain_by is not None and one.complain_by >= row.received_on
    )


def complaint_rule(row: FileRequest, *, at: dt.date) -> catalogue.AccessComplaint:
    """Who decides when somebody disagrees with the answer."""
    if row.kind == Kind.OWN_DATA:
        return catalogue.access_complaint("own_data", at=at)
    return catalogue.access_complaint("other" if row.asks == Asks.OTHER else "party", at=at)


def may_ask(actor: Actor) -> Verdict:
    return policy.may_ask(actor)


def may_make_own_data(actor: Actor) -> Verdict:
    return policy.may_make_own_data(actor)


def _lines(actor: Actor, rows: Sequence[FileRequest]) -> tuple[RequestLine, ...]:
    clocks = deadlines.deadlines_about(actor, [row.id for row in rows])
    return tuple(_line(row, [clocks[row.id, kind] for kind in CLOCKS if (row.id, kind) in clocks]) for row in rows)


def _line(row: FileRequest, clocks: Iterable[deadlines.DeadlineView]) -> RequestLine:
    running = [one for one in clocks if one.status in {"open", "late"}]
    is_open = row.status == RequestStatus.WAITING
    due_on = running[0].due_on if running and is_open else row.delayed_to_on if is_open else None
    return RequestLine(
        id=row.id,
        case_id=row.case_id,
        kind=row.kind,
        kind_words=str(Kind(row.kind).label),
        asks=row.asks,
        asker_name=row.asker_name,
        wants=_wants(row),
        received_on=row.received_on,
        status=row.status,
        status_words=str(RequestStatus(row.status).label),
        due_on=due_on,
        is_late=bool(running) and is_open and running[0].is_past,
        outcome_words=str(Outcome(row.outcome).label) if row.outcome else "",
        answered_on=row.answered_at.date() if row.answered_at else None,
    )


def _wants(row: FileRequest) -> str:
    """In words: the day and the own words with it."""
    said = str(Wanted(row.wanted).label)
    day = f" ({row.since_on:%d.%m.%Y})" if row.since_on else ""
    return f"{said}{day}{': ' + row.words if row.words else ''}"


def _complaint(actor: Actor, row: FileRequest) -> ComplaintView | None:
    found = AccessComplaint.objects.visible_to(actor).filter(file_request=row).first()
    if found is None:
        return None
    clock = deadlines.deadlines_about(actor, (found.id,)).get((found.id, FORWARD))
    return ComplaintView(
        words=found.words,
        received_on=found.received_on,
        noted_by_name=found.noted_by_name,
        due_on=clock.due_on if clock and found.forwarded_at is None else None,
        forwarded_at=found.forwarded_at,
        forwarded_to=found.forwarded_to,
        may_forward=policy.may_forward(actor, is_forwarded=found.forwarded_at is not None),
    )
