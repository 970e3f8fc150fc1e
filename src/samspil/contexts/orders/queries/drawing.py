"""What a status note is drawn from: the plan, the ratings and the segments since the last one."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.api import GoalsView, GoalView, RaterSide, RatingView
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import composing
from samspil.contexts.orders.models import Order
from samspil.kernel import clock


@dataclass(frozen=True, slots=True)
class Drawing:
    """`hidden` counts the segments that were left out because the citizen does not see them."""

    parts: tuple[composing.Part, ...]
    hidden: int


def written(actor: Actor, case_id: UUID, *, since: dt.datetime, until: dt.datetime) -> Mapping[UUID, composing.Source]:
    """Everything that a status note of that time can be drawn from, oldest first."""
    return _written(actor, case_id, catalogue.ffb_themes(clock.day_of(until)), since, until)[0]


def draw(actor: Actor, order: Order, *, goal_ids: Iterable[UUID], since: dt.datetime, until: dt.datetime) -> Drawing:
    """Compose the parts of a status note. The number of queries does not depend on how much was written."""
    plan = goals.goals_for(actor, order.case_id)
    themes = catalogue.ffb_themes(clock.day_of(until))
    sources, hidden = _written(actor, order.case_id, themes, since, until)
    asked = _asked(plan, set(goal_ids), sources.values(), order.provider.name, since, until)
    parts = composing.compose(
        tuple(sources.values()),
        asked,
        theme_order={theme.id: index for index, theme in enumerate(themes)},
        citizen_name=plan.citizen_first_name,
        until=clock.day_of(until),
    )
    return Drawing(parts, hidden)


def _written(
    actor: Actor, case_id: UUID, themes: Sequence[catalogue.Theme], since: dt.datetime, until: dt.datetime
) -> tuple[dict[UUID, composing.Source], int]:
    """The segments, and how many were left out because the citizen does not see them."""
    rows = notes.segments_since(actor, case_id, since, until, also_written_late=True)
    theme_of = {code.id: theme.id for theme in themes for code in theme.sub_themes} | {t.id: t.id for t in themes}
    found = {row.id: source_of(row, theme_of) for row in rows if not row.hidden_reason}
    return found, len(rows) - len(found)


def source_of(
    row: notes.WrittenSegment | notes.Segment, theme_of: Mapping[UUID, UUID] | None = None
) -> composing.Source:
    return composing.Source(
        id=row.id,
        kind=row.kind,
        text=row.text,
        on=clock.day_of(row.happened_at),
        goal_id=row.goal_id,
        theme_id=theme_of.get(row.theme_id) if theme_of and row.theme_id else None,
        value=row.value,
    )


def _asked(
    plan: GoalsView,
    ordered: set[UUID],
    sources: Iterable[composing.Source],
    provider: str,
    since: dt.datetime,
    until: dt.datetime,
) -> tuple[composing.Asked, ...]:
    """The goals of the order, also those that ended since the last status, and the others somebody wrote about."""
    written_about = {source.goal_id for source in sources if source.goal_id}
    found = []
    for goal in (*plan.running, *plan.over):
        ids = frozenset({goal.id, *goal.earlier_ids, *(sub.id for sub in goal.sub_goals)})
        over_on = goal.ended_on or goal.reached_on
        is_old = goal not in plan.running and (over_on is None or over_on < clock.day_of(since))
        if not is_old and (ids & ordered or ids & written_about):
            found.append(composing.Asked(goal.id, ids, _voices(goal, plan, provider, since, until)))
    return tuple(found)


def _voices(
    goal: GoalView, plan: GoalsView, provider: str, since: dt.datetime, until: dt.datetime
) -> tuple[composing.Voice, ...]:
    names = {
        RaterSide.CITIZEN: plan.citizen_first_name,
        RaterSide.PROVIDER: provider,
        RaterSide.AUTHORITY: "Kommunen",
    }
    said = ((who, [r for r in goal.history if r.side == side and r.at <= until]) for side, who in names.items())
    return tuple(_voice(who, ratings, since) for who, ratings in said if ratings and ratings[-1].at >= since)


def _voice(who: str, ratings: Sequence[RatingView], since: dt.datetime) -> composing.Voice:
    """Now, and where it stood at the last status; without an earlier one, at the first rating after it."""
    now = ratings[-1]
    earlier = [rating for rating in ratings if rating.at < since]
    before = earlier[-1] if earlier else (ratings[0] if len(ratings) > 1 else None)
    if before is None:
        return composing.Voice(who, now.value, clock.day_of(now.at))
    return composing.Voice(who, now.value, clock.day_of(now.at), before.value, clock.day_of(before.at))
