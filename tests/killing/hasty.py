"""A negative control: Samspil, answering a form before it is carried out, as a queue in memory would."""

import io
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from samspil.config.wsgi import application as samspil

LATER = 0.3
"""Seconds until what was acknowledged is written."""


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"].startswith("/log-ind/"):
        return samspil(environ, start_response)
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    kept = environ | {"wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr}
    threading.Thread(target=_carry_out, args=(kept,)).start()
    start_response("302 Found", [("Location", "/"), ("Content-Length", "0")])
    return []


def _carry_out(environ: dict[str, Any]) -> None:
    time.sleep(LATER)
    b"".join(samspil(environ, lambda *answer: None))
