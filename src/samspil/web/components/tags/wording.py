"""The check of wording beside a field that a citizen will read."""

from typing import Literal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samspil.web.components.markup import html
from samspil.web.shell.addresses import address_of

register = template.Library()


@register.simple_tag
def ui_wording(field: str, *, kind: Literal["note", "message", "letter"]) -> SafeString:
    """A button that checks the wording of the form's field of that name.

    It stands after the form's own button, so that Enter never presses it. Without script it opens a page in a new tab;
    with it, the text is checked while one writes.
    """
    return html(
        '<button type="submit" class="button button-quiet" name="tjek" value="{}:{}" formaction="{}" '
        'formtarget="_blank" formnovalidate data-samspil-wording><span>{}</span></button>',
        kind,
        field,
        address_of("wording:check"),
        gettext("Tjek sproget"),
    )
