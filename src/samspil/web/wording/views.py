"""The check of wording, while one writes and without script. It keeps neither the text, nor what was found, nor who."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspil.contexts.access.api import Capability
from samspil.klartjek import check
from samspil.web.shell.access import ActorRequest, access
from samspil.web.wording.shown import checked

LONGEST = 40_000
"""Characters checked at once: about fifteen pages, a tenth of a second."""
_KINDS = {"note": False, "message": True, "letter": True}  # whether its LIX is shown


@access(Capability.NOTE_WRITE, Capability.STATUS_WRITE, Capability.MEETING_CALL)
@require_POST
def check_wording(request: ActorRequest) -> HttpResponse:
    """`tjek` names the kind of text and the field it stands in, as `ui_wording` writes it: "note:text"."""
    kind, _colon, field = request.POST.get("tjek", "").partition(":")
    if kind not in _KINDS or field not in request.POST:
        raise BadRequest("tjek")
    text = request.POST[field].replace("\r\n", "\n")
    is_part = "HX-Request" in request.headers
    if len(text) > LONGEST:
        too_long = _("Teksten er for lang til at blive tjekket på én gang. Tjek den i dele.")
        if is_part:
            return HttpResponse(too_long, status=413, content_type="text/plain; charset=utf-8")
        return render(request, "wording/page.html", {"too_long": too_long}, status=413)
    found = checked(text, check(text, kind=kind, at=request.actor.on), shows_lix=_KINDS[kind])
    return render(request, "wording/findings.html" if is_part else "wording/page.html", {"found": found})
