"""Error pages: what happened and what to do now, in plain words, and with what was typed."""

import logging
from enum import Enum

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samspil.contexts.access.api import Side
from samspil.kernel.verdict import ConcurrentChange
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.typed import typed_words

_log = logging.getLogger("samspil.refused")


def page(request: HttpRequest, *, status: int, heading: str, text: str, keep: bool = True) -> HttpResponse:
    """`keep=False` where the form came from elsewhere, or could not be read at all."""
    typed = typed_words(request.POST.lists()) if keep and request.method == "POST" else ()
    context = {"heading": heading, "text": text, "typed": typed}
    return render(request, "shell/error.html", context, status=status)


def refused(request: HttpRequest, reason: Enum) -> HttpResponse:
    on_record(request, f"{type(reason).__name__}.{reason.name}")
    return page(request, status=403, heading=_("Det kan du ikke her"), text=text_of(reason))


def on_record(request: HttpRequest, why: str) -> None:
    """A line for those who watch for attacks: who, at which kind of address, and why. No word that was sent."""
    match = request.resolver_match
    actor = getattr(request, "actor", None)
    who = actor.user_id if actor else "nobody"
    _log.warning("refused %s at %s: %s", who, match.view_name if match else "no address of ours", why)


def conflict(request: HttpRequest, change: ConcurrentChange) -> HttpResponse:
    """Both texts are shown, so that nothing is lost."""
    context = {"theirs": change.theirs, "yours": change.yours}
    return render(request, "shell/conflict.html", context, status=409)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if request.resolver_match and getattr(request, "actor", None):  # there may be such a thing, for somebody else
        on_record(request, "not for them")
    if request.method == "POST" and _is_relative(request):
        return page(
            request,
            status=404,
            heading=_("Det kan du ikke sende mere"),
            text=_("Måske er din adgang slut, eller det, du må, er lavet om. Det er ikke sendt til kommunen."),
        )
    if _is_let_in_nowhere(request):
        return page(
            request,
            status=404,
            heading=_("Du har ikke adgang lige nu"),
            text=_("Måske er din adgang slut, eller den er stoppet. Snak med den, du er pårørende til."),
        )
    return page(
        request,
        status=404,
        heading=_("Vi kan ikke finde siden"),
        text=_("Måske er adressen forkert, eller også har du ikke adgang. Gå til forsiden og prøv derfra."),
    )


def _is_let_in_nowhere(request: HttpRequest) -> bool:
    return _is_relative(request) and not request.actor.scopes  # type: ignore[attr-defined]


def _is_relative(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.side == Side.RELATIVE


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    on_record(request, type(exception).__name__)
    if isinstance(exception, RequestDataTooBig):  # met by the guard against forgery, before any view
        return too_large(request)
    return page(
        request,
        status=400,
        heading=_("Vi forstod ikke det, der blev sendt"),
        text=_("Gå tilbage og prøv igen. Er det en lang tekst, så del den i to."),
        keep=False,
    )


def too_large(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        status=413,
        heading=_("Teksten er for lang"),
        text=_("Gå tilbage og del den i to. Det, du har skrevet, står der stadig."),
        keep=False,
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        status=500,
        heading=_("Noget gik galt hos os"),
        text=_("Det er ikke din skyld. Prøv igen om lidt."),
    )
