import ast
from pathlib import Path

import pytest

from tests.structure.source_code import SRC, functions, modules, shown, tree

MODULE, VIEWS, FUNCTION, TEMPLATE, KERNEL = 400, 300, 50, 200, 1500
DRAWERS = {"utils", "util", "helpers", "helper", "common", "core", "mixins", "misc", "shared", "stuff"}


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def allowed(path: Path) -> int:
    is_view = path.is_relative_to(SRC / "web") and any(part.startswith("views") for part in path.relative_to(SRC).parts)
    return VIEWS if is_view else MODULE


def long_functions(module: ast.Module) -> list[str]:
    """The signature and docstring count; decorators do not."""
    long = [(f.name, f.end_lineno - f.lineno + 1) for f in functions(module) if f.end_lineno is not None]
    return [f"{name}: {length}" for name, length in long if length > FUNCTION]


def is_drawer(path: Path) -> bool:
    """By the name of a module or a package; a page may be about helpers."""
    return any(Path(part).stem in DRAWERS for part in path.parts)


def test_modules_are_short():
    assert {shown(path): lines(path) for path in modules() if lines(path) > allowed(path)} == {}


def test_functions_are_short():
    assert {shown(path): long for path in modules() if (long := long_functions(tree(path)))} == {}


def test_templates_are_short():
    templates = [path for path in SRC.rglob("templates/**/*") if path.is_file()]
    assert {shown(path): lines(path) for path in templates if lines(path) > TEMPLATE} == {}


def test_the_kernel_stays_small():
    assert sum(lines(path) for path in modules(SRC / "kernel")) <= KERNEL


def test_there_are_no_drawers():
    assert [shown(path) for path in modules() if is_drawer(path.relative_to(SRC))] == []


@pytest.mark.parametrize(("body", "found"), [(FUNCTION - 1, []), (FUNCTION, [f"f: {FUNCTION + 1}"])])
def test_a_long_function_is_found(body, found):
    assert long_functions(ast.parse("@d\ndef f():\n" + "    x = 1\n" * body)) == found


def test_a_drawer_is_found():
    assert is_drawer(Path("web/utils.py"))
    assert is_drawer(Path("common/dates.py"))
    assert not is_drawer(Path("web/commons.py"))
    assert allowed(SRC / "web/authority/views_case.py") == VIEWS
    assert allowed(SRC / "web/shell/access.py") == MODULE
