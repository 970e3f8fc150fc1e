"""What stands around every page of a case in the authority's room: who it is about, and the tabs."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.meetings import api as meetings
from samspil.kernel import clock
from samspil.web.authority.words import ago
from samspil.web.components.shapes import Link
from samspil.web.shell.access import View
from samspil.web.shell.addresses import address_of

TABS = (
    ("case", gettext_lazy("Overblik"), "authority:case"),
    ("goals", gettext_lazy("Mål og plan"), "authority:goals"),
    ("timeline", gettext_lazy("Forløb"), "authority:timeline"),
    ("meetings", gettext_lazy("Møder"), "authority:case_meetings"),
    ("orders", gettext_lazy("Samarbejde"), "authority:case_orders"),
    ("decisions", gettext_lazy("Afgørelser"), "decisions:case"),
    ("letters", gettext_lazy("Breve"), "authority:letters"),
    ("people", gettext_lazy("Hvem er med"), "authority:people"),
)


@dataclass(frozen=True, slots=True)
class CaseFrame:
    """For `authority/case_base.html` as `frame`. `facts` and `alerts` are short sentences for the head."""

    case: cases.CaseFacts
    wish: citizens.ContactWish | None
    relations: tuple[citizens.RelationView, ...]
    meeting: meetings.MeetingLine | None
    facts: tuple[str, ...]
    alerts: tuple[str, ...]
    tabs: tuple[Link, ...]
    board_url: str
    call_url: str
    write_url: str


def case_frame(actor: Actor, case_id: UUID, *, tab: str, now: dt.datetime | None = None) -> CaseFrame:
    """Raises Case.DoesNotExist for those without business in the case. `tab` is a name in TABS, or empty."""
    case = cases.case_facts(actor, case_id)
    wish = citizens.contact_wish(case.citizen_id)
    relations = citizens.relations_of(case.citizen_id, on=actor.on)
    meeting = meetings.next_meeting(cases.reading_in(actor, case), case_id, now=now or clock.now())
    case_url = address_of("authority:case", case_id)
    return CaseFrame(
        case=case,
        wish=wish,
        relations=relations,
        meeting=meeting,
        facts=_facts(case, wish, relations, actor.on),
        alerts=_alerts(case, relations),
        tabs=_tabs(case_id, tab),
        board_url=address_of("board:board", meeting.id) if meeting else "",
        call_url=address_of("meetings:call", case_id),
        write_url="#notat" if tab == "case" else f"{case_url}#notat",
    )


def _facts(
    case: cases.CaseFacts, wish: citizens.ContactWish | None, relations: tuple[citizens.RelationView, ...], on: dt.date
) -> tuple[str, ...]:
    district = _("Distrikt %(name)s") % {"name": case.district} if case.district else ""
    sees = [_("%(who)s har adgang") % {"who": _relative(one)} for one in relations if one.may_see_case]
    return tuple(filter(None, [district, str(wish or ""), *sees, last_contact(case.last_contact_on, on)]))


def _relative(one: citizens.RelationView) -> str:
    first = one.name.split(maxsplit=1)[0]
    return first if one.kind_code == citizens.RelationKind.OTHER else f"{one.kind} {first}"


def last_contact(day: dt.date | None, on: dt.date) -> str:
    """As in "Sidst i kontakt for 6 dage siden"."""
    if day is None:
        return _("Endnu ingen kontakt")
    return _("Sidst i kontakt %(when)s") % {"when": ago(day, on)}


def _alerts(case: cases.CaseFacts, relations: tuple[citizens.RelationView, ...]) -> tuple[str, ...]:
    has_guardian = any(one.kind_code == citizens.RelationKind.GUARDIAN for one in relations)
    said = [
        (not case.is_open, _("Sagen er afsluttet")),
        (case.is_restricted, _("Kun for dem på listen")),
        (case.is_address_protected, _("Beskyttet adresse")),
        (has_guardian, _("Har værge")),
    ]
    return tuple(words for is_so, words in said if is_so)


def _tabs(case_id: UUID, current: str) -> tuple[Link, ...]:
    return tuple(
        Link(str(label), address_of(url_name, case_id), current=name == current) for name, label, url_name in TABS
    )


def sent_from(page: str) -> Callable[[View], View]:
    """For a view that only takes what a form on another page sends: whoever comes by address is shown that page.

    So a reload, or another language chosen after an error, leads back to the form and not to an empty 405.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            wanted = {name: value for name, value in kwargs.items() if name in {"case_id", "referral_id"}}
            return redirect(page, **({} if page == "authority:my_day" else wanted))

        return guarded

    return decorate
