"""Forms about orders, questions and status notes. Errors say what helps."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.contexts.access.api import Person
from samspil.contexts.decisions.api import GrantLine
from samspil.contexts.goals.api import GoalView
from samspil.contexts.orders import api as orders
from samspil.contexts.orders.api import CitizenSays, Handover, OrderRefusal, Recommendation
from samspil.kernel.verdict import Refused
from samspil.web.components.forms import CleanText, DayField, GrowingText, TickTiles, Tiles
from samspil.web.shell.refusals import placing

LINE, QUESTION, TEXT = 200, 1000, 6000
_ANOTHER = _("Vælg en af dem, der står her")
put_at_field = placing(
    {
        OrderRefusal.NOTHING_WRITTEN: "what",
        OrderRefusal.NO_GOALS: "goals",
        OrderRefusal.ENDS_BEFORE_START: "ends_on",
        OrderRefusal.FOLLOW_UP_BEFORE_START: "follow_up_on",
        OrderRefusal.OUTSIDE_GRANT: "starts_on",
        OrderRefusal.ALREADY_RUNNING: "unit",
        OrderRefusal.CONTACT_UNKNOWN: "contact",
        OrderRefusal.REASON_MISSING: "words",
        OrderRefusal.RECOMMENDATION_MISSING: "recommendation",
        OrderRefusal.CITIZEN_NOT_ASKED: "citizen_says",
    }
)


class OrderForm(forms.Form):
    """A new order. The goals are those that are running in the case; `grant` is left out when nothing is granted."""

    grant = forms.ChoiceField(
        label=_("Hvilken bevilling?"), required=False, error_messages={"invalid_choice": _ANOTHER}
    )
    unit = forms.ChoiceField(
        label=_("Hvem skal hjælpe?"),
        error_messages={"required": _("Vælg, hvem der skal hjælpe"), "invalid_choice": _ANOTHER},
    )
    what = CleanText(
        label=_("Hvad skal de hjælpe med?"),
        limit=TEXT,
        help_text=_("Fx bostøtte to timer om ugen, hjemme og ude i byen."),
        error_messages={"required": _("Skriv, hvad du bestiller")},
    )
    how_often = CleanText(label=_("Hvor tit?"), limit=LINE, widget=forms.TextInput(), required=False)
    starts_on = DayField(label=_("Fra hvornår?"))
    follow_up_on = DayField(label=_("Hvornår følger vi op?"), required=False)
    ends_on = DayField(
        label=_("Hvornår slutter det?"), required=False, help_text=_("Kun hvis det er aftalt på forhånd.")
    )
    goals = forms.MultipleChoiceField(
        label=_("Hvilke mål skal de arbejde med?"),
        widget=TickTiles,
        error_messages={"required": _("Vælg mindst ét mål"), "invalid_choice": _ANOTHER},
    )
    tell = forms.MultipleChoiceField(
        error_messages={"invalid_choice": _ANOTHER},
        label=_("Hvad har de brug for at vide?"),
        widget=forms.CheckboxSelectMultiple,
        choices=Handover.choices,
        required=False,
        help_text=_("Navnet og målene går altid med. Send kun det, der er nødvendigt."),
    )
    more = CleanText(label=_("Er der mere, de skal vide?"), limit=TEXT, required=False)

    def __init__(
        self,
        *args: Any,
        teams: Sequence[orders.ProviderTeam],
        goals: Sequence[GoalView],
        grants: Sequence[GrantLine] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        granted = [(str(one.id), f"{one.service}, {one.extent}") for one in grants]
        self._field("grant").choices = [("", _("Ingen af dem")), *granted]
        if not granted:
            del self.fields["grant"]
        self._field("unit").choices = [("", _("Vælg")), *((str(team.unit_id), team.name) for team in teams)]
        self._field("goals").choices = [(str(goal.id), goal.title) for goal in goals]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The days are weighed already when it is looked through."""
        cleaned: dict[str, Any] = super().clean() or {}
        days: dict[str, Any] = {name: cleaned.get(name) for name in ("starts_on", "ends_on", "follow_up_on")}
        if days["starts_on"] is not None and (refusal := orders.may_run(**days).refusal):
            put_at_field(self, Refused(refusal))
        return cleaned

    @property
    def grant_id(self) -> UUID | None:
        chosen = self.cleaned_data.get("grant")
        return UUID(chosen) if chosen else None

    @property
    def goal_ids(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["goals"]]


class EndForm(forms.Form):
    ends_on = DayField(label=_("Sidste dag"))
    words = CleanText(label=_("Hvorfor slutter det?"), limit=TEXT, required=False)


