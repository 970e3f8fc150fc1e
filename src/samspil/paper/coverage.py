"""Which characters our paper font can draw. An accessible PDF may hold no others, and people write emoji."""

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

FONT = Path(__file__).parent / "fonts" / "IBMPlexSans-Regular.ttf"
STAND_IN = "◊"
_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me"})


def drawable(value: Any) -> Any:
    """The same data with ◊ for each character that cannot be drawn; what has no look of its own goes."""
    match value:
        case str():
            return value if value.isascii() and value.isprintable() else "".join(map(_drawn, value))
        case dict():
            return {name: drawable(inner) for name, inner in value.items()}
        case list() | tuple():
            return [drawable(inner) for inner in value]
    return value


def _drawn(character: str) -> str:
    if ord(character) in _covered() or character == "\n":
        return character
    return "" if unicodedata.category(character) in _INVISIBLE else STAND_IN


@cache
def _covered() -> frozenset[int]:
    """The code points in the font's character map (OpenType `cmap`, formats 4 and 12)."""
    font = FONT.read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        subtable = cmap + struct.unpack_from(">L", font, cmap + 4 + 8 * n + 4)[0]
        found |= _READERS.get(struct.unpack_from(">H", font, subtable)[0], lambda *_: set())(font, subtable)
    return frozenset(found)


def _format_4(font: bytes, at: int) -> set[int]:
    """Ranges of two bytes; a range without an offset list maps by its delta, and only glyph 0 means nothing."""
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", font, offsets_at)
    found = set()
    for n, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(start, end + 1):
            glyph = code + delta
            if offset:
                place = offsets_at + 2 * n + offset + 2 * (code - start)
                glyph = struct.unpack_from(">H", font, place)[0]
            if glyph % 65536 and code != 65535:
                found.add(code)
    return found


def _format_12(font: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">L", font, at + 12)[0]
    groups = (struct.unpack_from(">LLL", font, at + 16 + 12 * n) for n in range(count))
    return {code for start, end, _ in groups for code in range(start, end + 1)}


_READERS = {4: _format_4, 12: _format_12}
