"""A form that arrives after the log-in expired is parked in the log-in page and sent again afterwards."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SALT = "samspil.parked-form"
KEEP_SECONDS = 60 * 60


class Parked(NamedTuple):
    """Where the form was going, its fields, and the page that it stood on."""

    to: str
    fields: dict[str, list[str]]
    page: str


class NotYours(signing.BadSignature):
    """Somebody else than the one who wrote it has logged in."""


def ask_to_log_in(request: HttpRequest, *, fresh: bool = False) -> HttpResponse:
    """Keep the form in the page. With `fresh` its writer is logged in, but must show once more who it is."""
    fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    to, by = request.get_full_path(), getattr(request, "writer_id", None)
    content = {"to": to, "fields": fields, "by": by, "page": _page_of(request) or to}
    parked = signing.dumps(content, salt=SALT, compress=True)
    return render(request, "shell/logged_out.html", {"parked": parked, "fresh": fresh}, status=401)


def _page_of(request: HttpRequest) -> str:
    """The page of ours that the browser says the form stood on."""
    said = urlsplit(request.headers.get("Referer", ""))
    return said._replace(scheme="", netloc="").geturl() if said.netloc == request.get_host() else ""


def unpark(text: str, *, user_id: str) -> Parked:
    """Raises signing.BadSignature for text that is not ours or too old, and for another person's."""
    content = signing.loads(text, salt=SALT, max_age=KEEP_SECONDS)
    if content["by"] not in {None, user_id}:
        raise NotYours
    return Parked(content["to"], content["fields"], content["page"])
