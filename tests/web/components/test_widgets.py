"""The written controls are the very HTML that Django's own templates give."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from samspil.web.components.widgets import WRITTEN

WIDGETS = {
    "text": forms.TextInput({"class": "a b", "required": True, "disabled": False, "data-x": '"<&'}),
    "number": forms.NumberInput({"min": 0}),
    "email": forms.EmailInput(),
    "date": forms.DateInput(),
    "time": forms.TimeInput(),
    "hidden": forms.HiddenInput(),
    "checkbox": forms.CheckboxInput({"id": "x"}),
    "textarea": forms.Textarea({"rows": 3, "cols": ""}),
    "select": forms.Select(choices=[("", "Vælg"), ("a&b", "A & <b>"), ("Gruppe <1>", [("1", "En"), ("2", "To")])]),
}


@pytest.mark.parametrize("name", WIDGETS)
@pytest.mark.parametrize("value", [None, "", "1", "a&b", '"><script>alert(1)</script>', "\nto\nlinjer"])
def test_a_written_control_is_what_django_draws(name: str, value: str | None) -> None:
    widget = WIDGETS[name]
    context = widget.get_context("felt", value, {"id": "id_felt"})
    drawn = DjangoTemplates().render(widget.template_name, context)
    assert _told(WRITTEN[widget.template_name](context["widget"])) == _told(drawn)


def _told(html: str) -> str:
    """Without the white space that stands between tags in Django's templates."""
    return re.sub(r">\s+<(?!/textarea)", "><", html.strip())
