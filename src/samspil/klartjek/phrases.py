"""Finding known words and phrases: one step a token, the longest phrase first, none of them overlapping."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from samspil.klartjek.inflection import forms
from samspil.klartjek.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Phrase:
    """A known expression. `near` are beginnings of words of which one must stand in the same sentence; `exact` says
    that capitals matter, `place` that it counts only as the "first" of a sentence or in a "heading"."""

    rule: str
    term: str
    plain: str
    action: str = "swap"
    note: str = ""
    source: str = ""
    near: tuple[str, ...] = ()
    pattern: str = ""
    exact: bool = False
    register: str = ""
    place: str = ""


class Phrases:
    """An index of phrases by their first word."""

    def __init__(self, known: Iterable[Phrase], abbreviations: frozenset[str]) -> None:
        self._index: dict[str, list[tuple[tuple[str, ...], str, Phrase]]] = {}
        for phrase in known:
            for form in dict.fromkeys(forms(phrase.term, phrase.pattern)):
                first, *rest = (token.norm for token in tokens(form, 0, len(form), abbreviations))
                self._index.setdefault(first, []).append((tuple(rest), form, phrase))
        for candidates in self._index.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))  # stable: of equals the earlier given wins

    def __contains__(self, first: object) -> bool:
        return first in self._index

    def find(
        self, text: str, sentence: Sequence[Token], mute: Container[str] = ()
    ) -> Iterator[tuple[int, int, Phrase, str]]:
        """First and last token (as indices, the last included), the phrase, and its form there.

        Phrases of rules in `mute` are passed by.
        """
        index = 0
        while index < len(sentence):
            met = self._at(text, sentence, index, mute) if sentence[index].norm in self._index else None
            if met is None:
                index += 1
                continue
            last, phrase, form = met
            yield index, last, phrase, form
            index = last + 1

    def _at(
        self, text: str, sentence: Sequence[Token], index: int, mute: Container[str] = ()
    ) -> tuple[int, Phrase, str] | None:
        for rest, form, phrase in self._index[sentence[index].norm]:
            last = index + len(rest)
            if (
                phrase.rule in mute
                or last >= len(sentence)
                or any(sentence[index + place + 1].norm != word for place, word in enumerate(rest))
            ):
                continue
            if phrase.exact and text[sentence[index].start : sentence[last].end] != form:
                continue
            if phrase.place == "first" and index:
                continue
            if phrase.near and not _is_near(sentence, index, last, phrase.near):
                continue
            return last, phrase, form
        return None


_FAR = 40


def _is_near(sentence: Sequence[Token], first: int, last: int, beginnings: tuple[str, ...]) -> bool:
    around = (*sentence[max(0, first - _FAR) : first], *sentence[last + 1 : last + _FAR])
    return any(token.norm.startswith(beginnings) for token in around)
