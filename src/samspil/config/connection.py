"""A connection that stands behind the wall of whoever acts, and that remembers more prepared statements than psycopg.

Where the server stands is asked of the connection itself: PostgreSQL reports each change of `application_name` without
being asked, also when a rollback takes one back. It is set together with the scope, so the two can never differ, and
`pg_stat_activity` shows an operator in which scope a connection works.
"""

from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from samspil.kernel import scope
from samspil.kernel.scope import Scope

STATEMENTS = 500
"""Samspil has some 200 that come again; psycopg forgets the oldest beyond 100, and preparing them anew costs more than
the queries themselves."""

_STAND = """
select set_config('samspil.municipality', %s, false), set_config('samspil.organisation', %s, false),
       set_config('samspil.person', %s, false), set_config('samspil.system', %s, false),
       set_config('plan_cache_mode', %s, false), set_config('application_name', %s, false)
"""
GENERAL, AS_IT_LIKES = "force_generic_plan", "auto"
"""Whoever acts asks the same few hundred questions again and again, and a plan made once for all values is kept. Left
to itself PostgreSQL plans those with a list in them anew each time, a fifth of what it costs to answer a page. Samspil
itself counts and looks through everything, and there a plan for the values at hand is worth its price."""


class Connection(psycopg.Connection[Any]):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepared_max = STATEMENTS

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        """A cursor in the present scope: at most one small statement more, and none when it stands there already."""
        self._stand(scope.current())
        return super().cursor(*args, **kwargs)

    def _stand(self, wanted: Scope) -> None:
        if wanted is scope.ANYWHERE or self._stands_in(wanted):
            return
        if self.pgconn.transaction_status == TransactionStatus.INERROR:
            return  # nothing but a rollback can be said now
        values = [wanted.municipality, wanted.organisation_id, wanted.user_id, "on" if wanted.is_system else None]
        texts = ["" if value is None else str(value) for value in values]
        plans = AS_IT_LIKES if wanted.is_system else GENERAL
        super().cursor().execute(_STAND, [*texts, plans, wanted.label.decode()], prepare=True)

    def _stands_in(self, wanted: Scope) -> bool:
        """Or, for what is a person's own, in a scope of that person's: most often the one of the request before."""
        stands = self.pgconn.parameter_status(b"application_name") or b""
        if stands == wanted.label:
            return True
        return wanted.is_person and stands.startswith(b"samspil ") and stands.split()[-1] == wanted.label.split()[-1]
