"""Complaints and what became of them, by area, legal basis and template; and how letters read, by quarter.

One statement for each table, however many cases there are. Nobody's name is read.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncQuarter

from samspil.contexts.access.api import Actor
from samspil.contexts.decisions.api import BoardOutcome, Complaint, Decision, Reassessment
from samspil.contexts.insight import rules
from samspil.contexts.insight.enums import Group
from samspil.contexts.insight.rules import Share
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.api import Letter
from samspil.kernel.clock import DENMARK

QUARTERS = 8
_CHANGED = (BoardOutcome.CHANGED, BoardOutcome.ANNULLED)
_DECIDED = (BoardOutcome.UPHELD, BoardOutcome.REMITTED, *_CHANGED)
"""What the board has taken a stand on. A complaint that it dismisses says nothing of the decision."""
_OUTCOMES: dict[str, Q] = {
    "complained": Q(),
    "gave_in": Q(reassessment__in=[Reassessment.FULL, Reassessment.PARTIAL]),
    "board": Q(board_outcome__in=_DECIDED),
    "changed": Q(board_outcome__in=_CHANGED),
    "remitted": Q(board_outcome=BoardOutcome.REMITTED),
    "not_held": Q(board_outcome__in=[*_CHANGED, BoardOutcome.REMITTED]),
}
_COLUMNS = ("decided", *_OUTCOMES)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of one group; None where a number is not shown. `key` is empty for all groups together.

    `complaint_share` is of the decisions, `not_held_share` of those that the board has decided.
    """

    key: str
    decided: int | None
    complained: int | None
    gave_in: int | None
    board: int | None
    changed: int | None
    remitted: int | None
    complaint_share: Share | None
    not_held_share: Share | None


@dataclass(frozen=True, slots=True)
class Learned:
    """`total` is None for groups that a decision can belong to several of."""

    rows: tuple[Figures, ...]
    total: Figures | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """The letters sent in three months from `begins_on`. `lix` is their mean, None for few letters."""

    begins_on: dt.date
    sent: int | None
    lix: float | None
    stopped: int | None
    stopped_share: Share | None


@dataclass(frozen=True, slots=True)
class Stop:
    """A rule, by its code in klartjek, and how many of the letters it held back."""

    rule: str
    letters: int | None


@dataclass(frozen=True, slots=True)
class LettersRead:
    quarters: tuple[Quarter, ...]
    stops: tuple[Stop, ...]


def complaints_by(actor: Actor, group: Group, *, year: int) -> Learned:
    """Of the decisions that citizens were told of in the year: how many were complained about, and how that ended."""
    told = Q(told_on__gte=dt.date(year, 1, 1), told_on__lt=dt.date(year + 1, 1, 1))
    rows = _letters(actor, told) if group == Group.TEMPLATE else _decisions(actor, told, group)
    found = [row for row in rows if row["key"]]
    return _learned(found, with_total=group == Group.AREA)


def letters_read(actor: Actor) -> LettersRead:
    """The letters sent in this quarter and the seven before it."""
    begins = [_quarter_before(actor.on, number) for number in reversed(range(QUARTERS))]
    first = dt.datetime.combine(begins[0], dt.time.min, tzinfo=DENMARK)
    rows = (
        Letter.objects.visible_to(actor)
        .filter(status=letters.LetterStatus.SENT, sent_at__gte=first, lix__isnull=False)
        .values("stopped_by", quarter=TruncQuarter("sent_at", tzinfo=DENMARK))
        .annotate(number=Count("pk"), sum=Sum("lix"))
        .order_by()
    )
    found = list(rows)
    by_quarter = [[row for row in found if row["quarter"].date() == day] for day in begins]
    return LettersRead(_quarters(begins, by_quarter), _stops(found))


def _decisions(actor: Actor, told: Q, group: Group) -> Iterable[dict[str, Any]]:
    key = {Group.AREA: "case__area", Group.BASIS: "needs__need__basis"}[group]
    rows = Decision.objects.visible_to(actor).filter(told)
    return _counted(rows, key=key, decision="pk")


def _letters(actor: Actor, told: Q) -> Iterable[dict[str, Any]]:
    """By what was sent: a decision whose letter was replaced by one from another template counts for both."""
    is_told = Exists(Decision.objects.filter(told, pk=OuterRef("decision_id")))
    rows = Letter.objects.visible_to(actor).filter(is_told, status=letters.LetterStatus.SENT)
    return _counted(rows, key="template", decision="decision_id")


def _counted(rows: QuerySet[Any], *, key: str, decision: str) -> Iterable[dict[str, Any]]:
    """A decision counts once in a group, whatever number of complaints it led to."""
    about = Complaint.objects.filter(decision=OuterRef(decision))
    tally = {name: _tally(decision, Exists(about.filter(which))) for name, which in _OUTCOMES.items()}
    return rows.order_by().values(key=F(key)).annotate(decided=Count(decision, distinct=True), **tally)


def _tally(decision: str, which: Exists) -> Count:
    return Count(decision, distinct=True, filter=Q(which))


def _learned(found: Sequence[dict[str, Any]], *, with_total: bool) -> Learned:
    ranked = sorted(found, key=lambda row: (-row["decided"], row["key"]))
    columns = {name: [row[name] for row in ranked] for name in _COLUMNS}
    visible = {name: rules.shown(counts) for name, counts in columns.items()}
    rows = tuple(
        _figures(row["key"], {name: visible[name][number] for name in _COLUMNS}) for number, row in enumerate(ranked)
    )
    totals = {name: rules.total_shown(counts) for name, counts in columns.items()}
    return Learned(rows, _figures("", totals) if with_total and rows else None)


def _figures(key: str, counts: dict[str, int | None]) -> Figures:
    """A share is of numbers that are both shown, and so are those that it is the sum of, or it would tell the rest."""
    not_held = counts.pop("not_held")
    if counts["changed"] is None or counts["remitted"] is None:
        not_held = None
    return Figures(
        key=key,
        complaint_share=_share(counts["complained"], counts["decided"]),
        not_held_share=_share(not_held, counts["board"]),
        **counts,
    )


def _share(hits: int | None, of: int | None) -> Share | None:
    return rules.share(hits, of) if hits is not None and of else None


def _quarters(begins: Sequence[dt.date], by_quarter: Sequence[Sequence[dict[str, Any]]]) -> tuple[Quarter, ...]:
    made = []
    for day, rows in zip(begins, by_quarter, strict=True):
        number = sum(row["number"] for row in rows)
        sent = _alone(number)
        stopped = _alone(sum(row["number"] for row in rows if row["stopped_by"]))
        lix = round(sum(row["sum"] for row in rows) / number, 1) if sent else None
        made.append(Quarter(day, sent, lix, None if sent is None else stopped, _share(stopped, sent)))
    return tuple(made)


def _stops(found: Iterable[dict[str, Any]]) -> tuple[Stop, ...]:
    """What held most letters back, first."""
    counts: dict[str, int] = {}
    for row in found:
        for rule in row["stopped_by"]:
            counts[rule] = counts.get(rule, 0) + row["number"]
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Stop(rule, _alone(count)) for rule, count in ranked)


def _alone(count: int) -> int | None:
    """A count that stands in no column with a total."""
    return rules.shown([count])[0]


def _quarter_before(day: dt.date, number: int) -> dt.date:
    """The first day of the quarter that is `number` quarters before the one the day lies in."""
    quarter = day.year * 4 + (day.month - 1) // 3 - number
    return dt.date(quarter // 4, quarter % 4 * 3 + 1, 1)
