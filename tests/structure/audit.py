"""Whether a package that Samspil is made of, tested with or built by has a known hole: `make audit`.

Asks a service that speaks OSV's `POST /v1/querybatch`, about the locked versions and nothing else. Three answers: no
known holes (0), holes (1), and not asked (3). What could not be asked is never told as clean, and neither is an answer
for fewer packages than were asked about.
"""

import json
import os
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements/run.txt", "requirements/build.txt", "requirements/test.txt")
NODE_LOCK = "tests/web/identity/provider/package-lock.json"
ACCEPTED = "requirements/accepted-holes.toml"
SERVICE = os.environ.get("SAMSPIL_ADVISORIES", "https://api.osv.dev/v1/querybatch")
CLEAN, HOLES, NOT_ASKED = 0, 1, 3
PAGES = 20
SECONDS = 30
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.M)


class NotAsked(Exception):
    """The service did not answer, or not for everything."""


@dataclass(frozen=True, slots=True, order=True)
class Package:
    ecosystem: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Hole:
    package: Package
    id: str


def python_packages(text: str) -> set[Package]:
    return {Package("PyPI", re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in _PINNED.findall(text)}


def node_packages(text: str) -> set[Package]:
    """The packages of a package-lock.json; its own entry has the empty name."""
    rows = json.loads(text)["packages"].items()
    return {Package("npm", path.rpartition("node_modules/")[2], row["version"]) for path, row in rows if path}


def locked() -> list[Package]:
    found = {one for name in LOCKS for one in python_packages((ROOT / name).read_text(encoding="utf-8"))}
    return sorted(found | node_packages((ROOT / NODE_LOCK).read_text(encoding="utf-8")))


def holes_in(packages: list[Package], *, service: str) -> Iterator[Hole]:
    """Raises NotAsked."""
    waiting: list[tuple[Package, str]] = [(one, "") for one in packages]
    for _page in range(PAGES):
        results = _asked(waiting, service)
        again = []
        for (package, _token), result in zip(waiting, results, strict=True):
            yield from (Hole(package, str(found["id"])) for found in result.get("vulns", ()))
            again += [(package, result["next_page_token"])] if result.get("next_page_token") else []
        if not again:
            return
        waiting = again
    raise NotAsked(f"more than {PAGES} pages")


def _asked(waiting: list[tuple[Package, str]], service: str) -> list[dict[str, Any]]:
    queries = [
        {"package": {"ecosystem": one.ecosystem, "name": one.name}, "version": one.version}
        | ({"page_token": token} if token else {})
        for one, token in waiting
    ]
    try:
        answer = requests.post(service, json={"queries": queries}, timeout=SECONDS)
        answer.raise_for_status()
        results = answer.json()["results"]
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise NotAsked(f"{type(error).__name__} at {service}") from error
    if not isinstance(results, list) or len(results) != len(queries):
        raise NotAsked(f"{service} did not answer for each of {len(queries)} packages")
    return [one or {} for one in results]


def accepted(text: str, *, today: date) -> dict[tuple[str, str], str]:
    """Holes that do not concern us, by package and id, until a day: afterwards they count again."""
    rows: Iterable[Mapping[str, Any]] = tomllib.loads(text).get("hole", ())
    return {(row["package"], row["id"]): row["why"] for row in rows if row["until"] >= today}


def main() -> int:
    packages = locked()
    try:
        found = list(holes_in(packages, service=SERVICE))
    except NotAsked as error:
        sys.stderr.write(f"IKKE UNDERSØGT for kendte huller: {error}.\n")
        return NOT_ASKED
    known = accepted((ROOT / ACCEPTED).read_text(encoding="utf-8"), today=date.today())  # noqa: DTZ011 - no municipality's day
    open_ones = [one for one in found if (one.package.name, one.id) not in known]
    for one in open_ones:
        sys.stderr.write(f"{one.package.name} {one.package.version}: {one.id}\n")
    sys.stdout.write(
        f"{len(packages)} pakker: {len(open_ones)} kendte huller, {len(found) - len(open_ones)} accepteret.\n"
    )
    return HOLES if open_ones else CLEAN


if __name__ == "__main__":
    sys.exit(main())
