"""A municipality's own board layouts: made and changed by a leader, without programming."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from django.db import transaction
from django.utils.text import slugify

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Capability
from samspil.contexts.meetings.enums import CardKind, MeetingRefusal
from samspil.contexts.meetings.models import BoardLayout
from samspil.kernel.verdict import ALLOWED, Verdict

TONES = {
    CardKind.WORKS: "good",
    CardKind.CITIZEN_WORDS: "good",
    CardKind.WISH: "wish",
    CardKind.GOAL: "wish",
    CardKind.IDEA: "wish",
    CardKind.WORRY: "hard",
    CardKind.QUESTION: "hard",
}


@dataclass(frozen=True, slots=True)
class ColumnDraft:
    """A column as typed. `kind` is the kind that new cards in it get, `slug` what it was called before: cards of an
    open board stay under their own heading when another column is taken away."""

    title: str
    prompt: str
    kind: str
    slug: str = ""


@transaction.atomic
def save_layout(
    *,
    actor: Actor,
    at: dt.datetime,
    slug: str,
    name: str,
    description: str,
    columns: Sequence[ColumnDraft],
    scale_question: str,
) -> str:
    """Make a layout, or change the municipality's own with that slug. Boards already held keep their cards.

    Returns the slug. Saving under the slug of a common layout makes an own one that is used instead.
    """
    drafted = [column for column in columns if column.title.strip()]
    has_columns = ALLOWED if drafted else Verdict(MeetingRefusal.LAYOUT_WITHOUT_COLUMNS)
    (actor.may(Capability.LAYOUT_EDIT) & has_columns).or_raise()
    slug = slug or _free_slug(name)
    BoardLayout.objects.update_or_create(
        municipality=actor.municipality,
        slug=slug,
        defaults={
            "name": name,
            "description": description,
            "columns": _columns(drafted),
            "scale_question": scale_question,
            "source": actor.organisation_name,
            "order": 100,
            "is_active": True,
        },
    )
    access.record(actor=actor, at=at, kind="layout.saved", subject="layout", data={"slug": slug})
    return slug


@transaction.atomic
def retire_layout(*, actor: Actor, at: dt.datetime, slug: str) -> None:
    """Take the municipality's own layout out of the list; boards that use it keep it."""
    actor.may(Capability.LAYOUT_EDIT).or_raise()
    BoardLayout.objects.filter(municipality=actor.municipality, slug=slug).update(is_active=False)
    access.record(actor=actor, at=at, kind="layout.retired", subject="layout", data={"slug": slug})


def _free_slug(name: str) -> str:
    base = slugify(name.replace("æ", "ae").replace("ø", "oe").replace("å", "aa"))[:32] or "opsaetning"
    taken = set(BoardLayout.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, 1000) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


def _columns(drafted: Sequence[ColumnDraft]) -> list[dict[str, str]]:
    kept = {column.slug for column in drafted}
    fresh = (slug for n in count(1) if (slug := f"column-{n}") not in kept)
    used: set[str] = set()
    columns = []
    for column in drafted:
        slug = column.slug if column.slug and column.slug not in used else next(fresh)
        used.add(slug)
        columns.append(_column(column, slug))
    return columns


def _column(column: ColumnDraft, slug: str) -> dict[str, str]:
    kind = CardKind(column.kind)
    return {
        "slug": slug,
        "title": column.title.strip(),
        "prompt": column.prompt.strip(),
        "kind": kind,
        "tone": TONES.get(kind, "next"),
    }
