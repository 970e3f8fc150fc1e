"""Negative control of both fault tables: with one check of tokens.py taken out, a token with a fault gets through.

Each `if …: raise` in tokens.py is switched off by itself, and all faulty tokens are shown to what is left. So neither
can a row be refused by chance, nor a check be there for nothing.
"""

import ast
import datetime as dt
import inspect
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from samspil.web.identity import provider_talk, tokens
from samspil.web.identity.configuration import Provider
from tests.cast import Cast
from tests.web.identity import test_faults, test_log_out
from tests.web.identity.conftest import Visitor
from tests.web.identity.forger import Forger, opened

pytestmark = [pytest.mark.django_db, pytest.mark.real_time, pytest.mark.slow]
SOURCE = inspect.getsource(tokens)
TWICE = {
    "no token": "what has not three parts is no token to the library either",
    "claims": "the library gives nothing but a table",
}
"""Checks that may be taken out without harm, because another one stands behind them."""


def checks() -> dict[str, int]:
    """What each `if …: raise Untrusted(word)` is called, and its place in the tree. Of a log-out token: left/word."""
    found: dict[str, int] = {}
    for number, (node, function) in enumerate(_guards(ast.parse(SOURCE))):
        word = ast.unparse(node.body[0]).split("(", 1)[1].strip("')\"")
        name = f"left/{word}" if function == "left" else word
        found[name if name not in found else f"{name} {number}"] = number
    return found


def _guards(tree: ast.Module) -> Iterator[tuple[ast.If, str]]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise):
                    yield node, function.name


def without(number: int) -> ModuleType:
    tree = ast.parse(SOURCE)
    node, _function = list(_guards(tree))[number]
    node.test = ast.Constant(False)
    module = ModuleType("tokens_without_a_check")
    sys.modules[module.__name__] = module
    try:
        exec(compile(ast.fix_missing_locations(tree), "tokens.py", "exec"), module.__dict__)  # noqa: S102
    finally:
        del sys.modules[module.__name__]
    return module


Case = Callable[[Any], object]


@pytest.fixture
def cases(
    visitor: Callable[[], Visitor],
    known: Cast,
    forger: Forger,
    providers: tuple[Provider, Provider],
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, Case]:
    """All faulty tokens of both tables, made once from one real log-in, each ready to be shown to a module."""
    got: list[dict[str, Any]] = []
    real = provider_talk.exchange
    monkeypatch.setattr(provider_talk, "exchange", lambda *a, **k: got.append(real(*a, **k)) or got[-1])
    visitor().log_in(who="mette-7f3a")
    token = got[0]["id_token"]
    now, nonce = dt.datetime.now(dt.UTC), opened(token)[1]["nonce"]

    def id_token(text: str, since: dt.datetime | None = None) -> Case:
        said = got[0] | {"id_token": text}
        return lambda module: module.person(providers[0], said, nonce=nonce, now=now, shown_since=since)

    def log_out(text: str) -> Case:
        return lambda module: module.left(providers[0], text, now=now)

    rows = {
        name: id_token(forge(token))
        for name, (forge, why) in test_faults._rows(forger).items()
        if why != "level_too_low"
    }
    rows["auth_time: before we asked"] = id_token(forger.shifted(auth_time=-600)(token), now)
    rows |= {f"out, {name}": log_out(make(providers[0], "s")) for name, make in test_log_out._rows(forger).items()}
    return rows


def let_through(module: Any, cases: dict[str, Case]) -> list[str]:
    found = []
    for name, show in cases.items():
        try:
            show(module)
        except Exception:  # noqa: S112 - refused, however
            continue
        found.append(name)
    return found


def test_each_check_is_needed(cases: dict[str, Case]) -> None:
    assert let_through(tokens, cases) == []
    opened_by = {name: let_through(without(number), cases) for name, number in checks().items()}
    assert {name for name, rows in opened_by.items() if not rows} == TWICE.keys(), opened_by
    assert len(opened_by) >= 14
    for name, rows in opened_by.items():
        print(f"{name}: {', '.join(rows) or TWICE[name]}")  # noqa: T201 - for docs/assurance.md
