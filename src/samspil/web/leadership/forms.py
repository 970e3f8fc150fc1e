import datetime as dt
from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.contexts.review import api as review
from samspil.kernel.day_counting import Length, Unit
from samspil.web.components.forms import CleanText, DayField, Tiles
from samspil.web.leadership.rule_rows import KINDS

YEARS_BACK = 3


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
        wording="",
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


class VerifyForm(forms.Form):
    """A jurist stands for a rule as it reads today."""

    jurist = forms.CharField(
        label=_("Hvilken jurist har set reglen efter?"),
        max_length=120,
        error_messages={"required": _("Skriv, hvem der har set reglen efter")},
    )
    words = CleanText(label=_("Hvad har juristen set på?"), limit=1_000, wording="", required=False)


class LearningForm(forms.Form):
    """Which year to learn from: this one, or one of those before it. Years do not overlap, so that no small number
    can be worked out from two of them."""

    aar = forms.TypedChoiceField(label=_("Afgørelser fra"), coerce=int)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        years = range(on.year, on.year - YEARS_BACK, -1)
        cast(forms.ChoiceField, self.fields["aar"]).choices = [(year, str(year)) for year in years]

    @property
    def year(self) -> int:
        return self.cleaned_data["aar"]


class OwnDeadlineForm(forms.Form):
    """How long the municipality gives itself, or gives a citizen where no law says so."""

    key = forms.ChoiceField(label=_("Hvilken frist?"), error_messages={"required": _("Vælg, hvilken frist det er")})
    basis = forms.ChoiceField(label=_("For hvilken bestemmelse?"), required=False)
    count = forms.IntegerField(
        label=_("Hvor mange?"),
        min_value=1,
        max_value=366,
        error_messages={
            "required": _("Skriv et antal fra 1 til 366"),
            "invalid": _("Skriv et antal fra 1 til 366"),
            "min_value": _("Skriv et antal fra 1 til 366"),
            "max_value": _("Skriv et antal fra 1 til 366"),
        },
    )
    unit = forms.ChoiceField(
        label=_("Dage, uger eller måneder?"),
        choices=[
            ("weeks", _("uger")),
            ("days", _("dage")),
            ("workdays", _("arbejdsdage")),
            ("months", _("måneder")),
        ],
    )
    from_on = DayField(label=_("Fra hvilken dag?"), error_messages={"required": _("Skriv den dag, fristen gælder fra")})

    def __init__(self, *args: Any, keys: Sequence[tuple[str, str]], bases: Sequence[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["key"]).choices = [("", _("Vælg")), *keys]
        cast(forms.ChoiceField, self.fields["basis"]).choices = [("", _("Alle bestemmelser")), *bases]

    @property
    def length(self) -> Length:
        return Length(self.cleaned_data["count"], Unit(self.cleaned_data["unit"]))
