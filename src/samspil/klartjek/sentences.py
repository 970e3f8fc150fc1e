"""How sentences are built: R01, R02, R08, R09, R14, R15 and R20."""

from collections.abc import Iterator

from samspil.klartjek.document import ITEM, Sentence
from samspil.klartjek.lix import Lix
from samspil.klartjek.reading import Hit, Reading
from samspil.klartjek.tokens import Token

_OURSELVES = {"vi", "os", "vores", "jeg", "mig", "min"}
_OFFICE = {
    "kommunen": "kommunen",
    "kommunens": "kommunen",
    "forvaltningen": "forvaltningen",
    "forvaltningens": "forvaltningen",
}


def long_sentences(reading: Reading) -> Iterator[Hit]:
    """R01."""
    rule = reading.rule("R01")
    if rule is None:
        return
    limit = rule.limits[reading.kind]
    for sentence in reading.document.body():
        if len(sentence.words) > limit:
            values = {"words": len(sentence.words), "limit": limit}
            yield Hit("R01", sentence.start, sentence.end, values, is_red=len(sentence.words) > rule.limits["red"])


def long_on_average(reading: Reading) -> Iterator[Hit]:
    """R02. Lists, headings, greetings and names are short for other reasons and do not count."""
    rule = reading.rule("R02")
    if rule is None:
        return
    lengths = [
        len(sentence.words)
        for sentence in reading.document.body()
        if sentence.block.kind != ITEM and reading.document.text[sentence.end - 1] in ".!?"
    ]
    if len(lengths) < rule.limits["sentences"]:
        return
    mean = sum(lengths) / len(lengths)
    if mean > rule.limits["mean"]:
        yield Hit("R02", 0, len(reading.document.text), {"mean": round(mean), "limit": rule.limits["mean"]})


def empty_beginnings(reading: Reading) -> Iterator[Hit]:
    """R08: said once, at the first sentence that is one too many."""
    rule = reading.rule("R08")
    if rule is None:
        return
    lists = reading.book.language["empty_subject"]
    empty = [
        sentence
        for sentence in reading.sentences(rule)
        if len(sentence.tokens) > 1
        and sentence.tokens[0].norm in lists["first"]
        and sentence.tokens[1].norm in lists["second"]
    ]
    if len(empty) > rule.limits["most"]:
        at = empty[rule.limits["most"]]
        yield Hit("R08", at.tokens[0].start, at.tokens[1].end, {"count": len(empty)})


def heavy_beginnings(reading: Reading) -> Iterator[Hit]:
    """R09: a clause of ten words or more before the sentence itself begins."""
    rule = reading.rule("R09")
    if rule is None:
        return
    openings = reading.book.language["openings"]
    phrases = [phrase.split() for phrase in openings["phrases"]]
    for sentence in reading.sentences(rule):
        first = [token.norm for token in sentence.tokens[:4]]
        if first[:1] and (first[0] in openings["words"] or any(first[: len(phrase)] == phrase for phrase in phrases)):
            before = _before_comma(sentence)
            if len(before) >= rule.limits["words"]:
                yield Hit("R09", sentence.start, before[-1].end, {"words": len(before)})


def _before_comma(sentence: Sentence) -> list[Token]:
    """The words before the first comma; none when there is no comma."""
    comma = next((token for token in sentence.tokens if token.norm == ","), None)
    return [token for token in sentence.words if token.end <= comma.start] if comma else []


def nobody_writes(reading: Reading) -> Iterator[Hit]:
    """R14."""
    rule = reading.rule("R14")
    if rule is None:
        return
    met = [token for sentence in reading.document.body() for token in sentence.tokens if token.norm in _OFFICE]
    if len(met) > rule.limits["most"] and not any(
        token.norm in _OURSELVES for sentence in reading.document.body() for token in sentence.tokens
    ):
        yield Hit("R14", met[0].start, met[0].end, {"found": _OFFICE[met[0].norm], "count": len(met)})


def piled_negations(reading: Reading) -> Iterator[Hit]:
    """R15: two in one clause. »Du kan ikke få det ene, og du kan ikke få det andet« is no pile."""
    rule = reading.rule("R15")
    if rule is None:
        return
    lists = reading.book.language["negations"]
    for sentence in reading.sentences(rule):
        pile: list[Token] = []
        for index, token in enumerate(sentence.tokens):
            if token.norm in (",", ";", ":", "–") and not _goes_on(sentence, index, lists["crossing"]):
                if len(pile) >= rule.limits["least"]:
                    break
                pile = []
            elif token.norm in lists["joining"] and len(pile) < rule.limits["least"]:
                pile = []
            elif (
                token.norm in lists["words"]
                and _denies(sentence, index, lists["before_clause"])
                and not _is_harmless(sentence, index, lists["harmless_before"])
            ):
                pile.append(token)
        if len(pile) >= rule.limits["least"]:
            found = ", ".join(token.norm for token in pile)
            yield Hit("R15", pile[0].start, pile[-1].end, {"count": len(pile), "found": found})


def _goes_on(sentence: Sentence, index: int, crossing: list[str]) -> bool:
    return index + 1 < len(sentence.tokens) and sentence.tokens[index + 1].norm in crossing


def _is_harmless(sentence: Sentence, index: int, harmless: list[str]) -> bool:
    return index + 1 < len(sentence.tokens) and sentence.tokens[index + 1].norm in harmless


def _denies(sentence: Sentence, index: int, before_clause: list[str]) -> bool:
    if sentence.tokens[index].norm not in before_clause:
        return True
    return index + 1 < len(sentence.tokens) and sentence.tokens[index + 1].norm == "at"


def hard_to_read(reading: Reading, lix: Lix) -> Iterator[Hit]:
    """R20."""
    rule = reading.rule("R20")
    if rule is not None and lix.words >= rule.limits["words"] and lix.value > rule.limits["lix"]:
        yield Hit("R20", 0, len(reading.document.text), {"lix": round(lix.value), "band": lix.band})
