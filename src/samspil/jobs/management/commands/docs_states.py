"""Writes every state machine as a diagram, so that what is read and what runs are the same."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from samspil.contexts.cases.api import CASE, REFERRAL, TASK
from samspil.contexts.deadlines.api import DEADLINE
from samspil.contexts.decisions.api import COMPLAINT, DECISION, NEED
from samspil.contexts.disclosure.api import FILE_REQUEST
from samspil.contexts.disputes.api import DISPUTE
from samspil.contexts.goals.api import GOAL
from samspil.contexts.letters.api import DISPATCH
from samspil.contexts.meetings.api import MEETING
from samspil.contexts.orders.api import ORDER, STATUS_NOTE

PLACE = Path("docs/generated/states.md")
MACHINES = (
    (REFERRAL, "Henvendelse", "contexts/cases/rules.py"),
    (CASE, "Sag", "contexts/cases/rules.py"),
    (TASK, "Opgave", "contexts/cases/rules.py"),
    (DEADLINE, "Frist", "contexts/deadlines/rules.py"),
    (DISPUTE, "Konflikt", "contexts/disputes/rules.py"),
    (FILE_REQUEST, "Ønske om aktindsigt", "contexts/disclosure/rules.py"),
    (GOAL, "Mål", "contexts/goals/rules.py"),
    (MEETING, "Møde", "contexts/meetings/rules.py"),
    (NEED, "Behov", "contexts/decisions/rules.py"),
    (DECISION, "Afgørelse", "contexts/decisions/rules.py"),
    (COMPLAINT, "Klage", "contexts/decisions/rules.py"),
    (ORDER, "Bestilling", "contexts/orders/rules.py"),
    (STATUS_NOTE, "Statusnotat", "contexts/orders/rules.py"),
    (DISPATCH, "Forsendelse", "contexts/letters/rules.py"),
)
HEAD = """\
# States

Drawn from the machines in the code by `samspil manage docs_states`; do not edit. In brackets: whose turn it is.
"""


def states() -> str:
    parts = [HEAD]
    for machine, danish, path in MACHINES:
        parts.append(f"## {machine.name} ({danish})\n\n`{path}`\n\n```mermaid\n{machine.mermaid()}```\n")
    return "\n".join(parts)


class Command(BaseCommand):
    help = "Skriver docs/generated/states.md: alle tilstande, og hvis tur det er."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=PLACE)

    def handle(self, *args: Any, **options: Any) -> None:
        options["to"].parent.mkdir(parents=True, exist_ok=True)
        options["to"].write_text(states(), encoding="utf-8")
