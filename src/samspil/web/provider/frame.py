"""What stands around every page of a case in the provider's room: name, how to meet, tabs. No CPR number."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.orders import api as orders
from samspil.contexts.orders.api import Handover
from samspil.web.components.shapes import Link

TABS = (
    ("case", gettext_lazy("Overblik"), "provider:case"),
    ("goals", gettext_lazy("Mål"), "provider:goals"),
    ("status", gettext_lazy("Status"), "provider:case_status"),
)


@dataclass(frozen=True, slots=True)
class ProviderFrame:
    """For `provider/case_base.html` as `frame`. Wish, phone and address only when they were told with an order."""

    case_id: UUID
    citizen_id: UUID
    name: str
    first_name: str
    all_orders: tuple[orders.OrderLine, ...]
    order: orders.OrderLine | None
    told: frozenset[str]
    facts: tuple[str, ...]
    alerts: tuple[str, ...]
    phone: str
    address: str
    contact_words: str
    tabs: tuple[Link, ...]
    write_url: str


def provider_frame(actor: Actor, case_id: UUID, *, tab: str, case: cases.CaseFacts | None = None) -> ProviderFrame:
    """Raises Case.DoesNotExist for those who do not help in the case. `tab` is a name in TABS, or empty.

    A page that has read the facts of the `case` already hands them over.
    """
    case = case or cases.case_facts(actor, case_id)
    given = orders.orders_of(cases.reading_in(actor, case), case_id)
    order = next((one for one in given if one.status == "running"), None)
    told = frozenset(key for one in given for key in one.told)
    wish = citizens.contact_wish(case.citizen_id) if Handover.CONTACT in told else None
    reach = citizens.reach_of(case.citizen_id) if Handover.REACH in told else None
    is_protected = reach is not None and reach.is_address_protected
    return ProviderFrame(
        case_id=case_id,
        citizen_id=case.citizen_id,
        name=case.name,
        first_name=case.first_name,
        all_orders=given,
        order=order,
        told=told,
        facts=tuple(filter(None, [str(wish or ""), _contact(order)])),
        alerts=tuple(filter(None, [_("Beskyttet adresse") if is_protected else "", *_closed(case)])),
        phone=reach.phone if reach else "",
        address=reach.whole_address if reach else "",
        contact_words=wish.words if wish else "",
        tabs=_tabs(case_id, tab),
        write_url=f"{reverse('provider:case', args=[case_id])}#notat",
    )


def _contact(order: orders.OrderLine | None) -> str:
    return _("Kontaktperson %(name)s") % {"name": order.contact_name} if order and order.contact_name else ""


def _closed(case: cases.CaseFacts) -> tuple[str, ...]:
    return () if case.is_open else (_("Sagen er afsluttet"),)


def _tabs(case_id: UUID, current: str) -> tuple[Link, ...]:
    links = []
    for name, label, url_name in TABS:
        try:
            links.append(Link(str(label), reverse(url_name, args=[case_id]), current=name == current))
        except NoReverseMatch:
            continue
    return tuple(links)
