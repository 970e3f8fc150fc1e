"""What happens around every request: compression, the actor, the access log, refusals in plain words."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

from samspil.contexts.access import api as access
from samspil.contexts.citizens import api as citizens
from samspil.kernel import clock, scope
from samspil.kernel.verdict import ConcurrentChange, Refused
from samspil.web.shell import errors, logins

ACTING_FOR = "acting_for"
"""In the session: the citizen that a relative has chosen to act for."""
GetResponse = Callable[[HttpRequest], HttpResponseBase]

SHOWS = frozenset({200, 409, 422})
"""The answers that are pages about somebody: as asked for, or a form shown again. A redirect shows nobody."""


class Compression(GZipMiddleware):
    """Pages are compressed; the board's stream is not, since each word must leave at once."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if response.headers.get("Content-Type", "").startswith("text/event-stream"):
            return response
        return super().process_response(request, response)


class WriteInGet(Exception):
    """A page that is only looked at tried to change something."""


def _refuse_writes(request: Any, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if not request.is_arrival and sql.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
        raise WriteInGet(sql[:80])
    return execute(sql, params, many, context)


class ActorAndLooks:
    """Reads the actor once and stands behind the actor's wall; keeps GET from writing, and logs every look at a person
    before the page leaves."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.looks, request.lookups = [], []
        request.look = partial(_look, request.looks)
        request.look_up = partial(_look, request.lookups)
        request.is_arrival = False
        with scope.within(scope.ANYWHERE):
            request.actor = _actor(request)
        with scope.within(request.actor.scope if request.actor else scope.NOBODY):
            _stand_for_somebody(request)
            translation.activate(_language(request))
            response = self._answer(request)
        response.headers.setdefault("Content-Language", translation.get_language() or "da")
        return response

    def _answer(self, request: Any) -> HttpResponseBase:
        if request.method in {"GET", "HEAD"}:
            with connection.execute_wrapper(partial(_refuse_writes, request)):
                response = self.get_response(request)
        else:
            response = self.get_response(request)
        seen = request.looks if response.status_code in SHOWS else request.lookups
        if seen and request.actor is not None:
            access.log_looks(actor=request.actor, at=clock.now(), looks=list(dict.fromkeys(seen)))
        return response


def _look(
    looks: list[tuple[UUID, UUID | None, str, str]],
    *,
    citizen_id: UUID,
    what: str,
    case_id: UUID | None = None,
    why: str = "",
) -> None:
    looks.append((citizen_id, case_id, what, why))


def _actor(request: Any) -> access.Actor | None:
    """Who acts, if the log-in still holds. One that does not is ended, so that it cannot come back."""
    login = logins.of(request)
    request.writer_id = str(login.user_id) if login else None
    if login is None:
        return None
    now = clock.now()
    actor = logins.actor_of(login, now)
    if actor is None:
        request.session.flush()
        return None
    logins.touch(request, login, now)
    return actor


def _stand_for_somebody(request: Any) -> None:
    """A relative acts for the citizen chosen, with what that citizen's grants hold at this very request."""
    request.standings, request.standing = (), None
    if request.actor is not None and request.actor.side == access.Side.RELATIVE:
        wanted = request.session.get(ACTING_FOR)
        request.standings = citizens.standings_of(request.actor)
        request.actor, request.standing = citizens.acting_for(
            request.actor, request.standings, wanted=UUID(wanted) if wanted else None
        )


def _language(request: Any) -> str:
    if request.actor is not None:
        return str(request.actor.language)
    return "en" if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) == "en" else "da"


class Refusals:
    """A refusal from the domain becomes a page in plain words; anything else is a bug and stays one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        match exception:
            case Refused():
                return errors.refused(request, exception.reason)
            case ConcurrentChange():
                return errors.conflict(request, exception)
            case ObjectDoesNotExist():  # loaded through `visible_to`: a stranger learns nothing
                return errors.not_found(request)
            case RequestDataTooBig():
                return errors.too_large(request)
        return None
