"""What is kept about a citizen, as the citizen may have it: as data for a machine, and as a paper to read.

The data are read through the table of sight with the citizen's own eyes: every kind of row that the citizen sees, with
the fields that its model has sorted as being about somebody. Nothing has to be remembered here when a new kind comes.
"""

import datetime as dt
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import resources
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.backends.postgresql.psycopg_any import Range
from django.db.models import BinaryField, Model

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Role, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.disclosure import rules
from samspil.contexts.disclosure.enums import PaperKind
from samspil.contexts.disclosure.queries import documents
from samspil.contexts.disclosure.queries.requests import sheltered
from samspil.contexts.disclosure.rules import Cover
from samspil.kernel import clock
from samspil.kernel.danish_dates import long_date_year
from samspil.paper.pdf import make_pdf

SHAPE = 1
PERSONAL = ("ordinary", "sensitive", "free_text")
OF_CITIZEN = ("first_name", "last_name", "born_on", "address", "postcode", "town", "phone", "email")
ADDRESS = frozenset({"address", "postcode", "town"})
LOOKS = 100_000
_TEXTS = resources.files("samspil.contexts.disclosure") / "data" / "own_data.toml"


class _Plain(DjangoJSONEncoder):
    """A period says its first day, and the day after its last one."""

    def default(self, o: Any) -> Any:
        return {"from": o.lower, "until": o.upper} if isinstance(o, Range) else super().default(o)


def in_the_place_of(actor: Actor, case: cases.Case) -> Actor:
    """The authority reads with the citizen's eyes, and sees no more. For reading only: it has no capability."""
    return replace(
        actor,
        user_id=None,
        role=Role.CITIZEN,
        side=Side.CITIZEN,
        citizen_id=case.citizen_id,
        capabilities=frozenset(),
        district_ids=frozenset(),
    )


def papers(actor: Actor, case: cases.Case, *, at: dt.datetime) -> dict[PaperKind, bytes]:
    """Both forms. `actor` is the citizen, or somebody in the citizen's place."""
    covers = sheltered(case.citizen)
    data = _cleaned(_data(actor, case, at), covers)
    file = json.dumps(data, ensure_ascii=False, indent=2, cls=_Plain)
    return {
        PaperKind.OWN_DATA_FILE: file.encode(),
        PaperKind.OWN_DATA: make_pdf(
            "own_data", _cleaned(_paper(actor, case, at), covers), title=str(PaperKind.OWN_DATA.label), at=at
        ),
    }


def _data(actor: Actor, case: cases.Case, at: dt.datetime) -> dict[str, Any]:
    return {
        "shape": SHAPE,
        "made_at": at,
        "authority": access.municipality_name(case.municipality),
        "about": _about(at),
        "citizen": _citizen(case),
        "rows": dict(_rows(actor)),
        "looks": [
            {"at": look.at, "name": look.user_name, "title": look.user_title, "organisation": look.organisation_name,
             "what": look.what, "why": look.why}
            for look in access.looks_at(case.citizen_id, limit=LOOKS)
        ],
    }  # fmt: skip


def _citizen(case: cases.Case) -> dict[str, Any]:
    """Never the person's number, and never an address that is protected: the file may be lost."""
    hidden = ADDRESS if case.citizen.is_address_protected else frozenset()
    return {name: getattr(case.citizen, name) for name in OF_CITIZEN if name not in hidden}


def _rows(actor: Actor) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for label in (cases.CASE_ROW, *cases.ROWS):
        model = apps.get_model(label)
        names = _told(model)
        seen = model._default_manager.visible_to(actor)
        rows = list(seen.order_by("pk").values(*names)) if names else []
        if rows:
            yield label, rows


def _told(model: type[Model]) -> list[str]:
    """The fields that are about somebody; keys and bytes say nothing to a reader."""
    sorted_as: Any = getattr(model, "PersonalData")  # noqa: B009
    wanted = {name for kind in PERSONAL for name in getattr(sorted_as, kind, ())}
    fields = [field for field in model._meta.concrete_fields if field.name in wanted]
    return [field.name for field in fields if not field.is_relation and not isinstance(field, BinaryField)]


def _about(at: dt.datetime) -> dict[str, str]:
    said: dict[str, str] = tomllib.loads(_TEXTS.read_text("utf-8"))
    guidance = catalogue.access_complaint("own_data", at=clock.day_of(at))
    return {**said, "Hvis du er uenig": guidance.citizen_text}


def _paper(actor: Actor, case: cases.Case, at: dt.datetime) -> dict[str, Any]:
    mine = [one.case_id for one in cases.cases_of_citizen(actor, case.citizen_id)]
    lines = [line for case_id in mine for line in documents.lines_of(actor, case_id)]
    return {
        "sender": access.municipality_name(case.municipality) or "",
        "citizen": f"{case.citizen.first_name} {case.citizen.last_name}",
        "day": long_date_year(clock.day_of(at), "da"),
        "about": [{"heading": heading, "text": text} for heading, text in _about(at).items()],
        "facts": [str(value) for value in _citizen(case).values() if value],
        "documents": [
            {
                "kind": line.kind_words,
                "title": line.title,
                "day": long_date_year(line.on, "da"),
                "parts": [{"label": part.label, "text": part.text} for part in documents.whole(actor, line).parts],
            }
            for line in lines
        ],
        "looks": _looks(case),
    }


def _looks(case: cases.Case) -> list[dict[str, str]]:
    """Each person once a day."""
    found: dict[tuple[dt.date, str], str] = {}
    for look in access.looks_at(case.citizen_id, limit=LOOKS):
        who = ", ".join(filter(None, (look.user_name, look.user_title, look.organisation_name)))
        found.setdefault((clock.day_of(look.at), who), "")
    return [{"day": long_date_year(day, "da"), "who": who} for day, who in found]


def _cleaned(value: Any, covers: tuple[Cover, ...]) -> Any:
    """The same without persons' numbers and without a protected address, however deep they lie."""
    match value:
        case str():
            return rules.covered(value, covers)
        case Mapping():
            return {key: _cleaned(one, covers) for key, one in value.items()}
        case list() | tuple():
            return [_cleaned(one, covers) for one in value]
    return value
