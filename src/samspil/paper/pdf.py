"""Documents as accessible PDF (PDF/UA-1): tagged, with language and title, made the same way each time.

A template is a `.typ` file beside this one. It reads its data as `json(bytes(sys.inputs.data))`.
"""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from samspil.paper.glyphs import FONTS, drawable

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
_TEMPLATES = HERE / "templates"


def make_pdf(template: str, data: dict[str, Any], *, title: str, at: dt.datetime) -> bytes:
    """The document as bytes; the same template, data, title and moment give the same bytes.

    `data` holds plain values, dates, ids, and drawings as SVG text. A character that the font cannot draw, such as
    an emoji, becomes "[…]". Raises typst.TypstError for a template that does not fit its data, and
    FileNotFoundError for one that is not there.
    """
    import typst  # six megabytes that a worker carries only once it has printed

    source = _TEMPLATES / f"{template}.typ"
    if not source.is_file():
        raise FileNotFoundError(source)
    made = typst.compile(
        source,
        root=_TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(drawable({**data, "title": title}), ensure_ascii=False, default=_plain)},
        pdf_standards="ua-1",
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template} gave more than one document")
    return made


@cache
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _plain(value: object) -> str:
    match value:
        case dt.date():
            return value.isoformat()
        case UUID():
            return str(value)
    raise TypeError(f"{type(value).__name__} has no form on paper")
