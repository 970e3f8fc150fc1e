"""What every page's frame needs."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor, Side


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str
    url: str
    current: bool
    count: int = 0


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
    return _url(HOMES[actor.side]) if actor is not None else reverse("shell:login")


def shell(request: HttpRequest) -> dict[str, Any]:
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "room": ROOMS[actor.side] if actor else "public",
        "mode": actor.display_mode if actor else "standard",
        "actor_name": actor.name if actor else "",
        "actor_title": actor.title if actor else "",
        "nav": _nav(actor, request.path) if actor else [],
        "home_url": home_of(actor),
        "is_demo": settings.DEMO_LOGIN,
        "acting_for": "",
        "search_url": _url("authority:search") if actor and actor.side == Side.AUTHORITY else "",
        "language": actor.language if actor else "da",
    }


def _nav(actor: Actor, path: str) -> list[NavItem]:
    match actor.side:
        case Side.AUTHORITY:
            places = [
                (_("Min dag"), "authority:my_day"),
                (_("Borgere"), "authority:caseload"),
                (_("Møder"), "meetings:list"),
                (_("Henvendelser"), "authority:referrals"),
                (_("Beskeder"), "authority:messages"),
            ]
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
                (_("Min plan"), "citizen:plan"),
                (_("Mine aftaler"), "citizen:agreements"),
                (_("Hvem hjælper mig"), "citizen:helpers"),
                (_("Hvem har set min sag"), "citizen:looks"),
            ]
    return [NavItem(label, url, path.startswith(url)) for label, name in places if (url := _url(name))]


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
