from django.db import models


class Row(models.Model):
    """Something to look up by its key."""

    title = models.CharField(max_length=80)
    words = models.TextField()
    at = models.DateTimeField()
    number = models.IntegerField()

    def __str__(self) -> str:
        return self.title


class Line(models.Model):
    """Something to write."""

    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text
