"""The web server as `samspil` runs it, with small applications in place of Samspil."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

pytestmark = [pytest.mark.real_time, pytest.mark.slow]

STREAMING = """
import os, time
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    for _ in range(int(environ["PATH_INFO"].strip("/") or 1)):
        yield f"{os.getpid()}\\n".encode()
        time.sleep(0.1)
"""
# Starts the server as samspil does, tells its number, and does not end by itself.
SUPERVISOR = """
import os, subprocess, sys
us = {"SAMSPIL_SUPERVISOR": str(os.getpid())}
child = subprocess.Popen(sys.argv[1:], start_new_session=True, env=os.environ | us)
print(child.pid, flush=True)
child.wait()
"""


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def command(tmp_path: Path, port: int) -> list[str]:
    (tmp_path / "streaming.py").write_text(STREAMING)
    where = ["--bind", f"127.0.0.1:{port}", "--pythonpath", str(tmp_path)]
    return [sys.executable, "-m", "gunicorn", "--config", "python:samspil.config.serving", *where, "streaming"]


@contextmanager
def running(command: list[str], port: int) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            wait_for(port, open_=True)
            yield process
        finally:
            process.terminate()


def wait_for(port: int, *, open_: bool) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with socket.socket() as trial:
            if (trial.connect_ex(("127.0.0.1", port)) == 0) == open_:
                return
        time.sleep(0.02)
    raise AssertionError(f"port {port} is {'closed' if open_ else 'open'} after ten seconds")


def test_a_stream_may_last_longer_than_the_timeout(command: list[str], port: int) -> None:
    with running([*command, "--timeout", "1"], port), urlopen(f"http://127.0.0.1:{port}/20", timeout=10) as answer:
        lines = answer.read().split()
    assert len(lines) == 20
    assert len(set(lines)) == 1


def test_many_open_streams_leave_room_for_a_page(command: list[str], port: int) -> None:
    """So many as fit into one process, should it get them all; a page that waited for one would wait twenty seconds."""
    with running(command, port), ExitStack() as streams:
        for _ in range(20):
            streams.enter_context(urlopen(f"http://127.0.0.1:{port}/200", timeout=10))
        began = time.monotonic()
        with urlopen(f"http://127.0.0.1:{port}/1", timeout=10) as page:
            page.read()
        assert time.monotonic() - began < 5


SMUGGLED = b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
TWO_LENGTHS = b"Content-Length: %d\r\nContent-Length: 0\r\n\r\n%b" % (len(SMUGGLED), SMUGGLED)
UNSURE_WHERE_IT_ENDS = [
    b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n1\r\nA\r\n0\r\n\r\n" + SMUGGLED,
    TWO_LENGTHS,
    b"Content-Length: +5\r\n\r\n12345" + SMUGGLED,
    b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
]


def answers(port: int, request: bytes) -> int:
    """How many answers come back before the connection is closed, or falls silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=3) as line:
        line.sendall(request)
        heard = b""
        with suppress(TimeoutError):
            while piece := line.recv(65536):
                heard += piece
    return heard.count(b"HTTP/1.1 ")


@pytest.mark.parametrize("tail", UNSURE_WHERE_IT_ENDS)
def test_no_request_hides_in_another(command: list[str], port: int, tail: bytes) -> None:
    with running(command, port):
        assert answers(port, b"POST /1 HTTP/1.1\r\nHost: a\r\n" + tail) <= 1
        assert answers(port, b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED) == 2  # the control: two in the open


def test_an_open_stream_does_not_hold_up_the_stopping(
    command: list[str], port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMSPIL_GRACE", "1")
    with running(command, port) as server, urlopen(f"http://127.0.0.1:{port}/200", timeout=10) as stream:
        assert stream.readline()
        began = time.monotonic()
        server.terminate()
        assert server.wait(10) == 0
        assert 0.9 < time.monotonic() - began < 4


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has ended")
def test_the_server_ends_with_a_supervisor_that_was_killed(command: list[str], port: int) -> None:
    with running([sys.executable, "-c", SUPERVISOR, *command], port) as supervisor:
        assert supervisor.stdout is not None
        server = int(supervisor.stdout.readline())
        os.kill(server, 0)
        supervisor.send_signal(signal.SIGKILL)
        wait_for(port, open_=False)
