"""Three questions after each meeting (B6), and what was changed because of the answers."""

from django.db import models

from samspil.contexts.access import api as access
from samspil.contexts.cases import api as cases
from samspil.contexts.feedback import enums
from samspil.kernel.ids import new_id


class Invitation(models.Model):
    """A one-time link to the three questions. Only the hash of the token is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    meeting_id = models.UUIDField()
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = cases.CaseBoundQuerySet.as_manager()

    class PersonalData:
        none = ("municipality", "made_at", "expires_at", "used_at")
        key = ("id", "case", "meeting_id", "token_sha256")

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class MeetingFeedback(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    meeting_id = models.UUIDField(unique=True)
    meeting_on = models.DateField()
    was_ok = models.CharField(max_length=8, choices=enums.Answer.choices)
    talked_enough = models.CharField(max_length=8, choices=enums.Answer.choices)
    something_different = models.CharField(max_length=8, choices=enums.Answer.choices)
    words = models.TextField(blank=True)
    channel = models.CharField(max_length=8, choices=enums.Channel.choices)
    typed_by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="feedback_case")]

    class PersonalData:
        none = ("municipality", "channel", "at", "meeting_on")
        ordinary = ("typed_by_name",)
        sensitive = ("was_ok", "talked_enough", "something_different")
        free_text = ("words",)
        key = ("id", "case", "meeting_id")

    def __str__(self) -> str:
        return self.was_ok


class LetterFeedback(models.Model):
    """Whether a letter told its reader what was decided: the answer, and the decision in the reader's own words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    letter_id = models.UUIDField(unique=True)
    template = models.CharField(max_length=40, help_text="Which template it was, so that templates can be mended.")
    told = models.CharField(max_length=8, choices=enums.Answer.choices)
    in_own_words = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = cases.CaseBoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="letter_feedback_case")]

    class PersonalData:
        none = ("municipality", "template", "at")
        sensitive = ("told",)
        free_text = ("in_own_words",)
        key = ("id", "case", "letter_id")

    def __str__(self) -> str:
        return self.told


class ChangeMade(models.Model):
    """What the caseworker changed because of feedback; the citizen reads it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    case = models.ForeignKey(cases.Case, on_delete=models.PROTECT, related_name="+")
    feedback = models.ForeignKey(MeetingFeedback, on_delete=models.PROTECT, related_name="changes")
    text = models.CharField(max_length=400)
    by = models.ForeignKey(access.User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = cases.CaseBoundQuerySet.as_manager()

    class PersonalData:
        none = ("municipality", "at")
        ordinary = ("by", "by_name")
        free_text = ("text",)
        key = ("id", "case", "feedback")

    def __str__(self) -> str:
        return self.text[:60]
