"""The provider's day, its citizens, and one citizen."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.orders import api as orders
from samspil.kernel import clock
from samspil.web.components.pages import page_of
from samspil.web.orders import asking
from samspil.web.orders.forms import QuestionForm
from samspil.web.provider import pages
from samspil.web.provider.frame import provider_frame
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes


@access(Capability.ORDER_ACCEPT)
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    page = pages.day(request.actor, now=clock.now())
    _look(request, page.new_orders, page.questions, page.due, page.mine, page.new_plans, what="my_day")
    return render(request, "provider/home.html", {"page": page})


@access(Capability.ORDER_ACCEPT)
@require_GET
def citizens(request: ActorRequest) -> HttpResponse:
    found = orders.provider_citizens(request.actor, now=clock.now(), page=page_of(request.GET.get("side", "1")))
    _look(request, found.shown, what="caseload")
    context = {
        "mine": [one for one in found.shown if one.is_mine],
        "others": [one for one in found.shown if not one.is_mine],
        "pager": Paginator(range(found.total), orders.PAGE).page(found.page),
    }
    return render(request, "provider/citizens.html", context)


@access(Capability.ORDER_ACCEPT)
@require_GET
def case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    page = pages.case_page(request.actor, case_id, now=clock.now())
    request.look(citizen_id=page.frame.citizen_id, case_id=case_id, what="case")
    order = page.frame.order
    form = form_for(request, QuestionForm, to=reverse("provider:ask", args=[order.id])) if order else None
    return render(request, "provider/case.html", {"page": page, "frame": page.frame, "form": form})


@access(Capability.ORDER_ACCEPT)
@require_GET
def case_status(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The order behind the help, and the status notes on it."""
    frame = provider_frame(request.actor, case_id, tab="status")
    request.look(citizen_id=frame.citizen_id, case_id=case_id, what="order")
    context = {
        "frame": frame,
        "order": orders.order(request.actor, frame.order.id) if frame.order else None,
        "status_notes": orders.status_notes_of(request.actor, case_id),
    }
    return render(request, "provider/case_status.html", context)


@access(Capability.ORDER_ACCEPT)
@require_POST
@writes
def tick(request: ActorRequest, task_id: UUID, move: str) -> HttpResponse:
    """An agreement is kept, or was ticked off by mistake."""
    task = cases.task(request.actor, task_id)
    command = cases.finish_task if move == "gjort" else cases.reopen_task
    command(actor=request.actor, at=clock.now(), task_id=task_id)
    return redirect("provider:case", task.case_id)


@access(Capability.ORDER_ACCEPT)
@require_GET
def messages(request: ActorRequest) -> HttpResponse:
    found = orders.questions(request.actor)
    _look(request, found.to_me, found.to_them, found.answered, what="questions")
    waiting = asking.with_answers(request, found.to_me, room="provider")
    return render(request, "orders/messages.html", {"waiting": waiting, "questions": found, "room": "provider"})


def _look(request: ActorRequest, *lists: object, what: str) -> None:
    """One line in the access log for each person on a page of many."""
    people = {(row.citizen_id, row.case_id) for rows in lists for row in rows}  # type: ignore[attr-defined]
    for citizen_id, case_id in sorted(people):
        request.look(citizen_id=citizen_id, case_id=case_id, what=what)
