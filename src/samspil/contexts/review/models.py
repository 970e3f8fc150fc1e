"""What was drawn from the access log, and what was found about it."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import APPEND_ONLY, Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.review import enums
from samspil.kernel.ids import new_id


class ReviewQuerySet(cases.CaseBoundQuerySet):
    """The whole municipality, for those who review its log."""

    def seen_through(self, actor: Actor, row: cases.Row) -> Self:
        if row.capability not in actor.capabilities or actor.municipality is None:
            return self.none()
        return self.filter(municipality=actor.municipality)


class Thresholds(models.Model):
    """What a municipality holds for unusual, from a day on. `thresholds.toml` holds for all others."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=200)
    sample_size = models.PositiveSmallIntegerField()
    volume_factor = models.PositiveSmallIntegerField(help_text="So many times the person's own usual number.")
    volume_least = models.PositiveSmallIntegerField(help_text="Fewer citizens in a day are never too many.")
    numbers_least = models.PositiveSmallIntegerField(help_text="Fewer CPR numbers looked up in a day are never many.")
    usual_days = models.PositiveSmallIntegerField(help_text="The usual number is that of so many days back.")
    night_begins = models.PositiveSmallIntegerField(help_text="The hour of the clock.")
    night_ends = models.PositiveSmallIntegerField()
    surname_most = models.PositiveSmallIntegerField(help_text="A name that more citizens have says nothing.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "valid_from"], name="thresholds_once"),
        ]

    class PersonalData:
        none = (
            "id", "municipality", "valid_from", "source", "sample_size", "volume_factor", "volume_least",
            "numbers_least", "usual_days", "night_begins", "night_ends", "surname_most",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.municipality} {self.valid_from}"


class ReviewItem(models.Model):
    """One person's looks at one citizen on one day; at all citizens when the number is what was unusual."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    month = models.DateField()
    user_id = models.UUIDField()
    user_name = models.CharField(max_length=120)
    user_title = models.CharField(max_length=80, blank=True)
    organisation_name = models.CharField(max_length=120, blank=True)
    citizen_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    seen_on = models.DateField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField()
    what = ArrayField(models.CharField(max_length=60))
    purposes = ArrayField(models.CharField(max_length=20, choices=access.Purpose.choices), default=list)
    why = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField()
    reasons = ArrayField(models.CharField(max_length=20, choices=enums.Reason.choices))
    figures = models.JSONField(default=dict, help_text="How many citizens, how many usually, how many numbers.")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "month", "user_id", "citizen_id", "seen_on"],
                nulls_distinct=False,
                name="review_item_once",
            )
        ]
        triggers = APPEND_ONLY

    class PersonalData:
        none = ("municipality", "month", "what", "purposes", "is_sample", "reasons", "figures", "times")
        ordinary = ("user_name", "user_title", "organisation_name", "seen_on", "first_at", "last_at")
        free_text = ("why",)
        key = ("id", "user_id", "citizen_id", "case_id")

    def __str__(self) -> str:
        return f"{self.seen_on} {self.user_name}"


class Finding(models.Model):
    """What a leader found about an item. A correction is a new one that supersedes it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="findings")
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    outcome = models.CharField(max_length=10, choices=enums.Outcome.choices)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(access.User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(supersedes__isnull=True), name="one_first_finding")
        ]
        triggers = APPEND_ONLY

    class PersonalData:
        none = ("municipality", "outcome", "at")
        ordinary = ("by", "by_name")
        free_text = ("words",)
        key = ("id", "item", "supersedes")

    def __str__(self) -> str:
        return self.outcome
