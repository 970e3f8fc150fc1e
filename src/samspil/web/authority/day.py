"""Min dag: what is due, what is new, who is to be met, and who has waited too long. Twelve queries, however much."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.disputes import api as disputes
from samspil.contexts.meetings import api as meetings
from samspil.contexts.orders import api as orders
from samspil.kernel import clock
from samspil.kernel.text import first_name
from samspil.web.authority.caselist import CaseLine, lines_of
from samspil.web.authority.deadline_list import DeadlineLine, line
from samspil.web.authority.words import ago
from samspil.web.shell.addresses import address_of

AHEAD = dt.timedelta(days=14)
NEWS_DAYS = dt.timedelta(days=14)
SHOWN = 10
MOST_WAITING = 6


@dataclass(frozen=True, slots=True)
class News:
    """Something from a provider, in a sentence. `due_on` is set where an answer is promised by a day."""

    citizen_name: str
    case_id: UUID
    citizen_id: UUID
    words: str
    url: str
    at: dt.datetime
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A citizen who wants more contact than there has been."""

    case_id: UUID
    citizen_id: UUID
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    overdue: tuple[cases.TaskView, ...]
    today: tuple[cases.TaskView, ...]
    week: tuple[cases.TaskView, ...]
    later: int
    done: tuple[cases.TaskView, ...]
    deadlines: tuple[DeadlineLine, ...]
    disputes: tuple[disputes.DisputeLine, ...]
    news: tuple[News, ...]
    meetings_today: tuple[meetings.MeetingLine, ...]
    meetings_next: tuple[meetings.MeetingLine, ...]
    waiting: tuple[Waiting, ...]
    more_waiting: int
    referrals: tuple[cases.ReferralView, ...]
    lines: tuple[CaseLine, ...]
    case_count: int
    our_turn: int

    @property
    def seen(self) -> set[tuple[UUID, UUID]]:
        """(citizen, case) of everybody on the page, for the access log."""
        tasks = (*self.overdue, *self.today, *self.week, *self.done)
        found = {(task.citizen_id, task.case_id) for task in tasks}
        found |= {(one.view.citizen_id, one.view.case_id) for one in self.deadlines}
        found |= {(one.citizen_id, one.case_id) for one in self.disputes}
        found |= {(news.citizen_id, news.case_id) for news in self.news}
        found |= {(one.citizen_id, one.case_id) for one in self.waiting}
        found |= {(line.citizen_id, line.case_id) for line in (*self.meetings_today, *self.meetings_next)}
        return found | {(line.row.citizen_id, line.row.case_id) for line in self.lines}


def day_for(actor: Actor, *, now: dt.datetime) -> Day:
    begins = now.astimezone(clock.DENMARK).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = cases.my_cases(actor)
    all_tasks = cases.my_tasks(actor, done_since=begins)
    changes = tuple(task for task in all_tasks if task.source == cases.TaskSource.CHANGE and task.status == "open")
    tasks = [task for task in all_tasks if task not in changes]
    coming = meetings.meetings_between(actor, begins, begins + AHEAD, mine_only=True)
    tomorrow = begins + dt.timedelta(days=1)
    waiting = tuple(_waiting(actor, mine))
    lines = lines_of(actor, mine, now)
    return Day(
        overdue=_due(tasks, "overdue"),
        today=_due(tasks, "today"),
        week=_due(tasks, "week"),
        later=len(_due(tasks, "later") + _due(tasks, "undated")),
        done=tuple(task for task in tasks if task.status == "done"),
        deadlines=tuple(map(line, deadlines.my_deadlines(actor))),
        disputes=disputes.my_disputes(actor),
        news=tuple(_news(actor, {row.case_id for row in mine}, changes, now)),
        meetings_today=tuple(line for line in coming if line.starts_at < tomorrow and line.status != "closed"),
        meetings_next=tuple(line for line in coming if line.starts_at >= tomorrow)[:5],
        waiting=waiting[:MOST_WAITING],
        more_waiting=max(0, len(waiting) - MOST_WAITING),
        referrals=cases.referrals(actor, limit=5),
        lines=tuple(sorted(lines, key=lambda line: not line.is_ours)[:SHOWN]),
        case_count=len(mine),
        our_turn=sum(line.is_ours for line in lines),
    )


def _due(tasks: Iterable[cases.TaskView], when: str) -> tuple[cases.TaskView, ...]:
    return tuple(task for task in tasks if task.when == when and task.status == "open")


def _news(actor: Actor, mine: set[UUID], changes: Iterable[cases.TaskView], now: dt.datetime) -> Iterator[News]:
    """What waits for an answer first, by day; then what is only to be known, newest first."""
    for task in changes:
        url = address_of("authority:case", task.case_id)
        yield News(task.citizen_name, task.case_id, task.citizen_id, task.text, url, task.created_at, task.due_on)
    for question in orders.waiting_questions(actor, mine):
        said = _("%(who)s spørger: %(text)s") % {"who": first_name(question.asked_by_name), "text": question.text}
        yield _of(question, said, question.asked_at, address_of("authority:order", question.order_id))
    for note in orders.status_notes_to_decide(actor, mine):
        if note.sent_at is not None:
            said = _("%(who)s har sendt status.") % {"who": note.provider_name}
            yield _of(note, said, note.sent_at, address_of("authority:status_note", note.id))
    for order in orders.answers_since(actor, now - NEWS_DAYS, mine):
        if order.status in {"running", "declined"}:
            no = _("%(who)s har sagt nej til opgaven.")
            said = no if order.status == "declined" else _("%(who)s har sagt ja til opgaven.")
            url = address_of("authority:order", order.id)
            yield _of(order, said % {"who": order.provider_name}, order.status_since, url)


def _of(
    row: orders.QuestionView | orders.StatusNoteLine | orders.OrderLine, said: str, at: dt.datetime, url: str
) -> News:
    return News(row.citizen_name, row.case_id, row.citizen_id, said, url, at)


def _waiting(actor: Actor, mine: Iterable[cases.CaseRow]) -> Iterator[Waiting]:
    late = [row for row in mine if row.is_contact_late and row.contact_due_on is not None]
    for row in sorted(late, key=lambda row: row.contact_due_on or actor.on):
        last = ago(row.last_contact_on, actor.on) if row.last_contact_on else _("endnu ikke")
        said = _("Ønsker kontakt hver %(days)s. dag. Sidst: %(last)s.") % {"days": row.wished_days, "last": last}
        yield Waiting(row.case_id, row.citizen_id, row.name, said)
