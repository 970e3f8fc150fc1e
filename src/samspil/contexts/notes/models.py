"""What was said, seen and agreed: written once. Everything else is drawn from here."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import enums
from samspil.kernel.ids import new_id


class NoteQuerySet(cases.CaseBoundQuerySet):
    """A provider sees its own notes and those meant for it; nobody sees what was taken back."""

    cut = {
        cases.Cut.WITHDRAWN: lambda actor: Q(withdrawn_at__isnull=True),
        cases.Cut.OTHERS_NOTES: lambda actor: Q(organisation_id=actor.organisation_id) | Q(for_provider=True),
    }

    def taken_back_in(self, actor: Actor) -> Self:
        """They are on no page; the one they are about may have a copy, and the authority looks them through for it."""
        if actor.side not in {access.Side.CITIZEN, access.Side.AUTHORITY}:
            return self.none()
        return self.filter(cases.in_seen(actor), withdrawn_at__isnull=False)


class Note(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=enums.NoteKind.choices)
    title = models.CharField(max_length=120, blank=True)
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    author = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=120)
    side = models.CharField(max_length=12)
    organisation_id = models.UUIDField(null=True)
    organisation_name = models.CharField(max_length=120, blank=True)
    for_provider = models.BooleanField(default=False)
    meeting_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "-happened_at"], name="note_case_at")]

    class PersonalData:
        none = ("municipality", "kind", "happened_at", "written_at", "side", "for_provider", "withdrawn_at")
        ordinary = ("author", "author_name", "organisation_name", "organisation_id")
        free_text = ("title",)
        key = ("id", "case", "meeting_id")

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at:%Y-%m-%d}"


class SegmentQuerySet(cases.CaseBoundQuerySet):
    cut = {cases.Cut.HIDDEN: lambda actor: Q(hidden_reason="")}

    def seen_through(self, actor: Actor, row: cases.Row) -> Self:
        """Those of the notes that the actor sees. The case is named twice, so that a case's few rows are read first."""
        return self.filter(
            Exists(Note.objects.visible_to(actor).filter(id=OuterRef("note_id"), case_id=OuterRef("case_id")))
        )

    def agreed_openly(self) -> Self:
        """The words behind an agreement that the citizen also sees; whoever sees the agreement may know it stands."""
        return self.filter(hidden_reason="", note__withdrawn_at__isnull=True)

    def newest(self) -> Self:
        """Without the wordings that others have taken the place of."""
        return self.filter(~Exists(Segment.objects.filter(supersedes=OuterRef("pk"))))


class Segment(models.Model):
    """One sentence or a few of one kind. Append-only: a correction is a new segment that `supersedes` the old."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="segments")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=enums.SegmentKind.choices)
    text = models.TextField()
    theme = models.ForeignKey(catalogue.Concept, null=True, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(goals.Goal, null=True, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True)
    who = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)
    hidden_reason = models.CharField(max_length=200, blank=True)
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    source_card = models.UUIDField(null=True, help_text="The board card that this came from.")
    happened_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True, help_text="When this wording took the place of an earlier one.")

    objects = SegmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["note", "order"], name="segment_note"),
            models.Index(fields=["case", "happened_at"], name="segment_case_at"),
        ]
        constraints = [models.UniqueConstraint(fields=["supersedes"], name="corrected_once")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    class PersonalData:
        none = ("municipality", "order", "happened_at", "due_on", "corrected_at")
        ordinary = ("who",)
        sensitive = ("kind", "theme", "goal", "value")
        free_text = ("text", "hidden_reason")
        key = ("id", "case", "note", "supersedes", "source_card")

    def __str__(self) -> str:
        return self.text[:60]


class Draft(models.Model):
    """Text on its way, one per person and place (`key` names the form, such as note:<case>)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(access.User, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    fields = models.JSONField()
    saved_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, help_text="Thrown away, and kept a while in case that was a slip.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_per_place")]

    class PersonalData:
        none = ("saved_at", "dropped_at")
        free_text = ("fields",)
        key = ("id", "user", "key")

    def __str__(self) -> str:
        return self.key
