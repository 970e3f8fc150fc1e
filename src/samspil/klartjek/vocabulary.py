"""Words and phrases: R10 to R13, R16, R17, R19 and B14."""

import re
from collections.abc import Iterator, Sequence

from samspil.klartjek.document import Sentence
from samspil.klartjek.phrases import Phrase
from samspil.klartjek.reading import Hit, Reading
from samspil.klartjek.report import Severity
from samspil.klartjek.tokens import ABBREVIATION, MARK, NUMBER, WORD, Token

_EXPLAINS = re.compile(
    r"(?<!\w)(?:det vil sige|dvs\.|betyder|altså|handler om|hedder|kaldes|(?:det|den) er|er (?:en|et|at|den|det))(?!\w)"
)
_KINDS = {
    "kancelli": "papirsprog",
    "law": "et juridisk ord",
    "health": "et ord fra sygehuset",
    "social": "et fagord fra kommunen",
}
# Professionals' words are no fault on pages that professionals work in.
_OUR_OWN = {"page": frozenset({"social", "health"})}
_EXPLAINED_IN = ("letter", "message")
_CAPITALS = (2, 5)


def hits(reading: Reading) -> Iterator[Hit]:
    explained: set[str] = set()
    # A rule that a municipality has silenced keeps its words, so that no other rule takes them up.
    mute = {code for code, rule in reading.book.rules.items() if reading.kind not in rule.kinds}
    for sentence in reading.document.sentences:
        if not any(
            token.norm in reading.book.phrases or token.norm in reading.book.protected for token in sentence.tokens
        ):
            continue
        shielded = _protected(reading, sentence)
        if not sentence.block.is_heading:
            yield from _protected_hits(reading, sentence, shielded, explained)
        for first, last, phrase, form in reading.book.phrases.find(reading.document.text, sentence.tokens, mute):
            if not any(first <= end and last >= start for start, end, _ in shielded):
                yield from _hit(reading, sentence, first, last, phrase, form, explained)


def _protected(reading: Reading, sentence: Sentence) -> list[tuple[int, int, Phrase]]:
    return [
        (first, last, phrase)
        for first, last, phrase, _ in reading.book.protected.find(reading.document.text, sentence.tokens)
    ]


def _protected_hits(
    reading: Reading, sentence: Sentence, shielded: list[tuple[int, int, Phrase]], explained: set[str]
) -> Iterator[Hit]:
    for first, last, phrase in shielded:
        if phrase.plain:
            yield from _explanation(reading, sentence, first, last, phrase, explained, legal=True)


def _hit(
    reading: Reading, sentence: Sentence, first: int, last: int, phrase: Phrase, form: str, explained: set[str]
) -> Iterator[Hit]:
    rule = reading.rule(phrase.rule)
    if rule is None or sentence.block.part in rule.quiet_in:
        return
    if phrase.rule != "B14" and sentence.block.is_heading is not (phrase.place == "heading"):
        return
    if phrase.rule == "R11" and phrase.action == "explain":
        yield from _explanation(reading, sentence, first, last, phrase, explained, legal=False)
        return
    if not _speaks(reading, sentence, first, last, phrase):
        return
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    found = reading.words(sentence.tokens[first], sentence.tokens[last])
    values = {"found": found, "plain": phrase.plain, "reason": _why(phrase, found)}
    if phrase.rule == "R11":
        values["plain"] = _instead(phrase)
    if phrase.rule == "R13" and reading.kind == "note":
        values["plain"] = "Skriv navnet."
    yield Hit(phrase.rule, start, end, values, phrase.source, _replacement(phrase, found, form))


def _speaks(reading: Reading, sentence: Sentence, first: int, last: int, phrase: Phrase) -> bool:
    """What the place decides: a swap is never offered where law is quoted, nor a name for an address."""
    if phrase.rule == "R11" and (
        (sentence.block.part == "rules" and not sentence.block.is_heading)
        or phrase.register in _OUR_OWN.get(reading.kind, ())
    ):
        return False
    if phrase.rule == "B14":
        return first == 0 or sentence.tokens[first - 1].norm != "ikke"  # »hun er ikke umotiveret«
    if phrase.rule == "R13" and reading.kind == "note":
        return phrase.note == "*"
    if phrase.rule == "R12":
        return not (phrase.term in ("pr.", "d.") and _is_date(sentence.tokens[last + 1 : last + 2]))
    if phrase.rule == "R11":
        following = sentence.tokens[last + 1 : last + 2]
        return not (following and following[0].norm == "-" and following[0].start == sentence.tokens[last].end)
    return True


