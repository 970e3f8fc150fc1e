"""Words picked from the notes, so that nobody types again what has been written once."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from samspil.contexts.decisions.api import Quote
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.web.components.markup import html
from samspil.web.components.tags.days import long_words

MOST_SHOWN = 60
"""The newest; what was picked before is always among them."""
SHOWN_AT_ONCE = 6
"""The rest waits behind a fold, so that the next question is in sight."""


class QuoteTicks(forms.CheckboxSelectMultiple):
    """The newest, and the rest behind a fold that is open where something in it is ticked."""

    template_name = "decisions/quote_ticks.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _, group, _ in context["widget"]["optgroups"] for option in group]
        rest = options[SHOWN_AT_ONCE:]
        context["widget"].update(
            at_once=options[:SHOWN_AT_ONCE], rest=rest, is_open=any(one["selected"] for one in rest)
        )
        return context


class QuoteField(forms.TypedMultipleChoiceField):
    """Each choice is a segment, with what kind it is and who wrote it when."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": _("Det er sagt eller set"),
                "help_text": _("Sæt hak ved det, der viser det. Så skal du ikke skrive det igen."),
                "coerce": UUID,
                "widget": QuoteTicks,
                "required": False,
                "error_messages": {"invalid_choice": _("Notatet er rettet eller skjult imens. Vælg igen.")},
                **kwargs,
            }
        )

    def offer(self, found: Sequence[notes.Quotable], picked: Iterable[Quote] = ()) -> None:
        """What stands now. A quote that was changed since it was picked is no longer offered."""
        wanted = {one.id for one in picked}
        shown = [one for one in found if one.id in wanted] + [one for one in found if one.id not in wanted]
        self.choices = [(str(one.id), _line(one)) for one in shown[: max(MOST_SHOWN, len(wanted))]]
        self.initial = [str(one.id) for one in found if one.id in wanted]


def _line(one: notes.Quotable) -> SafeString:
    kind = notes.SegmentKind(one.kind)
    text = f"“{one.text}”" if kind == notes.SegmentKind.CITIZEN_WORDS else one.text
    whose = f"{kind.label}, {one.author_name}, {long_words(clock.day_of(one.happened_at))}"
    return html('<span>{} <span class="quote-source quiet small">{}</span></span>', text, whose)
