"""Forms for calling a meeting and answering about it. Errors say what helps."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspil.contexts.citizens.api import MeetingForm
from samspil.contexts.meetings.api import Guest, LayoutView, MeetingKind
from samspil.web.components.forms import CleanText, DayField, TickTiles, Tiles, TimeField


class WhenForm(forms.Form):
    day = DayField(label=_("Hvilken dag?"))
    starts = TimeField(
        label=_("Fra klokken"),
        widget=forms.TextInput({"class": "form-input-time"}),
        error_messages={"required": _("Skriv, hvornår mødet begynder, fx 10.30")},
    )
    ends = TimeField(
        label=_("Til klokken"),
        widget=forms.TextInput({"class": "form-input-time"}),
        error_messages={"required": _("Skriv, hvornår mødet slutter, fx 11.30")},
    )
    place = CleanText(
        label=_("Hvor?"),
        limit=160,
        widget=forms.TextInput(),
        error_messages={"required": _("Skriv, hvor I mødes")},
    )

    @property
    def starts_at(self) -> dt.datetime:
        return self._moment("starts")

    @property
    def ends_at(self) -> dt.datetime:
        return self._moment("ends")

    def _moment(self, name: str) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data[name]))


class CallForm(WhenForm):
    """The invitation. Everything but the purpose can be filled in beforehand."""

    kind = forms.ChoiceField(label=_("Hvad er det for et møde?"), choices=MeetingKind.choices, widget=Tiles())
    purpose = CleanText(
        wording="message",
        label=_("Hvad vil du gerne tale om?"),
        help_text=_("Borgeren læser det her. Skriv, som du ville sige det."),
        error_messages={"required": _("Skriv, hvad du gerne vil tale om")},
    )
    form = forms.ChoiceField(label=_("Hvordan mødes I?"), choices=MeetingForm.choices)
    guests = forms.MultipleChoiceField(label=_("Hvem er med?"), widget=TickTiles(), required=False)
    agenda = CleanText(
        wording="message",
        label=_("Flere punkter"),
        help_text=_("Ét punkt på hver linje. De faste punkter kommer med af sig selv."),
        required=False,
    )
    layout_slug = forms.ChoiceField(label=_("Hvilken tavle bruger I?"))
    material = CleanText(
        wording="message", label=_("Hvad skal udfører tage med?"), help_text=_("Fx status på målene."), required=False
    )

    field_order = (
        "kind",
        "purpose",
        "day",
        "starts",
        "ends",
        "form",
        "place",
        "guests",
        "agenda",
        "material",
        "layout_slug",
    )

    def __init__(self, *args: Any, people: tuple[Guest, ...], layouts: tuple[LayoutView, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {guest.name: guest for guest in people}
        words = {g.name: f"{g.name} ({g.role_words})" if g.role_words else g.name for g in people}
        self.fields["guests"].choices = list(words.items())  # type: ignore[attr-defined]
        self.fields["layout_slug"].choices = [(row.slug, row.name) for row in layouts]  # type: ignore[attr-defined]

    @property
    def invited(self) -> list[Guest]:
        return [self.people[name] for name in self.cleaned_data["guests"]]

    @property
    def points(self) -> list[str]:
        return [line.strip()[:200] for line in self.cleaned_data["agenda"].splitlines() if line.strip()]


class PointForm(forms.Form):
    text = CleanText(
        label=_("Hvad vil du gerne tale om?"),
        limit=200,
        widget=forms.TextInput(),
        error_messages={"required": _("Skriv det, du gerne vil tale om")},
    )


class ChangedForm(forms.Form):
    text = CleanText(
        wording="message",
        label=_("Hvad har du ændret?"),
        help_text=_("Borgeren kan læse det."),
        limit=400,
        error_messages={"required": _("Skriv, hvad du har ændret")},
    )
