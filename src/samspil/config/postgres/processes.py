"""Which processes belong to a cluster. A number in a file is not enough: it may be a zombie or a stranger."""

import subprocess
from pathlib import Path

PROC = Path("/proc")


def processes_named(name: str) -> set[int]:
    """The live processes with `name` in their command line. A zombie has none, and so does not count."""
    if not PROC.is_dir():
        return _from_ps(name)
    found = set()
    for process in PROC.iterdir():
        if process.name.isdigit():
            try:
                command = (process / "cmdline").read_bytes()
            except OSError:
                continue  # gone since the folder was listed
            if name.encode() in command:
                found.add(int(process.name))
    return found


def _from_ps(name: str) -> set[int]:
    listing = subprocess.run(["ps", "-axo", "pid=,command="], capture_output=True, text=True, check=True).stdout  # noqa: S607
    return {int(line.split(None, 1)[0]) for line in listing.splitlines() if name in line}
