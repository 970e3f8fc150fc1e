"""Reads a month of the access log and says what is drawn: the sample, and what was unusual. Writes nothing."""

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import ExtractHour, TruncDate

from samspil.contexts.access import api as access
from samspil.contexts.access.api import AccessLogEntry, Event
from samspil.contexts.citizens import api as citizens
from samspil.contexts.review import rules
from samspil.contexts.review.enums import Reason
from samspil.contexts.review.models import ReviewItem, Thresholds
from samspil.contexts.review.relations import Around, around
from samspil.kernel.clock import DENMARK

Group = dict[str, Any]
_PURPOSES = ArrayAgg("purpose", distinct=True, filter=Q(purpose__isnull=False), default=[])


def draw(municipality: int, month: dt.date, limits: Thresholds) -> list[ReviewItem]:
    """The items of a month that is over. The same log gives the same items."""
    known = around(municipality, month, limits)
    sample: list[tuple[bytes, Group]] = []
    unusual: list[tuple[Group, list[Reason]]] = []
    for group in _groups(municipality, month, limits):
        number = rules.lot(municipality, month, group["user_id"], group["citizen_id"], group["first_at"].isoformat())
        sample.append((number, group))
        if len(sample) > 10 * limits.sample_size:
            sample = _first(sample, limits.sample_size)
        if reasons := _reasons(group, known):
            unusual.append((group, reasons))
    drawn = {_key(group) for _, group in _first(sample, limits.sample_size)}
    because = {_key(group): reasons for group, reasons in unusual}
    groups = {
        _key(group): group for group in [g for _, g in _first(sample, limits.sample_size)] + [g for g, _ in unusual]
    }
    items = [_item(municipality, month, g, key in drawn, because.get(key, [])) for key, g in groups.items()]
    return items + _of_days(municipality, month, limits)


def _first(sample: list[tuple[bytes, Group]], size: int) -> list[tuple[bytes, Group]]:
    return heapq.nsmallest(size, sample, key=lambda one: one[0])


def _key(group: Group) -> tuple[Any, ...]:
    return group["user_id"], group["citizen_id"], group["day"]


def _staff_looks(municipality: int, begins: dt.date, ends: dt.date) -> QuerySet[Any, Any]:
    at = [dt.datetime.combine(day, dt.time.min, DENMARK) for day in (begins, ends)]
    ours = citizens.Citizen.objects.filter(municipality=municipality).values("id")
    return AccessLogEntry.objects.filter(
        at__gte=at[0], at__lt=at[1], role__in=access.STAFF, citizen_id__in=ours, user_id__isnull=False
    ).annotate(day=TruncDate("at", tzinfo=DENMARK))


def _groups(municipality: int, month: dt.date, limits: Thresholds) -> Iterator[Group]:
    night = Q(hour__gte=limits.night_begins) | Q(hour__lt=limits.night_ends)
    looks = _staff_looks(municipality, month, rules.month_after(month)).annotate(hour=ExtractHour("at", tzinfo=DENMARK))
    return (
        looks.values("user_id", "citizen_id", "day")
        .annotate(
            first_at=Min("at"),
            last_at=Max("at"),
            times=Count("id"),
            at_night=Count("id", filter=night),
            pages=ArrayAgg("what", distinct=True),
            purposes=_PURPOSES,
            cases=ArrayAgg("case_id", distinct=True, filter=Q(case_id__isnull=False), default=[]),
            name=Max("user_name"),
            title=Max("user_title"),
            organisation=Max("organisation_name"),
            said=Max("why"),
        )
        .order_by("first_at", "user_id", "citizen_id")
        .iterator(chunk_size=2000)
    )


def _reasons(group: Group, known: Around) -> list[Reason]:
    user, citizen = group["user_id"], group["citizen_id"]
    found = known.kinship(user, group["name"], citizen)
    has_opened = not set(group["pages"]) <= rules.LISTS
    if has_opened and not known.has_business(user, citizen):
        found.append(Reason.NO_RELATION)
    if group["at_night"]:
        found.append(Reason.NIGHT)
    return found


