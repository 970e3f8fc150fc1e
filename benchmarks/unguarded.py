"""Samspil with parts of the access decision left out: `BENCHMARK_WITHOUT=actor,capability,sight,walls,look`.

Only to measure what they cost. The pages stay the same, letter for letter, for those who may see them: what a page is
about (this case, the provider's own orders, what a note has withdrawn) is no access decision and stays.
"""

import os
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.wsgi import get_wsgi_application
from django.db.models import Q

application = get_wsgi_application()

from samspil.config.connection import Connection  # noqa: E402
from samspil.contexts.access import api as access  # noqa: E402
from samspil.contexts.access.api import Actor, Side  # noqa: E402
from samspil.contexts.cases.models import CaseBoundQuerySet, CaseQuerySet  # noqa: E402
from samspil.contexts.meetings.models import MeetingBoundQuerySet  # noqa: E402
from samspil.contexts.notes.models import NoteQuerySet, SegmentQuerySet  # noqa: E402
from samspil.contexts.orders.models import OrderBoundQuerySet, OrderQuerySet, StatusNoteQuerySet  # noqa: E402
from samspil.web.shell import access as declarations  # noqa: E402


def without_actor() -> None:
    """Who acts, with roles, limits and conflicts, is read anew at each request; here, only at the first."""
    known: dict[UUID, Actor | None] = {}
    read = access.actor_for

    def remembered(user_id: UUID, **given: Any) -> Actor | None:
        if user_id not in known:
            known[user_id] = read(user_id, **given)
        return known[user_id]

    access.actor_for = remembered


def without_capability() -> None:
    """Any role may open any page."""
    declarations._is_open = lambda *_: True


def without_sight() -> None:
    """No `visible_to` in the SQL: which cases, and what of them. A caseload is still that of a district.

    What the citizen does not see on a page of the citizen's own stays away from it too.
    """
    seen = CaseQuerySet.visible_to
    own = OrderQuerySet.visible_to

    def cases(rows: Any, actor: Actor, scope: Any = None) -> Any:
        if actor.side == Side.AUTHORITY and actor.district_ids:
            return rows.filter(district_id__one_of=actor.district_ids, municipality=actor.municipality)
        return seen(rows, actor, scope) if actor.side == Side.CITIZEN else rows

    def segments(rows: Any, actor: Actor) -> Any:
        told = rows.filter(_for_provider(actor, "note__"), note__withdrawn_at__isnull=True)
        return told.filter(hidden_reason="") if actor.side == Side.CITIZEN else told

    CaseQuerySet.visible_to = cases
    CaseBoundQuerySet.visible_to = MeetingBoundQuerySet.visible_to = OrderBoundQuerySet.visible_to = _all
    OrderQuerySet.visible_to = lambda rows, actor: own(rows, actor) if actor.side == Side.PROVIDER else rows
    StatusNoteQuerySet.visible_to = lambda rows, actor: (
        rows if actor.side == Side.PROVIDER else rows.exclude(status="draft")
    )
    NoteQuerySet.visible_to = lambda rows, actor: rows.filter(_for_provider(actor), withdrawn_at__isnull=True)
    SegmentQuerySet.visible_to = segments


def _for_provider(actor: Actor, to_note: str = "") -> Q:
    """A provider's page tells the provider's own notes, and those written for it."""
    if actor.side != Side.PROVIDER:
        return Q()
    return Q(**{f"{to_note}organisation_id": actor.organisation_id}) | Q(**{f"{to_note}for_provider": True})


def _all(rows: Any, actor: Actor) -> Any:
    return rows


def without_walls() -> None:
    """The database is not told who asks; that it shows every row is the server's role's doing."""
    Connection._stand = lambda *_: None


def without_look() -> None:
    """No line in the access log, and so no link in its chain."""
    access.log_looks = lambda **_: None


LEFT_OUT: dict[str, Callable[[], None]] = {
    "actor": without_actor,
    "capability": without_capability,
    "sight": without_sight,
    "walls": without_walls,
    "look": without_look,
}
for part in filter(None, os.environ.get("BENCHMARK_WITHOUT", "").split(",")):
    LEFT_OUT[part]()
