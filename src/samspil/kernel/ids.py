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
    global _last
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    moment = milliseconds << 12 | nanoseconds * 4096 // 1_000_000
    with _lock:
        moment = _last = max(moment, _last + 1)
    chance = int.from_bytes(os.urandom(8)) >> 2
    return uuid.UUID(int=(moment >> 12) << 80 | 7 << 76 | (moment & 0xFFF) << 64 | 0b10 << 62 | chance)
