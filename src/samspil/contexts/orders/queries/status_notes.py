"""Status notes as they are written, read and decided on, each line with where it comes from."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from samspil.contexts.access.api import Actor, Side, prepared
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.api import GoalView
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import composing, policy, rules
from samspil.contexts.orders.enums import CitizenSays, PartKind, Recommendation, StatusNoteStatus
from samspil.contexts.orders.models import StatusNote, StatusPart
from samspil.contexts.orders.queries.drawing import written
from samspil.kernel import clock, drawn
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class StatusNoteLine:
    """A status note in a list. `share` is the per cent of its characters that was drawn and not typed."""

    id: UUID
    order_id: UUID
    case_id: UUID
    citizen_id: UUID
    citizen_name: str
    provider_name: str
    status: str
    status_words: str
    turn: str
    drawn_from: dt.datetime
    drawn_until: dt.datetime
    written_by_name: str
    sent_at: dt.datetime | None
    recommendation: str
    recommended: str
    decision: str
    decided: str
    decided_at: dt.datetime | None
    meeting_id: UUID | None
    share: int


@dataclass(frozen=True, slots=True)
class SourceView:
    """The segment behind a line: when it was written, and by whom. What it says, `notes.wording` tells."""

    id: UUID
    happened_at: dt.datetime
    author_name: str


@dataclass(frozen=True, slots=True)
class LineView:
    text: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """One heading. `goal` is the goal as it stands today; `drawn` and `typed` count characters."""

    id: UUID
    kind: str
    heading: str
    goal: GoalView | None
    theme_code: str
    text: str
    lines: tuple[LineView, ...]
    is_unchanged: bool
    is_edited: bool
    drawn: int
    typed: int
    version: int


@dataclass(frozen=True, slots=True)
class StatusNoteView:
    """`drawn` and `typed` count the whole note, the words of the recommendation with it."""

    line: StatusNoteLine
    citizen_first_name: str
    follow_up_on: dt.date | None
    is_imported: bool
    parts: tuple[PartView, ...]
    proposals: tuple[GoalView, ...]
    hidden_left_out: int
    recommendation_words: str
    decision_words: str
    citizen_said: str
    decided_by_name: str
    drawn: int
    typed: int
    sha256: str
    may_edit: Verdict
    may_take_back: Verdict
    may_decide: Verdict


def status_notes_of(actor: Actor, case_id: UUID) -> tuple[StatusNoteLine, ...]:
    """The status notes of a case that the actor sees, newest first."""
    return tuple(map(_line, _of_case(actor, case_id)))


def status_notes_for(actor: Actor, order_id: UUID) -> tuple[StatusNoteLine, ...]:
    return _lines(StatusNote.objects.visible_to(actor).filter(order_id=order_id))


def status_notes_to_decide(actor: Actor, case_ids: Collection[UUID]) -> tuple[StatusNoteLine, ...]:
    """Those in these cases that wait for authority and citizen, the oldest first."""
    return tuple(map(_line, reversed(_sent(actor, frozenset(case_ids)))))


def share_drawn(actor: Actor, status_note_id: UUID) -> int:
    """Per cent of a status note that was drawn from what was written already (X1)."""
    return _lines(StatusNote.objects.visible_to(actor).filter(id=status_note_id))[0].share


def status_note(actor: Actor, status_note_id: UUID) -> StatusNoteView:
    """One status note with its sources. Raises StatusNote.DoesNotExist."""
    row = _whole.get(actor, status_note_id)
    plan = goals.goals_for(actor, row.order.case_id)
    rows = _parts(status_note_id)
    sources = _sources(actor, row.order.case_id, rows)
    return StatusNoteView(
        line=_line(row),
        citizen_first_name=row.order.case.citizen.first_name,
        follow_up_on=row.order.follow_up_on,
        is_imported=row.order.source != "samspil",
        parts=tuple(_part(part, plan, sources) for part in rows),
        proposals=_proposals(row, plan),
        hidden_left_out=row.hidden_left_out,
        recommendation_words=row.recommendation_words,
        decision_words=row.decision_words,
        citizen_said=str(CitizenSays(row.citizen_says).label) if row.citizen_says else "",
        decided_by_name=row.decided_by_name,
        drawn=row.drawn or 0,
        typed=(row.typed or 0) + drawn.characters(row.recommendation_words),
        sha256=row.sha256,
        may_edit=policy.may_change_status(actor, row),
        may_take_back=policy.may_take_back(actor, row),
        may_decide=policy.may_decide(actor, row),
    )


def left_out(actor: Actor, status_note_id: UUID, part_id: UUID) -> tuple[LineView, ...]:
    """What was written about a part's subject and did not go into the note, newest first, ready to be added."""
    row = _related(StatusNote.objects.visible_to(actor)).get(id=status_note_id)
    part = row.parts.get(id=part_id)
    taken = {UUID(one) for other in row.parts.all() for ids in other.sources for one in ids}
    sources = written(actor, row.order.case_id, since=row.drawn_from, until=row.drawn_until)
    goal = goals.goals_for(actor, row.order.case_id).goal(part.goal_id) if part.goal_id else None
    of_goal = {goal.id, *goal.earlier_ids, *(sub.id for sub in goal.sub_goals)} if goal else set()
    rest = [source for source in sources.values() if source.id not in taken]
    match part.kind:
        case PartKind.GOAL:
            rest = [source for source in rest if source.goal_id in of_goal]
        case PartKind.THEME:
            rest = [source for source in rest if source.theme_id == part.theme_id and source.goal_id is None]
        case _:
            rest = [source for source in rest if source.theme_id is None and source.goal_id is None]
    views = _views(actor, row.order.case_id, [source.id for source in rest])
    name = row.order.case.citizen.first_name
    return tuple(
        LineView(
            composing.line_of(source, citizen_name=name, until=clock.day_of(row.drawn_until)),
            (views[source.id],),
        )
        for source in reversed(rest)
        if source.id in views
    )


