"""The inflected forms of the words in our lists, by the few patterns Danish has. What is irregular stands in full."""

from collections.abc import Iterator
from typing import NamedTuple


class Verb(NamedTuple):
    infinitive: str
    passives: tuple[str, ...]
    participle: str
    present: str
    past: str


def forms(term: str, pattern: str) -> Iterator[str]:
    """Every form of a term. Patterns: v1 (-ede), v2 (-te), c (-en -er), t (-et -er), a (-t -e), or the other forms:
    divided by | when they or the term hold spaces. `1:` says that only the first word of the term is inflected."""
    yield term
    if pattern.startswith("1:"):
        first, _, rest = term.partition(" ")
        yield from (f"{form} {rest}" for form in forms(first, pattern[2:]))
    elif pattern in _PATTERNS:
        yield from _PATTERNS[pattern](term)
    else:
        divider = "|" if "|" in pattern or " " in term else None
        yield from (form.strip() for form in pattern.split(divider) if form.strip())


def weak(infinitive: str, ending: str) -> Verb:
    """`ending` is "ede" or "te"."""
    stem = infinitive[:-1]
    past = f"{stem}{ending}"
    participle = f"{stem}{'et' if ending == 'ede' else 't'}"
    return Verb(infinitive, (f"{infinitive}s", f"{past}s"), participle, f"{infinitive}r", past)


def irregular(line: str) -> Verb:
    infinitive, now, then, participle, present, past = ("" if form == "-" else form for form in line.split())
    return Verb(infinitive, tuple(form for form in (now, then) if form), participle, present, past)


def _weak_forms(term: str, ending: str) -> tuple[str, ...]:
    verb = weak(term, ending)
    return (verb.present, verb.past, verb.participle, *verb.passives)


def _noun(term: str, article: str) -> tuple[str, ...]:
    stem = term[:-1] if term.endswith("e") else term
    definite = f"{stem}{article}"
    many = (f"{stem}er", f"{stem}erne")
    return (definite, *many, *(f"{form}s" for form in (definite, *many)))


_PATTERNS = {
    "v1": lambda term: _weak_forms(term, "ede"),
    "v2": lambda term: _weak_forms(term, "te"),
    "c": lambda term: _noun(term, "en"),
    "t": lambda term: _noun(term, "et"),
    "a": lambda term: (f"{term}t", f"{term}e"),
}
