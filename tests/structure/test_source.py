"""Habits that keep words that people send from becoming something else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "samspil"
STARTS = {"run", "Popen", "call", "check_call", "check_output", "spawnv", "execv"}
PROGRAMS = {"eval", "exec", "compile", "__import__"}
READS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}


def faults(source: str) -> Iterator[str]:
    """Words run as a program, programs started through a shell or by one string, patterns not of our own source."""
    tree = ast.parse(source)
    ours = {
        name.id
        for one in tree.body
        if isinstance(one, ast.Assign)
        for name in one.targets
        if isinstance(name, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PROGRAMS:
            yield f"{node.lineno}: words run as a program"
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        place, name = ast.unparse(node.func.value), node.func.attr
        if place == "os" and name in {"system", "popen"}:
            yield f"{node.lineno}: a shell"
        if place == "subprocess" and name in STARTS:
            shell = any(word.arg == "shell" for word in node.keywords)
            if shell or not node.args or isinstance(node.args[0], ast.Constant | ast.JoinedStr | ast.BinOp):
                yield f"{node.lineno}: a program that is not a list of words"
        if place == "re" and name in READS and not _is_ours(node.args[0], ours):
            yield f"{node.lineno}: a pattern made of something else"


def _is_ours(pattern: ast.expr, ours: set[str]) -> bool:
    """Written here, or joined of such. `ours` are the names given outside of any function."""
    match pattern:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name in ours
        case ast.FormattedValue(value=value):
            return _is_ours(value, ours)
        case ast.JoinedStr(values=parts):
            return all(_is_ours(part, ours) for part in parts)
        case ast.BinOp(left=left, right=right):
            return _is_ours(left, ours) and _is_ours(right, ours)
        case ast.Call(func=ast.Attribute(attr="join"), args=[ast.Name(id=name)]):
            return name in ours
    return False


def test_no_word_becomes_a_program_or_a_pattern() -> None:
    files = sorted(PACKAGE.rglob("*.py"))
    assert len(files) > 300
    found = [f"{file.relative_to(PACKAGE)}:{fault}" for file in files for fault in faults(file.read_text("utf-8"))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "planted",
    [
        "eval(name)",
        "exec(compile(name, 'x', 'exec'))",
        "import os\nos.system('ls ' + name)",
        "import subprocess\nsubprocess.run(f'ls {name}')",
        "import subprocess\nsubprocess.run(['ls'], shell=True)",
        "import re\nre.search(name, text)",
        "import re\nre.compile(rf'^{name}$')",
    ],
)
def test_what_is_planted_is_found(planted: str) -> None:
    assert list(faults(planted))
