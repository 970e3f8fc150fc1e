"""All components, loaded into every template (see docs/components.md for what each takes)."""

from django import template

from samspil.web.components import gallery
from samspil.web.components.tags import actions, case, citizen, days, fields, figures, messages, pages, people, wording

register = template.Library()
for part in (actions, case, citizen, days, fields, figures, messages, pages, people, wording, gallery):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
