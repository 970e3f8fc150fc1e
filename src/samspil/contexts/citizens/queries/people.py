"""What is known of a citizen, for those who have already been let in through the case."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.utils.translation import gettext as _

from samspil.contexts.access import api as access
from samspil.contexts.access.api import prepared
from samspil.contexts.citizens import vault
from samspil.contexts.citizens.enums import Medium, MeetingForm, RelationKind, TimeOfDay
from samspil.contexts.citizens.models import AccessGrant, Citizen, ContactAgreement, Relation
from samspil.kernel import clock


@dataclass(frozen=True, slots=True)
class ContactWish:
    """How the citizen wants contact. `every_days` is the wished number of days between contacts, if any."""

    id: UUID
    form: str
    form_words: str
    place: str
    time_of_day: str
    time_words: str
    medium: str
    medium_words: str
    every_days: int | None
    words: str
    agreed_on: dt.date
    agreed_by_name: str

    def __str__(self) -> str:
        """As in "Helst: gå en tur ved havnen, om formiddagen, sms"; a place with a name stands in brackets."""
        place = f"({self.place})" if self.place[:1].isupper() else self.place
        form = " ".join(filter(None, [self.form_words, place]))
        parts = [_lowered(part) for part in (form, self.time_words, self.medium_words)]
        return _("Helst: %(how)s") % {"how": ", ".join(parts)}

    @property
    def in_full(self) -> str:
        """With how often and in the citizen's words, as when two agreements are laid side by side."""
        often = _("højst %(days)d dage imellem") % {"days": self.every_days} if self.every_days else ""
        return ", ".join(filter(None, [str(self), often, f"“{self.words}”" if self.words else ""]))


@dataclass(frozen=True, slots=True)
class RelationView:
    """`kind` is the word for the relation in the reader's language, `kind_code` its code.

    `may_see_case` says whether a grant lets the person see anything at all on the day.
    """

    id: UUID
    name: str
    kind: str
    kind_code: str
    phone: str
    user_id: UUID | None
    may_see_case: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the citizen lives and how to get hold of him or her.

    The place is empty when the address is protected, unless it was asked for by somebody who needs it; `has_place`
    says whether one is known.
    """

    phone: str
    email: str
    address: str
    postcode: str
    town: str
    is_address_protected: bool
    has_place: bool

    @property
    def whole_address(self) -> str:
        return ", ".join(filter(None, [self.address, f"{self.postcode} {self.town}".strip()]))


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def contact_wish(citizen_id: UUID) -> ContactWish | None:
    """The agreement that holds now."""
    row = _newest_agreement.first(citizen_id)
    return wish_of(row) if row is not None else None


@prepared
def _newest_agreement(citizen_id: UUID) -> QuerySet[ContactAgreement]:
    return ContactAgreement.objects.filter(citizen_id=citizen_id).order_by("-agreed_on", "-id")[:1]


def contact_wishes(citizen_id: UUID) -> tuple[ContactWish, ...]:
    """All agreements, newest first: what was wished before stays readable."""
    rows = ContactAgreement.objects.filter(citizen_id=citizen_id).order_by("-agreed_on", "-id")[:20]
    return tuple(wish_of(row) for row in rows)


def wish_of(row: ContactAgreement) -> ContactWish:
    return ContactWish(
        id=row.id,
        form=row.form,
        form_words=str(MeetingForm(row.form).label),
        place=row.place,
        time_of_day=row.time_of_day,
        time_words=str(TimeOfDay(row.time_of_day).label),
        medium=row.medium,
        medium_words=str(Medium(row.medium).label),
        every_days=row.every_days,
        words=row.words,
        agreed_on=row.agreed_on,
        agreed_by_name=row.agreed_by_name,
    )


def wished_days(citizen_ref: str = "citizen_id") -> Subquery:
    """For lists: the wished days between contacts, as a subquery on the row's citizen."""
    newest = ContactAgreement.objects.filter(citizen_id=OuterRef(citizen_ref)).order_by("-agreed_on", "-id")
    return Subquery(newest.values("every_days")[:1])


def relations_of(citizen_id: UUID, *, on: dt.date | None = None) -> tuple[RelationView, ...]:
    """The people around the citizen, by name; on a day, or those who are there until further notice."""
    return tuple(
        RelationView(row_id, name, str(RelationKind(kind).label), kind, phone, user_id, may_see)
        for row_id, name, kind, phone, user_id, may_see in _relations(citizen_id, on, on or clock.today())
    )


