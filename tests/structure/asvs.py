"""Whether docs/asvs.yml answers every requirement of levels 1 and 2 with something that is there: `make check-asvs`."""

import ast
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r'(V[\d.]+): "(.+)"')
KINDS = ("test", "document", "n/a", "open")
SHORTEST_REASON = 4


def wanted() -> set[str]:
    with (ROOT / "docs" / "asvs-5.0.0.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file) if row["level"] in {"1", "2"}}


def answers(text: str) -> tuple[dict[str, str], list[str]]:
    """Each requirement's answer, and what cannot be read or stands there twice."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    read = [(line, LINE.fullmatch(line)) for line in lines]
    faults = [f"cannot read: {line}" for line, match in read if match is None]
    pairs = [(match[1], match[2]) for _, match in read if match is not None]
    faults += [f"{name}: twice" for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    return dict(pairs), faults


def faults_of(found: Mapping[str, str], ids: set[str]) -> Iterator[str]:
    yield from (f"{name}: no answer" for name in sorted(ids - found.keys()))
    yield from (f"{name}: no such requirement" for name in sorted(found.keys() - ids))
    for name, answer in found.items():
        for part in answer.split(" + "):
            kind, _, what = part.partition(" ")
            match kind:
                case "test":
                    fault = "" if what in tests_of(what.partition("::")[0]) else "no such test"
                case "document":
                    fault = "" if _is_there(*what.partition("#")[::2]) else "no such section"
                case "n/a" | "open":
                    fault = "" if len(what) >= SHORTEST_REASON else "no reason"
                case _:
                    fault = f"begins with none of {', '.join(KINDS)}"
            if fault:
                yield f"{name}: {fault}: {part}"


@cache
def tests_of(path: str) -> frozenset[str]:
    """The tests of a file, as pytest names them."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree, found = ast.parse(file.read_text(encoding="utf-8")), set()
    for node in tree.body:
        inside = [(node, "")] if not isinstance(node, ast.ClassDef) else [(one, f"{node.name}::") for one in node.body]
        for one, before in inside:
            if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"):
                found.add(f"{path}::{before}{one.name}")
    return frozenset(found)


@cache
def _is_there(path: str, section: str) -> bool:
    file = ROOT / path
    if not file.is_file():
        return False
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return not section or section in {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def main() -> int:
    found, faults = answers((ROOT / "docs" / "asvs.yml").read_text(encoding="utf-8"))
    faults += faults_of(found, wanted())
    sys.stderr.write("".join(f"docs/asvs.yml: {fault}\n" for fault in faults))
    kinds = Counter(answer.split(" ", 1)[0] for answer in found.values())
    sys.stdout.write("ASVS 5.0, level 1 and 2: " + ", ".join(f"{kind} {kinds[kind]}" for kind in KINDS) + "\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
