"""What the one who asks to see the file writes, whoever types it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.contexts.deadlines.api import DeadlineRefusal
from samspil.contexts.disclosure import api as disclosure
from samspil.contexts.disclosure.api import DisclosureRefusal, Wanted
from samspil.web.components.forms import CleanText, DayField, Tiles
from samspil.web.shell.refusals import placing

put_at_field = placing(
    {
        DisclosureRefusal.DAY_MISSING: "since_on",
        DisclosureRefusal.NAME_MISSING: "asker_name",
        DisclosureRefusal.NOT_A_PARTY: "asks",
        DisclosureRefusal.DAY_IS_AHEAD: "received_on",
        DisclosureRefusal.WORDS_NOT_THERE: "words",
        DisclosureRefusal.NOTHING_WRITTEN: "words",
        DisclosureRefusal.REASON_MISSING: "reasons",
        DisclosureRefusal.NOT_LATER: "day",
        DisclosureRefusal.TOO_LATE_TO_EXTEND: "day",
        DeadlineRefusal.LONGER_THAN_RULE: "day",
    }
)


class WantedForm(forms.Form):
    """What somebody would like to see. The citizen has no more to fill in than this."""

    wanted = forms.ChoiceField(
        label=_("Hvad vil du gerne se?"),
        choices=Wanted.choices,
        widget=Tiles(),
        error_messages={"required": _("Vælg, hvad du gerne vil se")},
    )
    since_on = DayField(
        looking="back",
        required=False,
        label=_("Fra hvilken dag?"),
        help_text=_("Kun hvis du har valgt en bestemt dag. Fx 1.5.2026"),
    )
    words = CleanText(
        limit=disclosure.LONGEST,
        wording="",
        required=False,
        label=_("Skriv det med dine egne ord"),
        help_text=_("Fx det, der blev skrevet efter mødet i maj."),
    )


class DisagreeForm(forms.Form):
    words = CleanText(
        limit=disclosure.LONGEST,
        wording="",
        label=_("Hvad er du uenig i?"),
        error_messages={"required": _("Skriv, hvad du er uenig i")},
    )
