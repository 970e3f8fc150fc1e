"""What the caseworker may change in a letter, and how it is to travel."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.contexts.citizens.api import PersonWithAccess, Scope
from samspil.contexts.letters.api import EDITABLE, LONGEST_PART, Channel, LetterView
from samspil.web.components.forms import CleanText, DayField, GrowingText, Tiles

_EMPTY = {"required": _("Skriv mindst én sætning her")}


class LetterForm(forms.Form):
    """The four parts that are the caseworker's to change; a field for each, under the letter's own headings."""

    def __init__(self, *args: Any, letter: LetterView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in letter.parts:
            if part.kind in EDITABLE:
                rows = min(12, 2 + part.text.count("\n") + len(part.text) // 70)
                self.fields[part.kind] = CleanText(
                    label=part.heading,
                    limit=LONGEST_PART,
                    widget=GrowingText(rows=rows, wording="message"),
                    error_messages=_EMPTY,
                )
        if letter.may_choose_day:
            self.fields["expected_on"] = DayField(label=_("Hvilken dag får borgeren senest svar?"), looking="ahead")

    def texts(self) -> dict[str, str]:
        return {kind: self.cleaned_data[kind] for kind in self.fields if kind in EDITABLE}


class SendForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("Hvordan skal brevet ud?"),
        widget=Tiles,
        choices=Channel.choices,
        help_text=_(
            "Borgeren kan altid læse brevet her i Samspil. Kan Digital Post ikke tage imod, bliver brevet til papir."
        ),
        error_messages={"required": _("Vælg, hvordan brevet skal ud")},
    )
    copies = forms.MultipleChoiceField(
        label=_("Hvem skal have en kopi på papir?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[PersonWithAccess], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let = [
            (str(one.relation_id), f"{one.name} ({one.relation_words.lower()})")
            for one in people
            if any(grant.is_on and Scope.LETTERS in grant.scopes for grant in one.grants)
        ]
        if let:
            self.fields["copies"].choices = let  # type: ignore[attr-defined]
        else:
            del self.fields["copies"]


class PostedForm(forms.Form):
    posted_on = DayField(label=_("Hvilken dag blev det lagt i postkassen?"), looking="back")


class ToldForm(forms.Form):
    """The reader's answer to whether the letter told what was decided."""

    told = forms.ChoiceField(choices=[(key, key) for key in ("yes", "some", "no")])
    in_own_words = CleanText(limit=1_000, required=False)
