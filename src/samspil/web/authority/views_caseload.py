"""Borgere: the list of cases, and the search that never puts a CPR number into an address."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.kernel import clock
from samspil.kernel import cpr as cprs
from samspil.web.authority import lookups
from samspil.web.authority.caselist import CaseList, caselist_for, caselist_of
from samspil.web.authority.frame import sent_from
from samspil.web.components.pages import page_of
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of

_DIGITS = re.compile(r"[\d\s\-‐-―]+")
_NUMBER = re.compile(r"\d{2}-\d{1,7}")


@access(Capability.CASE_EDIT)
@require_GET
def caseload(request: ActorRequest) -> HttpResponse:
    wanted = wanted_of(request.GET)
    if looks_like_cpr(wanted.search):
        wanted = replace(wanted, search="")
    return _page(request, caselist_for(request.actor, wanted, now=clock.now()))


@access(Capability.CASE_EDIT)
@sent_from("authority:caseload")
def search(request: ActorRequest) -> HttpResponse:
    """By CPR number to the person, by name or case number to the list. A CPR number stays in the form's body."""
    text = " ".join(request.POST.get("q", "")[:80].split())
    if not looks_like_cpr(text):
        if _NUMBER.fullmatch(text):
            found = cases.caseload(request.actor, cases.Wanted(search=text))
            if found.total == 1:
                return redirect("authority:case", found.rows[0].case_id)
            if not found.total and (closed := cases.closed_case(request.actor, number=text)):
                return _closed(request, closed)
        return redirect(f"{reverse('authority:caseload')}?{urlencode({'q': text})}" if text else "authority:caseload")
    if stopped := lookups.too_many(request, text):
        return _nobody(request, stopped, typed=text, status=429)
    try:
        citizen_id = citizens.find_by_cpr(request.actor.municipality, text)
    except cprs.InvalidCpr as error:
        return _nobody(request, text_of(error.reason), typed=text)
    rows = cases.cases_of_citizen(request.actor, citizen_id) if citizen_id else ()
    if not rows and citizen_id and (closed := cases.closed_case(request.actor, citizen_id=citizen_id)):
        return _closed(request, closed)
    if not rows:
        return _nobody(request, _("Ingen af jeres borgere har det CPR-nummer."))
    if len(rows) == 1:
        request.look_up(citizen_id=rows[0].citizen_id, case_id=rows[0].case_id, what="search")
        return redirect("authority:case", rows[0].case_id)
    return _page(request, caselist_of(request.actor, rows, now=clock.now()), what="search")


def looks_like_cpr(text: str) -> bool:
    """Nothing but digits and as many as a CPR number has, or nearly: such a text must not stand in an address."""
    return bool(_DIGITS.fullmatch(text)) and sum(c.isdigit() for c in text) >= 8


def wanted_of(given: Any) -> cases.Wanted:
    """The filters of an address; what makes no sense is left out."""
    try:
        district_id = UUID(given.get("distrikt", ""))
    except ValueError:
        district_id = None
    return cases.Wanted(
        search=given.get("q", ""),
        mine=given.get("mine") == "1",
        district_id=district_id,
        status=given.get("status", ""),
        area=given.get("omraade", ""),
        order=given.get("orden", "name"),
        page=page_of(given.get("side", "1")),
    )


def _nobody(request: ActorRequest, said: str, *, typed: str = "", status: int = 200) -> HttpResponse:
    """`typed` is what has to be put right, and stays in the field; a number of nobody here does not."""
    page = caselist_of(request.actor, (), now=clock.now(), said=said)
    return _page(request, page, what="search", typed=typed, status=status)


def _closed(request: ActorRequest, closed: cases.ClosedCase) -> HttpResponse:
    """Somebody knows that the case is there. It is shown no further than that, and the look is logged."""
    may_open = closed.may_open
    said = _("Du har ikke adgang til sag %(number)s.") % {"number": closed.number}
    if may_open.refusal is not None:
        said = text_of(may_open.refusal)
    page = replace(
        caselist_of(request.actor, (), now=clock.now(), said=said),
        emergency_url=reverse("authority:emergency", args=[closed.case_id]) if may_open else "",
    )
    request.look(citizen_id=closed.citizen_id, case_id=closed.case_id, what="search")
    return _page(request, page)


def _page(
    request: ActorRequest, page: CaseList, *, what: str = "caseload", typed: str = "", status: int = 200
) -> HttpResponse:
    for line in page.lines:
        request.look(citizen_id=line.row.citizen_id, case_id=line.row.case_id, what=what)
    context = {"page": page, "typed": typed, "search_url": ""}
    return render(request, "authority/caseload.html", context, status=status)
