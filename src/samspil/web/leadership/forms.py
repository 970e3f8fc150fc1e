from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.contexts.review import api as review
from samspil.web.components.forms import CleanText, DayField, Tiles
from samspil.web.leadership.rule_rows import KINDS


class FindingForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Hvad fandt du?"),
        choices=review.Outcome.choices,
        widget=Tiles,
        error_messages={"required": _("Vælg, hvad du fandt")},
    )
    words = CleanText(
        label=_("Skriv kort, hvad der er fundet ud af"),
        help_text=_("Du kan ikke slette det. Retter du det senere, står begge dele der."),
        limit=1000,
        required=False,
    )
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @property
    def seen_id(self) -> UUID | None:
        return self.cleaned_data["seen"]


class RulesForm(forms.Form):
    """Which rules to look at, and on what day."""

    vis = forms.ChoiceField(label=_("Liste"), choices=list(KINDS.items()), required=False)
    dag = DayField(label=_("Som de gælder den"), required=False, looking="back")
    usikre = forms.BooleanField(required=False)
