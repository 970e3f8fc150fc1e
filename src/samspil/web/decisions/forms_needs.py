"""Forms about what somebody needs and how it was examined. Errors say what helps."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspil.contexts.catalogue.api import LegalBasis, ScopeQuestion
from samspil.contexts.deadlines.api import DeadlineRefusal
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import Channel, CriterionFinding, DecisionRefusal, Quote, StepFinding
from samspil.contexts.notes.api import Quotable
from samspil.web.components.forms import CleanText, DayField, Tiles
from samspil.web.decisions.picking import QuoteField
from samspil.web.shell.refusals import placing

NAME, LINE, TEXT = 120, 200, 6000
ANOTHER = _("Vælg en af dem, der står her")
put_at_field = placing(
    {
        DecisionRefusal.WHY_MISSING: "words",
        DecisionRefusal.QUOTE_UNKNOWN: "quotes",
        DecisionRefusal.UNKNOWN_BASIS: "basis",
        DecisionRefusal.NO_NEEDS: "needs",
        DecisionRefusal.NEED_TAKEN: "needs",
        DecisionRefusal.ENDS_BEFORE_START: "ends_on",
        DecisionRefusal.FOLLOW_UP_OUTSIDE: "follow_up_on",
        DecisionRefusal.ANSWER_BY_IS_PAST: "answer_by",
        DeadlineRefusal.SHORTER_THAN_RULE: "answer_by",
        DeadlineRefusal.LONGER_THAN_RULE: "answer_by",
        DeadlineRefusal.MAY_NOT_BE_EXTENDED: "answer_by",
        DecisionRefusal.NOT_TOLD_RIGHT: "told_right",
        DecisionRefusal.TOLD_BEFORE_DECIDED: "day",
        DecisionRefusal.DAY_IS_AHEAD: "day",
        DecisionRefusal.REASONS_TOO_LATE: "day",
        DecisionRefusal.MUST_BE_FAVOURABLE: "is_favourable",
        DecisionRefusal.NEEDS_A_DECISION: "minutes_a_day",
        DecisionRefusal.NOT_A_BLOCK: "words",
        DecisionRefusal.LATE_MUST_GO_ON: "answer",
        DecisionRefusal.NEW_DECISION_MISSING: "answer",
        DecisionRefusal.POINTS_MISSING: "points",
    }
)


class QuotingForm(forms.Form):
    """A form with words picked from the notes."""

    quotes = QuoteField()

    def __init__(self, *args: Any, found: Sequence[Quotable], picked: Sequence[Quote] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["quotes"]
        field.offer(found, picked)
        if not field.choices:
            del self.fields["quotes"]

    @property
    def quote_ids(self) -> list[UUID]:
        return list(self.cleaned_data.get("quotes", []))


class NeedForm(QuotingForm):
    title = CleanText(
        label=_("Hvad er der brug for?"),
        limit=LINE,
        widget=forms.TextInput(),
        help_text=_("Skriv behovet, ikke hjælpen. Fx: At komme til kor om torsdagen."),
        error_messages={"required": _("Skriv, hvad der er brug for")},
    )
    channel = forms.ChoiceField(
        label=_("Hvordan kom det frem?"),
        widget=Tiles,
        choices=Channel.choices,
        error_messages={"required": _("Vælg, hvordan det kom frem"), "invalid_choice": ANOTHER},
    )
    day = DayField(
        label=_("Hvornår hørte I om det?"), looking="back", help_text=_("Fristen for svar løber fra den dag.")
    )
    about = forms.ChoiceField(
        label=_("Handler det om hjælp, der er i gang?"), required=False, error_messages={"invalid_choice": ANOTHER}
    )
    field_order = ("title", "quotes", "channel", "day", "about")

    def __init__(self, *args: Any, running: Sequence[decisions.GrantLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["about"]
        field.choices = [("", _("Nej, det er noget nyt")), *((str(one.id), _help(one)) for one in running)]
        if not running:
            del self.fields["about"]

    @property
    def about_id(self) -> UUID | None:
        chosen = self.cleaned_data.get("about")
        return UUID(chosen) if chosen else None


def _help(one: decisions.GrantLine) -> str:
    return f"{one.service}, {one.extent}"


class StepForm(QuotingForm):
    finding = forms.ChoiceField(
        label=_("Hvad kan det gøre?"),
        widget=Tiles,
        choices=StepFinding.choices,
        error_messages={"required": _("Vælg, hvad det kan gøre"), "invalid_choice": ANOTHER},
    )
    words = CleanText(label=_("Hvorfor? Hvad er prøvet?"), limit=TEXT, required=False)
    field_order = ("finding", "quotes", "words")


class CriterionForm(QuotingForm):
    finding = forms.ChoiceField(
        label=_("Hvad viser det?"),
        widget=Tiles,
        choices=CriterionFinding.choices,
        error_messages={"required": _("Vælg, hvad det viser"), "invalid_choice": ANOTHER},
    )
    words = CleanText(
        label=_("Dit svar på spørgsmålet"),
        limit=TEXT,
        required=False,
        help_text=_("Det kan komme med i brevet, så skriv “du”. Skriv også hvorfor, hvis det ikke er relevant."),
    )
    field_order = ("quotes", "finding", "words")


class BasisForm(forms.Form):
    basis = forms.ChoiceField(
        label=_("Hvilken paragraf passer bedst til behovet?"),
        error_messages={"required": _("Vælg en paragraf"), "invalid_choice": ANOTHER},
    )

    def __init__(self, *args: Any, bases: Sequence[LegalBasis], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["basis"]
        field.choices = [("", _("Vælg")), *((one.key, f"{gettext(one.name)} ({one.cited})") for one in bases)]


class CoverageForm(forms.Form):
    """The first switch: the first yes decides which act it is."""

    yes = forms.MultipleChoiceField(
        label=_("Sæt hak, hvor svaret er ja"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": ANOTHER},
    )
    words = CleanText(
        label=_("Hvorfor?"), limit=TEXT, error_messages={"required": _("Skriv kort, hvad du bygger det på")}
    )

    def __init__(self, *args: Any, questions: Sequence[ScopeQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["yes"]
        field.choices = [(one.about.key, gettext(one.ask)) for one in questions]


class NeighboursForm(forms.Form):
    """One field for each other basis that could cover the same need."""

    def __init__(self, *args: Any, neighbours: Sequence[decisions.NeighbourView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._neighbours = {f"n{number}": one for number, one in enumerate(neighbours)}
        for name, one in self._neighbours.items():
            self.fields[name] = CleanText(
                label=f"{gettext(one.name)} ({one.cited})",
                help_text=gettext(one.asks) or _("Vurder det først."),
                limit=TEXT,
                required=False,
                initial=one.words,
            )

    @property
    def written(self) -> list[tuple[str, str]]:
        """(key, words) of those that were answered or changed."""
        said = self.cleaned_data
        return [(one.key, said[name]) for name, one in self._neighbours.items() if said[name] not in {"", one.words}]


class EndNeedForm(forms.Form):
    words = CleanText(
        label=_("Hvorfor er det ikke aktuelt mere?"),
        limit=TEXT,
        help_text=_("Skriv, hvad borgeren har sagt. Ellers skal behovet have et svar."),
        error_messages={"required": _("Skriv, hvad borgeren har sagt")},
    )
