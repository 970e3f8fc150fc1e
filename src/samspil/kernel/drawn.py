"""How much of a document was drawn from what was already written, and how much was typed anew.

Whitespace is not counted. A word counts as drawn when its whole sentence stands in a source, or when it is
part of a run of RUN words that stand side by side in one source; order among the sources does not matter.
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
    """Length without whitespace: the unit of this module."""
    return sum(map(len, text.split()))


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
    whole.discard("")
    return sum(_drawn_in(sentence, whole, runs) for sentence in sentences.split(final_text[:CAP]))


def _drawn_in(sentence: str, whole: set[str], runs: set[tuple[str, ...]]) -> int:
    words = _words(sentence)
    if " ".join(words) in whole:
        return characters(sentence)
    lengths = [len(token) for token in _tokens(sentence)]
    counted = 0
    upto = 0
    for start, run in enumerate(_runs(words)):
        if run in runs:
            first = max(upto, start)
            upto = start + RUN
            counted += sum(lengths[first:upto])
    return counted


def _tokens(text: str) -> list[str]:
    """Words with something to compare in them; a lone dash or mark is no word."""
    return [token for token in _WORD.findall(text) if token.strip(_EDGE)]


def _words(text: str) -> list[str]:
    return [token.strip(_EDGE).casefold() for token in _tokens(text)]


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]
