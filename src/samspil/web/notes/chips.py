"""Below the text: what each sentence became. What a person has said about a piece follows it while it is edited."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import NewSegment, SegmentKind
from samspil.kernel.danish_dates import UnreadableDate, parse_date
from samspil.kernel.text import first_name
from samspil.web.components.tags.case import SEGMENTS
from samspil.web.notes.forms import PieceForm, auto_of, read_auto
from samspil.web.notes.reading import Around, Read, read
from samspil.web.notes.themes import Themes
from samspil.web.shell.language import language

MOST = 40
WAS_READ = "laest"
_AUTO = ("kind", "goal", "value", "who", "due")
_CHOSEN = ("theme", "hidden", "reason")
_ALIKE = 8
_MONTHS = ("jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec.")


@dataclass(frozen=True, slots=True)
class Chip:
    """`detail` as in "Jonas · 26. nov."; `missing` says what still has to be said.

    A closed chip has no `form`; what is known about its piece is carried along in `fields`, by name.
    """

    index: int
    kind: str
    detail: str
    missing: str
    is_hidden: bool
    is_open: bool
    text: str
    fields: tuple[tuple[str, str], ...]
    form: PieceForm | None


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
        return all(chip.form is not None and chip.form.is_valid() for chip in self.pieces)

    def segments(self) -> list[NewSegment]:
        """What the valid chips say."""
        return [chip.form.segment() for chip in self.pieces if chip.form is not None]


NONE = Chips((), (), 0, is_too_long=False)


def chips_of(
    text: str,
    data: Mapping[str, Any],
    around: Around,
    themes: Themes,
    *,
    citizen: str,
    check: bool = False,
    opened: Collection[int] | None = None,
) -> Chips:
    """Read the text and lay what was said before beside it. `check` fills the forms so that they can be asked.

    Only the chips `opened` have a form to write in, all of them when it is None: a form costs more than a sentence.
    """
    text = text.replace("\r\n", "\n")
    if len(text) > notes.LONGEST_NOTE:
        return Chips((), (), 0, is_too_long=True)
    reading = read(text, around)
    shown = reading.pieces[:MOST]
    made: list[PieceForm] = []

    def form_of(index: int, fields: dict[str, str]) -> PieceForm | None:
        if not check and opened is not None and index not in opened:
            return None
        more: dict[str, Any] = {"prefix": f"p{index}", "goals": around.goals, "themes": themes, "citizen": citizen}
        more["like"] = made[0] if made else None
        if check:
            made.append(PieceForm({f"p{index}-{name}": value for name, value in fields.items()}, **more))
        else:
            made.append(PieceForm(initial=fields, **more))
        return made[-1]

    pieces = [
        _chip(index, fields, around, themes, form_of(index, fields)) for index, fields in enumerate(_kept(shown, data))
    ]
    offers = tuple(Offer(s.kind, str(SegmentKind(s.kind).label), _short(s.text), s.start) for s in reading.suggestions)
    return Chips(tuple(pieces), offers, len(reading.pieces) - len(shown), is_too_long=False)


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


def _chip(index: int, fields: dict[str, str], around: Around, themes: Themes, form: PieceForm | None) -> Chip:
    is_wrong = form is not None and form.is_bound and not form.is_valid()
    return Chip(
        index=index,
        kind=fields["kind"] if fields["kind"] in SEGMENTS else SegmentKind.OBSERVATION,
        detail=_detail(fields, around),
        missing=_missing(fields, around, themes),
        is_hidden=bool(fields.get("hidden")),
        is_open=is_wrong,
        text=fields["text"],
        fields=tuple((f"p{index}-{name}", value) for name, value in fields.items() if value or name == "text"),
        form=form,
    )


def _missing(fields: Mapping[str, str], around: Around, themes: Themes) -> str:
    """Asked gently while one writes; the form says the same in red when it is sent."""
    kind = fields["kind"]
    wanted = {
        _("Hvem?"): kind == SegmentKind.AGREEMENT and not fields["who"].strip(),
        _("Hvornår?"): kind == SegmentKind.AGREEMENT and _day(fields["due"], around.today) is None,
        _("Hvilket mål?"): kind == SegmentKind.GOAL_STATUS and not fields["goal"],
        _("Hvilket tal?"): kind == SegmentKind.GOAL_STATUS and not fields["value"],
        _("Hvilket tema?"): bool(fields.get("theme", "").strip()) and themes.named(fields["theme"]) is None,
        _("Hvorfor skjult?"): bool(fields.get("hidden")) and not fields.get("reason", "").strip(),
    }
    return " ".join(words for words, is_wanted in wanted.items() if is_wanted)


def _detail(fields: Mapping[str, str], around: Around) -> str:
    match fields["kind"]:
        case SegmentKind.AGREEMENT:
            day = _day(fields["due"], around.today)
            return " · ".join(filter(None, [first_name(fields["who"]), short_day(day) if day else ""]))
        case SegmentKind.GOAL_STATUS:
            title = next((goal.title for goal in around.goals if str(goal.id) == fields["goal"]), "")
            mark = _("%(value)s af 10") % {"value": fields["value"]} if fields["value"] else ""
            return " · ".join(filter(None, [title, mark]))
    return ""


def _day(typed: str, today: dt.date) -> dt.date | None:
    try:
        return parse_date(typed, today)
    except UnreadableDate:
        return None


def short_day(day: dt.date) -> str:
    """26. nov."""
    return f"{day.day}. {_MONTHS[day.month - 1]}" if language() == "da" else date_format(day, "j M")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"
