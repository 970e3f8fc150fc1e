"""Otto has no business here: over every address, read and write, he finds nothing and leaves nothing."""

from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry, Event
from samspil.kernel.ids import new_id
from tests.addresses import patterns

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STRANGERS = ["otto", "otto_provider", "vita", "uffe"]
NOT_ABOUT_ONE_CASE = {"criterion", "step", "slug", "token", "key", "move", "day", "document"}
NEEDS_MORE = {  # two plans to compare, or a status note that has been sent
    "authority:emergency",
    "authority:plan_compare",
    "authority:status_note",
    "authority:status_pdf",
    "exchange:status_fhir",
    "provider:plan_compare",
    "provider:status_pdf",
}
KEYS = {
    "case_id",
    "dispatch_id",
    "emergency_id",
    "citizen_id",
    "deadline_id",
    "complaint_id",
    "decision_id",
    "dispute_id",
    "fact_id",
    "file_request_id",
    "mask_id",
    "given_id",
    "need_id",
    "planned_id",
    "point_id",
    "feedback_id",
    "goal_id",
    "grant_id",
    "item_id",
    "letter_id",
    "meeting_id",
    "note_id",
    "order_id",
    "part_id",
    "plan_id",
    "question_id",
    "referral_id",
    "relation_id",
    "review_id",
    "segment_id",
    "task_id",
    "user_id",
}


ABOUT_A_CASE = sorted(
    (name, route, parameters)
    for name, route, parameters, is_public in patterns()
    if not is_public and set(parameters) - NOT_ABOUT_ONE_CASE
)
LISTS = sorted(name for name, _, parameters, is_public in patterns() if not is_public and not parameters)


def same(one: Any, other: Any) -> bool:
    """Whether two answers tell the same: then a stranger cannot know which case exists."""
    if getattr(one, "redirect_chain", None):
        return bool(one.redirect_chain[-1] == other.redirect_chain[-1])
    return (one.status_code, one.content) == (other.status_code, other.content) and one.status_code != 302


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_finds_nothing_and_changes_nothing(client_for: Any, everything: Any, stranger: str) -> None:
    _, arguments = everything
    client: Client = client_for(stranger)
    before, looks = Event.objects.count(), AccessLogEntry.objects.count()
    wrong = []
    for name, route, parameters in ABOUT_A_CASE:
        if (stranger, name) == ("vita", "authority:emergency"):
            continue  # in the same municipality a case that somebody knows of can be opened in an emergency
        url = reverse(name, kwargs=arguments(route, parameters))
        nowhere = reverse(name, kwargs=arguments(route, parameters) | dict.fromkeys(set(parameters) & KEYS, new_id()))
        for method in (partial(client.get, follow=True), client.post):
            answer = method(url)
            if answer.status_code not in {404, 405} and not same(answer, method(nowhere)):
                wrong.append(f"{method} {name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert Event.objects.count() == before
    assert AccessLogEntry.objects.count() == looks


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
    clients = [client_for(name) for name in ("mette", "jonas", "karla", "lene")]
    opened = 0
    for name, route, parameters in ABOUT_A_CASE:
        url = reverse(name, kwargs=arguments(route, parameters))
        statuses = {client.get(url).status_code for client in clients}
        opened += bool(statuses & {200, 302})
        assert name in NEEDS_MORE or statuses & {200, 302, 403, 405, 409}, (name, statuses)
    assert opened > 40
