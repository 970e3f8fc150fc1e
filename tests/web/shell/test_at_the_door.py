"""What is refused before any page is made, and what stands on record about it."""

import logging
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from samspil.web.shell.middleware import ActorAndLooks, WriteInGet
from tests.addresses import addresses

pytestmark = pytest.mark.django_db


def change(request: Any) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("update access_user set name = name")
    return HttpResponse("ok")


def test_a_get_that_writes_is_stopped(cast: Any) -> None:
    def ask(method: str) -> HttpResponse:
        request = RequestFactory().generic(method, "/")
        request.session = {}  # type: ignore[assignment]
        return ActorAndLooks(change)(request)  # type: ignore[return-value]

    for method in ("GET", "HEAD"):
        with pytest.raises(WriteInGet):
            ask(method)
    assert ask("POST").status_code == 200  # the control: it is the method that counts


@pytest.mark.slow
@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "WHAT"])
def test_no_address_takes_another_method(client_for: Any, everything: Any, method: str) -> None:
    client = client_for("mette")
    answers = {address: client.generic(method, address).status_code for address in addresses(*everything)}
    assert set(answers.values()) == {405}
    assert len(answers) > 100


def test_a_log_in_gets_a_key_of_its_own(client: Client, cast: Any) -> None:
    client.get("/log-ind/")
    seen = set()
    for user in (cast.mette, cast.jonas, cast.mette, cast.mette):
        assert client.post("/log-ind/", {"person": str(user.id)}).status_code == 302
        seen.add(client.cookies["sessionid"].value)
    assert len(seen) == 4


def test_what_is_refused_stands_in_the_log_without_what_was_sent(
    client_for: Any, cast: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="samspil.refused")
    client_for("otto").get(reverse("authority:case", args=[cast.case_id]), {"q": "Karla Holm"})
    (line,) = (record.getMessage() for record in caplog.records)
    assert line.startswith("refused ")
    assert "authority:case" in line
    assert "Karla" not in line
    caplog.clear()
    client_for("mette").get(reverse("authority:case", args=[cast.case_id]))
    assert not caplog.records


def test_a_forged_form_stands_in_the_log(client_for: Any, caplog: pytest.LogCaptureFixture) -> None:
    client = client_for("mette")
    client.handler.enforce_csrf_checks = True
    assert client.post("/visning/", {"mode": "stor"}).status_code == 403
    assert "forged or old" in caplog.text
