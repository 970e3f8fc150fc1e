"""How Django's forms look here: label, help and error above the control, in the classes of DKFDS."""

import datetime as dt
import re
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from samspil.kernel import clock
from samspil.kernel.danish_dates import UnreadableDate, parse_date
from samspil.kernel.text import TooLong, clean
from samspil.web.components.widgets import WRITTEN
from samspil.web.shell.language import language
from samspil.web.shell.refusal_texts import text_of

_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?")
_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, ""),
    (forms.CheckboxSelectMultiple, "form-choices"),
    (forms.RadioSelect, "form-choices"),
    (forms.CheckboxInput, "form-checkbox"),
    (forms.Select, "form-select"),
    (forms.Textarea, "form-input form-textarea"),
    (forms.widgets.Input, "form-input"),
)


class Field(BoundField):
    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        ours = next((name for kind, name in _CLASSES if isinstance(shown, kind)), "")
        if classes := " ".join(filter(None, [ours, shown.attrs.get("class", "")])):
            built["class"] = classes
        return built


class Renderer(TemplatesSetting):
    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = Field

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        written = WRITTEN.get(template_name)
        return written(context["widget"]) if written else super().render(template_name, context, request)


class Tiles(forms.RadioSelect):
    """One choice of a few, each a large tile with its words."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"class": "form-tiles", **(attrs or {})}, choices)


class TickTiles(forms.CheckboxSelectMultiple):
    """Any number of a few, each a large tile with its words."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "form-tiles", **(attrs or {})})


Wording = Literal["note", "message", ""]


class GrowingText(forms.Textarea):
    """Grows with what is written; never a scrollbar inside a page.

    `wording` says how klartjek reads it beside the one who writes: as a note of the case, which the citizen reads too,
    or as a message to the citizen. Empty where the words are somebody else's, or nobody reads them as the case.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, *, rows: int = 3, wording: Wording = "note") -> None:
        super().__init__({"rows": rows, "cols": "", **(attrs or {})})
        self.wording = wording


class DayInput(forms.DateInput):
    """A day written as people write it. Shown as 26.11.2026, or 26/11/2026 in English."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "form-input-day", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> Any:
        if not isinstance(value, dt.date):
            return value
        mark = "." if language() == "da" else "/"
        return f"{value.day}{mark}{value.month}{mark}{value.year}"


class DayField(forms.DateField):
    """A day as people write it: 26.11.2026, 26. november, torsdag den 26., i morgen, om en uge.

    `looking="back"` reads a day without a year as one that has been.
    """

    widget = DayInput
    default_error_messages = {"required": _("Skriv en dag, fx 26.11.2026")}

    def __init__(self, *, looking: Literal["ahead", "back"] = "ahead", **kwargs: Any) -> None:
        self.looking = looking
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        try:
            return parse_date(str(value), clock.today(), looking=self.looking)
        except UnreadableDate as error:
            raise ValidationError(text_of(error.reason), code=error.reason.value) from error


class TimeField(forms.CharField):
    """A time as people write it: 10, 10.30, kl. 10:30."""

    default_error_messages = {
        "required": _("Skriv et klokkeslæt, fx 10.30"),
        "invalid": _("Skriv klokkeslættet som timer og minutter, fx 10.30"),
    }

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text or isinstance(text, dt.time):
            return text
        found = _CLOCK.fullmatch(text.strip().lower())
        if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return dt.time(int(found[1]), int(found[2] or 0))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dt.time):
            return value
        return f"{value.hour}{'.' if language() == 'da' else ':'}{value.minute:02}"


class CleanText(forms.CharField):
    """Free text without control characters; too long a text is refused in words, and stays in the field."""

    def __init__(self, *, limit: int = 4_000, wording: Wording = "note", **kwargs: Any) -> None:
        super().__init__(**{"widget": GrowingText(wording=wording), **kwargs})
        self.limit = limit

    def to_python(self, value: Any) -> Any:
        try:
            return clean(super().to_python(value) or "", self.limit)
        except TooLong as error:
            text = _("Teksten er for lang. Der er plads til %(limit)s tegn, og du har skrevet %(length)s.")
            raise ValidationError(text, params={"limit": error.limit, "length": error.length}) from error
