"""The case and who takes part in it. `visible_to` here is the only way in; all other contexts inherit it."""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import and_, or_
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import enums, sight
from samspil.contexts.cases.sight import Cut, Limit, Needed, Row, Tie, Way
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import Scope
from samspil.kernel.ids import new_id


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor, scope: Scope | None = None) -> Self:
        """The cases this actor has business with on the actor's day: those that a way of `sight.WAYS` leads to.

        `scope` is what a relative must have been let see; the others are not asked for it. An actor who reads on in
        cases that were found already sees those, and no others.
        """
        if actor.found_in:
            return self.filter(_is_found(actor, "id"))
        found = [led for way in sight.ways_of(actor.side) if (led := _led(way, actor, scope)) is not None]
        return self.filter(reduce(or_, found)) if found else self.none()

    def acted_on_by(self, actor: Actor, scope: Scope | None = None) -> Self:
        """For commands: what the actor sees; Samspil itself carries over into all cases of its municipality."""
        if actor.side == Side.SYSTEM:
            return self.filter(municipality=actor.municipality)
        return self.visible_to(actor, scope)

    def of_family(self, actor: Actor) -> Self:
        return self.filter(_family(actor))


def _led(way: Way, actor: Actor, scope: Scope | None) -> Q | None:
    """The cases a way leads an actor to; None when it leads this actor, or to a page like this one, nowhere."""
    if not way.serves(actor.other_purpose):
        return None
    tied = _TIES[way.tie](actor, scope)
    if tied is None:
        return None
    limits = [closed for limit in way.limits if (closed := _LIMITS[limit](actor, way)) is not None]
    return reduce(and_, limits, tied)


def _area(actor: Actor, scope: Scope | None) -> Q:
    return Q(district_id__one_of=actor.district_ids) if actor.district_ids else Q()


def _emergency(actor: Actor, scope: Scope | None) -> Q | None:
    return Q(id__one_of=actor.emergency_case_ids) if actor.emergency_case_ids else None


def _part(actor: Actor, scope: Scope | None) -> Q | None:
    return None if actor.organisation_id is None else Q(Exists(_parts_of(actor, actor.organisation_id)))


def _parts_of(actor: Actor, organisation_id: UUID) -> models.QuerySet["Participation"]:
    parts = Participation.objects.filter(case=OuterRef("pk"), organisation_id=organisation_id, runs__contains=actor.on)
    return parts.filter(Q(unit_id__one_of=actor.unit_ids) | Q(unit_id__isnull=True)) if actor.unit_ids else parts


def _self(actor: Actor, scope: Scope | None) -> Q:
    return Q(citizen_id=actor.citizen_id)


def _grant(actor: Actor, scope: Scope | None) -> Q:
    let = citizens.AccessGrant.objects.held_by(actor.user_id, actor.on, scope=scope)
    return Q(citizen_id=actor.citizen_id, citizen_id__in=let.values("citizen_id"))


def _let_in(actor: Actor, way: Way) -> Q:
    named = Q(user_id=actor.user_id)
    if actor.unit_ids:
        named |= Q(unit_id__one_of=actor.unit_ids)
    listed = Listing.objects.filter(named, case=OuterRef("pk"))
    return Q(is_restricted=False) | Q(coordinator_id=actor.user_id) | Q(Exists(listed))


def _family(actor: Actor) -> Q:
    """Relatives by the register, oneself, and those one has said to know."""
    related = citizens.Relation.objects.filter(user_id=actor.user_id, runs__contains=actor.on)
    family = Q(citizen_id__in=related.values("citizen_id"))
    return family | Q(citizen_id__one_of=actor.barred_citizen_ids) if actor.barred_citizen_ids else family


def _no_colleague(actor: Actor, way: Way) -> Q | None:
    if not actor.colleague_citizen_ids:
        return None
    is_needed = Q(coordinator_id=actor.user_id)
    if way.needs == Needed.CONTACT and actor.organisation_id is not None:
        is_needed = Q(Exists(_parts_of(actor, actor.organisation_id).filter(contact_id=actor.user_id)))
    return ~Q(citizen_id__one_of=actor.colleague_citizen_ids) | is_needed


