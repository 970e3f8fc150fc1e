"""The words of a tagged PDF, in the order it is read aloud: headings with #, list items with -, a paragraph on a line.

What is printed on every page (its head and foot) is marked as such in the file, and left out. So is the letterhead:
what stands above the headline. A file without tags is refused, for its order could only be guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral

from samspil.paper.room import TooMuch, room

MOST_BYTES = 20_000_000
MOST_PAGES = 500
MOST_MEGABYTES, MOST_SECONDS = 500, 60
"""What reading one file may take of the machine."""
BROKEN = "PDF'en er i stykker eller ikke hel. Hent den igen, og prøv en gang til."
LOCKED = "PDF'en er låst med en adgangskode. Lås den op, og gem den igen."
TOO_LARGE = f"PDF'en fylder for meget. Den må højst fylde {MOST_BYTES // 1_000_000} MB og have {MOST_PAGES} sider."
TOO_PACKED = (
    "PDF'en fylder for meget, når den bliver pakket ud, så Samspil læser den ikke. "
    "Gem den igen som en almindelig PDF, eller som tekst."
)
NO_WORDS = (
    "Der er ingen tekst i PDF'en. Den er nok scannet, så ordene kun er et billede. Brug den fil, den er lavet af."
)
NO_TAGS = (
    "PDF'en er ikke mærket op (tagget), så Samspil ved ikke, hvad der er overskrifter, og hvad der kommer først. "
    "Gem den igen som tilgængelig PDF, eller som tekst."
)
_HEADINGS = {f"H{level}": f"{'#' * level} " for level in range(1, 7)} | {"Title": "# ", "H": "## "}
_GROUPS = frozenset(("", "Document", "Part", "Art", "Sect", "Div", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR"))
_BLOCKS = _GROUPS | _HEADINGS.keys() | {"P", "Lbl", "LBody", "TH", "TD", "Caption", "BlockQuote", "TOC", "TOCI"}
_SOFT_HYPHEN = "\u00ad"


class UnreadablePdf(ValueError):
    """Says why, in words for whoever asked."""


def is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024) or path.suffix.lower() == ".pdf"


def text_of(path: Path) -> str:
    """Raises UnreadablePdf for what cannot be read, and OSError."""
    if path.stat().st_size > MOST_BYTES:
        raise UnreadablePdf(TOO_LARGE)
    with path.open("rb") as file:
        try:
            with room(megabytes=MOST_MEGABYTES, seconds=MOST_SECONDS):
                lines = list(_lines(PDFDocument(PDFParser(file), fallback=False)))
        except (PDFPasswordIncorrect, PDFEncryptionError) as error:
            raise UnreadablePdf(LOCKED) from error
        except (MemoryError, TooMuch) as error:
            raise UnreadablePdf(TOO_PACKED) from error
        except UnreadablePdf:
            raise
        except Exception as error:  # a foreign file can make its parser fail in any way there is
            raise UnreadablePdf(BROKEN) from error
    return "\n".join(_without_letterhead(lines)) + "\n"


def _lines(document: PDFDocument) -> Iterator[str]:
    spoken = _spoken(document)
    if not any(words.strip() for words in spoken.all_words):
        raise UnreadablePdf(NO_WORDS)
    tree = resolve1(document.catalog.get("StructTreeRoot"))
    if not isinstance(tree, dict) or not spoken.words:
        raise UnreadablePdf(NO_TAGS)
    for begins, words in _Walk(spoken, _roles(tree)).lines(tree):
        if line := _on_one_line(words):
            yield begins + line


def _on_one_line(words: list[str]) -> str:
    return " ".join("".join(words).replace(_SOFT_HYPHEN, "").split())


def _roles(tree: dict[str, Any]) -> dict[str, str]:
    """What a file's own names of tags stand for."""
    return {own: _name(standard) for own, standard in (resolve1(tree.get("RoleMap")) or {}).items()}


def _without_letterhead(lines: list[str]) -> list[str]:
    headline = next((at for at, line in enumerate(lines) if line.startswith("# ")), 0)
    return lines[headline:]


def _name(value: object) -> str:
    found = resolve1(value)
    return str(found.name) if isinstance(found, PSLiteral) else ""


