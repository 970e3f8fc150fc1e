"""What the provider's pages show, gathered once for each page."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.api import GoalView
from samspil.contexts.meetings import api as meetings
from samspil.contexts.orders import api as orders
from samspil.contexts.orders.api import Handover
from samspil.web.components.shapes import Voice
from samspil.web.notes.editor import EditorView, editor_for
from samspil.web.notes.stream import StreamPage, stream_page
from samspil.web.process.lanes import Lanes, lanes_for
from samspil.web.process.turns import turns_of
from samspil.web.provider.frame import ProviderFrame, provider_frame

_SHOWN_NOTES = 5
_NEWS = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Day:
    """Min dag: one's own citizens and their new plans. `has_more` when the provider helps others too."""

    new_orders: tuple[orders.OrderLine, ...]
    questions: tuple[orders.QuestionView, ...]
    due: tuple[orders.StatusDue, ...]
    mine: tuple[orders.ProviderCitizen, ...]
    has_more: bool
    new_plans: tuple[goals.NewPlan, ...]

    @property
    def is_quiet(self) -> bool:
        return not (self.new_orders or self.questions or self.due)


@dataclass(frozen=True, slots=True)
class GoalLine:
    goal: GoalView
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """A citizen as the provider meets him or her: on top of the page, and so not among `people`.

    `agreements` are promises that are still to be kept.
    """

    frame: ProviderFrame
    editor: EditorView
    stream: StreamPage
    lanes: Lanes
    words: str
    goals: tuple[GoalLine, ...]
    goals_url: str
    agreements: tuple[cases.TaskView, ...]
    meeting: meetings.MeetingLine | None
    people: tuple[cases.PersonOfCase, ...]
    questions: orders.Questions | None


def day(actor: Actor, *, now: dt.datetime) -> Day:
    citizens = orders.provider_citizens(actor, now=now, only_mine=True)
    return Day(
        new_orders=orders.inbox(actor),
        questions=orders.waiting_questions(actor),
        due=orders.status_notes_due(actor, now=now),
        mine=citizens.shown,
        has_more=citizens.total > len(citizens.shown),
        new_plans=tuple(
            one for one in goals.new_plans(actor, since=now - _NEWS) if one.case_id in citizens.own_case_ids
        ),
    )


def case_page(actor: Actor, case_id: UUID, *, now: dt.datetime) -> CasePage:
    """Raises Case.DoesNotExist for those who do not help in the case."""
    case = cases.case_facts(actor, case_id)
    actor = cases.reading_in(actor, case)
    frame = provider_frame(actor, case_id, tab="case", case=case)
    plan = goals.goals_for(actor, case_id, case=case)
    meeting = meetings.next_meeting(actor, case_id, now=now)
    turns = turns_of(actor, case, meeting, now=now, given=frame.all_orders)
    people = cases.people_of_case(actor, case_id, case=case)
    known = tuple(person for person in people if _may_be_known(person, frame))
    url = reverse("provider:case", args=[case_id])
    return CasePage(
        frame=frame,
        editor=editor_for(actor, case_id, next_url=url, citizen=frame.first_name, people=known),
        stream=stream_page(actor, case_id, limit=_SHOWN_NOTES),
        lanes=lanes_for(actor, case_id, now=now, turns=turns),
        words=plan.purpose.citizen_words if plan.purpose else "",
        goals=tuple(GoalLine(goal, voices(goal)) for goal in plan.running),
        goals_url=reverse("provider:goals", args=[case_id]),
        agreements=orders.agreements_of(actor, case_id, now=now),
        meeting=meeting,
        people=tuple(person for person in known if person.side != Side.CITIZEN),
        questions=orders.questions(actor, order_id=frame.order.id, answered=3) if frame.order else None,
    )


def voices(goal: GoalView) -> tuple[Voice, ...]:
    """The newest mark of each side, the provider's first."""
    return tuple(Voice(rating.by_name.split(maxsplit=1)[0], rating.value) for rating in goal.latest)


def _may_be_known(person: cases.PersonOfCase, frame: ProviderFrame) -> bool:
    """Relatives only when the authority has told about them."""
    return person.side != Side.RELATIVE or Handover.PEOPLE in frame.told
