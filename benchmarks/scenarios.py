"""What is measured: a visitor makes a request ready, sends it, and clears up after it."""

import json
import re
from collections.abc import Callable, Generator
from dataclasses import dataclass
from uuid import uuid4

from benchmarks.arrange import Facts
from benchmarks.visitor import Answer, Request, Unexpected, Visitor, form_to, posting

Exchange = Generator[Request, Answer, None]
"""Makes a request ready, yields it, is sent the answer, and clears up."""

NOTE = (
    "Vi gik ned til havnen og hilste på hundene.\n"
    "“Jeg vil gerne gå alene på onsdag.”\n"
    "Hun gik det sidste stykke foran, og det gik fint."
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What `exchange` yields is measured; what it sends itself before and after is not.

    `person` names the field of Facts with the one who is logged in; a floor has none.
    """

    key: str
    title: str
    exchange: Callable[[Visitor, Facts], Exchange]
    person: str = ""
    writes: bool = False


def _page(path: str) -> Callable[[Visitor, Facts], Exchange]:
    """A page that is only looked at; `path` may name fields of Facts."""

    def exchange(visitor: Visitor, facts: Facts) -> Exchange:
        yield Request("GET", path.format(facts=facts))

    return exchange


def _bare_write(visitor: Visitor, facts: Facts) -> Exchange:
    yield posting("/write/", [("text", NOTE)], status=204)


def _card(visitor: Visitor, facts: Facts) -> Exchange:
    """A word more on one card, as a device sends it, and what is new comes back."""
    page = visitor.get(f"/tavle/{facts.board}/").text
    ticket = _found(r'data-ticket="([^"]+)"', page)
    state = json.loads(visitor.get(f"/tavle/{facts.board}/trin/?billet={ticket}&efter=0").body)
    card = state["cards"][0]
    change = {"op": str(uuid4()), "kind": "text", "card": card["id"], "base_version": card["version"]}
    body = json.dumps({"seq": state["seq"], "ops": [change | {"text": f"Turen til havnen, gang {card['version']}"}]})
    headers = {"Content-Type": "application/json", "X-CSRFToken": visitor.cookies["csrftoken"]}
    answer = yield Request("POST", f"/tavle/{facts.board}/ops/?billet={ticket}", body.encode(), headers)
    if json.loads(answer.body)["results"][0]["state"] != "done":
        raise Unexpected(answer.text)


def _note(visitor: Visitor, facts: Facts) -> Exchange:
    """A note of three sentences, read into segments by the editor first, as its script does while one types."""
    address = f"/notat/{facts.written_case}/skriv/"
    typed = form_to(visitor.get(address).text, address).filled(text=NOTE)
    read = visitor.send(posting(f"/notat/{facts.written_case}/laes/", typed, status=200)).text
    chips = form_to(f"<form>{read}</form>", "").fields
    yield posting(address, [*typed, *chips, ("laest", "1")])


def _composed(visitor: Visitor, facts: Facts) -> Exchange:
    """The status note is drawn from eighteen months, and thrown away afterwards."""
    composed = yield _compose(visitor, facts)
    visitor.get(composed.headers["location"])  # else what the pages say to one piles up in the cookie
    _drop(visitor, composed)


def _composed_page(visitor: Visitor, facts: Facts) -> Exchange:
    composed = visitor.send(_compose(visitor, facts))
    yield Request("GET", composed.headers["location"])
    _drop(visitor, composed)


def _compose(visitor: Visitor, facts: Facts) -> Request:
    return posting(f"/udfoerer/bestilling/{facts.order}/statusnotat/", _signed(visitor))


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


HELLO = Scenario("hello", "Floor 1: a page with no query", _page("/hello/"))
PAGE = Scenario("page", "Floor 2: 5 look-ups, 30 KB", _page("/page/"))
WRITE = Scenario("write", "Floor 3: one INSERT and commit", _bare_write, writes=True)
FLOORS = (HELLO, PAGE, WRITE)
PAGES = (
    Scenario("case", "Case page", _page("/myndighed/borgere/{facts.case}/"), "caseworker"),
    Scenario("caseload", "Caseload of 50", _page("/myndighed/borgere/"), "caseworker"),
    Scenario("day", "Min dag", _page("/myndighed/min-dag/"), "caseworker"),
    Scenario("board", "Board, opened", _page("/tavle/{facts.board}/"), "caseworker"),
    Scenario("card", "Board, one card", _card, "caseworker", writes=True),
    Scenario("note", "Save a note", _note, "worker", writes=True),
    Scenario("compose", "Status note, composed from 18 months", _composed, "worker", writes=True),
    Scenario("status", "Status note, its page", _composed_page, "worker"),
    Scenario("home", "Citizen's home", _page("/min/"), "citizen"),
)
PROVIDER = Scenario("provider", "Provider's case page", _page("/udfoerer/sag/{facts.case}/"), "worker")
