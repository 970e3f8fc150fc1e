"""The municipality's own board layouts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Capability
from samspil.contexts.meetings import api as meetings
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.components.forms import CleanText
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes

MOST_COLUMNS = 5
COLUMN = ("title", "prompt", "kind", "slug")


class LayoutForm(forms.Form):
    name = CleanText(
        label=gettext_lazy("Hvad hedder tavlen?"),
        limit=80,
        widget=forms.TextInput(),
        error_messages={"required": gettext_lazy("Skriv et navn til tavlen")},
    )
    description = CleanText(
        label=gettext_lazy("Hvornår er den god at bruge?"), limit=300, widget=forms.TextInput(), required=False
    )
    scale_question = CleanText(
        label=gettext_lazy("Spørgsmål med skala fra 0 til 10"),
        limit=120,
        widget=forms.TextInput(),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(MOST_COLUMNS):
            self.fields |= {_of_column(number, name): field for name, field in _column_fields(number + 1).items()}

    def columns(self) -> list[dict[str, forms.BoundField]]:
        return [{name: self[_of_column(number, name)] for name in COLUMN} for number in range(MOST_COLUMNS)]

    def column_drafts(self) -> list[meetings.ColumnDraft]:
        said = self.cleaned_data
        rows = range(MOST_COLUMNS)
        return [meetings.ColumnDraft(*(said[_of_column(number, name)] for name in COLUMN)) for number in rows]


def _of_column(number: int, name: str) -> str:
    return f"columns-{number}-{name}"


def _column_fields(number: int) -> dict[str, forms.Field]:
    """Named as in `COLUMN`; the number tells them apart where texts are shown beside each other."""

    def words(label: Any, limit: int) -> CleanText:
        return CleanText(
            label=format_lazy("{} {}", label, number), limit=limit, widget=forms.TextInput(), required=False
        )

    kind_label = format_lazy(gettext_lazy("Nye kort i kolonne {number} er"), number=number)
    return {
        "title": words(gettext_lazy("Overskrift"), 60),
        "prompt": words(gettext_lazy("Hjælpespørgsmål"), 160),
        "kind": forms.ChoiceField(label=kind_label, choices=meetings.CardKind.choices),
        "slug": forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput),
    }


@access(Capability.LAYOUT_EDIT, Capability.MEETING_CALL)
@require_GET
def layouts(request: ActorRequest) -> HttpResponse:
    context = {
        "layouts": meetings.layouts(request.actor),
        "may_edit": Capability.LAYOUT_EDIT in request.actor.capabilities,
    }
    return render(request, "meetings/layouts.html", context)


@access(Capability.LAYOUT_EDIT)
@writes
def new(request: ActorRequest) -> HttpResponse:
    return _edit(request, None)


@access(Capability.LAYOUT_EDIT)
@writes(of="slug")
def change(request: ActorRequest, slug: str) -> HttpResponse:
    """Change one, or take it out; a common one becomes the municipality's own when it is changed."""
    old = meetings.layout(request.actor, slug)
    if request.method == "POST" and "retire" in request.POST:
        meetings.retire_layout(actor=request.actor, at=clock.now(), slug=slug)
        messages.success(request, _("Tavlen er taget ud af listen."))
        return redirect("meetings:layouts")
    return _edit(request, old)


def _edit(request: ActorRequest, old: meetings.LayoutView | None) -> HttpResponse:
    form = form_for(request, LayoutForm, initial=_start(old), changes=old is not None)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.save_layout(
                actor=request.actor,
                at=clock.now(),
                slug=old.slug if old else "",
                columns=form.column_drafts(),
                **{name: form.cleaned_data[name] for name in LayoutForm.base_fields},
            )
        except Refused as refusal:
            form.add_error(None, text_of(refusal.reason))
        else:
            messages.success(request, _("Tavlen er gemt. I kan vælge den, når I indkalder."))
            return redirect("meetings:layouts")
    context = {"form": form, "columns": form.columns(), "old": old}
    return render(request, "meetings/layout_edit.html", context, status=422 if form.errors else 200)


def _start(old: meetings.LayoutView | None) -> dict[str, str]:
    columns = [(c.title, c.prompt, c.kind, c.slug) for c in old.columns] if old else []
    columns += [("", "", str(meetings.CardKind.IDEA), "")] * (MOST_COLUMNS - len(columns))
    start = {
        _of_column(n, name): value for n, row in enumerate(columns) for name, value in zip(COLUMN, row, strict=True)
    }
    if old is None:
        return start
    return start | {"name": old.name, "description": old.description, "scale_question": old.scale_question}
