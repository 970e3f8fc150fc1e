"""The check of wording beside a field that a citizen will read."""

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samspil.web.components.markup import html
from samspil.web.shell.addresses import address_of
from samspil.web.shell.writing import WRITERS

register = template.Library()


@register.simple_tag
def ui_wording(texts: str) -> SafeString:
    """A button that checks the wording of some of a form's texts, each with its kind: "note:about message:words".

    It stands after the form's own button, so that Enter never presses it. Without script it opens a page in a new tab;
    with it, the texts are checked while one writes. `ui_form` makes it; by hand only where a form stands without.
    """
    return html(
        '<button type="submit" class="button button-quiet" name="tjek" value="{}" formaction="{}" '
        'formtarget="_blank" formnovalidate data-samspil-wording><span>{}</span></button>',
        texts,
        address_of("wording:check"),
        gettext("Tjek sproget"),
    )


def wording_of(context: RequestContext, texts: str) -> SafeString | str:
    """The button at the end of a form, for those who write of or to a citizen."""
    actor = getattr(context.get("request"), "actor", None)
    if not texts or actor is None or not WRITERS & actor.capabilities:
        return ""
    return html('<p class="form-check">{}</p>', ui_wording(texts))
