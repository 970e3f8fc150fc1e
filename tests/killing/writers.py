"""People who write over HTTP while processes are killed around them, and remember what they were promised.

A write is acknowledged when its answer has reached the one who sent it. One without an answer is sent again with the
same key, or given up: then it may be there or not, but never half.
"""

import http.client
import json
import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import chain
from urllib.parse import urlencode
from uuid import UUID, uuid4, uuid5

from tests.posted_forms import Form, forms_of

FORM = "application/x-www-form-urlencoded"
TAG = re.compile(r"<[^>]*>")
MOST_CARDS = 250
"""On one board, which is full at 300."""
GIVEN_UP = 0.3
"""How often somebody does not try again."""


SECONDS = 60
"""After which an answer will never come."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Who writes, and where: in `case`, on the boards `written`, and by closing the meetings `to_close`."""

    case: str
    mette: str
    jonas: str
    karla: str
    written: list[str]
    to_close: list[str]


class Lost(Exception):
    """No answer came, or only that something went wrong: nobody knows whether it was carried out."""


class NobodyThere(Exception):
    """Nothing was sent: the server does not run."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str
    body: bytes


@dataclass(slots=True)
class Write:
    """`marker` stands in the words, so that they can be found again; a closed meeting's is the meeting's id."""

    kind: str
    marker: str
    path: str
    body: bytes
    key: UUID
    """Of the form, or of the change of the board."""
    content_type: str = FORM
    unanswered: int = 0
    is_acknowledged: bool = False

    @property
    def receipt(self) -> UUID:
        return uuid5(self.key, self.path)

    def is_carried_out(self, answer: Answer) -> bool:
        if self.kind == "word":
            return answer.status == 200 and json.loads(answer.body)["results"][0]["state"] in {"done", "again"}
        return answer.status == 302 and not answer.location.startswith("/log-ind/")


class Person:
    """A browser with a log-in and no patience: one request, one connection, no second try of its own."""

    def __init__(self, port: int, user: str) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        (form,) = [form for form in self.forms("/log-ind/") if "person" in form.controls]
        sent = urlencode(form.filled() | {"person": [user]}, doseq=True).encode()
        assert self.ask("POST", "/log-ind/", sent, FORM).status == 302

    def forms(self, path: str) -> list[Form]:
        answer = self.ask("GET", path)
        assert answer.status == 200, (path, answer.status)
        return forms_of(path, answer.body.decode())

    def form_to(self, page: str, path: str) -> dict[str, list[str]]:
        (form,) = [form for form in self.forms(page) if form.action == path]
        return form.filled()

    def ask(self, method: str, path: str, body: bytes | None = None, content_type: str = "") -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": content_type, "X-CSRFToken": self.cookies.get("csrftoken", "")}
        try:
            line.request(method, path, body, headers)
            found = line.getresponse()
            answer = Answer(found.status, found.getheader("Location", ""), found.read())
        except ConnectionRefusedError as error:
            raise NobodyThere(str(error)) from error
        except (OSError, http.client.HTTPException) as error:
            raise Lost(str(error)) from error
        finally:
            line.close()
        for value in found.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(value).items()}
        return answer

    def send(self, write: Write) -> Answer:
        answer = self.ask("POST", write.path, write.body, write.content_type)
        if answer.status >= 500:
            raise Lost(str(answer.status))
        return answer


def met(write: Write, answer: Answer) -> str:
    """What somebody who is not let through sees: where it leads, or the words of the page."""
    page = answer.body.decode(errors="replace")
    words = " ".join(TAG.sub(" ", page[max(page.find("<main"), 0) :]).split())
    where = f" to {answer.location}" if answer.location else ""
    return (
        f"{write.kind} {write.marker} at {write.path}, after {write.unanswered} without an answer: "
        f"{answer.status}{where}: {words[:600]}"
    )


Writes = Iterator[Write]


def notes(person: Person, facts: Facts) -> Writes:
    """Two sentences, one of them a promise: a note, two segments, a task and what is logged of it."""
    path = f"/notat/{facts.case}/skriv/"
    fields = person.form_to(path, path) | {"laest": ["1"]}
    while True:
        marker, key = _marker(), uuid4()
        text = f"Vi gik en tur {marker}.\n> Jonas ringer om {marker} i morgen"
        yield Write("note", marker, path, _form(fields, key, text=text), key)


def tasks(person: Person, facts: Facts) -> Writes:
    page = f"/myndighed/borgere/{facts.case}/"
    fields = person.form_to(page, f"{page}opgave/")
    while True:
        marker, key = _marker(), uuid4()
        yield Write("task", marker, f"{page}opgave/", _form(fields, key, text=f"Ring {marker}", due_on="i morgen"), key)


def words(person: Person, facts: Facts) -> Writes:
    pages = [(board, person.ask("GET", f"/tavle/{board}/").body.decode()) for board in facts.written]
    tickets = [(board, page.split('data-ticket="')[1].split('"')[0]) for board, page in pages]
    for board, ticket in tickets:
        path = f"/tavle/{board}/ops/?billet={ticket}"
        for _ in range(MOST_CARDS):
            marker, key = _marker(), uuid4()
            change = {"op": str(key), "kind": "add", "card": str(uuid4()), "column": "works", "text": f"Sagt: {marker}"}
            body = json.dumps({"seq": 1_000_000, "ops": [change]}).encode()
            yield Write("word", marker, path, body, key, content_type="application/json")


def closings(person: Person, facts: Facts) -> Writes:
    page = f"/tavle/{facts.to_close[0]}/afslut/"
    token = {"csrfmiddlewaretoken": person.form_to(page, page)["csrfmiddlewaretoken"]}
    while facts.to_close:
        meeting, key = facts.to_close.pop(), uuid4()
        yield Write("closing", meeting, f"/tavle/{meeting}/afslut/", _form(token, key), key)


WRITERS = {"note": (notes, "jonas"), "task": (tasks, "mette"), "word": (words, "karla"), "closing": (closings, "mette")}


def _marker() -> str:
    return f"qz{uuid4().hex[:12]}"


def _form(fields: dict[str, list[str]], key: UUID, **typed: str) -> bytes:
    return urlencode(fields | {"form_key": [str(key)]} | {k: [v] for k, v in typed.items()}, doseq=True).encode()


@dataclass
class Load:
    """Four people writing, each of them one thing after the other."""

    port: int
    facts: Facts
    closing_every: float
    written: list[Write] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    acknowledged_at: float = 0.0
    """The latest moment at which a request was sent that was acknowledged."""

    @contextmanager
    def running(self) -> Iterator[None]:
        self._stop = threading.Event()
        threads = []
        for kind, (write_on, who) in WRITERS.items():
            person = self.people[kind] = Person(self.port, getattr(self.facts, who))
            writes = write_on(person, self.facts)
            first = next(writes)  # its pages are there before anything is killed
            pause = self.closing_every if kind == "closing" else 0.0
            threads.append(threading.Thread(target=self._work, args=(person, chain([first], writes), pause)))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def wait_for_an_acknowledgement(self, *, sent_after: float) -> float:
        """Until the first one for a request sent after that moment; the moment it came."""
        deadline = time.monotonic() + SECONDS
        while self.acknowledged_at <= sent_after:
            assert time.monotonic() < deadline, "\n".join(["nothing is acknowledged any more", *self.surprises])
            time.sleep(0.005)
        return time.monotonic()

    def _work(self, person: Person, writes: Writes, pause: float) -> None:
        try:
            for write in writes:
                if self._stop.is_set():
                    return
                self.written.append(write)
                self._persist(person, write)
                self._stop.wait(pause)
        except Exception as error:
            self.surprises.append(repr(error))
            raise

    def _persist(self, person: Person, write: Write) -> None:
        while not self._stop.is_set():
            sent = time.monotonic()
            try:
                answer = person.send(write)
            except NobodyThere:
                self._stop.wait(0.05)
                continue
            except Lost:
                write.unanswered += 1
                if random.random() < GIVEN_UP:  # noqa: S311
                    return
                self._stop.wait(0.05)
                continue
            write.is_acknowledged = write.is_carried_out(answer)
            if write.is_acknowledged:
                self.acknowledged_at = max(self.acknowledged_at, sent)
            else:
                self.surprises.append(met(write, answer))
            return

    def send_again(self, most: int) -> None:
        """What was acknowledged is sent once more, with its key; nothing more may come of it."""
        for kind, person in self.people.items():
            for write in [w for w in self.written if w.kind == kind and w.is_acknowledged][-most:]:
                answer = person.send(write)
                if not write.is_carried_out(answer):
                    self.surprises.append(f"again: {met(write, answer)}")
