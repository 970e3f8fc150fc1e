"""Writes docs/generated/permissions.md: every address, and the roles that may open it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import URLPattern, URLResolver, get_resolver

from samspil.contexts.access.api import CAPABILITIES, Role

DOCUMENT = Path("docs/generated/permissions.md")
HEADING = """# Who may open what
Made by `samspil manage docs_permissions` from the declarations on the views. A role may open the page; which *citizens*
it may open it for is decided by `visible_to`. Everybody else gets 404. For relatives the scopes stand that the
citizen's grant must hold, all of them.

"""


def table() -> str:
    roles = list(Role)
    lines = [
        "| address | " + " | ".join(role.value for role in roles) + " |",
        "| --- |" + " :-: |" * len(roles),
    ]
    for route, pattern in sorted(_patterns(get_resolver()), key=lambda pair: pair[0]):
        lines.append(f"| `/{route}` | " + " | ".join(_marks(pattern, roles)) + " |")
    return HEADING + "\n".join(lines) + "\n"


def _marks(pattern: URLPattern, roles: list[Role]) -> list[str]:
    declared: Any = getattr(pattern.callback, "access", None)
    if declared is None:
        return ["?"] * len(roles)
    if declared.is_public:
        return ["all"] * len(roles)
    wanted = declared.capabilities
    return [_mark(declared, role) if not wanted or wanted & CAPABILITIES[role] else "" for role in roles]


def _mark(declared: Any, role: Role) -> str:
    """For a relative what the citizen must have let be: any of it, or these scopes."""
    if role != Role.RELATIVE or not declared.capabilities:
        return "yes"
    if declared.scopes is None:
        return ""
    return ", ".join(sorted(declared.scopes)) or "any"


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, route)
        else:
            yield route, entry


class Command(BaseCommand):
    help = "Write the table of addresses and roles."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=DOCUMENT)

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        to.write_text(table(), encoding="utf-8")
