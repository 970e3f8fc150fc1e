"""What people type and paste, and small Danish wordings."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

Language = Literal["da", "en"]

# Word's symbol fonts and Windows-1252 quotation marks that reach us as private-use or control characters.
_READABLE = str.maketrans(
    {
        "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "›", "\uf0fc": "✓", "\uf0e0": "→", "\uf02d": "-",
        "\x85": "…", "\x91": "‘", "\x92": "’", "\x93": "“", "\x94": "”", "\x95": "•",
        "\x96": "–", "\x97": "—", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " ",
        "\u00a0": " ", "\u202f": " ",
    }
)  # fmt: skip
_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SUSPECT = re.compile(r"[^\n -~¡-¬®-ͷ–-…]")


class TooLong(ValueError):
    """`length` and `limit` in characters, after cleaning."""

    def __init__(self, limit: int, length: int) -> None:
        super().__init__(limit, length)
        self.limit = limit
        self.length = length


def clean(text: str, limit: int) -> str:
    """Text as we store it: NFC, LF, trimmed, no control, zero-width or bidi characters. Raises TooLong."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_READABLE)
    text = unicodedata.normalize("NFC", _SUSPECT.sub(_wanted, text)).strip()
    if len(text) > limit:
        raise TooLong(limit, len(text))
    return text


def _wanted(match: re.Match[str]) -> str:
    character = match.group()
    return "" if unicodedata.category(character) in _UNWANTED else character


def initials(name: str) -> str:
    """First letters of the first and the last name, "KH"; one letter for a single name."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def first_name(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.strip() else ""


_DESCRIBES = {"min", "mit", "mine", "en", "et"}
_PARTICLES = {"af", "von", "van", "de", "der", "den", "la", "le", "el", "bin", "ibn"}


def spoken_name(name: str) -> str:
    """What somebody is called among others: the first name, or the whole of what is no name, "min nabo Bent"."""
    words = name.split()
    if len(words) < 2 or not words[1][0].islower() or words[1] in _PARTICLES:
        return first_name(name)
    return " ".join([words[0].lower() if words[0].lower() in _DESCRIBES else words[0], *words[1:]])


def and_list(items: Sequence[str], language: Language = "da") -> str:
    """Joined as in "a, b og c"."""
    word = "og" if language == "da" else "and"
    return f"{', '.join(items[:-1])} {word} {items[-1]}" if len(items) > 1 else "".join(items)


def plural(count: int, one: str, many: str) -> str:
    """As in "1 dag", "2 dage"."""
    return f"{count} {one if count == 1 else many}"


def possessive(name: str) -> str:
    """Danish genitive: "Karlas", "Jonas'"."""
    name = name.strip()
    return f"{name}'" if name[-1:].lower() in {"s", "x", "z"} else f"{name}s"
