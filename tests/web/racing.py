"""Many people at the same things at once, through real forms, and a judge who counts what became of it (T9).

Texts are written as a chain: each saved text names the one it took the place of. Nobody's words are lost when no two
saved texts took the place of the same one, and the chain from the last text back to the first holds every saved one.
"""

import random
import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connections
from django.test import Client
from django.urls import reverse

from samspil.contexts.access.api import Event
from samspil.contexts.cases.models import Task
from samspil.contexts.notes.api import Note
from samspil.contexts.orders.models import Question
from samspil.kernel.ids import new_id
from tests.posted_forms import forms_of, send

Fields = dict[str, list[str]]
SAID = re.compile(r"m(\d+) efter m(\d+)")
THREADS = 8


@dataclass
class Thing:
    """A text that several change: the form's address, and the field of the text."""

    address: str
    name: str
    saved: list[tuple[int, int]] = field(default_factory=list)

    def lost(self, client: Client) -> int:
        """How many saved texts are not in the chain that ends with what stands now."""
        before = dict(self.saved)
        chain, marker = set[int](), _standing(client, self)[1]
        while marker in before and marker not in chain:
            chain.add(marker)
            marker = before[marker]
        return len(self.saved) - len(chain)


@dataclass
class Race:
    """What was sent, and what it should have become."""

    posts: int = 0
    conflicts: int = 0
    saved: int = 0
    once: dict[str, int] = field(default_factory=dict)
    astray: list[str] = field(default_factory=list)


def _errors(answer: Any) -> list[str]:
    return re.findall(r"Fejl: ?</span>([^<]*)", answer.content.decode())


_LINES = threading.BoundedSemaphore(6)
"""As many at once as the pool has connections for, with some to spare."""


@contextmanager
def _line() -> Iterator[None]:
    with _LINES:
        try:
            yield
        finally:
            connections.close_all()


def _form(client: Client, page: str, address: str) -> Fields:
    with _line():
        html = client.get(page).content.decode()
    return next(form for form in forms_of(page, html) if form.action == address).filled()


def _standing(client: Client, thing: Thing) -> tuple[Fields, int]:
    """The form as it is opened, and the number of the text that stands in it."""
    fields = _form(client, thing.address, thing.address)
    said = SAID.search(fields[thing.name][0])
    return fields, int(said[1]) if said else 0


class Racers:
    """`clients` are people who are logged in; each thread is one of them at a time, with one post after the other."""

    def __init__(self, clients: list[Client], things: list[Thing], case_id: UUID, order_id: UUID, posts: int) -> None:
        self.clients, self.things, self.case_id, self.order_id = clients, things, case_id, order_id
        self.numbers, self.left, self.lock, self.race = count(1), posts, threading.Lock(), Race()
        self.opened: dict[tuple[str, str], Fields] = {}

    def run(self, seed: int) -> Race:
        with ThreadPoolExecutor(THREADS) as threads:
            for done in [threads.submit(self._work, seed + number) for number in range(THREADS)]:
                done.result()
        return self.race

    def _work(self, seed: int) -> None:
        choose = random.Random(seed)  # noqa: S311
        ways = [self._rewrite, self._rewrite, self._add_task, self._write_note, self._ask, self._finish]
        try:
            while self.left > 0:
                client = Client()
                client.cookies.update(choose.choice(self.clients).cookies)
                choose.choice(ways)(client, choose)
        finally:
            connections.close_all()

    def _post(self, client: Client, address: str, fields: Fields) -> Any:
        with _line():
            answer = send(client, address, fields)
        with self.lock:
            self.left -= 1
            self.race.posts += 1
            self.race.conflicts += answer.status_code == 409
            if answer.status_code not in {302, 409}:
                self.race.astray.append(f"{address}: {answer.status_code} {_errors(answer)}")
        return answer

    def _rewrite(self, client: Client, choose: random.Random) -> None:
        """Save one's own text in the place of what one has read; after a conflict, of what one reads there."""
        thing = choose.choice(self.things)
        fields, stands = _standing(client, thing)
        for _ in range(40):
            mine = next(self.numbers)
            fields |= {thing.name: [f"m{mine} efter m{stands}"], "form_key": [str(new_id())]}
            answer = self._post(client, thing.address, fields)
            if answer.status_code == 302:
                with self.lock:
                    thing.saved.append((mine, stands))
                    self.race.saved += 1
                return
            if answer.status_code != 409:
                return
            page = answer.content.decode()
            fields = next(f for f in forms_of(thing.address, page) if thing.name in f.controls).filled()
            stands = int(SAID.search(page.split('class="conflict-text"')[1])[1])  # type: ignore[index]

    def _several(self, client: Client, address: str, fields: Fields, times: int) -> None:
        """The same form again and again at once, as impatient fingers and bad lines send it."""
        fields = fields | {"form_key": [str(new_id())]}

        def once_more() -> str:
            copy = Client()
            copy.cookies.update(client.cookies)
            return str(self._post(copy, address, fields).get("Location", ""))

        with ThreadPoolExecutor(times) as fingers:
            led_to = {done.result() for done in [fingers.submit(once_more) for _ in range(times)]}
        if len(led_to) != 1:
            self.race.astray.append(f"{address}: led to {sorted(led_to)}")

    def _expect(self, what: str) -> str:
        text = f"{what} nummer {next(self.numbers)}."
        with self.lock:
            self.race.once[text] = 1
        return text

    def _add_task(self, client: Client, choose: random.Random) -> None:
        page, address = (reverse(f"authority:{name}", args=[self.case_id]) for name in ("case", "add_task"))
        fields = self._known(client, page, address) | {"text": [self._expect("Opgave")], "due_on": ["1.12.2026"]}
        self._several(client, address, fields, choose.randint(1, 4))

    def _write_note(self, client: Client, choose: random.Random) -> None:
        address = reverse("notes:write", args=[self.case_id])
        fields = self._known(client, address, address) | {"text": [self._expect("Notat")], "laest": ["1"]}
        self._several(client, address, fields, choose.randint(1, 4))

    def _ask(self, client: Client, choose: random.Random) -> None:
        address = reverse("authority:ask", args=[self.order_id])
        self._several(client, address, {"text": [self._expect("Spørgsmål")]}, choose.randint(1, 4))

    def _finish(self, client: Client, choose: random.Random) -> None:
        """A task that two finish at once is finished by one of them: a form for each, so no receipt can help."""
        with _line():
            there = Task.objects.filter(case_id=self.case_id, status="open", text__startswith="Opgave")
            task = there.order_by("?").first()
        if task is not None:
            address = reverse("authority:tick", args=[task.id, "gjort"])
            self._post(client, address, {"form_key": [str(new_id())]})

    def _known(self, client: Client, page: str, address: str) -> Fields:
        """A form as it stood when it was first opened."""
        whose = (address, client.cookies["sessionid"].value)
        if whose not in self.opened:
            self.opened[whose] = _form(client, page, address)
        return dict(self.opened[whose])


def doubled(race: Race) -> dict[str, int]:
    """What was sent once or several times with one key and did not become exactly one."""
    there = Counter(Task.objects.values_list("text", flat=True))
    there.update(Question.objects.values_list("text", flat=True))
    there.update(text for note in Note.objects.prefetch_related("segments") for text in _texts(note))
    finished = Counter(Event.objects.filter(kind="task.finished").values_list("subject_id", flat=True))
    wrong = {text: there[text] for text in race.once if there[text] != 1}
    return wrong | {f"finished {task}": times for task, times in finished.items() if times > 1}


def _texts(note: Note) -> Iterator[str]:
    return (segment.text for segment in note.segments.all())
