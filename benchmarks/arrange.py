"""`python -m benchmarks.arrange`: the measured case, told through the commands and alike in every database.

Eighteen months of one citizen's life: three goals, a note each week, two meetings held, one whose board is open, an
order with no status note yet. A second, shorter case is there to be written in, and a third like the first to draw
status notes from, so that the first one stays as it is. Prints as JSON what the visitor has to know.
"""

import datetime as dt
import json
import os
import sys
from dataclasses import asdict, dataclass
from uuid import UUID, uuid4

import django

NAME = "Solvej Målbar"
WRITTEN = "Sigurd Målbar"
DRAWN = "Sidsel Målbar"
WEEKS = 78
CARDS = 24
SAID = (
    ("citizen_words", "Jeg vil hellere gå selv, når det ikke regner."),
    ("observation", "Vi gik hele vejen langs havnen, og der var to pauser på bænken ved fyret."),
    ("assessment", "Det går lettere, når vi aftaler tidspunktet dagen før."),
    ("resource", "Hun kender alle hundene på vejen ved navn og bliver hilst på."),
    ("wish", "Hun vil gerne bage til naboen igen."),
    ("observation", "Regningerne lå åbnet på bordet, og de to vigtigste var betalt."),
)
GOALS = ("Gå ture alene", "Have styr på posten", "Se andre hver uge")


@dataclass(frozen=True, slots=True)
class Facts:
    """Who logs in, and what is looked at."""

    caseworker: str
    worker: str
    citizen: str
    case: str
    written_case: str
    order: str
    board: str
    citizens: int
    notes: int
    cases_of_caseworker: int


@dataclass(frozen=True, slots=True)
class Place:
    """The demo's own people and teams that the measured cases are given to."""

    caseworker: UUID
    worker: UUID
    unit: UUID
    organisation: UUID
    district: UUID


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspil.config.settings")
    django.setup()
    from django.db import connection

    from samspil.kernel import scope

    scope.stay(scope.SYSTEM)

    json.dump(asdict(facts()), sys.stdout)
    connection.close_pool()


def facts() -> Facts:
    """Build what is missing, and look up the rest."""
    from django.db import transaction

    from samspil.contexts.access.models import RoleAssignment
    from samspil.contexts.cases.models import Case
    from samspil.contexts.citizens.models import Citizen
    from samspil.contexts.meetings.models import Meeting
    from samspil.contexts.notes.models import Note
    from samspil.contexts.orders.models import Order
    from samspil.kernel import clock

    place = _place()
    if not Case.objects.filter(citizen__last_name="Målbar").exists():
        with transaction.atomic():
            _tell(place, NAME, serial=1, weeks=WEEKS, now=clock.now())
            _tell(place, WRITTEN, serial=2, weeks=26, now=clock.now())
            _tell(place, DRAWN, serial=3, weeks=WEEKS, now=clock.now())
    rows = Case.objects.filter(citizen__last_name="Målbar").select_related("citizen")
    told = {case.citizen.first_name: case for case in rows}
    first, second, third = (told[name.split()[0]] for name in (NAME, WRITTEN, DRAWN))
    return Facts(
        caseworker=str(place.caseworker),
        worker=str(place.worker),
        citizen=str(RoleAssignment.objects.get(citizen_id=first.citizen_id).user_id),
        case=str(first.id),
        written_case=str(second.id),
        order=str(Order.objects.get(case=third).id),
        board=str(Meeting.objects.get(case=first, status="open").id),
        citizens=Citizen.objects.count(),
        notes=Note.objects.count(),
        cases_of_caseworker=Case.objects.filter(coordinator_id=place.caseworker).exclude(status="closed").count(),
    )


