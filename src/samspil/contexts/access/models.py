"""Organisations, people and their roles; the two logs that nobody can change."""

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from samspil.contexts.access import enums
from samspil.kernel.ids import new_id


class Organisation(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=enums.OrganisationKind.choices)
    name = models.CharField(max_length=120)
    municipality_code = models.SmallIntegerField(null=True, unique=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="municipality_has_a_code",
                condition=~Q(kind="municipality") | Q(municipality_code__isnull=False),
            )
        ]

    class PersonalData:
        none = ("id", "kind", "name", "municipality_code", "address", "phone")

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="district_once")]

    class PersonalData:
        none = ("id", "municipality", "name")

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    kind = models.CharField(max_length=20, choices=enums.UnitKind.choices)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="unit_once")]

    class PersonalData:
        none = ("id", "organisation", "kind", "name", "description")

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person who logs in. What the person may do follows from the roles, never from this row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    phone_hours = models.CharField(max_length=120, blank=True)
    presentation = models.TextField(blank=True)
    picture = models.CharField(max_length=80, blank=True)
    display_mode = models.CharField(
        max_length=10, choices=enums.DisplayMode.choices, default=enums.DisplayMode.STANDARD
    )
    language = models.CharField(max_length=5, default="da")
    is_active = models.BooleanField(default=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class PersonalData:
        none = ("is_active", "display_mode", "language")
        ordinary = ("name", "title", "phone", "phone_hours", "presentation", "picture", "last_login")
        key = ("id", "username", "password")

    def __str__(self) -> str:
        return self.name


class RoleAssignment(models.Model):
    """A role of a person, from and to a day, in a unit or for a citizen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=30, choices=enums.Role.choices)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    citizen_id = models.UUIDField(null=True, help_text="The citizen that a citizen or relative stands for.")
    runs = DateRangeField()

    class Meta:
        indexes = [models.Index(fields=["citizen_id"], name="role_citizen")]
        constraints = [
            models.CheckConstraint(
                name="citizen_roles_name_a_citizen",
                condition=Q(role__in=["citizen", "relative"], citizen_id__isnull=False)
                | (~Q(role__in=["citizen", "relative"]) & Q(organisation__isnull=False)),
            )
        ]

    class PersonalData:
        none = ("role", "runs", "organisation", "unit", "district")
        key = ("id", "user", "citizen_id")

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


APPEND_ONLY = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class AccessLogEntry(models.Model):
    """Every look at a person: who, in which role, what, why. No foreign keys, so that it outlives all else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    municipality = models.SmallIntegerField(null=True)
    user_id = models.UUIDField(null=True)
    user_name = models.CharField(max_length=120)
    user_title = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=30, blank=True)
    organisation_name = models.CharField(max_length=120, blank=True)
    citizen_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    what = models.CharField(max_length=60)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["citizen_id", "-at"], name="look_citizen_at")]
        triggers = APPEND_ONLY

    class PersonalData:
        none = ("at", "municipality", "role", "what")
        ordinary = ("user_name", "user_title", "organisation_name")
        free_text = ("why",)
        key = ("id", "user_id", "citizen_id", "case_id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"


class Event(models.Model):
    """What happened: one row per command, written in its transaction."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    municipality = models.SmallIntegerField(null=True)
    user_id = models.UUIDField(null=True)
    user_name = models.CharField(max_length=120)
    side = models.CharField(max_length=12)
    kind = models.CharField(max_length=60)
    case_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case_id", "-at"], name="event_case_at")]
        triggers = APPEND_ONLY

    class PersonalData:
        none = ("at", "municipality", "side", "kind", "subject")
        ordinary = ("user_name",)
        free_text = ("data",)
        key = ("id", "user_id", "case_id", "subject_id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"


class Receipt(models.Model):
    """A form that has been carried out: the same form sent again gets the same answer and no second effect."""

    key = models.UUIDField(primary_key=True)
    user_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    location = models.CharField(max_length=400)

    class Meta:
        indexes = [models.Index(fields=["at"], name="receipt_at")]

    class PersonalData:
        none = ("at", "location")
        key = ("key", "user_id")

    def __str__(self) -> str:
        return self.location
