"""Reads `cases.sight` for one actor and one case, in plain Python: what each address must answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

from samspil.contexts.access.api import CAPABILITIES, Capability, Purpose, Side
from samspil.contexts.cases.sight import (
    CASE_ROW,
    KEYS,
    ORDER_WAY,
    OWN_KEYS,
    ROWS,
    WAYS,
    Cut,
    Limit,
    Needed,
    Tie,
    Way,
)
from samspil.contexts.citizens.api import Scope
from samspil.web.shell.access import Declaration
from tests.sight.world import About, Who


class Verdict(Enum):
    LOG_IN = "log_in"
    NOWHERE = "nowhere"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    route: str
    parameters: tuple[str, ...]
    access: Declaration

    @property
    def keys(self) -> tuple[str, ...]:
        """The places that name a row, by what the table calls them."""
        renamed = {"note_id": "status_note_id"} if "statusnotat" in self.route else {}
        return tuple(renamed.get(one, one) for one in self.parameters if one in KEYS or one in OWN_KEYS)


def pages(resolver: URLResolver | None = None, names: tuple[str, ...] = (), route: str = "") -> Iterator[Page]:
    """Every address of the house."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from pages(entry, (*names, *([entry.app_name] if entry.app_name else [])), here)
        elif isinstance(entry, URLPattern):
            name = ":".join((*names, str(entry.name)))
            yield Page(name, here, tuple(entry.pattern.converters), entry.callback.access)


WORDS = frozenset(
    {"criterion", "day", "document", "gap_key", "handed", "move", "municipality", "paper_key", "slug", "step"}
)
"""Places in addresses that name no row."""


def unknown_keys(page: Page) -> set[str]:
    return {one for one in page.parameters if one not in KEYS and one not in OWN_KEYS and one not in WORDS}


def sees_case(who: Who, about: About, scope: Scope | None = None, purpose: Purpose | None = None) -> bool:
    """`purpose` is what the page is for, when that is not what the actor's side comes for."""
    ways = [way for way in WAYS if way.side == who.side and (purpose is None or purpose in {way.purpose, *way.also})]
    return any(_leads(way, who, about, scope) for way in ways)


def _leads(way: Way, who: Who, about: About, scope: Scope | None) -> bool:
    return _TIES[way.tie](who, about, scope) and all(_LIMITS[limit](who, about, way) for limit in way.limits)


def _takes_part(who: Who, about: About, scope: Scope | None) -> bool:
    part = about.part
    return part.is_running and part.organisation == who.organisation and part.unit in (who.units or {part.unit})


def _is_let(who: Who, about: About, scope: Scope | None) -> bool:
    held = who.grants.get(about.citizen, frozenset())
    return who.citizen == about.citizen and bool(held) and (scope is None or scope in held)


_TIES: dict[Tie, Callable[[Who, About, Scope | None], bool]] = {
    Tie.AREA: lambda who, about, scope: about.district in (who.districts or {about.district}),
    Tie.EMERGENCY: lambda who, about, scope: about.case in who.emergencies,
    Tie.PART: _takes_part,
    Tie.ORDER: _takes_part,
    Tie.SELF: lambda who, about, scope: who.citizen == about.citizen,
    Tie.GRANT: _is_let,
}
_NEEDED: dict[Needed, Callable[[Who, About], bool]] = {
    Needed.COORDINATOR: lambda who, about: about.coordinator == who.user,
    Needed.CONTACT: lambda who, about: about.part.contact == who.user,
    Needed.CONTACT_OR_LEADER: lambda who, about: about.part.contact == who.user,
}
_LIMITS: dict[Limit, Callable[[Who, About, Way], bool]] = {
    Limit.HOME: lambda who, about, way: who.municipality == about.municipality,
    Limit.CLEARANCE: lambda who, about, way: about.sensitivity <= who.clearance,
    Limit.LIST: lambda who, about, way: True,  # none of the ten is restricted; the oracle has those
    Limit.FAMILY: lambda who, about, way: about.citizen not in who.family,
    Limit.COLLEAGUE: lambda who, about, way: True,  # nor a colleague's
}