_TIES: dict[Tie, Callable[[Actor, Scope | None], Q | None]] = {
    Tie.AREA: _area,
    Tie.EMERGENCY: _emergency,
    Tie.PART: _part,
    Tie.SELF: _self,
    Tie.GRANT: _grant,
}
_LIMITS: dict[Limit, Callable[[Actor, Way], Q | None]] = {
    Limit.HOME: lambda actor, way: Q(municipality=actor.municipality),
    Limit.CLEARANCE: lambda actor, way: Q(sensitivity__lte=actor.clearance),
    Limit.LIST: _let_in,
    Limit.FAMILY: lambda actor, way: ~_family(actor),
    Limit.COLLEAGUE: _no_colleague,
}


class Case(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    number = models.CharField(max_length=20)
    citizen = models.ForeignKey(citizens.Citizen, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(access.District, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=20, choices=enums.Area.choices)
    status = models.CharField(max_length=20, choices=enums.CaseStatus.choices, default=enums.CaseStatus.ENQUIRY)
    status_since = models.DateTimeField()
    coordinator = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    last_contact_on = models.DateField(null=True)
    follow_up_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    sensitivity = models.SmallIntegerField(
        choices=access.Sensitivity.choices,
        default=access.Sensitivity.SENSITIVE,
        db_default=access.Sensitivity.SENSITIVE,
    )
    is_restricted = models.BooleanField(
        default=False, db_default=False, help_text="At the authority only the coordinator and those listed see it."
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "number"], name="case_number_once")]
        indexes = [
            models.Index(fields=["municipality", "coordinator", "status"], name="case_coordinator"),
            models.Index(fields=["municipality", "district", "status"], name="case_district"),
            models.Index(fields=["citizen"], name="case_citizen"),
            models.Index(fields=["municipality", "follow_up_on"], name="case_follow_up", condition=~Q(status="closed")),
        ]

    class PersonalData:
        none = ("municipality", "number", "version", "sensitivity", "is_restricted")
        ordinary = ("district", "coordinator", "opened_on", "closed_on", "last_contact_on", "follow_up_on")
        sensitive = ("area", "status", "status_since")
        key = ("id", "citizen")

    def __str__(self) -> str:
        return self.number


class CaseCounter(models.Model):
    """The last case number given out in a municipality in a year, so that two cases never get the same."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    year = models.SmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "year"], name="one_counter_per_year")]

    class PersonalData:
        none = ("id", "municipality", "year", "last")

    def __str__(self) -> str:
        return f"{self.municipality} {self.year}: {self.last}"


def in_seen(actor: Actor, scope: Scope | None = None, *, through: str = "case") -> Q:
    """Rows whose case, along `through`, the actor sees."""
    if actor.found_in:
        return _is_found(actor, f"{through}_id")
    return Q(**{f"{through}__in": Case.objects.visible_to(actor, scope)})


def _is_found(actor: Actor, key: str) -> Q:
    return Q(**{key if isinstance(actor.found_in, UUID) else f"{key}__one_of": actor.found_in})


class CaseBoundQuerySet(models.QuerySet[Any]):
    """Rows that are seen through something else: what, by whom and with what left out stands in `sight.ROWS`.

    `cut` says in SQL what the words of the table leave. Rows that name no scope are not for relatives.
    """

    cut: ClassVar[Mapping[Cut, Callable[[Actor], Q]]] = {}

    def visible_to(self, actor: Actor) -> Self:
        row = sight.ROWS[self.model._meta.label_lower]
        if not row.is_for(actor.side):
            return self.none()
        seen = self.seen_through(actor, row)
        for cut in row.cuts_for(actor.side):
            seen = seen.filter(self.cut[cut](actor))
        return seen

    def seen_through(self, actor: Actor, row: Row) -> Self:
        return self.filter(in_seen(actor, row.scope, through=row.through))


class Listing(models.Model):
    """A person or a team let into a restricted case by name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(access.Unit, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseBoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], name="listed_person_once"),
            models.UniqueConstraint(fields=["case", "unit"], name="listed_team_once"),
            models.CheckConstraint(
                name="listing_names_a_person_or_a_team", condition=Q(user__isnull=True) ^ Q(unit__isnull=True)
            ),
        ]

    class PersonalData:
        none = ("municipality",)
        ordinary = ("user", "unit")
        key = ("id", "case")

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id or self.unit_id}"


