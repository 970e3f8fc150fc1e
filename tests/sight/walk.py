"""Asks the addresses, and says where an answer is not what the table says."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from samspil.contexts.cases.sight import KEYS
from samspil.kernel.ids import new_id
from samspil.web.shell import logins
from tests.sight.table import Page, Verdict, pages, sees_case, verdict
from tests.sight.world import About, Who, World, addressed

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SERVED = ("GET", "HEAD", "POST")
SEEN = frozenset({200, 302, 400, 403, 409, 413, 415, 422})
NAMELESS = frozenset({200, 400, 403, 404, 409, 422})
"""The answers that are read for names."""

_RANDOM = re.compile(rb'name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"')
"""What differs each time a page is made."""

Question = tuple[Page, str, Who, About]


@dataclass(slots=True)
class Walk:
    world: World
    is_mixed: bool = False
    wrong: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    answers: Counter[tuple[Verdict, int]] = field(default_factory=Counter)
    refused: set[tuple[str, str]] = field(default_factory=set)
    opened: set[tuple[str, str]] = field(default_factory=set)
    _clients: dict[str, Client] = field(default_factory=dict)
    _sessions: dict[str, str] = field(default_factory=dict)
    _nothing: dict[tuple[str, str, str], tuple[int, bytes, str]] = field(default_factory=dict)

    def ask(self, question: Question) -> None:
        page, method, who, about = question
        self.asked[page.name] += 1
        answer = self._answer(page, method, who, addressed(about, page.name, page.route, list(page.parameters)))
        wanted = Verdict.NOWHERE if self.is_mixed else verdict(page, who, about)
        self.answers[wanted, answer[0]] += 1
        fault = self._fault(page, method, who, about, wanted, answer) or self._leak(page, who, answer)
        if fault:
            self.wrong.append(f"{method} {page.name} as {who.name} about {about.relation}: {fault}")

    def _fault(
        self, page: Page, method: str, who: Who, about: About, wanted: Verdict, answer: tuple[int, bytes, str]
    ) -> str:
        status, _, to = answer
        if method not in SERVED:
            return "" if status == 405 else f"{status}, but only {', '.join(SERVED)} are served"
        if page.access.is_public:
            return "" if status < 500 else f"{status}"
        match wanted:
            case Verdict.LOG_IN:
                is_so = (status == 302 and "/log-ind/?" in to) or (status in {401, 403} and method == "POST")
                return "" if is_so else f"{status} instead of a way to log in"
            case Verdict.NOWHERE:
                if status in {404, 405} and (status == 405 or self._is_as_nothing(page, method, who, about, answer)):
                    return ""
                if page.keys and self._is_as_nothing(page, method, who, about, answer):
                    return ""
                return f"{status} instead of nothing"
            case Verdict.OPEN:
                if status == 405 or status in SEEN:
                    self.opened |= {(page.name, method)} if status != 405 else set()
                    self.refused |= {(page.name, who.name)} if status == 403 else set()
                    return ""
                return f"{status} though it is open"

    def _is_as_nothing(self, page: Page, method: str, who: Who, about: About, answer: tuple[int, bytes, str]) -> bool:
        """Whether the answer is that for rows which there are not."""
        if not page.keys:
            return True
        key = (page.name, method, who.name)
        if key not in self._nothing or self.is_mixed:
            if not self.is_mixed:
                about = self.world.abouts["own"]
            given = addressed(about, page.name, page.route, list(page.parameters))
            replaced = [one for one in given if one.endswith("_id")]
            self._nothing[key] = self._answer(
                page, method, who, given | {one: new_id() for one in (replaced[-1:] if self.is_mixed else replaced)}
            )
        return self._nothing[key] == answer

    def _leak(self, page: Page, who: Who, answer: tuple[int, bytes, str]) -> str:
        """Names of citizens whose case is closed to the actor; the protected address, which no page of these shows."""
        status, body, _ = answer
        if status not in NAMELESS or not body or page.access.is_public:
            return ""
        text = body.decode("utf-8", "replace")
        closed = [one for one in self.world.abouts.values() if not sees_case(who, one, None, page.access.other_purpose)]
        told = [one.relation for one in closed if one.mark in text]
        told += ["protected address"] * (self.world.abouts["protected"].address in text)
        return f"{status} names {', '.join(told)}" if told else ""

    def _answer(self, page: Page, method: str, who: Who, given: dict[str, Any]) -> tuple[int, bytes, str]:
        client = self._client(who)
        client.cookies.clear()
        client.cookies.load({"sessionid": self._sessions[who.name]} if who.name in self._sessions else {})
        address = reverse(page.name, kwargs=given)
        with transaction.atomic():
            response: Any = client.generic(method, address)
            body = b"" if response.streaming else _RANDOM.sub(b"", response.content.replace(address.encode(), b""))
            if response.streaming:
                response.close()
            transaction.set_rollback(True)
        to = response.headers.get("Location", "")
        for asked in map(str, given.values()):
            to = to.replace(asked, "")
        return response.status_code, body, to

    def _client(self, who: Who) -> Client:
        if who.name not in self._clients:
            client = self._clients[who.name] = Client()  # without cookies of its own: each question is the first
            if who.user is not None:
                request: Any = HttpRequest()
                request.session = client.session
                logins.begin(request, self.world.users[who.name])
                request.session.save()
                self._sessions[who.name] = request.session.session_key or ""
        return self._clients[who.name]


def mixed_questions(world: World) -> Iterator[Question]:
    """Addresses with two keys, one of them out of another case: a row is looked for where the address says it is."""
    for page in pages():
        named = [one for one in page.keys if one in KEYS]
        for who, about, other in product(world.actors.values(), world.abouts.values(), world.abouts.values()):
            if len(named) > 1 and about is not other and sees_case(who, about):
                mixed = replace(
                    about,
                    relation=f"{about.relation}, but {named[-1]} of {other.relation}",
                    keys=about.keys | {named[-1]: other.keys[named[-1]]},
                )
                for method in ("GET", "POST"):
                    yield page, method, who, mixed


def every_question(world: World, *methods: str) -> Iterator[Question]:
    for page in pages():
        abouts = list(world.abouts.values()) if page.keys else [world.abouts["own"]]
        for method in methods or METHODS:
            for who in world.actors.values():
                yield from ((page, method, who, about) for about in abouts)


def some_questions(world: World, seed: int) -> Iterator[Question]:
    """Every address by every actor, read and written, about a case drawn by lot: half of them one that is open."""
    draw = random.Random(seed)  # noqa: S311
    abouts = list(world.abouts.values())
    for page in pages():
        for who in world.actors.values():
            mine = [one for one in abouts if verdict(page, who, one) == Verdict.OPEN]
            method = draw.choice(("GET", "POST"))
            yield page, method, who, draw.choice(mine if mine and draw.random() < 0.5 else abouts)
        for method in METHODS:
            yield page, method, draw.choice(list(world.actors.values())), draw.choice(abouts)
