"""Which characters our fonts can draw. PDF/UA refuses a document with one that they cannot."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
UNDRAWN = "[…]"
_UNSEEN = frozenset({*range(0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFC, 0xFFFF})
_BREAKS = frozenset({0x0A})


def drawable(value: Any) -> Any:
    """The same text, list or dictionary, with "[…]" for every stretch that the fonts cannot draw."""
    match value:
        case str():
            return _drawable(value)
        case dict():
            return {key: drawable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [drawable(inner) for inner in value]
    return value


def _drawable(text: str) -> str:
    covered = _covered()
    if all(ord(character) in covered for character in text):
        return text
    parts: list[str] = []
    for character in text:
        if ord(character) in covered:
            parts.append(character)
        elif parts[-1:] != [UNDRAWN]:
            parts.append(UNDRAWN)
    return "".join(parts)


@cache
def _covered() -> frozenset[int]:
    """What all the fonts have, so that a word may stand in any weight."""
    fonts = [frozenset(_characters(path)) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*fonts) - _UNSEEN | _BREAKS


def _characters(path: Path) -> Iterator[int]:
    """The code points in a TrueType font's Unicode table (OpenType `cmap`, format 4)."""
    font = path.read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    found = {font[12 + 16 * n : 16 + 16 * n]: struct.unpack_from(">I", font, 20 + 16 * n)[0] for n in range(tables)}
    cmap = found[b"cmap"]
    for n in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * n)
        if (platform, encoding) == (3, 1):
            yield from _segments(font, cmap + offset)


def _segments(font: bytes, table: int) -> Iterator[int]:
    kind, double = struct.unpack_from(">H4xH", font, table)
    if kind != 4:
        raise ValueError(f"cmap format {kind}")
    count = double // 2
    ends = struct.unpack_from(f">{count}H", font, table + 14)
    starts = struct.unpack_from(f">{count}H", font, table + 16 + double)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, last + 1)
