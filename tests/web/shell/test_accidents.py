"""What goes wrong on the way to a view: too much, too old, from elsewhere, and cookies that nobody made."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.posted_forms import forms_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def karla(client_for, cast: Cast) -> Client:
    """With the guard against forgery on, as in a browser."""
    client = client_for("karla")
    client.handler.enforce_csrf_checks = True
    return client


def change_form(client: Client):
    page = client.get(reverse("citizen:change"))
    return next(form for form in forms_of("/min/plan/aendr/", page.content.decode()) if "words" in form.controls)


def test_a_page_from_before_the_last_log_in_keeps_the_words(karla: Client) -> None:
    form = change_form(karla)
    fields = form.filled() | {"words": ["Jeg vil hellere cykle <b>selv</b>"], "csrfmiddlewaretoken": ["a" * 64]}
    own = send(karla, form.action, fields, origin="http://testserver")
    assert own.status_code == 403
    assert "Siden var for gammel" in own.content.decode()
    assert "Jeg vil hellere cykle &lt;b&gt;selv&lt;/b&gt;" in own.content.decode()
    foreign = send(karla, form.action, fields, origin="https://ondsindet.example")
    assert foreign.status_code == 403
    assert "cykle" not in foreign.content.decode()
    with_its_token = fields | {"csrfmiddlewaretoken": form.filled()["csrfmiddlewaretoken"]}
    assert send(karla, form.action, with_its_token, origin="http://testserver").status_code == 302


@pytest.mark.parametrize(
    ("words", "status"),
    [("ø" * 600_000, 422), ("a" * 5_000_000, 413)],
    ids=["a megabyte is too long for its field", "five megabytes are not read"],
)
def test_too_much_for_one_form_is_said_in_words(karla: Client, words: str, status: int) -> None:
    form = change_form(karla)
    answer = send(karla, form.action, form.filled() | {"words": [words]}, origin="http://testserver")
    assert answer.status_code == status
    assert "Teksten er for lang" in answer.content.decode()


def test_a_thousand_fields_are_not_understood_and_not_crashed_on(karla: Client) -> None:
    form = change_form(karla)
    answer = send(karla, form.action, form.filled() | {f"felt{number}": ["x"] for number in range(1_100)})
    assert answer.status_code == 400
    assert "Vi forstod ikke det, der blev sendt" in answer.content.decode()


@pytest.mark.parametrize("cookie", ['"' + r"\000" * 12 + '"', "x" * 4_000, "ørred", '"\\"'])
def test_a_session_that_nobody_has_is_a_visitor(db: None, cookie: str) -> None:
    for name in ("sessionid", "csrftoken", "messages", "samspil_language"):
        answer = Client(headers={"cookie": f"{name}={cookie}"}).get(reverse("citizen:home"))
        assert answer.status_code == 302, name
        assert answer.url.startswith(reverse("identity:login"))
