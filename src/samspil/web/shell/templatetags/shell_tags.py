from django import template
from django.utils.safestring import SafeString

from samspil.kernel.ids import new_id
from samspil.web.components.markup import html
from samspil.web.shell.once import FIELD

register = template.Library()


@register.simple_tag
def form_key() -> SafeString:
    """The hidden key that makes a form count once (see `once`)."""
    return html('<input type="hidden" name="{}" value="{}">', FIELD, new_id())
