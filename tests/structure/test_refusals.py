import ast
import inspect
from enum import Enum

import pytest
from django.utils import translation

from samspil.contexts.access.api import NotAllowed
from samspil.kernel.cpr import CprProblem
from samspil.kernel.danish_dates import DateProblem
from samspil.kernel.machine import MoveRefusal
from samspil.web.shell.refusal_texts import TEXTS, text_of
from tests.structure.source_code import CONTEXTS, SRC, modules, optional_module, shown, tree


def refusal_enums() -> set[type[Enum]]:
    """The enums named …Refusal in a context's enums, and those that everybody shares."""
    found: set[type[Enum]] = {NotAllowed, MoveRefusal, CprProblem, DateProblem}
    for context in CONTEXTS:
        if enums := optional_module(f"samspil.contexts.{context}.enums"):
            found |= {enum for name, enum in inspect.getmembers(enums, inspect.isclass) if name.endswith("Refusal")}
    return found


def reasons_given(module: ast.Module) -> set[tuple[str, str]]:
    """(enum, member) of every `Verdict(X.Y)` and `Refused(X.Y)`, also as `refusal=` or `reason=`."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Verdict", "Refused"}:
            for value in [*node.args, *(keyword.value for keyword in node.keywords)]:
                found |= {
                    (part.value.id, part.attr)
                    for part in ast.walk(value)
                    if isinstance(part, ast.Attribute)
                    and isinstance(part.value, ast.Name)
                    and part.value.id[:1].isupper()
                }
    return found


REASONS = sorted((reason for enum in refusal_enums() for reason in enum), key=str)


@pytest.mark.parametrize("reason", [pytest.param(r, id=f"{type(r).__name__}.{r.name}") for r in REASONS])
def test_every_reason_has_a_danish_sentence(reason):
    with translation.override("da"):
        text = text_of(reason)
    assert text[0].isupper()
    assert text[-1] in ".!?"
    assert len(text) <= 140


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=shown(path)) for path in modules(SRC) if path.parent != SRC / "kernel"]
)
def test_every_reason_given_is_one_of_them(path):
    known = {(enum.__name__, reason.name) for enum in refusal_enums() for reason in enum}
    assert reasons_given(tree(path)) - known == set()


def test_reasons_of_two_contexts_never_pass_for_each_other():
    """A StrEnum would: "wrong_status" of a case equals "wrong_status" of an order, and gets its sentence."""
    assert [enum.__name__ for enum in refusal_enums() if issubclass(enum, str)] == []
    assert len(set(REASONS)) == len(REASONS)


def test_no_sentence_is_left_over():
    assert TEXTS.keys() - set(REASONS) == set()


def test_reasons_are_found_in_code():
    code = "def f(a):\n  raise Refused(Lost.AT_SEA)\n  return Verdict(refusal=Lost.ON_LAND if a else None)"
    assert reasons_given(ast.parse(code)) == {("Lost", "AT_SEA"), ("Lost", "ON_LAND")}


def test_a_reason_without_a_sentence_is_an_error():
    class Lost(Enum):
        AT_SEA = "at_sea"

    with pytest.raises(KeyError):
        text_of(Lost.AT_SEA)
