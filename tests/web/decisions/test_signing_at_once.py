"""Two leaders press the same button in the same moment: one decision, one letter, one sending, and a sentence for the
other."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Event, Role, RoleAssignment
from samspil.contexts.decisions.commands import deciding
from samspil.contexts.decisions.models import Decision, Grant
from samspil.contexts.letters.models import Dispatch, Letter, LetterDocument
from tests.cast import Cast
from tests.decisions_world import World
from tests.posted_forms import forms_of, send

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SECONDS = 60
Pair = tuple[Client, Client]


@pytest.fixture
def leaders(cast: Cast, client_for: Callable[[str], Client]) -> Pair:
    RoleAssignment.objects.filter(user=cast.vita).update(role=Role.TEAM_LEADER, district=None)
    return client_for("lene"), client_for("vita")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[HttpResponse]]:
    """Both press; both requests have begun their transaction before either has read what it is about."""

    def press(pair: Pair, page: str, address: str, **typed: str) -> list[HttpResponse]:
        opened = [_form(client, page, address) | {name: [text] for name, text in typed.items()} for client in pair]
        together = threading.Barrier(2)
        claims = access.claim

        def claim_together(**given: Any) -> str | None:
            together.wait(SECONDS)
            return claims(**given)

        answers: list[HttpResponse] = []

        def work(client: Client, fields: dict[str, list[str]]) -> None:
            try:
                answers.append(send(client, address, fields))
            finally:
                connections.close_all()

        with monkeypatch.context() as patched:
            patched.setattr("samspil.web.shell.once.access.claim", claim_together)
            presses = [threading.Thread(target=work, args=one) for one in zip(pair, opened, strict=True)]
            for one in presses:
                one.start()
            for one in presses:
                one.join(SECONDS * 2)
        assert len(answers) == 2
        return sorted(answers, key=lambda one: one.status_code)

    return press


def _form(client: Client, page: str, address: str) -> dict[str, list[str]]:
    html = client.get(page).content.decode()
    form = next(form for form in forms_of(page, html) if form.action == address)
    return {name: value for name, value in form.filled().items() if name != "copies"}


def _ready(world: World) -> UUID:
    """A yes with help in it: there is something to double."""
    need = world.examined()
    draft = world.draft(need)
    world.answer(draft, need, "granted")
    world.plan(draft, need)
    return draft


def _signed(leaders: Pair, at_once: Any, draft: UUID) -> list[HttpResponse]:
    page = reverse("decisions:decision", args=[draft])
    return at_once(leaders, page, reverse("decisions:decide", args=[draft]))


def test_they_make_one_decision_and_send_one_letter(world: World, leaders: Pair, at_once: Any) -> None:
    draft = _ready(world)
    first, other = _signed(leaders, at_once, draft)
    assert (first.status_code, other.status_code) == (302, 422)
    assert "Afgørelsen er truffet, måske lige nu af en kollega." in other.content.decode()
    assert Decision.objects.get().status == "decided"
    assert Grant.objects.filter(status="given").count() == 1
    assert Event.objects.filter(kind="decision.made").count() == 1

    page = reverse("authority:letters", args=[world.case_id])
    drawn = at_once(leaders, page, reverse("authority:letter_new", args=[world.case_id]), decision=str(draft))
    letter = Letter.objects.get()
    there = reverse("authority:letter", args=[letter.id])
    assert [one["Location"] for one in drawn] == [there, there], "both are led to the one draft"

    page = reverse("authority:letter_send", args=[letter.id])
    sent = at_once(leaders, page, page, channel="digital_post")
    assert [one["Location"] for one in sent] == [there, there]
    pages = [client.get(there).content.decode() for client in leaders]
    assert sum("Brevet er sendt. Borgeren kan læse det nu." in one for one in pages) == 1
    assert sum("Brevet er allerede sendt, og kun én gang." in one for one in pages) == 1
    assert Letter.objects.get().status == "sent"
    assert Dispatch.objects.count() == 1
    assert LetterDocument.objects.count() == 4
    assert Event.objects.filter(kind="letter.sent").count() == 1


def test_without_holding_the_draft_it_is_decided_twice(
    world: World, leaders: Pair, at_once: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the draft is read without being held, and both find it undecided."""
    read = threading.Barrier(2)

    def unheld(actor: Any, decision_id: UUID) -> Decision:
        found = Decision.objects.visible_to(actor).get(id=decision_id)
        read.wait(SECONDS)
        return found

    draft = _ready(world)
    monkeypatch.setattr(deciding, "changeable", unheld)
    answers = _signed(leaders, at_once, draft)
    assert [one.status_code for one in answers] == [302, 302]
    assert Event.objects.filter(kind="decision.made").count() == 2
