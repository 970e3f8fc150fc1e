"""Every form meets what nobody should send: no 5xx, and what was typed is still there."""

from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from samspil.kernel.ids import new_id
from tests.addresses import everything_about_karla, patterns
from tests.cast import Cast
from tests.posted_forms import Form, forms_of, send

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOT_HERE = {"shell:gallery", "shell:logout"}  # the gallery's forms lead nowhere
PEOPLE = ("mette", "lene", "jonas", "karla", "ida")
MEGABYTE = "Lang tekst. " * 90_000
HOSTILE = {
    "nul": "Hun\x00 sagde\x07\x1b[31m ja",
    "lone surrogate": "Hun \ud83d sagde \udcff ja",
    "right to left": "\u202eHun\u200f sagde\u2066 ja\ufeff",
    "megabyte": MEGABYTE,
    "script": "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "template": "{{ 7|add:7 }}{% url 'x' %} %s %(name)s {name} \\x00",
    "huge number": "9" * 5_000,
    "past 64 bits": "99999999999999999999",
    "negative": "-1",
    "no number": "NaN",
    "impossible day": "31.02.2026",
    "day past all years": "1.1.99999",
    "day zero": "00.00.0000",
    "wrong uuid": "00000000-0000-0000-0000-000000000000",
    "half uuid": "0000-karla",
    "list": "['a', 'b']",
    "only spaces": " \u00a0\u2003\t ",
    "word": "\x95\tPunkt\x0b\uf0b7 \x93citat\x94\u2028ny linje",
    "empty": "",
}


def forms_on_all_pages(client: Client, arguments: Any) -> Iterator[Form]:
    for name, route, parameters, _ in patterns():
        if "strøm" in route or "sund" in route:
            continue
        address = reverse(name, kwargs=arguments(route, parameters))
        page = client.get(address, follow=True)
        if page.status_code != 200 or "html" not in page.headers["Content-Type"]:
            continue
        at = page.redirect_chain[-1][0] if page.redirect_chain else address
        yield from forms_of(at, page.content.decode())


def view_of(form: Form) -> str:
    return resolve(unquote(urlsplit(form.action).path)).view_name


def distinct(forms: Iterator[Form]) -> list[Form]:
    found = {}
    for form in forms:
        view = view_of(form)
        if view not in NOT_HERE:
            found.setdefault((view, *sorted(form.controls)), form)
    return list(found.values())


@pytest.fixture
def walk(client_for: Any, cast: Cast) -> Callable[[str], tuple[Client, list[Form]]]:
    _, arguments = everything_about_karla(cast)

    def at(person: str) -> tuple[Client, list[Form]]:
        client = client_for(person)
        return client, distinct(forms_on_all_pages(client, arguments))

    return at


def tried(client: Client, form: Form, fields: dict[str, list[str]]) -> tuple[HttpResponse | None, str]:
    """The answer, and what went wrong instead of one; afterwards all is as before."""
    if "form_key" in fields:
        fields = fields | {"form_key": [str(new_id())]}
    cookies = dict(client.cookies)
    with transaction.atomic():
        try:
            answer = send(client, form.action, fields)
        except Exception as error:
            answer, wrong = None, f"{type(error).__name__}: {str(error)[:200]}"
        else:
            wrong = f"{answer.status_code}" if answer.status_code >= 500 else ""
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return answer, wrong
