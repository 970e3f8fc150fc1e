"""The fields of the editor: the note itself, and what can be said about each of its pieces."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspil.contexts.goals.api import RunningGoal
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import NewSegment, NoteKind, NoteRefusal, SegmentKind
from samspil.kernel import clock
from samspil.kernel.text import TooLong, clean
from samspil.web.components.forms import DayField, GrowingText
from samspil.web.notes.themes import Themes
from samspil.web.shell.refusal_texts import text_later, text_of

KINDS = [kind for kind in NoteKind if kind is not NoteKind.PREPARATION]
CLOCK_FORMATS = ("%H.%M", "%H:%M", "%H")


class NoteForm(forms.Form):
    """The note as a whole. The text is kept as it was typed; `clean_text` gives what may be stored."""

    text = forms.CharField(
        label=_("Hvad skete der?"),
        widget=GrowingText({"aria-describedby": "notat-hjaelp"}, rows=4),
        strip=False,
        error_messages={"required": text_later(NoteRefusal.NOTHING_WRITTEN)},
    )
    kind = forms.ChoiceField(label=_("Hvad er det?"), choices=[(kind.value, kind.label) for kind in KINDS])
    day = DayField(label=_("Hvilken dag?"), looking="back")
    clock = forms.TimeField(
        label=_("Hvornår på dagen?"),
        input_formats=CLOCK_FORMATS,
        widget=forms.TimeInput({"class": "form-input-short"}, format="%H.%M"),
        error_messages={
            "required": _("Skriv et klokkeslæt, fx 10.30"),
            "invalid": _("Skriv klokkeslættet sådan: 10.30"),
        },
    )
    for_provider = forms.BooleanField(label=_("Udføreren må også se notatet"), required=False)

    def clean_text(self) -> str:
        return _storable(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if "day" in found and "clock" in found:
            found["happened_at"] = dt.datetime.combine(found["day"], found["clock"], clock.DENMARK)
            if found["happened_at"] > clock.now() + dt.timedelta(minutes=5):
                self.add_error("day", text_of(NoteRefusal.IN_THE_FUTURE))
        return found


class PieceForm(forms.Form):
    """One piece of the note. `auto` remembers what the text itself said, so that what a person chose stays chosen."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("Hvad er det?"), choices=SegmentKind.choices)
    text = forms.CharField(widget=forms.HiddenInput, strip=False, required=False)
    auto = forms.CharField(widget=forms.HiddenInput, required=False)
    who = forms.CharField(
        label=_("Hvem gør det?"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"list": "notat-personer", "autocomplete": "off"}),
    )
    due = DayField(label=_("Hvornår?"), required=False)
    goal = forms.ChoiceField(
        label=_("Hvilket mål?"),
        required=False,
        error_messages={"invalid_choice": text_later(NoteRefusal.UNKNOWN_GOAL)},
    )
    value = forms.TypedChoiceField(
        label=_("Tal fra 0 til 10"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Vælg"))] + [(str(n), str(n)) for n in range(11)],
        error_messages={"invalid_choice": text_later(NoteRefusal.NOT_ON_SCALE)},
    )
    theme = forms.CharField(
        label=_("Tema"),
        required=False,
        widget=forms.TextInput({"list": "notat-temaer", "autocomplete": "off"}),
    )
    hidden = forms.BooleanField(label=_("Borgeren skal ikke se det"), required=False)
    reason = forms.CharField(
        label=_("Hvorfor ikke?"),
        required=False,
        max_length=notes.LONGEST_REASON,
        error_messages={"max_length": _("Skriv det kortere.")},
    )

    def __init__(
        self,
        *args: Any,
        goals: Sequence[RunningGoal],
        themes: Themes,
        citizen: str = "",
        like: "PieceForm | None" = None,
        **kwargs: Any,
    ) -> None:
        """`like` is another piece of the same note: its fields serve both, and are not copied once more."""
        if like is not None:
            self.base_fields = {}  # type: ignore[misc]  # of this form alone
        super().__init__(*args, **kwargs)
        self.themes = themes
        if like is not None:
            self.fields = like.fields
            return
        choices = [("", _("Intet mål"))] + [(str(goal.id), goal.title) for goal in goals]
        self.fields["goal"].choices = choices  # type: ignore[attr-defined]
        if citizen:
            self.fields["hidden"].label = _("%(name)s skal ikke se det") % {"name": citizen}
            self.fields["reason"].label = _("Hvorfor skal %(name)s ikke se det?") % {"name": citizen}

    def clean_theme(self) -> UUID | None:
        name = self.cleaned_data["theme"].strip()
        if not name:
            return None
        theme = self.themes.named(name)
        if theme is None:
            raise ValidationError(_("Vælg et tema fra listen."))
        return theme

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        kind = found.get("kind")
        if kind == SegmentKind.AGREEMENT:
            if "who" in found and not found["who"].strip():
                self.add_error("who", text_of(NoteRefusal.AGREEMENT_WITHOUT_OWNER))
            if "due" in found and found["due"] is None:
                self.add_error("due", text_of(NoteRefusal.AGREEMENT_WITHOUT_DAY))
        if kind == SegmentKind.GOAL_STATUS:
            if "goal" in found and not found["goal"]:
                self.add_error("goal", _("Vælg det mål, som tallet gælder."))
            if "value" in found and found["value"] is None:
                self.add_error("value", text_of(NoteRefusal.NOT_ON_SCALE))
        if found.get("hidden") and not found.get("reason", "x").strip():
            self.add_error("reason", text_of(NoteRefusal.REASON_MISSING))
        return found

    def segment(self) -> NewSegment:
        """What the valid form says."""
        found = self.cleaned_data
        return NewSegment(
            kind=found["kind"],
            text=found["text"],
            theme_id=found["theme"],
            goal_id=UUID(found["goal"]) if found["goal"] else None,
            value=found["value"],
            who=found["who"],
            due_on=found["due"],
            hidden=found["hidden"],
            hidden_reason=found["reason"] if found["hidden"] else "",
        )


class CorrectionForm(PieceForm):
    """The same fields for one segment, with its text to write in."""

    text = forms.CharField(
        label=_("Ordlyden"),
        widget=GrowingText(),
        strip=False,
        error_messages={"required": text_later(NoteRefusal.NOTHING_WRITTEN)},
    )
    field_order = ("text", "kind", "who", "due", "goal", "value", "theme", "hidden", "reason")

    def clean_text(self) -> str:
        return _storable(self.cleaned_data["text"])


def _storable(typed: str) -> str:
    try:
        text = clean(typed, notes.LONGEST_NOTE)
    except TooLong as error:
        raise ValidationError(text_of(NoteRefusal.TOO_LONG)) from error
    if not text:
        raise ValidationError(text_of(NoteRefusal.NOTHING_WRITTEN))
    return text


def auto_of(fields: Mapping[str, str]) -> str:
    return json.dumps(dict(fields), ensure_ascii=False, sort_keys=True)


def read_auto(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
