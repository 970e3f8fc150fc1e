"""Two people changed the same text: both versions side by side, and a way to keep either."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from samspil.web.shell.access import ActorRequest


@dataclass(frozen=True, slots=True)
class Both:
    """One field as it stands now and as it was typed."""

    label: str
    theirs: str
    yours: str


def show_conflict(
    request: ActorRequest, form: forms.Form, theirs: Mapping[str, Any], *, version: int, back_url: str
) -> HttpResponse:
    """The page with both; sending it again saves one's own over the other's, now knowingly. Status 409."""
    rows = [
        Both(str(field.label), _words(field, theirs.get(field.name)), _words(field, field.value()))
        for field in form.visible_fields()
    ]
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {"csrfmiddlewaretoken", "form_key", "version"}
    ]
    context = {
        "rows": [row for row in rows if row.theirs != row.yours],
        "sent": [*sent, ("version", str(version))],
        "back_url": back_url,
    }
    return render(request, "goals/conflict.html", context, status=409)


def _words(field: forms.BoundField, value: Any) -> str:
    """What a reader sees of a value: a choice by its words."""
    shown = field.field.prepare_value(value)
    shown = field.field.widget.format_value(shown) if not hasattr(field.field, "choices") else shown
    if hasattr(field.field, "choices"):
        return str(dict(field.field.choices).get(str(shown or ""), shown or ""))
    return str(shown or "").replace("\r\n", "\n").strip()
