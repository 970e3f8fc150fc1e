"""The text of a PDF, read the way a screen reader does: each glyph by its font's own table of letters."""

import io
import re

import pikepdf

_PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def text_of(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return "".join(_page(page) for page in document.pages)


def _page(page: pikepdf.Page) -> str:
    fonts = {str(name): _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    said, font = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
            said += [_read(bytes(piece), font) for piece in pieces if isinstance(piece, pikepdf.String)]
        elif str(operator) == "ET":
            said.append(" ")
    return "".join(said)


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """The pairs of `beginbfchar`; typst writes no ranges."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    return {int(glyph, 16): bytes.fromhex(letters).decode("utf-16-be") for glyph, letters in _PAIR.findall(table)}


def _read(glyphs: bytes, font: dict[int, str]) -> str:
    return "".join(font.get(int.from_bytes(glyphs[at : at + 2], "big"), "") for at in range(0, len(glyphs), 2))
