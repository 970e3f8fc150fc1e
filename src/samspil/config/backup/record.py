"""When a copy was last taken, and when one was last proven: `backup.json` beside the data."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

PROVEN_EVERY = dt.timedelta(days=35)
TAKEN_EVERY = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Status:
    """`proven_at` is the last time that a set was put back and every row and file was the same."""

    taken_at: dt.datetime | None
    proven_at: dt.datetime | None

    def warnings(self, *, at: dt.datetime) -> list[str]:
        found = []
        if self.taken_at is None:
            found.append("Der er aldrig taget en sikkerhedskopi her. Kør: samspil backup MAPPE")
        elif at - self.taken_at > TAKEN_EVERY:
            found.append(f"Den sidste sikkerhedskopi er {(at - self.taken_at).days} dage gammel.")
        if self.proven_at is None:
            found.append("Ingen sikkerhedskopi er prøvet her. Kør: samspil restore SÆT --try")
        elif at - self.proven_at > PROVEN_EVERY:
            found.append(
                f"Det er {(at - self.proven_at).days} dage siden, at en sikkerhedskopi sidst blev prøvet. "
                "Kør: samspil restore SÆT --try"
            )
        return found


def status(data: Path) -> Status:
    known = _read(data)
    return Status(*(dt.datetime.fromisoformat(known[name]) if name in known else None for name in ("taken", "proven")))


def note(data: Path, what: str, *, at: dt.datetime) -> None:
    """`what` is "taken" or "proven"."""
    data.mkdir(parents=True, exist_ok=True)
    new = data / "backup.json.new"
    new.write_text(json.dumps({**_read(data), what: at.isoformat(timespec="seconds")}))
    new.replace(data / "backup.json")


def _read(data: Path) -> dict[str, str]:
    file = data / "backup.json"
    return dict(json.loads(file.read_text())) if file.exists() else {}
