"""Three clicks from the board to everybody's picture: close, look it through, send. And 24 hours to regret."""

from enum import Enum
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.citizens.api import Scope
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.api import MeetingStatus
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.board.closing_page import changes_of, closing_page
from samspil.web.board.memory import memory_key
from samspil.web.board.ticket import ticket_for
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import writes


@access(Capability.MEETING_CLOSE)
@require_http_methods(["GET", "POST"])
@writes
def closing(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """What we agreed on: what each card becomes, what is missing and can be said right here, and the button."""
    view = meetings.closing_for(request.actor, meeting_id)
    request.look(citizen_id=view.board.citizen_id, case_id=view.board.case_id, what="board")
    if view.board.status != MeetingStatus.OPEN:
        return redirect("board:board", meeting_id)
    if request.method != "POST":
        return render(request, "board/closing.html", {"page": closing_page(view)})
    problem, refused = _close(request, meeting_id, changes_of(view, request.POST))
    if not problem:
        messages.success(request, _("Mødet er afsluttet. Alle, der var med, kan se billedet af tavlen."))
        return redirect("board:picture", meeting_id)
    view = meetings.closing_for(request.actor, meeting_id)
    page = closing_page(view, request.POST, refused)
    return render(request, "board/closing.html", {"page": page, "problem": problem}, status=422)


def _close(request: ActorRequest, meeting_id: UUID, ops: list[meetings.Op]) -> tuple[str, dict[UUID, Enum]]:
    """Say on the board what was filled in, then close. The problem in words, and what was refused at which card."""
    who, at = request.actor, clock.now()
    outcomes = meetings.apply_board_ops(actor=who, at=at, meeting_id=meeting_id, ops=ops)
    refused = {o.card: o.reason for o in outcomes if o.card and o.reason}
    if refused:
        return text_of(next(iter(refused.values()))), refused
    try:
        meetings.close_meeting(actor=who, at=at, meeting_id=meeting_id)
    except Refused as refusal:
        return text_of(refusal.reason), {}
    return "", {}


@access(Capability.MEETING_CLOSE)
@require_POST
@writes
def undo(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    try:
        meetings.undo_close(actor=request.actor, at=clock.now(), meeting_id=meeting_id)
    except Refused as refused:
        messages.error(request, text_of(refused.reason))
        return redirect("board:picture", meeting_id)
    messages.success(request, _("Mødet er åbent igen. Notat, opgaver, plan og billede er taget tilbage."))
    return redirect("board:board", meeting_id)


@access(Capability.MEETING_JOIN, scopes=(Scope.MEETINGS,))
@require_GET
def picture(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    view = meetings.picture_for(request.actor, meeting_id, now=clock.now())
    request.look(citizen_id=view.citizen_id, case_id=view.case_id, what="board_picture")
    context = {
        "view": view,
        "undo_label": _("Fortryd afslutningen"),
        "ticket": ticket_for(request.actor, meeting_id),
        "memory": memory_key(request.actor, meeting_id),
        "is_authority": bool(request.actor.may(Capability.MEETING_CLOSE)),
    }
    return render(request, "board/picture.html", context)


@access(Capability.MEETING_JOIN, scopes=(Scope.MEETINGS,))
@require_GET
def picture_pdf(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    view = meetings.picture_for(request.actor, meeting_id, now=clock.now())
    request.look(citizen_id=view.citizen_id, case_id=view.case_id, what="board_picture")
    response = HttpResponse(meetings.picture_pdf(request.actor, meeting_id), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="tavle.pdf"'
    return response
