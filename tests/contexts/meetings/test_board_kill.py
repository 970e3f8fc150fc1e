"""The process that closes a meeting is killed with -9 between two writes: all of it happened, or none."""

import re
import signal

import pytest

from tests.boards import LATER, NOTHING, everything, fill, open_board
from tests.cast import Cast
from tests.killed import SECONDS, another_process

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.real_time]

CLOSE = """
import os, signal, sys
import datetime as dt
from uuid import UUID
import django
django.setup()
from django.db import connection
from samspil.contexts.access import api as access
from samspil.contexts.meetings import api as meetings
from samspil.kernel import scope

scope.stay(scope.SYSTEM)
die_at, user, meeting = int(sys.argv[1]), UUID(sys.argv[2]), UUID(sys.argv[3])
at = dt.datetime.fromisoformat(sys.argv[4])
actor = access.actor_for(user, on=at.date())
written = 0

def count(execute, sql, params, many, context):
    global written
    result = execute(sql, params, many, context)
    if sql.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
        written += 1
        if written == die_at:
            os.kill(os.getpid(), signal.SIGKILL)
    return result

with connection.execute_wrapper(count):
    meetings.close_meeting(actor=actor, at=at, meeting_id=meeting)
print("writes", written)
os.kill(os.getpid(), signal.SIGKILL)
"""


def closed_in_another_process(cast: Cast, meeting_id: object, *, die_at: int) -> tuple[int, str]:
    """How it ended, and what it said."""
    with another_process(CLOSE, die_at, cast.mette.id, meeting_id, LATER.isoformat()) as process:
        said, problem = process.communicate(timeout=SECONDS)
    return process.returncode, said + problem


def test_killed_while_closing_all_happened_or_nothing(cast: Cast) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    writes = 0
    for die_at in (1, 3, 6, 9, 12, 1000):
        code, output = closed_in_another_process(cast, meeting_id, die_at=die_at)
        assert code == -signal.SIGKILL, output
        said = re.search(r"writes (\d+)", output)
        if said is None:
            assert everything() == NOTHING, f"killed after write {die_at}"
            continue
        writes = int(said[1])
        break
    assert writes > 9, "the process was killed between the writes, not before them"
    assert everything() == {**NOTHING, "notes": 1, "tasks": 1, "plans": 1, "pictures": 1, "closed": 1}
