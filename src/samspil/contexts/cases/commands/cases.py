"""The life of a case: started, moved on, handed over, touched by contact."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Role
from samspil.contexts.cases import policy, rules
from samspil.contexts.cases.commands.tasks import cancel_open_tasks
from samspil.contexts.cases.commands.writing import case_held, record
from samspil.contexts.cases.enums import Area, CaseRefusal, CaseStatus
from samspil.contexts.cases.events import CaseClosing
from samspil.contexts.cases.models import Case, CaseCounter
from samspil.contexts.citizens import api as citizens
from samspil.kernel import clock
from samspil.kernel.happenings import publish
from samspil.kernel.verdict import ALLOWED, ConcurrentChange, Refused, Verdict


@transaction.atomic
def start_case(
    *,
    actor: Actor,
    at: dt.datetime,
    citizen_id: UUID,
    area: str,
    coordinator_id: UUID | None,
    district_id: UUID | None,
    status: str = CaseStatus.CLARIFICATION,
    municipality: int | None = None,
) -> UUID:
    """Start a case without a referral. Raises DoesNotExist when citizen or district is another municipality's."""
    policy.may_open(actor).or_raise()
    home = policy.home_of(actor, municipality)
    citizen = citizens.Citizen.objects.get(id=citizen_id, municipality=home)
    if district_id is not None:
        access.District.objects.get(id=district_id, municipality=home)
    _works_here(coordinator_id, home, clock.day_of(at)).or_raise()
    case = Case.objects.create(
        municipality=home,
        number=_next_number(home, clock.day_of(at).year),
        citizen=citizen,
        district_id=district_id,
        area=Area(area),
        status=CaseStatus(status),
        status_since=at,
        coordinator_id=coordinator_id,
        opened_on=clock.day_of(at),
    )
    record(actor, at, "case.opened", municipality=home, case_id=case.id, subject_id=case.id, status=str(case.status))
    return case.id


@transaction.atomic
def move_case(*, actor: Actor, at: dt.datetime, case_id: UUID, move: str) -> None:
    """Take one step in the life of the case. Closing it calls off what has been promised and not done; those above
    refuse it while something waits for an answer (CaseClosing)."""
    case = case_held(actor, case_id)
    policy.may_move(actor, case.status, move).or_raise()
    status = rules.CASE.after(case.status, move)
    closed_on = clock.day_of(at) if status == CaseStatus.CLOSED else None
    if status == CaseStatus.CLOSED:
        publish(CaseClosing(case.id))
    Case.objects.filter(id=case.id).update(
        status=status, status_since=at, closed_on=closed_on, version=case.version + 1
    )
    if status == CaseStatus.CLOSED:
        cancel_open_tasks(actor, at, case)
    record(
        actor,
        at,
        "case.moved",
        municipality=case.municipality,
        case_id=case.id,
        subject_id=case.id,
        move=move,
        before=str(case.status),
        after=status,
    )


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    coordinator_id: UUID,
    district_id: UUID | None,
    follow_up_on: dt.date | None = None,
    version: int | None = None,
) -> None:
    """Give the case to a coordinating caseworker and a district, and say when to follow up.

    With `version` the case must be as it was when the form was shown; else ConcurrentChange.
    """
    case = case_held(actor, case_id)
    policy.may_edit(actor, case.status).or_raise()
    if district_id is not None:
        access.District.objects.get(id=district_id, municipality=case.municipality)
    _works_here(coordinator_id, case.municipality, clock.day_of(at)).or_raise()
    if follow_up_on is not None and follow_up_on < clock.day_of(at) and follow_up_on != case.follow_up_on:
        raise Refused(CaseRefusal.DAY_IS_PAST)
    if version is not None and version != case.version:
        yours = _in_words(coordinator_id, district_id, follow_up_on)
        raise ConcurrentChange(_in_words(case.coordinator_id, case.district_id, case.follow_up_on), yours)
    Case.objects.filter(id=case.id).update(
        coordinator_id=coordinator_id, district_id=district_id, follow_up_on=follow_up_on, version=case.version + 1
    )
    record(
        actor,
        at,
        "case.handed_over",
        municipality=case.municipality,
        case_id=case.id,
        subject_id=case.id,
        coordinator_id=str(coordinator_id),
        is_new_coordinator=coordinator_id != case.coordinator_id,
    )


def note_contact(*, actor: Actor, at: dt.datetime, case_id: UUID, on: dt.date) -> None:
    """Remember the latest day of contact; an earlier day changes nothing. The note's own event tells the rest."""
    day = min(on, clock.day_of(at))
    older = Q(last_contact_on__isnull=True) | Q(last_contact_on__lt=day)
    Case.objects.acted_on_by(actor).filter(older, id=case_id).update(last_contact_on=day)


def _works_here(user_id: UUID | None, municipality: int, on: dt.date) -> Verdict:
    if user_id is None:
        return ALLOWED
    roles = access.RoleAssignment.objects.filter(
        user_id=user_id,
        role__in=[Role.CASEWORKER, Role.TEAM_LEADER],
        organisation__municipality_code=municipality,
        runs__contains=on,
    )
    return ALLOWED if roles.exists() else Verdict(CaseRefusal.UNKNOWN_COORDINATOR)


def _in_words(coordinator_id: UUID | None, district_id: UUID | None, follow_up_on: dt.date | None) -> str:
    name = access.people([coordinator_id])[coordinator_id].name if coordinator_id else None
    district = access.District.objects.get(id=district_id).name if district_id else None
    return ", ".join(filter(None, [name, district, f"{follow_up_on:%d.%m.%Y}" if follow_up_on else None]))


def _next_number(municipality: int, year: int) -> str:
    """As in "26-0147": a counter per municipality and year, held until the transaction ends.

    The first one of a year goes on from the numbers that were imported or filled in beforehand.
    """
    prefix = f"{year % 100:02d}-"
    counters = CaseCounter.objects.filter(municipality=municipality, year=year)
    if not counters.exists():
        counter = CaseCounter(municipality=municipality, year=year, last=_highest(municipality, prefix))
        CaseCounter.objects.bulk_create([counter], ignore_conflicts=True)
    last: int = counters.select_for_update().values_list("last", flat=True).get()
    counters.update(last=last + 1)
    return f"{prefix}{last + 1:04d}"


def _highest(municipality: int, prefix: str) -> int:
    given = Case.objects.filter(municipality=municipality, number__startswith=prefix)
    numbers = [text.removeprefix(prefix) for text in given.values_list("number", flat=True)]
    return max((int(text) for text in numbers if text.isdecimal()), default=0)
