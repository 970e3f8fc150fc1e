"""Values of the case put into sentences of the data files, and what was not there."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from samspil.contexts.letters.enums import Origin
from samspil.contexts.letters.rules import MISSING
from samspil.contexts.letters.wording import OPTIONAL, Both, named_in
from samspil.kernel.danish_dates import long_date_year
from samspil.kernel.text import Language


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. "- " begins an item, "> " the citizen's words, "1. " a step. Without `en` the Danish is shown."""

    text: str
    en: str = ""
    origin: str = Origin.FIXED
    source: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """`heading` is there for a part of a notice; the seven of a decision share theirs."""

    kind: str
    lines: tuple[Line, ...]
    heading: Both | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(slots=True, kw_only=True)
class Filler:
    """Puts values into sentences and remembers which were not there."""

    values: dict[Language, dict[str, str]]
    part: str = ""
    missing: list[tuple[str, str]] = field(default_factory=list)

    def sentence(self, both: Both) -> Both | None:
        unknown = [name for name in sorted(named_in(both.da)) if not self.values["da"].get(name)]
        if unknown and both.is_optional:
            return None
        for name in unknown:
            self.needs(name, False)
        return Both(self._fill(both.da, "da"), self._fill(both.en, "en"))

    def lines(self, sentences: Iterable[Both]) -> list[Line]:
        made = (self.sentence(both) for both in sentences)
        return [Line(both.da, both.en) for both in made if both is not None]

    def needs(self, name: str, is_there: object) -> None:
        if not is_there and name not in {one for one, _ in self.missing}:
            self.missing.append((name, self.part))

    def write(self, kind: str, lines: Callable[[], list[Line]]) -> Part:
        self.part = kind
        return Part(kind, tuple(lines()))

    def _fill(self, text: str, language: Language) -> str:
        values = {name: self.values[language].get(name) or MISSING for name in named_in(text)}
        return text.removeprefix(OPTIONAL).format(**values)


def day_in_words(day: dt.date | None, language: Language) -> str:
    return long_date_year(day, language) if day else ""
