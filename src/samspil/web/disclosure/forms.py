"""What is written about a request to see the file by those who answer."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.contexts.disclosure import api as disclosure
from samspil.contexts.disclosure.api import Asks, Channel, ChoiceLine, Handed, Kind
from samspil.contexts.notes.api import TakenBackNote
from samspil.web.authority.forms_cases import ShortText
from samspil.web.components.forms import CleanText, DayField, Tiles
from samspil.web.handing.forms import DisagreeForm, WantedForm

WHY = ("", _("Vælg en grund"))


class NoteRequestForm(WantedForm):
    field_order = ["kind", "asks", "asker_name", "channel", "received_on", "wanted", "since_on", "words"]
    kind = forms.ChoiceField(label=_("Hvad bliver der bedt om?"), choices=Kind.choices, widget=Tiles())
    asks = forms.ChoiceField(label=_("Hvem beder om det?"), choices=Asks.choices, widget=Tiles())
    asker_name = ShortText(
        limit=disclosure.LONGEST_NAME,
        required=False,
        label=_("Navn, hvis det ikke er borgeren selv"),
    )
    channel = forms.ChoiceField(
        label=_("Hvordan kom det?"), choices=[one for one in Channel.choices if one[0] != Channel.ROOM]
    )
    received_on = DayField(
        looking="back",
        label=_("Hvilken dag fik vi det?"),
        help_text=_("Fristen regnes fra den dag."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].label = _("Hvad vil de gerne se?")
        self.fields["words"].label = _("Skriv det med deres ord")


class ChooseForm(forms.Form):
    """Every document of the case, ticked when it is in the answer, and with a reason when it is not."""

    def __init__(
        self, *args: Any, found: Sequence[ChoiceLine], reasons: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        for line in found:
            name = line.document.key
            self.fields[f"in_{name}"] = forms.BooleanField(label=line.document.title, required=False)
            self.fields[f"why_{name}"] = forms.ChoiceField(
                label=_("Hvorfor er det ikke med?"), choices=[WHY, *reasons], required=False
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for line in self.found:
            key = line.document.key
            if not said.get(f"in_{key}") and not said.get(f"why_{key}") and not self.errors.get(f"why_{key}"):
                self.add_error(f"why_{key}", _("Vælg, hvorfor papiret ikke er med"))
        return said

    @property
    def left_out(self) -> dict[str, str]:
        keys = (line.document.key for line in self.found)
        return {key: self.cleaned_data[f"why_{key}"] for key in keys if not self.cleaned_data[f"in_{key}"]}

    @property
    def rows(self) -> list[tuple[ChoiceLine, forms.BoundField, forms.BoundField]]:
        return [(line, self[f"in_{line.document.key}"], self[f"why_{line.document.key}"]) for line in self.found]


def as_it_stands(found: Iterable[ChoiceLine]) -> dict[str, Any]:
    """How the list is filled in before anybody changes it."""
    stands: dict[str, Any] = {}
    for line in found:
        stands |= {f"in_{line.document.key}": line.is_in, f"why_{line.document.key}": line.left_out}
    return stands


class CoverWordsForm(forms.Form):
    words = ShortText(
        limit=disclosure.LONGEST_WORDS,
        label=_("Ord, der skal dækkes alle steder"),
        help_text=_("Fx et navn eller en adresse."),
        error_messages={"required": _("Skriv de ord, der skal dækkes")},
    )
    reason = forms.ChoiceField(label=_("Hvorfor?"), error_messages={"required": _("Vælg en grund")})

    def __init__(self, *args: Any, reasons: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [WHY, *reasons]  # type: ignore[attr-defined]


class CoverPartForm(CoverWordsForm):
    field_order = ["part", "words", "reason"]
    part = forms.ChoiceField(label=_("Hvor i papiret?"), error_messages={"required": _("Vælg et sted")})
    words = ShortText(
        limit=disclosure.LONGEST_WORDS,
        required=False,
        label=_("Hvilke ord?"),
        help_text=_("Lad feltet stå tomt, hvis hele stedet skal dækkes."),
    )

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [("", _("Vælg et sted")), *parts]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """`taken_back` are the notes that were taken back, when the answer is a copy of own data."""

    about_others = forms.TypedMultipleChoiceField(
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Er et af notaterne om en anden end borgeren?"),
        help_text=_("De er taget tilbage, men vi har dem stadig. Sæt hak ved dem, der ikke skal med i kopien."),
    )
    reasons = CleanText(
        limit=disclosure.LONGEST,
        required=False,
        wording="message",
        label=_("Hvorfor er noget ikke med?"),
        help_text=_("Skriv det til den, der får svaret, når noget er dækket eller ikke er med."),
    )
    handed = forms.ChoiceField(
        label=_("Hvordan vil de have svaret?"), choices=Handed.choices, widget=Tiles(), initial=Handed.ROOM
    )

    def __init__(self, *args: Any, taken_back: Sequence[TakenBackNote] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.id, f"{one.title}: {' '.join(one.texts)}") for one in taken_back]
        if offered:
            self.fields["about_others"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["about_others"]


class PostponeForm(forms.Form):
    day = DayField(label=_("Hvornår kommer svaret så?"), help_text=_("Fx 26.11.2026"))
    words = CleanText(
        limit=disclosure.LONGEST,
        wording="message",
        label=_("Hvorfor varer det længere?"),
        help_text=_("Den, der har bedt om det, læser det her."),
        error_messages={"required": _("Skriv, hvorfor det varer længere")},
    )


class StopClockForm(forms.Form):
    decision_id = forms.TypedChoiceField(
        coerce=UUID, label=_("Hvilken afgørelse?"), error_messages={"required": _("Vælg en afgørelse")}
    )

    def __init__(self, *args: Any, found: Sequence[disclosure.StoppableView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision_id"].choices = [(str(one.id), one.title) for one in found]  # type: ignore[attr-defined]


class NoteComplaintForm(DisagreeForm):
    field_order = ["channel", "received_on", "words"]
    channel = forms.ChoiceField(
        label=_("Hvordan kom det?"), choices=[one for one in Channel.choices if one[0] != Channel.ROOM]
    )
    received_on = DayField(looking="back", label=_("Hvilken dag fik vi det?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Hvad er de uenige i? Skriv deres ord.")
