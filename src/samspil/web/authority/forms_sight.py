"""Who may see a case: how sensitive it is, the list of names, and that one knows the citizen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspil.contexts.access import api as accounts
from samspil.contexts.cases import api as cases
from samspil.web.authority.forms_cases import NOBODY
from samspil.web.components.forms import CleanText, GrowingText, Wording
from samspil.web.shell.refusal_texts import text_of


class Reason(CleanText):
    """A few words that somebody else is going to read. Whether they are enough is the domain's to say."""

    def __init__(self, *, limit: int, wording: Wording = "note", **kwargs: Any) -> None:
        short = _("Skriv med et par ord hvorfor.")
        kept = {"limit": limit, "widget": GrowingText(rows=2, wording=wording), "error_messages": {"required": short}}
        super().__init__(**{**kept, **kwargs})


class SightForm(forms.Form):
    sensitivity = forms.TypedChoiceField(
        label=_("Hvor følsom er sagen?"), choices=accounts.Sensitivity.choices, coerce=int
    )
    is_restricted = forms.BooleanField(
        label=_("Kun rådgiveren og dem på listen må se sagen"),
        help_text=_("Udføreren og dem, borgeren selv har valgt, ser det samme som før."),
        required=False,
    )
    user_ids = forms.MultipleChoiceField(
        label=_("Kolleger på listen"), widget=forms.CheckboxSelectMultiple, required=False
    )
    unit_ids = forms.MultipleChoiceField(
        label=_("Teams på listen"), widget=forms.CheckboxSelectMultiple, required=False
    )
    why = Reason(limit=180, label=_("Hvorfor?"), help_text=_("Borgeren kan få det at se."))

    def __init__(self, *args: Any, people: list[tuple[str, str]], teams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("user_ids", people), ("unit_ids", teams)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]


class AddressForm(forms.Form):
    """Whoever asks for a protected address says what it is for."""

    words = Reason(limit=180, label=_("Hvorfor skal du bruge adressen?"))

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        refusal = cases.check_reason(words).refusal
        if refusal is not None:
            raise ValidationError(text_of(refusal))
        return words


class ConflictForm(forms.Form):
    words = Reason(
        limit=300,
        wording="",
        label=_("Hvordan kender du borgeren?"),
        help_text=_("Skriv kort, fx at I er naboer. Din leder læser det."),
    )


class EmergencyForm(forms.Form):
    ground = forms.ChoiceField(label=_("Hvad er der sket?"), error_messages={"required": _("Vælg, hvad der er sket.")})
    words = Reason(
        limit=cases.LONGEST_REASON,
        label=_("Hvorfor kan det ikke vente?"),
        help_text=_("Din leder og borgeren kan læse, hvad du skriver."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [NOBODY, *cases.grounds()]  # type: ignore[attr-defined]
