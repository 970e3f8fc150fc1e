"""Each party's mark on a goal. Added, never changed; withdrawn together with the words it came from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import translation

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import policy, rules
from samspil.contexts.goals.commands.texts import cleaned
from samspil.contexts.goals.enums import RaterSide
from samspil.contexts.goals.models import Goal, Rating
from samspil.contexts.goals.queries.goals import case_for


@dataclass(frozen=True, slots=True)
class NewRating:
    """`side` is who speaks, the actor's own side when it is None; `name` the speaker when it is not the actor."""

    goal_id: UUID
    value: int
    words: str = ""
    side: str | None = None
    name: str = ""
    source_id: UUID | None = None


def rate_goal(
    *, actor: Actor, at: dt.datetime, goal_id: UUID, value: int, words: str = "", side: str | None = None
) -> None:
    """Rate one goal from 0 to 10. See `rate_goals`."""
    case_id = Goal.objects.values_list("case_id", flat=True).get(id=goal_id)
    rate_goals(actor=actor, at=at, case_id=case_id, ratings=[NewRating(goal_id, value, words, side)])


@transaction.atomic
def rate_goals(*, actor: Actor, at: dt.datetime, case_id: UUID, ratings: Sequence[NewRating]) -> None:
    """Rate goals of one case, in a fixed number of queries.

    Staff may write down what the citizen says; the authority what was said by all at a meeting. A goal that got a new
    wording meanwhile is rated as the wording that was asked about. Raises Goal.DoesNotExist for another case's goal.
    """
    if not ratings:
        return
    case = case_for(actor, case_id)
    known = dict(Goal.objects.filter(case=case).values_list("id", "status"))
    for rating in ratings:
        if rating.goal_id not in known:
            raise Goal.DoesNotExist
        (
            policy.may_rate(actor, voice=rating.side or actor.side)
            & policy.is_open(case)
            & rules.is_alive(known[rating.goal_id])
            & rules.on_scale(rating.value)
        ).or_raise()
    Rating.objects.bulk_create(_row(actor, at, case, rating) for rating in ratings)
    access.record(
        actor=actor,
        at=at,
        kind="goal.rated",
        case_id=case.id,
        subject="goal",
        subject_id=ratings[0].goal_id if len(ratings) == 1 else None,
        municipality=case.municipality,
        data={"goals": [str(rating.goal_id) for rating in ratings], "sides": [r.side or actor.side for r in ratings]},
    )


def _row(actor: Actor, at: dt.datetime, case: cases.Case, rating: NewRating) -> Rating:
    side = rating.side or actor.side
    speaks_for_oneself = side == actor.side
    if side == RaterSide.CITIZEN:
        name = f"{case.citizen.first_name} {case.citizen.last_name}"
    else:
        with translation.override("da"):  # what is kept is Danish, whatever the writer's screen says
            name = rating.name or (actor.name if speaks_for_oneself else str(RaterSide(side).label))
    return Rating(
        municipality=case.municipality,
        case=case,
        goal_id=rating.goal_id,
        side=side,
        rater_id=actor.user_id,
        rater_name=name,
        value=rating.value,
        words=cleaned(rating.words, limit=rules.LONGEST_RATING_WORDS),
        at=at,
        source_id=rating.source_id,
    )


@transaction.atomic
def withdraw_ratings_of(*, actor: Actor, at: dt.datetime, source_ids: Sequence[UUID]) -> None:
    """Take back the ratings that came from these segments, because they were corrected or undone."""
    rows = Rating.objects.filter(
        source_id__in=source_ids, withdrawn_at__isnull=True, case__in=cases.Case.objects.acted_on_by(actor)
    )
    rows.update(withdrawn_at=at)
