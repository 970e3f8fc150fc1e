"""`samspil serve` from its start to its end, against the tests' own migrated database."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from django.db import connection

from tests.config.test_serving import free_port, wait_for

pytestmark = [pytest.mark.real_time, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shared, so that the files are packed once: the second start and the third are as quick as they should be."""
    return tmp_path_factory.mktemp("data")


def environment(data: Path) -> dict[str, str]:
    known = connection.settings_dict
    where = f"host={quote(known['HOST'])}&port={known['PORT']}"
    url = f"postgresql://{known['USER']}:{quote(known['PASSWORD'])}@/{known['NAME']}?{where}"
    return os.environ | {"DATABASE_URL": url, "SAMSPIL_MODE": "demo", "SAMSPIL_DATA": str(data)}


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_serves_until_it_is_told_to_stop(wish: signal.Signals, data: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "samspil.config.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment(data), stdout=subprocess.PIPE, text=True) as samspil:
        try:
            assert samspil.stdout is not None
            assert [samspil.stdout.readline() for _ in range(3)] == [
                "\n",
                f"Samspil kører på http://localhost:{port}\n",
                "Stop med Ctrl-C.\n",
            ]
            with urlopen(f"http://127.0.0.1:{port}/sund/", timeout=10) as answer:
                assert answer.status == 200
            samspil.send_signal(wish)
            began = time.monotonic()
            assert samspil.wait(10) == 0
            assert time.monotonic() - began < 9
            assert samspil.stdout.read() == "Samspil er stoppet.\n"
        finally:
            samspil.kill()
    wait_for(port, open_=False)
