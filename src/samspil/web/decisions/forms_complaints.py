"""Forms about a complaint, from the first words to what the appeals board says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.contexts.decisions.api import BoardOutcome, Channel, Reassessment
from samspil.web.components.forms import CleanText, DayField, Tiles
from samspil.web.decisions.forms_needs import ANOTHER, NAME, TEXT


class ComplaintForm(forms.Form):
    words = CleanText(
        wording="",
        label=_("Hvad siger borgeren?"),
        limit=TEXT,
        help_text=_("Skriv det med borgerens egne ord. En klage behøver ikke være skriftlig."),
        error_messages={"required": _("Skriv, hvad borgeren siger")},
    )
    channel = forms.ChoiceField(
        label=_("Hvordan kom klagen?"),
        widget=Tiles,
        choices=Channel.choices,
        error_messages={"required": _("Vælg, hvordan klagen kom"), "invalid_choice": ANOTHER},
    )
    day = DayField(label=_("Hvornår fik I klagen?"), looking="back")
    from_name = CleanText(
        label=_("Hvem klager?"),
        limit=NAME,
        widget=forms.TextInput(),
        help_text=_("Borgeren selv, eller den, der har fuldmagt."),
        error_messages={"required": _("Skriv, hvem der klager")},
    )
    is_urgent = forms.BooleanField(label=_("Det haster"), required=False)


class ReassessForm(forms.Form):
    prefix = "reassess"
    answer = forms.ChoiceField(
        label=_("Hvad siger I nu?"),
        widget=Tiles,
        choices=Reassessment.choices,
        error_messages={"required": _("Vælg, hvad I siger"), "invalid_choice": ANOTHER},
    )
    words = CleanText(
        wording="message",
        label=_("Hvad har I set på, og hvorfor?"),
        limit=TEXT,
        error_messages={"required": _("Skriv, hvad I har set på")},
    )

    def __init__(self, *args: Any, is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_late:
            field: Any = self.fields["answer"]
            field.choices = [(Reassessment.NO_CHANGE.value, _("Send den videre, som den er"))]
            field.initial = Reassessment.NO_CHANGE.value


class DelayForm(forms.Form):
    prefix = "delay"
    answer_by = DayField(label=_("Hvornår er I færdige?"))
    words = CleanText(
        wording="message",
        label=_("Hvad mangler I at få at vide?"),
        limit=TEXT,
        help_text=_("Borgeren får det at vide."),
        error_messages={"required": _("Skriv, hvad I mangler")},
    )


class PartialForm(forms.Form):
    prefix = "partial"
    keeps = forms.ChoiceField(
        label=_("Hvad siger borgeren til det, I har ændret?"),
        widget=Tiles,
        choices=[("yes", _("Klagen skal videre")), ("no", _("Det er godt nok nu"))],
        error_messages={"required": _("Vælg, hvad borgeren siger"), "invalid_choice": ANOTHER},
    )
    day = DayField(label=_("Hvornår sagde borgeren det?"), looking="back")


class BoardForm(forms.Form):
    prefix = "board"
    outcome = forms.ChoiceField(
        label=_("Hvad har Ankestyrelsen afgjort?"),
        widget=Tiles,
        choices=BoardOutcome.choices,
        error_messages={"required": _("Vælg, hvad Ankestyrelsen har afgjort"), "invalid_choice": ANOTHER},
    )
    words = CleanText(wording="", label=_("Det vigtigste"), limit=TEXT, required=False)
    points = CleanText(
        wording="",
        label=_("Hvad skal I undersøge?"),
        limit=TEXT,
        required=False,
        help_text=_("Kun hvis sagen er sendt tilbage. Et punkt på hver linje."),
    )
    day = DayField(label=_("Hvornår fik I afgørelsen?"), looking="back")

    @property
    def point_lines(self) -> list[tuple[str, str]]:
        """(cause, text) of each; the cause is not asked for."""
        return [("", line.strip()) for line in self.cleaned_data["points"].splitlines() if line.strip()]


class PointForm(forms.Form):
    words = CleanText(
        label=_("Hvad har I fundet ud af?"),
        limit=TEXT,
        error_messages={"required": _("Skriv, hvad I har fundet ud af")},
    )
