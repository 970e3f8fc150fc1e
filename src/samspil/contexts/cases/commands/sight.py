"""Who sees a case: its sensitivity and its list of names, conflicts of interest, and emergency access."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import translation

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Finding
from samspil.contexts.cases import policy, rules
from samspil.contexts.cases.commands.tasks import add_task
from samspil.contexts.cases.commands.writing import case_held, record, written
from samspil.contexts.cases.enums import CaseRefusal, TaskSource, TaskStatus
from samspil.contexts.cases.models import Case, Listing, Task
from samspil.contexts.cases.queries.emergencies import closed_case, emergency, grounds
from samspil.kernel import clock
from samspil.kernel.verdict import Refused

LONGEST_REASON = 115
"""With the ground before them they fit in a line of the access log."""


@transaction.atomic
def protect_case(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    sensitivity: int,
    is_restricted: bool,
    user_ids: Iterable[UUID] = (),
    unit_ids: Iterable[UUID] = (),
) -> None:
    """Say how sensitive a case is, and who of the authority's people are let in by name. Raises Refused.

    The one who restricts a case stays on its list; the coordinator needs no list.
    """
    case = case_held(actor, case_id)
    policy.may_protect(actor, case.id, case.coordinator_id).or_raise()
    level = access.Sensitivity(sensitivity)
    policy.may_reach(level, own=actor.clearance, coordinators=_clearance(actor, case.coordinator_id)).or_raise()
    people, teams = set(user_ids), set(unit_ids)
    if is_restricted and case.coordinator_id != actor.user_id:
        people.add(actor.person_id)
    _must_work_here(actor, people, teams)
    Listing.objects.filter(case=case).delete()
    rows = [Listing(municipality=case.municipality, case=case, user_id=one) for one in sorted(people)]
    rows += [Listing(municipality=case.municipality, case=case, unit_id=one) for one in sorted(teams)]
    Listing.objects.bulk_create(rows)
    Case.objects.filter(id=case.id).update(sensitivity=level, is_restricted=is_restricted, version=case.version + 1)
    record(
        actor,
        at,
        "case.protected",
        municipality=case.municipality,
        case_id=case.id,
        subject_id=case.id,
        before=[case.sensitivity, case.is_restricted],
        after=[level.value, is_restricted],
        people=sorted(map(str, people)),
        teams=sorted(map(str, teams)),
    )


def _clearance(actor: Actor, coordinator_id: UUID | None) -> int | None:
    if coordinator_id is None or actor.organisation_id is None:
        return None
    return access.clearance_of(coordinator_id, organisation_id=actor.organisation_id, on=actor.on)


def _must_work_here(actor: Actor, people: set[UUID], teams: set[UUID]) -> None:
    if actor.organisation_id is None:
        raise Refused(access.NotAllowed.NOT_YOUR_ROLE)
    here = {one.id for one in access.colleagues(organisation_id=actor.organisation_id, on=actor.on)}
    ours = {team_id for team_id, _name in access.teams_of(actor.organisation_id)}
    if not people <= here or not teams <= ours:
        raise Refused(CaseRefusal.UNKNOWN_COORDINATOR)


@transaction.atomic
def declare_conflict(*, actor: Actor, at: dt.datetime, case_id: UUID, words: str) -> None:
    """The actor knows the citizen privately: the case is gone for him or her, and the leader finds another."""
    case = case_held(actor, case_id)
    policy.may_declare_conflict(actor).or_raise()
    said = written(words, 300)
    policy.check_reason(said).or_raise()
    text = "Find en anden til sagen: en medarbejder kender borgeren privat."
    _ask_leader(actor, at, case, text, due_on=rules.review_due(clock.day_of(at)), source_id=None)
    access.declare_conflict(
        actor=actor, at=at, citizen_id=case.citizen_id, case_id=case.id, words=said, municipality=case.municipality
    )


@transaction.atomic
def open_in_emergency(*, actor: Actor, at: dt.datetime, case_id: UUID, ground: str, words: str) -> UUID:
    """Open one case that is closed to the actor, for an hour at most. The leader is told in the same moment.

    Whether the log-in is fresh is the page's to ask. Raises Refused, and Case.DoesNotExist when there is no such
    case in the municipality or it is open to the actor anyway.
    """
    closed = closed_case(actor, case_id=case_id)
    if closed is None:
        raise Case.DoesNotExist
    closed.may_open.or_raise()
    with translation.override("da"):  # the record is Danish whatever language its writer reads
        label = dict(grounds()).get(ground)
    if label is None:
        raise Refused(CaseRefusal.UNKNOWN_GROUND)
    said = written(words, LONGEST_REASON)
    policy.check_emergency_reason(said).or_raise()
    due_on = rules.review_due(clock.day_of(at))
    emergency_id = access.begin_emergency(
        actor=actor,
        at=at,
        citizen_id=closed.citizen_id,
        case_id=case_id,
        municipality=closed.municipality,
        ground=ground,
        words=f"{label}. {said}",
        until=at + rules.EMERGENCY_LENGTH,
        due_on=due_on,
    )
    case = Case.objects.get(id=case_id)
    _ask_leader(actor, at, case, "Se en nødadgang igennem.", due_on=due_on, source_id=emergency_id)
    return emergency_id


@transaction.atomic
def review_emergency(*, actor: Actor, at: dt.datetime, emergency_id: UUID, finding: str, words: str) -> None:
    """The leader writes whether it was needed. Raises Refused and EmergencyAccess.DoesNotExist."""
    found = emergency(actor, emergency_id)
    found.may_review.or_raise()
    kept = written(words, 600, required=CaseRefusal.NOTHING_WRITTEN)
    access.review_emergency(actor=actor, at=at, emergency_id=emergency_id, finding=Finding(finding), words=kept)
    Task.objects.filter(source=TaskSource.ACCESS, source_id=emergency_id, status=TaskStatus.OPEN).update(
        status=TaskStatus.DONE, done_at=at
    )


def _ask_leader(
    actor: Actor, at: dt.datetime, case: Case, text: str, *, due_on: dt.date, source_id: UUID | None
) -> None:
    leaders: Sequence[access.Person] = [
        one
        for one in access.leaders_of(case.municipality, district_id=case.district_id, on=clock.day_of(at))
        if one.id != actor.user_id
    ]
    add_task(
        actor=access.system_actor(clock.day_of(at), municipality=case.municipality),
        at=at,
        case_id=case.id,
        text=text,
        owner_name=leaders[0].name if leaders else "Lederen",
        owner_id=leaders[0].id if leaders else None,
        owner_side=access.Side.AUTHORITY,
        due_on=due_on,
        source=TaskSource.ACCESS,
        source_id=source_id,
        is_hidden=True,
    )
