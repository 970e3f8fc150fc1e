"""LIX by Björnsson's formula: words a sentence, plus the share in per cent of words with more than six letters."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from samspil.klartjek.tokens import ABBREVIATION, ADDRESS, NUMBER, WORD, Token

COUNTED = {WORD, NUMBER, ABBREVIATION, ADDRESS}
_BANDS = ((25, "meget let"), (35, "let"), (45, "middel"), (55, "svær"))
_ENOUGH_WORDS = 100
_LONG = 7


@dataclass(frozen=True, slots=True)
class Lix:
    words: int
    sentences: int
    long_words: int

    @property
    def value(self) -> float:
        if not self.words or not self.sentences:
            return 0.0
        return round(self.words / self.sentences + 100 * self.long_words / self.words, 1)

    @property
    def band(self) -> str:
        return next((name for below, name in _BANDS if self.value < below), "meget svær")

    @property
    def is_certain(self) -> bool:
        """Under a hundred words the number sways too much to be shown; the band is shown instead."""
        return self.words >= _ENOUGH_WORDS


def letters(token: Token) -> int:
    if token.kind != WORD:
        return 0
    word = token.norm
    return len(word) if word.isalpha() else sum(unicodedata.category(sign)[0] == "L" for sign in word)


def count(sentences: Iterable[Iterable[Token]]) -> Lix:
    """A number is a word but never a long one."""
    words = units = long = 0
    for sentence in sentences:
        here = 0
        for token in sentence:
            if token.kind in COUNTED:
                here += 1
                long += letters(token) >= _LONG
        words += here
        units += here > 0
    return Lix(words, units, long)
