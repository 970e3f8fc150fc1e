"""Long words, and how days, hours and sums are written: R07 and R18."""

import re
from collections.abc import Iterator, Mapping

from samspil.klartjek.document import Sentence
from samspil.klartjek.lix import letters
from samspil.klartjek.reading import Hit, Reading
from samspil.klartjek.tokens import NUMBER, WORD

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_PLAIN_SUM = re.compile(r"\d{4,7}")
_MONEY = {"kr.", "kr", "kroner"}
_PHONE = {"telefon", "tlf.", "tlf", "mobil", "ring", "telefonnummer", "mobilnummer"}
_PHONE_DIGITS = 8


def long_words(reading: Reading) -> Iterator[Hit]:
    """R07: each word once. Names are left alone."""
    rule = reading.rule("R07")
    if rule is None:
        return
    limit = rule.limits["page" if reading.kind == "page" else "yellow"]
    met: set[str] = set()
    for sentence in reading.sentences(rule):
        for index, token in enumerate(sentence.tokens):
            if token.kind != WORD or len(token.norm) < limit or "-" in token.norm or token.norm in met:
                continue
            if (index and reading.document.text[token.start].isupper()) or token.norm in reading.book.lists[
                "known long"
            ]:
                continue
            if letters(token) >= limit:
                met.add(token.norm)
                plain = split_up(token.norm, reading.book.language["long_words"]["parts"])
                values = {"found": reading.words(token), "letters": letters(token), "plain": plain}
                yield Hit("R07", token.start, token.end, values, is_red=letters(token) >= rule.limits["red"])


def split_up(word: str, parts: Mapping[str, str]) -> str:
    """A proposal in words: »vurderingen af bevilling« for »bevillingsvurderingen«. `parts` are by what binds them."""
    known = [(part, binds) for binds, many in parts.items() for part in many.split()]
    for part, binds in sorted(known, key=lambda each: -len(each[0])):
        first = word.removesuffix(part)
        if first != word and len(first) > 4:
            link = first[-1] == "s" and first[-2] not in "s"
            return f"Del ordet, fx »{part} {binds} {first[:-1] if link else first}«."
    return "Del ordet op, eller brug et kortere."


def figures(reading: Reading) -> Iterator[Hit]:
    """R18."""
    rule = reading.rule("R18")
    if rule is None:
        return
    for sentence in reading.sentences(rule):
        for index, token in enumerate(sentence.tokens):
            if token.kind == NUMBER and (plain := _plainly(sentence, index)):
                found = reading.words(token)
                yield Hit("R18", token.start, token.end, {"found": found, "plain": plain}, replacement=plain)


def _plainly(sentence: Sentence, index: int) -> str | None:
    number = sentence.tokens[index].norm
    before = sentence.tokens[index - 1].norm if index else ""
    after = sentence.tokens[index + 1].norm if index + 1 < len(sentence.tokens) else ""
    if date := _date(number):
        return date
    if clock := _CLOCK.fullmatch(number):
        return f"{'' if before == 'kl.' else 'kl. '}{int(clock[1])}.{clock[2]}"
    if _PLAIN_SUM.fullmatch(number) and (after in _MONEY or before in _MONEY):
        return f"{int(number):,}".replace(",", ".")
    if len(number) == _PHONE_DIGITS and number.isdecimal() and _speaks_of_phone(sentence, index):
        return " ".join(number[place : place + 2] for place in range(0, _PHONE_DIGITS, 2))
    return None


def _speaks_of_phone(sentence: Sentence, index: int) -> bool:
    return any(token.norm in _PHONE for token in sentence.tokens[max(0, index - 6) : index])


def _date(number: str) -> str | None:
    if match := _DATE.fullmatch(number):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
    elif match := _ISO_DATE.fullmatch(number):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        return None
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"{day}. {MONTHS[month - 1]} {year + 2000 if year < 100 else year}"
