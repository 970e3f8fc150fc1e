"""Our HTML is what Django's own functions make of the same values."""

import datetime as dt

import pytest
from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from samspil.web.components.markup import html, html_join, joined


class Asked(forms.Form):
    name = forms.CharField(initial='"><script>')


VALUES = [
    *("Karla & Jens", "<script>alert('x')</script>", '"', "’", "", mark_safe("<b>fed</b>"), 7, None, 2.5, True),
    *(dt.date(2026, 11, 27), _("Vurdering"), Asked()["name"], Asked()),
]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_escaped_as_django_does_it(value: object) -> None:
    made = html('<p class="{0}">{0}{1}</p>', value, "<")
    assert made == format_html('<p class="{0}">{0}{1}</p>', value, "<")
    assert isinstance(made, SafeString)


def test_rows_are_joined_as_django_does_it() -> None:
    rows = [(value, n) for n, value in enumerate(VALUES)]
    assert html_join("<li>{} {}</li>", rows) == format_html_join("", "<li>{} {}</li>", rows)
    assert joined([html("<i>{}</i>", "<"), "<"]) == "<i>&lt;</i>&lt;"
