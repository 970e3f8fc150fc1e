"""How much of a document was drawn from what was already written, and how much was typed anew.

Whitespace and lone marks are not counted. A word counts as drawn when its whole sentence stands in a source, or when it
is part of a run of RUN words that stand side by side in one source; order among the sources does not matter.
Time and memory are linear in the texts (a set of sentences and a set of runs). Texts beyond CAP characters
in all are not compared: what lies after the cap counts as typed, so the share is never flattered.
"""

import re
from collections.abc import Iterable, Sequence

from samspil.kernel import sentences

RUN = 4
CAP = 2_000_000
_WORD = re.compile(r"\S+")
_EDGE = " \t\"“”»«„'’‘.,;:!?…()[]–-=>*+#•"


def characters(text: str) -> int:
    """Length without whitespace and lone marks: the unit of this module."""
    return sum(map(len, _tokens(text)))


def share_drawn(drawn: int, typed: int) -> int:
    """Per cent drawn, rounded down so that 100 means all of it; 0 for an empty document."""
    return drawn * 100 // (drawn + typed) if drawn + typed else 0


def drawn_characters(final_text: str, source_texts: Iterable[str]) -> int:
    """How many characters of `final_text` come from the sources."""
    whole: set[str] = set()
    runs: set[tuple[str, ...]] = set()
    left = CAP
    for source in source_texts:
        for sentence in sentences.split(source[:left]):
            whole.add(" ".join(_words(sentence)))
        runs.update(_runs(_words(source[:left])))
        left -= min(left, len(source))
    return _covered(final_text[:CAP], whole, runs)


def _covered(text: str, whole: set[str], runs: set[tuple[str, ...]]) -> int:
    tokens = _tokens(text)
    words = [token.strip(_EDGE).casefold() for token in tokens]
    drawn = bytearray(len(tokens))
    for start, run in enumerate(_runs(words)):
        if run in runs:
            drawn[start : start + RUN] = b"\1" * RUN
    start = 0
    for sentence in sentences.split(text):
        end = start + len(_tokens(sentence))
        if " ".join(words[start:end]) in whole:
            drawn[start:end] = b"\1" * (end - start)
        start = end
    return sum(len(token) for token, is_drawn in zip(tokens, drawn, strict=True) if is_drawn)


def _tokens(text: str) -> list[str]:
    """Words with something to compare in them; a lone dash or mark is no word."""
    return [token for token in _WORD.findall(text) if token.strip(_EDGE)]


def _words(text: str) -> list[str]:
    return [token.strip(_EDGE).casefold() for token in _tokens(text)]


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]
