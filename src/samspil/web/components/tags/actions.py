"""Things one can press. At most one primary button on a page."""

from functools import cache
from typing import Literal

from django import template
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from samspil.kernel.ids import new_id
from samspil.kernel.verdict import Verdict
from samspil.web.components.markup import html
from samspil.web.shell import acting
from samspil.web.shell.once import FIELD
from samspil.web.shell.refusal_texts import text_of

register = template.Library()
ButtonKind = Literal["primary", "secondary", "quiet", "danger"]
_CLASSES: dict[str, str] = {
    "primary": "button button-primary",
    "secondary": "button button-secondary",
    "quiet": "button button-quiet",
    "danger": "button button-danger",
}
NOTHING = mark_safe("")


@register.simple_tag
@cache
def ui_asset(path: str) -> SafeString:
    """The address of a static file, looked up once: it does not change while the process runs."""
    return html("{}", static(path))


@register.simple_tag
@cache
def ui_icon(name: str) -> SafeString:
    """A small drawing beside words; it says nothing on its own, so screen readers pass it by."""
    return html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        ui_asset("dkfds/icons.svg"),
        name,
    )


@register.simple_tag
def ui_button(
    label: str,
    *,
    kind: ButtonKind = "secondary",
    type: Literal["submit", "button", "reset"] = "submit",  # noqa: A002
    name: str = "",
    value: str | int = "",
    icon: str = "",
    described_by: str = "",
) -> SafeString:
    return html(
        '<button type="{}" class="{}"{}{}>{}<span>{}</span></button>',
        type,
        _CLASSES[kind],
        html(' name="{}" value="{}"', name, value) if name else NOTHING,
        html(' aria-describedby="{}"', described_by) if described_by else NOTHING,
        ui_icon(icon) if icon else NOTHING,
        label,
    )


@register.simple_tag
def ui_link_button(label: str, url: str, *, kind: ButtonKind = "secondary", icon: str = "") -> SafeString:
    """Goes somewhere and changes nothing; it only looks like a button."""
    shown = ui_icon(icon) if icon else NOTHING
    return html('<a class="{}" href="{}">{}<span>{}</span></a>', _CLASSES[kind], url, shown, label)


@register.simple_tag(takes_context=True)
def ui_post_button(
    context: RequestContext,
    label: str,
    url: str,
    *,
    kind: ButtonKind = "secondary",
    name: str = "",
    value: str | int = "",
    icon: str = "",
) -> SafeString:
    """A form that is nothing but its button."""
    return html(
        '<form method="post" action="{}" class="form-inline" data-samspil-once>{}{}</form>',
        url,
        hidden_keys(context),
        ui_button(label, kind=kind, name=name, value=value, icon=icon),
    )


@register.simple_tag(takes_context=True, name="form_keys")
def hidden_keys(context: RequestContext) -> SafeString:
    """Against forged forms, against the same form counting twice, and against one that ends in another's case."""
    token = context.get("csrf_token", "")
    whom = context.get("acting_for")
    for_whom = html('<input type="hidden" name="{}" value="{}">', acting.FIELD, whom.citizen_id) if whom else NOTHING
    key = html('<input type="hidden" name="{}" value="{}">', FIELD, new_id())
    return html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}{}', token, key, for_whom)


@register.simple_tag(takes_context=True)
def ui_action(
    context: RequestContext,
    verdict: Verdict,
    label: str,
    *,
    url: str = "",
    post: bool = False,
    kind: ButtonKind = "secondary",
    name: str = "",
    value: str | int = "",
    icon: str = "",
    reason: str = "",
) -> SafeString:
    """The button when the verdict is yes, else its words and the reason: never a dead grey button.

    With `url` a link, with `url` and `post` a form of its own, without `url` a submit button of the form around it.
    The reason is the shell's sentence for the refusal unless `reason` is given.
    """
    if verdict.refusal is not None:
        return html(
            '<p class="action-refused"><span class="action-refused-label">{}</span> {}</p>',
            label,
            reason or text_of(verdict.refusal),
        )
    if url and post:
        return ui_post_button(context, label, url, kind=kind, name=name, value=value, icon=icon)
    if url:
        return ui_link_button(label, url, kind=kind, icon=icon)
    return ui_button(label, kind=kind, name=name, value=value, icon=icon)


@register.simple_tag
def ui_print_button(label: str = "") -> SafeString:
    """Shown by the script only, since it can do nothing without it."""
    return html(
        '<button type="button" class="{}" data-samspil-print hidden>{}<span>{}</span></button>',
        _CLASSES["secondary"],
        ui_icon("print"),
        label or gettext("Udskriv"),
    )


@register.simple_tag
def ui_read_aloud(target: str = "main", *, label: str = "") -> SafeString:
    """Reads the element with the id `target` aloud; stays hidden where the device has no Danish voice of its own."""
    return html(
        '<button type="button" class="read-aloud" data-samspil-read="{}" data-stop="{}" hidden>{}</button>',
        target,
        gettext("Stop oplæsning"),
        label or gettext("Læs højt"),
    )
