"""What was decided on needs, what was granted, and what was complained about."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.decisions import enums
from samspil.contexts.decisions.examining import QUOTES, CaseRow
from samspil.contexts.decisions.examining import Coverage as Coverage
from samspil.contexts.decisions.examining import Criterion as Criterion
from samspil.contexts.decisions.examining import Delimitation as Delimitation
from samspil.contexts.decisions.examining import FunnelStep as FunnelStep
from samspil.contexts.decisions.examining import Need as Need


class DecisionQuerySet(cases.CaseBoundQuerySet):
    """Providers are told by an order, and not by a decision."""

    cut = {cases.Cut.UNTOLD: lambda actor: Q(told_on__isnull=False)}

    def acted_on_by(self, actor: Actor) -> Self:
        """For commands: what the actor sees; Samspil itself carries over what a channel says of its municipality."""
        if actor.side == Side.SYSTEM:
            return self.filter(municipality=actor.municipality)
        return self.visible_to(actor)


class GrantQuerySet(cases.CaseBoundQuerySet):
    cut = {
        cases.Cut.PLANNED: lambda actor: Q(status=enums.GrantStatus.GIVEN),
        cases.Cut.UNTOLD: lambda actor: Q(decision__told_on__isnull=False),
    }

    def planned_for(self, actor: Actor) -> Self:
        """What a draft would grant, for those who write it."""
        if actor.side != Side.AUTHORITY:
            return self.none()
        return self.filter(decision__in=Decision.objects.visible_to(actor), status=enums.GrantStatus.PLANNED)


class AdjustmentQuerySet(cases.CaseBoundQuerySet):
    cut = {cases.Cut.UNTOLD: lambda actor: Q(grant__decision__told_on__isnull=False)}


class ComplaintQuerySet(cases.CaseBoundQuerySet):
    cut = {cases.Cut.UNTOLD: lambda actor: Q(decision__told_on__isnull=False)}


class RemittedPointQuerySet(cases.CaseBoundQuerySet):
    cut = {cases.Cut.UNTOLD: lambda actor: Q(complaint__decision__told_on__isnull=False)}


class FactQuerySet(cases.CaseBoundQuerySet):
    cut = {cases.Cut.UNHEARD: lambda actor: Q(heard_at__isnull=False)}


class HearingQuerySet(cases.CaseBoundQuerySet):
    cut = {cases.Cut.UNHEARD: lambda actor: Q(asked_on__isnull=False)}


class Decision(CaseRow):
    status = models.CharField(max_length=10, choices=enums.DecisionStatus.choices, default="draft")
    status_since = models.DateTimeField()
    form = models.CharField(max_length=8, choices=enums.Form.choices, default=enums.Form.WRITTEN)
    outcome = models.CharField(max_length=10, choices=enums.Outcome.choices, blank=True)
    involvement = models.TextField(blank=True, help_text="How the citizen has taken part.")
    long_view = models.TextField(blank=True, help_text="The whole of the situation, some years ahead.")
    to_do = models.TextField(blank=True, help_text="What the citizen must do now.")
    contact = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    effective_on = models.DateField(null=True, help_text="From when a change or an end holds.")
    drafted_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_by_title = models.CharField(max_length=120, blank=True)
    set_aside = models.JSONField(default=list, help_text="Gaps set aside: list of {key, rule, words, by, at}.")
    told_on = models.DateField(null=True, help_text="The day the citizen got it. The limit for complaints runs.")
    complain_by = models.DateField(null=True)
    told_right_to_reasons = models.BooleanField(default=False)
    reasons_asked_on = models.DateField(null=True)
    reasons_due_on = models.DateField(null=True)
    reasons_given_on = models.DateField(null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "status"], name="decision_case")]
        constraints = [
            models.CheckConstraint(
                name="decided_decision_has_an_outcome", condition=Q(status__in=["draft", "dropped"]) | ~Q(outcome="")
            ),
            models.CheckConstraint(
                name="told_decision_has_a_day", condition=~Q(status="told") | Q(told_on__isnull=False)
            ),
        ]

    class PersonalData:
        none = ("municipality", "status", "status_since", "form", "decided_at", "version", "told_right_to_reasons")
        ordinary = (
            "contact",
            "drafted_by_name",
            "decided_by",
            "decided_by_name",
            "decided_by_title",
            "effective_on",
            "told_on",
            "complain_by",
            "reasons_asked_on",
            "reasons_due_on",
            "reasons_given_on",
        )
        sensitive = ("outcome",)
        free_text = ("involvement", "long_view", "to_do", "set_aside")
        key = ("id", "case", "replaces")

    def __str__(self) -> str:
        return f"{self.outcome or self.status}"


class DecidedNeed(CaseRow):
    """The answer to one need within a decision."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="needs")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=enums.NeedOutcome.choices, blank=True)
    is_less = models.BooleanField(default=False, help_text="A change that gives less than before.")
    cause = models.CharField(max_length=16, choices=enums.Cause.choices, blank=True)
    reasons = models.TextField(blank=True, help_text="The main considerations.")
    is_live = models.BooleanField(default=True, help_text="Of a decision that was not dropped.")

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "need"], name="need_once_in_decision"),
            models.UniqueConstraint(fields=["need"], condition=Q(is_live=True), name="need_decided_once"),
        ]

    class PersonalData:
        none = ("municipality", "is_live")
        sensitive = ("outcome", "is_less", "cause")
        free_text = ("reasons",)
        key = ("id", "case", "decision", "need")

    def __str__(self) -> str:
        return self.outcome


