"""Groups of rights as providers write them: the national privilege profile (OIO BPP), or plain lists.

What is not understood in a group stays in it as a limit that nobody knows, so that the group is denied and never
taken for a wider one.
"""

import base64
import binascii
from typing import Any
from xml.parsers import expat

from samspil.contexts.access.api import Group

NAMESPACES = {"http://digst.dk/oiosaml/basic_privilege_profile", "http://itst.dk/oiosaml/basic_privilege_profile"}
CVR_DIGITS = 8
LARGEST = 200_000
_NOT_UNDERSTOOD = ("", frozenset[str]())


class NotReadable(Exception):
    """There are no groups to be had from it."""


def groups_from(claim: Any, *, organisation: str) -> list[Group]:
    """`organisation` is the CVR number of names that come without one. Raises NotReadable."""
    match claim:
        case str():
            return _from_profile(claim)
        case list():
            return [_from_list(one, organisation) for one in claim]
    raise NotReadable


def _from_list(one: Any, organisation: str) -> Group:
    match one:
        case str():
            return Group(organisation, frozenset({one}))
        case {"organisation": str(cvr), "roles": [*roles], **others} if all(isinstance(role, str) for role in roles):
            said: Any = others.pop("constraints", {})
            is_known = isinstance(said, dict) and not others
            limits = [_limit(name, value) for name, value in said.items()] if is_known else [_NOT_UNDERSTOOD]
            return Group(cvr, frozenset(roles), tuple(limits))
    return Group("", frozenset())


def _limit(name: Any, value: Any) -> tuple[str, frozenset[str]]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(name, str) or not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        return _NOT_UNDERSTOOD
    return name, frozenset(part.strip() for one in values for part in one.split(",") if part.strip())


def _from_profile(text: str) -> list[Group]:
    if len(text) > LARGEST:
        raise NotReadable
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = reader.refuse  # no entities, so no bombs and no files
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(base64.b64decode(text, validate=True), True)
    except (binascii.Error, ValueError, expat.ExpatError) as error:
        raise NotReadable from error
    return reader.groups


class _Reader:
    """PrivilegeList/PrivilegeGroup[@Scope]/(Privilege | Constraint[@Name])."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self._path: list[str] = []
        self._scope = ""
        self._roles: set[str] = set()
        self._limits: list[tuple[str, frozenset[str]]] = []
        self._name = ""
        self._words = ""

    def refuse(self, *args: Any) -> None:
        raise NotReadable

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        is_ours = not self._path or space in NAMESPACES or not space
        self._path.append(name if is_ours else "?")
        self._words = ""
        match self._path:
            case ["PrivilegeList"]:
                if space not in NAMESPACES:
                    raise NotReadable
            case ["PrivilegeList", "PrivilegeGroup"]:
                self._scope, self._roles, self._limits = attributes.get("Scope", ""), set(), []
                if attributes.keys() - {"Scope"}:
                    self._limits.append(_NOT_UNDERSTOOD)
            case ["PrivilegeList", "PrivilegeGroup", "Constraint"]:
                self._name = attributes.get("Name", "")
            case ["PrivilegeList", "PrivilegeGroup", "Privilege"]:
                pass
            case ["PrivilegeList", "PrivilegeGroup", *_]:
                self._limits.append(_NOT_UNDERSTOOD)
            case _:
                raise NotReadable

    def text(self, words: str) -> None:
        self._words += words

    def end(self, tag: str) -> None:
        match self._path:
            case ["PrivilegeList", "PrivilegeGroup"]:
                cvr = self._scope.rpartition(":")[2]
                known = cvr if len(cvr) == CVR_DIGITS and cvr.isdecimal() else ""
                self.groups.append(Group(known, frozenset(self._roles), tuple(self._limits)))
            case ["PrivilegeList", "PrivilegeGroup", "Privilege"]:
                self._roles.add(self._words.strip())
            case ["PrivilegeList", "PrivilegeGroup", "Constraint"]:
                self._limits.append(_limit(self._name, self._words))
        self._path.pop()
        self._words = ""
