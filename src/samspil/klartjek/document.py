"""A text as the rules read it: blocks, each of a part of the letter, of sentences, of tokens.

A line break, a bullet or a heading ends a unit. A line that goes on in lower case after one without a full stop is the
same paragraph, broken by hand.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from samspil.kernel.sentences import end_of_sentence
from samspil.klartjek.lix import COUNTED
from samspil.klartjek.tokens import Token, norm, tokens

HEADLINE, HEADING, PARAGRAPH, ITEM = "headline", "heading", "paragraph", "item"
TOP, OTHER = "top", "other"

_LINE = re.compile(r"[^\n]+")
_SPACE = " \t\r\u00a0\u202f\u2009\ufeff\u200b"
_BULLET = re.compile(r"(?:[-*•▪–·+>]|\(?[a-zæøå0-9]{1,2}[.)])[ \t\u00a0]+")
_HEADING_MARK = re.compile(r"(#{1,6})[ \t\u00a0]*")
_ENDS = (".", "!", "?", ":", ";", "…", "»", "”")
_GREETINGS = ("kære ", "hej ", "til ", "med venlig hilsen", "venlig hilsen", "hilsen")
_LONGEST_HEADING = 14


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    tokens: tuple[Token, ...]
    words: tuple[Token, ...]
    block: "Block"


@dataclass(slots=True)
class Block:
    """`part` is the part of the letter it stands in, as letter.toml names it, or `top`."""

    kind: str
    part: str
    start: int
    end: int
    sentences: list[Sentence]

    @property
    def is_heading(self) -> bool:
        return self.kind in (HEADLINE, HEADING)


@dataclass(frozen=True)
class Document:
    text: str
    blocks: tuple[Block, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for block in self.blocks for sentence in block.sentences)

    @cached_property
    def headline(self) -> Block | None:
        return next((block for block in self.blocks if block.kind == HEADLINE), None)

    def part(self, name: str) -> tuple[Block, ...]:
        """The blocks under a heading, without the heading itself."""
        return tuple(block for block in self.blocks if block.part == name and not block.is_heading)

    def has_part(self, name: str) -> bool:
        return any(block.part == name for block in self.blocks)

    def body(self) -> Iterator[Sentence]:
        return (sentence for sentence in self.sentences if not sentence.block.is_heading)


def read(text: str, headings: Mapping[str, str], abbreviations: frozenset[str], *, letter: bool) -> Document:
    """`headings` are the known ones in lower case, each with its part; `letter` says that a headline is looked for."""
    blocks: list[Block] = []
    part = TOP
    for start, end in _units(text):
        kind, begins = _kind(text, start, end, headings, letter=letter)
        if letter and not blocks and kind != ITEM and _is_headline(text, begins, end, headings):
            kind = HEADLINE
        elif kind == HEADING:
            part = _part(text[begins:end], headings) or OTHER
        block = Block(kind, part if kind != HEADLINE else TOP, begins, end, [])
        block.sentences.extend(_sentences(text, block, abbreviations))
        blocks.append(block)
    return Document(text, tuple(blocks))


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs, headings and list items, without the space around them."""
    begun: int | None = None
    ended = ended_line = 0
    for line in _LINE.finditer(text):
        start, end = _trimmed(text, line.start(), line.end())
        if start == end:
            if begun is not None:
                yield begun, ended
            begun = None
        elif begun is not None and line.start() == ended_line + 1 and _goes_on(text, ended, start):
            ended = end
        else:
            if begun is not None:
                yield begun, ended
            begun, ended = start, end
        ended_line = line.end()
    if begun is not None:
        yield begun, ended


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _SPACE:
        start += 1
    while end > start and text[end - 1] in _SPACE:
        end -= 1
    return start, end


def _goes_on(text: str, ended: int, start: int) -> bool:
    return text[start].islower() and not text.startswith(_ENDS, ended - 1) and not _BULLET.match(text, start)


def _kind(text: str, start: int, end: int, headings: Mapping[str, str], *, letter: bool) -> tuple[str, int]:
    """In a note # is the mark of a goal, not of a heading."""
    if letter and (mark := _HEADING_MARK.match(text, start, end)):
        return HEADING, mark.end()
    if bullet := _BULLET.match(text, start, end):
        return ITEM, bullet.end()
    return (HEADING if _part(text[start:end], headings) else PARAGRAPH), start


def _part(line: str, headings: Mapping[str, str]) -> str | None:
    """The part that a line opens. »Derfor får du ikke hjælp« opens »Derfor«; with a full stop it is a sentence."""
    plain = norm(" ".join(line.split(maxsplit=_LONGEST_HEADING)[:_LONGEST_HEADING])).strip("#*_: ")
    if plain in headings:
        return headings[plain]
    if len(line) > 100 or line.rstrip().endswith((".", "!", "?", ",")):
        return None
    known = max((name for name in headings if " " in name and plain.startswith(f"{name} ")), key=len, default=None)
    return headings[known] if known else None


def _is_headline(text: str, start: int, end: int, headings: Mapping[str, str]) -> bool:
    line = text[start:end]
    if _part(line, headings) or norm(line[:30]).startswith(_GREETINGS):
        return False
    marked = start > 0 and text[start - 1] in "# \u00a0"
    return marked or (
        bool(text[end:].strip()) and (len(line.split(maxsplit=25)) <= 20 and not line.endswith((".", ",", ":")))
    )


def _sentences(text: str, block: Block, abbreviations: frozenset[str]) -> Iterator[Sentence]:
    start = block.start
    while start < block.end:
        end = end_of_sentence(text, start, block.end)
        found = tuple(tokens(text, start, end, abbreviations))
        if found:
            words = tuple(token for token in found if token.kind in COUNTED)
            yield Sentence(found[0].start, found[-1].end, found, words, block)
        start = end