class _Spoken(PDFTextDevice):
    """Collects what is written under each mark; `words` has page and mark, and artifacts have no mark."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.page = 0
        self.words: dict[tuple[int, int], list[str]] = {}
        self.all_words: list[str] = []
        self._open: list[tuple[int | None, bool]] = []

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self.page = page.pageid if isinstance(page.pageid, int) else 0
        self._open = []

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        found = props if isinstance(props, dict) else {}
        instead: Any = found.get("ActualText")
        mark = found.get("MCID", self._open[-1][0] if self._open else None)
        mark = None if tag.name == "Artifact" else mark
        said = isinstance(instead, bytes)
        if said:
            self._say(_decoded(instead), mark)
        if isinstance(mark, int):
            self.words.setdefault((self.page, mark), [])
        self._open.append((mark, said or bool(self._open and self._open[-1][1])))

    def end_tag(self) -> None:
        if self._open:
            self._open.pop()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        mark, is_said = self._open[-1] if self._open else (None, False)
        if not is_said and textstate.font is not None:
            pieces = [piece for piece in seq if isinstance(piece, bytes)]
            self._say("".join(_letters(textstate.font, piece) for piece in pieces), mark)

    def _say(self, words: str, mark: int | None) -> None:
        self.all_words.append(words)
        if isinstance(mark, int):
            self.words[self.page, mark].append(words)


def _decoded(words: bytes) -> str:
    return words[2:].decode("utf-16-be", "replace") if words.startswith(b"\xfe\xff") else words.decode("latin-1")


def _letters(font: Any, glyphs: bytes) -> str:
    said = []
    for glyph in font.decode(glyphs):
        try:
            said.append(font.to_unichr(glyph))
        except PDFUnicodeNotDefined:
            continue  # a drawing that stands for no letter
    return "".join(said)


def _spoken(document: PDFDocument) -> _Spoken:
    resources = PDFResourceManager()
    device = _Spoken(resources)
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number == MOST_PAGES:
            raise UnreadablePdf(TOO_LARGE)
        interpreter.process_page(page)
    if not device.page:
        raise UnreadablePdf(BROKEN)
    return device


@dataclass(slots=True)
class _Walk:
    """Through the tree of tags. Each element is read once, so one that holds itself ends."""

    spoken: _Spoken
    roles: dict[str, str]
    _seen: set[int] = field(default_factory=set)

    def lines(self, element: dict[str, Any], page: int = 0, begins: str = "") -> Iterator[tuple[str, list[str]]]:
        """What the line begins with, and its words. Words around a block within are lines of their own."""
        kind, run = self._kind(element), list[str]()
        begins = _HEADINGS.get(kind, begins)
        for child, on in self._children(element, page):
            if isinstance(child, dict) and (kind in _GROUPS or self._kind(child) in _BLOCKS):
                yield begins, run
                run = []
                if self._kind(child) == "Lbl":
                    begins = self._label(child, on)
                else:
                    yield from self.lines(child, on, begins)
            else:
                run += self._words(child, on)
        yield begins, run

    def _label(self, element: dict[str, Any], page: int) -> str:
        """A number is kept; a dot may be drawn in any way."""
        label = _on_one_line(list(self._words(element, page)))
        return f"{label} " if any(map(str.isalnum, label)) else "- "

    def _words(self, child: Any, page: int) -> Iterator[str]:
        if isinstance(child, int):
            if (page, child) not in self.spoken.words:
                raise UnreadablePdf(BROKEN)  # half a letter must not be read as a whole one
            yield from self.spoken.words[page, child]
        elif isinstance(child, dict):
            for below, on in self._children(child, page):
                yield from self._words(below, on)

    def _kind(self, element: dict[str, Any]) -> str:
        own = _name(element.get("S"))
        return self.roles.get(own, own)

    def _children(self, element: dict[str, Any], page: int) -> Iterator[tuple[Any, int]]:
        """Elements and marks, each with the page it stands on."""
        if id(element) in self._seen:
            return
        self._seen.add(id(element))
        found = resolve1(element.get("K"))
        for one in found if isinstance(found, list) else [found]:
            child = resolve1(one)
            if isinstance(child, dict):
                on = int(getattr(child.get("Pg"), "objid", page))
                yield child.get("MCID", child), on
            elif isinstance(child, int):
                yield child, int(getattr(element.get("Pg"), "objid", page))