def sees(who: Who, about: About, kind: str, purpose: Purpose | None = None) -> bool:
    if kind == CASE_ROW:
        return sees_case(who, about, None, purpose)
    row = ROWS[kind]
    if who.side is None or not row.is_for(who.side):
        return False
    if kind == "orders.order" and who.side == Side.PROVIDER:
        seen = _leads(ORDER_WAY, who, about, None)
    elif row.through in _PARENTS:
        seen = sees(who, about, _PARENTS[row.through], purpose)
    elif row.through == "municipality":
        seen = who.municipality == about.municipality and has(who, row.capability)
    else:
        seen = sees_case(who, about, row.scope, purpose)
    return seen and all(_CUTS[cut](who, about) for cut in row.cuts_for(who.side))


_PARENTS = {
    "file_request": "disclosure.filerequest",
    "note": "notes.note",
    "order": "orders.order",
    "status_note": "orders.statusnote",
}
_CUTS: dict[Cut, Callable[[Who, About], bool]] = {
    Cut.WITHDRAWN: lambda who, about: True,
    Cut.HIDDEN: lambda who, about: True,
    Cut.OTHERS_NOTES: lambda who, about: who.organisation == about.part.organisation,  # the provider wrote it
    Cut.OTHERS_DRAFTS: lambda who, about: True,  # what is asked for has been sent; see `addressed`
    Cut.OTHERS_REQUESTS: lambda who, about: who.side == Side.CITIZEN,  # what is asked for was the citizen's
    Cut.UNTOLD: lambda who, about: True,  # what is asked for has been told, or is a draft of the authority's
    Cut.UNHEARD: lambda who, about: True,  # what is asked for was asked about
    Cut.PLANNED: lambda who, about: True,
    Cut.UNASKED: lambda who, about: Scope.PREPARE in who.grants.get(about.citizen, ()),
    Cut.BEYOND_THE_CASE: lambda who, about: (
        sees_case(who, about) and about.district in (who.districts or {about.district})
    ),
}


def has(who: Who, capability: Capability | None) -> bool:
    return capability is None or (who.role is not None and capability in CAPABILITIES[who.role])


def may_open(who: Who, declared: Declaration) -> bool:
    """Whether a page is for this role; for a relative also whether what was let be is enough."""
    if not declared.capabilities:
        return True
    if who.side == Side.RELATIVE:
        held = who.grants.get(who.citizen, frozenset()) if who.citizen else frozenset()
        if declared.scopes is None or not held or not set(declared.scopes) <= set(held):
            return False
    return any(has(who, one) for one in declared.capabilities)


def verdict(page: Page, who: Who, about: About) -> Verdict:
    if page.access.is_public:
        return Verdict.OPEN
    if who.role is None:
        return Verdict.LOG_IN
    if not may_open(who, page.access):
        return Verdict.NOWHERE
    seen = OTHERWISE.get(page.name, _sees_all_keys)(page, who, about)
    return Verdict.OPEN if seen else Verdict.NOWHERE


def _sees_all_keys(page: Page, who: Who, about: About) -> bool:
    return all(sees(who, about, KEYS[key], page.access.other_purpose) for key in page.keys if key in KEYS)


def _is_closed_to(page: Page, who: Who, about: About) -> bool:
    """An emergency is for a case of the municipality that is closed to the actor, and is not about the family."""
    is_here = who.municipality == about.municipality
    return is_here and not sees_case(who, about, None, page.access.other_purpose) and about.citizen not in who.family


def _was_looked_at(user: UUID) -> Callable[[Page, Who, About], bool]:
    return lambda page, who, about: who.side == Side.CITIZEN and about.keys["user_id"] == user


OTHERWISE: dict[str, Callable[[Page, Who, About], bool]] = {
    "authority:emergency": _is_closed_to,
    "emergencies:review": lambda page, who, about: who.municipality == about.municipality,
    "meetings:tick": lambda page, who, about: _sees_all_keys(page, who, about) and about.item_side == who.side,
    "citizen:standing": lambda page, who, about: who.side == Side.RELATIVE,
    "citizen:act_for": lambda page, who, about: about.citizen in who.grants,
}
"""Pages that are about something else than a row of a case that is open to the actor."""


def looked_at_by(user: UUID) -> None:
    OTHERWISE["citizen:ask_about_look"] = _was_looked_at(user)