class Fact(CaseRow):
    """Something a decision rests on that came from others than the citizen."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="facts")
    text = models.TextField()
    source = models.CharField(max_length=200)
    quotes = models.JSONField(default=list, help_text=QUOTES)
    is_known = models.BooleanField(help_text="The citizen knows that the authority has it.")
    is_adverse = models.BooleanField(help_text="It speaks against the citizen.")
    is_weighty = models.BooleanField(help_text="It matters to the result.")
    heard_at = models.DateTimeField(null=True, help_text="When the citizen was asked about it.")
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=120)

    objects = FactQuerySet.as_manager()

    class PersonalData:
        none = ("municipality", "added_at", "heard_at")
        ordinary = ("source", "added_by_name")
        sensitive = ("is_known", "is_adverse", "is_weighty")
        free_text = ("text", "quotes")
        key = ("id", "case", "decision")

    def __str__(self) -> str:
        return self.text[:60]


class Hearing(CaseRow):
    """The citizen is shown the facts, and may answer until a day; or is not, for a reason."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="hearing")
    asked_on = models.DateField(null=True)
    answer_by = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    postponed_words = models.TextField(blank=True)
    skip = models.CharField(max_length=12, choices=enums.HearingSkip.choices, blank=True)
    skip_words = models.TextField(blank=True)

    objects = HearingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hearing_is_held_or_skipped",
                condition=(Q(asked_on__isnull=False, answer_by__isnull=False, skip="") | ~Q(skip="")),
            )
        ]

    class PersonalData:
        none = ("municipality",)
        ordinary = ("asked_on", "answer_by", "answered_on")
        sensitive = ("skip",)
        free_text = ("answer", "postponed_words", "skip_words")
        key = ("id", "case", "decision")

    def __str__(self) -> str:
        return f"{self.asked_on}"


