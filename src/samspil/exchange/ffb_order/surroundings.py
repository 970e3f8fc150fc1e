"""The people, the assessment, the other help, the consent, the money and the papers around an order."""

import datetime as dt

from samspil.exchange.ffb_order import values, words
from samspil.exchange.ffb_order.message import Message, Node
from samspil.exchange.ffb_order.values import Codes, Telling

_KINDS = {
    "MTH": "mother",
    "FTH": "father",
    "SIS": "sister",
    "BRO": "brother",
    "SPS": "spouse",
    "DOMPART": "partner",
    "CHILD": "child",
    "FRND": "friend",
    "GUARD": "guardian",
}


def service_line(service: Node, activity: Node, telling: Telling, codes: Codes) -> str:
    """One service with its period, as in "Støtte til sociale relationer, fra 1. april 2021 til 1. oktober 2021"."""
    detail = activity.at("detail")
    said = codes.words(detail.at("code"), telling, "Ydelsen") or detail.text("description")
    telling.status(detail, "status", said)
    for key in ("status", "intent"):
        telling.status(service, key, said)
    telling.created(service, said)
    return ", ".join(filter(None, [said, values.period_words(service.at("period"))]))


def follow_up_sentence(detail: Node) -> tuple[dt.date | None, str]:
    """When follow-up begins, how often, by whom and in which words."""
    repeat = detail.at("scheduledTiming", "repeat")
    starts = repeat.text("boundsPeriod", "start")
    times, length, unit = repeat.text("frequency"), repeat.text("period"), repeat.text("periodUnit")
    every = _how_often(times, length, unit) if times and length else ""
    who = detail.at("performer", 0).follow().text("name")
    status = words.STATUSES.get(said := detail.text("status"), said)
    parts = [
        f"Første gang {values.day_or_text(starts)}." if starts else "",
        f"{every}." if every else "",
        f"{who} står for det." if who else "",
        detail.text("description"),
        f"({status})" if status else "",
    ]
    return values.day(starts), " ".join(filter(None, parts))


def _how_often(times: str, length: str, unit: str) -> str:
    often = "1 gang" if times == "1" else f"{times} gange"
    each, many = words.UNITS.get(unit, (f"hver {unit}", unit))
    return f"Derefter {often} {each}" if length == "1" else f"Derefter {often} på {length} {many}"


def meeting_sentence(encounter: Node) -> tuple[dt.date | None, str]:
    """A planned follow-up meeting."""
    kinds = [words.CATEGORIES.get(code, code) for kind in encounter.each("type") if (code := kind.code())]
    for kind in encounter.each("type"):
        kind.text("coding", 0, "display")
    status = words.STATUSES.get(said := encounter.text("status"), said)
    where = words.ENCOUNTER_CLASSES.get(code := encounter.text("class", "code"), code)
    who = encounter.follow("serviceProvider").text("name")
    starts = encounter.text("period", "start")
    parts = [
        f"Møde ({', '.join(kinds) or 'uden art'})",
        values.day_or_text(starts) if starts else "",
        where,
        f"ved {who}" if who else "",
        status,
    ]
    return values.day(starts), f"{', '.join(filter(None, parts))}."


def who_takes_part(plan: Node, telling: Telling, codes: Codes) -> tuple[str, str]:
    """Tell who takes part; the coordinating authority's contact and phone are the order's sender."""
    contact, phone = "", ""
    author = plan.follow("author")
    for team in [node.message.resource(node.at("reference").value) for node in plan.each("careTeam")]:
        for participant in team.each("participant"):
            role = participant.code("role", 0)
            participant.text("role", 0, "coding", 0, "display")
            member = participant.follow("member")
            said = participant.extension("kl-messaging-ffb-participationDescription").text("valueString")
            if said:
                telling.tell("Aftale om kontakt", said)
            if member.type != "Organization":
                continue
            telling.tell("Hvem er med", f"{words.ROLES.get(role, role) or 'Med i indsatsen'}: {_organisation(member)}.")
            if role == "koordinerende-myndighed" and not contact:
                contact, phone = _first_contact(member)
    if author:
        telling.tell("Hvem har bestilt", f"{_organisation(author)}.")
        if not contact:
            contact, phone = _first_contact(author)
    return contact, phone


