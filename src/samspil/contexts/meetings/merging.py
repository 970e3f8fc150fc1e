"""Two people write on the same card: one text where their changes do not meet, otherwise both stand."""

import re

_WORDS = re.compile(r"\S+\s*|\s+")


def merge(base: str, typed: str, current: str) -> str | None:
    """`typed` and `current` both came from `base`. The text with both changes, or None when they meet.

    Whole words are compared, so that two halves never become a word nobody wrote. Taking everything away, or the very
    words that somebody else was changing, yields to what was written.
    """
    if typed in (current, base):
        return current
    if current == base:
        return typed
    words, mine, theirs = _WORDS.findall(base), _WORDS.findall(typed), _WORDS.findall(current)
    if not mine or not theirs:
        return None if mine else current
    my_start, my_end, my_words = _change(words, mine)
    their_start, their_end, their_words = _change(words, theirs)
    if my_start == my_end == their_start == their_end:
        return None  # both put something in at the same place: whose comes first?
    if my_end <= their_start:
        first, second = (my_start, my_end, my_words), (their_start, their_end, their_words)
    elif their_end <= my_start:
        first, second = (their_start, their_end, their_words), (my_start, my_end, my_words)
    else:
        return None if my_words else current
    parts = [*words[: first[0]], *first[2], *words[first[1] : second[0]], *second[2], *words[second[1] :]]
    return _joined(parts)


def _change(before: list[str], after: list[str]) -> tuple[int, int, list[str]]:
    """The one stretch of `before` that was replaced, and the words that stand there now."""
    shortest = min(len(before), len(after))
    start = 0
    while start < shortest and before[start].split() == after[start].split():
        start += 1
    same = 0
    while same < shortest - start and before[-1 - same].split() == after[-1 - same].split():
        same += 1
    return start, len(before) - same, after[start : len(after) - same]


def _joined(parts: list[str]) -> str:
    """Words one after the other, with a space where a word that used to be the last one has none."""
    spaced = [part if part[-1:].isspace() else f"{part} " for part in parts]
    return "".join(spaced).strip()
