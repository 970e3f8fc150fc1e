"""Where somebody goes after a form: an address of ours, or the default."""

from urllib.parse import urldefrag

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_of(request: HttpRequest, default: str, *, field: str = "next") -> str:
    """The page that the form was opened from, without its #part, only within our own."""
    wanted = request.POST.get(field) or request.GET.get(field) or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    # Only what begins with a slash is an address to Django's redirect(); anything else is the name of a view.
    return urldefrag(wanted).url if is_ours and wanted.startswith("/") else default
