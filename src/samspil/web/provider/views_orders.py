"""Orders in the provider's room: read, say yes or no, ask."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Capability
from samspil.contexts.orders import api as orders
from samspil.kernel import clock
from samspil.kernel.text import first_name
from samspil.kernel.verdict import Refused
from samspil.web.orders import asking
from samspil.web.orders.forms import AcceptForm, DeclineForm, QuestionForm, put_at_field
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes


@access(Capability.ORDER_ACCEPT)
@require_GET
def orders_page(request: ActorRequest) -> HttpResponse:
    new, running = orders.inbox(request.actor), orders.running_orders(request.actor)
    for line in (*new, *running):
        request.look(citizen_id=line.citizen_id, case_id=line.case_id, what="order")
    return render(request, "provider/orders.html", {"new": new, "running": running})


@access(Capability.ORDER_ACCEPT)
@require_GET
def order(request: ActorRequest, order_id: UUID) -> HttpResponse:
    view = _seen(request, order_id)
    return render(request, "provider/order.html", _context(request, view))


@access(Capability.ORDER_ACCEPT)
@writes
def accept(request: ActorRequest, order_id: UUID) -> HttpResponse:
    view = _seen(request, order_id)
    form = form_for(request, AcceptForm, team=orders.team_for(request.actor, order_id))
    if request.method == "POST" and form.is_valid():
        try:
            orders.accept_order(
                actor=request.actor,
                at=clock.now(),
                order_id=order_id,
                contact_id=UUID(form.cleaned_data["contact"]),
                words=form.cleaned_data["words"],
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            name = first_name(view.line.citizen_name)
            messages.success(request, _("Bestillingen er taget imod. I kan nu skrive om %(name)s.") % {"name": name})
            return redirect("provider:case", view.line.case_id)
    if request.method == "GET":
        return redirect("provider:order", order_id)
    return render(request, "provider/order.html", _context(request, view, accept=form), status=422)


@access(Capability.ORDER_ACCEPT)
@writes
def decline(request: ActorRequest, order_id: UUID) -> HttpResponse:
    view = _seen(request, order_id)
    form = form_for(request, DeclineForm)
    if request.method == "POST" and form.is_valid():
        try:
            orders.decline_order(
                actor=request.actor, at=clock.now(), order_id=order_id, words=form.cleaned_data["words"]
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(request, _("I har sagt nej. Kommunen får besked med det, du skrev."))
            return redirect("provider:orders")
    return render(request, "provider/decline.html", {"order": view, "form": form}, status=422 if form.errors else 200)


@access(Capability.QUESTION_ASK)
@writes
def ask(request: ActorRequest, order_id: UUID) -> HttpResponse:
    return asking.ask(request, order_id, room="provider")


@access(Capability.QUESTION_ASK)
@writes
def answer(request: ActorRequest, question_id: UUID) -> HttpResponse:
    return asking.answer(request, question_id, room="provider")


def _seen(request: ActorRequest, order_id: UUID) -> orders.OrderView:
    view = orders.order(request.actor, order_id)
    request.look(citizen_id=view.line.citizen_id, case_id=view.line.case_id, what="order")
    return view


def _context(request: ActorRequest, view: orders.OrderView, accept: AcceptForm | None = None) -> dict[str, object]:
    """The form to say yes is on the page as long as nobody has answered; oneself is chosen beforehand."""
    if accept is None and view.may_answer:
        accept = form_for(
            request,
            AcceptForm,
            to=reverse("provider:accept", args=[view.line.id]),
            team=orders.team_for(request.actor, view.line.id),
            initial={"contact": str(request.actor.user_id)},
        )
    return {
        "order": view,
        "accept": accept,
        "ask": form_for(request, QuestionForm, to=reverse("provider:ask", args=[view.line.id])),
        "questions": orders.questions(request.actor, order_id=view.line.id),
        "status_notes": orders.status_notes_for(request.actor, view.line.id),
    }
