"""What takes a case away from somebody who would see it, and what opens one for an hour to somebody who would not."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from samspil.contexts.access import enums
from samspil.kernel.ids import new_id


class Conflict(models.Model):
    """Somebody has said to know a citizen privately, and sees nothing of that citizen from then on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField(null=True)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    citizen_id = models.UUIDField()
    case_id = models.UUIDField()
    words = models.CharField(max_length=300)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "citizen_id"], name="conflict_once", condition=Q(ended_at=None))
        ]

    class PersonalData:
        none = ("municipality", "declared_at", "ended_at")
        free_text = ("words",)
        key = ("id", "user", "citizen_id", "case_id")

    def __str__(self) -> str:
        return f"{self.user_id} {self.citizen_id}"


class EmergencyAccess(models.Model):
    """One person has opened one case that was closed to him or her, for a reason and for an hour at most."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    citizen_id = models.UUIDField()
    case_id = models.UUIDField()
    ground = models.CharField(max_length=40)
    words = models.CharField(max_length=300)
    begun_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_on = models.DateField(help_text="The last day of the leader's review.")
    reviewed_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=20, blank=True, choices=enums.Finding.choices)
    finding_words = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="emergency_is_an_hour_at_most",
                condition=Q(until__gt=F("begun_at")) & Q(until__lte=F("begun_at") + dt.timedelta(hours=1)),
            ),
            models.CheckConstraint(
                name="emergency_is_reviewed_whole_by_another",
                condition=Q(reviewed_by=None, reviewed_at=None, finding="")
                | (
                    Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(finding="") & ~Q(reviewed_by=F("user"))
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "until"], name="emergency_running", condition=Q(ended_at=None)),
            models.Index(fields=["municipality", "due_on"], name="emergency_review", condition=Q(reviewed_at=None)),
        ]

    class PersonalData:
        none = ("municipality", "begun_at", "until", "ended_at", "due_on", "reviewed_at", "finding")
        sensitive = ("ground",)
        free_text = ("words", "finding_words")
        key = ("id", "user", "citizen_id", "case_id", "reviewed_by")

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M} {self.ground}"
