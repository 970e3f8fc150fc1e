"""The check of wording, while one writes and without script. It keeps neither the text, nor what was found, nor who."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspil.contexts.catalogue import api as catalogue
from samspil.klartjek import check
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import WRITERS
from samspil.web.wording.shown import checked

LONGEST = 40_000
"""Characters checked at once: about fifteen pages, a tenth of a second."""
_KINDS = {"note": False, "message": True}  # whether its LIX is shown


@access(*WRITERS)
@require_POST
def check_wording(request: ActorRequest) -> HttpResponse:
    """`tjek` names the fields to look at, each with the kind of its text, as `ui_wording` writes them: "note:text"."""
    asked = [pair.partition(":")[::2] for pair in request.POST.get("tjek", "").split()]
    texts = [(kind, request.POST[name].replace("\r\n", "\n")) for kind, name in asked if name in request.POST]
    if not texts or any(kind not in _KINDS for kind, _text in texts):
        raise BadRequest("tjek")
    is_part = "HX-Request" in request.headers
    if sum(len(text) for _kind, text in texts) > LONGEST:
        too_long = _("Teksten er for lang til at blive tjekket på én gang. Tjek den i dele.")
        if is_part:
            return HttpResponse(too_long, status=413, content_type="text/plain; charset=utf-8")
        return render(request, "wording/page.html", {"too_long": too_long}, status=413)
    written = [(kind, text) for kind, text in texts if text.strip()] or texts[:1]
    own = catalogue.own_words(request.actor.municipality)
    found = [
        checked(text, check(text, kind=kind, at=request.actor.on, overlays=own), shows_lix=_KINDS[kind])
        for kind, text in written
    ]
    if is_part:
        return render(request, "wording/findings.html", {"found": found[0]})
    return render(request, "wording/page.html", {"all_found": found})
