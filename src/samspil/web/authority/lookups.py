"""CPR numbers that are typed are counted before they are looked up; who tries many is told when to go on."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samspil.contexts.access import api as access
from samspil.kernel import clock
from samspil.kernel import cpr as cprs
from samspil.kernel.danish_dates import clock_time, short_date
from samspil.web.shell.access import ActorRequest
from samspil.web.shell.language import language

View = Callable[..., Any]


def counted(field: str) -> Callable[[View], View]:
    """For a view whose form has a number in `field`. Outside `@writes`: the count stays when the form does not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def looked_up(request: Any, *args: Any, **kwargs: Any) -> Any:
            typed = request.POST.get(field, "") if request.method == "POST" else ""
            request.stopped = too_many(request, typed) if typed else ""
            return view(request, *args, **kwargs)

        return looked_up

    return decorate


def too_many(request: ActorRequest, typed: str) -> str:
    """What to tell somebody who has looked up too many; empty when the number may be looked up, or is none."""
    try:
        cprs.parse(typed)
    except cprs.InvalidCpr:
        return ""
    now = clock.now()
    free_at = access.count_lookup(actor=request.actor, at=now)
    return _sentence(free_at, now) if free_at else ""


def _sentence(free_at: dt.datetime, now: dt.datetime) -> str:
    moment = (free_at + dt.timedelta(seconds=59)).astimezone(clock.DENMARK)  # no sooner than the minute that is told
    said = {"time": clock_time(moment, language()), "day": short_date(moment.date(), language())}
    if moment.date() == now.astimezone(clock.DENMARK).date():
        return _("Du har slået mange CPR-numre op. Vent til kl. %(time)s, eller søg på navn eller sagsnummer.") % said
    return (
        _("Du har slået mange CPR-numre op. Vent til %(day)s kl. %(time)s, eller søg på navn eller sagsnummer.") % said
    )


def refuse(form: forms.Form, said: str, *, field: str = "cpr") -> None:
    if said:
        form.add_error(field if field in form.fields else None, said)