def _place() -> Place:
    from samspil.contexts.access.models import District, RoleAssignment, User

    caseworker = User.objects.get(username="mette")
    own = RoleAssignment.objects.filter(user=caseworker, district__isnull=False).order_by("district__name").first()
    district_id = own.district_id if own else District.objects.order_by("name")[0].id
    staff = RoleAssignment.objects.filter(role="provider_worker", unit__isnull=False).exclude(user__username="otto")
    worker = staff.select_related("user").order_by("user__username")[0]
    return Place(caseworker.id, worker.user_id, worker.unit_id, worker.organisation_id, district_id)


def _actor(user_id: UUID, at: dt.datetime):
    from samspil.contexts.access import api as access

    actor = access.actor_for(user_id, on=at.date())
    if actor is None:
        raise LookupError(f"{user_id} has no role on {at:%Y-%m-%d}")
    return actor


def _tell(place: Place, name: str, *, serial: int, weeks: int, now: dt.datetime) -> None:
    from samspil.contexts.cases import api as cases
    from samspil.contexts.citizens import api as citizens
    from samspil.kernel import cpr

    began = now - dt.timedelta(weeks=weeks, days=7)
    caseworker = _actor(place.caseworker, began)
    first, last = name.split()
    citizen_id = citizens.add_citizen(
        actor=caseworker,
        at=began,
        first_name=first,
        last_name=last,
        cpr=cpr.fictitious(dt.date(1962, 4, 17), serial),
        district_id=place.district,
        phone="20 12 39 10",
    )
    citizens.add_relation(
        actor=caseworker, at=began, citizen_id=citizen_id, name="Vibe Målbar", kind=citizens.RelationKind.OTHER
    )
    case_id = cases.start_case(
        actor=caseworker,
        at=began,
        citizen_id=citizen_id,
        area="adult_disability",
        coordinator_id=place.caseworker,
        district_id=place.district,
    )
    user_id = _log_in(place, name, citizen_id, began)
    goals = _goals(caseworker, case_id, began)
    _order(place, case_id, goals, began)
    for week in range(weeks):
        _week(place, case_id, goals, week, began + dt.timedelta(days=6, weeks=week))
    _keep(place, case_id, before=now - dt.timedelta(weeks=8))
    for ago in (300, 120):
        _meeting(place, case_id, name, user_id, now - dt.timedelta(days=ago), is_over=True)
    _meeting(place, case_id, name, user_id, now, is_over=False)


def _log_in(place: Place, name: str, citizen_id: UUID, at: dt.datetime) -> UUID:
    from samspil.contexts.access.models import RoleAssignment, User

    user = User(username=name.lower().replace(" ", "."), name=name)
    user.set_unusable_password()
    user.save(force_insert=True)
    home = RoleAssignment.objects.filter(user_id=place.caseworker).order_by("id")[0].organisation_id
    RoleAssignment.objects.create(
        user=user, role="citizen", organisation_id=home, citizen_id=citizen_id, runs=(at.date(), None)
    )
    return user.id


def _goals(actor, case_id: UUID, at: dt.datetime) -> list[UUID]:
    from samspil.contexts.goals import api as goals

    words = "Jeg vil gerne kunne klare mig selv det meste af ugen."
    goals.set_purpose(actor=actor, at=at, case_id=case_id, citizen_words=words, wording="Selvstændig hverdag")
    return [
        goals.add_goal(
            actor=actor,
            at=at,
            case_id=case_id,
            title=title,
            citizen_words=words,
            wording=f"{title}: tre gange om ugen uden hjælp",
            if_reached="Vi aftaler, hvad der så er brug for.",
            if_not_reached="Vi prøver en anden vej.",
            follow_up_on=None,
        )
        for title in GOALS
    ]


def _order(place: Place, case_id: UUID, goals: list[UUID], at: dt.datetime) -> None:
    from samspil.contexts.orders import api as orders

    order = orders.send_order(
        actor=_actor(place.caseworker, at),
        at=at,
        case_id=case_id,
        unit_id=place.unit,
        what="Støtte i hverdagen",
        how_often="To gange om ugen",
        starts_on=at.date(),
        goal_ids=goals,
        follow_up_on=(at + dt.timedelta(days=700)).date(),
    )
    later = at + dt.timedelta(days=1)
    orders.accept_order(actor=_actor(place.worker, later), at=later, order_id=order, contact_id=place.worker)