class AcceptForm(forms.Form):
    """A yes, with the person the citizen can ring."""

    contact = forms.ChoiceField(
        label=_("Hvem er kontaktperson?"),
        widget=Tiles,
        error_messages={"required": _("Vælg den, som borgeren kan ringe til"), "invalid_choice": _ANOTHER},
    )
    words = CleanText(label=_("Vil I skrive noget til kommunen?"), limit=TEXT, required=False)

    def __init__(self, *args: Any, team: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]
        field.choices = [(str(one.id), one.name) for one in team]


class DeclineForm(forms.Form):
    words = CleanText(label=_("Hvorfor siger I nej?"), limit=TEXT, error_messages={"required": _("Skriv kort hvorfor")})


class QuestionForm(forms.Form):
    text = CleanText(
        label=_("Hvad vil du spørge om?"),
        limit=QUESTION,
        help_text=_("Haster det, så ring."),
        error_messages={"required": _("Skriv dit spørgsmål")},
    )


class AnswerForm(forms.Form):
    text = CleanText(label=_("Dit svar"), limit=QUESTION, error_messages={"required": _("Skriv et svar")})


class PartForm(forms.Form):
    """One part of a status note, and what is added from the notes that were not drawn."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = CleanText(label=_("Tekst"), limit=TEXT, required=False, widget=GrowingText(rows=8))
    add = forms.TypedMultipleChoiceField(
        label=_("Tag med fra notaterne"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Notatet er rettet eller taget tilbage imens. Vælg igen.")},
    )

    def __init__(self, *args: Any, left: Sequence[orders.LineView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["add"]
        field.choices = [(str(line.sources[0].id), line.text) for line in left]


class RecommendForm(forms.Form):
    recommendation = forms.ChoiceField(
        label=_("Hvad anbefaler I?"),
        widget=Tiles,
        choices=Recommendation.choices,
        error_messages={"required": _("Vælg, hvad I anbefaler"), "invalid_choice": _ANOTHER},
    )
    words = CleanText(
        label=_("Hvorfor?"),
        limit=TEXT,
        required=False,
        help_text=_("Skriv altid hvorfor, hvis du vil ændre eller stoppe noget."),
    )


class DecideForm(forms.Form):
    """What authority and citizen decide. Each proposed goal has a field of its own."""

    decision = forms.ChoiceField(
        label=_("Hvad beslutter I?"),
        widget=Tiles,
        choices=Recommendation.choices,
        error_messages={"required": _("Vælg, hvad I beslutter"), "invalid_choice": _ANOTHER},
    )
    citizen_says = forms.ChoiceField(
        label=_("Hvad siger borgeren?"),
        widget=Tiles,
        choices=CitizenSays.choices,
        error_messages={"required": _("Vælg, hvad borgeren siger"), "invalid_choice": _ANOTHER},
    )
    words = CleanText(
        label=_("Hvad har I aftalt?"),
        limit=TEXT,
        required=False,
        help_text=_("Skriv altid noget, hvis du vil ændre eller stoppe noget, eller borgeren ikke er enig."),
    )
    follow_up_on = DayField(label=_("Hvornår følger I op næste gang?"), required=False)
    ends_on = DayField(label=_("Sidste dag, hvis hjælpen slutter"), required=False, help_text=_("Tom betyder i dag."))

    def __init__(self, *args: Any, proposals: Sequence[GoalView], citizen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["citizen_says"].label = _("Hvad siger %(name)s?") % {"name": citizen}
        self.waiting = [goal for goal in proposals if goal.status == "proposed"]
        for goal in self.waiting:
            self.fields[_name(goal.id)] = forms.ChoiceField(
                label=goal.title,
                widget=Tiles,
                choices=[("agree", _("Ja, det bliver et mål")), ("drop", _("Nej, ikke nu"))],
                error_messages={"required": _("Sig ja eller nej til målet"), "invalid_choice": _ANOTHER},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        answers = {name: cleaned.get(name, "") for name in ("decision", "words", "citizen_says")}
        if answers["decision"] and answers["citizen_says"] and (refusal := orders.may_decide(**answers).refusal):
            put_at_field(self, Refused(refusal))
        return cleaned

    @property
    def proposal_fields(self) -> list[forms.BoundField]:
        return [self[_name(goal.id)] for goal in self.waiting]

    def answered(self, answer: str) -> list[UUID]:
        return [goal.id for goal in self.waiting if self.cleaned_data[_name(goal.id)] == answer]


def _name(goal_id: UUID) -> str:
    return f"maal_{goal_id.hex}"
