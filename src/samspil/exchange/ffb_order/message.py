"""A FHIR message as a tree that remembers which of its values have been read.

Written for this one purpose: it asks no questions of profile or code list, so that a message with faults can still
be read, and it can tell afterwards what nobody asked it about.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from samspil.kernel.text import TooLong, clean

LARGEST = 20_000_000
LONGEST = 20_000
MOST_VALUES = 50_000
Path = tuple[str | int, ...]

# What only says how the message is built: names, addresses and kinds, never something about a person.
_STRUCTURE = frozenset(
    {"resourceType", "id", "fullUrl", "reference", "profile", "system", "url", "versionId", "lastUpdated", "use"}
)
_GENERATED = frozenset({"generated", "extensions", "empty"})


class Unreadable(Exception):
    """The file cannot be read as an order. The text says why, to the one who sent or fetched it."""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A place in the message, also one that is not there: then it is empty and everything below it too."""

    value: Any
    path: Path
    message: Message

    def __bool__(self) -> bool:
        return self.value not in (None, "", [], {})

    def at(self, *keys: str | int) -> Node:
        value, path = self.value, self.path
        for key in keys:
            inside = (isinstance(value, dict) and key in value) or (
                isinstance(value, list) and isinstance(key, int) and key < len(value)
            )
            value = value[key] if inside else None
            path = (*path, key)
        return Node(value, path, self.message)

    def each(self, *keys: str | int) -> list[Node]:
        """The members of a list; one thing where a list was expected counts as a list of one."""
        place = self.at(*keys)
        if not place:
            return []
        if not isinstance(place.value, list):
            return [place]
        return [Node(value, (*place.path, index), self.message) for index, value in enumerate(place.value)]

    def text(self, *keys: str | int) -> str:
        """The value as clean text, counted as read; empty when it is missing or no single value."""
        place = self.at(*keys)
        if place.value is None or isinstance(place.value, dict | list):
            return ""
        self.message.read.add(place.path)
        return _text(place.value)

    def extension(self, name: str) -> Node:
        """The extension whose address ends with `name`."""
        for node in self.each("extension"):
            if str(node.at("url").value).rsplit("/", 1)[-1] == name:
                return node
        return Node(None, (*self.path, "extension"), self.message)

    def follow(self, *keys: str | int) -> Node:
        """The resource that a reference points to; empty when it is not in the message."""
        return self.message.resource(self.at(*keys, "reference").value)

    def code(self, *keys: str | int) -> str:
        """The first code of a concept, counted as read."""
        return next((code for coding in self.each(*keys, "coding") if (code := coding.text("code"))), "")

    @property
    def type(self) -> str:
        return str(self.at("resourceType").value or "")

    @property
    def reference(self) -> str:
        return f"{self.type}/{self.at('id').value}"

    def leaves(self) -> Iterator[tuple[Path, Any]]:
        yield from _leaves(self.value, self.path)


class Message:
    """The resources of one bundle. Raises Unreadable for what is no message bundle."""

    def __init__(self, bundle: dict[str, Any]) -> None:
        self.read: set[Path] = set()
        self.root = Node(bundle, (), self)
        self.resources = [entry.at("resource") for entry in self.root.each("entry")]
        self._by_reference: dict[str, Node] = {}
        for entry, resource in zip(self.root.each("entry"), self.resources, strict=True):
            for name in (entry.at("fullUrl").value, resource.reference):
                if isinstance(name, str):
                    self._by_reference.setdefault(name, resource)

    def of_type(self, kind: str) -> list[Node]:
        return [resource for resource in self.resources if resource.type == kind]

    def resource(self, reference: object) -> Node:
        """By its reference, also one that is an absolute address or carries a version."""
        if not isinstance(reference, str):
            return Node(None, (), self)
        short = "/".join(reference.split("/_history/")[0].split("/")[-2:])
        found = self._by_reference.get(reference) or self._by_reference.get(short)
        return found or Node(None, (), self)

    def missing_references(self) -> list[str]:
        """What the message points to without bringing it along."""
        wanted = {value for path, value in self.root.leaves() if path[-1] == "reference" and isinstance(value, str)}
        return sorted(name for name in wanted if not self.resource(name))

    def unread(self, resource: Node) -> list[tuple[Path, str]]:
        """The values of a resource that nobody has asked for and that are more than structure."""
        return [
            (path[len(resource.path) :], _text(value))
            for path, value in resource.leaves()
            if path not in self.read and value not in (None, "") and not self._is_structure(path)
        ]

    def _is_structure(self, path: Path) -> bool:
        name = next((step for step in reversed(path) if isinstance(step, str)), "")
        if name in _STRUCTURE:
            return True
        if len(path) >= 2 and path[-2] == "text" and path[-1] in {"div", "status"}:  # a narrative of the resource
            return str(self.at(*path[:-1], "status").value) in _GENERATED
        return False

    def at(self, *keys: str | int) -> Node:
        return self.root.at(*keys)


def read(content: bytes) -> Message:
    """The message in a file. Raises Unreadable with a sentence that helps."""
    if len(content) > LARGEST:
        size = len(content) // 1_000_000
        raise Unreadable(
            f"Filen fylder {size} MB. En bestilling fylder højst {LARGEST // 1_000_000} MB. Er det den rigtige fil?"
        )
    if not content.strip():
        raise Unreadable("Filen er tom.")
    try:
        bundle = _cleaned(json.loads(content.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise Unreadable("Filen er ikke skrevet i UTF-8. Bed afsenderen om at sende den igen.") from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"Filen er ikke hel: Samspil kan ikke læse videre fra linje {error.lineno}. Hent den igen."
        ) from None
    except RecursionError:
        raise Unreadable("Filen er ikke en besked. Den er bygget op i flere lag, end en besked kan have.") from None
    _check(bundle)
    return Message(bundle)


def _check(bundle: object) -> None:
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        raise Unreadable("Filen er ikke en FHIR-besked. Samspil læser KL's bestilling, som er en “Bundle”.")
    if bundle.get("type") != "message":
        raise Unreadable(
            f"Filen er en samling af typen “{_text(bundle.get('type'))}”. En bestilling er af typen “message”."
        )
    entries = bundle.get("entry")
    if not isinstance(entries, list) or not entries:
        raise Unreadable("Beskeden er tom: der er ikke noget i den.")
    if not all(isinstance(entry, dict) and isinstance(entry.get("resource"), dict) for entry in entries):
        raise Unreadable("Beskeden er ikke hel: en af dens dele mangler sit indhold.")
    for count, _ in enumerate(_leaves(bundle, ())):
        if count > MOST_VALUES:
            raise Unreadable("Beskeden har flere oplysninger, end en bestilling kan have. Er det den rigtige fil?")


def _cleaned(value: Any) -> Any:
    """Without the characters that nobody can see and the database cannot hold, also in the names."""
    match value:
        case str():
            return clean(value, LARGEST)
        case dict():
            return {clean(key, LARGEST): _cleaned(inner) for key, inner in value.items()}
        case list():
            return [_cleaned(inner) for inner in value]
    return value


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    waiting: list[tuple[Path, Any]] = [(path, value)]
    while waiting:
        place, inner = waiting.pop()
        match inner:
            case dict():
                waiting.extend(((*place, key), below) for key, below in reversed(inner.items()))
            case list():
                waiting.extend(((*place, index), inner[index]) for index in range(len(inner) - 1, -1, -1))
            case _:
                yield place, inner


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if value is None:
        return ""
    try:
        return clean(str(value), LONGEST)
    except TooLong as error:
        return clean(str(value)[:LONGEST], LONGEST) + f" … (i alt {error.length} tegn)"
