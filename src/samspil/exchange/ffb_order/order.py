"""What an order message says: the parts Samspil has a place for, and everything else in words.

`ReceivedOrder.facts` keeps what has no field, under a heading; `named` says what could not be taken over and why.
A value that no rule here asked for ends up in `named` by itself.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from samspil.exchange.ffb_order import surroundings, values, words
from samspil.exchange.ffb_order.message import Message, Node, Unreadable
from samspil.exchange.ffb_order.values import Codes
from samspil.kernel import cpr as cprs

_MOST_LEFT_OVERS = 200


@dataclass(frozen=True, slots=True)
class ReceivedCitizen:
    first_name: str
    last_name: str
    cpr: str
    phone: str
    email: str
    address: str
    postcode: str
    town: str


@dataclass(frozen=True, slots=True)
class ReceivedGoal:
    """`reference` is the goal's name in the message; codes are FFB codes that our catalogue knows, or empty."""

    reference: str
    text: str
    theme_code: str
    goal_type: str
    expected_level: str


@dataclass(frozen=True, slots=True)
class ReceivedPerson:
    name: str
    kind: str
    phone: str


@dataclass(frozen=True, slots=True)
class ReceivedOrder:
    key: str
    sent_at: dt.datetime
    sender_name: str
    receiver_name: str
    municipality: int
    municipality_name: str
    citizen: ReceivedCitizen
    wishes: str
    purpose: str
    goals: tuple[ReceivedGoal, ...]
    what: str
    starts_on: dt.date
    ends_on: dt.date | None
    follow_up_on: dt.date | None
    people: tuple[ReceivedPerson, ...]
    contact_name: str
    contact_phone: str
    references: dict[str, str]
    facts: tuple[dict[str, str], ...]
    named: tuple[str, ...]


def understand(message: Message, *, on: dt.date, codes: Codes) -> ReceivedOrder:
    """Raises Unreadable when the message is no order, or lacks what a case cannot be without."""
    telling = values.Telling()
    header = _header(message)
    plan = _order_plan(message, header)
    patient = _patient(message, plan)
    citizen = _citizen(patient, telling)
    sender, receiver, sent_at = _route(message, header, telling)
    municipality = _municipality(plan, telling, sender)
    wishes, purpose, goals = _goals(message, plan, telling, codes)
    what, starts_on, ends_on = _services(message, plan, telling, codes, sent_at.date(), on)
    follow_up_on = _follow_up(message, plan, telling, on)
    contact_name, contact_phone = surroundings.who_takes_part(plan, telling, codes)
    people = surroundings.people_around(message, patient, telling)
    surroundings.assessment(message, plan, telling, codes)
    surroundings.other_help(message, plan, telling, codes)
    surroundings.consents(message, telling)
    surroundings.payment_and_documents(message, telling)
    _left_overs(message, telling)
    key = message.root.text("id") or f"{header.text('id')} {sent_at.isoformat()}"
    return ReceivedOrder(
        key=key,
        sent_at=sent_at,
        sender_name=sender,
        receiver_name=receiver,
        municipality=municipality,
        municipality_name=sender or f"Kommune {municipality:04}",
        citizen=citizen,
        wishes=wishes,
        purpose=purpose,
        goals=goals,
        what=what,
        starts_on=starts_on,
        ends_on=ends_on,
        follow_up_on=follow_up_on,
        people=tuple(ReceivedPerson(*person) for person in people),
        contact_name=contact_name or sender,
        contact_phone=contact_phone,
        references={"bundle": key, "care_plan": plan.reference, "patient": patient.reference},
        facts=telling.facts(),
        named=tuple(telling.named),
    )


def _header(message: Message) -> Node:
    headers = message.of_type("MessageHeader")
    if not headers:
        raise Unreadable("Beskeden mangler sit hoved, så Samspil kan ikke se, hvad den er.")
    header = headers[0]
    event = header.text("eventCoding", "code") or header.text("eventUri")
    if event != words.ORDER_EVENT:
        raise Unreadable(f"Beskeden er af arten “{event or 'ukendt'}”. Samspil læser bestillinger (“ffb-order”).")
    return header


def _order_plan(message: Message, header: Node) -> Node:
    focused = [header.message.resource(node.at("reference").value) for node in header.each("focus")]
    plans = [node for node in focused if node.type == "CarePlan"]
    plans = plans or [node for node in message.of_type("CarePlan") if node.at("addresses") and not node.at("basedOn")]
    if not plans:
        raise Unreadable("Beskeden mangler selve bestillingen (indsatsen).")
    return plans[0]


