"""The shell's pages alone, and a place that remembers the drafts it gets."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

drafts: list[str] = []


def keep(request: HttpRequest) -> HttpResponse:
    drafts.append(request.POST["text"])
    return HttpResponse(status=204)


keep.csrf_exempt = True  # type: ignore[attr-defined]
urlpatterns = [
    path("", include("samspil.web.shell.urls")),
    path("", include("samspil.web.identity.urls")),
    path("sprog/", include("samspil.web.wording.urls")),
    path("kladde/", keep),
]
