"""Write a received order as a case that can be worked on. All of it or nothing."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, OrganisationKind, UnitKind, system_actor
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.citizens import api as citizens
from samspil.contexts.goals import api as goals
from samspil.contexts.orders import api as orders
from samspil.exchange.ffb_order import message as messages
from samspil.exchange.ffb_order.message import Unreadable
from samspil.exchange.ffb_order.order import ReceivedGoal, ReceivedOrder, understand
from samspil.exchange.ffb_order.values import Codes
from samspil.kernel import clock
from samspil.kernel.verdict import Refused

SOURCE = "ffb-message"
_TITLE, _TEXT, _WHAT = 80, 4000, 6000
_NOT_SAID = "Det står ikke i bestillingen. Tal om det på det første møde."


@dataclass(frozen=True, slots=True)
class Imported:
    order_id: UUID
    case_id: UUID
    case_number: str
    citizen_name: str
    provider_name: str
    not_taken_over: tuple[str, ...]


@transaction.atomic
def import_order(content: bytes, *, at: dt.datetime, provider: str = "") -> Imported:
    """Read an order message into the inbox of the provider it is addressed to, or of the one that is named.

    Raises Unreadable with a sentence for people; then nothing has been written.
    """
    on = clock.day_of(at)
    if not catalogue.ffb_themes(on):
        raise Unreadable("Kodelisten FFB er ikke læst ind endnu. Kør først: samspil manage load_catalogue")
    order = understand(messages.read(content), on=on, codes=_codes(on))
    if orders.Order.objects.filter(source=SOURCE, source_key=order.key).exists():
        raise _already_here()
    named = list(order.named)
    organisation, unit = _provider(provider or order.receiver_name, order)
    actor = system_actor(on, municipality=_municipality(order, named).municipality_code)
    case_id = cases.start_case(
        actor=actor,
        at=at,
        citizen_id=_citizen(actor, at, order, named),
        area=cases.Area.ADULT_DISABILITY,
        coordinator_id=None,
        district_id=None,
        status=cases.CaseStatus.CLARIFICATION,
        municipality=order.municipality,
    )
    goal_ids, references = _goals(actor, at, case_id, order, named)
    order_id = _received(actor, at, case_id, order, organisation, unit, goal_ids, references, named)
    return Imported(
        order_id=order_id,
        case_id=case_id,
        case_number=cases.Case.objects.values_list("number", flat=True).get(id=case_id),
        citizen_name=f"{order.citizen.first_name} {order.citizen.last_name}".strip(),
        provider_name=organisation.name,
        not_taken_over=tuple(named),
    )


def _received(
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    order: ReceivedOrder,
    organisation: access.Organisation,
    unit: access.Unit | None,
    goal_ids: list[UUID],
    references: dict[str, str],
    named: list[str],
) -> UUID:
    what = _fit(order.what, _WHAT, "Det bestilte", named)
    sender = _fit(order.contact_name, 120, "Afsenderens navn", named)
    phone = _fit(order.contact_phone, 30, "Afsenderens telefon", named)
    ids = order.references | {"goals": references}
    origin = orders.Origin(SOURCE, order.key, ids, order.facts, named, order.sent_at, sender, phone)
    try:
        return orders.receive_order(
            actor=actor,
            at=at,
            case_id=case_id,
            provider_id=organisation.id,
            unit_id=unit.id if unit else None,
            what=what,
            starts_on=order.starts_on,
            ends_on=order.ends_on,
            follow_up_on=order.follow_up_on,
            goal_ids=goal_ids,
            origin=origin,
        )
    except Refused as refusal:
        if refusal.reason is orders.OrderRefusal.ALREADY_IMPORTED:
            raise _already_here() from refusal
        raise


def _codes(on: dt.date) -> Codes:
    def look_up(code: str) -> catalogue.Code | None:
        try:
            return catalogue.concept(catalogue.SystemKey.FFB, code, on)
        except catalogue.UnknownCode:
            return None

    return Codes(look_up)


def _already_here() -> Unreadable:
    return Unreadable("Beskeden er læst ind før.")


def _provider(name: str, order: ReceivedOrder) -> tuple[access.Organisation, access.Unit | None]:
    """By the name of the provider, or of one of its teams, in any case of letters."""
    wanted = " ".join(name.split())
    teams = access.Unit.objects.filter(kind=UnitKind.PROVIDER_TEAM).select_related("organisation")
    if team := teams.filter(name__iexact=wanted).first():
        return team.organisation, team
    found = access.Organisation.objects.filter(name__iexact=wanted, units__kind=UnitKind.PROVIDER_TEAM)
    if organisation := found.distinct().first():
        own = list(teams.filter(organisation=organisation)[:2])
        return organisation, own[0] if len(own) == 1 else None
    if not wanted:
        raise Unreadable("Beskeden siger ikke, hvem den er til. Skriv det med --provider NAVN.")
    known = ", ".join(sorted({team.organisation.name for team in teams}))
    raise Unreadable(
        f"Beskeden er til “{wanted}”, og den udfører findes ikke i Samspil. "
        f"Vælg en med --provider NAVN. Der er: {known or 'ingen endnu'}."
    )


def _municipality(order: ReceivedOrder, named: list[str]) -> access.Organisation:
    organisation, is_new = access.Organisation.objects.get_or_create(
        municipality_code=order.municipality,
        defaults={"kind": OrganisationKind.MUNICIPALITY, "name": order.municipality_name[:120]},
    )
    if is_new:
        named.append(
            f"Handlekommunen står kun som nummer {order.municipality:04}. Samspil kendte den ikke og har kaldt den "
            f"“{organisation.name}” efter afsenderen. Ingen fra kommunen har login endnu."
        )
    return organisation


def _citizen(actor: Actor, at: dt.datetime, order: ReceivedOrder, named: list[str]) -> UUID:
    """The citizen, who may be known already; then what stands here is kept and a difference named."""
    received = order.citizen
    known = citizens.find_by_cpr(order.municipality, received.cpr)
    if known is not None:
        place = [received.address, f"{received.postcode} {received.town}"]
        if citizens.reach_of(known).is_address_protected:
            place = ["en adresse, der er beskyttet"]
        stated = [f"{received.first_name} {received.last_name}", *place, received.phone, received.email]
        named.append(
            "Borgeren fandtes i forvejen. Samspil har beholdt det navn, den adresse og den telefon, der stod. "
            f"I beskeden står {', '.join(stated)}."
        )
        return known
    citizen_id = citizens.add_citizen(
        actor=actor,
        at=at,
        first_name=_fit(received.first_name, 60, "Fornavnet", named),
        last_name=_fit(received.last_name or received.first_name, 80, "Efternavnet", named),
        cpr=received.cpr,
        district_id=None,
        phone=_fit(received.phone, 30, "Telefonnummeret", named),
        email=_fit(received.email, 120, "E-mailen", named),
        address=_fit(received.address, 200, "Adressen", named),
        postcode=_fit(received.postcode, 10, "Postnummeret", named),
        town=_fit(received.town, 80, "Byen", named),
        municipality=order.municipality,
    )
    for person in order.people:
        citizens.add_relation(
            actor=actor,
            at=at,
            citizen_id=citizen_id,
            name=_fit(person.name, 120, "Et navn", named),
            kind=person.kind,
            phone=_fit(person.phone, 30, "Et telefonnummer", named),
        )
    return citizen_id


def _goals(
    actor: Actor, at: dt.datetime, case_id: UUID, order: ReceivedOrder, named: list[str]
) -> tuple[list[UUID], dict[str, str]]:
    """Purpose and goals; returns the goals' ids, and the message's names for them."""
    if not order.purpose:
        named.append("Formålet står ikke i bestillingen. Det skal I tale om på det første møde.")
    goals.set_purpose(
        actor=actor,
        at=at,
        case_id=case_id,
        citizen_words=_fit(order.wishes or order.purpose or _NOT_SAID, _TEXT, "Borgerens ønsker", named),
        wording=_fit(order.purpose, _TEXT, "Formålet", named) if order.wishes else "",
    )
    ids: list[UUID] = []
    references: dict[str, str] = {}
    for goal in order.goals:
        if len(ids) == goals.MOST_GOALS:
            named.append(f"Samspil har højst {goals.MOST_GOALS} mål ad gangen. Målet “{goal.text}” er ikke oprettet.")
            continue
        ids.append(_goal(actor, at, case_id, goal, named))
        references[str(ids[-1])] = goal.reference
    if ids:
        named.append(
            "Bestillingen siger ikke, hvad der sker med hjælpen, når et mål er nået, eller hvis det ikke nås. "
            "Det skal I tale om på det første møde."
        )
    return ids, references


def _goal(actor: Actor, at: dt.datetime, case_id: UUID, goal: ReceivedGoal, named: list[str]) -> UUID:
    title = " ".join(goal.text.split())
    if len(title) > _TITLE:
        title = f"{title[: _TITLE - 1].rsplit(' ', 1)[0]}…"
    return goals.add_goal(
        actor=actor,
        at=at,
        case_id=case_id,
        title=title,
        wording=_fit(goal.text, _TEXT, "Et mål", named) if title != goal.text else "",
        theme_code=goal.theme_code,
        goal_type=goal.goal_type,
        expected_level=goal.expected_level,
        if_reached=_NOT_SAID,
        if_not_reached=_NOT_SAID,
        status="active",
    )


def _fit(text: str, most: int, what: str, named: list[str]) -> str:
    if len(text) <= most:
        return text
    named.append(f"{what} er for langt til feltet og er kortet af. Det hele er: {text}")
    return f"{text[: most - 1]}…"