def _is_date(following: Sequence[Token]) -> bool:
    return bool(following) and following[0].kind == NUMBER


def _explanation(
    reading: Reading, sentence: Sentence, first: int, last: int, phrase: Phrase, explained: set[str], *, legal: bool
) -> Iterator[Hit]:
    """A word that must stay is explained once: where it is first met, unless the text explains it there."""
    rule = reading.rule("R11")
    if rule is None or reading.kind not in _EXPLAINED_IN or phrase.term in explained:
        return
    if first and all(reading.words(token)[0].isupper() for token in sentence.tokens[last : last + 2]):
        return  # a name, such as »Bostøtte Nord«
    explained.add(phrase.term)
    if _is_explained(reading, sentence, last):
        return
    found = reading.words(sentence.tokens[first], sentence.tokens[last])
    reason = (
        f"»{found}« {'er et ord i loven og skal blive stående' if legal else 'er et fast ord'}. Ikke alle kender det."
    )
    values = {"found": found, "reason": reason, "plain": f"Forklar det første gang: {phrase.plain}"}
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    yield Hit("R11", start, end, values, phrase.source, severity=Severity.EXPLANATION)


def _is_explained(reading: Reading, sentence: Sentence, last: int) -> bool:
    following = sentence.tokens[last + 1 : last + 3]
    if following and following[0].norm in ("(", "–", ":"):
        return True
    if len(following) == 2 and following[0].norm == "," and following[1].norm in ("som", "der", "altså", "det"):
        return True
    text, ends = reading.document.text, sentence.block.end
    rest = text[sentence.tokens[last].end : min(ends, sentence.end + 40)].lower()
    return _EXPLAINS.search(rest) is not None


def _why(phrase: Phrase, found: str) -> str:
    if phrase.action == "remove":
        return f"»{found}« siger ikke noget."
    return f"»{found}« er {_KINDS.get(phrase.register, 'svært at forstå')}."


def _instead(phrase: Phrase) -> str:
    if phrase.action == "remove":
        return "Slet det, eller brug bydemåde."
    return f"Skriv fx »{phrase.plain}«{f' ({phrase.note})' if phrase.note else ''}."


def _replacement(phrase: Phrase, found: str, form: str) -> str | None:
    """Words that can stand in the same place: the term as listed, one plain wording, no further conditions."""
    plain = phrase.plain
    if phrase.rule not in ("R11", "R12") or phrase.action not in ("swap", "expand") or form != phrase.term:
        return None
    if any(sign in plain for sign in "/(.:;") or plain.startswith("skriv"):
        return None
    return plain[0].upper() + plain[1:] if found[0].isupper() else plain


def learned_words(reading: Reading) -> Iterator[Hit]:
    """R19: words shaped like medicine's Latin, and capitals that stand for something. Each once."""
    rule = reading.rule("R19")
    if rule is None:
        return
    lists, shapes = reading.book.lists, reading.book.language["learned"]
    endings, beginnings = tuple(shapes["endings"]), tuple(shapes["beginnings"])
    met: set[str] = set()
    for sentence in reading.sentences(rule):
        for index, token in enumerate(sentence.tokens):
            if token.kind not in (WORD, ABBREVIATION) or token.norm in met:
                continue
            word = token.norm
            learned = (
                len(word) > 6
                and word not in lists["harmless"]
                and (word.endswith(endings) or word.startswith(beginnings))
            )
            if learned or (
                _is_unknown_capitals(reading.words(token), lists["capitals"])
                and not _is_shouted(reading, sentence, index)
            ):
                met.add(word)
                yield Hit("R19", token.start, token.end, {"found": reading.words(token)})


def _is_unknown_capitals(word: str, known: frozenset[str]) -> bool:
    fewest, most = _CAPITALS
    return word.isupper() and word.isalpha() and fewest <= len(word) <= most and word not in known


def _is_shouted(reading: Reading, sentence: Sentence, index: int) -> bool:
    """Words beside it in capitals too: a line written so, no abbreviation."""
    beside = (*sentence.tokens[max(0, index - 1) : index], *sentence.tokens[index + 1 : index + 2])
    return any(len(token.norm) > 1 and reading.words(token).isupper() for token in beside)


def paragraph_signs(reading: Reading) -> Iterator[Hit]:
    """R10: a § in other texts than decisions, where B8 speaks of it."""
    rule = reading.rule("R10")
    if rule is None or reading.kind == "letter":
        return
    for sentence in reading.sentences(rule):
        sign = next((token for token in sentence.tokens if token.kind == MARK and token.norm == "§"), None)
        if sign is not None:
            yield Hit("R10", sign.start, sign.end, {"found": "§"})
