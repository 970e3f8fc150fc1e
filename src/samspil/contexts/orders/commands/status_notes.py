"""Compose a status note, mark or edit its parts, send it, take it back."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef, QuerySet

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Side, prepared
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import composing, policy, rules
from samspil.contexts.orders.commands.texts import cleaned
from samspil.contexts.orders.enums import OrderRefusal, PartKind, StatusNoteStatus
from samspil.contexts.orders.models import Order, OrderGoal, StatusNote, StatusPart
from samspil.contexts.orders.queries.drawing import draw, source_of
from samspil.kernel import clock
from samspil.kernel.clock import DENMARK
from samspil.kernel.drawn import characters
from samspil.kernel.verdict import ConcurrentChange, Refused
from samspil.kernel.workdays import add_workdays

UNCHANGED = "Uændret siden sidst."
READ_WITHIN_WORKDAYS = 10


@transaction.atomic
def compose_status_note(*, actor: Actor, at: dt.datetime, order_id: UUID) -> UUID:
    """Draw the next status note from what was written since the last one.

    A draft that is there already takes in what is new: parts that nobody has touched are drawn again, parts that
    somebody has edited keep their words.
    """
    order = _order.get(actor, order_id)
    policy.may_write_status(actor, order).or_raise()
    written = _written(order_id)
    draft = next((note for note in written if note.status == StatusNoteStatus.DRAFT), None)
    last = next((note for note in written if note.status != StatusNoteStatus.DRAFT), None)
    since = last.drawn_until if last else _begun(order)
    drawing = draw(actor, order, goal_ids=order.goal_ids, since=since, until=at)
    new = [_part(order, index, part) for index, part in enumerate(drawing.parts)]
    changes: dict[str, Any] = {"drawn_from": since, "drawn_until": at, "hidden_left_out": drawing.hidden}
    if draft is None:
        draft = StatusNote.objects.create(
            municipality=order.municipality,
            order=order,
            status=StatusNoteStatus.DRAFT,
            status_since=at,
            written_by_id=actor.user_id,
            written_by_name=actor.name,
            **changes,
        )
    else:
        StatusNote.objects.filter(id=draft.id).update(**changes)
        parts = StatusPart.objects.filter(status_note=draft)
        new = _merged(list(parts.order_by("order")), new)
        parts.delete()
    for part in new:
        part.status_note_id = draft.id
    StatusPart.objects.bulk_create(new)
    _record(actor, at, order, draft.id, "status_note.composed", parts=len(new))
    return draft.id


@transaction.atomic
def save_part(
    *,
    actor: Actor,
    at: dt.datetime,
    part_id: UUID,
    version: int,
    text: str = "",
    unchanged: bool = False,
    add: Sequence[UUID] = (),
) -> None:
    """Keep a part as it was drawn (`unchanged`), or in the provider's words.

    `add` puts segments at the end that were not drawn by themselves. Raises ConcurrentChange when a colleague has
    saved the part since `version`.
    """
    note = _note_of_part(actor, part_id)
    policy.may_change_status(actor, note).or_raise()
    part = StatusPart.objects.select_for_update().get(id=part_id)
    words = (part.proposed_text or UNCHANGED) if unchanged else cleaned(text)
    if part.version != version:
        raise ConcurrentChange(theirs=part.text, yours=words)
    extra = _extra_lines(actor, note, add)
    words = "\n".join([*filter(None, [words]), *(line.text for line in extra)])
    proposed = "\n".join([*filter(None, [part.proposed_text]), *(line.text for line in extra)])
    drawn, typed = composing.counted(words, [proposed, UNCHANGED])
    StatusPart.objects.filter(id=part_id).update(
        text=words,
        is_unchanged=unchanged,
        proposed_text=proposed,
        sources=part.sources + [[str(one) for one in line.sources] for line in extra],
        drawn=drawn,
        typed=typed,
        version=part.version + 1,
    )
    _record(actor, at, note.order, note.id, "status_note.part_saved", part=str(part_id), unchanged=unchanged)


@transaction.atomic
def save_recommendation(
    *, actor: Actor, at: dt.datetime, status_note_id: UUID, recommendation: str, words: str
) -> None:
    """Keep what the provider recommends; it may still be empty while the note is a draft."""
    note = _note(actor, status_note_id)
    policy.may_change_status(actor, note).or_raise()
    StatusNote.objects.filter(id=note.id).update(recommendation=recommendation, recommendation_words=cleaned(words))
    _record(actor, at, note.order, note.id, "status_note.recommended", recommendation=recommendation)


@transaction.atomic
def send_status_note(
    *, actor: Actor, at: dt.datetime, status_note_id: UUID, recommendation: str, words: str = ""
) -> None:
    """Send it to the authority. From now on it stands as it is; the authority has a task to read it."""
    note = _note(actor, status_note_id)
    policy.may_change_status(actor, note).or_raise()
    words = cleaned(words)
    rules.may_recommend(recommendation=recommendation, words=words).or_raise()
    parts = list(StatusPart.objects.filter(status_note=note).order_by("order"))
    if any(part.kind == PartKind.GOAL and not part.text.strip() for part in parts):
        raise Refused(OrderRefusal.PART_MISSING)
    proposed = goals.goals_for(actor, note.order.case_id).proposed
    content = "\n\n".join([*(part.text for part in parts), recommendation, words])
    digest = hashlib.sha256(content.encode()).hexdigest()
    StatusNote.objects.filter(id=note.id).update(
        status=rules.STATUS_NOTE.after(note.status, "send"),
        status_since=at,
        sent_at=at,
        written_by_id=actor.user_id,
        written_by_name=actor.name,
        recommendation=recommendation,
        recommendation_words=words,
        proposals=[str(goal.id) for goal in proposed if goal.proposed_by_side == Side.PROVIDER],
        sha256=digest,
        version=note.version + 1,
    )
    _ask_to_read(actor, at, note)
    _record(actor, at, note.order, note.id, "status_note.sent", sha256=digest)


@transaction.atomic
def take_back_status_note(*, actor: Actor, at: dt.datetime, status_note_id: UUID) -> None:
    """Make it a draft again, as long as nothing has been decided on it."""
    note = _note(actor, status_note_id)
    policy.may_take_back(actor, note).or_raise()
    drafts = StatusNote.objects.filter(order_id=note.order_id, status=StatusNoteStatus.DRAFT)
    if drafts.exists():
        raise Refused(OrderRefusal.DRAFT_EXISTS)
    StatusNote.objects.filter(id=note.id).update(
        status=rules.STATUS_NOTE.after(note.status, "take_back"),
        status_since=at,
        sent_at=None,
        proposals=[],
        sha256="",
        version=note.version + 1,
    )
    cases.cancel_tasks_of(actor=actor, at=at, source=cases.TaskSource.NOTE, source_ids=[note.id])
    _record(actor, at, note.order, note.id, "status_note.taken_back")


@transaction.atomic
def drop_status_note(*, actor: Actor, at: dt.datetime, status_note_id: UUID) -> None:
    """Throw a draft away; what it was drawn from stays where it was written."""
    note = _note(actor, status_note_id)
    policy.may_change_status(actor, note).or_raise()
    StatusPart.objects.filter(status_note=note).delete()
    StatusNote.objects.filter(id=note.id).delete()
    _record(actor, at, note.order, note.id, "status_note.dropped")


@prepared
def _order(actor: Actor, order_id: UUID) -> QuerySet[Any]:
    """Held until the transaction ends, with the ids of its goals."""
    goal_ids = OrderGoal.objects.filter(order=OuterRef("pk")).values("goal_id")
    rows = Order.objects.visible_to(actor).filter(id=order_id).select_related("provider")
    return rows.annotate(goal_ids=ArraySubquery(goal_ids)).select_for_update(of=("self",))


@prepared
def _written(order_id: UUID) -> QuerySet[StatusNote]:
    return StatusNote.objects.filter(order=order_id).order_by("-drawn_until")


def _begun(order: Order) -> dt.datetime:
    """The morning of the day the provider was let in: before that it wrote nothing, whenever the help began."""
    day = clock.day_of(order.answered_at) if order.answered_at else order.starts_on
    return dt.datetime.combine(day, dt.time(), DENMARK)


def _part(order: Order, index: int, part: composing.Part) -> StatusPart:
    """As it was drawn: nobody has typed anything yet."""
    return StatusPart(
        municipality=order.municipality,
        order=index,
        kind=part.kind,
        goal_id=part.goal_id,
        theme_id=part.theme_id,
        proposed_text=part.text,
        text=part.text,
        sources=[[str(one) for one in line.sources] for line in part.lines],
        drawn=characters(part.text),
        typed=0,
    )


def _merged(kept: Sequence[StatusPart], new: Sequence[StatusPart]) -> list[StatusPart]:
    """The new drawing, with the words of the parts that somebody has edited; each part keeps its id."""
    before = {(part.kind, part.goal_id, part.theme_id): part for part in kept}
    merged = list(new)
    for part in merged:
        old = before.pop((part.kind, part.goal_id, part.theme_id), None)
        if old is None:
            continue
        part.id, part.version = old.id, old.version + 1
        if old.text != old.proposed_text and old.text != UNCHANGED:
            part.text = old.text
            part.proposed_text, part.sources = _joined(old, part)
            part.drawn, part.typed = composing.counted(old.text, [part.proposed_text])
        elif old.is_unchanged and old.proposed_text == part.proposed_text:
            part.text, part.is_unchanged = old.text, True
            part.drawn, part.typed = old.drawn, old.typed
    edited = [part for part in before.values() if part.text != part.proposed_text]
    for index, part in enumerate(merged + edited):
        part.order = index
    return merged + edited


def _joined(old: StatusPart, new: StatusPart) -> tuple[str, list[list[str]]]:
    """The lines of the new drawing, and those of the old one that the edited text may still be made of."""
    lines = dict(zip(new.proposed_text.split("\n"), new.sources, strict=False)) if new.proposed_text else {}
    for line, sources in zip(old.proposed_text.split("\n"), old.sources, strict=False):
        lines.setdefault(line, sources)
    return "\n".join(lines), list(lines.values())


def _extra_lines(actor: Actor, note: StatusNote, ids: Sequence[UUID]) -> list[composing.Line]:
    if not ids:
        return []
    rows = notes.Segment.objects.visible_to(actor).filter(id__in=ids, case_id=note.order.case_id, hidden_reason="")
    name = note.order.case.citizen.first_name
    until = clock.day_of(note.drawn_until)
    return [
        composing.Line(composing.line_of(source_of(row), citizen_name=name, until=until), (row.id,))
        for row in rows.order_by("happened_at")
    ]


def _ask_to_read(actor: Actor, at: dt.datetime, note: StatusNote) -> None:
    coordinator = note.order.case.coordinator
    if coordinator is None:
        return
    cases.add_task(
        actor=actor,
        at=at,
        case_id=note.order.case_id,
        text=f"Læs statusnotatet fra {note.order.provider.name}, og tal om det på statusmødet",
        owner_name=coordinator.name,
        owner_id=coordinator.id,
        owner_side=Side.AUTHORITY,
        due_on=add_workdays(clock.day_of(at), READ_WITHIN_WORKDAYS),
        source=cases.TaskSource.NOTE,
        source_id=note.id,
    )


def _note(actor: Actor, status_note_id: UUID) -> StatusNote:
    rows = StatusNote.objects.visible_to(actor).select_for_update(of=("self",))
    related = ("order__provider", "order__case__citizen", "order__case__coordinator")
    return rows.select_related(*related).get(id=status_note_id)


def _note_of_part(actor: Actor, part_id: UUID) -> StatusNote:
    rows = StatusNote.objects.visible_to(actor).select_for_update(of=("self",))
    return rows.select_related("order__case__citizen").get(parts__id=part_id)


def _record(actor: Actor, at: dt.datetime, order: Order, note_id: UUID, kind: str, **data: Any) -> None:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=order.case_id,
        subject="status_note",
        subject_id=note_id,
        municipality=order.municipality,
        data=data,
    )
