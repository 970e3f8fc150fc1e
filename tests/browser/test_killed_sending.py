"""The web server's process is killed with -9 while it makes a letter's papers; its sender reads how it went."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from samspil.contexts.letters import api as letters
from samspil.contexts.letters.api import Dispatch, Letter, LetterDocument
from tests.browser.person import LAPTOP, Person
from tests.cast import Cast
from tests.config.test_serving import free_port
from tests.killed import SECONDS, variables
from tests.letter_facts import facts_for

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SLOW = """
import os
from pathlib import Path
from samspil.config.wsgi import application
from samspil.contexts.letters import papers

make, made, busy = papers.make_pdf, [], Path(os.environ["SAMSPIL_TEST_BUSY"])

def make_slowly(*args, **more):
    made.append(args)
    if len(made) == 3 and not busy.exists():
        busy.write_text(str(os.getpid()))
        while True:
            make(*args, **more)
    return make(*args, **more)

papers.make_pdf = make_slowly
"""


@pytest.fixture
def busy(tmp_path: Path) -> Path:
    """Where the process that draws the third paper writes its number, the first time one gets so far."""
    return tmp_path / "busy"


@pytest.fixture
def server(db: None, tmp_path: Path, busy: Path) -> Iterator[str]:
    (tmp_path / "slow.py").write_text(SLOW)
    port = free_port()
    where = ["--bind", f"127.0.0.1:{port}", "--pythonpath", str(tmp_path)]
    command = [sys.executable, "-m", "gunicorn", "--config", "python:samspil.config.serving", *where, "slow"]
    with subprocess.Popen(command, env=os.environ | variables() | {"SAMSPIL_TEST_BUSY": str(busy)}) as process:
        try:
            _wait_until(lambda: _answers(port))
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/sund/", timeout=1) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _wait_until(done: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_letter_is_sent_once_and_its_sender_reads_it(browser: Browser, cast: Cast, server: str, busy: Path) -> None:
    now = timezone.localtime()
    actor = cast.actor("mette", on=now.date())
    letter = letters.draft_letter(actor=actor, at=now, case_id=cast.case_id, facts=facts_for())
    mette = Person(browser.new_page(viewport={"width": LAPTOP[0], "height": LAPTOP[1]}, locale="da-DK"), server)
    mette.log_in("Mette Bjerre")
    mette.go(reverse("authority:letter", args=[letter]))
    mette.press("Gem, og gå videre til at sende")
    mette.choose("Hvordan skal brevet ud?", "Kun her i Samspil")
    mette.page.get_by_role("button", name="Send brevet").click(no_wait_after=True)
    _wait_until(lambda: busy.exists() and busy.read_text())
    mette.page.wait_for_timeout(500)
    assert Letter.objects.get().status == "draft"
    os.kill(int(busy.read_text()), signal.SIGKILL)
    mette.sees("Brevet er sendt. Borgeren kan læse det nu.")
    assert Letter.objects.get().status == "sent"
    assert (LetterDocument.objects.count(), Dispatch.objects.count()) == (4, 1)
    mette.page.close()
