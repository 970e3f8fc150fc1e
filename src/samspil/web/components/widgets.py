"""The plain controls of a form, written by functions: the same HTML as Django's templates for a fifth of the price."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from samspil.web.components.markup import html, joined

_END_OF_LINE = mark_safe("\n")


def _attributes(attributes: Mapping[str, Any]) -> SafeString:
    return joined(
        [
            html(" {}", name) if value is True else html(' {}="{}"', name, str(value))
            for name, value in attributes.items()
            if value is not False
        ]
    )


def _input(widget: dict[str, Any]) -> SafeString:
    value = widget["value"]
    return html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        "" if value is None else html(' value="{}"', str(value)),
        _attributes(widget["attrs"]),
    )


def _textarea(widget: dict[str, Any]) -> SafeString:
    """The first line break after the tag is not part of the text, so one is written."""
    attributes = _attributes(widget["attrs"])
    return html(
        '<textarea name="{}"{}>{}{}</textarea>', widget["name"], attributes, _END_OF_LINE, widget["value"] or ""
    )


def _select(widget: dict[str, Any]) -> SafeString:
    groups = joined([_group(label, options) for label, options, _number in widget["optgroups"]])
    return html('<select name="{}"{}>{}</select>', widget["name"], _attributes(widget["attrs"]), groups)


def _group(label: str | None, options: list[dict[str, Any]]) -> SafeString:
    inside = joined(
        [
            html('<option value="{}"{}>{}</option>', str(one["value"]), _attributes(one["attrs"]), one["label"])
            for one in options
        ]
    )
    return html('<optgroup label="{}">{}</optgroup>', label, inside) if label else inside


_INPUTS = ("text", "number", "email", "date", "time", "hidden", "checkbox", "input")
WRITTEN: dict[str, Callable[[dict[str, Any]], SafeString]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}
"""By the name of Django's template; radio buttons and what else there is are left to the template."""