def people_around(message: Message, patient: Node, telling: Telling) -> list[tuple[str, str, str]]:
    """Relatives and guardians as (name, kind, phone); the one who is named in two places counts once."""
    found: dict[str, tuple[str, str, str]] = {}
    for person in message.of_type("RelatedPerson"):
        name = values.full_name(person)
        relations = [code for relation in person.each("relationship") if (code := relation.code())]
        reach = values.reach_of(person)
        kind = next((_KINDS[code] for code in relations if code in _KINDS), "other")
        if name:
            found[name] = (name, kind, reach.phone)
        said = ", ".join(words.RELATIONSHIPS.get(code, code) for code in relations)
        address = ", ".join(filter(None, values.address_of(person)))
        reached = ", ".join(filter(None, [reach.phone, reach.email, *reach.others, address]))
        telling.tell("Pårørende og værge", f"{name}: {said or 'relation ikke oplyst'}. {reached}".strip())
        if reach.email:
            telling.name(f"E-mail til {name}: Samspil har endnu ikke et felt til den. Det er {reach.email}.")
        if address:
            telling.name(f"Adresse på {name}: Samspil har endnu ikke et felt til den. Det er {address}.")
        if "advocate" in relations:
            telling.name(f"{name} er bisidder. Samspil kender {name} som pårørende og ikke som bisidder.")
        _guardianship(person, name, telling)
    for contact in patient.each("contact"):
        name = values.full_name(contact)
        reach = values.reach_of(contact)
        said = ", ".join(
            filter(
                None,
                [
                    relation.text("text") or words.RELATIONSHIPS.get(relation.code(), "")
                    for relation in contact.each("relationship")
                ],
            )
        )
        for relation in contact.each("relationship"):
            code = relation.code()
            telling.tell("Pårørende og værge", f"{name} er {words.RELATIONSHIPS.get(code, code)}." if code else "")
        telling.tell(
            "Pårørende og værge", ", ".join(filter(None, [f"{name} ({said})", reach.phone, reach.email])) + "."
        )
        if name and name not in found:
            kind = {"mor": "mother", "far": "father"}.get(said.casefold(), "other")
            found[name] = (name, kind, reach.phone)
    return list(found.values())


def _guardianship(person: Node, name: str, telling: Telling) -> None:
    form = person.extension("kl-messaging-ffb-guardianshipForm").text("valueCoding", "code")
    if form:
        law = words.GUARDIANSHIPS.get(form, f"form {form}")
        telling.tell("Pårørende og værge", f"{name} er værge: {law}.")
        telling.name(
            f"Værgemålet for {name} ({law}): Samspil kan endnu ikke lade en værge handle for borgeren. "
            "Det står som oplysning på bestillingen."
        )


def assessment(message: Message, plan: Node, telling: Telling, codes: Codes) -> None:
    """The authority's assessment, the target groups, the themes with their levels and the diagnoses."""
    for reference in plan.each("addresses"):
        rank = reference.extension("ConditionRank").text("valuePositiveInt")
        condition = reference.message.resource(reference.at("reference").value)
        said = codes.words(condition.at("code"), telling, "Målgruppen")
        first = "primær målgruppe" if rank == "1" else f"øvrig målgruppe, rang {rank}" if rank else "målgruppe"
        telling.tell("Målgruppe", f"{said} ({first}).")
    groups = {str(reference.at("reference").value) for reference in plan.each("addresses")}
    for condition in message.of_type("Condition"):
        if condition.reference not in groups:
            telling.tell(*_condition(condition, telling, codes))
    for gathering in message.of_type("ClinicalImpression"):
        telling.status(gathering, "status", "udredningen")
        if summary := gathering.text("summary"):
            telling.tell("Udredning", summary)
        for investigation in gathering.each("investigation"):
            code = investigation.code("code")
            said = investigation.text("code", "coding", 0, "display") or words.EVALUATIONS.get(code, code)
            telling.tell("Udredningen består af", said)
    for observation in message.of_type("Observation"):
        _observation(observation, telling, codes)
    telling.name(
        "Målgrupper, funktionsevne, støttebehov og vurderinger: Samspil har endnu ikke felter til udredning. "
        "De står med ord under “Fra beskeden”."
    )


def _condition(condition: Node, telling: Telling, codes: Codes) -> tuple[str, str]:
    said = codes.words(condition.at("code"), telling, "Området")
    level = codes.words(condition.at("severity"), telling, said)
    state = condition.code("clinicalStatus")
    noted = condition.text("recordedDate")
    follow_up = condition.extension("FollowUpEncounter").follow("valueReference")
    coded = bool(condition.code("code"))
    parts = [
        f"{said}: {level.lower() if level else 'niveau ikke oplyst'}." if coded else said,
        f"Noteret {values.day_or_text(noted)}." if noted else "",
        f"Følges op {values.day_or_text(follow_up.text('period', 'start'))}." if follow_up else "",
        f"({words.STATUSES.get(state, state)})" if state else "",
    ]
    return ("Områder i fokus" if coded else "Diagnoser", " ".join(filter(None, parts)))


def _observation(observation: Node, telling: Telling, codes: Codes) -> None:
    code = observation.code("code")
    display = observation.text("code", "coding", 0, "display")
    heading = words.EVALUATIONS.get(code) or display or observation.text("code", "text") or "Oplysning"
    telling.status(observation, "status", heading)
    said = codes.words(observation.at("valueCodeableConcept"), telling, heading) or observation.text("valueString")
    made = observation.text("effectiveDateTime")
    if said:
        telling.tell(heading, f"{said} ({values.day_or_text(made)})" if made else said)


