"""What somebody needs, and how it was examined: rows of the authority's own work."""

from django.db import models

from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import enums
from samspil.kernel.ids import new_id

QUOTES = "Quotes as they read when they were picked: list of {id, kind, text, on, by}."


class CaseRow(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Coverage(CaseRow):
    """Which of the two acts the citizen comes under, by the questions of the first switch. The newest counts."""

    law = models.CharField(max_length=10)
    yes = models.JSONField(default=list, help_text="Keys of the questions that were answered with yes.")
    words = models.TextField()
    assessed_at = models.DateTimeField()
    assessed_by_name = models.CharField(max_length=120)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "-assessed_at"], name="coverage_newest")]

    class PersonalData:
        none = ("municipality", "assessed_at")
        ordinary = ("assessed_by_name",)
        sensitive = ("law", "yes")
        free_text = ("words",)
        key = ("id", "case")

    def __str__(self) -> str:
        return self.law


class Need(CaseRow):
    """What somebody needs, in his or her own words, whatever help might be the answer."""

    title = models.CharField(max_length=200)
    citizen_words = models.JSONField(default=list, help_text=QUOTES)
    theme = models.ForeignKey(catalogue.Concept, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=enums.Channel.choices)
    asked_on = models.DateField(help_text="When the authority heard of it: deadlines run from this day.")
    status = models.CharField(max_length=10, choices=enums.NeedStatus.choices, default="open")
    status_since = models.DateTimeField()
    basis = models.CharField(max_length=40, blank=True, help_text="Key of the legal basis it is examined under.")
    about_grant = models.ForeignKey(
        "decisions.Grant", null=True, on_delete=models.PROTECT, related_name="+", help_text="Running help to look at."
    )
    end_words = models.TextField(blank=True)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "status"], name="need_case")]

    class PersonalData:
        none = ("municipality", "channel", "status", "status_since")
        ordinary = ("asked_on",)
        sensitive = ("theme", "basis")
        free_text = ("title", "citizen_words", "end_words")
        key = ("id", "case", "about_grant")

    def __str__(self) -> str:
        return self.title


class FunnelStep(CaseRow):
    """What one step of the funnel can do for a need, and why."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=16, choices=enums.Step.choices)
    finding = models.CharField(max_length=10, choices=enums.StepFinding.choices)
    words = models.TextField(blank=True)
    quotes = models.JSONField(default=list, help_text=QUOTES)
    answered_at = models.DateTimeField()
    answered_by_name = models.CharField(max_length=120)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "step"], name="funnel_step_once")]

    class PersonalData:
        none = ("municipality", "answered_at")
        ordinary = ("answered_by_name",)
        sensitive = ("step", "finding")
        free_text = ("words", "quotes")
        key = ("id", "case", "need")

    def __str__(self) -> str:
        return self.step


class Criterion(CaseRow):
    """Whether a criterion of the legal basis is met, on what evidence."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="criteria")
    basis = models.CharField(max_length=40)
    criterion = models.CharField(max_length=60)
    finding = models.CharField(max_length=12, choices=enums.CriterionFinding.choices)
    words = models.TextField(blank=True)
    quotes = models.JSONField(default=list, help_text=QUOTES)
    answered_at = models.DateTimeField()
    answered_by_name = models.CharField(max_length=120)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "basis", "criterion"], name="criterion_once")]

    class PersonalData:
        none = ("municipality", "answered_at")
        ordinary = ("answered_by_name",)
        sensitive = ("basis", "criterion", "finding")
        free_text = ("words", "quotes")
        key = ("id", "case", "need")

    def __str__(self) -> str:
        return self.criterion


class Delimitation(CaseRow):
    """Another legal basis that could cover the same need, and why it does or does not."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="delimitations")
    basis = models.CharField(max_length=40)
    words = models.TextField()
    answered_at = models.DateTimeField()
    answered_by_name = models.CharField(max_length=120)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "basis"], name="delimitation_once")]

    class PersonalData:
        none = ("municipality", "answered_at")
        ordinary = ("answered_by_name",)
        sensitive = ("basis",)
        free_text = ("words",)
        key = ("id", "case", "need")

    def __str__(self) -> str:
        return self.basis
