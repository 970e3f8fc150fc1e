"""Every form on every page, as it comes to each person, and how to send one without leaving a trace."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from samspil.contexts.access.enums import Role
from samspil.contexts.access.rules import CAPABILITIES
from samspil.contexts.cases.models import Task
from samspil.contexts.citizens.models import Citizen
from samspil.contexts.orders.models import Order, StatusNote
from samspil.kernel.ids import new_id
from tests import decision_states, disclosure_states
from tests.addresses import Arguments, addresses, everything_about_karla
from tests.cast import NOW, Cast
from tests.login_states import logged_in_elsewhere
from tests.posted_forms import Form, forms_of, send
from tests.scenarios import FullCase

NOT_HERE = {"shell:gallery", "identity:logout"}  # the gallery's forms lead nowhere
STATES: dict[str, tuple[str, Callable[[], object]]] = {  # where it shows, and how it comes about
    "as it is": ("", lambda: None),
    "the order was just sent": ("bestilling", lambda: Order.objects.update(status="sent")),
    "the order got a no": ("bestilling", lambda: Order.objects.update(status="declined")),
    "the status note is sent": ("statusnotat", lambda: StatusNote.objects.update(status="sent")),
    "the tasks are done": ("/sag/", lambda: Task.objects.update(status="done", done_at=NOW)),
    "the address is protected": ("/hvem/", lambda: Citizen.objects.update(is_address_protected=True)),
    "they are logged in elsewhere too": ("/log-ind/steder/", logged_in_elsewhere),
    **decision_states.STATES,
    **disclosure_states.STATES,
}
ONE_IS_ENOUGH = {"wording:check"}  # it reads one text like another, and stands at nearly every form
Walk = Callable[[str], tuple[Client, list[Form]]]
Fields = dict[str, list[str]]


def view_of(form: Form) -> str:
    return resolve(unquote(urlsplit(form.action).path)).view_name


def forms_on_all_pages(client: Client, found: Iterator[str]) -> Iterator[Form]:
    for address in found:
        if address.endswith(quote("/strøm/")):
            continue
        page = client.get(address, follow=True)
        if page.status_code == 200 and "html" in page.headers["Content-Type"]:
            at = page.redirect_chain[-1][0] if page.redirect_chain else address
            yield from forms_of(at, page.content.decode())


@pytest.fixture
def everything(cast: Cast) -> tuple[FullCase, Arguments]:
    return everything_about_karla(cast)


def is_for(person: str, form: Form) -> bool:
    """A leader has a caseworker's forms too; those are walked once, with the caseworker."""
    needed = resolve(unquote(urlsplit(form.action).path)).func.access.capabilities
    return person != "lene" or (bool(needed) and not needed & CAPABILITIES[Role.CASEWORKER])


@pytest.fixture
def walk(client_for: Any, everything: tuple[FullCase, Arguments]) -> Walk:
    def at(person: str) -> tuple[Client, list[Form]]:
        client = client_for(person)
        found: dict[tuple[str, ...], Form] = {}
        for state, (shows_in, happened) in STATES.items():
            with transaction.atomic():
                happened()
                for form in forms_on_all_pages(client, (one for one in addresses(*everything) if shows_in in one)):
                    form.state = state
                    if (view := view_of(form)) not in NOT_HERE and is_for(person, form):
                        own = () if view in ONE_IS_ENOUGH else (str(bool(form.draft)), *sorted(form.controls))
                        found.setdefault((view, *own), form)
                transaction.set_rollback(True)
        return client, list(found.values())

    return at


def typed(form: Form) -> Fields:
    """The form with something written in every text field that stood empty."""
    fields = form.filled()
    for number, name in enumerate(form.texts):
        if not fields[name][0]:
            fields[name] = [f"Det skrev jeg {number}"]
    return fields


def attempt(
    client: Client,
    form: Form,
    fields: Fields,
    meanwhile: Callable[[], object] = lambda: None,
    then: Callable[[HttpResponse], object] = lambda answer: None,
) -> tuple[HttpResponse | None, str]:
    """The answer, or what broke instead; afterwards all is as before."""
    if "form_key" in fields:
        fields = fields | {"form_key": [str(new_id())]}
    cookies = dict(client.cookies)
    with transaction.atomic():
        STATES[form.state][1]()
        meanwhile()
        try:
            answer, broken = send(client, form.action, fields), ""
            then(answer)
        except Exception as error:
            answer, broken = None, f"{view_of(form)}: {type(error).__name__}: {str(error)[:200]}"
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    if answer is not None and answer.status_code >= 500:
        broken = f"{view_of(form)}: {answer.status_code}"
    return answer, broken
