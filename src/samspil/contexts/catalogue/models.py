"""Versioned code systems: rows with a period of validity, never lists in code."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce

from samspil.kernel.ids import new_id


class CodeSystem(models.Model):
    """One version of a code system; of each key one version holds at a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(max_length=20)
    uri = models.CharField(max_length=120)
    name = models.CharField(max_length=120)
    version = models.CharField(max_length=40)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=60)
    valid = DateRangeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="code_system_version_once"),
            ExclusionConstraint(
                name="code_system_one_version_at_a_time",
                expressions=[("key", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]

    class PersonalData:
        none = ("id", "key", "uri", "name", "version", "source", "licence", "valid")

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Concept(models.Model):
    """A code with its Danish words, for as long as they stay the same.

    `system` is the version that brought these words; a later version that repeats them keeps the row. `order` is the
    order in which people read the list, `parent` the code above it, `user_key` an older key accepted on input.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    system = models.ForeignKey(CodeSystem, on_delete=models.PROTECT, related_name="concepts")
    code = models.CharField(max_length=60)
    user_key = models.CharField(max_length=60, blank=True)
    display_da = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    parent = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=40)
    numeric = models.SmallIntegerField(null=True)
    order = models.PositiveIntegerField()
    selectable = models.BooleanField(default=True)
    valid = DateRangeField()

    class Meta:
        indexes = [models.Index(fields=["system", "kind", "order"], name="concept_kind")]
        constraints = [
            models.UniqueConstraint("system", "code", models.Func("valid", function="lower"), name="concept_once"),
            ExclusionConstraint(
                name="concept_one_wording_at_a_time",
                expressions=[
                    ("system", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    class PersonalData:
        none = (
            "id",
            "system",
            "code",
            "user_key",
            "display_da",
            "definition",
            "parent",
            "kind",
            "numeric",
            "order",
            "selectable",
            "valid",
        )

    def __str__(self) -> str:
        return self.display_da


class Provision(models.Model):
    """One row of the law for as long as it says the same: a basis, a deadline, a rule of the rule table …

    A new wording of the law is a new row from its first day. A correction of ours replaces the row: the old one stays,
    with `replaced_at`, for what was computed from it. `municipality` is for what a municipality has set itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    municipality = models.SmallIntegerField(null=True)
    content = models.JSONField()
    source = models.CharField(max_length=300)
    read = models.CharField(max_length=12)
    verified_by = models.CharField(max_length=120, blank=True)
    verified_on = models.DateField(null=True)
    valid = DateRangeField()
    loaded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="provision_key")]
        constraints = [
            ExclusionConstraint(
                name="provision_one_wording_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    (Coalesce("municipality", 0), RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(replaced_at__isnull=True),
            )
        ]

    class PersonalData:
        none = (
            "id",
            "kind",
            "key",
            "municipality",
            "content",
            "source",
            "read",
            "verified_by",
            "verified_on",
            "valid",
            "loaded_at",
            "replaced_at",
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Verification(models.Model):
    """A jurist of a municipality stands for a row of the law as it reads, or takes that back: who, when, which words.

    It hangs on the row itself: a row that is corrected is another row, and has no mark. Rows are only added.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.SmallIntegerField()
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="verifications")
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120)
    jurist = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    stands = models.BooleanField(help_text="False when an earlier mark is taken back.")

    class Meta:
        indexes = [models.Index(fields=["municipality", "provision", "-at"], name="verification_newest")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    class PersonalData:
        none = ("municipality", "provision", "at", "stands")
        ordinary = ("by_id", "by_name", "jurist")
        free_text = ("words",)
        key = ("id",)

    def __str__(self) -> str:
        return f"{self.jurist} {self.stands}"
