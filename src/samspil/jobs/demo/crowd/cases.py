"""What stands in a case beside its notes: agreement on contact, purpose, goals, tasks, meetings, orders."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from samspil.contexts.meetings import api as meetings
from samspil.jobs.demo.crowd.people import Townsperson
from samspil.jobs.demo.crowd.tables import NULL, Ids, Table
from samspil.jobs.demo.town import FJORDBY

_STATUSES = ("running",) * 14 + ("follow_up",) * 3 + ("clarification",) * 2 + ("closed",)
_FORMS, _TIMES, _MEDIA = ("walk", "home", "office", "phone"), ("morning", "afternoon", "any"), ("text_message", "call")
_TASKS = (-120, -40, -3, 0, 2, 9)
"""Days from today that tasks are due on; those well in the past are done."""
_HELD_EVERY, _PLANNED_EVERY = 2, 10
MONTHS = 18
_DAYS = MONTHS * 30


@dataclass(slots=True)
class Dates:
    """Days as text by how many days from today, and moments of those days."""

    today: dt.date

    def day(self, ahead: int) -> str:
        return (self.today + dt.timedelta(days=ahead)).isoformat()

    def at(self, ahead: int, clock: str) -> str:
        return f"{self.day(ahead)} {clock}+00"


class Cases:
    """Writes the rows of each case, in the order that the tables want."""

    def __init__(self, ids: Ids, today: dt.date) -> None:
        self._new, self._dates = ids.new, Dates(today)
        self._year = today.year % 100
        self._layouts = [layout.hex for layout in meetings.BoardLayout.objects.values_list("id", flat=True)]
        home = {"municipality": FJORDBY}
        self.cases = Table(
            "cases.Case", "id", "number", "citizen_id", "district_id", "area", "status", "status_since",
            "coordinator_id", "opened_on", "closed_on", "last_contact_on", "follow_up_on", **home,
        )  # fmt: skip
        self.contacts = Table(
            "citizens.ContactAgreement", "id", "citizen_id", "form", "time_of_day", "medium", "place", "every_days",
            "words", "agreed_on", "agreed_by_name", **home,
        )  # fmt: skip
        self.referrals = Table(
            "cases.Referral", "id", "case_id", "district_id", "status", "source", "area", "first_name", "last_name",
            "about", "received_at", "received_by_id", **home,
        )  # fmt: skip
        self.purposes = Table("goals.Purpose", "id", "case_id", "citizen_words", "wording", "said_on", "runs", **home)
        self.goals = Table(
            "goals.Goal", "id", "case_id", "order", "title", "citizen_words", "wording", "if_reached",
            "if_not_reached", "goal_type", "expected_level", "theme_id", "pictogram", "follow_up_on", "started_on",
            level="goal", status="active", proposed_by_side="authority", **home,
        )  # fmt: skip
        self.steps = Table(
            "goals.Goal", "id", "case_id", "parent_id", "order", "status", "title", "pictogram", "started_on",
            level="sub_goal", proposed_by_side="authority", **home,
        )  # fmt: skip
        self.tasks = Table(
            "cases.Task", "id", "case_id", "text", "owner_id", "owner_name", "owner_side", "due_on", "status",
            "done_at", "created_at", source="note", **home,
        )  # fmt: skip
        self.meetings = Table(
            "meetings.Meeting", "id", "case_id", "kind", "status", "status_since", "starts_at", "ends_at", "place",
            "layout_id", "called_by_id", "opened_at", "closed_at", purpose="Hvordan går det?", form="office", **home,
        )  # fmt: skip
        self.preparations = Table("meetings.Preparation", "id", "meeting_id", **home)
        self.attendees = Table("meetings.Attendee", "id", "meeting_id", "user_id", "name", "side", **home)
        self.orders = Table(
            "orders.Order", "id", "case_id", "provider_id", "unit_id", "what", "how_often", "status_since",
            "starts_on", "follow_up_on", "sent_at", "sent_by_name", "contact_id", "answered_at",
            status="running", **home,
        )  # fmt: skip
        self.order_goals = Table("orders.OrderGoal", "id", "order_id", "goal_id", **home)
        self.participations = Table(
            "cases.Participation", "id", "case_id", "organisation_id", "unit_id", "contact_id", "runs", **home
        )

    def tables(self) -> tuple[Table, ...]:
        """In the order in which they refer to each other."""
        return (
            self.cases, self.contacts, self.referrals, self.purposes, self.goals, self.steps, self.tasks,
            self.meetings, self.preparations, self.attendees, self.orders, self.order_goals, self.participations,
        )  # fmt: skip

    def write(self, people: Iterable[Townsperson]) -> None:
        for one in people:
            opened = -(_DAYS + 20 + one.number % 9)
            self._case(one, opened)
            self._goals(one, opened + 30)
            self._tasks(one)
            if one.number % _HELD_EVERY == 0:
                self._meeting(one, -20 - one.number % 200, "closed")
            if one.number % _PLANNED_EVERY == 0:
                self._meeting(one, 1 + one.number // 10 % 40, "called")
            if one.helper:
                self._order(one, opened + 35)

    def _case(self, one: Townsperson, opened: int) -> None:
        new, dates, staff, mould = self._new, self._dates, one.caseworker, one.mould
        status = _STATUSES[one.number // 3 % len(_STATUSES)]
        opened_on = dates.day(opened)
        number = f"{self._year}-{one.number + 100_000}"
        closed_on, follow_up_on = (dates.day(-5), NULL) if status == "closed" else (NULL, dates.day(one.number % 200))
        self.cases.add(
            f"{one.case}\t{number}\t{one.citizen}\t{staff.district}\t{mould.area}\t{status}\t{dates.at(-90, '09:00')}\t"
            f"{staff.user}\t{opened_on}\t{closed_on}\t{dates.day(-1 - one.number % 13)}\t{follow_up_on}"
        )
        wish = "\t".join(choices[one.number % len(choices)] for choices in (_FORMS, _TIMES, _MEDIA))
        self.contacts.add(f"{new()}\t{one.citizen}\t{wish}\t{mould.contact}\t{opened_on}\t{staff.name}")
        first, _, last = one.name.partition(" ")
        self.referrals.add(
            f"{new()}\t{one.case}\t{staff.district}\topened\tself\t{mould.area}\t{first}\t{last}\t{mould.referral}\t"
            f"{dates.at(opened - 7, '09:00')}\t{staff.user}"
        )
        self.purposes.add(f"{new()}\t{one.case}\t{mould.purpose}\t{opened_on}\t[{opened_on},)")

    def _goals(self, one: Townsperson, started: int) -> None:
        started_on = self._dates.day(started)
        follow_up_on = self._dates.day(10 + one.number % 190)
        for order, (goal, text) in enumerate(zip(one.goals, one.mould.goals, strict=True), 1):
            self.goals.add(f"{goal}\t{one.case}\t{order}\t{text}\t{follow_up_on}\t{started_on}")
            for number, step in enumerate(one.mould.steps[order - 1], 1):
                self.steps.add(f"{self._new()}\t{one.case}\t{goal}\t{number}\t{step}\t{started_on}")

    def _tasks(self, one: Townsperson) -> None:
        texts = one.mould.tasks
        for number, ahead in enumerate(_TASKS[one.number % 3 :: 2]):
            due = ahead + one.number % 7
            done_at = self._dates.at(due - 1, "13:00") if ahead < -30 else NULL
            self.tasks.add(
                f"{self._new()}\t{one.case}\t{texts[(one.number + number) % len(texts)]}\t{one.caseworker.user}\t"
                f"{one.caseworker.name}\tauthority\t{self._dates.day(due)}\t{'open' if done_at is NULL else 'done'}\t"
                f"{done_at}\t{self._dates.at(due - 14, '12:00')}"
            )

    def _meeting(self, one: Townsperson, ahead: int, status: str) -> None:
        meeting, dates, staff = self._new(), self._dates, one.caseworker
        hour = 8 + one.number % 7
        starts_at, ends_at = dates.at(ahead, f"{hour:02d}:00"), dates.at(ahead, f"{hour:02d}:50")
        held = (starts_at, ends_at) if status == "closed" else (NULL, NULL)
        self.meetings.add(
            f"{meeting}\t{one.case}\t{'status' if one.number % 3 else 'conversation'}\t{status}\t"
            f"{dates.at(min(ahead, 0) - 14, '10:00')}\t{starts_at}\t{ends_at}\tRådhuset\t"
            f"{self._layouts[one.number % len(self._layouts)]}\t{staff.user}\t{held[0]}\t{held[1]}"
        )
        self.preparations.add(f"{self._new()}\t{meeting}")
        self.attendees.add(f"{self._new()}\t{meeting}\t{NULL}\t{one.name}\tcitizen")
        self.attendees.add(f"{self._new()}\t{meeting}\t{staff.user}\t{staff.name}\tauthority")

    def _order(self, one: Townsperson, started: int) -> None:
        order, dates, helper, mould = self._new(), self._dates, one.helper, one.mould
        if helper is None:
            return
        follow_up_on = dates.day(15 + one.number // 50 % 180)
        sent_at, starts_on = dates.at(started, "10:00"), dates.day(started + 1)
        self.orders.add(
            f"{order}\t{one.case}\t{helper.organisation}\t{helper.unit}\t{mould.order}\t{mould.often}\t{sent_at}\t"
            f"{starts_on}\t{follow_up_on}\t{sent_at}\t{one.caseworker.name}\t{helper.user}\t{sent_at}"
        )
        for goal in one.goals:
            self.order_goals.add(f"{self._new()}\t{order}\t{goal}")
        self.participations.add(
            f"{self._new()}\t{one.case}\t{helper.organisation}\t{helper.unit}\t{helper.user}\t[{starts_on},)"
        )
