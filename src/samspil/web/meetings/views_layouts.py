"""The municipality's own board layouts."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
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
from samspil.web.shell.writing import writes

MOST_COLUMNS = 5


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


class ColumnForm(forms.Form):
    title = CleanText(label=gettext_lazy("Overskrift"), limit=60, widget=forms.TextInput(), required=False)
    prompt = CleanText(label=gettext_lazy("Hjælpespørgsmål"), limit=160, widget=forms.TextInput(), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Nye kort er"), choices=meetings.CardKind.choices)
    slug = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)


Columns = forms.formset_factory(ColumnForm, extra=0, min_num=MOST_COLUMNS, max_num=MOST_COLUMNS)


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
def edit(request: ActorRequest, slug: str = "") -> HttpResponse:
    """Make a layout, or change one; a common one becomes the municipality's own when it is changed."""
    old = meetings.layout(request.actor, slug) if slug else None
    if request.method == "POST" and "retire" in request.POST and slug:
        meetings.retire_layout(actor=request.actor, at=clock.now(), slug=slug)
        messages.success(request, _("Tavlen er taget ud af listen."))
        return redirect("meetings:layouts")
    form = LayoutForm(request.POST or None, initial=_start(old))
    columns = Columns(request.POST or None, initial=_start_columns(old), prefix="columns")
    if request.method == "POST" and form.is_valid() and columns.is_valid():
        drafts = [
            meetings.ColumnDraft(c.get("title", ""), c.get("prompt", ""), c["kind"], c.get("slug", ""))
            for c in columns.cleaned_data
            if c  # who says that there are more rows than there are, sends empty ones
        ]
        try:
            meetings.save_layout(actor=request.actor, at=clock.now(), slug=slug, columns=drafts, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, text_of(refusal.reason))
        else:
            messages.success(request, _("Tavlen er gemt. I kan vælge den, når I indkalder."))
            return redirect("meetings:layouts")
    context = {"form": form, "columns": columns, "old": old}
    is_wrong = bool(form.errors) or any(columns.errors)
    return render(request, "meetings/layout_edit.html", context, status=422 if is_wrong else 200)


def _start(old: meetings.LayoutView | None) -> dict[str, str]:
    if old is None:
        return {}
    return {"name": old.name, "description": old.description, "scale_question": old.scale_question}


def _start_columns(old: meetings.LayoutView | None) -> list[dict[str, str]]:
    kept = [{"title": c.title, "prompt": c.prompt, "kind": c.kind, "slug": c.slug} for c in old.columns] if old else []
    return kept + [{"kind": str(meetings.CardKind.IDEA)}] * (MOST_COLUMNS - len(kept))
