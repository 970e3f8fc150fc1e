"""What every page's frame needs."""

import math
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor, Capability, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import Scope
from samspil.kernel import clock
from samspil.web.shell.addresses import address_of


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str
    url: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class OpenEmergency:
    """The case that is open to this person for a little while."""

    url: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Around:
    """The coordinating caseworker: whom to ring."""

    name: str = ""
    phone: str = ""
    hours: str = ""

    def __bool__(self) -> bool:
        return bool(self.name)


ROOMS = {
    Side.CITIZEN: "citizen",
    Side.RELATIVE: "citizen",
    Side.AUTHORITY: "professional",
    Side.PROVIDER: "professional",
}
HOMES = {
    Side.CITIZEN: "citizen:home",
    Side.RELATIVE: "citizen:home",
    Side.AUTHORITY: "authority:my_day",
    Side.PROVIDER: "provider:home",
}


def home_of(actor: Actor | None) -> str:
    return address_of(HOMES[actor.side] if actor is not None else "identity:login")


def shell(request: HttpRequest) -> dict[str, Any]:
    actor: Actor | None = getattr(request, "actor", None)
    waiting = _emergencies_waiting(actor) if actor else 0
    around = SimpleLazyObject(lambda: _around_citizen(actor)) if actor and _shows_who_helps(actor) else None
    is_relative = actor is not None and actor.side == Side.RELATIVE
    return {
        "room": ROOMS[actor.side] if actor else "public",
        "mode": actor.display_mode if actor else "standard",
        "actor_name": actor.name if actor else "",
        "actor_title": actor.title if actor else "",
        "nav": _nav(actor, request.path, waiting) if actor else [],
        "menu": _menu(actor, request.path, waiting) if actor else [],
        "home_url": home_of(actor),
        "is_demo": settings.DEMO_LOGIN,
        "is_relative": is_relative,
        "acting_for": getattr(request, "standing", None),
        "acts_for_several": len(getattr(request, "standings", ())) > 1,
        "help_contact": around,
        "emergency": _emergency(actor) if actor else None,
        "search_url": address_of("authority:search") if actor and actor.side == Side.AUTHORITY else "",
        "language": actor.language if actor else "da",
    }


def _shows_who_helps(actor: Actor) -> bool:
    may_know = citizens.may(actor, Scope.HELPERS) or citizens.may(actor, Scope.WRITE)
    return ROOMS[actor.side] == "citizen" and bool(may_know)


def _doors(actor: Actor) -> list[tuple[str, str]]:
    """What a relative has been let into."""
    doors = [
        (_("Møderne"), "citizen:meeting", Scope.MEETINGS),
        (_("Planen"), "citizen:plan", Scope.PLAN),
        (_("Aftalerne"), "citizen:agreements", Scope.AGREEMENTS),
        (_("Brevene"), "citizen:letters", Scope.LETTERS),
        (_("Afgørelserne"), "citizen:decisions", Scope.DECISIONS),
        (_("Hvem hjælper"), "citizen:helpers", Scope.HELPERS),
        (_("Hvem har kigget"), "citizen:looks", Scope.LOOKS),
        (_("Skriv til rådgiveren"), "citizen:change", Scope.WRITE),
    ]
    first = [(_("Forside"), "citizen:home")] if actor.scopes else []
    open_doors = [(label, name) for label, name, scope in doors if scope in actor.scopes]
    return [*first, *open_doors, (_("Det må jeg"), "citizen:standing")]


def _nav(actor: Actor, path: str, waiting: int) -> list[NavItem]:
    match actor.side:
        case Side.RELATIVE:
            places = _doors(actor)
        case Side.AUTHORITY:
            places = [
                (_("Min dag"), "authority:my_day"),
                (_("Borgere"), "authority:caseload"),
                (_("Møder"), "meetings:list"),
                (_("Henvendelser"), "authority:referrals"),
                (_("Beskeder"), "authority:messages"),
            ]
            if waiting:
                places.append((_("Nødadgang"), "emergencies:list"))
        case Side.PROVIDER:
            places = [
                (_("Min dag"), "provider:home"),
                (_("Borgere"), "provider:citizens"),
                (_("Bestillinger"), "provider:orders"),
                (_("Møder"), "meetings:list"),
                (_("Beskeder"), "provider:messages"),
            ]
        case _:
            places = [
                (_("Forside"), "citizen:home"),
                (_("Mine møder"), "citizen:meeting"),
                (_("Min plan"), "citizen:plan"),
                (_("Mine aftaler"), "citizen:agreements"),
                (_("Mine breve"), "citizen:letters"),
                (_("Hvem hjælper mig"), "citizen:helpers"),
                (_("Hvem må se hvad"), "citizen:access"),
                (_("Hvem har set min sag"), "citizen:looks"),
            ]
    return _items(places, path, waiting)


def _menu(actor: Actor, path: str, waiting: int) -> list[NavItem]:
    """A leader's rooms, in the person's menu: they are not for every day."""
    rooms = [
        (Capability.ACCESS_REVIEW, _("Nødadgang"), "emergencies:list"),
        (Capability.LOG_REVIEW, _("Log"), "leadership:log_review"),
        (Capability.RULES_CHECK, _("Regler"), "leadership:rules"),
        (Capability.LEARNING_READ, _("Læring"), "leadership:learning"),
    ]
    return _items([(label, name) for capability, label, name in rooms if actor.may(capability)], path, waiting)


def _items(places: list[tuple[str, str]], path: str, waiting: int) -> list[NavItem]:
    urls = [address_of(name) for _label, name in places]
    here = max((url for url in urls if path.startswith(url)), key=len, default="")
    return [
        NavItem(label, url, url == here, waiting if name == "emergencies:list" else 0)
        for (label, name), url in zip(places, urls, strict=True)
    ]


def _emergencies_waiting(actor: Actor) -> int:
    """What waits for the leader stands in the main menu of every page, so that it is known at once."""
    return cases.emergencies_waiting(actor) if actor.may(Capability.ACCESS_REVIEW) else 0


def _emergency(actor: Actor) -> OpenEmergency | None:
    running = cases.running_emergency(actor)
    if running is None:
        return None
    left = (running.until - clock.now()).total_seconds()
    return OpenEmergency(address_of("authority:case", running.case_id), max(1, math.ceil(left / 60)))


def _around_citizen(actor: Actor) -> Around:
    """One query, asked only by pages that show it."""
    return Around(*cases.whom_to_ring(actor))
