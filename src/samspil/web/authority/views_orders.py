"""Orders in the authority's room: send one, see what was told and answered, end it; and the questions."""

from typing import Any
from uuid import UUID

from django.contrib import messages as flashes
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.decisions import api as decisions
from samspil.contexts.goals import api as goals
from samspil.contexts.orders import api as orders
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.kernel.workdays import add_months
from samspil.web.authority.frame import case_frame
from samspil.web.orders import asking
from samspil.web.orders.forms import EndForm, OrderForm, QuestionForm, put_at_field
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes

FIRST_FOLLOW_UP_MONTHS = 3  # as KL's own example of an order has it


@access(Capability.ORDER_SEND)
@require_GET
def case_orders(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Who helps, what was ordered, and the status notes that came back."""
    frame = case_frame(request.actor, case_id, tab="orders")
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="order")
    context = {
        "frame": frame,
        "orders": orders.orders_of(request.actor, case_id),
        "status_notes": orders.status_notes_of(request.actor, case_id),
        "may_order": orders.may_order(request.actor),
    }
    return render(request, "authority/case_orders.html", context)


@access(Capability.ORDER_SEND)
@writes
def order_new(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Fill in, look through what the provider gets to know, send. Nothing is stored before it is sent."""
    frame = case_frame(request.actor, case_id, tab="orders")
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="order")
    running = goals.goals_for(request.actor, case_id).running
    teams = orders.provider_teams()
    grants = [one for one in decisions.grants_of(request.actor, case_id) if one.state != decisions.GrantState.OVER]
    likely = _likely(request, running, grants)
    form = form_for(request, OrderForm, teams=teams, goals=running, grants=grants, initial=likely)
    if request.method == "POST" and not running:
        raise Refused(orders.OrderRefusal.NO_GOALS)
    step = request.POST.get("step", "")
    if request.method == "POST" and form.is_valid() and step == "send":
        try:
            order_id = _send(request, case_id, form)
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            flashes.success(request, _("Bestillingen er sendt."))
            return redirect("authority:order", order_id)
    context: dict[str, Any] = {"frame": frame, "form": form, "has_goals": bool(running)}
    if step == "preview" and form.is_bound and not form.errors:
        said = form.cleaned_data
        context["told"] = orders.handover_for(
            request.actor, case_id, goal_ids=form.goal_ids, tell=said["tell"], more=said["more"]
        )
        context["team"] = next(team for team in teams if str(team.unit_id) == said["unit"])
        context["sent"] = [
            (name, value) for name, values in request.POST.lists() if name in form.fields for value in values
        ]
        return render(request, "authority/order_preview.html", context)
    return render(request, "authority/order_new.html", context, status=422 if form.errors else 200)


def _likely(
    request: ActorRequest, running: tuple[goals.GoalView, ...], grants: list[decisions.GrantLine]
) -> dict[str, Any]:
    """What was granted is not written again: the one that the link named, or the only one there is."""
    named = [one for one in grants if str(one.id) == request.GET.get("bevilling")]
    grant = next(iter(named or grants), None) if named or len(grants) == 1 else None
    drawn: dict[str, Any] = {}
    if grant is not None:
        drawn = {"grant": str(grant.id), "what": grant.service, "how_often": grant.extent, "ends_on": grant.ends_on}
        drawn["starts_on"] = max(request.actor.on, grant.starts_on)
    return {
        "starts_on": request.actor.on,
        "follow_up_on": add_months(request.actor.on, FIRST_FOLLOW_UP_MONTHS),
        "goals": [str(goal.id) for goal in running],
        "tell": list(orders.DEFAULT),
    } | drawn


def _send(request: ActorRequest, case_id: UUID, form: OrderForm) -> UUID:
    said = form.cleaned_data
    return orders.send_order(
        actor=request.actor,
        at=clock.now(),
        case_id=case_id,
        unit_id=UUID(said["unit"]),
        what=said["what"],
        how_often=said["how_often"],
        starts_on=said["starts_on"],
        ends_on=said["ends_on"],
        follow_up_on=said["follow_up_on"],
        goal_ids=form.goal_ids,
        tell=said["tell"],
        more=said["more"],
        grant_id=form.grant_id,
    )


@access(Capability.ORDER_SEND)
@require_GET
def order(request: ActorRequest, order_id: UUID) -> HttpResponse:
    return _order_page(request, order_id)


@access(Capability.ORDER_SEND)
@require_POST
@writes
def withdraw(request: ActorRequest, order_id: UUID) -> HttpResponse:
    orders.withdraw_order(actor=request.actor, at=clock.now(), order_id=order_id)
    flashes.success(request, _("Bestillingen er taget tilbage."))
    return redirect("authority:order", order_id)


@access(Capability.ORDER_SEND)
@require_POST
@writes
def close(request: ActorRequest, order_id: UUID) -> HttpResponse:
    """The no has been read."""
    case_id = orders.order(request.actor, order_id).line.case_id
    orders.close_declined_order(actor=request.actor, at=clock.now(), order_id=order_id)
    return redirect("authority:case_orders", case_id)


@access(Capability.ORDER_SEND)
@require_POST
@writes
def end(request: ActorRequest, order_id: UUID) -> HttpResponse:
    form = form_for(request, EndForm, initial={"ends_on": request.actor.on})
    if form.is_valid():
        said = form.cleaned_data
        try:
            orders.end_order(
                actor=request.actor, at=clock.now(), order_id=order_id, ends_on=said["ends_on"], words=said["words"]
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            flashes.success(request, _("Det er noteret. Udføreren har adgang til og med den sidste dag."))
            return redirect("authority:order", order_id)
    return _order_page(request, order_id, end_form=form)


@access(Capability.ORDER_SEND)
@require_GET
def messages(request: ActorRequest) -> HttpResponse:
    found = orders.questions(request.actor)
    shown = {(one.citizen_id, one.case_id) for one in (*found.to_me, *found.to_them, *found.answered)}
    for citizen_id, case_id in sorted(shown):
        request.look(citizen_id=citizen_id, case_id=case_id, what="questions")
    waiting = asking.with_answers(request, found.to_me, room="authority")
    return render(request, "orders/messages.html", {"waiting": waiting, "questions": found, "room": "authority"})


@access(Capability.QUESTION_ASK)
@writes
def ask(request: ActorRequest, order_id: UUID) -> HttpResponse:
    return asking.ask(request, order_id, room="authority")


@access(Capability.QUESTION_ASK)
@writes
def answer(request: ActorRequest, question_id: UUID) -> HttpResponse:
    return asking.answer(request, question_id, room="authority")


def _order_page(request: ActorRequest, order_id: UUID, end_form: EndForm | None = None) -> HttpResponse:
    view = orders.order(request.actor, order_id)
    if end_form:
        view.may_end.or_raise()
    request.look(citizen_id=view.line.citizen_id, case_id=view.line.case_id, what="order")
    context = {
        "frame": case_frame(request.actor, view.line.case_id, tab="orders"),
        "order": view,
        "questions": orders.questions(request.actor, order_id=order_id),
        "status_notes": orders.status_notes_for(request.actor, order_id),
        "ask": form_for(request, QuestionForm, to=reverse("authority:ask", args=[order_id])),
        "end_form": end_form
        or form_for(
            request, EndForm, to=reverse("authority:order_end", args=[order_id]), initial={"ends_on": request.actor.on}
        ),
    }
    return render(request, "authority/order.html", context, status=422 if end_form else 200)
