"""Somebody on the way to a provider and back: what must be the same when they return.

The row in the database is used once and opens only with the key in the browser's own short-lived cookie, so what was
typed before the log-in expired can travel along, and a return in another browser opens nothing.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from samspil.contexts.access import api as access
from samspil.kernel import clock
from samspil.web.identity import provider_talk, sealed


@dataclass(frozen=True, slots=True)
class Attempt:
    """`again_for` is the person who is logged in already and must show once more who it is."""

    provider: str
    nonce: str
    verifier: str
    wanted: str
    parked: str
    again_for: str
    begun: float

    @property
    def begun_at(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.begun, clock.DENMARK)


def begin(*, provider: str, wanted: str, parked: str, again_for: str) -> tuple[Attempt, str, str]:
    """The attempt, its state for the address, and its key for the cookie."""
    now = clock.now()
    attempt = Attempt(
        provider=provider,
        nonce=sealed.new_key(),
        verifier=provider_talk.new_verifier(),
        wanted=wanted,
        parked=parked,
        again_for=again_for,
        begun=now.timestamp(),
    )
    state, key = sealed.new_key(), sealed.new_key()
    content = sealed.seal(json.dumps(asdict(attempt)), key=key)
    nobody = access.system_actor(now.date())
    access.begin_attempt(actor=nobody, at=now, state_hash=sealed.digest(state), content_sealed=content)
    return attempt, state, key


def take(request: HttpRequest) -> Attempt | None:
    """The attempt that this browser comes back from; None for the second time, too late, or somebody else's."""
    state, key = request.GET.get("state", ""), request.COOKIES.get(settings.LOGIN_STATE_COOKIE, "")
    now = clock.now()
    nobody = access.system_actor(now.date())
    content = access.take_attempt(actor=nobody, at=now, state_hash=sealed.digest(state))
    opened = sealed.unseal(content, key=key) if content and key else None
    return Attempt(**json.loads(opened)) if opened else None


def keep(response: HttpResponse, key: str) -> HttpResponse:
    response.set_cookie(
        settings.LOGIN_STATE_COOKIE,
        key,
        max_age=access.ATTEMPT_MINUTES * 60,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",  # the return is a link from elsewhere; Strict would not come along
    )
    return response


def drop(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(settings.LOGIN_STATE_COOKIE, samesite="Lax")
    return response
