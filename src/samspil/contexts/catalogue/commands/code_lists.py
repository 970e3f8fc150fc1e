"""Loading the code lists that come with the program. They are nobody's intention, so there is no actor."""

import datetime as dt
import tomllib
from dataclasses import asdict, dataclass
from importlib import resources
from importlib.resources.abc import Traversable

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from samspil.contexts.catalogue import rules
from samspil.contexts.catalogue.models import CodeSystem, Concept
from samspil.contexts.catalogue.queries import code_lists
from samspil.contexts.catalogue.rules import BadCodeList, CodeList, Entry, ListProblem

LISTS = resources.files("samspil.contexts.catalogue") / "data"
_ENTRY_FIELDS = tuple(Entry.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading one list changed; all zero when it was there already."""

    key: str
    version: str
    created: int
    corrected: int
    closed: int


@transaction.atomic
def load_code_systems(*, at: dt.datetime, lists: Traversable = LISTS) -> tuple[Loaded, ...]:
    """Bring the database up to the lists beside SOURCE.toml; doing it again changes nothing.

    A newer version closes the rows it changes on the day it begins; unchanged rows run on and keep their ids. A version
    that begins after `at` waits for its day. Raises BadCodeList.
    """
    about = tomllib.loads((lists / "SOURCE.toml").read_text("utf-8"))
    loaded = []
    for key, facts in about.items():
        code_list = rules.read_list(key, facts, (lists / facts["file"]).read_text("utf-8"))
        if code_list.valid_from <= at.date():
            loaded.append(_load(code_list))
    code_lists.forget()
    transaction.on_commit(code_lists.forget)
    return tuple(loaded)


def _load(code_list: CodeList) -> Loaded:
    system = _system(code_list)
    rows = {
        row.code: row
        for row in Concept.objects.filter(system__key=code_list.key, valid__endswith__isnull=True).select_related(
            "system"
        )
    }
    running = {code: (_entry(row), row.valid.lower) for code, row in rows.items()}
    plan = rules.plan(running=running, entries=code_list.entries, valid_from=code_list.valid_from)
    for code in plan.close:
        rows[code].valid = DateRange(rows[code].valid.lower, code_list.valid_from)
    for entry in plan.correct:
        for field, value in asdict(entry).items():
            setattr(rows[entry.code], field, value)
    changed = [rows[code] for code in plan.close] + [rows[entry.code] for entry in plan.correct]
    Concept.objects.bulk_update(changed, [*_ENTRY_FIELDS, "valid"], batch_size=200)
    period = DateRange(code_list.valid_from, None)
    Concept.objects.bulk_create(Concept(system=system, valid=period, **asdict(entry)) for entry in plan.create)
    return Loaded(code_list.key, code_list.version, len(plan.create), len(plan.correct), len(plan.close))


def _system(code_list: CodeList) -> CodeSystem:
    """The row of this version; the version before it ends where this one begins."""
    facts = {field: getattr(code_list, field) for field in ("uri", "name", "source", "licence")}
    running = CodeSystem.objects.select_for_update(of=("self",)).filter(key=code_list.key, valid__endswith__isnull=True)
    previous = running.exclude(version=code_list.version).first()
    if previous is not None:
        if previous.valid.lower >= code_list.valid_from:
            raise BadCodeList(ListProblem.OLDER_THAN_LOADED, f"{code_list.key} {code_list.version}")
        CodeSystem.objects.filter(id=previous.id).update(valid=DateRange(previous.valid.lower, code_list.valid_from))
    system, _ = CodeSystem.objects.update_or_create(
        key=code_list.key,
        version=code_list.version,
        defaults=facts,
        create_defaults=facts | {"valid": DateRange(code_list.valid_from, None)},
    )
    return system


def _entry(row: Concept) -> Entry:
    return Entry(**{field: getattr(row, field) for field in _ENTRY_FIELDS})
