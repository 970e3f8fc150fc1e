"""Where a form goes afterwards."""

from django.utils.http import url_has_allowed_host_and_scheme

from samspil.web.shell.access import ActorRequest


def next_of(request: ActorRequest, default: str) -> str:
    """The page the form was opened from, only within our own."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours and wanted.startswith("/") else default
