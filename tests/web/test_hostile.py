"""Every form meets what nobody should send: no 5xx, the error at its field, and what was typed is still there."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samspil.contexts.cases.models import Case, Referral, Task
from samspil.contexts.goals.models import Goal, Purpose
from samspil.contexts.meetings.models import Meeting
from samspil.contexts.orders.models import Order, StatusNote, StatusPart
from samspil.kernel.ids import new_id
from samspil.web.citizen import views as citizen_views
from tests.addresses import Arguments, patterns
from tests.cast import TODAY, Cast
from tests.form_walk import NOT_HERE, Fields, Walk, attempt, typed, view_of
from tests.hostile_corpus import MEGABYTE, WRONG_IN_CHOICE, WRONG_IN_TEXT
from tests.posted_forms import Form, forms_of
from tests.scenarios import FullCase

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PEOPLE = pytest.mark.parametrize("person", ["mette", "lene", "jonas", "karla", "ida"])
PARTIES = pytest.mark.parametrize("person", ["mette", "jonas", "karla"])
MEANWHILE: dict[str, Callable[[], object]] = {
    "the case was closed": lambda: Case.objects.update(status="closed", closed_on=TODAY),
    "the goals were ended": lambda: Goal.objects.update(status="ended"),
    "the meetings were closed": lambda: Meeting.objects.update(status="closed"),
    "the order ended": lambda: Order.objects.update(status="ended", ends_on=TODAY),
    "the order was sent anew": lambda: Order.objects.update(status="sent"),
    "the status note was sent": lambda: StatusNote.objects.update(status="sent"),
    "the referral was answered": lambda: Referral.objects.update(status="advised"),
    "the tasks were done": lambda: Task.objects.update(status="done"),
    "others changed everything": lambda: [
        model.objects.update(version=99) for model in (Case, Goal, Purpose, StatusNote, StatusPart)
    ],
}
BY_SCRIPT = {  # sent by scripts, not by forms
    "board:ops": {},
    "shell:draft": {"text": "Det skrev jeg"},
    "notes:mark": {"text": "Det skrev jeg", "kind": "observation", "cursor": "3"},
    "notes:read": {"text": "Det skrev jeg", "citizen": "Karla", "aaben": "0", "kind-0": "agreement"},
}
IN_A_TAB_OF_ITS_OWN = {"wording:check"}  # the page with what was typed stays open beside the answer
WITHOUT_A_FORM = {"meetings:feedback_over_time"}  # takes whatever method
BUTTONS = {  # nothing to write in, and shown in a state of which there is no copy here
    "authority:access_undo",
    "authority:end_emergency",
    "board:undo",
    "citizen:access_undo",
    "leadership:draw",
    "meetings:feedback_link",
    "shell:drop_draft",
    "shell:restore_draft",
}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def lost(form: Form, fields: Fields, answer: HttpResponse) -> list[str]:
    """The text fields whose words are gone from an answer that asks to try again."""
    if answer.status_code == 302 or view_of(form) in IN_A_TAB_OF_ITS_OWN:
        return []
    page = squeezed(unescape(answer.content.decode()))
    return [name for name in form.texts if squeezed(fields[name][0]).strip() not in page]


@PEOPLE
def test_nothing_breaks_whatever_is_sent(walk: Walk, person: str) -> None:
    client, forms = walk(person)
    problems = []
    for form in forms:
        others = [name for name in form.controls if name not in form.texts]
        for names, values in ((form.texts, WRONG_IN_TEXT), (others, WRONG_IN_CHOICE)):
            for kind, value in values.items() if names else ():
                _, broken = attempt(client, form, typed(form) | {name: [value] for name in names})
                problems += [f"{broken} ({kind})"] if broken else []
        for kind, fields in {
            "missing": {},
            "doubled": {name: [*values, "to"] for name, values in typed(form).items()},
            "foreign": typed(form) | {f"felt{number}": ["x"] for number in range(900)},
        }.items():
            _, broken = attempt(client, form, fields)
            problems += [f"{broken} ({kind})"] if broken else []
    assert not problems, "\n".join(problems)
    assert len(forms) >= 4


@PEOPLE
def test_a_megabyte_is_refused_at_its_field_and_stays(walk: Walk, person: str) -> None:
    client, forms = walk(person)
    problems = []
    for form in forms:
        for name in form.texts:
            fields = typed(form) | {name: [MEGABYTE]}
            answer, broken = attempt(client, form, fields)
            where = f"{view_of(form)}.{name}"
            if answer is None or broken:
                problems.append(broken)
                continue
            problems += [f"{where}: {gone} is gone" for gone in lost(form, fields, answer)]
            if answer.status_code >= 300 and answer.status_code < 400:
                problems += [] if view_of(form) in CUT_SHORT else [f"{where}: taken"]
            elif not is_marked(answer, form, name) and view_of(form) not in IN_A_TAB_OF_ITS_OWN:
                problems.append(f"{where}: no error at the field")
    assert not problems, "\n".join(problems)


@PEOPLE
def test_a_long_line_is_kept_or_refused_and_breaks_nothing(walk: Walk, person: str) -> None:
    """A page that takes more than the database holds fails at neither a megabyte nor an ordinary line."""
    client, forms = walk(person)
    problems = []
    for form in forms:
        for name in form.texts:
            for length in (41, 121, 200, 201):
                _, broken = attempt(client, form, typed(form) | {name: ["n" * length]})
                problems += [f"{broken} ({name}, {length})"] if broken else []
    assert not problems, "\n".join(problems)


CUT_SHORT = {"authority:search"}  # nobody is called that


def is_marked(answer: HttpResponse, form: Form, name: str) -> bool:
    again = forms_of(form.page, answer.content.decode())
    return any(name in one.controls and one.controls[name].is_invalid for one in again)


@PARTIES
def test_what_was_typed_stays_when_something_else_is_wrong(walk: Walk, person: str) -> None:
    client, forms = walk(person)
    problems = []
    for form in forms:
        for name in (name for name, control in form.controls.items() if control.kind != "hidden"):
            for value in ("31.02.2026", "0000-karla"):
                fields = typed(form) | {name: [value]}
                answer, broken = attempt(client, form, fields)
                problems += [broken] if broken else []
                gone = lost(form, fields, answer) if answer is not None else []
                problems += [f"{view_of(form)}: {name} = {value!r} and {field} is gone" for field in gone]
    assert not problems, "\n".join(problems)


SHOWS_AT_ONCE = {"authority:show_address"}  # carried out: what was asked for is on the page that answers


def lost_when(form: Form, client: Client, what: str, meanwhile: Callable[[], object]) -> list[str]:
    """What breaks or is gone when something happens between reading a page and sending its form."""
    fields = typed(form)
    answer, broken = attempt(client, form, fields, meanwhile)
    if answer is None or broken:
        return [f"{broken} ({what})"]
    if view_of(form) in SHOWS_AT_ONCE and answer.status_code == 200:
        return []
    return [f"{view_of(form)}: {answer.status_code} and {name} is gone ({what})" for name in lost(form, fields, answer)]


@PARTIES
def test_what_was_typed_stays_when_the_world_moved_on(walk: Walk, person: str) -> None:
    client, forms = walk(person)
    problems = []
    for form in forms:
        for what, meanwhile in MEANWHILE.items():
            problems += lost_when(form, client, what, meanwhile)
    assert not problems, "\n".join(problems)


def breaks(**_: object) -> None:
    raise ZeroDivisionError


def test_a_form_that_breaks_or_forgets_is_found(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same form, with a fault put into its view."""
    client, forms = walk("karla")
    form = next(form for form in forms if view_of(form) == "citizen:change")
    assert lost_when(form, client, "nothing", lambda: None) == []
    with monkeypatch.context() as patched:
        patched.setattr(citizen_views.cases, "add_task", breaks)
        assert lost_when(form, client, "nothing", lambda: None) == ["citizen:change: ZeroDivisionError:  (nothing)"]
    monkeypatch.setattr(citizen_views, "redirect", lambda *_: HttpResponse("Prøv igen", status=422))
    assert lost_when(form, client, "nothing", lambda: None) == ["citizen:change: 422 and words is gone (nothing)"]


