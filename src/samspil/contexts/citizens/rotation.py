"""Moves sealed CPR numbers to the present key while people work, a batch at a time.

Every batch is a transaction of its own, so it can be stopped anywhere and run again: what has moved is passed over.
A row that somebody holds is left for the next round, so nobody waits longer than a batch takes.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import BinaryField, QuerySet
from django.db.models.functions import Substr

from samspil.contexts.citizens import vault

BATCH = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """`last` is where the next batch begins after, None when there was nothing more to move."""

    moved: int
    last: UUID | None


def left(rows: QuerySet[Any]) -> int:
    """How many are sealed under another key than the present one."""
    return _elsewhere(rows).count()


def move(rows: QuerySet[Any], *, after: UUID | None = None, size: int = BATCH) -> Batch:
    """The next rows of a model with `cpr_sealed`, moved; those that no key opens, or that are there twice, stay."""
    waiting = _elsewhere(rows).order_by("id")
    if after is not None:
        waiting = waiting.filter(id__gt=after)
    with transaction.atomic():
        batch = list(waiting.select_for_update(of=("self",), skip_locked=True)[:size])
        moved = sum(_move(row) for row in batch)
    return Batch(moved, batch[-1].id if batch else None)


def _elsewhere(rows: QuerySet[Any]) -> QuerySet[Any]:
    head = Substr("cpr_sealed", 1, vault.HEAD_BYTES, output_field=BinaryField())
    return rows.exclude(cpr_sealed=None).alias(head=head).exclude(head=vault.head())


def _move(row: Any) -> bool:
    try:
        cpr = vault.unseal(row.cpr_sealed, row_id=row.id)
    except vault.BrokenSeal:
        return False
    changes = {"cpr_sealed": vault.seal(cpr, row_id=row.id)}
    if hasattr(row, "cpr_index"):
        changes["cpr_index"] = vault.index(cpr)
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**changes)
    except IntegrityError:  # the number was written down twice while two processes used different keys
        return False
    return True
