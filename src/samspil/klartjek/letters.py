"""What a decision letter brings, and what its parts must hold: facts about a letter, read from its text."""

import re
from collections.abc import Iterable
from enum import StrEnum

from samspil.klartjek.document import Block, Document, Sentence
from samspil.klartjek.reading import Reading
from samspil.klartjek.tokens import NUMBER, norm


class Outcome(StrEnum):
    """What the letter decides. A request only asks for something and decides nothing."""

    GRANT = "grant"
    PARTIAL = "partial"
    REFUSAL = "refusal"
    CHANGE = "change"
    END = "end"
    REQUEST = "request"


DECIDES_AGAINST = frozenset({Outcome.PARTIAL, Outcome.REFUSAL, Outcome.CHANGE, Outcome.END})
_ORDER = (Outcome.REFUSAL, Outcome.END, Outcome.CHANGE, Outcome.GRANT, Outcome.REQUEST)
_MONTH = r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)"
_DATE = re.compile(rf"(?<!\d)(?:\d{{1,2}}\. {_MONTH}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}})")
_PHONE = re.compile(r"(?<!\d)\d{2} ?\d{2} ?\d{2} ?\d{2}(?!\d)")
_NAME = re.compile(r"(?<![^\W\d_])[A-ZÆØÅ][a-zæøåéü]{1,30} (?:[A-ZÆØÅ]\. )?[A-ZÆØÅ][a-zæøåéü]{1,30}(?![^\W\d_])")
_READING = re.compile(r"(?<!\w)(?:læs|forstå|oversæt)")
_READER = {"du", "dig", "din", "dit", "dine"}


def outcome_of(reading: Reading) -> Outcome | None:
    """What the headline says, or else the first sentences, or else any of them; nothing when none says it."""
    document = reading.document
    headline = document.headline
    everything = plain(document, document.blocks)
    for text in (plain(document, [headline]) if headline else "", first_words(document, 60), everything):
        if found := _outcome(text, reading):
            return found
    return Outcome.REFUSAL if mentions(everything, reading.book.letter["unclear"]["refusal"]) else None


def _outcome(text: str, reading: Reading) -> Outcome | None:
    results = reading.book.letter["results"]
    places = {outcome: first_place(text, results[outcome]) for outcome in _ORDER}
    met = {outcome: place for outcome, place in places.items() if place >= 0}
    if not met:
        return None
    found = min(met, key=lambda outcome: (met[outcome], _ORDER.index(outcome)))
    return Outcome.PARTIAL if found is Outcome.GRANT and mentions(text, results["partial"]) else found


def first_place(text: str, phrases: Iterable[str]) -> int:
    """Where the first of the phrases stands as whole words; -1 when none does."""
    return min((place for phrase in phrases if (place := _place(text, phrase)) >= 0), default=-1)


def _place(text: str, phrase: str) -> int:
    at = text.find(phrase)
    while at >= 0:
        around = text[max(0, at - 1) : at], text[at + len(phrase) : at + len(phrase) + 1]
        if not any(sign.isalnum() for sign in around):
            return at
        at = text.find(phrase, at + 1)
    return -1


def mentions(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in a text in lower case, as whole words."""
    return first_place(text, phrases) >= 0


def begins_words(text: str, beginnings: Iterable[str]) -> bool:
    return any(beginning in text for beginning in beginnings)


def plain(document: Document, blocks: Iterable[Block]) -> str:
    """Text of the blocks in lower case, spaces made one."""
    return " ".join(norm(" ".join(document.text[block.start : block.end].split())) for block in blocks)


def raw(document: Document, blocks: Iterable[Block]) -> str:
    return " ".join(" ".join(document.text[block.start : block.end].split()) for block in blocks)


def first_words(document: Document, count: int) -> str:
    """The first words below the headline, headings left out."""
    words = [token for sentence in document.body() for token in sentence.words][:count]
    return norm(" ".join(document.text[words[0].start : words[-1].end].split())) if words else ""


def offers_reading(text: str) -> bool:
    """»læse brevet«, »forstå brevet«, »få det læst op«."""
    return _READING.search(text) is not None and ("brev" in text or "læst op" in text or "læse det op" in text)


def has_date(text: str) -> bool:
    return _DATE.search(text) is not None


def has_figure(text: str) -> bool:
    """A number that is no part of a date."""
    return any(sign.isdigit() for sign in _DATE.sub("", text))


def has_phone(text: str) -> bool:
    return _PHONE.search(text) is not None


def has_name(text: str) -> bool:
    return _NAME.search(text) is not None


def names_somebody(document: Document, blocks: Iterable[Block]) -> bool:
    """A full name, or the first name of somebody whom the letter has named in full."""
    words = set(re.findall(r"\w+", raw(document, blocks)))
    known = {name.split()[0] for name in _NAME.findall(raw(document, document.blocks))}
    return has_name(raw(document, blocks)) or bool(words & known)


def addresses_reader(sentences: Iterable[Sentence]) -> bool:
    return any(token.norm in _READER for sentence in sentences for token in sentence.words)


def figures_in(sentence: Sentence, document: Document) -> list[tuple[int, str]]:
    """Where dates and sums stand in a sentence, and what they are."""
    words = document.text[sentence.start : sentence.end]
    found = [(sentence.start + match.start(), match.group()) for match in _DATE.finditer(words)]
    for index, token in enumerate(sentence.tokens):
        after = sentence.tokens[index + 1].norm if index + 1 < len(sentence.tokens) else ""
        if token.kind == NUMBER and after in ("kr.", "kroner", "kr"):
            found.append((token.start, token.norm))
    return sorted(found)
