"""Layouts for those who choose and change them."""

from dataclasses import dataclass

from samspil.contexts.access.api import Actor
from samspil.contexts.meetings.models import BoardLayout


@dataclass(frozen=True, slots=True)
class Column:
    slug: str
    title: str
    prompt: str
    kind: str


@dataclass(frozen=True, slots=True)
class LayoutView:
    slug: str
    name: str
    description: str
    columns: tuple[Column, ...]
    scale_question: str
    source: str
    is_own: bool


def layouts(actor: Actor) -> tuple[LayoutView, ...]:
    """Common layouts and the municipality's own, which stand instead of a common one of the same slug."""
    rows = BoardLayout.objects.filter(is_active=True).order_by("order", "name")
    found = {row.slug: _view(row) for row in rows.filter(municipality__isnull=True)}
    found |= {row.slug: _view(row) for row in rows.filter(municipality=actor.municipality)}
    return tuple(found.values())


def layout(actor: Actor, slug: str) -> LayoutView:
    """Raises BoardLayout.DoesNotExist."""
    found = {view.slug: view for view in layouts(actor)}
    if slug not in found:
        raise BoardLayout.DoesNotExist(slug)
    return found[slug]


def _view(row: BoardLayout) -> LayoutView:
    return LayoutView(
        slug=row.slug,
        name=row.name,
        description=row.description,
        columns=tuple(Column(c["slug"], c["title"], c.get("prompt", ""), c.get("kind", "idea")) for c in row.columns),
        scale_question=row.scale_question,
        source=row.source,
        is_own=row.municipality is not None,
    )
