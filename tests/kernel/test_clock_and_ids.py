import datetime as dt
import itertools
import threading
import uuid

import pytest
import time_machine

from samspil.kernel import clock, ids


def test_the_day_is_the_danish_day():
    with time_machine.travel(dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC), tick=False):
        assert clock.today() == dt.date(2026, 7, 1)
        assert clock.now().utcoffset() == dt.timedelta(hours=2)


def test_an_id_is_a_version_7_uuid_carrying_its_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ids, "_last", 0)  # another test may have lived in the future
    identifier = ids.new_id()
    assert (identifier.version, identifier.variant) == (7, uuid.RFC_4122)
    at = dt.datetime.fromtimestamp((identifier.int >> 80) / 1000, dt.UTC)
    assert abs(at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


@pytest.mark.parametrize("seconds", [0, -3600])
def test_ids_rise_also_when_the_clock_stands_still_or_goes_back(seconds):
    before = ids.new_id()
    with time_machine.travel(dt.timedelta(seconds=seconds), tick=False):
        made = [before, *(ids.new_id() for _ in range(5000))]
    assert all(one < next_one for one, next_one in itertools.pairwise(made))


def test_many_at_once_stand_in_line_with_those_made_one_by_one():
    made = [ids.new_id(), *map(uuid.UUID, ids.new_ids(500)), ids.new_id(), *map(uuid.UUID, ids.new_ids(2))]
    assert {(one.version, one.variant) for one in made} == {(7, uuid.RFC_4122)}
    assert all(one < next_one for one, next_one in itertools.pairwise(made))
    assert len({one.int & (1 << 62) - 1 for one in made}) == len(made) == 504  # each with its own chance
    assert ids.new_ids(0) == []


def test_threads_never_share_an_id():
    made: list[uuid.UUID] = []
    threads = [threading.Thread(target=lambda: made.extend(ids.new_id() for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({identifier.int >> 64 for identifier in made}) == 2000
