"""A canary in place of the address: no page, paper, file or line of a log may sing, for anybody, in any language."""

import io
import json
from typing import Any

import pytest
from django.core import serializers
from django.test import Client
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry, Event, RoleAssignment, User
from samspil.contexts.cases.api import Case
from samspil.contexts.citizens.api import Citizen
from samspil.contexts.orders.models import Order
from tests.addresses import addresses, everything_about_karla
from tests.cast import Cast
from tests.pdf_text import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CANARY = "Kanariestien 77"
PEOPLE = ("karla", "ida", "mette", "vita", "lene", "jonas", "uffe", "otto")


def _protect(is_protected: bool) -> None:
    Citizen.objects.update(address=CANARY, is_address_protected=is_protected)


def _text(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Type", "") == "application/pdf":
        return text_of(body)
    return f"{response.headers} {body.decode('utf-8', 'replace')}"


def _sings(client: Client, made: Any, arguments: Any) -> tuple[int, list[str]]:
    """How many pages were opened, and which of them show it."""
    opened, wrong = 0, []
    for url in addresses(made, arguments):
        if "lyt" in url or "stream" in url or "live" in url:
            continue
        response: Any = client.get(url)
        opened += response.status_code == 200
        if CANARY in _text(response):
            wrong.append(url)
    return opened, wrong


@pytest.fixture(params=["before", "after"])
def world(request: pytest.FixtureRequest, cast: Cast) -> tuple[Any, Any]:
    """Protected before anything was written, or after an order had told it to a provider."""
    _protect(request.param == "before")
    RoleAssignment.objects.filter(user=cast.vita).update(district=cast.north)
    made = everything_about_karla(cast)
    told = json.dumps(list(Order.objects.values_list("handover", flat=True)))
    assert (CANARY in told) == (request.param == "after"), "the order itself carries it or does not"
    _protect(True)
    return made


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_address_is_nowhere_to_be_seen(
    world: Any, client_for: Any, caplog: pytest.LogCaptureFixture, language: str
) -> None:
    User.objects.update(language=language)
    wrong, opened = [], {}
    for name in PEOPLE:
        opened[name], found = _sings(client_for(name), *world)
        wrong += [f"{name}: {url}" for url in found]
    assert not wrong, "\n".join(wrong)
    assert min(opened[name] for name in ("karla", "mette", "lene", "jonas")) > 5, opened
    assert opened["mette"] > 30, opened
    log = io.StringIO()
    serializers.serialize("json", [*AccessLogEntry.objects.all(), *Event.objects.all()], stream=log)
    assert CANARY not in log.getvalue()
    assert CANARY not in caplog.text


def test_it_would_be_seen_if_it_were_no_secret(world: Any, client_for: Any) -> None:
    """The control: the same walk finds it where an address that is not protected stands."""
    _protect(False)
    assert _sings(client_for("mette"), *world)[1]
    assert _sings(client_for("jonas"), *world)[1]


@pytest.mark.parametrize("search", ["Kanariestien", "Kanariestien 77", "9998"])
def test_nobody_finds_the_citizen_by_it(world: Any, client_for: Any, search: str) -> None:
    number = Case.objects.get().number
    answer = client_for("mette").post(reverse("authority:search"), {"q": search}, follow=True)
    assert answer.status_code == 200
    assert f">{number}<" not in answer.content.decode()
    assert "Karla Holm" not in answer.content.decode()
