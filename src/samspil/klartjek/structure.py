"""The fourteen structure rules of a decision letter, B1 to B13 (B14 is a matter of words). They read the parts of the
letter, never guess at sentences, and those that are errors may stop the letter."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from samspil.klartjek import letters
from samspil.klartjek.document import Block
from samspil.klartjek.letters import DECIDES_AGAINST, Outcome
from samspil.klartjek.reading import Hit, Reading
from samspil.klartjek.tokens import MARK, Token


def hits(reading: Reading, outcome: Outcome | None, *, appealable: bool) -> Iterator[Hit]:
    """What is missing is said at the headline, since it has no place of its own."""
    known = outcome or letters.outcome_of(reading)
    yield from headline(reading)
    yield from decision_first(reading)
    if known in (Outcome.GRANT, Outcome.PARTIAL):
        yield from gets(reading)
    if known in DECIDES_AGAINST or known is None:
        yield from because(reading)
        yield from rules_for_themselves(reading, required=True)
    else:
        yield from rules_for_themselves(reading, required=False)
    if known in (Outcome.REFUSAL, Outcome.CHANGE, Outcome.END) and not reading.document.part("said"):
        yield from at_top(reading, "B5")
    yield from do_now(reading)
    yield from next_steps(reading)
    if appealable and (known in DECIDES_AGAINST or known is None):
        yield from complaint(reading)
    yield from contact(reading)
    yield from many_figures(reading)
    yield from long_letter(reading)


def at_top(reading: Reading, code: str, **values: str) -> Iterator[Hit]:
    yield at_block(reading, code, reading.document.headline or (reading.document.blocks or (None,))[0], **values)


def at_block(reading: Reading, code: str, block: Block | None, **values: str) -> Hit:
    return Hit(code, block.start if block else 0, block.end if block else 0, dict(values))


def headline(reading: Reading) -> Iterator[Hit]:
    """B1."""
    rule = reading.book.rules["B1"]
    block = reading.document.headline
    if block is None:
        yield from at_top(reading, "B1", fault="Brevet har ingen overskrift.")
        return
    text = letters.plain(reading.document, [block])
    results = [
        phrase for kind, phrases in reading.book.letter["results"].items() if kind != "partial" for phrase in phrases
    ]
    length = sum(len(sentence.words) for sentence in block.sentences)
    if not letters.mentions(text, results):
        yield at_block(reading, "B1", block, fault="Overskriften siger ikke, hvad resultatet er.")
    elif length > rule.limits["words"]:
        yield at_block(reading, "B1", block, fault=f"Overskriften har {length} ord.")
    elif "§" in text:
        yield at_block(reading, "B1", block, fault="Overskriften har en paragraf.")
    elif text.rstrip(".…: ") in results:
        yield at_block(reading, "B1", block, fault="Overskriften siger ikke, hvad det handler om.")


def decision_first(reading: Reading) -> Iterator[Hit]:
    """B2."""
    limit = reading.book.rules["B2"].limits["words"]
    text = letters.first_words(reading.document, limit)
    results = [
        phrase for kind, phrases in reading.book.letter["results"].items() if kind != "partial" for phrase in phrases
    ]
    first_body = next((block for block in reading.document.blocks if not block.is_heading), None)
    if not letters.mentions(text, results):
        is_there = letters.mentions(text, reading.book.letter["unclear"]["refusal"])
        fault = "Afgørelsen er gemt i papirsprog" if is_there else f"Afgørelsen står ikke i de første {limit} ord"
        yield at_block(reading, "B2", first_body, fault=f"{fault}.")
        return
    place = min(place for phrase in results if (place := letters.first_place(text, [phrase])) >= 0)
    if "§" in text[:place]:
        yield at_block(reading, "B2", first_body, fault="Der står en paragraf før afgørelsen.")


def gets(reading: Reading) -> Iterator[Hit]:
    """B3: what, how much, from when, who."""
    blocks = reading.document.part("gets")
    if not blocks:
        yield from at_top(reading, "B3", missing="det hele: afsnittet er der ikke")
        return
    wanted = reading.book.letter["wanted"]
    text = letters.plain(reading.document, blocks)
    missing = [
        name
        for name, there in (
            (
                "hvor meget eller hvor tit",
                letters.has_figure(text) or letters.mentions(text, wanted["amount"]),
            ),
            ("fra hvilken dag", letters.has_date(text) or letters.mentions(text, wanted["start"])),
            ("hvem der kommer", letters.begins_words(text, wanted["who"])),
        )
        if not there
    ]
    if missing:
        yield at_block(reading, "B3", blocks[0], missing=_listed(missing))


def because(reading: Reading) -> Iterator[Hit]:
    """B4: reasons that speak of this very person."""
    blocks = reading.document.part("because")
    if not blocks:
        yield from at_top(reading, "B4", fault="Brevet siger ikke hvorfor.")
    elif not letters.addresses_reader(sentence for block in blocks for sentence in block.sentences):
        yield at_block(reading, "B4", blocks[0], fault="»Derfor« siger intet om netop dig, som brevet er til.")


def do_now(reading: Reading) -> Iterator[Hit]:
    """B6: something with a day or a way to reach us, or that there is nothing to do."""
    blocks = reading.document.part("do_now")
    wanted = reading.book.letter["wanted"]
    if not blocks:
        yield from at_top(reading, "B6", fault="Brevet siger ikke, hvad læseren skal gøre nu.")
        return
    text = letters.plain(reading.document, blocks)
    if not (letters.mentions(text, wanted["nothing_to_do"]) or letters.has_date(text) or letters.has_phone(text)):
        yield at_block(
            reading, "B6", blocks[0], fault="Under »Det skal du gøre nu« mangler en dato eller et telefonnummer."
        )


def next_steps(reading: Reading) -> Iterator[Hit]:
    """B7, where the letter has the part."""
    blocks = reading.document.part("next")
    if not blocks:
        return
    text = letters.plain(reading.document, blocks)
    somebody = letters.names_somebody(reading.document, blocks) or letters.begins_words(
        text, (*reading.book.letter["wanted"]["who"], "vi ", "jeg ")
    )
    missing = [name for name, there in (("hvem", somebody), ("en dato", letters.has_date(text))) if not there]
    if missing:
        yield at_block(reading, "B7", blocks[0], missing=_listed(missing))


def rules_for_themselves(reading: Reading, *, required: bool) -> Iterator[Hit]:
    """B8."""
    if required and not reading.document.part("rules"):
        yield from at_top(reading, "B8", fault="Brevet siger ikke, hvilke regler det bygger på.")
    for sentence in reading.document.body():
        if sentence.block.part == "rules":
            continue
        for sign in sentence.tokens:
            if sign.kind == MARK and sign.norm == "§":
                yield Hit("B8", sign.start, sign.end, {"fault": "Her står en paragraf uden for »Regler«."})


def complaint(reading: Reading) -> Iterator[Hit]:
    """B9."""
    blocks = reading.document.part("complain")
    if not blocks:
        yield from at_top(reading, "B9", fault="Brevet siger ikke, hvordan man klager.")
        return
    wanted = reading.book.letter["wanted"]
    text = letters.plain(reading.document, blocks)
    missing = [
        name
        for name, there in (
            ("fristen som dato", letters.has_date(text)),
            ("fristen i uger", letters.mentions(text, wanted["weeks"])),
            ("hvor klagen skal hen", letters.mentions(text, wanted["destination"])),
            ("hvem der kan hjælpe", letters.begins_words(text, wanted["help"])),
        )
        if not there
    ]
    if missing:
        yield at_block(reading, "B9", blocks[0], fault=f"Under »Sådan klager du« mangler {_listed(missing)}.")


def contact(reading: Reading) -> Iterator[Hit]:
    """B10. Without a heading of its own it is looked for in all of the letter."""
    document, wanted = reading.document, reading.book.letter["wanted"]
    blocks = document.part("contact")
    within = blocks or tuple(block for block in document.blocks if not block.is_heading)
    text = letters.plain(document, within)
    missing = [
        name
        for name, there in (
            ("navnet på den, der kan svare", letters.has_name(letters.raw(document, within))),
            ("et telefonnummer", letters.has_phone(text)),
            ("hvornår man kan ringe", letters.mentions(text, wanted["hours"])),
            ("hjælp til at læse brevet", letters.offers_reading(text)),
        )
        if not there
    ]
    if missing and blocks:
        yield at_block(reading, "B10", blocks[0], missing=_listed(missing))
    elif missing:
        yield from at_top(reading, "B10", missing=_listed(missing))


def two_names(reading: Reading) -> Iterator[Hit]:
    """B11: at the second name."""
    if reading.rule("B11") is None:
        return
    words = [(token, token.norm) for sentence in reading.document.body() for token in sentence.words]
    for synonyms in reading.book.letter["synonyms"]:
        met: dict[str, Token] = {}
        for token, word in words:
            name = next((name for name in synonyms["names"] if _is_form(word, name)), None)
            if name is not None:
                met.setdefault(name, token)
        for (first, _), (second, token) in pairwise(sorted(met.items(), key=lambda item: item[1].start)):
            yield Hit("B11", token.start, token.end, {"first": first, "second": second})


def _is_form(word: str, name: str) -> bool:
    return word.startswith(name) and word[len(name) :] in ("", "n", "en", "et", "s", "ns", "ens", "ets", "e")


def many_figures(reading: Reading) -> Iterator[Hit]:
    """B12: once, where it begins."""
    rule = reading.rule("B12")
    if rule is None:
        return
    before = 0
    met: set[str] = set()  # the same sum said twice is one to remember
    places: list[tuple[int, int]] = []  # which word, which character
    for sentence in reading.sentences(rule):
        starts = [word.start for word in sentence.words]
        for place, figure in letters.figures_in(sentence, reading.document):
            if figure not in met:
                places.append((before + bisect_left(starts, place), place))
            met.add(figure)
        before += len(sentence.words)
    most, window = rule.limits["most"], rule.limits["window"]
    for first, last in zip(places, places[most:], strict=False):
        if last[0] - first[0] < window:
            count = bisect_left(places, (first[0] + window, 0)) - places.index(first)
            yield Hit("B12", first[1], last[1] + 1, {"count": count})
            return


def long_letter(reading: Reading) -> Iterator[Hit]:
    """B13."""
    limit = reading.book.rules["B13"].limits["words"]
    count = 0
    for block in reading.document.blocks:
        if block.part == "rules":
            break
        count += sum(len(sentence.words) for sentence in block.sentences)
    if count > limit:
        yield from at_top(reading, "B13", words=str(count), limit=str(limit))


def _listed(names: list[str]) -> str:
    return " og ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
