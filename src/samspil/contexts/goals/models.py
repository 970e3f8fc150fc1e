"""Purpose → one to three goals → sub-goals; who rates them how; and the versions of the action plan."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from samspil.contexts.access import api as access
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.goals import enums
from samspil.kernel.ids import new_id


class Purpose(models.Model):
    """The overall purpose of the help, in the citizen's words and in the professional's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    citizen_words = models.TextField()
    wording = models.TextField(blank=True)
    said_on = models.DateField()
    runs = DateRangeField()
    version = models.PositiveIntegerField(default=1)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case"], name="purpose_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(runs__upper_inf=True), name="one_running_purpose_per_case"
            )
        ]

    class PersonalData:
        none = ("municipality", "said_on", "runs", "version")
        free_text = ("citizen_words", "wording")
        key = ("id", "case")

    def __str__(self) -> str:
        return self.citizen_words[:60]


class Goal(models.Model):
    """A goal (`parent` is empty) or a sub-goal. A changed wording makes a new goal that `replaces` the old one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="sub_goals")
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=enums.GoalLevel.choices)
    status = models.CharField(max_length=10, choices=enums.GoalStatus.choices)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=80)
    citizen_words = models.TextField(blank=True)
    wording = models.TextField(blank=True)
    goal_type = models.CharField(max_length=40, blank=True, help_text="FFB code of the goal type.")
    theme = models.ForeignKey(catalogue.Concept, null=True, on_delete=models.PROTECT, related_name="+")
    expected_level = models.CharField(max_length=40, blank=True, help_text="FFB code of the functional level.")
    if_reached = models.TextField(blank=True)
    if_not_reached = models.TextField(blank=True)
    pictogram = models.CharField(max_length=40, blank=True)
    responsible_name = models.CharField(max_length=120, blank=True)
    follow_up_on = models.DateField(null=True)
    started_on = models.DateField()
    reached_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    proposed_by_side = models.CharField(max_length=12)
    asked_move = models.CharField(max_length=10, blank=True, help_text="A move that the provider recommends.")
    asked_words = models.TextField(blank=True)
    asked_by_name = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "status", "order"], name="goal_case")]
        constraints = [
            models.CheckConstraint(
                name="sub_goals_have_a_parent",
                condition=Q(level="goal", parent__isnull=True) | Q(level="sub_goal", parent__isnull=False),
            )
        ]

    class PersonalData:
        none = (
            "municipality",
            "level",
            "status",
            "order",
            "started_on",
            "reached_on",
            "ended_on",
            "asked_move",
            "asked_at",
            "withdrawn_at",
            "version",
        )
        ordinary = ("responsible_name", "follow_up_on", "proposed_by_side", "pictogram", "asked_by_name")
        sensitive = ("goal_type", "theme", "expected_level")
        free_text = ("title", "citizen_words", "wording", "if_reached", "if_not_reached", "asked_words")
        key = ("id", "case", "parent", "replaces")

    def __str__(self) -> str:
        return self.title


class Rating(models.Model):
    """One party's mark on a goal, 0 to 10. Ratings are added, never changed; differences are shown.

    The rating of a segment that was corrected or undone is withdrawn, and stays in the table.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="ratings")
    side = models.CharField(max_length=12, choices=enums.RaterSide.choices)
    rater = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    rater_name = models.CharField(max_length=120)
    value = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    source_id = models.UUIDField(null=True, help_text="The segment of a note that this was said in.")
    withdrawn_at = models.DateTimeField(null=True)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="rating_on_scale", condition=Q(value__lte=10))]
        indexes = [
            models.Index("goal", "side", F("at").desc(), name="rating_newest"),
            models.Index(fields=["case", "at"], name="rating_case"),
            models.Index(fields=["source_id"], name="rating_source", condition=Q(source_id__isnull=False)),
        ]

    class PersonalData:
        none = ("municipality", "side", "at", "withdrawn_at")
        ordinary = ("rater", "rater_name")
        sensitive = ("value",)
        free_text = ("words",)
        key = ("id", "case", "goal", "source_id")

    def __str__(self) -> str:
        return f"{self.side} {self.value}"


class PlanVersion(models.Model):
    """The action plan as it stood when it was agreed and sent. Frozen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=120)
    meeting_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="plan_number_once")]

    class PersonalData:
        none = ("municipality", "number", "made_at", "withdrawn_at")
        ordinary = ("made_by_name",)
        free_text = ("content",)
        key = ("id", "case", "meeting_id")

    def __str__(self) -> str:
        return f"Plan {self.number}"
