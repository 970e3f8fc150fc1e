"""Writes docs/generated/permissions.md: every address, who may open it, and what must bind them to the case."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import URLPattern, URLResolver, get_resolver

from samspil.contexts.access.api import CAPABILITIES, OTHER_PURPOSES, SIDE_OF_ROLE, Capability, Purpose, Role, Side
from samspil.contexts.cases import api as cases

DOCUMENT = Path("docs/generated/permissions.md")
HEADING = """# Who may open what
Made by `samspil manage docs_permissions` from the declarations on the views, from `access.rules.CAPABILITIES` and from
`cases.sight`. Everybody else gets 404, the same as for what there is not; whoever has not logged in is sent to log in.

In a cell stands what binds the role to the row that the address names (*Ways* and *Kinds of rows* below): `area`,
`emergency`, `part`, `order`, `self`, `home`, or for relatives `grant` with the scopes that the citizen's grants must
hold, all of them. `yes`: the address names no row of a case; lists on it hold what the same rules let through. `own`:
what is the person's own, as the list of own keys says. `closed`: a case of the municipality that is closed to the
person. `all`: open without log-in.

"""
WAYS = """
## Ways into a case
All of a way's limits must be kept. A side with two ways may use either. The purpose is what a look is logged for when
the page is for what the side comes for. Pages that are for something else (*Purposes* below) are reached by the ways
that also serve it, and by no other.

| side | tie | limits | but for a colleague's case | purpose | also serves | rests on |
| --- | --- | --- | --- | --- | --- | --- |
"""
ROWS = """
## Kinds of rows
Whoever sees what a row is seen through, sees the row, but for what is left out. A relative needs the scope. The purpose
is that of the way, when no other stands here.

| row | through | sides | scope | left out, for | purpose |
| --- | --- | --- | --- | --- | --- |
"""
PURPOSES = """
## Purposes
What a page with this capability is for. All other pages are for what the side comes for.

| capability | purpose |
| --- | --- |
"""
KEYS = """
## Keys in addresses
A key that is in neither list fails a test.

| key | row, or whose |
| --- | --- |
"""


def document() -> str:
    return (
        HEADING
        + _pages()
        + WAYS
        + _lines(map(_way, (*cases.WAYS, cases.ORDER_WAY)))
        + ROWS
        + _rows()
        + PURPOSES
        + _purposes()
        + KEYS
        + _keys()
    )


def _pages() -> str:
    roles = list(Role)
    head = [["address", *(role.value for role in roles)], ["---", *(":-:" for _ in roles)]]
    found = sorted(_patterns(get_resolver()), key=lambda pair: pair[0])
    return _lines([*head, *([f"`/{route}`", *_marks(route, pattern, roles)] for route, pattern in found)])


def _marks(route: str, pattern: URLPattern, roles: list[Role]) -> list[str]:
    declared: Any = getattr(pattern.callback, "access", None)
    if declared is None:
        return ["?"] * len(roles)
    if declared.is_public:
        return ["all"] * len(roles)
    wanted = declared.capabilities
    names = _keys_of(route, pattern)
    return [_mark(declared, role, names) if not wanted or wanted & CAPABILITIES[role] else "" for role in roles]


def _keys_of(route: str, pattern: URLPattern) -> list[str]:
    names = list(pattern.pattern.converters)
    return ["status_note_id" if name == "note_id" and "statusnotat" in route else name for name in names]


def _mark(declared: Any, role: Role, keys: list[str]) -> str:
    side = SIDE_OF_ROLE[role]
    let = ""
    if side == Side.RELATIVE and declared.capabilities:
        if declared.scopes is None:
            return ""
        let = f"grant: {', '.join(sorted(declared.scopes))}" if declared.scopes else "grant"
    kinds = {cases.KEYS[key] for key in keys if key in cases.KEYS}
    if kinds and declared.capabilities == {Capability.EMERGENCY_ACCESS}:
        return "closed"
    if not kinds:
        return let or ("own" if set(keys) & cases.OWN_KEYS.keys() else "yes")
    if any(kind != cases.CASE_ROW and not cases.ROWS[kind].is_for(side) for kind in kinds):
        return ""
    return let or " · ".join(_ties(side, kinds, declared.other_purpose))


def _ties(side: Side, kinds: set[str], purpose: Purpose | None) -> list[str]:
    if side == Side.PROVIDER and all(kind.startswith("orders.") for kind in kinds):
        return [cases.ORDER_WAY.tie]
    if all(kind in cases.ROWS and cases.ROWS[kind].through == "municipality" for kind in kinds):
        return [cases.Limit.HOME]
    return [way.tie for way in cases.ways_of(side) if way.serves(purpose)]


def _way(way: cases.Way) -> list[str]:
    spared = f"its {way.needs.replace('_', ' ')}" if way.needs else "-"
    return [
        way.side,
        way.tie,
        ", ".join(way.limits) or "-",
        spared,
        way.purpose,
        ", ".join(sorted(way.also)) or "-",
        way.source,
    ]


def _rows() -> str:
    lines = []
    for name, row in cases.ROWS.items():
        cuts = [f"{cut} ({', '.join(sorted(sides))})" for cut, sides in row.cuts.items()]
        sides = sorted(side for side in row.sides if row.is_for(side))
        needs = [row.capability] if row.capability else []
        who = ", ".join([*sides, *(f"with {one}" for one in needs)])
        lines.append([f"`{name}`", row.through, who, row.scope or "-", "; ".join(cuts) or "-", row.purpose or "-"])
    return _lines(lines)


def _purposes() -> str:
    return _lines([f"`{capability}`", purpose.value] for capability, purpose in OTHER_PURPOSES.items())


def _keys() -> str:
    held = [[f"`{key}`", f"`{row}`"] for key, row in cases.KEYS.items()]
    return _lines([*held, *([f"`{key}`", whose] for key, whose in cases.OWN_KEYS.items())])


def _lines(rows: Iterable[list[str]]) -> str:
    return "".join(f"| {' | '.join(map(str, row))} |\n" for row in rows)


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
        to.write_text(document(), encoding="utf-8")
