"""Notes as they are read: newest first, each with its segments, in three queries however many there are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from samspil.contexts.access.api import Actor, Side, prepared
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import rules
from samspil.contexts.notes.enums import NoteKind, SegmentKind
from samspil.contexts.notes.models import Draft, Note, Segment

Cursor = tuple[dt.datetime, UUID]


@dataclass(frozen=True, slots=True)
class EarlierWording:
    """What a segment said until it was corrected at `until`."""

    kind: str
    text: str
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class SegmentView:
    """`kept` tells how an agreement stands: "open", "done", "cancelled", or empty for what is no agreement.

    `hidden_reason` is always empty for a citizen or relative, who never get a hidden segment.
    """

    id: UUID
    note_id: UUID
    kind: str
    kind_words: str
    text: str
    theme_id: UUID | None
    theme_code: str
    theme: str
    goal_id: UUID | None
    goal_title: str
    value: int | None
    who: str
    due_on: dt.date | None
    hidden_reason: str
    kept: str
    done_at: dt.datetime | None
    source_card: UUID | None
    corrected_at: dt.datetime | None
    earlier: tuple[EarlierWording, ...]
    happened_at: dt.datetime
    note_kind: str
    author_name: str
    side: str


@dataclass(frozen=True, slots=True)
class WrittenSegment:
    """As much of a segment as a document is drawn from."""

    id: UUID
    kind: str
    text: str
    theme_id: UUID | None
    goal_id: UUID | None
    value: int | None
    hidden_reason: str
    happened_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Wording:
    """A segment as it was worded, with where and by whom: what a line drawn from it leads back to."""

    case_id: UUID
    kind: str
    text: str
    hidden_reason: str
    happened_at: dt.datetime
    author_name: str
    organisation_name: str


@dataclass(frozen=True, slots=True)
class Quotable:
    """A segment that the citizen also sees, to be quoted as it reads now."""

    id: UUID
    kind: str
    text: str
    theme_id: UUID | None
    happened_at: dt.datetime
    author_name: str


@dataclass(frozen=True, slots=True)
class NoteView:
    id: UUID
    case_id: UUID
    kind: str
    kind_words: str
    title: str
    happened_at: dt.datetime
    written_at: dt.datetime
    author_name: str
    side: str
    organisation_name: str
    meeting_id: UUID | None
    is_mine: bool
    segments: tuple[SegmentView, ...]

    @property
    def cursor(self) -> Cursor:
        """Where the next page begins: give it to `stream` as `before`."""
        return (self.happened_at, self.id)


@dataclass(frozen=True, slots=True)
class DraftView:
    key: str
    fields: dict[str, Any]
    saved_at: dt.datetime
    dropped_at: dt.datetime | None


def stream(actor: Actor, case_id: UUID, *, limit: int = 20, before: Cursor | None = None) -> tuple[NoteView, ...]:
    """The notes that the actor sees, newest first, each with at least one segment. Empty for strangers."""
    return _with_segments(actor, _page(actor, case_id, limit, before))


@prepared
def _page(actor: Actor, case_id: UUID, limit: int, before: Cursor | None) -> QuerySet[Note]:
    rows = Note.objects.visible_to(actor).filter(case_id=case_id)
    if before is not None:
        at, note_id = before
        rows = rows.filter(Q(happened_at__lt=at) | Q(happened_at=at, id__lt=note_id))
    if _sees_only_the_open(actor):
        rows = rows.filter(Exists(Segment.objects.newest().filter(note=OuterRef("pk"), hidden_reason="")))
    return rows.order_by("-happened_at", "-id")[:limit]


def note(actor: Actor, note_id: UUID) -> NoteView:
    """One note. Raises Note.DoesNotExist for those who do not see it."""
    return _with_segments(actor, [Note.objects.visible_to(actor).get(id=note_id)])[0]


@dataclass(frozen=True, slots=True)
class TakenBackNote:
    """`texts` are those that were never kept from the citizen."""

    id: UUID
    title: str
    happened_at: dt.datetime
    withdrawn_at: dt.datetime
    author_name: str
    texts: tuple[str, ...]


def taken_back_notes(actor: Actor, case_id: UUID) -> tuple[TakenBackNote, ...]:
    """What was written and taken back, the oldest first: it is kept, and so it belongs in a copy of what is kept."""
    rows = list(Note.objects.taken_back_in(actor).filter(case_id=case_id).order_by("happened_at", "id"))
    texts: dict[UUID, list[str]] = {row.id: [] for row in rows}
    told = Segment.objects.newest().filter(note_id__in=list(texts), hidden_reason="").order_by("order", "id")
    for note_id, text in told.values_list("note_id", "text"):
        texts[note_id].append(text)
    return tuple(
        TakenBackNote(
            id=row.id,
            title=row.title or str(NoteKind(row.kind).label),
            happened_at=row.happened_at,
            withdrawn_at=row.withdrawn_at,
            author_name=row.author_name,
            texts=tuple(texts[row.id]),
        )
        for row in rows
        if texts[row.id]
    )


def segment(actor: Actor, segment_id: UUID) -> SegmentView:
    """One segment in its newest wording. Raises Segment.DoesNotExist."""
    row = Segment.objects.visible_to(actor).get(id=segment_id)
    found = {segment.id: segment for segment in note(actor, row.note_id).segments}
    if segment_id not in found:
        raise Segment.DoesNotExist
    return found[segment_id]


def wording(actor: Actor, segment_id: UUID) -> Wording:
    """One segment, also when it has been corrected since. Raises Segment.DoesNotExist."""
    row = Segment.objects.visible_to(actor).select_related("note").get(id=segment_id)
    return Wording(
        case_id=row.case_id,
        kind=row.kind,
        text=row.text,
        hidden_reason=row.hidden_reason,
        happened_at=row.happened_at,
        author_name=row.note.author_name,
        organisation_name=row.note.organisation_name,
    )


def segments_since(
    actor: Actor,
    case_id: UUID,
    since: dt.datetime,
    until: dt.datetime,
    kinds: Collection[str] | None = None,
    *,
    also_written_late: bool = False,
) -> tuple[WrittenSegment, ...]:
    """Segments in their newest wording that happened from `since` until just before `until`, oldest first.

    `also_written_late` takes in what happened before `since` and was only written after it, so that what is drawn
    piece by piece misses nothing.
    """
    wanted = None if kinds is None else frozenset(map(str, kinds))
    return tuple(WrittenSegment(*row) for row in _between(actor, case_id, since, until, wanted, also_written_late))


@prepared
def _between(
    actor: Actor,
    case_id: UUID,
    since: dt.datetime,
    until: dt.datetime,
    kinds: frozenset[str] | None,
    also_written_late: bool,
) -> QuerySet[Segment, tuple[Any, ...]]:
    begins = Q(happened_at__gte=since)
    if also_written_late:
        begins |= Q(note__written_at__gte=since)
    rows = Segment.objects.visible_to(actor).newest().filter(begins, case_id=case_id, happened_at__lt=until)
    if kinds is not None:
        rows = rows.filter(kind__one_of=kinds)
    fields = ("id", "kind", "text", "theme_id", "goal_id", "value", "hidden_reason", "happened_at")
    return rows.order_by("happened_at", "note_id", "order", "id").values_list(*fields)


def quotable(actor: Actor, case_id: UUID) -> tuple[Quotable, ...]:
    """What may be quoted to the citizen from a case, newest first; each in its newest wording."""
    return tuple(Quotable(*row) for row in _quotable(actor, case_id))


@prepared
def _quotable(actor: Actor, case_id: UUID) -> QuerySet[Segment, tuple[Any, ...]]:
    rows = Segment.objects.visible_to(actor).newest().filter(case_id=case_id, hidden_reason="")
    fields = ("id", "kind", "text", "theme_id", "happened_at", "note__author_name")
    return rows.order_by("-happened_at", "note_id", "order", "id").values_list(*fields)


def draft(actor: Actor, key: str) -> DraftView | None:
    """What the actor was writing there, unless it was thrown away."""
    found = kept_draft(actor, key)
    return found if found and found.dropped_at is None else None


def kept_draft(actor: Actor, key: str) -> DraftView | None:
    """What the actor was writing there, also when it was thrown away and can still be fetched back."""
    if actor.user_id is None:
        return None
    row = _kept.first(actor.user_id, key)
    return DraftView(row.key, row.fields, row.saved_at, row.dropped_at) if row else None


def kept_drafts(actor: Actor, *, at: dt.datetime) -> tuple[DraftView, ...]:
    """All that the actor was writing, also what was thrown away; not what has grown too old."""
    if actor.user_id is None:
        return ()
    rows = _all_kept(actor.user_id, at - rules.KEEP_DRAFTS)
    return tuple(DraftView(row.key, row.fields, row.saved_at, row.dropped_at) for row in rows)


@prepared
def _all_kept(user_id: UUID, since: dt.datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(user_id=user_id, saved_at__gte=since).order_by("id")


@prepared
def _kept(user_id: UUID, key: str) -> QuerySet[Draft]:
    return Draft.objects.filter(user_id=user_id, key=key).order_by("id")[:1]


def _sees_only_the_open(actor: Actor) -> bool:
    return actor.side in {Side.CITIZEN, Side.RELATIVE}


def _with_segments(actor: Actor, notes: list[Note]) -> tuple[NoteView, ...]:
    if not notes:
        return ()
    by_note: dict[UUID, list[Segment]] = defaultdict(list)
    for row in _segments_of(frozenset(note.id for note in notes)):
        by_note[row.note_id].append(row)
    return tuple(_note(row, by_note[row.id], actor) for row in notes)


@prepared
def _segments_of(note_ids: frozenset[UUID]) -> QuerySet[Any]:
    return _named(Segment.objects.filter(note__one_of=note_ids)).order_by("order", "id")


def _named(rows: QuerySet[Segment]) -> QuerySet[Any]:
    """With the words for theme and goal, and how an agreement stands; looked up by key, row by row."""
    theme = catalogue.Concept.objects.filter(id=OuterRef("theme_id"))
    goal = goals.Goal.objects.filter(id=OuterRef("goal_id"))
    task = cases.Task.objects.filter(source_id=OuterRef("id")).order_by("id")
    return rows.annotate(
        theme_code=Subquery(theme.values("code")),
        theme_name=Subquery(theme.values("display_da")),
        goal_title=Subquery(goal.values("title")),
        kept=Subquery(task.values("status")[:1]),
        done_at=Subquery(task.values("done_at")[:1]),
    )


def _note(row: Note, rows: list[Segment], actor: Actor) -> NoteView:
    replaced = {segment.supersedes_id for segment in rows}
    if _sees_only_the_open(actor):  # only now: a wording that became hidden must not bring its old one back
        rows = [segment for segment in rows if not segment.hidden_reason]
    by_id = {segment.id: segment for segment in rows}
    return NoteView(
        id=row.id,
        case_id=row.case_id,
        kind=row.kind,
        kind_words=str(NoteKind(row.kind).label),
        title=row.title,
        happened_at=row.happened_at,
        written_at=row.written_at,
        author_name=row.author_name,
        side=row.side,
        organisation_name=row.organisation_name,
        meeting_id=row.meeting_id,
        is_mine=actor.user_id is not None and row.author_id == actor.user_id,
        segments=tuple(
            _segment(segment, row, _earlier(segment, by_id)) for segment in rows if segment.id not in replaced
        ),
    )


def _earlier(row: Segment, by_id: Mapping[UUID, Segment]) -> tuple[EarlierWording, ...]:
    """Newest first. A wording that the reader may not see ends the chain."""
    found = []
    while row.supersedes_id is not None and row.supersedes_id in by_id and row.corrected_at is not None:
        before = by_id[row.supersedes_id]
        found.append(EarlierWording(before.kind, before.text, row.corrected_at))
        row = before
    return tuple(found)


def _segment(row: Any, note: Note, earlier: tuple[EarlierWording, ...]) -> SegmentView:
    return SegmentView(
        id=row.id,
        note_id=note.id,
        kind=row.kind,
        kind_words=str(SegmentKind(row.kind).label),
        text=row.text,
        theme_id=row.theme_id,
        theme_code=row.theme_code or "",
        theme=row.theme_name or "",
        goal_id=row.goal_id,
        goal_title=row.goal_title or "",
        value=row.value,
        who=row.who,
        due_on=row.due_on,
        hidden_reason=row.hidden_reason,
        kept=row.kept or "",
        done_at=row.done_at,
        source_card=row.source_card,
        corrected_at=row.corrected_at,
        earlier=earlier,
        happened_at=row.happened_at,
        note_kind=note.kind,
        author_name=note.author_name,
        side=note.side,
    )
