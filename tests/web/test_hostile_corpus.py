"""T7: the whole corpus over every form, address, query, header and change of a board.

0 × 5xx, nothing of it believed, on the answer or on the page that shows what was stored, and errors at the field. A
seeded sample here; `make battery PYTEST_ARGS='-k hostile_corpus'` sends 27,000.
"""

import json
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

import samspil
from samspil.web.board.ticket import ticket_for
from samspil.web.citizen import views as citizen_views
from samspil.web.shell import views as shell_views
from tests.addresses import Arguments, patterns
from tests.boards import open_board
from tests.cast import Cast
from tests.form_walk import Walk, attempt, typed, view_of
from tests.hostile_corpus import PAYLOADS, let_through
from tests.posted_forms import Form, forms_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEED = int(os.environ.get("BATTERY_SEED", "7"))
SLOWEST = 8.0  # seconds by the clock: others use the machine too, and a sentence in the corpus sleeps for nine
WEB = Path(samspil.__file__).parent / "web"
READ = re.compile(r"GET(?:\.get|\.getlist)?[(\[]\"(\w+)\"")
QUERIES = sorted({"next", "back"} | {name for path in WEB.rglob("*.py") for name in READ.findall(path.read_text())})
HEADERS = ("accept-language", "referer", "user-agent", "hx-request", "last-event-id", "origin", "range")


@dataclass
class Tally:
    """What came of so many inputs."""

    sent: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    slowest: float = 0.0
    problems: list[str] = field(default_factory=list)

    def take(self, where: str, kind: str, answer: HttpResponse | None, broken: str, seconds: float) -> None:
        self.sent[kind] += 1
        self.slowest = max(self.slowest, seconds)
        self.problems += [f"{where} ({kind}): {broken}"] if broken else []
        if answer is not None:
            self.problems += [f"{where} ({kind}): {found}" for found in let_through(answer)]
        if seconds > SLOWEST:
            self.problems.append(f"{where} ({kind}): took {seconds:.1f} s")

    def say(self, what: str) -> None:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.sent.items()))
        print(  # noqa: T201 - the figures of docs/assurance.md
            f"\nT7 {what}: {self.sent.total()} inputs ({kinds}); {self.refused} refused at the field; "
            f"{len(self.problems)} problems; slowest {self.slowest:.2f} s"
        )


def chosen(everything: list[Any], count: int, what: str) -> list[Any]:
    order = random.Random(f"{SEED} {what}")  # noqa: S311 - a sample, not a secret
    return order.sample(everything, min(count, len(everything)))


def patiently(send: Callable[[], tuple[HttpResponse | None, str]]) -> tuple[HttpResponse | None, str, float]:
    """By the clock others' work counts too: what took long must take long twice."""
    for _ in range(2):
        began = perf_counter()
        answer, broken = send()
        seconds = perf_counter() - began
        if seconds <= SLOWEST:
            break
    return answer, broken, seconds


def sent_to_form(client: Client, form: Form, name: str, kind: str, payload: str, tally: Tally) -> None:
    shown: list[HttpResponse] = []

    def look_at_what_was_stored(answer: HttpResponse) -> None:
        if answer.status_code == 302 and answer.url.startswith("/"):
            shown.append(client.get(answer.url))

    fields = typed(form) | {name: [payload]}
    answer, *came = patiently(lambda: attempt(client, form, fields, then=look_at_what_was_stored))
    where = f"{view_of(form)}.{name} = {payload[:30]!r}"
    tally.take(where, kind, answer, *came)
    for page in shown:
        tally.problems += [f"{where} ({kind}), stored: {found}" for found in let_through(page)]
    if answer is not None and answer.status_code in {200, 422} and form.controls[name].is_text:
        again = forms_of(form.page, answer.content.decode())
        is_marked = any(control.is_invalid for one in again for control in one.controls.values())
        tally.refused += is_marked
        if not is_marked and is_taken_otherwise(client, form):
            tally.problems.append(f"{where} ({kind}): {answer.status_code} without an error at a field")


def is_taken_otherwise(client: Client, form: Form) -> bool:
    answer, _ = attempt(client, form, typed(form))
    return answer is not None and answer.status_code == 302


