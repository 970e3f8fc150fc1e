"""Otto has no business here: over every address, read and write, he finds nothing and leaves nothing."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samspil.contexts.access.api import AccessLogEntry, Event
from samspil.contexts.cases.models import Referral, Task
from samspil.contexts.citizens.models import Relation
from samspil.contexts.feedback.models import MeetingFeedback
from samspil.contexts.goals.models import Goal, PlanVersion
from samspil.contexts.meetings.models import ChecklistItem
from samspil.contexts.notes.models import Note, Segment
from samspil.contexts.orders.models import Question, StatusPart
from samspil.kernel.ids import new_id
from samspil.web.authority.urls_cases import CaseMove, TaskMove
from tests.cast import NOW, Cast
from tests.scenarios import FullCase, full_case

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STRANGERS = ["otto", "otto_provider", "vita", "uffe"]
NOT_ABOUT_ONE_CASE = {"step", "slug", "token", "key", "move"}
NEEDS_MORE = {  # two plans to compare, or a status note that has been sent
    "authority:plan_compare",
    "authority:status_note",
    "authority:status_pdf",
    "exchange:status_fhir",
    "provider:plan_compare",
    "provider:status_pdf",
}
KEYS = {
    "case_id",
    "feedback_id",
    "goal_id",
    "item_id",
    "meeting_id",
    "note_id",
    "order_id",
    "part_id",
    "plan_id",
    "question_id",
    "referral_id",
    "relation_id",
    "segment_id",
    "task_id",
}


def patterns(
    resolver: URLResolver, names: tuple[str, ...] = (), route: str = ""
) -> Iterator[tuple[str, str, list[str]]]:
    """Full name, route and parameters of every address."""
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, (*names, *([entry.app_name] if entry.app_name else [])), here)
        elif isinstance(entry, URLPattern) and not entry.callback.access.is_public:
            yield ":".join((*names, str(entry.name))), here, list(entry.pattern.converters)


ABOUT_A_CASE = sorted(
    (name, route, parameters)
    for name, route, parameters in patterns(get_resolver())
    if set(parameters) - NOT_ABOUT_ONE_CASE
)
LISTS = sorted(name for name, _, parameters in patterns(get_resolver()) if not parameters)


@pytest.fixture
def everything(cast: Cast) -> tuple[FullCase, Callable[[str, list[str]], dict[str, Any]]]:
    made = full_case(cast, now=NOW)
    referral = Referral.objects.create(
        municipality=991,
        district=cast.north,
        source="self",
        area="elder_care",
        first_name="Birthe",
        last_name="Holm",
        about="Vil gerne have hjælp.",
        received_at=NOW,
    )
    ids: dict[str, UUID] = {
        "case_id": cast.case_id,
        "feedback_id": MeetingFeedback.objects.get().id,
        "goal_id": made.goal,
        "item_id": ChecklistItem.objects.filter(meeting_id=made.coming).latest("id").id,
        "meeting_id": made.coming,
        "note_id": Note.objects.latest("id").id,
        "order_id": made.order,
        "part_id": StatusPart.objects.latest("id").id,
        "plan_id": PlanVersion.objects.latest("id").id,
        "question_id": Question.objects.latest("id").id,
        "referral_id": referral.id,
        "relation_id": Relation.objects.latest("id").id,
        "segment_id": Segment.objects.latest("id").id,
        "task_id": Task.objects.latest("id").id,
    }
    words = {"step": "hopes", "slug": "three_columns", "token": "x", "key": f"note:{cast.case_id}", "move": "reach"}
    moves = {"<task_move:": TaskMove.regex, "<case_move:": CaseMove.regex}

    def arguments(route: str, parameters: list[str]) -> dict[str, Any]:
        found = {name: words[name] if name in words else ids[name] for name in parameters}
        for mark, regex in moves.items():
            if mark in route:
                found["move"] = regex.split("|")[0]
        if "billede" in route:
            found["meeting_id"] = made.held
        if "delmaal/<" in route:
            found["goal_id"] = Goal.objects.filter(level="sub_goal").latest("id").id
        if "statusnotat" in route and "note_id" in found:
            found["note_id"] = made.status_note
        return found

    return made, arguments


def same(one: Any, other: Any) -> bool:
    """Whether two answers tell the same: then a stranger cannot know which case exists."""
    if getattr(one, "redirect_chain", None):
        return bool(one.redirect_chain[-1] == other.redirect_chain[-1])
    return (one.status_code, one.content) == (other.status_code, other.content) and one.status_code != 302


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_finds_nothing_and_changes_nothing(client_for: Any, everything: Any, stranger: str) -> None:
    _, arguments = everything
    client: Client = client_for(stranger)
    before = Event.objects.count()
    wrong = []
    for name, route, parameters in ABOUT_A_CASE:
        url = reverse(name, kwargs=arguments(route, parameters))
        nowhere = reverse(name, kwargs=arguments(route, parameters) | dict.fromkeys(set(parameters) & KEYS, new_id()))
        for method in (partial(client.get, follow=True), client.post):
            answer = method(url)
            if answer.status_code not in {404, 405} and not same(answer, method(nowhere)):
                wrong.append(f"{method} {name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert Event.objects.count() == before
    assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_strangers_lists_are_without_her(client_for: Any, everything: Any, stranger: str) -> None:
    client: Client = client_for(stranger)
    for name in LISTS:
        page = client.get(reverse(name))
        assert page.status_code in {200, 302, 404, 405}, name
        if page.status_code == 200:
            assert "Karla" not in page.content.decode(), name


def test_the_table_is_not_empty_and_those_with_business_do_find_her(client_for: Any, everything: Any) -> None:
    """The control: the same addresses open for Mette or Jonas or Karla, so a 404 means something."""
    _, arguments = everything
    clients = [client_for(name) for name in ("mette", "jonas", "karla")]
    opened = 0
    for name, route, parameters in ABOUT_A_CASE:
        url = reverse(name, kwargs=arguments(route, parameters))
        statuses = {client.get(url).status_code for client in clients}
        opened += bool(statuses & {200, 302})
        assert name in NEEDS_MORE or statuses & {200, 302, 403, 405, 409}, (name, statuses)
    assert opened > 40
