"""What is kept about a citizen, as the citizen may have it: as data for a machine, and as a paper to read.

The data are read through the table of sight with the citizen's own eyes: every kind of row that the citizen sees, with
the fields that its model has sorted as being about somebody. Nothing has to be remembered here when a new kind comes.
"""

import datetime as dt
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from importlib import resources
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.backends.postgresql.psycopg_any import Range
from django.db.models import BinaryField, Model
from django.utils.translation import gettext as _

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Role, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.citizens import api as citizens
from samspil.contexts.disclosure import rules
from samspil.contexts.disclosure.enums import PaperKind
from samspil.contexts.disclosure.queries import documents
from samspil.contexts.disclosure.queries.requests import sheltered
from samspil.contexts.disclosure.rules import Cover
from samspil.contexts.notes import api as notes
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


def papers(
    actor: Actor, case: cases.Case, *, at: dt.datetime, taken_back: Sequence[notes.TakenBackNote] = ()
) -> dict[PaperKind, bytes]:
    """Both forms. `actor` is the citizen, or somebody in the citizen's place; `taken_back` are notes that somebody has
    looked through, since one may have been taken back because it is about another."""
    covers = sheltered(case.citizen)
    beside = citizens.kept_beside_the_case(case.citizen_id)
    data = _cleaned(_data(actor, case, at) | _beside(beside, taken_back), covers)
    file = json.dumps(data, ensure_ascii=False, indent=2, cls=_Plain)
    return {
        PaperKind.OWN_DATA_FILE: file.encode(),
        PaperKind.OWN_DATA: make_pdf(
            "own_data",
            _cleaned(_paper(actor, case, at, beside, taken_back), covers),
            title=str(PaperKind.OWN_DATA.label),
            at=at,
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
             "what": look.what, "purpose": look.purpose, "why": look.why}
            for look in access.looks_at(case.citizen_id, limit=LOOKS)
        ],
    }  # fmt: skip


def _beside(
    beside: citizens.KeptBesideTheCase, taken_back: Sequence[notes.TakenBackNote]
) -> dict[str, list[dict[str, Any]]]:
    """What hangs on the citizen and on no row of the table of sight."""
    return {
        "people": [asdict(one) for one in beside.people],
        "access": [asdict(one) for one in beside.grants],
        "contact_wishes": [_without_keys(one) for one in beside.wishes],
        "notes_taken_back": [_without_keys(one) for one in taken_back],
    }


def _without_keys(row: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if name != "id"}


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


def _paper(
    actor: Actor,
    case: cases.Case,
    at: dt.datetime,
    beside: citizens.KeptBesideTheCase,
    taken_back: Sequence[notes.TakenBackNote],
) -> dict[str, Any]:
    day = long_date_year(clock.day_of(at), "da")
    mine = [one.case_id for one in cases.cases_of_citizen(actor, case.citizen_id)]
    lines = [line for case_id in mine for line in documents.lines_of(actor, case_id)]
    return {
        "sender": access.municipality_name(case.municipality) or "",
        "citizen": f"{case.citizen.first_name} {case.citizen.last_name}",
        "day": day,
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
        ]
        + list(_documents_beside(beside, taken_back, day)),
        "looks": _looks(case),
    }


def _documents_beside(
    beside: citizens.KeptBesideTheCase, taken_back: Sequence[notes.TakenBackNote], day: str
) -> Iterator[dict[str, Any]]:
    """The same as papers, in the shape of those of the case."""
    for note in taken_back:
        ended = _("Taget tilbage %(day)s") % {"day": long_date_year(clock.day_of(note.withdrawn_at), "da")}
        parts = [{"label": "", "text": text} for text in (*note.texts, f"{ended}. {note.author_name}")]
        written = long_date_year(clock.day_of(note.happened_at), "da")
        yield {"kind": _("Notat, der er taget tilbage"), "title": note.title, "day": written, "parts": parts}
    people = [f"{one.name}, {one.relation.lower()}" for one in beside.people]
    access_ = [
        f"{one.name} ({one.rests_on}): {', '.join(one.may)}. {_period(one.since, one.until, one.taken_back_at)}"
        for one in beside.grants
    ]
    wishes = [f"{long_date_year(one.agreed_on, 'da')}: {one.in_full}" for one in beside.wishes]
    for kind, title, texts in (
        (_("Mennesker"), _("Dem omkring dig"), people),
        (_("Adgang"), _("Hvem der må se hvad"), access_),
        (_("Kontakt"), _("Sådan vil du gerne mødes"), wishes),
    ):
        if texts:
            yield {"kind": kind, "title": title, "day": day, "parts": [{"label": "", "text": "\n".join(texts)}]}


def _period(since: dt.date, until: dt.date | None, taken_back_at: dt.datetime | None) -> str:
    last = clock.day_of(taken_back_at) if taken_back_at else until and until - dt.timedelta(days=1)
    return " – ".join(long_date_year(day, "da") for day in (since, last) if day)


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
