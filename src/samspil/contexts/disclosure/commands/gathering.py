"""Look through what the case holds, choose what goes into the answer, and cover what must not be read."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.disclosure import policy, rules
from samspil.contexts.disclosure.commands.writing import held, move, record, written
from samspil.contexts.disclosure.enums import DisclosureRefusal
from samspil.contexts.disclosure.models import FileRequest, Mask
from samspil.contexts.disclosure.queries import documents
from samspil.kernel import clock
from samspil.kernel.verdict import Refused

LONGEST_WORDS = 500


@transaction.atomic
def choose_documents(
    *, actor: Actor, at: dt.datetime, file_request_id: UUID, left_out: Mapping[str, str]
) -> None:  # fmt: skip
    """`left_out` are keys of documents with the key of the reason; all others of the case are in the answer."""
    row = held(actor, file_request_id)
    policy.may_handle(actor, status=row.status, move="gather").or_raise()
    there = {line.key for line in documents.lines_of(actor, row.case_id)}
    if not left_out.keys() <= there:
        raise Refused(DisclosureRefusal.NO_SUCH_DOCUMENT)
    for reason in left_out.values():
        _check_reason(reason, at)
    standing = {mask.document: mask for mask in _live(row).filter(part="", words="")}
    for key, mask in standing.items():
        if left_out.get(key) != mask.reason:
            _lift(actor, at, row, mask)
    for key, reason in left_out.items():
        if key not in standing or standing[key].reason != reason:
            _put(actor, at, row, document=key, part="", words="", reason=reason)
    move(row, "gather", at, chosen=sorted(there - left_out.keys()), gathered_at=at)
    record(actor, at, "file_request.gathered", row, chosen=len(there) - len(left_out), left_out=len(left_out))


@transaction.atomic
def cover_part(
    *, actor: Actor, at: dt.datetime, file_request_id: UUID, document: str, part: str, words: str, reason: str
) -> UUID:
    """Cover words in one part of a document, or all of the part when no words are given."""
    row = held(actor, file_request_id)
    policy.may_handle(actor, status=row.status, move="gather").or_raise()
    _check_reason(reason, at)
    found = _document(actor, row, document).part(part)
    if found is None:
        raise Refused(DisclosureRefusal.NO_SUCH_DOCUMENT)
    hidden = written(words, LONGEST_WORDS)
    if hidden and not rules.is_in(hidden, found.text):
        raise Refused(DisclosureRefusal.WORDS_NOT_THERE)
    return _put(actor, at, row, document=document, part=part, words=hidden, reason=reason)


@transaction.atomic
def cover_words(*, actor: Actor, at: dt.datetime, file_request_id: UUID, words: str, reason: str) -> UUID:
    """Cover a name, or other words, wherever they stand in the answer."""
    row = held(actor, file_request_id)
    policy.may_handle(actor, status=row.status, move="gather").or_raise()
    _check_reason(reason, at)
    hidden = written(words, LONGEST_WORDS, required=DisclosureRefusal.NOTHING_WRITTEN)
    return _put(actor, at, row, document="", part="", words=hidden, reason=reason)


@transaction.atomic
def lift_mask(*, actor: Actor, at: dt.datetime, mask_id: UUID) -> None:
    """Let it be read after all; that it was covered, and by whom, stays."""
    mask = Mask.objects.visible_to(actor).get(id=mask_id)
    row = held(actor, mask.file_request_id)
    policy.may_handle(actor, status=row.status, move="gather").or_raise()
    if mask.lifted_at is not None:
        raise Refused(DisclosureRefusal.WRONG_STATUS)
    _lift(actor, at, row, mask)


def _live(row: FileRequest) -> QuerySet[Mask]:
    return Mask.objects.filter(file_request=row, lifted_at__isnull=True)


def _put(
    actor: Actor, at: dt.datetime, row: FileRequest, *, document: str, part: str, words: str, reason: str
) -> UUID:  # fmt: skip
    mask = Mask.objects.create(
        municipality=row.municipality,
        case_id=row.case_id,
        file_request=row,
        document=document,
        part=part,
        words=words,
        reason=reason,
        at=at,
        by_name=actor.name,
    )
    about = {"mask": str(mask.id), "document": document, "part": part, "reason": reason}
    record(actor, at, "file_request.covered", row, **about)
    return mask.id


def _lift(actor: Actor, at: dt.datetime, row: FileRequest, mask: Mask) -> None:
    Mask.objects.filter(id=mask.id).update(lifted_at=at, lifted_by_name=actor.name)
    record(actor, at, "file_request.uncovered", row, mask=str(mask.id), document=mask.document, part=mask.part)


def _document(actor: Actor, row: FileRequest, key: str) -> documents.Document:
    try:
        return documents.document(actor, row.case_id, key)
    except documents.NoSuchDocument as error:
        raise Refused(DisclosureRefusal.NO_SUCH_DOCUMENT) from error


def _check_reason(reason: str, at: dt.datetime) -> None:
    if reason not in {one.key for one in catalogue.exemptions(at=clock.day_of(at))}:
        raise Refused(DisclosureRefusal.NO_SUCH_REASON)
