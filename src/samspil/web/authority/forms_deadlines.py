"""What a caseworker writes when a day is moved."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.web.components.forms import CleanText, DayField

LONG = 1000


class MoveForm(forms.Form):
    day = DayField(label=_("Ny dag"), help_text=_("Den sidste dag, fx 26.11.2026"))
    why = CleanText(
        limit=LONG,
        label=_("Hvorfor ændrer du fristen?"),
        error_messages={"required": _("Skriv, hvorfor du ændrer fristen")},
    )


class RecountForm(forms.Form):
    day = DayField(
        looking="back",
        label=_("Hvilken dag regnes der fra?"),
        help_text=_("Dagen selv tælles ikke med."),
        error_messages={"required": _("Skriv den dag, der regnes fra")},
    )
    why = CleanText(
        limit=LONG,
        label=_("Hvorfor regnes der igen?"),
        help_text=_("Fx at borgeren kan vise, at brevet kom senere."),
        error_messages={"required": _("Skriv, hvorfor der regnes igen")},
    )
