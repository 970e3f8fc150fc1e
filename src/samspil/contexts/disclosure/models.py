"""What somebody asked to see, what is covered in the answer and why, and the papers that were handed out."""

from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import APPEND_ONLY, Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.disclosure import enums, rules
from samspil.kernel.ids import new_id


def _own(actor: Actor) -> Q:
    """A representative sees what the person asked for; the citizen also what was asked on the citizen's behalf."""
    return Q(asker_user=actor.user_id) if actor.side == Side.RELATIVE else ~Q(asks=enums.Asks.OTHER)


class FileRequestQuerySet(cases.CaseBoundQuerySet):
    cut = {cases.Cut.OTHERS_REQUESTS: _own}


class RequestBoundQuerySet(cases.CaseBoundQuerySet):
    """Rows that belong to a request are seen by those who see the request."""

    def seen_through(self, actor: Actor, row: cases.Row) -> Self:
        return self.filter(file_request__in=FileRequest.objects.visible_to(actor))


class FileRequest(models.Model):
    """`chosen` are the keys of the documents that the answer will hold, as they were when somebody looked through them.

    `stopped_decision_id` is the decision whose complaint deadline stands still since `stopped_on`, while the party
    waits; it was to end on `stopped_due_on`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=enums.Kind.choices)
    asks = models.CharField(max_length=16, choices=enums.Asks.choices)
    asker_name = models.CharField(max_length=120)
    asker_user = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=14, choices=enums.Channel.choices)
    wanted = models.CharField(max_length=12, choices=enums.Wanted.choices)
    since_on = models.DateField(null=True)
    words = models.TextField(blank=True)
    received_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by_name = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=enums.RequestStatus.choices, default=rules.FILE_REQUEST.start)
    status_since = models.DateTimeField()
    delay_words = models.TextField(blank=True)
    delayed_to_on = models.DateField(null=True)
    chosen = ArrayField(models.CharField(max_length=60), default=list)
    gathered_at = models.DateTimeField(null=True)
    stopped_decision_id = models.UUIDField(null=True)
    stopped_on = models.DateField(null=True)
    stopped_due_on = models.DateField(null=True)
    outcome = models.CharField(max_length=8, choices=enums.Outcome.choices, blank=True)
    reasons = models.TextField(blank=True)
    handed = models.CharField(max_length=6, choices=enums.Handed.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=120, blank=True)

    objects = FileRequestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "status"], name="file_request_case")]
        constraints = [
            models.CheckConstraint(
                name="answered_request_says_what",
                condition=~Q(status="answered") | ~Q(outcome="") & Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="less_than_all_has_reasons", condition=Q(outcome__in=["", "full"]) | ~Q(reasons="")
            ),
            models.CheckConstraint(
                name="request_says_since_when", condition=~Q(wanted="since") | Q(since_on__isnull=False)
            ),
            models.CheckConstraint(name="request_says_in_words", condition=~Q(wanted="words") | ~Q(words="")),
        ]
        triggers = [
            pgtrigger.Protect(
                name="answered_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="answered"),
            )
        ]

    class PersonalData:
        none = ("municipality", "kind", "channel", "status", "status_since", "noted_at", "gathered_at", "handed")
        ordinary = (
            "asks", "asker_name", "asker_user", "received_on", "noted_by_name", "wanted", "since_on", "delayed_to_on",
            "stopped_on", "stopped_due_on", "outcome", "answered_at", "answered_by_name",
        )  # fmt: skip
        free_text = ("words", "delay_words", "reasons")
        key = ("id", "case", "chosen", "stopped_decision_id")

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"


class Mask(models.Model):
    """Something that is not to be read in the answer, and why: words, a part, or a whole document (`rules.Cover`).

    `reason` is the key of an exemption in the law. What was lifted again stays, with who did it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    file_request = models.ForeignKey(FileRequest, on_delete=models.PROTECT, related_name="masks")
    document = models.CharField(max_length=60, blank=True)
    part = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    reason = models.CharField(max_length=60)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)
    lifted_at = models.DateTimeField(null=True)
    lifted_by_name = models.CharField(max_length=120, blank=True)

    objects = RequestBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["file_request", "document"], name="mask_request")]
        constraints = [
            models.CheckConstraint(name="mask_covers_something", condition=~Q(document="") | ~Q(words="")),
            models.CheckConstraint(name="mask_has_a_reason", condition=~Q(reason="")),
        ]
        triggers = [
            pgtrigger.Protect(name="masks_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="lifted_stands", operation=pgtrigger.Update, condition=pgtrigger.Q(old__lifted_at__isnull=False)
            ),
        ]

    class PersonalData:
        none = ("municipality", "at", "lifted_at")
        ordinary = ("by_name", "lifted_by_name")
        sensitive = ("reason",)
        free_text = ("words",)
        key = ("id", "case", "file_request", "document", "part")

    def __str__(self) -> str:
        return self.reason


class DisclosedPaper(models.Model):
    """What was handed out, as bytes with their SHA-256. Never written again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    file_request = models.ForeignKey(FileRequest, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=16, choices=enums.PaperKind.choices)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = RequestBoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file_request", "kind"], name="disclosed_paper_once")]
        triggers = APPEND_ONLY

    class PersonalData:
        none = ("municipality", "kind", "sha256", "made_at")
        free_text = ("data",)
        key = ("id", "case", "file_request")

    def __str__(self) -> str:
        return self.sha256[:12]


class AccessComplaint(models.Model):
    """That somebody disagrees with an answer; it goes on to those who decide about it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    file_request = models.OneToOneField(FileRequest, on_delete=models.PROTECT, related_name="complaint")
    channel = models.CharField(max_length=14, choices=enums.Channel.choices)
    words = models.TextField()
    received_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by_name = models.CharField(max_length=120)
    forwarded_at = models.DateTimeField(null=True)
    forwarded_by_name = models.CharField(max_length=120, blank=True)
    forwarded_to = models.CharField(max_length=80, blank=True)

    objects = RequestBoundQuerySet.as_manager()

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="forwarded_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__forwarded_at__isnull=False),
            )
        ]

    class PersonalData:
        none = ("municipality", "channel", "noted_at", "forwarded_at", "forwarded_to")
        ordinary = ("received_on", "noted_by_name", "forwarded_by_name")
        free_text = ("words",)
        key = ("id", "case", "file_request")

    def __str__(self) -> str:
        return f"{self.received_on}"