def other_help(message: Message, plan: Node, telling: Telling, codes: Codes) -> None:
    """Other plans that run beside this order, and who carries them out."""
    for other in message.of_type("CarePlan"):
        parent = other.at("basedOn", 0).follow()
        if other == plan or parent == plan:
            continue
        hosts = [
            _organisation(participant.follow("member"))
            for team in other.each("careTeam")
            for participant in team.message.resource(team.at("reference").value).each("participant")
        ]
        services = [
            codes.words(activity.at("detail", "code"), telling, "Anden hjælp") for activity in other.each("activity")
        ]
        for activity in other.each("activity"):
            telling.status(activity.at("detail"), "status", "anden hjælp")
        for key in ("status", "intent"):
            telling.status(other, key, "anden hjælp")
        said = ", ".join(filter(None, [*services, values.period_words(other.at("period"))]))
        telling.tell("Anden hjælp, der er i gang", f"{said}." if said else "")
        telling.tell("Anden hjælp, der er i gang", "; ".join(filter(None, hosts)))


def consents(message: Message, telling: Telling) -> None:
    for consent in message.of_type("Consent"):
        given = [text for category in consent.each("category") if (text := category.text("text"))]
        kinds = {words.CONSENT_SCOPES.get(code, code) for c in consent.each("category") if (code := c.code())}
        kinds |= {words.CONSENT_SCOPES.get(code, code)} if (code := consent.code("scope")) else set()
        policy = consent.code("policyRule")
        by = [values.full_name(n.message.resource(n.at("reference").value)) for n in consent.each("performer")]
        made = consent.text("dateTime")
        status = words.STATUSES.get(said := consent.text("status"), said)
        parts = [
            *given,
            f"Gælder {', '.join(sorted(kinds))}." if kinds else "",
            f"Efter {words.CONSENT_POLICIES.get(policy, policy)}." if policy else "",
            f"Givet {values.day_or_text(made)}." if made else "",
            f"Til {', '.join(filter(None, by))}." if any(by) else "",
            f"({status})" if status else "",
        ]
        telling.tell("Samtykke", " ".join(filter(None, parts)))
        telling.name(
            "Samtykket giver ikke adgang af sig selv. Kommunen åbner for den pårørende, når han eller hun har fået "
            f"et login. Samtykket lyder: {' '.join(given) or 'uden tekst'}"
        )


def payment_and_documents(message: Message, telling: Telling) -> None:
    for account in message.of_type("Account"):
        telling.status(account, "status", "kontoen")
        owner = account.follow("owner")
        number = ", ".join(n for one in account.each("identifier") if (n := one.text("value")))
        telling.name(
            "Kontonummer til betaling: Samspil har endnu ikke et felt til det. Det står i beskeden som "
            f"{number or 'ukendt'}. Kontoen hører til {_organisation(owner) or 'en ukendt'}."
        )
    for document in message.of_type("DocumentReference"):
        said = document.text("description")
        telling.status(document, "status", f"dokumentet “{said}”")
        for content in document.each("content"):
            attachment = content.at("attachment")
            title = attachment.text("title")
            kind = words.CONTENT_TYPES.get(said_kind := attachment.text("contentType"), said_kind)
            name = f"“{title or said or 'uden navn'}”" + (f" ({kind})" if kind else "")
            if attachment.at("data"):
                size = len(str(attachment.at("data").value)) * 3 // 4 // 1000
                attachment.text("data")
                file = f"Filen ligger i beskeden ({size} kB), men Samspil kan endnu ikke gemme dokumenter."
            else:
                file = "Selve filen er ikke med i beskeden. Bed afsenderen om den."
            telling.name(f"Dokumentet {name}, {said}: {file}" if said else f"Dokumentet {name}: {file}")


def _organisation(organisation: Node) -> str:
    """Name, contact, address and numbers, as in "Ungeenheden: John Jensen (Jobkonsulent), 99887766, joje@…"."""
    name = organisation.text("name")
    contacts = [said for contact in organisation.each("contact") if (said := values.contact_words(contact))]
    reach = values.reach_of(organisation)
    address = ", ".join(filter(None, values.address_of(organisation)))
    numbers = [f"EAN {n}" if ean else n for ean, n in _numbers(organisation)]
    rest = ", ".join(filter(None, [*contacts, reach.phone, reach.email, *reach.others, address, *numbers]))
    return f"{name}: {rest}" if name and rest else name or rest


def _numbers(organisation: Node) -> list[tuple[bool, str]]:
    return [
        (one.at("system").value == "urn:oid:1.3.88", number)
        for one in organisation.each("identifier")
        if (number := one.text("value"))
    ]


def _first_contact(organisation: Node) -> tuple[str, str]:
    """The person to ring, with the office, and the phone."""
    contact = organisation.at("contact", 0)
    person, office = values.full_name(contact), organisation.text("name")
    name = ", ".join(filter(None, [person, office]))
    return name, values.reach_of(contact).phone or values.reach_of(organisation).phone
