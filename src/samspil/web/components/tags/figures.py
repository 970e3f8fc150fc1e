"""Numbers drawn: how sure a share is, and how long a bar. The words beside them say the same."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samspil.web.components.markup import html

register = template.Library()


@register.simple_tag
def ui_interval(percent: int, low: int, high: int) -> SafeString:
    """A share as a point, and the interval that the truth is in 19 times out of 20, on a line from 0 to 100."""
    return html(
        '<span class="interval"><svg class="interval-line" aria-hidden="true">'
        '<rect class="interval-reach" x="{}%" width="{}%" y="25%" height="50%" rx="2"></rect>'
        '<rect class="interval-point" x="{}%" width="3" height="100%"></rect></svg>'
        '<span class="interval-words">{}</span></span>',
        low,
        max(high - low, 1),
        min(percent, 98),
        gettext("%(percent)d %% (mellem %(low)d og %(high)d)") % {"percent": percent, "low": low, "high": high},
    )


@register.simple_tag
def ui_bar(value: float, words: str, *, most: float) -> SafeString:
    """A number as the length of a bar. `most` is a bar of full length."""
    return html(
        '<span class="interval"><svg class="interval-line" aria-hidden="true">'
        '<rect class="interval-bar" width="{}%" height="100%" rx="2"></rect></svg>'
        '<span class="interval-words">{}</span></span>',
        min(round(100 * value / most), 100),
        words,
    )
