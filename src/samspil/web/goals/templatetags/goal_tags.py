"""Words beside the pictures of a goal."""

from django import template

from samspil.web.components.tags.citizen import pictogram_label, pictograms

register = template.Library()


@register.simple_tag
def picture_word(slug: str | None) -> str:
    """The word of a pictogram; nothing where there is none."""
    return pictogram_label(slug) if slug in pictograms() else ""
