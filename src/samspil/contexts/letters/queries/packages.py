"""What went to the appeals board: for those who may also see where its citizen lives."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.letters.models import ForwardedPackage
from samspil.contexts.letters.queries.letters import Paper
from samspil.kernel import clock


@dataclass(frozen=True, slots=True)
class PackageView:
    made_on: dt.date
    parts: tuple[str, ...]
    sha256: str


def package(actor: Actor, complaint_id: UUID) -> PackageView | None:
    """What was sent with a complaint; None when it was not sent, or may hold an address that the actor may not see."""
    row = _newest(actor, complaint_id)
    return PackageView(clock.day_of(row.made_at), tuple(row.parts), row.sha256) if row else None


def package_paper(actor: Actor, complaint_id: UUID) -> Paper:
    """Raises ForwardedPackage.DoesNotExist."""
    row = _newest(actor, complaint_id)
    if row is None:
        raise ForwardedPackage.DoesNotExist
    return Paper(f"klage-{row.made_at:%Y-%m-%d}.pdf", bytes(row.pdf), row.sha256)


def _newest(actor: Actor, complaint_id: UUID) -> ForwardedPackage | None:
    """Its free text may say where the citizen lives: it is for the board, and for whoever may see a hidden address."""
    rows = ForwardedPackage.objects.visible_to(actor).filter(complaint_id=complaint_id)
    row = rows.select_related("case__citizen").order_by("-made_at", "-id").first()
    if row is None or not row.case.citizen.is_address_protected:
        return row
    return row if cases.may_see_address(actor, row.case_id, row.case.coordinator_id) else None
