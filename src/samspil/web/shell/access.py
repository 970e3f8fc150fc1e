"""Every view says who may open it: `@access(Capability.X)`, `@access.signed_in` or `@access.public`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from samspil.contexts.access.api import Actor, Capability, Purpose, Side, other_purpose
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import Scope, Standing
from samspil.web.shell import parked
from samspil.web.shell.acting import is_for_another

View = Callable[..., HttpResponseBase]


class ActorRequest(HttpRequest):
    """A request of somebody who is logged in."""

    actor: Actor
    standings: tuple[Standing, ...]
    standing: Standing | None
    looks: list[tuple[UUID, UUID | None, str, str]]
    stopped: str
    """Why a number that was typed is not looked up, in words; of views with `lookups.counted`."""

    def look(self, *, citizen_id: UUID, what: str, case_id: UUID | None = None, why: str = "") -> None:
        """Note that a person's data are shown; written to the access log when the page is served."""

    def look_up(self, *, citizen_id: UUID, what: str, case_id: UUID | None = None, why: str = "") -> None:
        """Note that a person was found and the browser sent on; written when no page about anybody is served."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the permission table says of a view. No capabilities means everybody who is logged in.

    `scopes` is all that a relative must have been let do; None keeps relatives out, an empty set asks for any grant.
    """

    is_public: bool = False
    is_arrival: bool = False
    capabilities: frozenset[Capability] = frozenset()
    scopes: frozenset[Scope] | None = None

    @property
    def other_purpose(self) -> Purpose | None:
        """What the page is for, when that is not what its readers' side comes for."""
        return other_purpose(self.capabilities)


class _Access:
    def __call__(self, *capabilities: Capability, scopes: Collection[Scope] | None = None) -> Callable[[View], View]:
        """Open to those whose role has one of the capabilities; strangers are sent to log in or get 404.

        A relative also needs a grant with all `scopes`. A page that names none is not for relatives.
        """
        let = None if scopes is None else frozenset(scopes)
        return self._declare(Declaration(capabilities=frozenset(capabilities), scopes=let))

    def public(self, view: View) -> View:
        return self._declare(Declaration(is_public=True))(view)

    def arrival(self, view: View) -> View:
        """Where an identity provider sends people back to: public, and the one GET that changes something."""
        return self._declare(Declaration(is_public=True, is_arrival=True))(view)

    def signed_in(self, view: View) -> View:
        return self._declare(Declaration())(view)

    def _declare(self, declaration: Declaration) -> Callable[[View], View]:
        purpose = declaration.other_purpose

        def decorate(view: View) -> View:
            @wraps(view)
            def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
                if declaration.is_public:
                    request.is_arrival = declaration.is_arrival
                    return view(request, *args, **kwargs)
                if request.actor is None:
                    return to_login(request)
                if not _is_open(declaration, request.actor) or (declaration.capabilities and is_for_another(request)):
                    from samspil.web.shell.errors import not_found  # the error page itself needs the shell

                    return not_found(request)
                if purpose:
                    request.actor = replace(request.actor, other_purpose=purpose)
                return view(request, *args, **kwargs)

            guarded.access = declaration  # type: ignore[attr-defined]
            return guarded

        return decorate


def _is_open(declaration: Declaration, actor: Actor) -> bool:
    if not declaration.capabilities:
        return True
    if actor.side == Side.RELATIVE and (declaration.scopes is None or not actor.scopes):
        return False
    return bool(declaration.capabilities & actor.capabilities and citizens.may(actor, *(declaration.scopes or ())))


access = _Access()


def to_login(request: HttpRequest) -> HttpResponse:
    """Ask for log-in, and keep what was typed so that it comes back afterwards."""
    if request.method == "POST":
        return parked.ask_to_log_in(request)
    return redirect(f"{reverse('identity:login')}?{urlencode({'next': request.get_full_path()})}")
