"""When what recurs was last done. `samspil timers` writes these rows without Django, so that waiting costs little."""

from django.db import models


class TimerRun(models.Model):
    """One row a timer. `failure` is empty after a run that went well."""

    verb = models.CharField(primary_key=True, max_length=60)
    started_at = models.DateTimeField()
    went_well_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)

    class PersonalData:
        none = ("verb", "started_at", "went_well_at", "failed_at", "failure")

    def __str__(self) -> str:
        return self.verb
