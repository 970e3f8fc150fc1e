"""Meetings, their preparation, the board and its picture, and the checklists."""

from django.db import models
from django.db.models import Q

from samspil.contexts.access import api as access
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens.api import Scope
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import enums
from samspil.kernel.ids import new_id


class BoardLayout(models.Model):
    """Columns and prompts of a board, as data. Without a municipality it belongs to everybody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField(null=True)
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    columns = models.JSONField(help_text="List of {slug, title, prompt, kind, tone}.")
    scale_question = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], nulls_distinct=False, name="layout_once")
        ]

    class PersonalData:
        none = (
            "id",
            "municipality",
            "slug",
            "name",
            "description",
            "columns",
            "scale_question",
            "source",
            "order",
            "is_active",
        )

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=enums.MeetingKind.choices)
    status = models.CharField(max_length=10, choices=enums.MeetingStatus.choices)
    status_since = models.DateTimeField()
    purpose = models.TextField(help_text="What the caseworker would like to talk about, in plain words.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    form = models.CharField(max_length=20, blank=True)
    material = models.TextField(blank=True, help_text="What the provider is asked to bring.")
    layout = models.ForeignKey(BoardLayout, on_delete=models.PROTECT, related_name="+")
    called_by = models.ForeignKey(access.User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    board_seq = models.PositiveIntegerField(default=0)
    next_meeting_on = models.DateField(null=True)
    made = models.JSONField(default=dict, help_text="Ids of what the closing made: note, goals, plan. For the undo.")

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "-starts_at"], name="meeting_case"),
            models.Index(fields=["municipality", "starts_at"], name="meeting_day"),
        ]

    class PersonalData:
        none = ("municipality", "kind", "status", "status_since", "layout", "board_seq")
        ordinary = (
            "starts_at",
            "ends_at",
            "place",
            "form",
            "called_by",
            "opened_at",
            "closed_at",
            "next_meeting_on",
        )
        free_text = ("purpose", "material")
        key = ("id", "case", "made")

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d}"


class PreparationQuerySet(cases.CaseBoundQuerySet):
    cut = {cases.Cut.UNASKED: lambda actor: Q(meeting__case__in=cases.Case.objects.visible_to(actor, Scope.PREPARE))}


class Attendee(models.Model):
    """Somebody who is asked to come: staff, the citizen, or a person the citizen brings."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendees")
    user = models.ForeignKey(access.User, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    side = models.CharField(max_length=12)
    role_words = models.CharField(max_length=80, blank=True)
    brought_by_citizen = models.BooleanField(default=False)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "side", "name"], name="attendee_once")]

    class PersonalData:
        none = ("municipality", "side", "brought_by_citizen")
        ordinary = ("name", "user", "role_words")
        key = ("id", "meeting")

    def __str__(self) -> str:
        return self.name


class AgendaPoint(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    by_side = models.CharField(max_length=12)
    is_fixed = models.BooleanField(default=False)

    objects = cases.CaseBoundQuerySet.as_manager()

    class PersonalData:
        none = ("municipality", "order", "by_side", "is_fixed")
        free_text = ("text",)
        key = ("id", "meeting")

    def __str__(self) -> str:
        return self.text


class Preparation(models.Model):
    """The citizen's answers before the meeting (B1). Saved page by page; final when `answered_at` is set."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="preparation")
    answers = models.JSONField(default=dict, help_text="Step slug to {choices: [...], words: str}.")
    prepared_with = models.CharField(max_length=10, choices=enums.PreparedWith.choices, blank=True)
    prepared_with_name = models.CharField(max_length=120, blank=True)
    typed_by_name = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = PreparationQuerySet.as_manager()

    class PersonalData:
        none = ("municipality", "started_at", "answered_at")
        ordinary = ("prepared_with", "prepared_with_name", "typed_by_name")
        free_text = ("answers",)
        key = ("id", "meeting")

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class Card(models.Model):
    """A card on the board as it stands now; how it came to be is in `BoardStep`.

    `version` counts changes of the text, `seq` is the board step that changed the card last. `apart_from` names the
    card that somebody else wrote on at the same time, where the two texts could not become one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="cards")
    column = models.CharField(max_length=40)
    position = models.FloatField()
    kind = models.CharField(max_length=14, choices=enums.CardKind.choices)
    text = models.TextField(blank=True)
    who = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)
    goal = models.ForeignKey(goals.Goal, null=True, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=120)
    from_preparation = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    seq = models.PositiveIntegerField(default=0)
    apart_from = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["meeting", "column", "position"], name="card_place")]

    class PersonalData:
        none = ("municipality", "column", "position", "kind", "version", "seq", "removed_at", "from_preparation")
        ordinary = ("who", "due_on", "author_name")
        free_text = ("text",)
        key = ("id", "meeting", "goal", "apart_from")

    def __str__(self) -> str:
        return self.text[:60]


class ScaleAnswer(models.Model):
    """Where the citizen is today, 0 to 10; the newest one in a meeting counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="scales")
    question = models.CharField(max_length=120)
    value = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="scale_zero_to_ten", condition=Q(value__lte=10))]

    class PersonalData:
        none = ("municipality", "question", "at")
        sensitive = ("value",)
        key = ("id", "meeting")

    def __str__(self) -> str:
        return f"{self.value}"


class BoardStep(models.Model):
    """One change on a board, in order. `op` comes from the device, so that a resent change has no second effect."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="steps")
    seq = models.PositiveIntegerField()
    op = models.UUIDField()
    at = models.DateTimeField()
    user_id = models.UUIDField(null=True)
    change = models.JSONField()

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seq"], name="board_seq_once"),
            models.UniqueConstraint(fields=["meeting", "op"], name="board_op_once"),
        ]

    class PersonalData:
        none = ("municipality", "seq", "at")
        free_text = ("change",)
        key = ("id", "meeting", "op", "user_id")

    def __str__(self) -> str:
        return f"{self.seq}"


class BoardPicture(models.Model):
    """The board as everybody got it: frozen bytes and their SHA-256."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="pictures")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = cases.CaseBoundQuerySet.as_manager()

    class PersonalData:
        none = ("municipality", "made_at", "withdrawn_at", "sha256")
        free_text = ("pdf", "content")
        key = ("id", "meeting")

    def __str__(self) -> str:
        return self.sha256[:12]


class ChecklistItem(models.Model):
    """A point on a party's checklist before, at or after the meeting (N13)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="checklist")
    side = models.CharField(max_length=12)
    phase = models.CharField(max_length=10, choices=enums.ChecklistPhase.choices)
    order = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=40)
    text = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True)
    done_by_name = models.CharField(max_length=120, blank=True)

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "side", "slug"], name="checklist_once")]

    class PersonalData:
        none = ("municipality", "side", "phase", "order", "slug", "text", "done_at")
        ordinary = ("done_by_name",)
        key = ("id", "meeting")

    def __str__(self) -> str:
        return self.text
