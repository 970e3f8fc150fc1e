"""For the citizen's rooms: pictures with words, the path, three faces."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from samspil.web.components.markup import html, html_join
from samspil.web.components.shapes import Stone
from samspil.web.components.tags.actions import NOTHING, ui_asset, ui_icon

register = template.Library()


@cache
def pictograms() -> dict[str, dict[str, str | list[str]]]:
    """Concept → file, Danish and English label, Danish search words. One picture has one meaning everywhere."""
    path = Path(__file__).parent.parent / "pictograms.json"
    return json.loads(path.read_text(encoding="utf-8"))


def pictogram_label(slug: str) -> str:
    return str(pictograms()[slug]["en" if get_language() == "en" else "da"])


def find_pictograms(words: str) -> list[str]:
    """The concepts whose label or search words begin with what was typed; all of them for nothing."""
    wanted = words.casefold().split()
    return [
        slug
        for slug, row in pictograms().items()
        if all(any(w.startswith(part) for w in _words(row)) for part in wanted)
    ]


def _words(row: dict[str, str | list[str]]) -> list[str]:
    return [w.casefold() for w in [*str(row["da"]).split(), *row["words"]]]


@register.simple_tag
def ui_pictogram(slug: str, *, label: str | None = None) -> SafeString:
    """A picture with its word below; `label=""` where the words stand beside it already."""
    image = html(
        '<img class="pictogram" src="{}" alt="" width="72" height="72">',
        ui_asset(f"pictograms/{pictograms()[slug]['file']}"),
    )
    if label == "":
        return image
    return html('<span class="pictogram-pair">{}<span>{}</span></span>', image, label or pictogram_label(slug))


@register.simple_tag
def ui_path(stones: Iterable[Stone]) -> SafeString:
    """Min plan as a path of stepping stones, top to bottom; one list for those who hear it."""
    words = {
        "reached": gettext("Nået:"),
        "now": gettext("I gang:"),
        "later": gettext("Senere:"),
        "paused": gettext("Pause:"),
    }
    marks = {"reached": ui_icon("check"), "paused": gettext("Pause")}
    rows = (
        (
            s.state,
            ui_pictogram(s.pictogram, label=""),
            html('<span class="stone-mark">{}</span>', marks[s.state]) if s.state in marks else NOTHING,
            words[s.state],
            html('<a href="{}">{}</a>', s.url, s.text) if s.url else s.text,
            html('<p class="stone-detail">{}</p>', s.detail) if s.detail else NOTHING,
        )
        for s in stones
    )
    return html(
        '<ol class="path">{}</ol>',
        html_join(
            '<li class="stone stone-{}"><span class="stone-picture" aria-hidden="true">{}{}</span>'
            '<div class="stone-body"><p class="stone-text"><span class="sr-only">{} </span>{}</p>{}</div></li>',
            rows,
        ),
    )


@register.simple_tag
def ui_faces(name: str, legend: str, *, value: str = "") -> SafeString:
    """Ja, Lidt, Nej: three submit buttons with a face and a word, one tap each. Values: yes, some, no."""
    choices = (("yes", "glad", gettext("Ja")), ("some", "okay", gettext("Lidt")), ("no", "sad", gettext("Nej")))
    rows = (
        (name, key, "true" if key == value else "false", ui_pictogram(picture, label=""), word)
        for key, picture, word in choices
    )
    return html(
        '<fieldset class="faces"><legend>{}</legend><div class="faces-choices">{}</div></fieldset>',
        legend,
        html_join(
            '<button type="submit" class="face" name="{}" value="{}" aria-pressed="{}">{}<span>{}</span></button>',
            rows,
        ),
    )
