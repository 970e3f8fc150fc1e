"""What happens to everybody sooner or later, on every form: a double click, and a log-in that ran out."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Event
from samspil.contexts.cases.models import Task
from samspil.kernel.ids import new_id
from samspil.web.shell import once as once_only
from samspil.web.shell.parked import unpark
from tests.form_walk import STATES, Fields, Walk, typed, view_of
from tests.posted_forms import Form, forms_of, send
from tests.structure.test_writing import EXCEPTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PARTIES = pytest.mark.parametrize("person", ["mette", "lene", "jonas", "karla", "ida"])
OURS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("samspil.contexts.")
    for model in config.get_models()
    if model._meta.label not in {"access.AccessLogEntry", "access.Link", "access.Receipt"}
]
LEAST = {"ida": 2}
SAME_AGAIN = {"shell:display", "identity:login"}  # to choose the same twice is told twice, and changes nothing


def counted() -> dict[str, int]:
    """Rows of each table, in one statement."""
    each = (f"select '{model._meta.label}', count(*) from {model._meta.db_table}" for model in OURS)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(each))
        return dict(cursor.fetchall())


def effects(client: Client, form: Form) -> tuple[dict[str, int], dict[str, int]]:
    """How many rows there are after the first and after the fourth press of the same button. All lead to one page."""
    fields = typed(form)
    if "form_key" in fields:
        fields |= {"form_key": [str(new_id())]}
    cookies = dict(client.cookies)
    with transaction.atomic():
        STATES[form.state][1]()
        answers = [send(client, form.action, fields)]
        first = counted()
        answers += [send(client, form.action, fields) for _ in range(3)]
        second = counted()
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    if first != second or answers[0].status_code == 302:
        second["led elsewhere"] = len({answer.get("Location", "") for answer in answers}) - 1
        first["led elsewhere"] = 0
    return first, second


@PARTIES
def test_every_button_pressed_four_times_has_one_effect(
    walk: Walk, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, forms = walk(person)
    before, changing, problems = counted(), 0, []
    told: list[str] = []
    record = access.record
    monkeypatch.setattr(access, "record", lambda **said: (told.append(said["kind"]), record(**said))[1])
    for form in forms:
        told.clear()
        first, second = effects(client, form)
        changing += first != before
        grown = {name: (first[name], second[name]) for name in first if first[name] != second[name]}
        problems += [f"{view_of(form)}: {grown}"] if grown and view_of(form) not in SAME_AGAIN else []
        if told and first == before and view_of(form) not in EXCEPTIONS:
            problems.append(f"{view_of(form)}: {told} was done, and taken back since it led nowhere")
    assert not problems, "\n".join(problems)
    assert changing >= LEAST.get(person, 4)


def test_a_button_with_two_effects_is_found(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without its receipt, the same form writes two tasks."""
    client, forms = walk("karla")
    form = next(form for form in forms if view_of(form) == "citizen:change")
    assert effects(client, form)[0] == effects(client, form)[1]
    monkeypatch.setattr(once_only, "_key", lambda request: None)
    first, second = effects(client, form)
    assert second[Task._meta.label] == first[Task._meta.label] + 3


def parked_fields(form: Form, fields: Fields) -> tuple[str, dict[str, list[str]]]:
    answer = send(Client(), form.action, fields)
    assert answer.status_code == 401, view_of(form)
    (kept,) = [
        one.controls["parked"].value for one in forms_of("/", answer.content.decode()) if "parked" in one.controls
    ]
    return unpark(kept, user_id="")[:2]


@PARTIES
def test_a_log_in_that_ran_out_loses_nothing_on_any_form(walk: Walk, client_for: Any, person: str) -> None:
    _, forms = walk(person)
    met = 0
    for form in forms:
        if view_of(form) in {"identity:login", "meetings:feedback_by_link"}:
            continue
        fields = typed(form)
        to, kept = parked_fields(form, fields)
        assert to == form.action.removeprefix("http://testserver"), view_of(form)
        assert kept == {name: values for name, values in fields.items() if name != "csrfmiddlewaretoken"}
        met += 1
    assert met >= LEAST.get(person, 4)


def test_what_was_parked_is_sent_after_the_log_in(walk: Walk, client_for: Any) -> None:
    client, forms = walk("karla")
    form = next(form for form in forms if view_of(form) == "citizen:change")
    to, kept = parked_fields(form, typed(form))
    before = Event.objects.count()
    assert send(client, to, kept).status_code == 302
    assert Event.objects.count() == before + 1
