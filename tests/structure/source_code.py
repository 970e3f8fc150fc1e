"""The source tree as the structure tests read it."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import samspil.contexts

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "samspil"
CONTEXTS = sorted(found.name for found in iter_modules(samspil.contexts.__path__))


def modules(below: Path = SRC) -> Iterator[Path]:
    """Every Python file of ours; migrations are written by a tool."""
    return (path for path in sorted(below.rglob("*.py")) if "migrations" not in path.parts)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def optional_module(name: str) -> ModuleType | None:
    """The module, or None when it does not exist; an import error inside it is a failure."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None
