"""The identity providers of an installation: one TOML file, read by the settings when Samspil starts.

docs/operations.md shows a whole one. What is missing, misspelt or unsafe is refused here, in words for the person at
the keyboard; nothing about a provider is guessed.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SAFE_ALGORITHMS = frozenset({"RS256", "PS256", "ES256"})
LEVELS = {"low": 1, "substantial": 2, "high": 3}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Surface(StrEnum):
    """Who logs in here: people at work, or citizens and their relatives."""

    STAFF = "staff"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True, repr=False)
class Provider:
    """`levels` says which values of `level_claim` stand for which level; `acr_values` is what we ask for.

    Exactly one of `private_key` (PEM, for private_key_jwt) and `client_secret` is set.
    """

    key: str
    label: str
    label_en: str
    surface: Surface
    issuer: str
    client_id: str
    private_key: str = ""
    private_key_algorithm: str = "RS256"
    client_secret: str = ""
    algorithms: frozenset[str] = SAFE_ALGORITHMS
    scope: str = "openid"
    level: int = LEVELS["substantial"]
    level_claim: str = "acr"
    levels: Mapping[str, int] = field(default_factory=dict)
    acr_values: str = ""
    groups_claim: str = ""
    organisation: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    org_unit: str = "urn:dk:kombit:orgUnit"
    covering: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cpr_claim: str = ""
    municipality: int | None = None

    def __repr__(self) -> str:
        return f"Provider({self.key!r})"  # never the key or the secret


KNOWN_LEVELS = {
    f"{before}{name}": LEVELS[name.lower()]
    for before in ("https://data.gov.dk/concept/core/nsis/", "https://data.gov.dk/concept/core/nsis/loa/", "")
    for name in ("Low", "Substantial", "High")
}
_TEXTS = frozenset(
    {"key", "label", "label_en", "issuer", "client_id", "private_key_algorithm", "scope", "level_claim", "acr_values"}
    | {"groups_claim", "organisation", "org_unit", "cpr_claim"}
)
_NEEDED = ("key", "label", "label_en", "surface", "issuer", "client_id")
_OTHERS = frozenset(
    {"surface", "private_key_file", "client_secret_file", "algorithms", "level", "levels", "roles", "covering"}
    | {"municipality"}
)


def providers_from_file(path: str, *, plain_http: bool = False) -> tuple[Provider, ...]:
    """Raises ImproperlyConfigured. `plain_http` lets a provider on this machine speak without TLS; for tests."""
    try:
        content = tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        raise ImproperlyConfigured(f"SAMSPIL_IDENTITY: {path} kan ikke læses ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"SAMSPIL_IDENTITY: {path} er ikke gyldig TOML: {error}") from error
    tables = content.pop("provider", [])
    if content or not isinstance(tables, list) or not tables:
        raise ImproperlyConfigured(f"SAMSPIL_IDENTITY: {path} skal bestå af en eller flere [[provider]].")
    providers = tuple(_provider(table, Path(path).parent, plain_http) for table in tables)
    if len({one.key for one in providers}) < len(providers):
        raise ImproperlyConfigured("SAMSPIL_IDENTITY: to udbydere har samme key.")
    return providers


def _provider(table: Mapping[str, Any], folder: Path, plain_http: bool) -> Provider:
    def refuse(words: str) -> ImproperlyConfigured:
        return ImproperlyConfigured(f"SAMSPIL_IDENTITY, {table.get('key', 'en udbyder uden key')}: {words}")

    if missing := [name for name in _NEEDED if not table.get(name)]:
        raise refuse(f"{', '.join(missing)} mangler.")
    if unknown := sorted(table.keys() - _TEXTS - _OTHERS):
        raise refuse(f"{', '.join(unknown)} kendes ikke.")
    if wrong := sorted(name for name in _TEXTS & table.keys() if not isinstance(table[name], str)):
        raise refuse(f"{', '.join(wrong)} skal være tekst.")
    if not table["key"].isascii() or not table["key"].replace("-", "").isalnum():
        raise refuse("key står i adresser og må kun have bogstaver, tal og bindestreg.")
    given: dict[str, Any] = {name: table[name] for name in _TEXTS & table.keys()}
    try:
        given |= {"surface": Surface(table["surface"]), **_keys(table, folder), **_levels(table), **_rights(table)}
    except (ValueError, OSError) as error:
        raise refuse(str(error)) from error
    _refuse_unsafe(Provider(**given), refuse, plain_http)
    return Provider(**given)


def _keys(table: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    files = {"private_key_file": "private_key", "client_secret_file": "client_secret"}
    given = {name: (folder / table[file]).read_text("utf-8").strip() for file, name in files.items() if file in table}
    if len(given) != 1 or not all(given.values()):
        raise ValueError("sæt enten private_key_file eller client_secret_file, med et indhold.")
    return given


def _levels(table: Mapping[str, Any]) -> dict[str, Any]:
    words = {table.get("level", "substantial"), *table.get("levels", {}).values()}
    if wrong := sorted(str(word) for word in words if word not in LEVELS):
        raise ValueError(f"{', '.join(wrong)} er intet sikringsniveau. Brug low, substantial eller high.")
    said = {value: LEVELS[word] for value, word in table.get("levels", {}).items()}
    return {"level": LEVELS[table.get("level", "substantial")], "levels": KNOWN_LEVELS | said}


def _rights(table: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {
        "roles": dict(table.get("roles", {})),
        "covering": {name: frozenset(values) for name, values in table.get("covering", {}).items()},
    }
    if "algorithms" in table:
        given["algorithms"] = frozenset(table["algorithms"])
    if "municipality" in table:
        given["municipality"] = int(table["municipality"])
    return given


def _refuse_unsafe(one: Provider, refuse: Any, plain_http: bool) -> None:
    address = urlsplit(one.issuer)
    if address.scheme != "https" and not (plain_http and address.hostname in LOOPBACK):
        raise refuse("issuer skal begynde med https://.")
    if not one.algorithms or one.algorithms - SAFE_ALGORITHMS:
        raise refuse(f"algorithms må kun være {', '.join(sorted(SAFE_ALGORITHMS))}.")
    if one.level < LEVELS["substantial"]:
        raise refuse("level må ikke være lavere end substantial.")
    if one.private_key_algorithm not in SAFE_ALGORITHMS:
        raise refuse(f"private_key_algorithm må kun være {', '.join(sorted(SAFE_ALGORITHMS))}.")
    if "openid" not in one.scope.split():
        raise refuse("scope skal indeholde openid.")
    if one.surface is Surface.STAFF and not (one.groups_claim and one.roles):
        raise refuse("medarbejdere får kun de rettigheder, udbyderen siger: sæt groups_claim og [provider.roles].")
    if one.surface is Surface.STAFF and (one.cpr_claim or one.municipality):
        raise refuse("medarbejdere kendes aldrig på CPR-nummer: fjern cpr_claim og municipality.")
    if one.surface is Surface.CITIZEN and not (one.cpr_claim and one.municipality):
        raise refuse("borgere findes på CPR-nummer i én kommune: sæt cpr_claim og municipality.")
    if one.surface is Surface.CITIZEN and (one.groups_claim or one.roles):
        raise refuse("borgere har ingen roller hos udbyderen: fjern groups_claim og roles.")
