"""CPU time and memory of processes, as the kernel keeps them (Linux only).

The clock of a process counts user and system time of all its threads, in nanoseconds; utime and stime in
/proc/PID/stat are the same figures rounded to hundredths of a second.
"""

import time
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
_SCHEDULED = 2  # CPUCLOCK_SCHED of include/linux/posix-timers.h; the clock's number holds the process's, inverted


def cpu_seconds(pids: Iterable[int]) -> dict[int, float]:
    """What each process has used so far. One that has ended is left out."""
    used = {}
    for pid in pids:
        try:
            used[pid] = time.clock_gettime((~pid << 3) | _SCHEDULED)
        except OSError:
            continue
    return used


def spent(before: dict[int, float], after: dict[int, float]) -> float:
    """Seconds between two readings; a process that is new since the first began at nothing."""
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())


def family(pid: int) -> set[int]:
    """A process and its living children."""
    children = (PROC / f"{pid}/task/{pid}/children").read_text().split()
    return {pid, *map(int, children)}


def pss_megabytes(pids: Iterable[int]) -> float:
    """Proportional set size: a page that n processes share counts 1/n in each."""
    kilobytes = 0
    for pid in pids:
        for line in (PROC / f"{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024
