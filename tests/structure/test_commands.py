import inspect
from collections.abc import Callable
from types import ModuleType

import pytest

from tests.structure.source_code import CONTEXTS, optional_module

# Commands without an actor, each with the reason.
EXEMPT = {
    "samspil.contexts.catalogue.commands.code_lists.load_code_systems": "code lists come with the program; nobody acts",
    "samspil.contexts.catalogue.commands.law.load_law": "the law comes with the program; nobody acts",
}


def public_functions(module: ModuleType) -> dict[str, Callable[..., object]]:
    """What a `commands` module or package offers: its own functions, and those it gathers from its parts."""
    own = module.__name__.rpartition(".commands")[0] + ".commands"
    return {
        f"{f.__module__}.{name}": f
        for name, f in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and (f.__module__ == own or f.__module__.startswith(f"{own}."))
    }


def commands_of(context: str) -> dict[str, Callable[..., object]]:
    """The commands of a context: those in `commands`, and whatever of its commands the api hands out."""
    found: dict[str, Callable[..., object]] = {}
    package = f"samspil.contexts.{context}"
    if commands := optional_module(f"{package}.commands"):
        found |= public_functions(commands)
    if api := optional_module(f"{package}.api"):
        for name, f in inspect.getmembers(api, inspect.isfunction):
            if f.__module__ == f"{package}.commands" or f.__module__.startswith(f"{package}.commands."):
                found[f"{f.__module__}.{name}"] = f
    return found


def fault(command: Callable[..., object]) -> str | None:
    parameters = inspect.signature(command).parameters
    if missing := {"actor", "at"} - parameters.keys():
        return f"takes no {' and no '.join(sorted(missing))}"
    by_name = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    if positional := [name for name, p in parameters.items() if p.kind not in by_name]:
        return f"takes {', '.join(positional)} by position"
    return None


COMMANDS = {name: f for context in CONTEXTS for name, f in commands_of(context).items()}


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - EXEMPT.keys()))
def test_every_command_takes_actor_and_time_by_keyword(name):
    assert fault(COMMANDS[name]) is None


def test_every_exemption_is_still_needed():
    assert {name: fault(COMMANDS[name]) for name in EXEMPT} == dict.fromkeys(EXEMPT, "takes no actor")


def test_faults_are_found():
    def good(*, actor, at, case_id): ...
    def without_actor(*, at): ...
    def by_position(case_id, *, actor, at): ...

    assert fault(good) is None
    assert fault(without_actor) == "takes no actor"
    assert fault(by_position) == "takes case_id by position"
