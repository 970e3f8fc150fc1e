"""A browser without a screen: cookies, forms and compressed pages over one connection."""

import gzip
import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode


class Unexpected(Exception):
    """A page answered otherwise than the benchmark counts on."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.sent) if self.headers.get("content-encoding") == "gzip" else self.sent

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


def posting(path: str, fields: list[tuple[str, str]], *, status: int = 302) -> Request:
    """A form as a browser sends it; one that is carried out answers with a redirect."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return Request("POST", path, urlencode(fields).encode(), headers, status)


class Visitor:
    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._line: http.client.HTTPConnection | None = None

    def hang_up(self) -> None:
        """The next request opens a new connection, and so may reach the other worker."""
        if self._line is not None:
            self._line.close()
        self._line = None

    def send(self, request: Request) -> Answer:
        """One request, no redirect followed. Raises Unexpected for another status than the request counts on."""
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Accept-Encoding": "gzip", **request.headers}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self._line.request(request.method, request.path, request.body or None, headers)
            found = self._line.getresponse()
            answer = Answer(found.status, {k.lower(): v for k, v in found.getheaders()}, found.read())
        except (http.client.RemoteDisconnected, ConnectionError):
            self.hang_up()  # kept alive no longer; a request that was carried out would have been answered
            return self.send(request)
        for name, value in found.getheaders():
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        if answer.status != request.status:
            raise Unexpected(f"{request.method} {request.path}: {answer.status}\n{_words(answer)}")
        return answer

    def get(self, path: str) -> Answer:
        return self.send(Request("GET", path))

    def log_in(self, person: str) -> None:
        """Pick a person on the demo's page."""
        forms = forms_of(self.get("/log-ind/").text)
        token = next(value for form in forms for name, value in form.fields if name == "csrfmiddlewaretoken")
        self.send(posting("/log-ind/", [("csrfmiddlewaretoken", token), ("person", person)]))


@dataclass(slots=True)
class Form:
    action: str
    fields: list[tuple[str, str]]

    def filled(self, **typed: str) -> list[tuple[str, str]]:
        """What would be sent, with some fields typed over."""
        return [(name, value) for name, value in self.fields if name not in typed] + list(typed.items())


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._inside = False
        self._select = self._area = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(given.get("action", ""), []))
            self._inside = True
        elif not self._inside:
            return
        elif tag == "input":
            ticks = given.get("type") in {"checkbox", "radio"}
            if given.get("name") and (not ticks or "checked" in given):
                self._add(given["name"], given.get("value", "on" if ticks else ""))
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and "selected" in given:
            self._add(self._select, given.get("value", ""))
        elif tag == "textarea":
            self._area, self._text = given.get("name", ""), ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area:
            self._add(self._area, self._text.removeprefix("\n"))
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data

    def _add(self, name: str, value: str) -> None:
        self.found[-1].fields.append((name, value))


def forms_of(page: str) -> list[Form]:
    """Every form of a page with what a browser would send if its button were pressed at once."""
    parser = _Forms()
    parser.feed(page)
    return parser.found


def form_to(page: str, action: str) -> Form:
    """The form that is sent to an address. Raises Unexpected when the page has none."""
    for form in forms_of(page):
        if form.action == action:
            return form
    raise Unexpected(f"no form to {action}")


def _words(answer: Answer) -> str:
    parser = HTMLParser()
    said: list[str] = []
    parser.handle_data = lambda data: said.append(data.strip())  # type: ignore[method-assign]
    parser.feed(answer.text)
    return " ".join(filter(None, said))[:600]