def _patient(message: Message, plan: Node) -> Node:
    patient = plan.follow("subject")
    if not patient and len(message.of_type("Patient")) == 1:
        patient = message.of_type("Patient")[0]
    if patient.type != "Patient":
        raise Unreadable("Beskeden siger ikke, hvem borgeren er.")
    return patient


def _citizen(patient: Node, telling: values.Telling) -> ReceivedCitizen:
    number = ""
    for identifier in patient.each("identifier"):
        if identifier.at("system").value == words.CPR_SYSTEM and not number:
            number = identifier.text("value")
    if not number:
        raise Unreadable("Borgeren har ikke noget CPR-nummer i beskeden. Bed afsenderen om at skrive det på.")
    try:
        number = cprs.parse(number)
    except cprs.InvalidCpr:
        raise Unreadable("CPR-nummeret i beskeden er ikke et CPR-nummer. Bed afsenderen om at rette det.") from None
    first, last = values.name_of(patient)
    if not first and not last:
        raise Unreadable("Borgeren har ikke noget navn i beskeden. Bed afsenderen om at skrive det på.")
    reach = values.reach_of(patient)
    street, postcode, town = values.address_of(patient)
    telling.name_if_long("Borgerens navn", f"{first} {last}", 60)
    return ReceivedCitizen(
        first_name=first or last,
        last_name=last if first else "",
        cpr=number,
        phone=reach.phone,
        email=reach.email,
        address=street,
        postcode=postcode,
        town=town,
    )


def _route(message: Message, header: Node, telling: values.Telling) -> tuple[str, str, dt.datetime]:
    """Sender's name, receiver's name and when it was sent."""
    destination = (header.each("destination") or [header.at("destination")])[0]
    sender = header.follow("sender").text("name") or header.text("source", "name")
    receiver = destination.follow("receiver").text("name") or destination.text("name")
    sent = values.moment(message.root.text("timestamp"))
    if sent is None:
        raise Unreadable("Beskeden mangler sit tidspunkt, så Samspil kan ikke se, hvornår den er sendt.")
    addresses = (header.text("source", "endpoint"), destination.text("endpoint"))
    named = [
        f"{name or 'en ukendt'} ({address})" if address else name
        for name, address in zip((sender, receiver), addresses, strict=True)
    ]
    telling.tell("Beskeden", f"Sendt {values.day_words(sent)} kl. {sent:%H.%M} fra {named[0]} til {named[1]}.")
    return sender, receiver, sent


def _municipality(plan: Node, telling: values.Telling, sender: str) -> int:
    code = plan.extension("kl-messaging-ffb-actingMunicipality").text("valueCoding", "code")
    if not code.isdecimal() or not 0 < int(code) < 1000:
        raise Unreadable("Beskeden siger ikke, hvilken kommune der er handlekommune.")
    telling.tell("Handlekommune", f"Kommune nr. {code}.")
    return int(code)


def _goals(
    message: Message, plan: Node, telling: values.Telling, codes: Codes
) -> tuple[str, str, tuple[ReceivedGoal, ...]]:
    """The citizen's wishes, the purpose and the goals."""
    listed = [node.message.resource(node.at("reference").value) for node in plan.each("goal")]
    rest = [goal for goal in message.of_type("Goal") if goal.path not in {node.path for node in listed}]
    wishes: list[str] = []
    purposes: list[str] = []
    goals = []
    for goal in (*listed, *rest):
        if goal.type != "Goal":
            continue
        category, text = goal.code("category", 0), goal.text("description", "text")
        goal.text("category", 0, "coding", 0, "display")
        named = {words.WISH: "borgerens ønsker", words.PURPOSE: "formålet"}.get(category, f"målet “{text}”")
        telling.status(goal, "lifecycleStatus", named)
        if category == words.WISH:
            wishes.append(text)
        elif category == words.PURPOSE:
            purposes.append(text)
        elif category == words.GOAL and text:
            goals.append(_goal(goal, text, telling, codes))
        elif text:
            kind = "Delmål" if category == words.SUB_GOAL else "Andet mål"
            telling.tell(f"{kind} i bestillingen", text)
            telling.name(f"{kind}et “{text}” er ikke oprettet. Udføreren laver delmål, når arbejdet er i gang.")
    if not purposes and not goals:
        raise Unreadable("Beskeden har hverken formål eller mål, så der er ikke noget at arbejde med.")
    return "\n".join(wishes), "\n".join(purposes), tuple(goals)


