"""What the authority orders from a provider, and what the provider answers with."""

from typing import Self

from django.db import models
from django.db.models import Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Role, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import api as decisions
from samspil.contexts.goals import api as goals
from samspil.contexts.orders import enums
from samspil.kernel.ids import new_id


class OrderQuerySet(cases.CaseBoundQuerySet):
    """The authority and citizen of the case, and a relative who sees the plan, see its orders through the case. A
    provider sees those it was sent, before it accepts and until the end: `sight.ORDER_WAY`."""

    def seen_through(self, actor: Actor, row: cases.Row) -> Self:
        if actor.side != Side.PROVIDER:
            return super().seen_through(actor, row)
        alive = Q(status="sent") | Q(status="running") & (Q(ends_on__isnull=True) | Q(ends_on__gte=actor.on))
        mine = self.filter(alive, provider_id=actor.organisation_id)
        if actor.unit_ids:
            mine = mine.filter(Q(unit_id__one_of=actor.unit_ids) | Q(unit_id__isnull=True))
        return mine.filter(*(_LIMITS[limit](actor) for limit in cases.ORDER_WAY.limits))


def _no_family(actor: Actor) -> Q:
    """Where a case was found already, this was asked: it closes each way of a provider."""
    if actor.found_in:
        return cases.in_seen(actor)
    return ~Q(case__in=cases.Case.objects.of_family(actor))


def _no_colleague(actor: Actor) -> Q:
    """But for the one who is needed: the contact; while there is none, a leader."""
    if not actor.colleague_citizen_ids:
        return Q()
    is_needed = Q(contact_id=actor.user_id)
    if actor.role == Role.PROVIDER_LEADER:
        is_needed |= Q(contact__isnull=True)
    colleagues = cases.Case.objects.filter(citizen_id__one_of=actor.colleague_citizen_ids)
    return ~Q(case__in=colleagues) | is_needed


_LIMITS = {cases.Limit.FAMILY: _no_family, cases.Limit.COLLEAGUE: _no_colleague}


class Order(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(access.Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(access.Unit, null=True, on_delete=models.PROTECT, related_name="+")
    grant = models.ForeignKey(
        decisions.Grant, null=True, on_delete=models.PROTECT, related_name="+", help_text="What it carries out."
    )
    status = models.CharField(max_length=10, choices=enums.OrderStatus.choices)
    status_since = models.DateTimeField()
    what = models.TextField(help_text="What is ordered, in plain words.")
    how_often = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    follow_up_on = models.DateField(null=True)
    sent_at = models.DateTimeField()
    sent_by_name = models.CharField(max_length=120)
    sent_by_phone = models.CharField(max_length=30, blank=True)
    contact = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    answer_words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    end_words = models.TextField(blank=True)
    handover = models.JSONField(default=list, help_text="What the provider was told: list of {key, lines}.")
    source = models.CharField(max_length=20, default="samspil", help_text="samspil or ffb-message")
    source_key = models.CharField(max_length=120, blank=True)
    source_ids = models.JSONField(default=dict, help_text="Ids of the message, by what they became here.")
    source_facts = models.JSONField(default=list, help_text="Facts of the message: list of {heading, text}.")
    not_taken_over = models.JSONField(default=list, help_text="What could not be taken over, in plain words.")

    objects = OrderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["provider", "status", "sent_at"], name="order_inbox"),
            models.Index(fields=["case", "status"], name="order_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~Q(source_key=""), name="order_imported_once"
            )
        ]

    class PersonalData:
        none = ("municipality", "status", "status_since", "source", "sent_at", "answered_at")
        ordinary = (
            "provider",
            "unit",
            "starts_on",
            "ends_on",
            "follow_up_on",
            "sent_by_name",
            "sent_by_phone",
            "contact",
        )
        free_text = (
            "what",
            "how_often",
            "answer_words",
            "end_words",
            "handover",
            "source_facts",
            "not_taken_over",
        )
        key = ("id", "case", "grant", "source_key", "source_ids")

    def __str__(self) -> str:
        return self.what[:60]


