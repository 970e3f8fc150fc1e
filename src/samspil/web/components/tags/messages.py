"""What the system says to a person: alerts, receipts, errors, and the page with nothing on it."""

from collections.abc import Iterable
from typing import Any, Literal

from django import template
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BaseFormSet
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samspil.web.components.markup import html, html_join
from samspil.web.components.tags.actions import NOTHING, ui_icon
from samspil.web.components.tags.fields import error_texts

register = template.Library()
AlertKind = Literal["info", "success", "warning", "error"]
_ROLES: dict[str, str] = {"info": "note", "success": "status", "warning": "note", "error": "alert"}


@register.simple_block_tag(end_name="end_ui_alert")
def ui_alert(content: str, *, kind: AlertKind, heading: str = "", level: int = 2) -> SafeString:
    """Stays where it is and never disappears by itself. Heading in a word or two, the rest in sentences."""
    return html(
        '<div class="alert alert-{}" role="{}">{}<div class="alert-body">{}{}</div></div>',
        kind,
        _ROLES[kind],
        ui_icon(kind),
        html('<h{0} class="alert-heading">{1}</h{0}>', level, heading) if heading else NOTHING,
        content,
    )


@register.simple_tag
def ui_messages(messages: Iterable[Message] = ()) -> SafeString:
    """Django's messages, spoken politely. `extra_tags="undo"` has no meaning here: an undo is a button on the page."""
    shown = list(messages)
    if not shown:
        return NOTHING
    kinds = {constants.SUCCESS: "success", constants.WARNING: "warning", constants.ERROR: "error"}
    rows = ((kinds.get(m.level, "info"), ui_icon(kinds.get(m.level, "info")), m.message) for m in shown)
    return html(
        '<div class="messages" role="status">{}</div>',
        html_join('<div class="alert alert-{}">{}<div class="alert-body"><p>{}</p></div></div>', rows),
    )


@register.simple_tag
def ui_error_summary(form: "BaseForm | BaseFormSet[Any] | None") -> SafeString:
    """Above the form: every error in the same words as at its field, as a link to it. Nothing when all is well."""
    if not form or not form.is_bound:
        return NOTHING
    rows = [row for one in (form.forms if isinstance(form, BaseFormSet) else [form]) for row in _errors(one)]
    if isinstance(form, BaseFormSet):
        rows += [("", str(message)) for message in form.non_form_errors()]
    if not rows:
        return NOTHING
    items = ((html('<a href="#{}">{}</a>', target, message) if target else message,) for target, message in rows)
    return html(
        '<div class="error-summary" role="alert" tabindex="-1" data-samspil-focus>'
        '<h2 class="error-summary-heading">{}</h2><ul>{}</ul></div>',
        gettext("Der er noget, du skal rette"),
        html_join("<li>{}</li>", items),
    )


def _errors(form: BaseForm) -> list[tuple[str, str]]:
    rows = [("", str(message)) for message in form.non_field_errors()]
    for field in form:
        rows += [(_first_control(field), text) for text in error_texts(field)]
    return rows


def _first_control(field: Any) -> str:
    """The id of what takes the focus: of a group of choices, its first."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.auto_id)


@register.simple_block_tag(end_name="end_ui_empty")
def ui_empty(content: str, *, heading: str) -> SafeString:
    """Where a list has nothing in it: say so, and say what one can do."""
    return html(
        '<div class="empty-state"><p class="empty-state-heading">{}</p>{}</div>',
        heading,
        content,
    )