def over_forms(walk: Walk, person: str, count: int) -> Tally:
    client, forms = walk(person)
    shots = [(form, name, *shot) for form in forms for name in form.controls for shot in PAYLOADS]
    tally = Tally()
    for form, name, kind, payload in chosen(shots, count, person):
        sent_to_form(client, form, name, kind, payload, tally)
    tally.say(f"forms, {person}")
    return tally


def asked(client: Client, address: str, **given: Any) -> tuple[HttpResponse | None, str]:
    with transaction.atomic():
        try:
            answer, broken = client.get(address, **given), ""
        except Exception as error:
            answer, broken = None, f"{type(error).__name__}: {str(error)[:200]}"
        transaction.set_rollback(True)
    if answer is not None and answer.status_code >= 500:
        broken = str(answer.status_code)
    return answer, broken


def escaped(payload: str) -> str:
    return quote(payload[:6_000], safe="", errors="surrogatepass")


def hostile_addresses(arguments: Arguments) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Each address with a hostile word in one of its places, in its query, or in a header beside it."""
    found = []
    for name, route, parameters, _ in patterns():
        if "strøm" in route:
            continue
        given = arguments(route, parameters)
        good = reverse(name, kwargs=given)
        for kind, payload in PAYLOADS:
            word = escaped(payload)
            found += [(name, kind, good.replace(str(given[one]), word, 1), {}) for one in parameters]
            found += [(name, kind, f"{good}?{query}={word}", {}) for query in QUERIES]
            if not set("\r\n\x00") & set(payload):  # no server hands those on
                line = payload[:6_000].encode(errors="surrogatepass").decode("latin-1")
                found += [(name, kind, good, {"headers": {header: line}}) for header in HEADERS]
    return found


def over_addresses(client: Client, everything: Any, person: str, count: int) -> Tally:
    tally = Tally()
    for name, kind, address, given in chosen(hostile_addresses(everything[1]), count, f"addresses {person}"):
        came = patiently(partial(asked, client, address, **given))
        tally.take(f"{name} {address[-60:]} {given}"[:160], kind, *came)
    tally.say(f"addresses, {person}")
    return tally


def hostile_changes() -> Iterator[tuple[str, Any]]:
    """Bodies of a board's change, with one value replaced by a word, or by the same word in another shape."""
    good = {"op": str(uuid4()), "kind": "add", "card": str(uuid4()), "column": "works", "text": "Hej", "who": "Karla",
            "when": "fredag", "value": 3, "base_version": 1, "after": None, "goal": None, "said_on": None}  # fmt: skip
    for kind, payload in PAYLOADS:
        for name in good:
            for shape in (payload, [payload], {payload[:99]: payload}):
                yield kind, {"seq": 0, "ops": [{**good, "op": str(uuid4()), name: shape}]}
        yield kind, {"seq": payload, "ops": []}
        yield kind, payload


def changed(client: Client, address: str, body: Any) -> tuple[HttpResponse | None, str]:
    answer, broken = None, ""
    with transaction.atomic():
        try:
            answer = client.post(address, json.dumps(body), content_type="application/json")
            broken = str(answer.status_code) if answer.status_code >= 500 else ""
        except Exception as error:
            broken = f"{type(error).__name__}: {str(error)[:200]}"
        transaction.set_rollback(True)
    return answer, broken


def over_changes(client_for: Any, cast: Cast, count: int) -> Tally:
    tally, client, meeting_id = Tally(), client_for("karla"), open_board(cast)
    address = reverse("board:ops", args=[meeting_id]) + f"?billet={ticket_for(cast.actor('karla'), meeting_id)}"
    assert client.post(address, {"seq": 0, "ops": []}, content_type="application/json").status_code == 200
    for kind, body in chosen(list(hostile_changes()), count, "changes"):
        tally.take(json.dumps(body)[:120], kind, *patiently(partial(changed, client, address, body)))
    tally.say("changes of a board")
    return tally


PEOPLE = ("mette", "lene", "jonas", "karla", "ida")


@pytest.mark.parametrize("person", ["mette", "lene", "jonas", "karla"])
def test_hostile_words_in_forms(walk: Walk, person: str) -> None:
    tally = over_forms(walk, person, 100)
    assert not tally.problems, "\n".join(tally.problems)
    assert tally.sent.total() == 100


