"""Time-ordered identifiers, so that new rows land at the end of the index."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def new_id() -> uuid.UUID:
    """A UUID version 7 (RFC 9562, method 3): 48 bits of milliseconds, 12 of their fraction, 62 random.

    Strictly rising within a process, also when the clock stands still or is set back.
    """
    return uuid.UUID(int=_numbers(1)[0])


def new_ids(count: int) -> list[str]:
    """As many as asked for, rising, in hexadecimal: for rows that are written in one statement."""
    return [f"{number:032x}" for number in _numbers(count)]


def _numbers(count: int) -> list[int]:
    global _last
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    moment = milliseconds << 12 | nanoseconds * 4096 // 1_000_000
    with _lock:
        first = max(moment, _last + 1)
        _last = first + count - 1
    chance = os.urandom(8 * count)
    return [
        (at >> 12) << 80 | 7 << 76 | (at & 0xFFF) << 64 | 0b10 << 62 | int.from_bytes(chance[8 * n : 8 * n + 8]) >> 2
        for n, at in enumerate(range(first, first + count))
    ]