def _item(municipality: int, month: dt.date, group: Group, is_sample: bool, reasons: list[Reason]) -> ReviewItem:
    return ReviewItem(
        municipality=municipality,
        month=month,
        user_id=group["user_id"],
        user_name=group["name"],
        user_title=group["title"],
        organisation_name=group["organisation"],
        citizen_id=group["citizen_id"],
        case_id=next(iter(group["cases"]), None),
        seen_on=group["day"],
        first_at=group["first_at"],
        last_at=group["last_at"],
        times=group["times"],
        what=group["pages"],
        purposes=group["purposes"],
        why=group["said"],
        is_sample=is_sample,
        reasons=reasons,
        figures={},
    )


def _of_days(municipality: int, month: dt.date, limits: Thresholds) -> list[ReviewItem]:
    """What is unusual about a person's whole day: one item, with every reason."""
    items = {(one.user_id, one.seen_on): one for one in _too_many(municipality, month, limits)}
    for numbers in _many_numbers(municipality, month, limits):
        item = items.setdefault((numbers.user_id, numbers.seen_on), numbers)
        if item is not numbers:
            item.reasons, item.figures = item.reasons + numbers.reasons, item.figures | numbers.figures
    return list(items.values())


def _many_numbers(municipality: int, month: dt.date, limits: Thresholds) -> Iterator[ReviewItem]:
    """Days on which a person looked up many CPR numbers, found or not, or was stopped from looking up more."""
    at = [dt.datetime.combine(day, dt.time.min, DENMARK) for day in (month, rules.month_after(month))]
    stopped = Q(kind=access.STOPPED)
    days = (
        Event.objects.filter(
            municipality=municipality, kind__in=[access.LOOKED_UP, access.STOPPED], at__gte=at[0], at__lt=at[1]
        )
        .annotate(day=TruncDate("at", tzinfo=DENMARK))
        .values("user_id", "day")
        .annotate(
            first_at=Min("at"),
            last_at=Max("at"),
            times=Count("id", filter=~stopped),
            stopped=Count("id", filter=stopped),
            name=Max("user_name"),
        )
        .filter(Q(times__gte=limits.numbers_least) | Q(stopped__gt=0))
        .order_by("day", "user_id")
    )
    people = access.people([day["user_id"] for day in days if day["user_id"]])
    for day in days:
        title = people[day["user_id"]].title if day["user_id"] in people else ""
        nobody: Group = {"citizen_id": None, "cases": [], "said": "", "title": title, "organisation": ""}
        looked: Group = {"pages": ["search"], "purposes": []}
        item = _item(municipality, month, day | nobody | looked, False, [Reason.NUMBERS])
        item.figures = {"numbers": day["times"], "stopped": day["stopped"]}
        yield item


def _too_many(municipality: int, month: dt.date, limits: Thresholds) -> Iterator[ReviewItem]:
    """Days on which a person saw far more citizens than on that person's own days before."""
    ends = rules.month_after(month)
    looks = _staff_looks(municipality, month - dt.timedelta(days=limits.usual_days), ends)
    days = (
        looks.values("user_id", "day")
        .annotate(
            people=Count("citizen_id", distinct=True),
            first_at=Min("at"),
            last_at=Max("at"),
            times=Count("id"),
            pages=ArrayAgg("what", distinct=True),
            purposes=_PURPOSES,
            name=Max("user_name"),
            title=Max("user_title"),
            organisation=Max("organisation_name"),
        )
        .order_by("day", "user_id")
    )
    earlier: dict[UUID, list[int]] = defaultdict(list)
    for day in days.iterator(chunk_size=2000):
        usual, count = rules.usual(earlier[day["user_id"]]), day["people"]
        earlier[day["user_id"]].append(count)
        if day["day"] < month or not rules.is_far_beyond(
            count, usual, factor=limits.volume_factor, least=limits.volume_least
        ):
            continue
        item = _item(municipality, month, day | {"citizen_id": None, "cases": [], "said": ""}, False, [Reason.VOLUME])
        item.figures = {"count": count, "usual": usual}
        yield item
