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
from samspil.contexts.notes.models import SegmentQuerySet  # noqa: E402
from samspil.contexts.orders.models import OrderBoundQuerySet, OrderQuerySet  # noqa: E402
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
    """No question about the case in the SQL of `visible_to`. A caseload is still that of a district, and what the
    table of sight cuts off (withdrawn, hidden, somebody else's draft) still stays away."""
    seen, own = CaseQuerySet.visible_to, OrderQuerySet.seen_through

    def cases(rows: Any, actor: Actor, scope: Any = None) -> Any:
        if actor.side == Side.AUTHORITY and actor.district_ids:
            return rows.filter(district_id__one_of=actor.district_ids, municipality=actor.municipality)
        return seen(rows, actor, scope) if actor.side == Side.CITIZEN else rows

    def segments(rows: Any, actor: Actor, row: Any) -> Any:
        told = rows.filter(note__withdrawn_at__isnull=True)
        ours = Q(note__organisation_id=actor.organisation_id) | Q(note__for_provider=True)
        return told.filter(ours) if actor.side == Side.PROVIDER else told

    def orders(rows: Any, actor: Actor, row: Any) -> Any:
        return own(rows, actor, row) if actor.side == Side.PROVIDER else rows

    CaseQuerySet.visible_to = cases
    CaseBoundQuerySet.seen_through = OrderBoundQuerySet.seen_through = lambda rows, actor, row: rows
    SegmentQuerySet.seen_through = segments
    OrderQuerySet.seen_through = orders


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