def _week(place: Place, case_id: UUID, goals: list[UUID], week: int, at: dt.datetime) -> None:
    from samspil.contexts.catalogue import api as catalogue
    from samspil.contexts.notes import api as notes

    themes = catalogue.ffb_themes(at.date())
    goal = goals[week % len(goals)]
    pieces = [
        notes.NewSegment(kind, text, theme_id=themes[(week + n) % 8].id, goal_id=goal if n == 1 else None)
        for n, (kind, text) in enumerate(SAID[week % 3 : week % 3 + 3])
    ]
    if week % 4 == 3:
        pieces.append(notes.NewSegment("goal_status", "Det gik godt i denne uge.", goal_id=goal, value=3 + week % 5))
    if week % 13 == 12:
        pieces.append(notes.NewSegment("change", "Der er kommet nye naboer, og nætterne er blevet urolige."))
    notes.write_note(
        actor=_actor(place.worker, at), at=at, case_id=case_id, kind="visit", happened_at=at, pieces=pieces
    )
    if week % 6 == 5:
        due_on = (at + dt.timedelta(days=9)).date()
        said = [
            notes.NewSegment("observation", "Talte i telefon om ugen, der gik."),
            notes.NewSegment("agreement", "Mette ringer fredag", who="Mette", due_on=due_on),
        ]
        actor = _actor(place.caseworker, at)
        notes.write_note(actor=actor, at=at, case_id=case_id, kind="phone", happened_at=at, pieces=said)


def _keep(place: Place, case_id: UUID, *, before: dt.datetime) -> None:
    """What was promised long ago has been done."""
    from samspil.contexts.cases import api as cases

    for task in cases.tasks_of(_actor(place.caseworker, before), case_id, limit=300):
        if task.due_on is not None and task.due_on < before.date():
            done = dt.datetime.combine(task.due_on, dt.time(12), dt.UTC)
            cases.finish_task(actor=_actor(place.caseworker, done), at=done, task_id=task.id)


def _meeting(place: Place, case_id: UUID, name: str, user_id: UUID, at: dt.datetime, *, is_over: bool) -> None:
    from samspil.contexts.meetings import api as meetings
    from samspil.contexts.meetings.models import Meeting

    caseworker = _actor(place.caseworker, at)
    meeting_id = meetings.call_meeting(
        actor=caseworker,
        at=at,
        case_id=case_id,
        kind="conversation",
        starts_at=at + dt.timedelta(minutes=1),
        ends_at=at + dt.timedelta(hours=1),
        place="Biblioteket",
        form="walk",
        purpose="Jeg vil gerne høre, hvordan hverdagen går.",
        agenda=["Turene", "Posten"],
        layout_slug="three_columns",
        attendees=[
            meetings.Guest(name, "citizen", "", user_id),
            meetings.Guest(caseworker.name, "authority", "rådgiver", place.caseworker),
        ],
    )
    meetings.open_meeting(actor=caseworker, at=at, meeting_id=meeting_id)
    columns = Meeting.objects.select_related("layout").get(id=meeting_id).layout.columns
    cards = [
        meetings.Op(
            id=uuid4(),
            kind=meetings.OpKind.ADD,
            card=uuid4(),
            column=columns[n % 2 if is_over else n % len(columns)]["slug"],
            text=f"{SAID[n % len(SAID)][1]} ({n + 1})",
        )
        for n in range(4 if is_over else CARDS)
    ]
    meetings.apply_board_ops(actor=caseworker, at=at, meeting_id=meeting_id, ops=cards)
    if is_over:
        meetings.close_meeting(actor=caseworker, at=at + dt.timedelta(hours=1), meeting_id=meeting_id)


if __name__ == "__main__":
    main()
