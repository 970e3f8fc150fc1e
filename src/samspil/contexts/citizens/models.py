"""The person at the centre, the people around, and how the person wants to be met."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat

from samspil.contexts.access import api as access
from samspil.contexts.citizens import enums
from samspil.kernel.ids import new_id

if TYPE_CHECKING:
    from uuid import UUID


WHOLE_NAME = Concat(F("first_name"), Value(" "), F("last_name"))


class Citizen(models.Model):
    """A citizen of one municipality. Loading goes through the case, whose `visible_to` decides."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    district = models.ForeignKey(access.District, null=True, on_delete=models.PROTECT, related_name="+")
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=80)
    born_on = models.DateField()
    cpr_sealed = models.BinaryField()
    cpr_index = models.BinaryField(max_length=32)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=80, blank=True)
    is_address_protected = models.BooleanField(default=False)
    phone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=120, blank=True)
    name_key = models.GeneratedField(
        expression=Func(WHOLE_NAME, function="da_sort"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
        help_text="The whole name in lower case, in Danish order; also what searches look in.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "cpr_index"], name="one_citizen_per_cpr")]
        indexes = [
            models.Index(fields=["municipality", "name_key"], name="citizen_name_order"),
            GinIndex(OpClass(F("name_key"), name="gin_trgm_ops"), name="citizen_name_search"),
        ]

    class PersonalData:
        none = ("municipality", "district", "is_address_protected")
        ordinary = ("first_name", "last_name", "born_on", "address", "postcode", "town", "phone", "email", "name_key")
        sensitive = ("cpr_sealed", "cpr_index")
        key = ("id",)

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Relation(models.Model):
    """Somebody around the citizen. What that person may see is a `AccessGrant`; without one it is nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="relations")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=enums.RelationKind.choices)
    phone = models.CharField(max_length=30, blank=True)
    user_id = models.UUIDField(null=True)
    runs = DateRangeField()

    class Meta:
        indexes = [models.Index(fields=["user_id"], name="relation_user")]

    class PersonalData:
        none = ("municipality", "runs")
        ordinary = ("name", "kind", "phone")
        key = ("id", "citizen", "user_id")

    def __str__(self) -> str:
        return self.name


class GrantQuerySet(models.QuerySet["AccessGrant"]):
    def held_by(self, user_id: "UUID | None", on: object, *, scope: enums.Scope | None = None) -> Self:
        """Those that let somebody in on a day, with `scope` only those that hold it. The one place that decides."""
        held = self.filter(
            relation__user_id=user_id,
            relation__runs__contains=on,
            runs__contains=on,
            taken_back_at__isnull=True,
        )
        return held if scope is None else held.filter(scopes__contains=[scope.value])


class AccessGrant(models.Model):
    """What one person may see and do in the citizen's room, for a while, and on what that rests.

    A changed choice is written over, and the event log keeps what it was. Taken back it stays as history.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="grants")
    relation = models.ForeignKey(Relation, on_delete=models.PROTECT, related_name="grants")
    kind = models.CharField(max_length=20, choices=enums.GrantKind.choices)
    matters = ArrayField(models.CharField(max_length=20), default=list, help_text="Of a guardianship or future power.")
    scopes = ArrayField(models.CharField(max_length=20))
    runs = DateRangeField()
    source = models.CharField(max_length=20, choices=enums.GrantSource.choices)
    document = models.CharField(max_length=120, blank=True, help_text="The power or decree, as it can be found again.")
    chosen_by_name = models.CharField(max_length=120, help_text="Who wrote the choice down: the citizen or staff.")
    chosen_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by_name = models.CharField(max_length=120, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["citizen", "-chosen_at"], name="grant_citizen")]
        constraints = [
            ExclusionConstraint(
                name="one_grant_of_a_kind_at_a_time",
                expressions=[
                    ("relation", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("runs", RangeOperators.OVERLAPS),
                ],
                condition=Q(taken_back_at__isnull=True),
            ),
            models.CheckConstraint(name="grant_holds_something", condition=Q(scopes__len__gt=0)),
            models.CheckConstraint(
                name="grant_by_law_names_its_matter",
                condition=~Q(kind__in=["guardian", "future_power"]) | Q(matters__len__gt=0),
            ),
            models.CheckConstraint(
                name="grant_taken_back_by_somebody",
                condition=Q(taken_back_at__isnull=True, taken_back_by_name="")
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_by_name="")),
            ),
        ]

    class PersonalData:
        none = ("municipality", "scopes", "runs", "chosen_at", "taken_back_at")
        ordinary = ("source", "document", "chosen_by_name", "taken_back_by_name")
        sensitive = ("kind", "matters")
        key = ("id", "citizen", "relation")

    def __str__(self) -> str:
        return f"{self.kind} {self.relation_id}"


class ContactAgreement(models.Model):
    """How the citizen wants contact (B4). A new agreement follows the old one; nothing is overwritten."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="contact_agreements")
    form = models.CharField(max_length=20, choices=enums.MeetingForm.choices)
    place = models.CharField(max_length=120, blank=True)
    time_of_day = models.CharField(max_length=20, choices=enums.TimeOfDay.choices)
    medium = models.CharField(max_length=20, choices=enums.Medium.choices)
    every_days = models.PositiveSmallIntegerField(null=True, help_text="Wished days between contacts.")
    words = models.CharField(max_length=300, blank=True)
    agreed_on = models.DateField()
    agreed_by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["citizen", "-agreed_on"], name="contact_agreement_newest")]

    class PersonalData:
        none = ("municipality", "agreed_on")
        ordinary = ("form", "place", "time_of_day", "medium", "every_days", "agreed_by_name")
        free_text = ("words",)
        key = ("id", "citizen")

    def __str__(self) -> str:
        return self.form
