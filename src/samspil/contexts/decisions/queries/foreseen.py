"""What the calendar brings to help that runs: its last day, the end of an old act, a birthday."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.api import Transition
from samspil.contexts.deadlines.api import Deadline
from samspil.contexts.decisions.enums import GrantStatus
from samspil.contexts.decisions.models import Grant
from samspil.kernel.day_counting import last_day

HELP_ENDS, PENSION_AGE = "help_ends", "pension_age"
AHEAD = dt.timedelta(days=30)
"""So long before its day something is set going, so that it stands in the lists in good time."""
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A deadline to be set going. `subject_id` is the grant, or the case for what is about the citizen."""

    municipality: int
    case_id: UUID
    kind: str
    about: str
    subject_id: UUID
    from_on: dt.date


def foreseen(on: dt.date) -> tuple[Foreseen, ...]:
    """What comes within the month and was not set going yet, in all municipalities: for the watch."""
    return (*_ends(on), *_transitions(on), *_birthdays(on))


def _running(on: dt.date) -> QuerySet[Grant]:
    return Grant.objects.filter(status=GrantStatus.GIVEN, runs__contains=on).exclude(
        case__status=cases.CaseStatus.CLOSED
    )


def _not_set_going(kind: str, subject: str, **more: object) -> Q:
    there = Deadline.objects.filter(case_id=OuterRef("case_id"), kind=kind, subject_id=OuterRef(subject), **more)
    return Q(~Exists(there))


def _ends(on: dt.date) -> Iterator[Foreseen]:
    bases = [rule.key.partition("/")[2] for rule in catalogue.deadline_rules(at=on) if rule.key.startswith(HELP_ENDS)]
    rows = _running(on).filter(basis__in=bases, runs__endswith__lte=on + AHEAD + _DAY)
    rows = rows.filter(_not_set_going(HELP_ENDS, "id", from_on=OuterRef("runs__endswith") - _DAY))
    for grant in rows.order_by("id"):
        yield Foreseen(grant.municipality, grant.case_id, HELP_ENDS, grant.basis, grant.id, grant.runs.upper - _DAY)


def _transitions(on: dt.date) -> Iterator[Foreseen]:
    for change in catalogue.transitions(at=on):
        if change.warn_from <= on:
            yield from _old_grants(change, on)


def _old_grants(change: Transition, on: dt.date) -> Iterator[Foreseen]:
    beyond = Q(runs__endswith__isnull=True) | Q(runs__endswith__gt=change.last_on)
    rows = _running(on).filter(beyond, basis__in=change.from_bases, runs__startswith__lt=change.decided_before)
    rows = rows.filter(_not_set_going(change.deadline, "id"))
    for grant in rows.order_by("id"):
        yield Foreseen(grant.municipality, grant.case_id, change.deadline, "", grant.id, change.warn_from)


def _birthdays(on: dt.date) -> Iterator[Foreseen]:
    rule = next((one for one in catalogue.deadline_rules(at=on) if one.key == PENSION_AGE), None)
    if rule is None or rule.length is None:
        return  # a new version runs before its law is loaded, and the other deadlines must not wait for that
    back = replace(rule.length, count=-rule.length.count)
    born = Q(pk__isnull=True)
    for first, last in catalogue.born_to_retire(on, last_day(on + AHEAD, back, rule.whose), at=on):
        born |= Q(case__citizen__born_on__range=(first, last))
    rows = _running(on).filter(born).filter(_not_set_going(PENSION_AGE, "case_id"))
    people = rows.values_list("municipality", "case_id", "case__citizen__born_on")
    for municipality, case_id, born_on in people.order_by("case_id").distinct():
        day = catalogue.pension_age_on(born_on, at=on)
        if day and day > on and last_day(day, rule.length, rule.whose) <= on + AHEAD:
            yield Foreseen(municipality, case_id, PENSION_AGE, "", case_id, day)
