"""Names, addresses, days and codes as a message writes them, and the collecting of what is told and named."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from samspil.contexts.catalogue import api as catalogue
from samspil.exchange.ffb_order import words
from samspil.exchange.ffb_order.message import Node
from samspil.kernel.clock import DENMARK
from samspil.kernel.danish_dates import day_and_month

FFB_SYSTEM = "urn:oid:1.2.208.176.2.22"
_NEVER = dt.date(1, 1, 1)


@dataclass(slots=True)
class Telling:
    """Facts by heading in the order they were told, and the sentences on what could not be taken over."""

    _facts: dict[str, list[str]] = field(default_factory=dict)
    _states: dict[str, list[str]] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)

    def tell(self, heading: str, text: str) -> None:
        lines = self._facts.setdefault(heading, []) if text.strip() else []
        if text not in lines:
            lines.append(text)

    def name(self, sentence: str) -> None:
        if sentence not in self.named:
            self.named.append(sentence)

    def name_if_long(self, what: str, text: str, most: int) -> None:
        if len(text) > most:
            self.name(f"{what} er for langt til feltet og er kortet af. Det hele er: {text}")
            self.tell(what, text)

    def status(self, node: Node, key: str, what: str) -> None:
        """A status is part of how the message is built, and readable all the same."""
        if said := node.text(key):
            self._state(words.STATUSES.get(said, said), what)

    def created(self, node: Node, what: str) -> None:
        if made := node.text("created"):
            self._state(f"oprettet {day_or_text(made)}", what)

    def _state(self, state: str, what: str) -> None:
        things = self._states.setdefault(state, [])
        if what not in things:
            things.append(what)

    def facts(self) -> tuple[dict[str, str], ...]:
        """Headings with their lines, and last how each thing stood when the message was written."""
        states = [f"{state[:1].upper()}{state[1:]}: {'; '.join(things)}." for state, things in self._states.items()]
        told = {**self._facts, "Sådan stod det, da beskeden blev sendt": states}
        return tuple({"heading": heading, "text": "\n".join(lines)} for heading, lines in told.items() if lines)


@dataclass(frozen=True, slots=True)
class Codes:
    """Looks codes up in our catalogue as it stands on the day of reading."""

    look_up: Callable[[str], catalogue.Code | None]

    def known(self, concept: Node, telling: Telling, where: str) -> catalogue.Code | None:
        """The FFB code of a concept. One that the catalogue does not know is told in the message's own words."""
        for coding in concept.each("coding"):
            code, display = coding.text("code"), coding.text("display")
            if coding.at("system").value == FFB_SYSTEM and (found := self.look_up(code)):
                return found
            if code:
                said = f"“{display}” (kode {code})" if display else f"koden {code}"
                telling.name(f"{where}: {said} kender Samspils kodeliste ikke, så den er kun gengivet her.")
        return None

    def words(self, concept: Node, telling: Telling, where: str) -> str:
        """A concept in words: the message's own text, else the catalogue's, else the display."""
        text = concept.text("text")
        found = self.known(concept, telling, where) if concept.each("coding") and _has_code(concept) else None
        if found is not None:
            return f"{found.name}. {text}" if text else found.name
        displays = [display for coding in concept.each("coding") if (display := coding.text("display"))]
        return ". ".join(filter(None, [", ".join(displays), text]))


def _has_code(concept: Node) -> bool:
    return any(coding.at("code") for coding in concept.each("coding"))


@dataclass(frozen=True, slots=True)
class Reach:
    """The first phone and e-mail, and the others in words."""

    phone: str
    email: str
    others: tuple[str, ...]


def reach_of(node: Node) -> Reach:
    phones, emails, others = [], [], []
    for telecom in node.each("telecom"):
        value = telecom.text("value")
        match telecom.at("system").value:
            case "phone" | "sms":
                phones.append(value)
            case "email":
                emails.append(value)
            case _:
                others.append(value)
    rest = (*phones[1:], *emails[1:], *others)
    return Reach(phones[0] if phones else "", emails[0] if emails else "", tuple(filter(None, rest)))


def name_of(node: Node) -> tuple[str, str]:
    """First names and last name of the first name given."""
    place = node.at("name", 0) if isinstance(node.at("name").value, list) else node.at("name")
    given = " ".join(part for one in place.each("given") if (part := one.text()))
    family, text = place.text("family"), place.text("text")
    if not given and not family and text:
        given, _, family = text.rpartition(" ")
    return given, family


def full_name(node: Node) -> str:
    first, last = name_of(node)
    return f"{first} {last}".strip()


def address_of(node: Node) -> tuple[str, str, str]:
    """Street, postcode and town of the first address."""
    place = node.at("address", 0)
    lines = ", ".join(part for one in place.each("line") if (part := one.text()))
    return lines or place.text("text"), place.text("postalCode"), place.text("city")


def moment(text: str) -> dt.datetime | None:
    """An instant, in Danish time; a day alone counts from its midnight."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=DENMARK)).astimezone(DENMARK)


def day(text: str) -> dt.date | None:
    """A whole day; a year or a month alone is not one."""
    found = moment(text) if len(text) >= len("2021-03-22") else None
    return found.date() if found else None


def day_words(value: dt.date | dt.datetime) -> str:
    """Always with its year: a message is read long after it was written."""
    return day_and_month(value, _NEVER)


def day_or_text(text: str) -> str:
    found = day(text)
    return day_words(found) if found else text


def period_words(node: Node) -> str:
    """As in "fra 1. april 2021 til 1. oktober 2021"."""
    start, end = node.text("start"), node.text("end")
    parts = [f"fra {day_or_text(start)}" if start else "", f"til {day_or_text(end)}" if end else ""]
    return " ".join(filter(None, parts))


def contact_words(node: Node) -> str:
    """Name, title, phone and e-mail of a contact, as in "Karen Karlsen (Socialrådgiver), 99775533, kaka@…"."""
    title = " ".join(part for one in node.each("name", "prefix") if (part := one.text()))
    reach = reach_of(node)
    name = full_name(node)
    who = f"{name} ({title})" if title and name else name or title
    return ", ".join(filter(None, [who, reach.phone, reach.email, *reach.others]))
