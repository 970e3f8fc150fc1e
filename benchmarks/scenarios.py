"""What is measured: a visitor makes a request ready, sends it, and clears up after it."""

import json
import re
from collections.abc import Callable, Generator
from dataclasses import dataclass
from uuid import uuid4

from benchmarks.arrange import Facts
from benchmarks.visitor import Answer, Request, Unexpected, Visitor, form_to, posting

Requests = Generator[Request, Answer, None]

NOTE = (
    "Vi gik ned til havnen og hilste på hundene.\n"
    "“Jeg vil gerne gå alene på onsdag.”\n"
    "Hun gik det sidste stykke foran, og det gik fint."
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """`requests` yields the measured requests one by one; what it sends itself in between is not counted.

    `person` names the field of Facts with the one who is logged in; a floor has none.
    """

    key: str
    title: str
    requests: Callable[[Visitor, Facts], Requests]
    person: str = ""
    writes: bool = False


def _again(path: str) -> Callable[[Visitor, Facts], Requests]:
    """The same page over and over; `path` may name fields of Facts."""

    def requests(visitor: Visitor, facts: Facts) -> Requests:
        address = path.format(facts=facts)
        while True:
            yield Request("GET", address)

    return requests


def _bare_write(visitor: Visitor, facts: Facts) -> Requests:
    while True:
        yield posting("/write/", [("text", NOTE)], status=204)


def _card(visitor: Visitor, facts: Facts) -> Requests:
    """A word more on one card, as a device sends it, and what is new comes back."""
    page = visitor.get(f"/tavle/{facts.board}/").text
    ticket = _found(r'data-ticket="([^"]+)"', page)
    card = _found(r'id="kort-([0-9a-f-]{36})"', page)
    token = form_to(page, f"/tavle/{facts.board}/kort/").filled()[0][1]
    headers = {"Content-Type": "application/json", "X-CSRFToken": token}
    state = json.loads(visitor.get(f"/tavle/{facts.board}/trin/?billet={ticket}&efter=0").body)
    version = next(found["version"] for found in state["cards"] if found["id"] == card)
    seq, turn = state["seq"], 0
    while True:
        turn += 1
        op = {"op": str(uuid4()), "kind": "text", "card": card, "text": f"Turen til havnen, gang {turn}"}
        body = json.dumps({"seq": seq, "ops": [op | {"base_version": version}]}).encode()
        answer = yield Request("POST", f"/tavle/{facts.board}/ops/?billet={ticket}", body, headers)
        said = json.loads(answer.body)
        seq = said["seq"]
        version = next(found["version"] for found in said["cards"] if found["id"] == card)


def _note(visitor: Visitor, facts: Facts) -> Requests:
    """A note of three sentences, read into segments by the editor first, as its script does while one types."""
    address = f"/notat/{facts.written_case}/skriv/"
    while True:
        form = form_to(visitor.get(address).text, address)
        typed = form.filled(text=NOTE)
        read = visitor.send(posting(f"/notat/{facts.written_case}/laes/", typed, status=200)).text
        chips = form_to(f"<form>{read}</form>", "").fields
        yield posting(address, [*typed, *chips, ("laest", "1")])


def _composed(visitor: Visitor, facts: Facts) -> Requests:
    """The status note is drawn from eighteen months, and thrown away afterwards."""
    while True:
        composed = yield _compose(visitor, facts.order)
        visitor.get(composed.headers["location"])  # else what the pages say to one piles up in the cookie
        _drop(visitor, composed)


def _composed_page(visitor: Visitor, facts: Facts) -> Requests:
    while True:
        composed = visitor.send(_compose(visitor, facts.second_order))
        yield Request("GET", composed.headers["location"])
        _drop(visitor, composed)


def _compose(visitor: Visitor, order: str) -> Request:
    return posting(f"/udfoerer/bestilling/{order}/statusnotat/", _signed(visitor))


def _drop(visitor: Visitor, composed: Answer) -> None:
    visitor.send(posting(f"{composed.headers['location']}slet/", _signed(visitor)))


def _signed(visitor: Visitor) -> list[tuple[str, str]]:
    """What every form carries besides its fields."""
    return [("csrfmiddlewaretoken", visitor.cookies["csrftoken"]), ("form_key", str(uuid4()))]


def _found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    if match is None:
        raise Unexpected(f"the page has nothing like {pattern}")
    return match[1]


HELLO = Scenario("hello", "Floor 1: a page with no query", _again("/hello/"))
PAGE = Scenario("page", "Floor 2: 5 look-ups, 30 KB", _again("/page/"))
WRITE = Scenario("write", "Floor 3: one INSERT and commit", _bare_write, writes=True)
FLOORS = (HELLO, PAGE, WRITE)
PAGES = (
    Scenario("case", "Case page", _again("/myndighed/borgere/{facts.case}/"), "caseworker"),
    Scenario("caseload", "Caseload of 50", _again("/myndighed/borgere/"), "caseworker"),
    Scenario("day", "Min dag", _again("/myndighed/min-dag/"), "caseworker"),
    Scenario("board", "Board, opened", _again("/tavle/{facts.board}/"), "caseworker"),
    Scenario("card", "Board, one card", _card, "caseworker", writes=True),
    Scenario("note", "Save a note", _note, "worker", writes=True),
    Scenario("compose", "Status note, composed from 18 months", _composed, "worker", writes=True),
    Scenario("status", "Status note, its page", _composed_page, "worker"),
    Scenario("home", "Citizen's home", _again("/min/"), "citizen"),
)
