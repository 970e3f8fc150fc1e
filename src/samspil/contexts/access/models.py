"""Organisations, people and their roles; the two logs that nobody can change."""

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from samspil.contexts.access import enums
from samspil.contexts.access.exceptions_to_sight import Conflict as Conflict
from samspil.contexts.access.exceptions_to_sight import EmergencyAccess as EmergencyAccess
from samspil.contexts.access.rules import LOOKED_UP, STOPPED
from samspil.kernel.ids import new_id


class Organisation(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=enums.OrganisationKind.choices)
    name = models.CharField(max_length=120)
    municipality_code = models.SmallIntegerField(null=True, unique=True)
    cvr = models.CharField(max_length=8, null=True, unique=True, help_text="Its number in the register of businesses.")
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
        none = ("id", "kind", "name", "municipality_code", "cvr", "address", "phone")

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    name = models.CharField(max_length=80)
    org_unit = models.UUIDField(null=True, unique=True, help_text="Its id in the municipality's own organisation data.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="district_once")]

    class PersonalData:
        none = ("id", "municipality", "name", "org_unit")

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    kind = models.CharField(max_length=20, choices=enums.UnitKind.choices)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    org_unit = models.UUIDField(null=True, unique=True, help_text="Its id in the organisation's own data.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="unit_once")]

    class PersonalData:
        none = ("id", "organisation", "kind", "name", "description", "org_unit")

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


COLLEAGUES = pgtrigger.Trigger(
    name="colleagues",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        update access_roleassignment own set works_here_too = true
        where own.user_id = new.user_id and own.role = 'citizen' and not own.works_here_too and exists (
            select from access_roleassignment staff
            where staff.user_id = new.user_id and staff.role not in ('citizen', 'relative')
        );
        return null;
    """,
)
"""So that the few citizens who are colleagues are found without looking through everybody at every request."""


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
    clearance = models.SmallIntegerField(
        choices=enums.Sensitivity.choices,
        default=enums.Sensitivity.SENSITIVE,
        db_default=enums.Sensitivity.SENSITIVE,
        help_text="The highest sensitivity of a case that the role may see.",
    )
    works_here_too = models.BooleanField(
        default=False,
        db_default=False,
        help_text="A citizen's own role whose person also has a role as staff. The database keeps it.",
    )

    class Meta:
        indexes = [
            models.Index(fields=["citizen_id"], name="role_citizen"),
            models.Index(fields=["user"], name="role_of_colleague", condition=Q(works_here_too=True)),
        ]
        triggers = [COLLEAGUES]
        constraints = [
            models.CheckConstraint(
                name="citizen_roles_name_a_citizen",
                condition=Q(role__in=["citizen", "relative"], citizen_id__isnull=False)
                | (~Q(role__in=["citizen", "relative"]) & Q(organisation__isnull=False)),
            )
        ]

    class PersonalData:
        none = ("role", "runs", "organisation", "unit", "district", "clearance", "works_here_too")
        key = ("id", "user", "citizen_id")

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class LoginIdentity(models.Model):
    """Somebody as one identity provider knows them: (issuer, subject), never a CPR number or an address.

    Without a user it is somebody who came and was not known; the act of linking them is in the event log.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="identities")
    met_at = models.DateTimeField()
    linked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once"),
            models.CheckConstraint(
                name="identity_linked_with_a_day", condition=Q(user__isnull=True) | Q(linked_at__isnull=False)
            ),
        ]

    class PersonalData:
        none = ("issuer", "met_at", "linked_at")
        key = ("id", "subject", "user")

    def __str__(self) -> str:
        return str(self.id)


class Login(models.Model):
    """One log-in, so that the person and the provider can end it. Gone with the session it opened.

    Without an identity and a hint it was made in the demo, where nobody comes through a provider.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="logins")
    identity = models.ForeignKey(LoginIdentity, null=True, on_delete=models.CASCADE, related_name="logins")
    sid = models.CharField(max_length=255, blank=True, help_text="The provider's name for its own session.")
    session_key = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    hint_sealed = models.BinaryField(null=True, help_text="What the provider wants back at log-out, sealed.")

    class Meta:
        indexes = [
            models.Index(fields=["sid"], name="login_sid"),
            models.Index(fields=["session_key"], name="login_session"),
            models.Index(fields=["opened_at"], name="login_opened"),
        ]

    class PersonalData:
        none = ("opened_at",)
        sensitive = ("hint_sealed",)
        key = ("id", "user", "identity", "sid", "session_key")

    def __str__(self) -> str:
        return str(self.id)


class LoginAttempt(models.Model):
    """Somebody on the way to a provider and back. Used once; what it holds opens only with the browser's own key."""

    state_hash = models.BinaryField(max_length=32, primary_key=True)
    content_sealed = models.BinaryField()
    begun_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["begun_at"], name="attempt_begun")]

    class PersonalData:
        none = ("begun_at",)
        sensitive = ("content_sealed",)
        key = ("state_hash",)

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"


class SpentToken(models.Model):
    """A log-out token that has had its effect; the same one again is refused."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    issuer = models.CharField(max_length=200)
    token_hash = models.BinaryField(max_length=32)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "token_hash"], name="token_spent_once")]
        indexes = [models.Index(fields=["until"], name="spent_until")]

    class PersonalData:
        none = ("issuer", "until")
        key = ("id", "token_hash")

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d %H:%M}"


APPEND_ONLY = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class AccessLogEntry(models.Model):
    """Every look at a person: who, in which role, what, for what, why. No foreign keys: it outlives all else."""

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
    purpose = models.CharField(
        max_length=20, choices=enums.Purpose.choices, null=True, help_text="Lines from before it was written have none."
    )

    class Meta:
        indexes = [
            models.Index(fields=["citizen_id", "-at"], name="look_citizen_at"),
            BrinIndex(fields=["at"], name="look_at"),
        ]
        triggers = APPEND_ONLY

    class PersonalData:
        none = ("at", "municipality", "role", "what", "purpose")
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
        indexes = [
            models.Index(fields=["case_id", "-at"], name="event_case_at"),
            models.Index(
                fields=["user_id", "-at"], name="event_lookups", condition=Q(kind=LOOKED_UP) | Q(kind=STOPPED)
            ),
        ]
        triggers = APPEND_ONLY

    class PersonalData:
        none = ("at", "municipality", "side", "kind", "subject")
        ordinary = ("user_name",)
        free_text = ("data",)
        key = ("id", "user_id", "case_id", "subject_id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"


class Link(models.Model):
    """Binds a line of a log to the one before it. Written by the database itself: migration `log_chain`."""

    entry_id = models.UUIDField(primary_key=True)
    log = models.CharField(max_length=5, choices=enums.Log.choices)
    chain = models.SmallIntegerField(help_text="The municipality's code; 0 for lines without one.")
    place = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "chain", "place"], name="link_once")]
        triggers = APPEND_ONLY

    class PersonalData:
        none = ("log", "chain", "place", "hash")
        key = ("entry_id",)

    def __str__(self) -> str:
        return f"{self.log} {self.chain} {self.place}"


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
