"""Eftersyn af loggen: a month's sample and what was unusual, why it is there, and what was found."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.review import api as review
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.leadership.forms import FindingForm
from samspil.web.leadership.words import page_words, purpose_words, reason_words
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes

MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Row:
    item: review.ItemView
    what: str
    purposes: str
    reasons: tuple[str, ...]


@access(Capability.LOG_REVIEW)
@require_GET
def log_review(request: ActorRequest) -> HttpResponse:
    latest = review.month_before(request.actor.on)
    month = _month(request.GET.get("maaned", ""), latest)
    sample = request.GET.get("vis") != "usaedvanligt"
    only_waiting = request.GET.get("set") == "mangler"
    number = request.GET.get("side", "1")
    page = int(number) if number.isdecimal() and len(number) < 6 else 1
    found = review.review_list(request.actor, month, sample=sample, only_waiting=only_waiting, page=max(page, 1))
    _look(request, found.items)
    is_drawn = bool(found.total) or review.is_drawn(request.actor, month)
    pager = Paginator(range(found.total), review.PAGE)
    context: dict[str, Any] = {
        "month": month,
        "months": _months(latest),
        "sample": sample,
        "only_waiting": only_waiting,
        "rows": [_row(one) for one in found.items],
        "total": found.total,
        "waiting": found.waiting,
        "pager": pager.get_page(page),
        "is_drawn": is_drawn,
        "may_draw": review.may_draw(request.actor, month=month, is_drawn=is_drawn),
        "draw_url": f"{reverse('leadership:draw')}?{urlencode({'maaned': f'{month:%Y-%m}'})}",
    }
    return render(request, "leadership/log_review.html", context)


@access(Capability.LOG_REVIEW)
@require_POST
@writes
def draw(request: ActorRequest) -> HttpResponse:
    """Draw a month that is over; after that nobody can choose what is looked at."""
    month = _month(request.GET.get("maaned", ""), review.month_before(request.actor.on))
    back = f"{reverse('leadership:log_review')}?{urlencode({'maaned': f'{month:%Y-%m}'})}"
    try:
        number = review.draw_month(actor=request.actor, at=clock.now(), month=month)
    except Refused as refusal:
        messages.error(request, text_of(refusal.reason))
    else:
        messages.success(request, _("Måneden er trukket. Der er %(number)s at se på.") % {"number": number})
    return redirect(back)


@access(Capability.LOG_REVIEW)
@writes
def item(request: ActorRequest, review_id: UUID) -> HttpResponse:
    """One of them: why it is here, and what was found. Nothing is ever taken away again."""
    found = review.item(request.actor, review_id)
    _look(request, (found,))
    latest = found.findings[0].id if found.findings else None
    form = form_for(request, FindingForm, initial={"seen": latest})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            review.note_finding(
                actor=request.actor,
                at=clock.now(),
                item_id=review_id,
                outcome=said["outcome"],
                words=said["words"],
                seen=form.seen_id,
            )
        except Refused as refusal:
            at_field = "words" if refusal.reason is review.ReviewRefusal.WORDS_MISSING else None
            form.add_error(at_field, text_of(refusal.reason))
        else:
            messages.success(request, _("Det er skrevet ned."))
            return redirect(f"{reverse('leadership:log_review')}?{urlencode(_where(found))}")
    context = {"row": _row(found), "item": found, "form": form, "list_query": urlencode(_where(found))}
    return render(request, "leadership/review_item.html", context, status=422 if form.errors else 200)


def _where(found: review.ItemView) -> dict[str, str]:
    shown = "stikproeve" if found.is_sample else "usaedvanligt"
    return {"maaned": f"{found.month:%Y-%m}", "vis": shown, "set": "mangler"}


def _row(one: review.ItemView) -> Row:
    return Row(one, page_words(one.what), purpose_words(one.purposes), reason_words(one))


def _look(request: ActorRequest, items: tuple[review.ItemView, ...]) -> None:
    for citizen_id, case_id in dict.fromkeys((one.citizen_id, one.case_id) for one in items):
        if citizen_id:
            request.look(citizen_id=citizen_id, case_id=case_id, what="log_review")


def _month(text: str, default: dt.date) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no hour
    except ValueError:
        return default


def _months(latest: dt.date) -> list[dt.date]:
    found = [latest]
    while len(found) < MONTHS_SHOWN:
        found.append(review.month_before(found[-1]))
    return found
