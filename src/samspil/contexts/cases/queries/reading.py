"""Reading on in a case that was found: who may see it is decided once a page, not once for each kind of row on it."""

from collections.abc import Iterable
from dataclasses import replace

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases.queries.caseload import CaseRow
from samspil.contexts.cases.queries.facts import CaseFacts

_ONE_WAY = frozenset({Side.AUTHORITY, Side.PROVIDER, Side.CITIZEN})
"""Whoever sees the case sees all that the table of sight has for the side. What a relative sees of a case is another
question for each kind of row, and Samspil itself sees nothing."""


def reading_in(actor: Actor, found: CaseFacts | Iterable[CaseRow]) -> Actor:
    """The same person, to whom `visible_to` shows the rows of these cases and of no others.

    For one page, from facts or lines that were read for this actor at this request; `access.record` refuses such an
    actor, so each command asks anew. With nothing found, or for a relative, each kind of row asks for itself.
    """
    if actor.side not in _ONE_WAY:
        return actor
    if isinstance(found, CaseFacts):
        return replace(actor, found_in=found.id)
    return replace(actor, found_in=frozenset(row.case_id for row in found) or None)