def test_every_address_that_takes_a_form_is_met(walk: Walk, everything: tuple[FullCase, Arguments]) -> None:
    met, takes = set(), set()
    for person in ("mette", "lene", "jonas", "karla"):
        client, forms = walk(person)
        met |= {view_of(form) for form in forms}
        for name, route, parameters, _ in patterns():
            form = Form("", reverse(name, kwargs=everything[1](route, parameters)), state="as it is")
            answer, broken = attempt(client, form, {})
            assert not broken, broken
            takes |= {name} if answer is not None and answer.status_code not in {404, 405} else set()
    assert len(takes) > 50
    not_met = takes - met - NOT_HERE - WITHOUT_A_FORM - BUTTONS
    assert not_met == BY_SCRIPT.keys(), " ".join(sorted(not_met ^ BY_SCRIPT.keys()))


@pytest.mark.parametrize("view", BY_SCRIPT)
def test_what_scripts_send_breaks_nothing(client_for: Any, everything: Any, cast: Cast, view: str) -> None:
    client, (made, _) = client_for("jonas"), everything
    given = {"board:ops": [made.open_board], "shell:draft": [f"note:{new_id()}"], "notes:mark": []}
    form = Form("", reverse(view, args=given.get(view, [cast.case_id])), state="as it is")
    problems = []
    for kind, value in {**WRONG_IN_TEXT, **WRONG_IN_CHOICE}.items():
        for name in BY_SCRIPT[view] or ("ops",):
            _, broken = attempt(client, form, {one: [word] for one, word in BY_SCRIPT[view].items()} | {name: [value]})
            problems += [f"{broken} ({kind} in {name})"] if broken else []
    assert not problems, "\n".join(problems)
