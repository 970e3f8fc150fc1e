"""A form that arrives after the log-in expired is parked in the log-in page and sent again afterwards."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SALT = "samspil.parked-form"
KEEP_SECONDS = 60 * 60


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    parked = signing.dumps({"to": request.get_full_path(), "fields": fields}, salt=SALT, compress=True)
    return render(request, "shell/logged_out.html", {"parked": parked}, status=401)


def unpark(text: str) -> tuple[str, dict[str, list[str]]]:
    """Where the form was going, and its fields. Raises signing.BadSignature for text that is not ours or too old."""
    content = signing.loads(text, salt=SALT, max_age=KEEP_SECONDS)
    return content["to"], content["fields"]
