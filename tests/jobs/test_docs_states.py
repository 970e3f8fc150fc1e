"""The drawn states are those of the code, and none is forgotten."""

import ast
from pathlib import Path

from django.core.management import call_command

from samspil.jobs.management.commands.docs_states import MACHINES, PLACE, states

ROOT = Path(__file__).resolve().parents[2]


def test_the_document_is_up_to_date() -> None:
    assert (ROOT / PLACE).read_text(encoding="utf-8") == states()


def test_the_command_writes_it(tmp_path: Path) -> None:
    call_command("docs_states", to=tmp_path / "generated" / "states.md")
    assert (tmp_path / "generated" / "states.md").read_text(encoding="utf-8") == states()


def test_every_machine_in_the_contexts_is_drawn() -> None:
    written = set()
    for path in (ROOT / "src" / "samspil" / "contexts").glob("*/rules.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Machine":
                written |= {word.value.value for word in node.keywords if word.arg == "name"}
    assert written == {machine.name for machine, _, _ in MACHINES}
