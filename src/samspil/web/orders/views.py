"""Pages of an order that are the same in every room."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Actor, Capability
from samspil.contexts.orders import api as orders
from samspil.web.shell.access import ActorRequest, access


@access(Capability.STATUS_WRITE, Capability.STATUS_DECIDE)
@require_GET
def status_document(
    request: ActorRequest, note_id: UUID, made_by: Callable[[Actor, UUID], dict[str, Any]]
) -> HttpResponse:
    """A sent status note for another system, as `made_by` writes it. Which format that is, is decided in the config."""
    note = orders.status_note(request.actor, note_id)
    document = made_by(request.actor, note_id)
    request.look(citizen_id=note.line.citizen_id, case_id=note.line.case_id, what="status_note")
    answer = JsonResponse(
        document, json_dumps_params={"ensure_ascii": False, "indent": 2}, content_type="application/fhir+json"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="statusnotat-{note_id}.json"'
    return answer
