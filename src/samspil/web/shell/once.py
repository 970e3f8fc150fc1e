"""A double click, a resend or a flaky line has one effect: each form carries a key and leaves a receipt."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect

from samspil.contexts.access import api as access
from samspil.kernel import clock

FIELD = "form_key"


class _NotDone(Exception):
    """The form was shown again; neither its receipt nor anything else that it did must stay."""

    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response


def once(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Carry out a posted form at most once; a copy gets the first one's redirect.

    The receipt is written in the view's transaction: a copy that arrives meanwhile waits for the first.
    """

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = _key(request)
        try:
            with transaction.atomic():
                led_to = access.claim(actor=request.actor, at=clock.now(), key=key) if key else None
                if led_to is not None:
                    return redirect(led_to or request.get_full_path())
                response = view(request, *args, **kwargs)
                if not isinstance(response, HttpResponseRedirect):
                    raise _NotDone(response)
                if key:
                    access.settle(actor=request.actor, at=clock.now(), key=key, location=response.url[:400])
                return response
        except _NotDone as shown_again:
            return shown_again.response

    return guarded


def _key(request: Any) -> UUID | None:
    return key_of(request.POST.get(FIELD, ""), request.path)


def key_of(form_key: str, path: str) -> UUID | None:
    """A form may have buttons with addresses of their own; each of them counts once."""
    try:
        return uuid5(UUID(form_key), path)
    except ValueError:
        return None
