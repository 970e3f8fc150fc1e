"""A deadline that runs in a case, and each change of its day."""

from django.db import models
from django.db.models import Q

from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.deadlines import enums, rules
from samspil.kernel.ids import new_id


class DeadlineQuerySet(cases.CaseBoundQuerySet):
    cut = {cases.Cut.HIDDEN: lambda actor: Q(is_shown_to_citizen=True)}


class Deadline(models.Model):
    """From a day to a last day, by one row of the law: the row stays, so that the day can always be explained.

    `subject_id` is what it is about above this context (a decision, a hearing, a complaint). `acts_on` is the next day
    on which a worker acts; it is claimed by compare-and-set and empty when nobody has to.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True)
    rule = models.ForeignKey(catalogue.Provision, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=enums.DeadlineStatus.choices, default=enums.DeadlineStatus.OPEN)
    turn = models.CharField(max_length=12)
    is_shown_to_citizen = models.BooleanField()
    from_on = models.DateField()
    due_on = models.DateField()
    acts_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "about", "subject_id"],
                condition=Q(status__in=rules.RUNNING),
                nulls_distinct=False,
                name="deadline_runs_once",
            ),
            models.CheckConstraint(
                name="deadline_waits_only_while_open", condition=Q(status="open") ^ Q(acts_on__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["acts_on", "id"], name="deadline_acts", condition=Q(status="open")),
            models.Index(fields=["case", "status", "due_on"], name="deadline_case"),
            models.Index(fields=["subject_id"], name="deadline_subject", condition=Q(subject_id__isnull=False)),
        ]

    class PersonalData:
        none = ("municipality", "rule", "turn", "is_shown_to_citizen", "acts_on", "opened_at", "warned_at", "ended_at")
        sensitive = ("kind", "about", "status", "from_on", "due_on")
        key = ("id", "case", "subject_id")

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"


class DeadlineChange(models.Model):
    """A day that was moved or counted anew: what it was, what it became, why and by whom. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)
    why = models.TextField()
    old_from_on = models.DateField()
    new_from_on = models.DateField()
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    old_rule = models.ForeignKey(catalogue.Provision, on_delete=models.PROTECT, related_name="+")
    new_rule = models.ForeignKey(catalogue.Provision, on_delete=models.PROTECT, related_name="+")

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["deadline", "at"], name="deadline_change")]

    class PersonalData:
        none = ("municipality", "at", "old_rule", "new_rule")
        ordinary = ("by_name",)
        sensitive = ("old_from_on", "new_from_on", "old_due_on", "new_due_on")
        free_text = ("why",)
        key = ("id", "case", "deadline")

    def __str__(self) -> str:
        return f"{self.old_due_on} -> {self.new_due_on}"
