"""Below the text: what each sentence became. What a person has said about a piece follows it while it is edited."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import SegmentKind
from samspil.kernel.text import first_name
from samspil.web.components.tags.case import SEGMENTS
from samspil.web.components.tags.days import language
from samspil.web.notes.forms import PieceForm, auto_of, read_auto
from samspil.web.notes.reading import Around, Read, read
from samspil.web.notes.themes import Themes

MOST = 40
WAS_READ = "laest"
_AUTO = ("kind", "goal", "value", "who", "due")
_CHOSEN = ("theme", "hidden", "reason")
_ALIKE = 8
_MONTHS = ("jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec.")


@dataclass(frozen=True, slots=True)
class Chip:
    """`detail` as in "Jonas · 26. nov."; `missing` says what still has to be said."""

    index: int
    kind: str
    detail: str
    missing: str
    is_hidden: bool
    is_open: bool
    text: str
    form: PieceForm


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion: the sentence and what it looks like. `start` counts characters."""

    kind: str
    kind_words: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Chips:
    pieces: tuple[Chip, ...]
    offers: tuple[Offer, ...]
    rest: int
    is_too_long: bool

    @property
    def summary(self) -> str:
        """The kinds in order, for those who hear the page."""
        return ", ".join(str(SEGMENTS[chip.kind][1]) for chip in self.pieces)

    def are_valid(self) -> bool:
        return all(chip.form.is_valid() for chip in self.pieces)


NONE = Chips((), (), 0, is_too_long=False)


def chips_of(
    text: str,
    data: Mapping[str, Any],
    around: Around,
    themes: Themes,
    *,
    citizen: str,
    check: bool = False,
    all_open: bool = False,
) -> Chips:
    """Read the text and lay what was said before beside it. `check` fills the forms so that they can be asked."""
    text = text.replace("\r\n", "\n")
    if len(text) > notes.LONGEST_NOTE:
        return Chips((), (), 0, is_too_long=True)
    reading = read(text, around)
    shown = reading.pieces[:MOST]
    fields = _kept(shown, data)
    pieces = tuple(
        _chip(index, said, around, themes, citizen=citizen, check=check, all_open=all_open)
        for index, said in enumerate(fields)
    )
    offers = tuple(Offer(s.kind, str(SegmentKind(s.kind).label), _short(s.text), s.start) for s in reading.suggestions)
    return Chips(pieces, offers, len(reading.pieces) - len(shown), is_too_long=False)


def _kept(pieces: Sequence[Read], data: Mapping[str, Any]) -> list[dict[str, str]]:
    """For each piece its fields: as the text says, unless a person said otherwise about the same piece before."""
    before = _posted(data)
    found = []
    for index, piece in enumerate(pieces):
        says = _says(piece)
        old = _same(piece.text, index, before)
        fields = dict(says)
        if old is not None:
            meant = read_auto(old.get("auto", ""))
            fields |= {name: old[name] for name in _AUTO if name in old and old[name] != meant.get(name, "")}
            fields |= {name: old[name] for name in _CHOSEN if name in old}
        found.append(fields | {"text": piece.text, "auto": auto_of(says)})
    return found


def _posted(data: Mapping[str, Any]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for index in range(MOST):
        if f"p{index}-text" not in data:
            break
        names = (*_AUTO, *_CHOSEN, "text", "auto")
        found[index] = {name: str(data[key]) for name in names if (key := f"p{index}-{name}") in data}
        found[index]["text"] = found[index]["text"].replace("\r\n", "\n")
    return found


def _same(text: str, index: int, before: dict[int, dict[str, str]]) -> dict[str, str] | None:
    """The piece that this was: the same words anywhere, or words alike in the same place. Each is found once."""
    exact = next((key for key, old in before.items() if old["text"] == text), None)
    if exact is not None:
        return before.pop(exact)
    old = before.get(index)
    if old is not None and (old["text"][:_ALIKE] == text[:_ALIKE] or not old["text"]):
        return before.pop(index)
    return None


def _says(piece: Read) -> dict[str, str]:
    day = piece.due_on
    return {
        "kind": piece.kind,
        "goal": str(piece.goal_id or ""),
        "value": "" if piece.value is None else str(piece.value),
        "who": piece.who,
        "due": f"{day.day}.{day.month}.{day.year}" if day else "",
    }


def _chip(
    index: int,
    fields: dict[str, str],
    around: Around,
    themes: Themes,
    *,
    citizen: str,
    check: bool,
    all_open: bool,
) -> Chip:
    prefix = f"p{index}"
    form = PieceForm(
        {f"{prefix}-{name}": value for name, value in fields.items()},
        prefix=prefix,
        goals=around.goals,
        themes=themes,
        citizen=citizen,
    )
    said = form.cleaned_data if form.is_valid() else {}
    missing = "" if said else _missing(form)
    if not check:
        form = _unbound(form, fields, around, themes, citizen)
    return Chip(
        index=index,
        kind=fields["kind"] if fields["kind"] in SEGMENTS else SegmentKind.OBSERVATION,
        detail=_detail(fields, said, around),
        missing=missing,
        is_hidden=bool(fields.get("hidden")),
        is_open=all_open or (check and bool(form.errors)),
        text=fields["text"],
        form=form,
    )


def _unbound(form: PieceForm, fields: dict[str, str], around: Around, themes: Themes, citizen: str) -> PieceForm:
    """The same fields without red: while one is still writing, nothing is wrong yet."""
    return PieceForm(initial=fields, prefix=form.prefix, goals=around.goals, themes=themes, citizen=citizen)


def _missing(form: PieceForm) -> str:
    wanted = {
        "who": _("Hvem?"),
        "due": _("Hvornår?"),
        "goal": _("Hvilket mål?"),
        "value": _("Hvilket tal?"),
        "reason": _("Hvorfor skjult?"),
        "theme": _("Hvilket tema?"),
    }
    return " ".join(words for name, words in wanted.items() if name in form.errors)


def _detail(fields: Mapping[str, str], said: Mapping[str, Any], around: Around) -> str:
    match fields["kind"]:
        case SegmentKind.AGREEMENT:
            day = said.get("due")
            return " · ".join(filter(None, [first_name(fields["who"]), short_day(day) if day else ""]))
        case SegmentKind.GOAL_STATUS:
            title = next((goal.title for goal in around.goals if str(goal.id) == fields["goal"]), "")
            mark = _("%(value)s af 10") % {"value": fields["value"]} if fields["value"] else ""
            return " · ".join(filter(None, [title, mark]))
    return ""


def short_day(day: dt.date) -> str:
    """26. nov."""
    return f"{day.day}. {_MONTHS[day.month - 1]}" if language() == "da" else date_format(day, "j M")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"
