"""A form's fields: the label asks, the help stands under it, the error above the control in words that help."""

from typing import Any

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samspil.web.components.markup import html, html_join
from samspil.web.components.tags.actions import NOTHING

register = template.Library()


@register.simple_tag
def ui_field(field: BoundField, *, mark_optional: bool = True) -> SafeString:
    """Label, help, error and control of one field. What need not be answered says so."""
    if field.is_hidden:
        return html("{}", field)
    errors = _errors(field)
    state = " form-error" if field.errors else ""
    help_text = (
        html('<span class="form-hint" id="{}_helptext">{}</span>', field.auto_id, field.help_text)
        if field.help_text
        else NOTHING
    )
    optional = (
        html(' <span class="form-optional">{}</span>', gettext("(behøver ikke udfyldes)"))
        if mark_optional and not field.field.required and not _is_tick(field)
        else NOTHING
    )
    if _is_tick(field):
        return html(
            '<div class="form-group form-group-tick{}">{}<label class="form-tick">{} <span>{}</span></label>{}</div>',
            state,
            errors,
            field,
            field.label,
            help_text,
        )
    if field.use_fieldset:
        return html(
            '<fieldset class="form-group{}"{}><legend class="form-label">{}{}</legend>{}{}{}</fieldset>',
            state,
            html(' aria-describedby="{}"', field.aria_describedby) if field.aria_describedby else NOTHING,
            field.label,
            optional,
            help_text,
            errors,
            field,
        )
    return html(
        '<div class="form-group{}"><label class="form-label" for="{}">{}{}</label>{}{}{}</div>',
        state,
        field.id_for_label,
        field.label,
        optional,
        help_text,
        errors,
        field,
    )


def _is_tick(field: Any) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


def error_texts(field: BoundField) -> list[str]:
    """The errors of a field in words that make sense alone; Django's "this field is required" is never shown."""
    return [
        _what_is_missing(field) if error.code == "required" and is_default else message
        for error, message, is_default in _errors_of(field)
    ]


def _errors_of(field: BoundField) -> list[tuple[ValidationError, str, bool]]:
    default = str(forms.Field.default_error_messages["required"])
    found = []
    for error in field.errors.as_data():
        found += [(error, message, message == default) for message in error.messages]
    return found


def _what_is_missing(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return gettext("Sæt kryds ved “%(label)s”") % {"label": field.label}
    if isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return gettext("Vælg et svar under “%(label)s”") % {"label": field.label}
    return gettext("Skriv et svar under “%(label)s”") % {"label": field.label}


def _errors(field: BoundField) -> SafeString:
    if not field.errors:
        return NOTHING
    rows = ((gettext("Fejl:"), text) for text in error_texts(field))
    return html(
        '<div class="form-error-message" id="{}_error">{}</div>',
        field.auto_id,
        html_join('<p><span class="sr-only">{} </span>{}</p>', rows),
    )