class Participation(models.Model):
    """An organisation (or one of its teams) that has a part in a case for a period."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(access.Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(access.Unit, null=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    runs = DateRangeField()

    objects = CaseBoundQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "organisation"], name="participation_case"),
            models.Index(fields=["organisation", "unit"], name="participation_org"),
        ]

    class PersonalData:
        none = ("municipality", "runs")
        ordinary = ("organisation", "unit", "contact")
        key = ("id", "case")

    def __str__(self) -> str:
        return f"{self.case_id} {self.organisation_id}"


def _within_reach(actor: Actor) -> Q:
    seen = Q(case__isnull=True) | Q(Exists(Case.objects.visible_to(actor).filter(pk=OuterRef("case_id"))))
    if not actor.district_ids:
        return seen
    return seen & (Q(district_id__one_of=actor.district_ids) | Q(district_id__isnull=True))


class ReferralQuerySet(CaseBoundQuerySet):
    cut = {Cut.BEYOND_THE_CASE: _within_reach}

    def seen_through(self, actor: Actor, row: Row) -> Self:
        return self.filter(municipality=actor.municipality)


class Referral(models.Model):
    """A first contact with its status: what was tried, what worked, what did not (O2)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    district = models.ForeignKey(access.District, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=enums.ReferralStatus.choices, default="received")
    source = models.CharField(max_length=20, choices=enums.ReferralSource.choices)
    area = models.CharField(max_length=20, choices=enums.Area.choices)
    from_name = models.CharField(max_length=120, blank=True)
    from_phone = models.CharField(max_length=30, blank=True)
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=80)
    cpr_sealed = models.BinaryField(null=True)
    phone = models.CharField(max_length=30, blank=True)
    about = models.TextField()
    citizen_words = models.TextField(blank=True)
    tried = models.TextField(blank=True)
    worked = models.TextField(blank=True)
    did_not_work = models.TextField(blank=True)
    citizen_agrees = models.BooleanField(null=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="referrals")
    outcome = models.TextField(blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["municipality", "status", "received_at"], name="referral_inbox")]

    class PersonalData:
        none = ("municipality", "district", "status", "received_at", "received_by")
        ordinary = ("first_name", "last_name", "phone", "from_name", "from_phone", "citizen_agrees")
        sensitive = ("cpr_sealed", "source", "area")
        free_text = ("about", "citizen_words", "tried", "worked", "did_not_work", "outcome")
        key = ("id", "case")

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class TaskQuerySet(CaseBoundQuerySet):
    cut = {Cut.HIDDEN: lambda actor: Q(is_hidden=False)}

    def open_to(self, actor: Actor) -> Self:
        """Without those that follow from words which the citizen does not see, for the citizen and relatives."""
        return self.filter(is_hidden=False) if actor.side in {Side.CITIZEN, Side.RELATIVE} else self


class Task(models.Model):
    """Something that somebody has promised to do by a day. Owners are people with or without a log-in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    text = models.CharField(max_length=400)
    owner = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=120)
    owner_side = models.CharField(max_length=12)
    due_on = models.DateField(null=True)
    status = models.CharField(max_length=12, choices=enums.TaskStatus.choices, default=enums.TaskStatus.OPEN)
    done_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=12, choices=enums.TaskSource.choices)
    source_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    is_hidden = models.BooleanField(
        db_default=False, default=False, help_text="Follows from words that the citizen does not see."
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="task_has_an_owner", condition=~Q(owner_name=""))]
        indexes = [
            models.Index(fields=["owner", "due_on"], name="task_due", condition=Q(status="open")),
            models.Index(fields=["case", "status", "due_on"], name="task_case"),
            models.Index(fields=["source_id"], name="task_source", condition=Q(source_id__isnull=False)),
        ]

    class PersonalData:
        none = ("municipality", "status", "due_on", "done_at", "source", "created_at", "owner_side", "is_hidden")
        ordinary = ("owner", "owner_name")
        free_text = ("text",)
        key = ("id", "case", "source_id")

    def __str__(self) -> str:
        return self.text
