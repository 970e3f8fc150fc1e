"""Choose how the screen looks, and the few pages that belong to nobody's room."""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access import api as accounts
from samspil.kernel import clock
from samspil.web.shell import errors
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.context import home_of
from samspil.web.shell.going_back import next_of


@access.public
@require_GET
def front(request: ActorRequest) -> HttpResponse:
    return redirect(home_of(request.actor))


@access.signed_in
@require_POST
def display(request: ActorRequest) -> HttpResponse:
    """Keep the display mode and the language on the person, and go back to the same page."""
    modes = {mode.value for mode in accounts.DisplayMode}
    mode = request.POST.get("mode", request.actor.display_mode)
    language = request.POST.get("language", request.actor.language)
    if mode in modes and language in {"da", "en"}:
        accounts.choose_display(actor=request.actor, at=clock.now(), mode=accounts.DisplayMode(mode), language=language)
    response = redirect(next_of(request, "/", field="back"))
    if language in {"da", "en"}:  # for the pages outside: logged out, and log in again
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@access.public
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "shell/gallery.html", {})


@access.public
@require_GET
def healthy(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Mostly a page that was opened before the last log-in. What another site sends is not repeated."""
    origin = request.headers.get("Origin", "")
    errors.on_record(request, "forged or old")
    return errors.page(
        request,
        status=403,
        heading=_("Siden var for gammel"),
        text=_("Hent siden igen, og send en gang til."),
        keep=urlsplit(origin).netloc == request.get_host(),
    )


def uuid_or_404(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
