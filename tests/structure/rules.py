"""Whether docs/rules.toml says of every rule where it is enforced and what shows it: `make check-rules`.

That something is named says that it is there, not that it is right: the tests it names say that.
"""

import ast
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.structure.asvs import ROOT, SHORTEST_REASON, tests_of

SOURCE = ROOT / "src/samspil"
TABLE = SOURCE / "contexts/catalogue/data/law/decision_rules.toml"
ANSWERS = ROOT / "docs/rules.toml"
GAPS = "contexts/decisions/examined.py"
STANDS = ("whole", "part", "day", "no")

Answers = Mapping[str, Mapping[str, Any]]


def wanted() -> set[str]:
    return {row["key"] for row in tomllib.loads(TABLE.read_text(encoding="utf-8"))["decision_rule"]}


def answers() -> Answers:
    return tomllib.loads(ANSWERS.read_text(encoding="utf-8"))


def demanded_of_drafts() -> set[str]:
    """The rules that gaps in a drafted decision are named by."""
    return set(re.findall(r'"(R\d\d)"', (SOURCE / GAPS).read_text(encoding="utf-8")))


def faults_of(found: Answers, keys: set[str]) -> Iterator[str]:
    yield from (f"{key}: no answer" for key in sorted(keys - found.keys()))
    yield from (f"{key}: no such rule" for key in sorted(found.keys() - keys))
    for key, answer in found.items():
        yield from (f"{key}: {fault}" for fault in _faults(key, answer))


def _faults(key: str, answer: Mapping[str, Any]) -> Iterator[str]:
    stands, places, tests = answer.get("stands"), answer.get("where", []), answer.get("tests", [])
    if stands not in STANDS:
        yield f"stands as none of {', '.join(STANDS)}"
    if unknown := answer.keys() - {"stands", "where", "tests", "lacks"}:
        yield f"nobody reads {', '.join(sorted(unknown))}"
    if stands == "no" and (places or tests):
        yield "what is not enforced has no place"
    if stands != "no" and not (places and tests):
        yield "no place or no test"
    if (stands == "whole") is (len(answer.get("lacks", "")) >= SHORTEST_REASON):
        yield "whole, and yet something lacks" if stands == "whole" else "does not say what lacks"
    if stands in {"whole", "part"} and key in demanded_of_drafts() and not any(one.startswith(GAPS) for one in places):
        yield f"a gap in {GAPS}, which is not named"
    yield from (f"no such place: {one}" for one in places if not _is_there(*one.partition("::")[::2]))
    yield from (f"no such test: {one}" for one in tests if one not in tests_of(one.partition("::")[0]))


def _is_there(path: str, name: str) -> bool:
    file = SOURCE / path
    return file.is_file() and name in _names(file)


@cache
def _names(file: Path) -> frozenset[str]:
    """What a module defines, or the rows of a data file by their key or the basis that they are for."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".toml":
        rows = [row for value in tomllib.loads(text).values() if isinstance(value, list) for row in value]
        return frozenset(row[kind] for row in rows for kind in ("key", "basis") if kind in row)
    names = set()
    for node in ast.parse(text).body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.Assign():
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return frozenset(names)


def main() -> int:
    found = answers()
    faults = list(faults_of(found, wanted()))
    sys.stderr.write("".join(f"docs/rules.toml: {fault}\n" for fault in faults))
    kinds = Counter(answer.get("stands") for answer in found.values())
    sys.stdout.write("The rule table: " + ", ".join(f"{kind} {kinds[kind]}" for kind in STANDS) + "\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