class OrderBoundQuerySet(cases.CaseBoundQuerySet):
    """Rows that belong to an order are seen by those who see the order, those of a status note with the note."""

    cut = {cases.Cut.OTHERS_DRAFTS: lambda actor: ~Q(status="draft")}

    def seen_through(self, actor: Actor, row: cases.Row) -> Self:
        parents = StatusNote if row.through == "status_note" else Order
        return self.filter(**{f"{row.through}__in": parents.objects.visible_to(actor)})


class OrderGoal(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="goals")
    goal = models.ForeignKey(goals.Goal, on_delete=models.PROTECT, related_name="+")

    objects = OrderBoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "goal"], name="goal_once_per_order")]

    class PersonalData:
        none = ("municipality",)
        key = ("id", "order", "goal")

    def __str__(self) -> str:
        return f"{self.goal_id}"


class StatusNote(models.Model):
    """The provider's written status (N12): drawn from what was written since the last one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="status_notes")
    status = models.CharField(max_length=10, choices=enums.StatusNoteStatus.choices, default="draft")
    status_since = models.DateTimeField()
    drawn_from = models.DateTimeField()
    drawn_until = models.DateTimeField()
    recommendation = models.CharField(max_length=10, choices=enums.Recommendation.choices, blank=True)
    recommendation_words = models.TextField(blank=True)
    meeting_id = models.UUIDField(null=True)
    written_by = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=120)
    sent_at = models.DateTimeField(null=True)
    hidden_left_out = models.PositiveSmallIntegerField(default=0, help_text="Segments that the citizen does not see.")
    proposals = models.JSONField(default=list, help_text="Ids of the goals that were proposed when it was sent.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the text as it was sent.")
    decision = models.CharField(max_length=10, choices=enums.Recommendation.choices, blank=True)
    decision_words = models.TextField(blank=True)
    citizen_says = models.CharField(
        max_length=10, choices=enums.CitizenSays.choices, blank=True, default="", db_default=""
    )
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OrderBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["order", "-drawn_until"], name="status_note_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(status="draft"), name="one_status_note_draft_per_order"
            )
        ]

    class PersonalData:
        none = ("municipality", "status", "status_since", "sent_at", "decided_at", "version", "sha256")
        ordinary = ("drawn_from", "drawn_until", "written_by", "written_by_name", "decided_by_name")
        sensitive = ("recommendation", "decision", "citizen_says", "hidden_left_out")
        free_text = ("recommendation_words", "decision_words")
        key = ("id", "order", "meeting_id", "proposals")

    def __str__(self) -> str:
        return f"{self.drawn_until:%Y-%m-%d}"


class StatusPart(models.Model):
    """One heading of a status note. `sources` holds, for each line of `proposed_text`, the ids of its segments;
    `drawn` and `typed` count the characters of `text`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    status_note = models.ForeignKey(StatusNote, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=enums.PartKind.choices)
    goal = models.ForeignKey(goals.Goal, null=True, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(catalogue.Concept, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_text = models.TextField(blank=True)
    text = models.TextField(blank=True)
    sources = models.JSONField(default=list)
    is_unchanged = models.BooleanField(default=False)
    drawn = models.PositiveIntegerField(default=0)
    typed = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = OrderBoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["status_note", "order"], name="status_part_once")]

    class PersonalData:
        none = ("municipality", "order", "kind", "is_unchanged", "drawn", "typed", "version")
        sensitive = ("goal", "theme")
        free_text = ("proposed_text", "text")
        key = ("id", "status_note", "sources")

    def __str__(self) -> str:
        return self.kind


class Question(models.Model):
    """A short question between provider and authority about a case, and the answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="questions")
    from_side = models.CharField(max_length=12)
    text = models.TextField()
    asked_by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = OrderBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["order", "-asked_at"], name="question_order")]

    class PersonalData:
        none = ("municipality", "from_side", "asked_at", "answered_at")
        ordinary = ("asked_by_name", "answered_by_name")
        free_text = ("text", "answer")
        key = ("id", "order")

    def __str__(self) -> str:
        return self.text[:60]
