"""The person at the centre, the people around, and how the person wants to be met."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Value
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


class RelationQuerySet(models.QuerySet["Relation"]):
    def of_citizens_seen_by_relative(self, user_id: "UUID | None", on: object) -> Self:
        return self.filter(user_id=user_id, may_see_case=True, runs__contains=on)


class Relation(models.Model):
    """Somebody around the citizen, and what the citizen lets that person see."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="relations")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=enums.RelationKind.choices)
    phone = models.CharField(max_length=30, blank=True)
    user_id = models.UUIDField(null=True)
    may_see_case = models.BooleanField(default=False)
    runs = DateRangeField()

    objects = RelationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user_id"], name="relation_user")]

    class PersonalData:
        none = ("municipality", "may_see_case", "runs")
        ordinary = ("name", "kind", "phone")
        key = ("id", "citizen", "user_id")

    def __str__(self) -> str:
        return self.name


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
