import ast
import re
import tomllib
from collections.abc import Set
from pathlib import Path

import pytest

from tests.structure.source_code import ROOT, SRC, modules, shown

GLOSSARY = tomllib.loads((ROOT / "docs" / "glossary.toml").read_text("utf-8"))
FORBIDDEN = {tuple(word.split("_")): term for term, entry in GLOSSARY.items() for word in entry["forbidden"]}

# At the border a standard's own names for its things are kept: FHIR's resource for a person is Patient.
KEPT_AT_THE_BORDER = {("patient",)}


def words(identifier: str) -> tuple[str, ...]:
    """`SubGoal` and `sub_goal` → ("sub", "goal")."""
    spaced = re.sub(r"(?<=[a-zæøå0-9])(?=[A-ZÆØÅ])|(?<=[A-Z])(?=[A-Z][a-z])", "_", identifier)
    return tuple(word for word in spaced.lower().split("_") if word)


def named_here(module: ast.AST) -> set[str]:
    """What a module gives a name: classes, functions, parameters, variables, attributes."""
    found: set[str] = set()
    for node in ast.walk(module):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(name)
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                found.add(name)
            case ast.alias(asname=str(name)):
                found.add(name)
    return found


def forbidden_in(identifier: str, *, kept: Set[tuple[str, ...]] = frozenset()) -> list[str]:
    parts = words(identifier)
    return [
        f"{identifier}: write {term}"
        for synonym, term in FORBIDDEN.items()
        if synonym not in kept
        if any(parts[at : at + len(synonym)] in (synonym, _plural(synonym)) for at in range(len(parts)))
    ]


def _plural(synonym: tuple[str, ...]) -> tuple[str, ...]:
    return (*synonym[:-1], synonym[-1] + "s")


@pytest.mark.parametrize("path", [pytest.param(path, id=shown(path)) for path in modules()])
def test_no_forbidden_synonym_names_anything(path: Path):
    identifiers = {path.stem, *path.relative_to(SRC).parts[:-1], *named_here(ast.parse(path.read_text("utf-8")))}
    kept = KEPT_AT_THE_BORDER if path.is_relative_to(SRC / "exchange") else frozenset()
    assert [found for identifier in sorted(identifiers) for found in forbidden_in(identifier, kept=kept)] == []


def test_the_reader_finds_what_is_forbidden():
    named = named_here(ast.parse("class StatusReport:\n    def f(self, kin, *, oldPatients): self.action_points = kin"))
    assert named == {"StatusReport", "f", "self", "kin", "oldPatients", "action_points"}
    assert all(forbidden_in(name) for name in ("StatusReport", "kin", "old_patients", "ACTION_POINTS"))
    assert not forbidden_in("patient", kept=KEPT_AT_THE_BORDER)
    assert not any(forbidden_in(name) for name in ("linux_kind", "status_note", "points_of_action"))


@pytest.mark.parametrize("term", GLOSSARY)
def test_a_term_says_what_it_is(term):
    entry = GLOSSARY[term]
    assert entry.keys() == {"danish", "meaning", "source", "forbidden"}
    assert all(entry.values()), "nothing may be empty"
    assert term not in entry["forbidden"]


def test_no_term_is_another_terms_forbidden_synonym():
    assert {"_".join(synonym) for synonym in FORBIDDEN} & GLOSSARY.keys() == set()
