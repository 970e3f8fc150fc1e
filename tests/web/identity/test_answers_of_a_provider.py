"""What a provider's own addresses may answer: a way to somewhere else is no answer, and is not followed."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from samspil.web.identity import provider_talk
from samspil.web.identity.provider_talk import NoAnswer

pytestmark = pytest.mark.real_time


class Answers(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "/inside")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"secret": "inside"}).encode())

    def log_message(self, *_words: object) -> None:
        """Nothing to the console."""


@contextmanager
def answering() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    handler = type("Here", (Answers,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_a_redirect_is_not_followed() -> None:
    with answering() as (here, asked):
        with pytest.raises(NoAnswer):
            provider_talk._fetch(f"{here}/elsewhere")
        assert asked == ["/elsewhere"]
        assert provider_talk._fetch(f"{here}/inside") == {"secret": "inside"}  # the control
