"""Letters, their frozen documents, and how each of them travels."""

from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import APPEND_ONLY, Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.letters import enums
from samspil.kernel.ids import new_id


class LetterQuerySet(cases.CaseBoundQuerySet):
    """Never for a provider: it is told what it needs in the order. For others than the authority once it was sent."""

    cut = {cases.Cut.OTHERS_DRAFTS: lambda actor: Q(status=enums.LetterStatus.SENT)}


class LetterBoundQuerySet(cases.CaseBoundQuerySet):
    """Rows that belong to a letter are seen by those who see the letter."""

    def seen_through(self, actor: Actor, row: cases.Row) -> Self:
        return self.filter(letter__in=Letter.objects.visible_to(actor))


class DispatchQuerySet(LetterBoundQuerySet):
    """How a letter travels is the authority's business; its citizen learns when it counts as received."""

    def waiting(self, now: object) -> Self:
        return self.filter(status=enums.DispatchStatus.WAITING, next_try_at__lte=now)


class Letter(models.Model):
    """One letter about one decision, or a notice about what `subject_id` names. `facts` are what it was made from,
    `content` what it says: the headline, its parts with what was proposed and what stands there now, the contact, and
    the short version. Once sent it is frozen.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=enums.LetterKind.choices, default=enums.LetterKind.DECISION)
    decision_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True, help_text="The deadline or complaint that a notice is about.")
    occasion_on = models.DateField(null=True, help_text="The day that a notice is owed for: one notice for each.")
    leaves_on = models.DateField(null=True, help_text="A notice that nobody has sent by then sends itself.")
    template = models.CharField(max_length=40)
    basis = models.CharField(max_length=20, blank=True, help_text="The key of the first legal basis.")
    result = models.CharField(max_length=10, choices=enums.Result.choices, blank=True)
    appeal = models.CharField(max_length=5, choices=[(kind.value, kind.value) for kind in enums.Appeal])
    status = models.CharField(max_length=10, choices=enums.LetterStatus.choices, default=enums.LetterStatus.DRAFT)
    status_since = models.DateTimeField()
    facts = models.JSONField()
    content = models.JSONField()
    complaint_by = models.DateField(null=True, help_text="The day that stands in the letter.")
    drawn = models.PositiveIntegerField(default=0, help_text="Characters that came from the case or the template.")
    typed = models.PositiveIntegerField(default=0)
    lix = models.FloatField(null=True, help_text="Of the whole Danish letter as it was sent.")
    stopped_by = ArrayField(
        models.CharField(max_length=20),
        default=list,
        help_text="What kept it from leaving: rules of klartjek, and what the law demands (LetterRefusal), each once.",
    )
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    written_by = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=120)
    sent_at = models.DateTimeField(null=True)
    sent_by_name = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "-status_since"], name="letter_case"),
            models.Index(
                fields=["leaves_on"], name="letter_leaves", condition=Q(status="draft", leaves_on__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["decision_id"], condition=Q(status="draft"), name="one_letter_draft_per_decision"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_id", "occasion_on"],
                condition=~Q(kind="decision"),
                name="one_notice_per_occasion",
            ),
            models.CheckConstraint(
                name="letter_is_about_a_decision_or_gives_notice",
                condition=Q(kind="decision", decision_id__isnull=False, complaint_by__isnull=False, subject_id=None)
                | (~Q(kind="decision") & Q(decision_id=None, subject_id__isnull=False, occasion_on__isnull=False)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="sent_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="sent"),
            )
        ]

    class PersonalData:
        none = (
            "municipality", "template", "status", "status_since", "version", "sent_at", "complaint_by", "lix",
            "stopped_by", "leaves_on",
        )  # fmt: skip
        ordinary = ("written_by", "written_by_name", "sent_by_name")
        sensitive = ("kind", "basis", "result", "appeal", "drawn", "typed", "occasion_on")
        free_text = ("facts", "content")
        key = ("id", "case", "decision_id", "subject_id", "replaces")

    def __str__(self) -> str:
        return f"{self.template} {self.status}"


class LetterDocument(models.Model):
    """What was sent, as bytes with their SHA-256. Never written again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=10, choices=enums.DocumentKind.choices)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = LetterBoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "kind"], name="letter_document_once")]
        triggers = APPEND_ONLY

    class PersonalData:
        none = ("municipality", "kind", "sha256", "made_at")
        free_text = ("pdf",)
        key = ("id", "case", "letter")

    def __str__(self) -> str:
        return self.sha256[:12]


class ForwardedPackage(models.Model):
    """What the appeals board got with a complaint, as bytes with their SHA-256; `parts` are its headings. Never written
    again: what is sent later is another package."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    complaint_id = models.UUIDField()
    parts = ArrayField(models.CharField(max_length=200))
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "complaint_id"], name="package_complaint")]
        triggers = APPEND_ONLY

    class PersonalData:
        none = ("municipality", "sha256", "made_at")
        free_text = ("parts", "pdf")
        key = ("id", "case", "complaint_id")

    def __str__(self) -> str:
        return self.sha256[:12]


class Dispatch(models.Model):
    """One journey of a letter to one recipient, by one channel: the outbox. `relation_id` is set for a copy.

    Whoever turns `waiting` into `sending` has the row and the `claim`; its id is what a channel knows the message by,
    so that a second try is not a second letter. `received_on` is when it counts as received, `complaint_by` the day
    that follows from it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="dispatches")
    relation_id = models.UUIDField(null=True)
    recipient_name = models.CharField(max_length=160)
    channel = models.CharField(max_length=12, choices=enums.Channel.choices)
    status = models.CharField(max_length=10, choices=enums.DispatchStatus.choices)
    status_since = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=20, blank=True)
    receipt = models.CharField(max_length=120, blank=True, help_text="The channel's own name for the message.")
    available_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)
    complaint_by = models.DateField(null=True)
    is_told = models.BooleanField(default=False, help_text="The decision has been told on that day.")

    objects = DispatchQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], name="dispatch_due", condition=Q(status="waiting")),
            models.Index(fields=["claimed_at"], name="dispatch_claimed", condition=Q(status="sending")),
            models.Index(fields=["municipality"], name="dispatch_to_post", condition=Q(status="to_post")),
            models.Index(fields=["letter"], name="dispatch_letter"),
            models.Index(fields=["received_on"], name="dispatch_to_tell", condition=Q(status="arrived", is_told=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "relation_id", "channel"], nulls_distinct=False, name="one_dispatch_per_channel"
            ),
            models.CheckConstraint(
                name="arrived_has_its_days", condition=~Q(status="arrived") | Q(available_at__isnull=False)
            ),
        ]

    class PersonalData:
        none = (
            "municipality", "channel", "status", "status_since", "attempts", "next_try_at", "claim", "claimed_at",
            "problem", "available_at", "received_on", "complaint_by", "is_told",
        )  # fmt: skip
        ordinary = ("recipient_name",)
        key = ("id", "case", "letter", "relation_id", "receipt")

    def __str__(self) -> str:
        return f"{self.channel} {self.status}"
