"""How Django's forms look here: label, help and error above the control, in the classes of DKFDS."""

import datetime as dt
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from samspil.kernel import clock
from samspil.kernel.danish_dates import UnreadableDate, parse_date
from samspil.web.shell.refusal_texts import text_of

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


class Tiles(forms.RadioSelect):
    """One choice of a few, each a large tile with its words."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"class": "form-tiles", **(attrs or {})}, choices)


class TickTiles(forms.CheckboxSelectMultiple):
    """Any number of a few, each a large tile with its words."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "form-tiles", **(attrs or {})})


class GrowingText(forms.Textarea):
    """Grows with what is written; never a scrollbar inside a page."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, rows: int = 3) -> None:
        super().__init__({"rows": rows, "cols": "", **(attrs or {})})


class DayInput(forms.DateInput):
    """A day written as people write it. Shown as 26.11.2026."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "form-input-day", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> Any:
        return f"{value.day}.{value.month}.{value.year}" if isinstance(value, dt.date) else value


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
