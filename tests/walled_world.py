"""Two municipalities and three providers with a row in every walled table for each pair of them."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, product
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import connection, models

from samspil.contexts.access import api as access
from samspil.contexts.access.walls import WALLS
from samspil.kernel.ids import new_id
from tests.cast import NOW, TODAY

MUNICIPALITIES = (991, 992)
PROVIDERS = ("nord", "syd", "vest")
LOGS = {"access_accesslogentry", "access_event"}
LAST = LOGS | {"access_conflict", "access_emergencyaccess"}
"""At the bottom of the spine, but they know of a case."""
WAITS = {"acts_on": TODAY, "asked_on": TODAY, "answer_by": TODAY, "complaint_by": TODAY}
"""An open deadline waits for a worker, a hearing for an answer, and a letter for a complaint."""
OPEN_FOR_AN_HOUR = {"until": NOW + dt.timedelta(hours=1), "reviewed_by_id": None}
"""An emergency access that nobody has looked into."""
_number = count(1)


@dataclass(slots=True)
class World:
    providers: dict[str, UUID]
    rows: dict[str, dict[tuple[int, str], set[object]]] = field(default_factory=lambda: defaultdict(dict))
    drafts: dict[UUID, set[object]] = field(default_factory=dict)
    users: dict[tuple[int, str], UUID] = field(default_factory=dict)

    def all(self, table: str) -> set[object]:
        return set().union(*self.rows[table].values())

    def of_municipality(self, table: str, municipality: int) -> set[object]:
        return set().union(*(rows for (home, _), rows in self.rows[table].items() if home == municipality))

    def of_provider(self, table: str, provider: str) -> set[object]:
        return set().union(*(rows for (_, helper), rows in self.rows[table].items() if helper == provider))

    def case_of(self, municipality: int, provider: str) -> object:
        return min(self.rows["cases_case"][municipality, provider], key=str)

    def insertion(self, table: str, home: int, **changes: object) -> tuple[str, list[object]]:
        """A statement that writes a new row like one of that municipality and provider nord, but for `changes`."""
        with connection.cursor() as cursor:
            keys = list(self.rows[table][home, "nord"])
            cursor.execute(f"select to_jsonb(t)::text from {table} t where id = any(%s)", [keys])  # noqa: S608
            found = [json.loads(text) for (text,) in cursor.fetchall()]
        like = next(row for row in found if table == "notes_draft" or row["municipality"] == home)
        model = next(model for model in walled_models() if model._meta.db_table == table)
        columns = ", ".join(f'"{column}"' for column in _columns(model))
        row = json.dumps(like | {"id": str(new_id())} | changes)
        source = f"jsonb_populate_record(null::{table}, %s::jsonb)"
        return f"insert into {table} ({columns}) select {columns} from {source}", [row]  # noqa: S608


def walled_models() -> Iterator[type[models.Model]]:
    """In the order of the spine, so that what a row hangs on is there before it."""
    models = (model for model in apps.get_models() if model._meta.db_table in WALLS)
    return iter(sorted(models, key=lambda model: model._meta.db_table in LAST))


def _columns(model: type[models.Model]) -> list[str]:
    return [each.column for each in model._meta.local_concrete_fields if not isinstance(each, models.GeneratedField)]


def build_world() -> World:
    helpers = {name: access.Organisation.objects.create(kind="private", name=f"Hjælp {name}") for name in PROVIDERS}
    world = World({name: helper.id for name, helper in helpers.items()})
    for municipality, provider in product(MUNICIPALITIES, PROVIDERS):
        user = access.User.objects.create(username=f"{municipality}{provider}", name="En, der skriver", password="!")
        world.users[municipality, provider] = user.id
        made: dict[type[models.Model], models.Model] = {access.Organisation: helpers[provider], access.User: user}
        for model in walled_models():
            table = model._meta.db_table
            row = made[model] = _row(model, municipality, made)
            rows = [row, _row(model, None, made)] if table in LOGS else [row]
            model._default_manager.bulk_create(rows)
            world.rows[table][municipality, provider] = {row.pk for row in rows}
            if table == "notes_draft":
                world.drafts[user.id] = {row.pk}
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    return world


def _row(model: type[models.Model], municipality: int | None, made: dict[type[models.Model], models.Model]) -> Any:
    by_name = (
        {f"{each._meta.model_name}_id": row.pk for each, row in made.items()} | {"municipality": municipality} | WAITS
    )
    values = {}
    for each in model._meta.local_concrete_fields:
        if isinstance(each, models.GeneratedField):
            continue
        if isinstance(each, models.ForeignKey):
            there = made.get(each.related_model)
            values[each.attname] = there.pk if there is not None and each.related_model is not model else None
        elif each.attname in by_name and not each.primary_key:
            values[each.attname] = by_name[each.attname]
        else:
            values[each.attname] = _value(each)
    return model(**values | (OPEN_FOR_AN_HOUR if model is access.EmergencyAccess else {}))


def _value(each: Any) -> object:
    if each.has_default():
        return each.get_default()
    if each.null:
        return None
    if each.blank and isinstance(each, models.CharField):
        return ""
    if each.choices:
        return each.choices[0][0]
    if isinstance(each, DateRangeField):
        return (TODAY, None)
    match each:
        case models.BooleanField():
            return False
        case models.DateTimeField():
            return NOW
        case models.DateField():
            return TODAY
        case models.UUIDField():
            return new_id()
        case models.BinaryField():
            return b"%d" % next(_number)
        case models.JSONField():
            return {}
        case ArrayField():
            return ["plan"]
        case models.FloatField() | models.IntegerField():
            return next(_number) % 10 if each.name == "value" else next(_number) % 30_000
        case _:
            return str(next(_number))
