"""The board in the meeting: on each participant's device, and large on the wall. Every form works without script."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.citizens.api import Scope
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.api import MeetingStatus
from samspil.kernel import clock
from samspil.web.board.forms import CardForm
from samspil.web.board.page import heading_of, page_of
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import writes

FIELD_OF = {meetings.OpKind.AGREE: "when", meetings.OpKind.ADD: "text", meetings.OpKind.TEXT: "text"}


@access(Capability.MEETING_JOIN, scopes=(Scope.MEETINGS,))
@require_GET
def board(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """The board to write on; before the meeting opens a word about when, afterwards the picture."""
    view = meetings.board_for(request.actor, meeting_id)
    request.look(citizen_id=view.citizen_id, case_id=view.case_id, what="board")
    if view.status == MeetingStatus.CLOSED:
        return redirect("board:picture", meeting_id)
    if view.status != MeetingStatus.OPEN:
        return render(request, "board/not_open.html", {"view": view, "heading": heading_of(view)})
    return render(request, "board/board.html", {"page": page_of(request, request.actor, view)})


@access(Capability.MEETING_JOIN, scopes=(Scope.MEETINGS,))
@require_GET
def show(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """The board large on the wall: nothing that is not on the board, and nothing to press but a pause.

    Before the meeting opens there is no board to show, and its script would look for the picture of the end.
    """
    view = meetings.board_for(request.actor, meeting_id)
    request.look(citizen_id=view.citizen_id, case_id=view.case_id, what="board")
    if view.status == MeetingStatus.CLOSED:
        return redirect("board:picture", meeting_id)
    if view.status != MeetingStatus.OPEN:
        return redirect("board:board", meeting_id)
    hidden = {"mode": "tavle", "actor_name": "", "acting_for": ""}
    return render(request, "board/show.html", {"page": page_of(request, request.actor, view), **hidden})


@access(Capability.MEETING_CLOSE)
@require_POST
@writes
def open_board(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    meetings.open_meeting(actor=request.actor, at=clock.now(), meeting_id=meeting_id)
    return redirect("board:board", meeting_id)


@access(Capability.MEETING_JOIN, scopes=(Scope.MEETINGS,))
@require_POST
@writes
def change(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """One card's form, sent without script. Its key is the change's id, so a form sent twice counts once."""
    view = meetings.board_for(request.actor, meeting_id)
    form = CardForm(request.POST)
    if form.is_valid():
        ops = form.ops(view)
        outcomes = meetings.apply_board_ops(actor=request.actor, at=clock.now(), meeting_id=meeting_id, ops=ops)
        refused = [(op, outcome) for op, outcome in zip(ops, outcomes, strict=True) if outcome.reason]
        if not refused:
            return redirect(_back_to(request, meeting_id, form, outcomes))
        for op, outcome in refused:
            if outcome.reason:
                form.add_error(FIELD_OF.get(op.kind), text_of(outcome.reason))
        view = meetings.board_for(request.actor, meeting_id)
    request.look(citizen_id=view.citizen_id, case_id=view.case_id, what="board")
    page = page_of(request, request.actor, view, form)
    return render(request, "board/board.html", {"page": page}, status=422)


def _back_to(request: ActorRequest, meeting_id: UUID, form: CardForm, outcomes: tuple[meetings.Outcome, ...]) -> str:
    """The board at the card that was written on."""
    if any(outcome.state == meetings.State.APART for outcome in outcomes):
        messages.info(request, _("En anden skrev på kortet samtidig. Dine ord står på et kort for sig."))
    address = reverse("board:board", args=[meeting_id])
    if form.cleaned_data["do"] == "remove":
        return f"{address}?fjernet={form.cleaned_data['card']}"
    card = next((outcome.card for outcome in outcomes if outcome.card), form.cleaned_data["card"])
    return f"{address}#kort-{card}" if card else address
