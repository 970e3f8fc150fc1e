"""What is written about a dispute. The citizen may read it, so the words are for all who are part of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.contexts.disputes import api as disputes
from samspil.web.authority.forms_cases import ShortText
from samspil.web.components.forms import CleanText, DayField


def _shown() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Borgeren må se det"),
        help_text=_("Lad være, hvis det handler om andre, eller hvis det gør det sværere at tale sammen."),
        required=False,
    )


class NoteDisputeForm(forms.Form):
    between = ShortText(
        limit=disputes.LONGEST_NAMES,
        label=_("Hvem er uenige?"),
        help_text=_("Fx Karlas søster og bostøtten"),
        error_messages={"required": _("Skriv, hvem der er uenige")},
    )
    about = CleanText(
        limit=disputes.LONGEST,
        label=_("Hvad er de uenige om?"),
        help_text=_("Skriv det, så alle parter kan læse det og være med på det."),
        error_messages={"required": _("Skriv, hvad de er uenige om")},
    )
    citizen_words = CleanText(limit=disputes.LONGEST, wording="", label=_("Med borgerens egne ord"), required=False)
    is_shown = _shown()


class PlanDisputeForm(forms.Form):
    talks_name = ShortText(
        limit=disputes.LONGEST_NAME,
        label=_("Hvem tager samtalen?"),
        error_messages={"required": _("Skriv, hvem der tager samtalen")},
    )
    talks_with = ShortText(
        limit=disputes.LONGEST_NAMES,
        label=_("Hvem taler de med?"),
        error_messages={"required": _("Skriv, hvem der er med i samtalen")},
    )
    talk_on = DayField(label=_("Hvilken dag?"), help_text=_("Fx 26.11.2026"), required=False)
    approach = CleanText(
        limit=disputes.LONGEST,
        label=_("Hvad har I aftalt at gøre?"),
        help_text=_("Hvordan I taler sammen, og hvad hver af jer gør imens."),
        error_messages={"required": _("Skriv, hvad I har aftalt")},
    )
    follow_up_on = DayField(label=_("Hvornår ser du på det igen?"), help_text=_("Den dag står det på Min dag."))
    is_shown = _shown()


class FollowUpForm(forms.Form):
    words = CleanText(
        limit=disputes.LONGEST,
        label=_("Hvordan går det?"),
        error_messages={"required": _("Skriv kort, hvordan det går")},
    )
    follow_up_on = DayField(label=_("Hvornår ser du på det igen?"), help_text=_("Den dag står det på Min dag."))


class SettleForm(forms.Form):
    words = CleanText(
        limit=disputes.LONGEST,
        label=_("Hvordan blev det løst?"),
        help_text=_("Du kan ikke rette det bagefter."),
        error_messages={"required": _("Skriv kort, hvordan det blev løst")},
    )
