"""What a board's script talks to: changes in, changes out."""

import json
from functools import partial
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.citizens.api import Scope
from samspil.contexts.meetings import api as meetings
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.board import wire
from samspil.web.board.bells import TOWER
from samspil.web.board.stream import events
from samspil.web.board.ticket import is_valid
from samspil.web.shell import logins
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of


@access(Capability.MEETING_JOIN, scopes=(Scope.MEETINGS,))
@require_POST
def ops(request: ActorRequest, meeting_id: UUID) -> JsonResponse:
    """Put a device's changes on the board; answers with everything it has not seen and what became of each."""
    if not _has_ticket(request, meeting_id):
        return _stale()
    try:
        seq, changes = wire.ops_from(json.loads(request.body))
    except (wire.BadChange, json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return JsonResponse({"problem": text_of(meetings.MeetingRefusal.NOT_UNDERSTOOD)}, status=400)
    try:
        outcomes = meetings.apply_board_ops(actor=request.actor, at=clock.now(), meeting_id=meeting_id, ops=changes)
    except Refused as refused:
        meetings.may_join_board(request.actor, meeting_id).or_raise()
        newest = meetings.changes_since(request.actor, meeting_id, seq)
        return JsonResponse({**wire.answer(newest), "problem": text_of(refused.reason)}, status=409)
    return JsonResponse(wire.answer(meetings.changes_since(request.actor, meeting_id, seq), outcomes))


@access(Capability.MEETING_JOIN, scopes=(Scope.MEETINGS,))
@require_GET
def changes(request: ActorRequest, meeting_id: UUID) -> JsonResponse:
    """What is newer than `?efter=`, for a device that cannot hold a stream."""
    if not _has_ticket(request, meeting_id):
        return _stale()
    meetings.may_join_board(request.actor, meeting_id).or_raise()
    return JsonResponse(wire.answer(meetings.changes_since(request.actor, meeting_id, _after(request))))


@access(Capability.MEETING_JOIN, scopes=(Scope.MEETINGS,))
@require_GET
def stream(request: ActorRequest, meeting_id: UUID) -> HttpResponseBase:
    """The changes as they come. When all places in this process are taken the device asks each second instead."""
    if not _has_ticket(request, meeting_id):
        return _stale()
    meetings.may_join_board(request.actor, meeting_id).or_raise()
    if TOWER.count() >= settings.BOARD_STREAMS:
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    is_in = partial(logins.still_holds, request.session.session_key or "")
    response = StreamingHttpResponse(
        events(request.actor, meeting_id, _after(request), is_in=is_in), content_type="text/event-stream; charset=utf-8"
    )
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _has_ticket(request: ActorRequest, meeting_id: UUID) -> bool:
    return is_valid(request.GET.get("billet", ""), request.actor, meeting_id)


def _stale() -> JsonResponse:
    return JsonResponse({"problem": _("Hent siden igen.")}, status=403)


def _after(request: HttpRequest) -> int:
    """The step the device has seen: the browser's own word for it, when it reconnects by itself, else ours."""
    said = request.headers.get("Last-Event-ID") or request.GET.get("efter", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0
