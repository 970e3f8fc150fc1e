"""A dispute in a case with the plan for it, and each step on the way."""

import pgtrigger
from django.db import models
from django.db.models import Q

from samspil.contexts.access.api import APPEND_ONLY
from samspil.contexts.cases import api as cases
from samspil.contexts.disputes import enums, rules
from samspil.kernel.ids import new_id


class DisputeQuerySet(cases.CaseBoundQuerySet):
    cut = {cases.Cut.HIDDEN: lambda actor: Q(is_shown_to_citizen=True)}


class Dispute(models.Model):
    """`talks_name` talks with `talks_with` on `talk_on`, in the way they have agreed (`approach`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=enums.DisputeStatus.choices, default=rules.DISPUTE.start)
    status_since = models.DateTimeField()
    between = models.CharField(max_length=200, help_text="Who disagree.")
    about = models.TextField(help_text="What they disagree about, in words that all of them can read.")
    citizen_words = models.TextField(blank=True)
    is_shown_to_citizen = models.BooleanField()
    noted_at = models.DateTimeField()
    noted_by_name = models.CharField(max_length=120)
    talks_name = models.CharField(max_length=120, blank=True)
    talks_with = models.CharField(max_length=200, blank=True)
    talk_on = models.DateField(null=True)
    approach = models.TextField(blank=True)
    follow_up_on = models.DateField(null=True)
    settlement = models.TextField(blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "status"], name="dispute_case")]
        constraints = [
            models.CheckConstraint(name="dispute_says_between_whom", condition=~Q(between="") & ~Q(about="")),
            models.CheckConstraint(
                name="planned_dispute_has_a_plan",
                condition=~Q(status="planned")
                | Q(follow_up_on__isnull=False) & ~Q(talks_name="") & ~Q(talks_with="") & ~Q(approach=""),
            ),
            models.CheckConstraint(name="settled_dispute_says_how", condition=~Q(status="settled") | ~Q(settlement="")),
        ]
        triggers = [
            pgtrigger.Protect(
                name="settled_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="settled"),
            )
        ]

    class PersonalData:
        none = ("municipality", "status", "status_since", "is_shown_to_citizen", "noted_at")
        ordinary = ("noted_by_name", "talks_name", "talk_on", "follow_up_on")
        free_text = ("between", "about", "citizen_words", "talks_with", "approach", "settlement")
        key = ("id", "case")

    def __str__(self) -> str:
        return self.status


class DisputeStep(models.Model):
    """What was planned, found or settled, as it was written then. `next_on` is the day to look again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=enums.StepKind.choices)
    words = models.TextField()
    next_on = models.DateField(null=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["dispute", "at"], name="dispute_step")]
        triggers = APPEND_ONLY

    class PersonalData:
        none = ("municipality", "kind", "at")
        ordinary = ("next_on", "by_name")
        free_text = ("words",)
        key = ("id", "case", "dispute")

    def __str__(self) -> str:
        return self.kind
