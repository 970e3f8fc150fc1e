"""Where somebody is logged in, and to end a log-in that is not in use or not one's own doing."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access import api as accounts
from samspil.kernel import clock
from samspil.web.shell import logins
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import writes


class WhichForm(forms.Form):
    login = forms.UUIDField(required=False)
    all_others = forms.BooleanField(required=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person is logged in. `id` is None for the log-in in use."""

    id: UUID | None
    device: str
    opened_at: dt.datetime
    seen_at: dt.datetime


@access.signed_in
@require_GET
def places(request: ActorRequest) -> HttpResponse:
    here = logins.of(request)
    if here is None:
        raise Http404
    now = clock.now()
    context = {
        "here": Place(None, here.device.words, here.opened_at, now),
        "others": _others(request, here, now),
        "acting_for": None,  # a page about no citizen, and so no look at one
        "help_contact": None,
    }
    return render(request, "identity/places.html", context)


def _others(request: ActorRequest, here: logins.Login, now: dt.datetime) -> list[Place]:
    """Those that still open something, the last used first."""
    found = []
    for login_id, key, held in accounts.open_sessions(request.actor, at=now):
        login = logins.in_session(held)
        if key == request.session.session_key or login is None:
            continue
        if login.session_hash == here.session_hash and not login.is_over(request.actor.side, now):
            found.append(Place(login_id, login.device.words, login.opened_at, login.seen_at))
    return sorted(found, key=lambda place: place.seen_at, reverse=True)


@access.signed_in
@require_POST
@logins.fresh
@writes
def end(request: ActorRequest) -> HttpResponse:
    form = WhichForm(request.POST)
    which = form.cleaned_data if form.is_valid() else {}
    ended = 0
    if which.get("login") or which.get("all_others"):
        here = request.session.session_key or ""
        ended = accounts.end_own_logins(
            actor=request.actor, at=clock.now(), except_session=here, login_id=which["login"]
        )
    done = ngettext("Du er logget af %(count)s andet sted.", "Du er logget af %(count)s andre steder.", ended)
    messages.success(request, done % {"count": ended} if ended else _("Der var du allerede logget af."))
    return redirect("identity:places")