class Grant(CaseRow):
    """Help that the citizen has a right to, for a period. Planned while the decision is a draft."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="grants")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=40)
    service = models.CharField(max_length=120)
    service_key = models.CharField(max_length=120, help_text="The service without case and spaces: one at a time.")
    extent = models.CharField(max_length=200, help_text="How much and how often, in plain words.")
    purpose = models.TextField(blank=True)
    goals = models.TextField(blank=True)
    runs = DateRangeField()
    follow_up_on = models.DateField(null=True)
    status = models.CharField(max_length=8, choices=enums.GrantStatus.choices, default="planned")
    ended_by = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "runs"], name="grant_case")]
        constraints = [
            ExclusionConstraint(
                name="grant_one_at_a_time",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("service_key", RangeOperators.EQUAL),
                    ("runs", RangeOperators.OVERLAPS),
                ],
                condition=Q(status="given"),
            ),
            models.CheckConstraint(name="grant_says_how_much", condition=~Q(extent="") & ~Q(service="")),
        ]

    class PersonalData:
        none = ("municipality", "status")
        sensitive = ("basis", "service", "service_key", "runs", "follow_up_on")
        free_text = ("extent", "purpose", "goals")
        key = ("id", "case", "decision", "need", "ended_by")

    def __str__(self) -> str:
        return self.service


class Adjustment(CaseRow):
    """A small change of a grant in the citizen's favour, for a short while and without a letter."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="adjustments")
    what = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    minutes_a_day = models.PositiveSmallIntegerField()
    runs = DateRangeField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=120)

    objects = AdjustmentQuerySet.as_manager()

    class PersonalData:
        none = ("municipality", "made_at")
        ordinary = ("made_by_name",)
        sensitive = ("minutes_a_day", "runs")
        free_text = ("what", "words")
        key = ("id", "case", "grant")

    def __str__(self) -> str:
        return self.what


class Complaint(CaseRow):
    """Somebody disagrees with a decision, said in any way. Nobody turns it away."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="complaints")
    status = models.CharField(max_length=10, choices=enums.ComplaintStatus.choices, default="received")
    status_since = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=enums.Channel.choices)
    received_on = models.DateField()
    words = models.TextField()
    from_name = models.CharField(max_length=120)
    written_by_name = models.CharField(max_length=120, blank=True, help_text="Who typed spoken words.")
    is_late = models.BooleanField()
    is_urgent = models.BooleanField(default=False)
    clock = models.CharField(max_length=30, blank=True, help_text="Kind of the deadline that runs.")
    due_on = models.DateField(null=True, help_text="When the one whose turn it is must have acted.")
    delay_words = models.TextField(blank=True)
    delay_told_on = models.DateField(null=True)
    reassessment = models.CharField(max_length=10, choices=enums.Reassessment.choices, blank=True)
    reassessment_words = models.TextField(blank=True)
    reassessed_on = models.DateField(null=True)
    reassessed_by_name = models.CharField(max_length=120, blank=True)
    new_decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    forwarded_on = models.DateField(null=True)
    board_outcome = models.CharField(max_length=10, choices=enums.BoardOutcome.choices, blank=True)
    board_words = models.TextField(blank=True)
    board_decided_on = models.DateField(null=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "status"], name="complaint_case"),
            models.Index(
                fields=["municipality", "due_on"],
                name="complaint_due",
                condition=~Q(status__in=["settled", "withdrawn"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=~Q(status__in=["settled", "withdrawn"]),
                name="one_open_complaint_per_decision",
            )
        ]

    class PersonalData:
        none = ("municipality", "status", "status_since", "due_on", "clock")
        ordinary = (
            "channel",
            "received_on",
            "from_name",
            "written_by_name",
            "is_late",
            "is_urgent",
            "delay_told_on",
            "reassessed_on",
            "reassessed_by_name",
            "forwarded_on",
            "board_decided_on",
        )
        sensitive = ("reassessment", "board_outcome")
        free_text = ("words", "delay_words", "reassessment_words", "board_words")
        key = ("id", "case", "decision", "new_decision")

    def __str__(self) -> str:
        return self.status


class RemittedPoint(CaseRow):
    """One thing the appeals board asks to have examined before the case is decided anew."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="points")
    order = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=40, blank=True, help_text="Key of the cause of remittal.")
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=120, blank=True)

    objects = RemittedPointQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "order"], name="remitted_point_once")]

    class PersonalData:
        none = ("municipality", "order", "answered_at", "cause")
        ordinary = ("answered_by_name",)
        free_text = ("text", "answer")
        key = ("id", "case", "complaint")

    def __str__(self) -> str:
        return self.text[:60]
