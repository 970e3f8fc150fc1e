"""What runs in a case, what is near or past in one's own cases, and how a day came about."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from samspil.contexts.access.api import Actor, Side, prepared
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.deadlines import policy, rules
from samspil.contexts.deadlines.enums import DeadlineStatus
from samspil.contexts.deadlines.models import Deadline, DeadlineChange
from samspil.kernel.verdict import Verdict

NEAR = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """`turn` is the side that must act now. `then` says to staff what that is, `citizen_text` says it to the citizen.

    `is_law` is False for what the municipality, or Samspil, has set itself. `rule_was_replaced`: the row of the law
    that it was counted by has been corrected since.
    """

    id: UUID
    case_id: UUID
    citizen_id: UUID
    citizen_name: str
    kind: str
    about: str
    subject_id: UUID | None
    name: str
    then: str
    citizen_text: str
    counts_from: str
    source: str
    is_law: bool
    from_on: dt.date
    due_on: dt.date
    status: str
    turn: str
    is_near: bool
    is_past: bool
    rule_was_replaced: bool
    may_tick: Verdict
    may_move: Verdict

    @property
    def status_words(self) -> str:
        return str(DeadlineStatus(self.status).label)


@dataclass(frozen=True, slots=True)
class ChangeView:
    at: dt.datetime
    by_name: str
    why: str
    old_due_on: dt.date
    new_due_on: dt.date
    rule_changed: bool


_FIELDS = (
    "id", "case_id", "case__citizen_id", "case__citizen__first_name", "case__citizen__last_name", "kind", "about",
    "subject_id", "from_on", "due_on", "status", "turn", "warned_at", "rule__content", "rule__source", "rule__read",
    "rule__replaced_at",
)  # fmt: skip


def deadlines_of(actor: Actor, case_id: UUID, *, also_ended: bool = False) -> tuple[DeadlineView, ...]:
    """Those of one case, the soonest first. Whoever has no business there gets none."""
    return _views(actor, _of_case(actor, case_id, also_ended))


def my_deadlines(actor: Actor) -> tuple[DeadlineView, ...]:
    """In the cases this person coordinates: what is near or past, and waits for the authority."""
    return _views(actor, _of_coordinator(actor, actor.on + NEAR))


def deadline(actor: Actor, deadline_id: UUID) -> DeadlineView:
    """Raises Deadline.DoesNotExist."""
    found = _views(actor, Deadline.objects.visible_to(actor).filter(id=deadline_id).values_list(*_FIELDS))
    if not found:
        raise Deadline.DoesNotExist
    return found[0]


def deadlines_about(actor: Actor, subject_ids: Iterable[UUID]) -> dict[tuple[UUID, str], DeadlineView]:
    """By what they hang on and their kind, the newest of each, ended ones too."""
    wanted = frozenset(subject_ids)
    rows = _acted_on(actor).filter(subject_id__in=wanted).order_by("opened_at", "id").values_list(*_FIELDS)
    return {(view.subject_id, view.kind): view for view in _views(actor, rows) if view.subject_id}


def is_time_over(actor: Actor, *, kind: str, subject_id: UUID) -> bool:
    """Whether the last day of the deadline about this has gone, told from the days and not from the worker's mark."""
    found = deadlines_about(actor, (subject_id,)).get((subject_id, kind))
    return found is not None and found.due_on < actor.on and found.status not in {"met", "cancelled"}


def waits_for(actor: Actor, *, case_id: UUID, kind: str) -> dt.date | None:
    """The first last day of what runs of a kind in a case, late or not; None when nothing does. One query."""
    rows = _acted_on(actor).filter(case_id=case_id, kind=kind, status__in=rules.RUNNING).order_by("due_on")
    found: dt.date | None = rows.values_list("due_on", flat=True).first()
    return found


