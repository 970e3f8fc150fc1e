"""Small wordings for orders and status notes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from samspil.contexts.orders.api import PartView, SourceView
from samspil.kernel import clock
from samspil.kernel.danish_dates import day_and_month
from samspil.kernel.text import Language, first_name
from samspil.web.components.markup import html, html_join
from samspil.web.components.shapes import Voice
from samspil.web.orders import downloads
from samspil.web.shell.addresses import address_of
from samspil.web.shell.language import language

register = template.Library()


@register.simple_tag
def question_wait(asked_at: dt.datetime) -> str:
    """As in "har ventet 3 dage"."""
    days = (clock.today() - clock.day_of(asked_at)).days
    if days <= 0:
        return gettext("stillet i dag")
    return ngettext("har ventet %(days)d dag", "har ventet %(days)d dage", days) % {"days": days}


@register.simple_tag
def status_lines(part: PartView) -> SafeString:
    """The lines of a part, each with where it comes from: fetched when it is unfolded, since a year has a hundred."""
    if not part.lines:
        return html('<p class="quiet">{}</p>', gettext("Der er ikke skrevet noget."))
    shape = '<div class="status-line"><p>{}</p>{}</div>'
    words = _SourceWords(gettext("skrevet %(day)s af %(who)s"), gettext("Se det hele"), language(), clock.today())
    return html_join(shape, ((line.text, _sources(line.sources, words)) for line in part.lines))


@dataclass(frozen=True, slots=True)
class _SourceWords:
    """What the sources of a part say, translated once."""

    written: str
    whole: str
    language: Language
    today: dt.date

    def of(self, source: SourceView) -> str:
        """As in "skrevet 3. marts af Jonas"."""
        day = day_and_month(clock.day_of(source.happened_at), self.today, self.language)
        return self.written % {"day": day, "who": first_name(source.author_name)}


def _sources(sources: Iterable[SourceView], words: _SourceWords) -> SafeString:
    shape = (
        '<details class="details" data-samspil-unfold><summary>{}</summary>'
        '<div class="details-body"><a class="link-row" href="{}">{}</a></div></details>'
    )
    return html_join(shape, ((words.of(one), address_of("notes:wording", one.id), words.whole) for one in sources))


@register.simple_tag
def part_address(name: str, note_id: UUID, part_id: UUID) -> str:
    return address_of(name, note_id, part_id)


@register.simple_tag
def part_heading(part: PartView) -> str:
    return downloads.heading_of(part)


@register.simple_tag
def part_voices(part: PartView) -> list[Voice]:
    """The newest mark of each side on the part's goal."""
    return [Voice(first_name(mark.by_name), mark.value) for mark in part.goal.latest] if part.goal else []
