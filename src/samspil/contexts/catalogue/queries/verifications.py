"""Which rows of the law a municipality's jurist stands for."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue.models import Verification


@dataclass(frozen=True, slots=True)
class VerificationView:
    jurist: str
    by_name: str
    at: dt.datetime
    words: str


def verifications(actor: Actor) -> dict[UUID, VerificationView]:
    """By the row they are about: those that stand. One query."""
    if actor.municipality is None:
        return {}
    rows = Verification.objects.filter(municipality=actor.municipality).order_by("provision_id", "-at", "-id")
    newest = rows.distinct("provision_id")
    return {
        row.provision_id: VerificationView(row.jurist, row.by_name, row.at, row.words) for row in newest if row.stands
    }