def changes_in_case(actor: Actor, case_id: UUID) -> dict[UUID, tuple[ChangeView, ...]]:
    """What was moved in a case, by deadline, the oldest first."""
    found: dict[UUID, tuple[ChangeView, ...]] = {}
    for row in DeadlineChange.objects.visible_to(actor).filter(case_id=case_id).order_by("at", "id"):
        rule_changed = row.old_rule_id != row.new_rule_id
        view = ChangeView(row.at, row.by_name, row.why, row.old_due_on, row.new_due_on, rule_changed)
        found[row.deadline_id] = (*found.get(row.deadline_id, ()), view)
    return found


def counted_by_replaced_rules(actor: Actor) -> int:
    """How many running deadlines that this person sees were counted by a row that has been corrected since."""
    rows = Deadline.objects.visible_to(actor).filter(status__in=rules.RUNNING, rule__replaced_at__isnull=False)
    return int(rows.count())


def waiting_to_act(on: dt.date, *, limit: int) -> tuple[tuple[UUID, int, dt.date], ...]:
    """For the worker: (id, municipality, acts_on) of what is to be done by a day, the oldest first."""
    rows = Deadline.objects.filter(status=DeadlineStatus.OPEN, acts_on__lte=on).order_by("acts_on", "id")
    return tuple(rows.values_list("id", "municipality", "acts_on")[:limit])


def _acted_on(actor: Actor) -> QuerySet[Deadline]:
    if actor.side == Side.SYSTEM:
        rows: QuerySet[Deadline] = Deadline.objects.filter(case__in=cases.Case.objects.acted_on_by(actor))
        return rows
    return Deadline.objects.visible_to(actor)


@prepared
def _of_case(actor: Actor, case_id: UUID, also_ended: bool) -> QuerySet[Deadline, tuple[Any, ...]]:
    rows = Deadline.objects.visible_to(actor).filter(case_id=case_id)
    if not also_ended:
        rows = rows.filter(status__in=rules.RUNNING)
    return rows.order_by("due_on", "id").values_list(*_FIELDS)


@prepared
def _of_coordinator(actor: Actor, until: dt.date) -> QuerySet[Deadline, tuple[Any, ...]]:
    rows = Deadline.objects.visible_to(actor).filter(
        case__coordinator_id=actor.user_id, status__in=rules.RUNNING, due_on__lte=until
    )
    return rows.order_by("due_on", "id").values_list(*_FIELDS)[:50]


def _views(actor: Actor, rows: Iterable[tuple[Any, ...]]) -> tuple[DeadlineView, ...]:
    return tuple(_view(actor, dict(zip(_FIELDS, row, strict=True))) for row in rows)


def _view(actor: Actor, row: dict[str, Any]) -> DeadlineView:
    said = row["rule__content"]
    status, due_on = row["status"], row["due_on"]
    owner = row["turn"] if status == DeadlineStatus.OPEN else rules.DEADLINE.turn_of(status)
    return DeadlineView(
        id=row["id"],
        case_id=row["case_id"],
        citizen_id=row["case__citizen_id"],
        citizen_name=f"{row['case__citizen__first_name']} {row['case__citizen__last_name']}",
        kind=row["kind"],
        about=row["about"],
        subject_id=row["subject_id"],
        name=_told(said, "name"),
        then=_told(said, "then"),
        citizen_text=_told(said, "citizen_text"),
        counts_from=_told(said, "counts_from"),
        source=row["rule__source"],
        is_law=row["rule__read"] != catalogue.Read.LOCAL,
        from_on=row["from_on"],
        due_on=due_on,
        status=status,
        turn=owner,
        is_near=status == DeadlineStatus.OPEN and (row["warned_at"] is not None or due_on - NEAR <= actor.on),
        is_past=due_on < actor.on,
        rule_was_replaced=row["rule__replaced_at"] is not None,
        may_tick=policy.may_tick(
            actor, kind=row["kind"], status=status, turn=row["turn"], subject_id=row["subject_id"]
        ),
        may_move=policy.may_move(actor, status=status, may_be_extended=said.get("may_be_extended", False)),
    )


def _told(said: dict[str, Any], field: str) -> str:
    """A text of the rule in the reader's language."""
    text = said.get(field, "")
    return gettext(text) if text else ""
