"""Forms about a decision: the answer, the help, the whole, the hearing, and what comes after."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.contexts.access.api import Person
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import Cause, Form, HearingSkip, NeedOutcome
from samspil.kernel.verdict import Refused
from samspil.web.components.forms import CleanText, DayField, TickTiles, Tiles
from samspil.web.decisions.forms_needs import ANOTHER, LINE, NAME, TEXT, QuotingForm, put_at_field


class DraftForm(forms.Form):
    needs = forms.TypedMultipleChoiceField(
        label=_("Hvilke behov skal have svar nu?"),
        coerce=UUID,
        widget=TickTiles,
        error_messages={"required": _("Vælg mindst ét behov"), "invalid_choice": ANOTHER},
    )

    def __init__(self, *args: Any, ready: Sequence[decisions.NeedLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["needs"]
        field.choices = [(str(one.id), one.title) for one in ready]


class OutcomeForm(forms.Form):
    """The answer to one need. What only belongs to running help is asked when there is some."""

    outcome = forms.ChoiceField(
        label=_("Hvad er svaret?"),
        widget=Tiles,
        choices=NeedOutcome.choices,
        error_messages={"required": _("Vælg et svar"), "invalid_choice": ANOTHER},
    )
    is_less = forms.BooleanField(label=_("Borgeren får mindre end før"), required=False)
    cause = forms.ChoiceField(
        label=_("Hvorfor bliver hjælpen mindre eller stopper?"),
        required=False,
        choices=[("", _("Vælg")), *Cause.choices],
        error_messages={"invalid_choice": ANOTHER},
    )
    reasons = CleanText(
        wording="message",
        label=_("Det vigtigste: hvorfor?"),
        limit=TEXT,
        required=False,
        help_text=_("Det, der er sagt og set, kommer med af sig selv. Skriv, hvad der vejede tungest."),
    )

    def __init__(self, *args: Any, has_help: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_help:
            del self.fields["is_less"], self.fields["cause"]
            field: Any = self.fields["outcome"]
            field.choices = [
                one for one in NeedOutcome.choices if one[0] not in {NeedOutcome.CHANGED, NeedOutcome.ENDED}
            ]


class HelpForm(forms.Form):
    """What is to be granted."""

    service = CleanText(
        label=_("Hvad får borgeren?"),
        limit=NAME,
        widget=forms.TextInput(),
        help_text=_("Fx bostøtte."),
        error_messages={"required": _("Skriv, hvad borgeren får")},
    )
    extent = CleanText(
        label=_("Hvor meget og hvor tit?"),
        limit=LINE,
        widget=forms.TextInput(),
        help_text=_("Fx 2 timer om ugen."),
        error_messages={"required": _("Skriv hvor meget")},
    )
    starts_on = DayField(label=_("Fra hvornår?"))
    ends_on = DayField(label=_("Sidste dag"), required=False, help_text=_("Kun hvis hjælpen har en slutning."))
    follow_up_on = DayField(label=_("Hvornår følger I op?"), required=False)
    purpose = CleanText(wording="message", label=_("Hvad skal hjælpen føre til?"), limit=TEXT, required=False)
    goals = CleanText(wording="message", label=_("Hvilke mål arbejder I med?"), limit=TEXT, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        days: dict[str, Any] = {name: cleaned.get(name) for name in ("starts_on", "ends_on", "follow_up_on")}
        if days["starts_on"] is not None and (refusal := decisions.may_run(**days).refusal):
            put_at_field(self, Refused(refusal))
        return cleaned


class DescribeForm(forms.Form):
    involvement = CleanText(
        label=_("Hvordan har borgeren været med?"),
        limit=TEXT,
        required=False,
        help_text=_("Fx: Vi har talt om det hjemme hos Karla og læst det igennem sammen."),
    )
    long_view = CleanText(
        label=_("Hvordan ser det ud på længere sigt?"),
        limit=TEXT,
        required=False,
        help_text=_("Se på hele situationen, også arbejde, bolig og helbred."),
    )
    to_do = CleanText(
        wording="message",
        label=_("Hvad skal borgeren gøre nu?"),
        limit=TEXT,
        required=False,
        help_text=_("Kommer med i brevet. Tom betyder, at der ikke er noget at gøre."),
    )
    contact = forms.ChoiceField(
        label=_("Hvem kan borgeren ringe til?"), required=False, error_messages={"invalid_choice": ANOTHER}
    )
    form = forms.ChoiceField(
        label=_("Hvordan får borgeren svaret?"),
        widget=Tiles,
        choices=Form.choices,
        error_messages={"required": _("Vælg, hvordan borgeren får svaret"), "invalid_choice": ANOTHER},
    )
    effective_on = DayField(
        label=_("Hvornår gælder det fra, hvis hjælpen bliver mindre eller stopper?"), required=False
    )

    def __init__(self, *args: Any, contacts: Sequence[Person], has_help: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]
        field.choices = [("", _("Vælg")), *((str(one.id), one.name) for one in contacts)]
        if not has_help:
            del self.fields["effective_on"]

    @property
    def contact_id(self) -> UUID | None:
        chosen = self.cleaned_data["contact"]
        return UUID(chosen) if chosen else None


class FactForm(QuotingForm):
    prefix = "fact"
    text = CleanText(wording="message", label=_("Hvad er oplyst?"), limit=TEXT, required=False)
    source = CleanText(
        label=_("Hvem kommer det fra?"),
        limit=LINE,
        widget=forms.TextInput(),
        help_text=_("Fx egen læge, arbejdsplads eller bostøtte."),
        error_messages={"required": _("Skriv, hvem det kommer fra")},
    )
    is_known = forms.BooleanField(label=_("Borgeren ved, at I har fået det at vide"), required=False)
    is_adverse = forms.BooleanField(label=_("Det taler imod det, borgeren ønsker"), required=False)
    is_weighty = forms.BooleanField(label=_("Det betyder noget for svaret"), required=False)
    field_order = ("quotes", "text", "source", "is_known", "is_adverse", "is_weighty")


class AskForm(forms.Form):
    prefix = "ask"
    answer_by = DayField(label=_("Hvornår skal borgeren senest have svaret?"))


class HeardForm(forms.Form):
    prefix = "heard"
    words = CleanText(
        wording="",
        label=_("Hvad siger borgeren?"),
        limit=TEXT,
        error_messages={"required": _("Skriv, hvad borgeren siger")},
    )
    day = DayField(label=_("Hvornår sagde borgeren det?"), looking="back")


class PostponeForm(forms.Form):
    prefix = "postpone"
    answer_by = DayField(label=_("Hvornår skal borgeren så senest svare?"))
    words = CleanText(
        wording="message", label=_("Hvorfor?"), limit=TEXT, error_messages={"required": _("Skriv hvorfor")}
    )


class SkipForm(forms.Form):
    prefix = "skip"
    ground = forms.ChoiceField(
        label=_("Hvorfor venter I ikke på borgerens svar?"),
        widget=Tiles,
        choices=HearingSkip.choices,
        error_messages={"required": _("Vælg en grund"), "invalid_choice": ANOTHER},
    )
    words = CleanText(
        wording="message",
        label=_("Skriv grunden i denne sag"),
        limit=TEXT,
        error_messages={"required": _("Skriv grunden")},
    )


class AsideForm(forms.Form):
    words = CleanText(
        label=_("Hvorfor afgør I sagen alligevel?"), limit=TEXT, error_messages={"required": _("Skriv hvorfor")}
    )


class AtOnceForm(forms.Form):
    prefix = "once"
    told_right = forms.BooleanField(
        label=_("Borgeren ved, at vi gerne skriver hvorfor"),
        required=False,
        help_text=_("Sig det altid, når borgeren ikke får det hele. Borgeren har 14 dage til at bede om det."),
    )


class DayForm(forms.Form):
    prefix = "reasons"
    day = DayField(label=_("Hvilken dag?"), looking="back")


class ToldForm(DayForm):
    prefix = "told"
    day = DayField(label=_("Hvornår fik borgeren afgørelsen?"), looking="back")


class AdjustForm(forms.Form):
    what = CleanText(
        label=_("Hvad får borgeren ekstra?"),
        limit=LINE,
        widget=forms.TextInput(),
        error_messages={"required": _("Skriv, hvad borgeren får ekstra")},
    )
    minutes_a_day = forms.IntegerField(
        label=_("Hvor mange minutter om dagen?"),
        min_value=1,
        max_value=24 * 60,
        error_messages={
            "required": _("Skriv et antal minutter"),
            "invalid": _("Skriv et helt tal"),
            "min_value": _("Skriv mindst 1 minut"),
            "max_value": _("Så mange minutter er der ikke på en dag"),
        },
    )
    starts_on = DayField(label=_("Fra hvornår?"))
    ends_on = DayField(label=_("Sidste dag"))
    is_favourable = forms.BooleanField(
        label=_("Det er til borgerens fordel"),
        required=False,
        help_text=_("Mindre hjælp kræver en afgørelse."),
    )
    words = CleanText(label=_("Hvorfor?"), limit=TEXT, required=False)