@prepared
def _relations(citizen_id: UUID, on: dt.date | None, day: dt.date) -> QuerySet[Relation, tuple[Any, ...]]:
    grants = AccessGrant.objects.filter(relation=OuterRef("pk"), runs__contains=day, taken_back_at__isnull=True)
    rows = Relation.objects.filter(citizen_id=citizen_id).annotate(may_see_case=Exists(grants))
    rows = rows.filter(runs__contains=on) if on is not None else rows.filter(runs__upper_inf=True)
    return rows.order_by("name", "id").values_list("id", "name", "kind", "phone", "user_id", "may_see_case")


def relation_to(user_id: UUID | None, citizen_id: UUID, *, on: dt.date) -> RelationView | None:
    """What this person is to the citizen, if written down; first the one that the citizen lets see the case."""
    own = [row for row in relations_of(citizen_id, on=on) if user_id is not None and row.user_id == user_id]
    return next((row for row in own if row.may_see_case), own[0] if own else None)


def reach_of(citizen_id: UUID, *, is_needed: bool = False) -> Reach:
    """The one place that gives out an address. With `is_needed` also a protected one: whoever asks has checked who
    the reader is, and logs the look. Raises Citizen.DoesNotExist.
    """
    phone, email, *place, is_protected = _reach.get(citizen_id)
    address, postcode, town = place if is_needed or not is_protected else ("", "", "")
    return Reach(phone, email, address, postcode, town, is_address_protected=is_protected, has_place=any(place))


@prepared
def _reach(citizen_id: UUID) -> QuerySet[Citizen, tuple[Any, ...]]:
    fields = ("phone", "email", "address", "postcode", "town", "is_address_protected")
    return Citizen.objects.filter(id=citizen_id).values_list(*fields)


def without_address(text: str, citizen: Citizen) -> str:
    """What was written or received while the address was no secret, as it may be shown now that it is one."""
    if not citizen.is_address_protected or not citizen.address:
        return text
    town = f"{citizen.postcode} {citizen.town}".strip()
    return text.replace(f"{citizen.address}, {town}", _HIDDEN).replace(citizen.address, _HIDDEN)


_HIDDEN = "(adressen er beskyttet)"
"""In records, which are Danish whatever language their reader has."""


def cpr_of(citizen_id: UUID) -> str:
    """The ten digits. Raises Citizen.DoesNotExist. Whoever shows them logs the look."""
    sealed = Citizen.objects.values_list("cpr_sealed", flat=True).get(id=citizen_id)
    return vault.unseal(sealed, row_id=citizen_id)


def find_by_cpr(municipality: int | None, cpr: str) -> UUID | None:
    """The citizen with exactly this number in the municipality. Raises InvalidCpr."""
    indexes = vault.indexes(cpr)
    if municipality is None:
        return None
    rows = Citizen.objects.filter(municipality=municipality, cpr_index__in=indexes)
    return rows.values_list("id", flat=True).first()


def user_of(citizen_id: UUID, *, on: dt.date) -> UUID | None:
    """The citizen's own log-in, if there is one."""
    return _users_of.first(citizen_id, on)


@prepared
def _users_of(citizen_id: UUID, on: dt.date) -> QuerySet[access.RoleAssignment, UUID]:
    return _own_roles(citizen_id, on).values_list("user_id", flat=True)[:1]


def own_log_in(citizen_ref: str = "citizen_id", *, on: dt.date) -> Subquery:
    """The same as a subquery on the row's citizen."""
    return Subquery(_own_roles(OuterRef(citizen_ref), on).values("user_id")[:1])


def _own_roles(citizen_id: Any, on: dt.date) -> QuerySet[access.RoleAssignment]:
    roles = access.RoleAssignment.objects.filter(citizen_id=citizen_id, role=access.Role.CITIZEN)
    return roles.filter(user__is_active=True, runs__contains=on).order_by("id")


def named(words: Iterable[str]) -> QuerySet[Citizen]:
    """For searches: citizens with every word somewhere in the name, in any case; "aa" finds "å"."""
    rows = Citizen.objects.all()
    for word in words:
        rows = rows.filter(name_key__contains=Func(Value(word), function="da_sort", output_field=TextField()))
    return rows
