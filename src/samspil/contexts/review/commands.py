"""Draw a month, and say what was found."""

import datetime as dt
from uuid import UUID

from django.db import connection, transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.review import drawing, policy, queries
from samspil.contexts.review.enums import Outcome, ReviewRefusal
from samspil.contexts.review.models import Finding, ReviewItem
from samspil.kernel.verdict import Refused


@transaction.atomic
def draw_month(*, actor: Actor, at: dt.datetime, month: dt.date) -> int:
    """Draw the sample and what was unusual in a month that is over; how many items that were."""
    month, home = month.replace(day=1), actor.municipality
    if home is None:
        raise Refused(access.NotAllowed.NOT_YOUR_ROLE)
    with connection.cursor() as cursor:  # two leaders at once: the second finds it drawn
        cursor.execute("select pg_advisory_xact_lock(7306, %s)", [home])
    policy.may_draw(actor, month=month, is_drawn=queries.is_drawn(actor, month)).or_raise()
    limits = queries.thresholds(home, month)
    items = ReviewItem.objects.bulk_create(drawing.draw(home, month, limits), batch_size=500)
    data = {"month": month.isoformat(), "items": len(items), "thresholds": limits.valid_from.isoformat()}
    access.record(actor=actor, at=at, kind="review.drawn", subject="review", data=data)
    return len(items)


@transaction.atomic
def note_finding(
    *, actor: Actor, at: dt.datetime, item_id: UUID, outcome: str, words: str = "", seen: UUID | None = None
) -> UUID:
    """Say what was found about an item. `seen` is the finding one answers from; the new one supersedes it."""
    item = ReviewItem.objects.visible_to(actor).select_for_update(of=("self",), no_key=True).get(id=item_id)
    policy.may_note(actor, looked=item.user_id).or_raise()
    latest = item.findings.filter(superseded_by__isnull=True).first()
    if (latest.id if latest else None) != seen:
        raise Refused(ReviewRefusal.NOTED_MEANWHILE)
    words = words.strip()
    if Outcome(outcome) != Outcome.IN_ORDER and not words:
        raise Refused(ReviewRefusal.WORDS_MISSING)
    made = Finding.objects.create(
        municipality=item.municipality,
        item=item,
        supersedes=latest,
        outcome=outcome,
        words=words,
        at=at,
        by_id=actor.person_id,
        by_name=actor.name,
    )
    access.record(
        actor=actor,
        at=at,
        kind="review.noted",
        case_id=item.case_id,
        subject="finding",
        subject_id=made.id,
        data={"outcome": outcome, "item": str(item.id)},
    )
    return made.id