@pytest.mark.parametrize("person", ["mette", "jonas", "karla"])
def test_hostile_words_in_addresses_queries_and_headers(client_for: Any, everything: Any, person: str) -> None:
    tally = over_addresses(client_for(person), everything, person, 100)
    assert not tally.problems, "\n".join(tally.problems)


def test_hostile_changes_of_a_board(client_for: Any, cast: Cast) -> None:
    tally = over_changes(client_for, cast, 150)
    assert not tally.problems, "\n".join(tally.problems)


FULL_FORMS, FULL_ADDRESSES, FULL_CHANGES = 3_200, 1_800, 2_000
assert len(PEOPLE) * (FULL_FORMS + FULL_ADDRESSES) + FULL_CHANGES >= 20_000


@pytest.mark.battery
@pytest.mark.parametrize("person", PEOPLE)
def test_hostile_corpus_in_forms_at_full_size(walk: Walk, person: str) -> None:
    tally = over_forms(walk, person, FULL_FORMS)
    assert not tally.problems, "\n".join(tally.problems)
    assert tally.sent.total() == FULL_FORMS


@pytest.mark.battery
@pytest.mark.parametrize("person", PEOPLE)
def test_hostile_corpus_in_addresses_at_full_size(client_for: Any, everything: Any, person: str) -> None:
    tally = over_addresses(client_for(person), everything, person, FULL_ADDRESSES)
    assert not tally.problems, "\n".join(tally.problems)
    assert tally.sent.total() == FULL_ADDRESSES


@pytest.mark.battery
def test_hostile_corpus_in_changes_at_full_size(client_for: Any, cast: Cast) -> None:
    tally = over_changes(client_for, cast, FULL_CHANGES)
    assert not tally.problems, "\n".join(tally.problems)
    assert tally.sent.total() == FULL_CHANGES


def redirects(word: str) -> HttpResponse:
    return HttpResponse(status=302, headers={"Location": quote(word[:200], safe=":/\\", errors="replace")})


def problems_when(made: Callable[[str], HttpResponse]) -> list[str]:
    tally = Tally()
    for kind, payload in PAYLOADS:
        tally.take("page", kind, made(payload.encode(errors="replace").decode()), "", 0.1)
    return tally.problems


def test_a_page_that_believes_is_named() -> None:
    """The control: pages with a fault, and the corpus finds each of them."""
    assert problems_when(lambda word: HttpResponse(f"<p>{escape(word)}")) == []
    assert len(problems_when(lambda word: HttpResponse(f"<p>{word}"))) > 10
    assert len(problems_when(lambda word: HttpResponse(f'<p title="{word}">'))) > 2
    assert len(problems_when(lambda word: HttpResponse(f'<a href="{escape(word)}">'))) > 5
    assert len(problems_when(lambda word: HttpResponse(word.replace("{{7777*3}}", "23331")))) > 10
    assert len(problems_when(redirects)) > 4


def test_a_page_that_breaks_or_dawdles_is_named(client_for: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client, tally = client_for("mette"), Tally()
    monkeypatch.setattr(shell_views, "render", lambda request, *_: HttpResponse(f"<p>{int(request.GET['x'])}"))
    monkeypatch.setattr("tests.web.test_hostile_corpus.SLOWEST", 0.0)
    for word in ("12", "' OR '1'='1"):
        tally.take("gallery", "sql", *patiently(partial(asked, client, f"/udvikler/komponenter/?x={escaped(word)}")))
    slow, broken, slow_too = tally.problems
    assert "took" in slow
    assert "ValueError" in broken
    assert "took" in slow_too


def test_a_form_that_refuses_without_saying_where_is_named(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    client, forms = walk("karla")
    form = next(form for form in forms if view_of(form) == "citizen:change")
    name, tally = form.texts[0], Tally()
    sent_to_form(client, form, name, "letters", "Hej", tally)
    assert tally.problems == []
    page = client.get(form.page).content.decode()
    monkeypatch.setattr(citizen_views, "redirect", lambda *_: HttpResponse(page, status=422))
    monkeypatch.setattr("tests.web.test_hostile_corpus.is_taken_otherwise", lambda *_: True)
    sent_to_form(client, form, name, "letters", "Hej", tally)
    assert tally.problems == [f"citizen:change.{name} = 'Hej' (letters): 422 without an error at a field"]
