"""First contact: written down once, and answered with a case or with advice."""

import datetime as dt
from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import policy
from samspil.contexts.cases.commands.cases import start_case
from samspil.contexts.cases.commands.writing import record, written
from samspil.contexts.cases.enums import Area, CaseRefusal, CaseStatus, ReferralSource, ReferralStatus
from samspil.contexts.cases.models import Case, Referral
from samspil.contexts.citizens import api as citizens
from samspil.kernel import cpr as cprs
from samspil.kernel.ids import new_id
from samspil.kernel.verdict import Refused

LONGEST_TEXT = 8000


@transaction.atomic
def receive_referral(
    *,
    actor: Actor,
    at: dt.datetime,
    source: str,
    area: str,
    first_name: str,
    last_name: str,
    about: str,
    citizen_words: str = "",
    tried: str = "",
    worked: str = "",
    did_not_work: str = "",
    citizen_agrees: bool | None = None,
    from_name: str = "",
    from_phone: str = "",
    phone: str = "",
    cpr: str = "",
    district_id: UUID | None = None,
    municipality: int | None = None,
) -> UUID:
    """Write down a first contact with its status. Raises InvalidCpr, Refused and District.DoesNotExist."""
    policy.may_open(actor).or_raise()
    home = policy.home_of(actor, municipality)
    if district_id is not None:
        access.District.objects.get(id=district_id, municipality=home)
    referral_id, must = new_id(), CaseRefusal.NOTHING_WRITTEN
    referral = Referral.objects.create(
        id=referral_id,
        municipality=home,
        district_id=district_id,
        source=ReferralSource(source),
        area=Area(area),
        from_name=written(from_name, 120),
        from_phone=written(from_phone, 30),
        first_name=written(first_name, 60, required=must),
        last_name=written(last_name, 80, required=must),
        cpr_sealed=citizens.seal_cpr(cpr, row_id=referral_id) if cpr else None,
        phone=written(phone, 30),
        about=written(about, LONGEST_TEXT, required=must),
        citizen_words=written(citizen_words, LONGEST_TEXT),
        tried=written(tried, LONGEST_TEXT),
        worked=written(worked, LONGEST_TEXT),
        did_not_work=written(did_not_work, LONGEST_TEXT),
        citizen_agrees=citizen_agrees,
        received_at=at,
        received_by_id=actor.user_id,
    )
    _record(actor, at, "referral.received", referral, None)
    return referral_id


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    at: dt.datetime,
    referral_id: UUID,
    coordinator_id: UUID,
    area: str,
    district_id: UUID | None,
    cpr: str = "",
    contact: citizens.NewContact | None = None,
) -> UUID:
    """Open a case from a referral, or put the referral to the open case that the citizen already has in the area.

    Without `cpr` the referral's own number is used. A citizen that the municipality knows is used again.
    Raises InvalidCpr and Refused.
    """
    referral = _held(actor, referral_id)
    policy.may_answer_referral(actor, referral.status).or_raise()
    cpr = cprs.parse(cpr or _cpr_of(referral))
    citizen_id = citizens.find_by_cpr(referral.municipality, cpr)
    if citizen_id is None:
        citizen_id = citizens.add_citizen(
            actor=actor,
            at=at,
            first_name=referral.first_name,
            last_name=referral.last_name,
            cpr=cpr,
            district_id=district_id,
            phone=referral.phone,
            municipality=referral.municipality,
        )
    case_id = _open_case_of(actor, citizen_id, area) or start_case(
        actor=actor,
        at=at,
        citizen_id=citizen_id,
        area=area,
        coordinator_id=coordinator_id,
        district_id=district_id,
        municipality=referral.municipality,
    )
    if contact is not None:
        citizens.agree_contact(actor=actor, at=at, citizen_id=citizen_id, **asdict(contact))
    Referral.objects.filter(id=referral.id).update(status=ReferralStatus.OPENED, case_id=case_id)
    _record(actor, at, "referral.opened", referral, case_id)
    return case_id


@transaction.atomic
def advise_referral(*, actor: Actor, at: dt.datetime, referral_id: UUID, outcome: str) -> None:
    """End a referral with advice instead of a case, and write what came of it."""
    referral = _held(actor, referral_id)
    policy.may_answer_referral(actor, referral.status).or_raise()
    outcome = written(outcome, LONGEST_TEXT, required=CaseRefusal.NOTHING_WRITTEN)
    Referral.objects.filter(id=referral.id).update(status=ReferralStatus.ADVISED, outcome=outcome)
    _record(actor, at, "referral.advised", referral, None)


def _open_case_of(actor: Actor, citizen_id: UUID, area: str) -> UUID | None:
    """A second open case in the same area would split the story of one person."""
    citizens.Citizen.objects.select_for_update(no_key=True).get(id=citizen_id)
    case = (
        Case.objects.filter(citizen_id=citizen_id, area=area).exclude(status=CaseStatus.CLOSED).order_by("id").first()
    )
    if case is None:
        return None
    if not Case.objects.acted_on_by(actor).filter(id=case.id).exists():
        raise Refused(CaseRefusal.OPEN_ELSEWHERE)
    return case.id


def _cpr_of(referral: Referral) -> str:
    return citizens.unseal_cpr(referral.cpr_sealed, row_id=referral.id) if referral.cpr_sealed is not None else ""


def _held(actor: Actor, referral_id: UUID) -> Referral:
    rows = Referral.objects.visible_to(actor)
    if actor.side == access.Side.SYSTEM and actor.municipality is not None:
        rows = Referral.objects.filter(municipality=actor.municipality)
    return rows.select_for_update(of=("self",)).get(id=referral_id)


def _record(actor: Actor, at: dt.datetime, kind: str, referral: Referral, case_id: UUID | None) -> None:
    record(actor, at, kind, municipality=referral.municipality, case_id=case_id, subject_id=referral.id)
