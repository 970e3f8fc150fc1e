"""A form that arrives after the log-in expired is parked in the log-in page and sent again afterwards."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SALT = "samspil.parked-form"
KEEP_SECONDS = 60 * 60


class NotYours(signing.BadSignature):
    """Somebody else than the one who wrote it has logged in."""


def ask_to_log_in(request: HttpRequest, *, fresh: bool = False) -> HttpResponse:
    """Keep the form in the page. With `fresh` its writer is logged in, but must show once more who it is."""
    fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    content = {"to": request.get_full_path(), "fields": fields, "by": getattr(request, "writer_id", None)}
    parked = signing.dumps(content, salt=SALT, compress=True)
    return render(request, "shell/logged_out.html", {"parked": parked, "fresh": fresh}, status=401)


def unpark(text: str, *, user_id: str) -> tuple[str, dict[str, list[str]]]:
    """Where the form was going, and its fields.

    Raises signing.BadSignature for text that is not ours or too old, and for another person's.
    """
    content = signing.loads(text, salt=SALT, max_age=KEEP_SECONDS)
    if content["by"] not in {None, user_id}:
        raise NotYours
    return content["to"], content["fields"]