def _proposals(row: StatusNote, plan: goals.GoalsView) -> tuple[GoalView, ...]:
    """A draft shows what the provider proposes now, a sent note what it proposed then."""
    if row.status == StatusNoteStatus.DRAFT:
        return tuple(goal for goal in plan.proposed if goal.proposed_by_side == Side.PROVIDER)
    return tuple(goal for goal in plan.all if str(goal.id) in row.proposals)


def _part(row: StatusPart, plan: goals.GoalsView, sources: Mapping[UUID, SourceView]) -> PartView:
    goal = plan.goal(row.goal_id) if row.goal_id else None
    traced = composing.traced(row.text, row.proposed_text, row.sources)
    return PartView(
        id=row.id,
        kind=row.kind,
        heading=(row.goal.title if row.goal else row.theme.display_da if row.theme else ""),
        goal=goal,
        theme_code=row.theme.code if row.theme else "",
        text=row.text,
        lines=tuple(
            LineView(text, tuple(sources[UUID(one)] for one in ids if UUID(one) in sources)) for text, ids in traced
        ),
        is_unchanged=row.is_unchanged,
        is_edited=not row.is_unchanged and row.text != row.proposed_text,
        drawn=row.drawn,
        typed=row.typed,
        version=row.version,
    )


def _sources(actor: Actor, case_id: UUID, parts: Sequence[StatusPart]) -> dict[UUID, SourceView]:
    return _views(actor, case_id, {UUID(one) for part in parts for ids in part.sources for one in ids})


def _views(actor: Actor, case_id: UUID, ids: Iterable[UUID]) -> dict[UUID, SourceView]:
    return {row[0]: SourceView(*row) for row in _segments(actor, case_id, frozenset(ids))}


@prepared
def _segments(actor: Actor, case_id: UUID, ids: frozenset[UUID]) -> QuerySet[notes.Segment, Any]:
    rows = notes.Segment.objects.visible_to(actor).filter(case_id=case_id, id__one_of=ids)
    return rows.values_list("id", "happened_at", "note__author_name")


@prepared
def _of_case(actor: Actor, case_id: UUID) -> QuerySet[Any]:
    return _short(StatusNote.objects.visible_to(actor).filter(order__case_id=case_id))


@prepared
def _sent(actor: Actor, case_ids: frozenset[UUID]) -> QuerySet[Any]:
    rows = StatusNote.objects.visible_to(actor).filter(order__case_id__one_of=case_ids)
    return _short(rows.filter(status=StatusNoteStatus.SENT))


@prepared
def _whole(actor: Actor, status_note_id: UUID) -> QuerySet[Any]:
    return _related(StatusNote.objects.visible_to(actor).filter(id=status_note_id))


@prepared
def _parts(status_note_id: UUID) -> QuerySet[StatusPart]:
    rows = StatusPart.objects.filter(status_note_id=status_note_id)
    return rows.select_related("goal", "theme").order_by("order")


def _short(rows: QuerySet[StatusNote]) -> QuerySet[Any]:
    """With what a line needs of it and of those around it."""
    own = (
        "status", "drawn_from", "drawn_until", "written_by_name", "sent_at", "recommendation",
        "recommendation_words", "decision", "decided_at", "citizen_says", "meeting_id",
    )  # fmt: skip
    around = ("order__case__citizen__first_name", "order__case__citizen__last_name", "order__provider__name")
    return _related(rows).only(*own, *around)


def _related(rows: QuerySet[StatusNote]) -> QuerySet[Any]:
    counted = rows.annotate(drawn=Sum("parts__drawn"), typed=Sum("parts__typed"))
    return counted.select_related("order__provider", "order__case__citizen").order_by("-drawn_until", "-id")


def _lines(rows: QuerySet[StatusNote]) -> tuple[StatusNoteLine, ...]:
    return tuple(_line(row) for row in _short(rows))


def _line(row: Any) -> StatusNoteLine:
    case = row.order.case
    typed = (row.typed or 0) + drawn.characters(row.recommendation_words)
    return StatusNoteLine(
        id=row.id,
        order_id=row.order_id,
        case_id=case.id,
        citizen_id=case.citizen_id,
        citizen_name=f"{case.citizen.first_name} {case.citizen.last_name}",
        provider_name=row.order.provider.name,
        status=row.status,
        status_words=str(StatusNoteStatus(row.status).label),
        turn=rules.STATUS_NOTE.turn_of(row.status),
        drawn_from=row.drawn_from,
        drawn_until=row.drawn_until,
        written_by_name=row.written_by_name,
        sent_at=row.sent_at,
        recommendation=row.recommendation,
        recommended=str(Recommendation(row.recommendation).label) if row.recommendation else "",
        decision=row.decision,
        decided=str(Recommendation(row.decision).label) if row.decision else "",
        decided_at=row.decided_at,
        meeting_id=row.meeting_id,
        share=drawn.share_drawn(row.drawn or 0, typed),
    )
