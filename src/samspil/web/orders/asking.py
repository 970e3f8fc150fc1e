"""Ask and answer: the same for both sides, each in its own room."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.contexts.orders import api as orders
from samspil.contexts.orders.api import QuestionView
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.orders.forms import AnswerForm, QuestionForm, put_at_field
from samspil.web.shell.access import ActorRequest
from samspil.web.shell.going_back import next_of
from samspil.web.shell.writing import form_for


def ask(request: ActorRequest, order_id: UUID, *, room: str) -> HttpResponse:
    order = orders.order(request.actor, order_id)
    request.look(citizen_id=order.line.citizen_id, case_id=order.line.case_id, what="questions")
    back = next_of(request, reverse(f"{room}:order", args=[order_id]))
    form = form_for(request, QuestionForm)
    if request.method == "POST" and form.is_valid():
        try:
            orders.ask_question(actor=request.actor, at=clock.now(), order_id=order_id, text=form.cleaned_data["text"])
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(request, _("Spørgsmålet er sendt."))
            return redirect(back)
    context = {"order": order, "form": form, "back": back, "room": room}
    return render(request, "orders/ask.html", context, status=422 if form.errors else 200)


def with_answers(
    request: ActorRequest, questions: Sequence[QuestionView], *, room: str
) -> list[tuple[QuestionView, AnswerForm | None]]:
    """Each question with the form that its answer is written in, on a page of many."""
    return [(one, _answer_form(request, one, room) if one.may_answer else None) for one in questions]


def _answer_form(request: ActorRequest, question: QuestionView, room: str) -> AnswerForm:
    to = reverse(f"{room}:answer", args=[question.id])
    return form_for(request, AnswerForm, to=to, auto_id=f"id_%s_{question.id.hex}")


def answer(request: ActorRequest, question_id: UUID, *, room: str) -> HttpResponse:
    """Answer; where a colleague was quicker, both answers are shown and nothing typed is lost."""
    question = orders.question(request.actor, question_id)
    request.look(citizen_id=question.citizen_id, case_id=question.case_id, what="questions")
    back = next_of(request, reverse(f"{room}:messages"))
    form = form_for(request, AnswerForm)
    if request.method == "POST" and form.is_valid():
        try:
            orders.answer_question(
                actor=request.actor, at=clock.now(), question_id=question_id, text=form.cleaned_data["text"]
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(request, _("Svaret er sendt."))
            return redirect(back)
    context = {"question": question, "form": form, "back": back, "room": room}
    return render(request, "orders/answer.html", context, status=422 if form.errors else 200)
