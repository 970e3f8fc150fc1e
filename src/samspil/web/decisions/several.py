"""A page with several forms: each is made by the address it is sent to, and the one that was sent is as it was sent."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.forms import Form
from django.urls import reverse

from samspil.web.shell.access import ActorRequest
from samspil.web.shell.writing import form_for

F = TypeVar("F", bound=Form)


def form_at(
    request: ActorRequest,
    kind: type[F],
    view: str,
    thing_id: UUID,
    *,
    sent: Form | None,
    initial: Mapping[str, Any] | None = None,
    **given: Any,
) -> F:
    if type(sent) is kind:
        return sent  # with the errors its command gave it
    return form_for(request, kind, to=reverse(view, args=[thing_id]), initial=initial, **given)
