"""Loading the law that comes with the program. It is nobody's intention, so there is no actor."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from samspil.contexts.catalogue import law
from samspil.contexts.catalogue.enums import ProvisionKind, Read
from samspil.contexts.catalogue.models import Provision
from samspil.contexts.catalogue.queries import law as queries

LAW = resources.files("samspil.contexts.catalogue") / "data" / "law"
_ORDERED = {"criteria", "neighbours"}
_SAYS = ("content", "source", "read", "verified_by", "verified_on", "valid")


@dataclass(frozen=True, slots=True)
class LawLoaded:
    """What loading changed; `replaced` rows stay for what was computed from them."""

    created: int
    replaced: int


@transaction.atomic
def load_law(*, at: dt.datetime, files: Traversable = LAW) -> LawLoaded:
    """Bring the database up to the files; doing it again changes nothing. Raises law.BadLaw.

    Rows that begin later are loaded at once and wait for their day. What a municipality has set stays.
    """
    wanted = {_place(row): row for row in _rows(files, at)}
    standing = Provision.objects.filter(replaced_at__isnull=True, municipality__isnull=True)
    old = {_place(row): row for row in standing.select_for_update(of=("self",)).order_by("id")}
    gone = [row for place, row in old.items() if place not in wanted or _said(row) != _said(wanted[place])]
    Provision.objects.filter(id__in=[row.id for row in gone]).update(replaced_at=at)
    replaced = {_place(row) for row in gone}
    created = [row for place, row in wanted.items() if place not in old or place in replaced]
    Provision.objects.bulk_create(created)
    queries.forget()
    transaction.on_commit(queries.forget)
    return LawLoaded(len(created), len(gone))


def _rows(files: Traversable, at: dt.datetime) -> Iterator[Provision]:
    seen: set[tuple[str, str, dt.date]] = set()
    for file in sorted((one for one in files.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name):
        tables = tomllib.loads(file.read_text("utf-8"))
        given = tables.pop("unless_said", {})
        for kind, rows in tables.items():
            for row in rows:
                provision = _provision(ProvisionKind(kind), given | row, at)
                if _place(provision) in seen:
                    raise law.BadLaw(f"{kind} {provision.key}: twice from {provision.valid.lower}")
                seen.add(_place(provision))
                yield provision


def _provision(kind: ProvisionKind, row: dict[str, Any], at: dt.datetime) -> Provision:
    row = dict(row)
    try:
        provision = Provision(
            kind=kind.value,
            key=row.pop("key"),
            source=row.pop("source"),
            read=Read(row.pop("read")).value,
            verified_by=row.pop("verified_by", ""),
            verified_on=row.pop("verified_on", None),
            valid=DateRange(row.pop("valid_from"), row.pop("valid_until", None)),
            loaded_at=at,
        )
    except (KeyError, ValueError) as error:
        raise law.BadLaw(f"{kind} {row.get('key', '')}: {error!r}") from error
    provision.content = {name: _stored(name, value) for name, value in row.items()}
    law.shape(kind, queries.about(provision), provision.content)
    return provision


def _stored(name: str, value: Any) -> Any:
    """A table of questions becomes pairs, because the database would put its names in an order of its own."""
    return [[key, ask] for key, ask in value.items()] if name in _ORDERED else _plain(value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _place(row: Provision) -> tuple[str, str, dt.date]:
    return row.kind, row.key, row.valid.lower


def _said(row: Provision) -> tuple[object, ...]:
    return tuple(getattr(row, field) for field in _SAYS)
