"""Words, numbers, abbreviations and marks of a text, each with its place. Hidden characters stay inside their word."""

import re
import unicodedata
from collections.abc import Container
from typing import NamedTuple

WORD, NUMBER, ABBREVIATION, ADDRESS, MARK = "word", "number", "abbreviation", "address", "mark"

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ACCENTS = "\u0300-\u036f"
_NOT_SEEN = re.compile(f"[{_INVISIBLE}]")
_TOKEN = re.compile(
    rf"""
    (?P<word>[^\W\d_](?:[^\W\d_]++|[{_INVISIBLE}{_ACCENTS}]++|[-'’](?=[^\W\d_]))*+)
   |(?P<number>\d++(?:[.,:/-]\d++)*+)
   |(?P<mark>\S)
    """,
    re.VERBOSE,
)
_ADDRESS = re.compile(r"[^\s<>\"]{0,64}(?:@|://|www\.|\.(?:dk|com|eu|org|net)(?![^\W_]))[^\s<>\"]{0,200}")
_MAY_BE_ADDRESS = re.compile(r"@|://|www\.|\.(?:dk|com|eu|org|net)(?![^\W_])")
_BEGINNING = re.compile(r"[\s<>\"(]")
_LONGEST_ABBREVIATION = 10


class Token(NamedTuple):
    """`norm` is lower case, composed and without what cannot be seen; `start` and `end` count in the text as given."""

    kind: str
    norm: str
    start: int
    end: int


def norm(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", _NOT_SEEN.sub("", word)).lower()


def tokens(text: str, start: int, end: int, abbreviations: Container[str]) -> list[Token]:
    """The tokens between two places. `abbreviations` are lower case, each with its full stop."""
    addresses = _addresses(text, start, end)
    found: list[Token] = []
    at = start
    while match := _TOKEN.search(text, at, end):
        at = match.end()
        if addresses and match.start() in addresses:
            at = min(addresses[match.start()], end)
            found.append(Token(ADDRESS, text[match.start() : at].lower(), match.start(), at))
            continue
        kind = match.lastgroup or MARK
        word = norm(match.group())
        if kind == WORD and text.startswith(".", at, end):
            longer = _abbreviation(text, match.start(), at, end, abbreviations)
            if longer > at:
                kind, at, word = ABBREVIATION, longer, norm(text[match.start() : longer])
        found.append(Token(kind, word, match.start(), at))
    return found


def _addresses(text: str, start: int, end: int) -> dict[int, int]:
    """Where mail and web addresses begin, and where they end."""
    found: dict[int, int] = {}
    at = start
    while sign := _MAY_BE_ADDRESS.search(text, at, end):
        nearest = max(start, sign.start() - 64)
        first = sign.start() - len(_BEGINNING.split(text[nearest : sign.start()])[-1])
        match = _ADDRESS.match(text, first, end)
        at = max(match.end() if match else 0, sign.end())
        found[first] = first + len(text[first:at].rstrip(".,;:!?)»”"))
    return found


def _abbreviation(text: str, start: int, end: int, stop: int, known: Container[str]) -> int:
    """Where the abbreviation that begins at `start` ends, its last full stop included; `end` when it is none."""
    longest = end
    for place in range(end, min(stop, start + _LONGEST_ABBREVIATION)):
        if text[place] == "." and norm(text[start : place + 1]) in known:
            longest = place + 1
        elif text[place].isspace():
            break
    return longest
