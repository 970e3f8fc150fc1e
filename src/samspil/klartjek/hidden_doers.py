"""Sentences that hide who does something, or hide the verb itself: R03 to R06."""

from collections.abc import Iterator, Sequence

from samspil.klartjek.document import Sentence
from samspil.klartjek.inflection import Verb
from samspil.klartjek.reading import Hit, Reading
from samspil.klartjek.rulebook import Rulebook
from samspil.klartjek.tokens import WORD, Token

_BECOME = {"blive", "bliver", "blev", "blevet"}
_PAST = {"blev", "blevet"}
_BETWEEN = 2
_REACH = 3
_SMALL_WORDS = frozenset(
    {"ikke", "altid", "aldrig", "også", "nu", "så", "først", "snart", "igen", "kun", "derfor", "der"}
    | {"det", "den", "de", "du", "jeg", "vi", "han", "hun", "dig", "mig", "os"}
)
_MODALS = {"skal", "kan", "vil", "må", "bør", "skulle", "kunne", "ville", "at"}


def passives(reading: Reading) -> Iterator[Hit]:
    """R03. Only listed verbs count: a genitive or a verb that always ends in -s is not one."""
    rule = reading.rule("R03")
    if rule is None:
        return
    for sentence in reading.sentences(rule):
        for index, token in enumerate(sentence.tokens):
            verb = reading.book.verbs.get(token.norm)
            if verb is None or _is_name(reading, sentence, index) or _is_reciprocal(sentence.tokens, index):
                continue
            active = _active(verb, sentence.tokens, index, reading.book)
            yield Hit("R03", token.start, token.end, {"found": reading.words(token), "active": active})


def _active(verb: Verb, tokens: Sequence[Token], index: int, book: Rulebook) -> str:
    """»vi vurderer« for »vurderes«, »vi kan ikke læse« for »kan ikke læses«, »du kan påklage« for »kan påklages«."""
    who = "du" if verb.infinitive in book.lists["done by the reader"] else "vi"
    before = [token.norm for token in tokens[max(0, index - _REACH) : index]]
    helper = next((word for word in reversed(before) if word in _MODALS), None)
    if helper == "at":
        return f"at {who} {verb.present}"
    if helper is not None:
        denied = " ikke" if "ikke" in before[before.index(helper) :] else ""
        return f"{who} {helper}{denied} {verb.infinitive}"
    return f"{who} {verb.past if tokens[index].norm in verb.passives[1:] and verb.past else verb.present}"


def _is_name(reading: Reading, sentence: Sentence, index: int) -> bool:
    return index > 0 and reading.document.text[sentence.tokens[index].start].isupper()


def _is_reciprocal(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].norm == "ad"


def blive_passives(reading: Reading) -> Iterator[Hit]:
    """R04: blive and a participle, with up to two small words between, as in »bliver den ikke bevilget«."""
    rule = reading.rule("R04")
    if rule is None:
        return
    for sentence in reading.sentences(rule):
        tokens = sentence.tokens
        for index, token in enumerate(tokens):
            if token.norm not in _BECOME:
                continue
            met = _participle(tokens, index, reading.book)
            if met is not None:
                last, verb = met
                active = f"vi {verb.past if token.norm in _PAST else verb.present}"
                found = reading.words(token, tokens[last])
                yield Hit("R04", token.start, tokens[last].end, {"found": found, "active": active})


def _participle(tokens: Sequence[Token], index: int, book: Rulebook) -> tuple[int, Verb] | None:
    for last in range(index + 1, min(len(tokens), index + 2 + _BETWEEN)):
        token = tokens[last]
        verb = book.participles.get(token.norm)
        if verb is not None and token.norm not in book.lists["not participles"]:
            return last, verb
        if token.norm not in _SMALL_WORDS:
            break
    return None


def heavy_with_nouns(reading: Reading) -> Iterator[Hit]:
    """R05."""
    rule = reading.rule("R05")
    if rule is None:
        return
    for sentence in reading.sentences(rule):
        nouns = list(dict.fromkeys(token.norm for token in sentence.words if is_verbal_noun(token, reading.book)))
        if len(nouns) >= rule.limits["least"]:
            yield Hit("R05", sentence.start, sentence.end, {"count": len(nouns), "found": ", ".join(nouns)})


def is_verbal_noun(token: Token, book: Rulebook) -> bool:
    word = token.norm
    if token.kind != WORD or len(word) < 7 or word in book.lists["plain nouns"]:
        return False
    return _noun_ending(book, word) is not None


def _noun_ending(book: Rulebook, word: str) -> str | None:
    nouns = book.language["nouns"]
    for ending in nouns["endings"]:
        at = word.rfind(ending)
        if at > 1 and word[at + len(ending) :] in nouns["tails"]:
            return word[: at + len(ending)]
    return None


def buried_verbs(reading: Reading) -> Iterator[Hit]:
    """R06: »foretage en vurdering« says »vurdere« with three words."""
    rule = reading.rule("R06")
    if rule is None:
        return
    pairs, gap = reading.book.language["buried"]["pairs"], reading.book.language["buried"]["gap"]
    light = reading.book.lists["light verbs"]
    for sentence in reading.sentences(rule):
        tokens = sentence.tokens
        for index, token in enumerate(tokens):
            if token.norm not in light:
                continue
            for last in range(index + 1, min(len(tokens), index + 2 + gap)):
                if tokens[last].kind != WORD:
                    break
                plain = _plain_verb(tokens[last].norm, pairs)
                if plain:
                    found = reading.words(token, tokens[last])
                    yield Hit("R06", token.start, tokens[last].end, {"found": found, "active": plain})
                    break


def _plain_verb(word: str, pairs: dict[str, str]) -> str | None:
    if word in pairs:
        return pairs[word]
    return next(
        (
            pairs[word[: -len(tail)]]
            for tail in ("en", "er", "n", "r", "erne", "et")
            if word.endswith(tail) and word[: -len(tail)] in pairs
        ),
        None,
    )
