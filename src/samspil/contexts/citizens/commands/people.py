"""What is written about a citizen: who it is, who is around, and how the citizen wants contact."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.citizens import policy, vault
from samspil.contexts.citizens.enums import CitizenRefusal, Medium, MeetingForm, RelationKind, TimeOfDay
from samspil.contexts.citizens.models import Citizen, ContactAgreement, Relation
from samspil.contexts.citizens.queries.people import contact_wish, wish_of
from samspil.kernel import clock
from samspil.kernel import cpr as cprs
from samspil.kernel.ids import new_id
from samspil.kernel.text import TooLong, clean
from samspil.kernel.verdict import ConcurrentChange, Refused

LONGEST_EVERY_DAYS = 365


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact agreement before it is made; `every_days` is the wished number of days between contacts."""

    form: str
    time_of_day: str
    medium: str
    place: str = ""
    every_days: int | None = None
    words: str = ""


@transaction.atomic
def add_citizen(
    *,
    actor: Actor,
    at: dt.datetime,
    first_name: str,
    last_name: str,
    cpr: str,
    district_id: UUID | None,
    phone: str = "",
    email: str = "",
    address: str = "",
    postcode: str = "",
    town: str = "",
    is_address_protected: bool = False,
    municipality: int | None = None,
) -> UUID:
    """Write down a citizen of the actor's municipality. Raises InvalidCpr, Refused and District.DoesNotExist."""
    policy.may_add(actor).or_raise()
    home = policy.home_of(actor, municipality)
    if district_id is not None:
        access.District.objects.get(id=district_id, municipality=home)
    citizen_id = new_id()
    row = Citizen(
        id=citizen_id,
        municipality=home,
        district_id=district_id,
        first_name=_name(first_name, 60),
        last_name=_name(last_name, 80),
        born_on=cprs.born_on(cpr),
        cpr_sealed=vault.seal(cpr, row_id=citizen_id),
        cpr_index=vault.index(cpr),
        phone=short(phone, 30),
        email=short(email, 120),
        address=short(address, 200),
        postcode=short(postcode, 10),
        town=short(town, 80),
        is_address_protected=is_address_protected,
    )
    if Citizen.objects.filter(municipality=home, cpr_index__in=vault.indexes(cpr)).exists():
        raise Refused(CitizenRefusal.CPR_TAKEN)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # somebody else wrote the same person down a moment ago
        raise Refused(CitizenRefusal.CPR_TAKEN) from error
    record(actor, at, "citizen.added", row, citizen_id)
    return citizen_id


@transaction.atomic
def change_reach(*, actor: Actor, at: dt.datetime, citizen_id: UUID, **changes: Any) -> None:
    """Put right the phone, email, address, postcode, town or `is_address_protected` that are given."""
    citizen = Citizen.objects.select_for_update().get(id=citizen_id)
    policy.may_change(actor, citizen).or_raise()
    limits = {"phone": 30, "email": 120, "address": 200, "postcode": 10, "town": 80}
    new: dict[str, Any] = {name: short(changes[name], limits[name]) for name in limits if name in changes}
    if "is_address_protected" in changes:
        new["is_address_protected"] = bool(changes["is_address_protected"])
    if unknown := changes.keys() - new.keys():
        raise TypeError(f"change_reach: {', '.join(sorted(unknown))}")
    Citizen.objects.filter(id=citizen_id).update(**new)
    record(actor, at, "citizen.reach_changed", citizen, citizen_id, fields=sorted(new))


@transaction.atomic
def agree_contact(
    *,
    actor: Actor,
    at: dt.datetime,
    citizen_id: UUID,
    form: str,
    place: str = "",
    time_of_day: str,
    medium: str,
    every_days: int | None = None,
    words: str = "",
    seen: UUID | None = None,
) -> UUID:
    """Agree how the citizen wants contact from now on; the earlier agreement stays as history.

    `seen` is the agreement that was shown when this one was written. Raises ConcurrentChange when another one has
    been made since.
    """
    citizen = Citizen.objects.select_for_update(no_key=True).get(id=citizen_id)
    policy.may_agree_contact(actor, citizen).or_raise()
    if every_days is not None and not 1 <= every_days <= LONGEST_EVERY_DAYS:
        raise Refused(CitizenRefusal.NOT_EVERY_SO_MANY_DAYS)
    newest = contact_wish(citizen_id)
    agreement = ContactAgreement(
        municipality=citizen.municipality,
        citizen=citizen,
        form=MeetingForm(form),
        place=short(place, 120),
        time_of_day=TimeOfDay(time_of_day),
        medium=Medium(medium),
        every_days=every_days,
        words=short(words, 300),
        agreed_on=clock.day_of(at),
        agreed_by_name=actor.name,
    )
    if seen is not None and newest is not None and newest.id != seen:
        raise ConcurrentChange(theirs=newest.in_full, yours=wish_of(agreement).in_full)
    agreement.save(force_insert=True)
    record(actor, at, "contact.agreed", citizen, agreement.id)
    return agreement.id


@transaction.atomic
def add_relation(
    *,
    actor: Actor,
    at: dt.datetime,
    citizen_id: UUID,
    name: str,
    kind: str,
    phone: str = "",
    user_id: UUID | None = None,
) -> UUID:
    """Write down somebody around the citizen. That alone opens nothing: what the person may see is a grant."""
    citizen = Citizen.objects.get(id=citizen_id)
    policy.may_change(actor, citizen).or_raise()
    relation = Relation.objects.create(
        municipality=citizen.municipality,
        citizen=citizen,
        name=_name(name, 120),
        kind=RelationKind(kind),
        phone=short(phone, 30),
        user_id=user_id,
        runs=(clock.day_of(at), None),
    )
    record(actor, at, "relation.added", citizen, relation.id)
    return relation.id


def _name(text: str, limit: int) -> str:
    name = " ".join(short(text, limit).split())
    if not name:
        raise Refused(CitizenRefusal.NAME_MISSING)
    return name


def short(text: str, limit: int) -> str:
    try:
        return clean(text, limit)
    except TooLong as error:
        raise Refused(CitizenRefusal.TOO_LONG) from error


def record(actor: Actor, at: dt.datetime, kind: str, citizen: Citizen, subject_id: UUID, **data: Any) -> None:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        subject=kind.split(".")[0],
        subject_id=subject_id,
        municipality=citizen.municipality,
        data={"citizen_id": str(citizen.id)} | data,
    )
