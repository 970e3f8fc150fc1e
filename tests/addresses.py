"""Every address of the house, and what to put into it so that it is about Karla's case."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samspil.contexts.access import api as access
from samspil.contexts.access.api import EmergencyAccess, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.cases.models import Referral, Task
from samspil.contexts.catalogue.models import Provision
from samspil.contexts.citizens.models import AccessGrant, Relation
from samspil.contexts.deadlines.models import Deadline
from samspil.contexts.disputes.models import Dispute
from samspil.contexts.feedback.models import MeetingFeedback
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.models import Goal, PlanVersion
from samspil.contexts.letters.models import Dispatch
from samspil.contexts.meetings.models import ChecklistItem
from samspil.contexts.notes.models import Note, Segment
from samspil.contexts.orders.models import Question, StatusPart
from samspil.contexts.review import api as review
from samspil.web.authority.urls_cases import CaseMove, TaskMove
from tests.cast import NOW, Cast
from tests.decisions_world import about_a_draft, one_of_each
from tests.disclosure_states import answered_and_waiting
from tests.scenarios import FullCase, full_case

Arguments = Callable[[str, list[str]], dict[str, Any]]


def patterns(
    resolver: URLResolver | None = None, names: tuple[str, ...] = (), route: str = ""
) -> Iterator[tuple[str, str, list[str], bool]]:
    """Full name, route and parameters of every address, and whether it is open to all."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, (*names, *([entry.app_name] if entry.app_name else [])), here)
        elif isinstance(entry, URLPattern):
            name = ":".join((*names, str(entry.name)))
            yield name, here, list(entry.pattern.converters), entry.callback.access.is_public


def everything_about_karla(cast: Cast, *, now: dt.datetime = NOW) -> tuple[FullCase, Arguments]:
    """A full case, and a function from an address's route and parameters to arguments that are about it."""
    made = full_case(cast, now=now)
    jonas, mette = (cast.actor(name, on=now.date()) for name in ("jonas", "mette"))
    goals.propose_move(actor=jonas, at=now, goal_id=made.goal, move="pause", words="Karla vil holde fri i julen.")
    for who, side in ((cast.karla, Side.CITIZEN), (cast.jonas, Side.PROVIDER)):
        cases.add_task(
            actor=mette,
            at=now,
            case_id=cast.case_id,
            text="Tag bussen en gang",
            owner_name=who.name,
            owner_id=who.id,
            owner_side=side,
            due_on=now.date(),
        )
    referral = Referral.objects.create(
        municipality=991,
        district=cast.north,
        source="self",
        area="elder_care",
        first_name="Birthe",
        last_name="Holm",
        about="Vil gerne have hjælp.",
        received_at=now,
    )
    emergency = EmergencyAccess.objects.create(
        municipality=991,
        user=cast.vita,
        citizen_id=cast.citizen_id,
        case_id=cast.case_id,
        ground="life_and_health",
        words="Der er fare for borgerens liv eller helbred. Karla svarede ikke.",
        begun_at=now - dt.timedelta(days=1),
        until=now - dt.timedelta(days=1, minutes=-60),
        due_on=now.date() + dt.timedelta(days=6),
    )
    decided = one_of_each(cast)
    made = replace(made, undecided={"decision_id": decided["draft_id"], "need_id": decided["need_id"]})
    ids: dict[str, UUID] = {
        **decided,
        **answered_and_waiting(cast, now=now),
        "decision_id": decided["told_id"],
        "case_id": cast.case_id,
        "dispatch_id": Dispatch.objects.get(status="to_post").id,
        "deadline_id": Deadline.objects.latest("id").id,
        "dispute_id": Dispute.objects.latest("id").id,
        "emergency_id": emergency.id,
        "provision_id": Provision.objects.filter(replaced_at__isnull=True, municipality__isnull=True).latest("id").id,
        "feedback_id": MeetingFeedback.objects.get().id,
        "goal_id": made.goal,
        "letter_id": made.letter,
        "item_id": ChecklistItem.objects.filter(meeting_id=made.coming).latest("id").id,
        "meeting_id": made.coming,
        "note_id": Note.objects.latest("id").id,
        "order_id": made.order,
        "part_id": StatusPart.objects.latest("id").id,
        "plan_id": PlanVersion.objects.latest("id").id,
        "question_id": Question.objects.latest("id").id,
        "referral_id": referral.id,
        "grant_id": AccessGrant.objects.latest("id").id,
        "citizen_id": cast.citizen_id,
        "relation_id": Relation.objects.latest("id").id,
        "review_id": _review_of(cast, now),
        "segment_id": Segment.objects.latest("id").id,
        "task_id": Task.objects.latest("id").id,
        "user_id": cast.mette.id,
    }
    words = {
        "criterion": "group",
        "gap_key": "not_heard::",
        "step": "hopes",
        "provider_key": "medarbejder",
        "slug": "three_columns",
        "token": "x",
        "key": f"note:{cast.case_id}",
        "move": "reach",
        "municipality": "991",
        "document": "letter",
        "handed": "extract",
        "paper_key": f"tasks:{cast.case_id}",
        "day": _looked_at(now).date().isoformat(),
    }
    moves = {"<task_move:": TaskMove.regex, "<case_move:": CaseMove.regex}

    def arguments(route: str, parameters: list[str]) -> dict[str, Any]:
        found = {name: words[name] if name in words else ids[name] for name in parameters}
        for mark, regex in moves.items():
            if mark in route:
                found["move"] = regex.split("|")[0]
        found |= about_a_draft(route, found, decided)
        if "brev/<uuid:letter_id>/s" in route:
            found["letter_id"] = made.letter_draft
        if "<slug:handed>" in route:
            found["file_request_id"] = ids["file_request_answered_id"]
        if "billede" in route:
            found["meeting_id"] = made.held
        if "delmaal/<" in route:
            found["goal_id"] = Goal.objects.filter(level="sub_goal").latest("id").id
        if "statusnotat" in route and "note_id" in found:
            found["note_id"] = made.status_note
        return found

    return made, arguments


def _looked_at(now: dt.datetime) -> dt.datetime:
    return now - dt.timedelta(days=40)


def _review_of(cast: Cast, now: dt.datetime) -> UUID:
    """What Lene drew from the log about her, in a month that is over."""
    looks = [(cast.citizen_id, cast.case_id, "notes", "")]
    access.log_looks(actor=cast.actor("mette", on=now.date()), at=_looked_at(now), looks=looks)
    month = review.month_of(_looked_at(now).date())
    review.draw_month(actor=cast.actor("lene", on=now.date()), at=now, month=month)
    return review.ReviewItem.objects.get(citizen_id=cast.citizen_id).id


def addresses(made: FullCase, arguments: Arguments) -> Iterator[str]:
    """Every address there is; about each of the three meetings, and about drafts beside what was sent."""
    for name, route, parameters, _ in patterns():
        given = arguments(route, parameters)
        yield reverse(name, kwargs=given)
        for other in _others(made, route, given):
            yield reverse(name, kwargs=given | other)


def _others(made: FullCase, route: str, given: dict[str, Any]) -> list[dict[str, UUID]]:
    meetings = (made.coming, made.open_board, made.held) if "meeting_id" in given else ()
    others = [{"meeting_id": one} for one in meetings if one != given["meeting_id"]]
    drafts = {"letter_id": made.letter_draft} | made.undecided
    return others + [{name: one} for name, one in drafts.items() if route.endswith(f"<uuid:{name}>/")]
