"""First contacts: the inbox, and each one in full."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samspil.contexts.access.api import Actor, prepared
from samspil.contexts.cases import policy
from samspil.contexts.cases.enums import Area, ReferralSource, ReferralStatus
from samspil.contexts.cases.models import Case, Referral
from samspil.contexts.citizens import api as citizens
from samspil.kernel import cpr as cprs
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class ReferralView:
    """What was said at the first contact. `masked_cpr` is empty when no number was given.

    `citizen_id` is the citizen whose case it became.
    """

    id: UUID
    status: str
    status_words: str
    source: str
    source_words: str
    area: str
    area_words: str
    district: str
    district_id: UUID | None
    first_name: str
    last_name: str
    phone: str
    from_name: str
    from_phone: str
    masked_cpr: str
    about: str
    citizen_words: str
    tried: str
    worked: str
    did_not_work: str
    citizen_agrees: bool | None
    received_at: dt.datetime
    received_by: str
    case_id: UUID | None
    citizen_id: UUID | None
    outcome: str
    may_answer: Verdict

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


_FIELDS = (
    "id", "status", "source", "area", "district__name", "district_id", "first_name", "last_name", "phone",
    "from_name", "from_phone", "cpr_sealed", "about", "citizen_words", "tried", "worked", "did_not_work",
    "citizen_agrees", "received_at", "received_by__name", "case_id", "case__citizen_id", "outcome",
)  # fmt: skip


def referrals(actor: Actor, *, status: str = ReferralStatus.RECEIVED, limit: int = 100) -> tuple[ReferralView, ...]:
    """Those that wait, the oldest first; those that are answered, the newest first."""
    return tuple(_view(actor, row) for row in _with_status(actor, ReferralStatus(status), limit))


@prepared
def _with_status(actor: Actor, status: ReferralStatus, limit: int) -> QuerySet[Referral, dict[str, Any]]:
    order = ("received_at", "id") if status == ReferralStatus.RECEIVED else ("-received_at", "-id")
    return Referral.objects.visible_to(actor).filter(status=status).order_by(*order)[:limit].values(*_FIELDS)


def waiting_referrals(actor: Actor) -> int:
    return Referral.objects.visible_to(actor).filter(status=ReferralStatus.RECEIVED).count()


def referral(actor: Actor, referral_id: UUID) -> ReferralView:
    """Raises Referral.DoesNotExist."""
    found = _views(actor, Referral.objects.visible_to(actor).filter(id=referral_id))
    if not found:
        raise Referral.DoesNotExist
    return found[0]


def referrals_of(actor: Actor, case_id: UUID) -> tuple[ReferralView, ...]:
    """The first contacts behind a case, the oldest first, for the authority that sees the case."""
    seen = Case.objects.visible_to(actor).filter(id=case_id)
    if actor.municipality is None or actor.citizen_id is not None:
        return ()
    rows = Referral.objects.filter(case__in=seen, municipality=actor.municipality)
    return _views(actor, rows.order_by("received_at", "id"))


def known_citizen(actor: Actor, referral_id: UUID) -> UUID | None:
    """The citizen of the same municipality with the CPR number of the referral, if both are known."""
    row = Referral.objects.visible_to(actor).only("id", "cpr_sealed", "municipality").get(id=referral_id)
    if row.cpr_sealed is None:
        return None
    return citizens.find_by_cpr(row.municipality, citizens.unseal_cpr(row.cpr_sealed, row_id=row.id))


def _views(actor: Actor, rows: QuerySet[Referral]) -> tuple[ReferralView, ...]:
    return tuple(_view(actor, row) for row in rows.values(*_FIELDS))


def _view(actor: Actor, row: dict[str, Any]) -> ReferralView:
    sealed = row.pop("cpr_sealed")
    cpr = citizens.unseal_cpr(sealed, row_id=row["id"]) if sealed is not None else ""
    district, received_by = row.pop("district__name"), row.pop("received_by__name")
    citizen_id = row.pop("case__citizen_id")
    return ReferralView(
        **row,
        citizen_id=citizen_id,
        status_words=str(ReferralStatus(row["status"]).label),
        source_words=str(ReferralSource(row["source"]).label),
        area_words=str(Area(row["area"]).label),
        district=district or "",
        received_by=received_by or "",
        masked_cpr=cprs.masked(cpr) if cpr else "",
        may_answer=policy.may_answer_referral(actor, row["status"]),
    )