def _goal(goal: Node, text: str, telling: values.Telling, codes: Codes) -> ReceivedGoal:
    targets = {}
    for target in goal.each("target"):
        measure = target.code("measure")
        targets[measure] = codes.known(target.at("detailCodeableConcept"), telling, f"Målet “{text}”")
    addressed = []
    for reference in goal.each("addresses"):
        rank = reference.extension("ConditionRank").text("valuePositiveInt")
        condition = reference.message.resource(reference.at("reference").value)
        addressed.append((rank != "1", codes.known(condition.at("code"), telling, f"Målet “{text}”")))
    addressed.sort(key=lambda pair: pair[0])
    themes = [code for _, code in addressed if code]
    related = ", ".join(code.name for code in themes[1:])
    if related:
        telling.tell("Målet hænger også sammen med", f"“{text}”: {related}.")
    goal_type, level = targets.get(words.GOAL_TYPE), targets.get(words.GOAL_LEVEL)
    return ReceivedGoal(
        reference=goal.reference,
        text=text,
        theme_code=themes[0].code if themes else "",
        goal_type=goal_type.code if goal_type else "",
        expected_level=level.code if level else "",
    )


def _services(
    message: Message, plan: Node, telling: values.Telling, codes: Codes, sent_on: dt.date, on: dt.date
) -> tuple[str, dt.date, dt.date | None]:
    """What is ordered in words, and from when to when."""
    telling.status(plan, "status", "bestillingen")
    telling.status(plan, "intent", "bestillingen")
    telling.created(plan, "bestillingen")
    for category in plan.each("category"):
        telling.tell("Slags indsats", words.CATEGORIES.get(category.code(), category.text("text")))
        category.text("coding", 0, "display")
    site = codes.words(plan.at("careTeam", 0).follow().at("category", 0), telling, "Tilbuddet")
    lines = []
    for service in message.of_type("CarePlan"):
        if any(service.message.resource(n.at("reference").value) == plan for n in service.each("basedOn")):
            lines += [
                surroundings.service_line(service, activity, telling, codes) for activity in service.each("activity")
            ]
    starts = values.day(plan.text("period", "start"))
    ends = values.day(plan.text("period", "end"))
    if starts is None:
        starts = sent_on
        telling.name("Bestillingen siger ikke, hvornår hjælpen begynder. Samspil har sat den dag, beskeden er sendt.")
    if ends is not None and ends < on:
        telling.name(f"Bestillingen slutter {values.day_words(ends)}. Den dag er gået, så der er ikke sat en slutdato.")
        ends = None
    if len(lines) > 0:
        telling.name(
            "Ydelserne står som tekst i bestillingen. Samspil kan endnu ikke følge hver ydelse for sig med start, "
            "slut og status."
        )
    what = "\n".join(filter(None, [f"{site}:" if site and lines else site, *lines])) or "Se målene."
    return what, starts, ends


def _follow_up(message: Message, plan: Node, telling: values.Telling, on: dt.date) -> dt.date | None:
    """The first follow-up that is planned; one that has passed is only told."""
    days = []
    for activity in plan.each("activity"):
        day, sentence = surroundings.follow_up_sentence(activity.at("detail"))
        days += [day] if day else []
        telling.tell("Opfølgning", sentence)
    for encounter in message.of_type("Encounter"):
        day, sentence = surroundings.meeting_sentence(encounter)
        days += [day] if day else []
        telling.tell("Opfølgning", sentence)
    first = min(days, default=None)
    if first is not None and first < on:
        telling.name(
            f"Opfølgningen {values.day_words(first)} ligger i fortiden. Samspil har ikke sat en dato. "
            "Aftal en ny, når bestillingen er taget imod."
        )
        return None
    return first


def _left_overs(message: Message, telling: values.Telling) -> None:
    """Name every value that nothing above has asked for, and every resource that is only pointed to."""
    for name in message.missing_references():
        telling.name(f"Beskeden henviser til {name}, som ikke er med i beskeden.")
    count = 0
    for resource in message.resources:
        about = words.RESOURCES.get(resource.type, resource.type)
        for path, value in message.unread(resource):
            count += 1
            if count <= _MOST_LEFT_OVERS:
                telling.name(f"Om {about} står også: {_place(path)} = {value}. Det har Samspil ikke et felt til.")
    if count > _MOST_LEFT_OVERS:
        telling.name(f"Der er {count - _MOST_LEFT_OVERS} oplysninger mere, som Samspil ikke har et felt til.")


def _place(path: Sequence[str | int]) -> str:
    return ".".join(str(step) for step in path if isinstance(step, str))
