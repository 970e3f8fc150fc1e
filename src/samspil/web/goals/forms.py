"""The fields of purpose, goal, sub-goal and rating. The citizen's words come first everywhere."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.goals.api import GoalRefusal, GoalStatus
from samspil.kernel.text import clean
from samspil.web.components.forms import DayField, GrowingText, Wording
from samspil.web.components.tags.citizen import pictogram_label, pictograms
from samspil.web.notes.themes import Themes, themes_on
from samspil.web.shell.refusal_texts import text_later, text_of

LONGEST = 4000
LONGEST_CLEAN = 3 * LONGEST  # a letter may become three when its accents are written apart
TOO_LONG = {"max_length": text_later(GoalRefusal.TOO_LONG)}


def _words(
    label: Any, *, help_text: Any = "", rows: int = 3, wording: Wording = "note", **more: Any
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        widget=GrowingText({"class": more.pop("css", "")}, rows=rows, wording=wording),
        error_messages=TOO_LONG | more.pop("error_messages", {}),
        **more,
    )


def _said(words: str) -> str:
    """Something must be left when what nobody can see is taken away, as it is when words are kept."""
    if not clean(words, LONGEST_CLEAN):
        raise ValidationError(text_of(GoalRefusal.NO_WORDS))
    return words


def _title(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=80,
        error_messages={
            "required": text_later(GoalRefusal.NO_TITLE),
            "max_length": _("Højst 80 tegn. Gør navnet kortere."),
        },
    )


def _pictogram() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Billede"), required=False, choices=[], widget=forms.RadioSelect)


class PurposeForm(forms.Form):
    citizen_words = _words(
        _("Hvad er vigtigst, med borgerens egne ord?"),
        help_text=_("Skriv det, som det blev sagt."),
        css="citizen-words",
        wording="",
        error_messages={"required": text_later(GoalRefusal.NO_WORDS)},
    )
    wording = _words(_("Formålet med hjælpen, med fagets ord"), rows=4)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_citizen_words(self) -> str:
        return _said(self.cleaned_data["citizen_words"])


class GoalForm(forms.Form):
    """A goal as the authority sets it or the provider proposes it."""

    HELP = {
        "if_reached": _("Skriv, hvad der sker med hjælpen, når målet er nået"),
        "if_not_reached": _("Skriv, hvad der sker med hjælpen, hvis målet ikke bliver nået"),
    }
    citizen_words = _words(
        _("Borgerens egne ord"),
        help_text=_("Skriv det, som det blev sagt. Det står først alle steder."),
        css="citizen-words",
        wording="",
    )
    title = _title(_("Kort navn"), _("Få ord, som alle kan huske, fx “Tage bussen alene”."))
    wording = _words(_("Målet med fagets ord"), rows=4)
    theme = forms.CharField(
        label=_("Tema"),
        required=False,
        help_text=_("Begynd at skrive, eller vælg fra listen."),
        widget=forms.TextInput({"list": "maal-temaer", "autocomplete": "off"}),
    )
    goal_type = forms.ChoiceField(label=_("Hvad skal der ske?"), required=False, widget=forms.RadioSelect)
    expected_level = forms.ChoiceField(label=_("Hvor forventer I, at borgeren er, når målet er nået?"), required=False)
    if_reached = _words(
        _("Hvad sker der med hjælpen, når målet er nået?"),
        help_text=_("Så alle ved det fra begyndelsen, og ingen bliver overrasket. Fx: Så slutter busturene."),
    )
    if_not_reached = _words(
        _("Hvad sker der med hjælpen, hvis det ikke bliver nået?"),
        help_text=_("Det er ikke en straf. Fx: Så prøver vi en anden vej, og hjælpen går videre."),
    )
    responsible_name = forms.CharField(label=_("Hvem følger op?"), required=False, max_length=120)
    follow_up_on = DayField(label=_("Hvornår ser I på det igen?"), required=False)
    pictogram = _pictogram()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes: Themes = themes_on(on)
        kinds = catalogue.goal_types(on)
        levels = catalogue.functional_levels(on)
        self._choose("goal_type", [("", _("Ikke valgt")), *((c.code, c.name) for c in kinds)])
        self._choose("expected_level", [("", _("Ikke valgt")), *((c.code, _level(c)) for c in levels)])
        self._choose("pictogram", picture_choices())

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        """The choices of the day, and the one that is chosen already where it is no longer among them."""
        chosen = str(self.initial.get(name) or "")
        kept = [] if chosen in dict(choices) else [(chosen, _("Som før"))]
        self.fields[name].choices = [*choices, *kept]  # type: ignore[attr-defined]

    def clean_theme(self) -> str:
        name = self.cleaned_data["theme"].strip()
        if not name:
            return ""
        theme = self.themes.theme_named(name)
        if theme is None:
            raise ValidationError(_("Vælg et tema fra listen."))
        return theme.code

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if self.data.get("status") == GoalStatus.ACTIVE:
            for name, sentence in self.HELP.items():
                if name in found and not found[name].strip():
                    self.add_error(name, sentence)
        theme = next((t for t in self.themes.all if t.code == found.get("theme")), None)
        if found.get("expected_level") and theme is not None and not theme.is_rated:
            self.add_error(
                "expected_level", _("Et niveau hører kun til temaer i “Aktivitet og deltagelse”. Vælg “Ikke valgt”.")
            )
        return found


class SubGoalForm(forms.Form):
    title = _title(_("Delmålet"), _("Et lille skridt, fx “Køre tre stop med Jonas i bussen”."))
    citizen_words = _words(_("Borgerens egne ord"), rows=2, wording="")
    responsible_name = forms.CharField(label=_("Hvem hjælper?"), required=False, max_length=120)
    follow_up_on = DayField(label=_("Hvornår ser I på det igen?"), required=False)
    pictogram = _pictogram()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pictogram"].choices = picture_choices()  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """Why the provider recommends it."""

    words = _words(_("Hvorfor?"), help_text=_("Skriv, hvad I har set, og hvad borgeren siger."))

    def clean_words(self) -> str:
        return _said(self.cleaned_data["words"])


class RateForm(forms.Form):
    side = forms.ChoiceField(label=_("Hvem siger det?"), widget=forms.RadioSelect)
    value = forms.TypedChoiceField(
        coerce=int,
        choices=[(str(n), str(n)) for n in range(11)],
        error_messages={
            "required": text_later(GoalRefusal.NOT_ON_SCALE),
            "invalid_choice": text_later(GoalRefusal.NOT_ON_SCALE),
        },
    )
    words = forms.CharField(
        label=_("Med et par ord"), required=False, max_length=400, widget=GrowingText(rows=2), error_messages=TOO_LONG
    )

    def __init__(self, *args: Any, sides: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = list(sides)  # type: ignore[attr-defined]


def picture_choices() -> list[tuple[str, str]]:
    return [("", str(_("Intet billede"))), *((slug, pictogram_label(slug)) for slug in pictograms())]


def _level(code: catalogue.Code) -> str:
    return code.name if code.numeric is None else f"{code.numeric} – {code.name}"
