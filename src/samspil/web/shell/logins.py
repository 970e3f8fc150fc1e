"""A log-in as it lies in the session: when and how it was made, what it may use, and when it is over."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth import login as start_session
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from samspil.contexts.access import api as access
from samspil.kernel import clock, scope
from samspil.web.shell import parked
from samspil.web.shell.devices import Device, device_of
from samspil.web.shell.sessions import SessionStore

View = Callable[..., HttpResponseBase]
FACTS = "login"
BACKEND = "samspil.web.shell.logins"  # Django wants a name; nothing is ever looked up by it
SEEN_EVERY = dt.timedelta(minutes=1)
"""So that not every request writes the session."""
SKEW = dt.timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Login:
    """`provider` is empty in the demo. `confirmed_at` is when the person last showed who it is."""

    user_id: UUID
    session_hash: str
    provider: str
    opened_at: dt.datetime
    seen_at: dt.datetime
    confirmed_at: dt.datetime
    rights: access.Rights | None
    device: Device

    def is_over(self, side: access.Side, now: dt.datetime) -> bool:
        rested, lasted = now - self.seen_at, now - self.opened_at
        return rested > dt.timedelta(minutes=access.IDLE_MINUTES[side]) or lasted > dt.timedelta(
            hours=access.LOGIN_HOURS
        )


def begin(
    request: HttpRequest,
    user: access.User,
    *,
    provider: str = "",
    confirmed_at: dt.datetime | None = None,
    rights: access.Rights | None = None,
) -> None:
    """Open a session of the person's own; what an earlier person left in it is gone. `rights` None: all roles."""
    now = clock.now()
    start_session(request, user, backend=BACKEND)
    request.session.cycle_key()  # Django keeps the old one when the same person shows it again, and none for another
    request.session[FACTS] = {
        "provider": provider,
        "opened": now.timestamp(),
        "seen": now.timestamp(),
        "confirmed": (confirmed_at or now).timestamp(),
        "rights": None if rights is None else _packed(rights),
        "device": asdict(device_of(request.headers.get("User-Agent", ""))),
    }


def of(request: HttpRequest) -> Login | None:
    return in_session(request.session)


def in_session(session: Mapping[str, Any] | SessionBase) -> Login | None:
    user_id, facts = session.get(SESSION_KEY), session.get(FACTS)
    if user_id is None or facts is None:
        return None
    return Login(
        user_id=UUID(user_id),
        session_hash=session.get(HASH_SESSION_KEY, ""),
        provider=facts["provider"],
        opened_at=_moment(facts["opened"]),
        seen_at=_moment(facts["seen"]),
        confirmed_at=_moment(facts["confirmed"]),
        rights=None if facts["rights"] is None else _unpacked(facts["rights"]),
        device=Device(**facts["device"]),
    )


def actor_of(login: Login, now: dt.datetime) -> access.Actor | None:
    """Who acts, if the log-in still holds."""
    actor = access.actor_for(login.user_id, on=now.date(), session_hash=login.session_hash, rights=login.rights)
    is_ours = bool(login.provider) or settings.DEMO_LOGIN
    return None if actor is None or not is_ours or login.is_over(actor.side, now) else actor


def still_holds(session_key: str) -> bool:
    """Has the log-in behind an answer that lasts neither run out nor been ended?"""
    with scope.within(scope.ANYWHERE):
        login = in_session(SessionStore(session_key))
        return login is not None and actor_of(login, clock.now()) is not None


def touch(request: HttpRequest, login: Login, now: dt.datetime) -> None:
    """Note that the person is there. A board's stream that comes back by itself is nobody."""
    if now - login.seen_at >= SEEN_EVERY and "text/event-stream" not in request.headers.get("Accept", ""):
        request.session[FACTS] = request.session[FACTS] | {"seen": now.timestamp()}


def is_fresh(request: HttpRequest, minutes: int = 5) -> bool:
    """Has the person shown who it is within so many minutes? For what must not be done on an unguarded screen."""
    login = of(request)
    if login is None:
        return False
    age = clock.now() - login.confirmed_at
    return -SKEW <= age <= dt.timedelta(minutes=minutes)


def ask_again(request: HttpRequest) -> HttpResponse:
    """Ask for a fresh log-in and come back: to the same page, or to the form with what was typed."""
    if request.method == "POST":
        return parked.ask_to_log_in(request, fresh=True)
    wanted = {"next": request.get_full_path(), "igen": "1"}
    return redirect(f"{reverse('identity:login')}?{urlencode(wanted)}")


def fresh(view: View) -> View:
    """What is sent goes on only from somebody who has just shown who it is; the others are asked, and lose nothing."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST" and not is_fresh(request):
            return ask_again(request)
        return view(request, *args, **kwargs)

    return guarded


def _moment(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, clock.DENMARK)


def _packed(rights: access.Rights) -> dict[str, list[str] | None]:
    return {str(key): None if places is None else sorted(map(str, places)) for key, places in rights.items()}


def _unpacked(packed: dict[str, list[str] | None]) -> access.Rights:
    return {UUID(key): None if places is None else frozenset(map(UUID, places)) for key, places in packed.items()}
