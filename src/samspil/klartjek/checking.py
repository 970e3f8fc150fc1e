"""One check of one text."""

import datetime as dt
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from samspil.klartjek import figures, hidden_doers, lix, sentences, structure, vocabulary
from samspil.klartjek.document import read
from samspil.klartjek.letters import Outcome
from samspil.klartjek.lix import Lix
from samspil.klartjek.reading import Hit, Reading
from samspil.klartjek.report import Finding, Report, Severity
from samspil.klartjek.rulebook import Overlay, rulebook

KINDS = ("letter", "message", "note", "page")
_LETTERS = ("letter", "message")
# Of hits that overlap only the longest is said; these rules speak of whole sentences and stand beside the others.
_OF_WHOLE = frozenset({"R01", "R02", "R05", "R08", "R09", "R14", "R15", "R20"})
_EXCERPT = 120
_QUOTE = re.compile(r"“[^“”\n]{1,600}”|»[^»«\n]{1,600}«|\"[^\"\n]{1,600}\"|(?m:^>[^\n]+)")


def check(
    text: str,
    *,
    kind: str = "letter",
    at: dt.date,
    overlays: Sequence[Overlay] = (),
    outcome: Outcome | None = None,
    appealable: bool = True,
) -> Report:
    """What could be clearer in a text, and in a decision letter (`kind="letter"`) what is missing.

    `at` is the day whose rules and words hold. `outcome` says what the letter decides when the caller knows it; it is
    read from the headline otherwise. `appealable` is false where no complaint is possible.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    book = rulebook(at, tuple(overlays))
    headings = book.headings if kind in _LETTERS else {}
    document = read(text, headings, book.abbreviations, letter=kind in _LETTERS)
    reading = Reading(document, book, kind)
    whole = lix.count(sentence.tokens for sentence in document.sentences)
    found = list(_language(reading, whole))
    if kind == "letter":
        found += [hit for hit in structure.hits(reading, outcome, appealable=appealable) if reading.rule(hit.rule)]
    found = _not_quoted(found, text)
    lines = list(accumulate((len(line) for line in text.splitlines(keepends=True)), initial=0))
    findings = [_finding(reading, hit, lines) for hit in sorted(_apart(found), key=lambda hit: (hit.start, hit.rule))]
    return Report(whole, _parts(reading), tuple(findings))


def _language(reading: Reading, whole: Lix) -> Iterator[Hit]:
    yield from vocabulary.hits(reading)
    yield from vocabulary.learned_words(reading)
    yield from vocabulary.paragraph_signs(reading)
    yield from hidden_doers.passives(reading)
    yield from hidden_doers.blive_passives(reading)
    yield from hidden_doers.heavy_with_nouns(reading)
    yield from hidden_doers.buried_verbs(reading)
    yield from sentences.long_sentences(reading)
    yield from sentences.long_on_average(reading)
    yield from sentences.empty_beginnings(reading)
    yield from sentences.heavy_beginnings(reading)
    yield from sentences.nobody_writes(reading)
    yield from sentences.piled_negations(reading)
    yield from sentences.hard_to_read(reading, whole)
    yield from figures.long_words(reading)
    yield from figures.figures(reading)
    yield from structure.two_names(reading)


def _not_quoted(hits: list[Hit], text: str) -> list[Hit]:
    """Hits but those within quotation marks, or on a line that begins with >: somebody else's words are theirs."""
    quotes = [match.span() for match in _QUOTE.finditer(text)]
    starts = [start for start, _ in quotes]

    def is_quoted(hit: Hit) -> bool:
        before = bisect_right(starts, hit.start) - 1
        return before >= 0 and hit.end <= quotes[before][1] and hit.end - hit.start < len(text)

    return [hit for hit in hits if not is_quoted(hit) or (hit.rule.startswith("B") and hit.rule != "B14")]


def _apart(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Hits without those that a longer one covers or cuts."""
    ends = 0
    small: list[Hit] = []
    for hit in hits:
        if hit.rule in _OF_WHOLE or hit.rule.startswith("B"):
            yield hit
        else:
            small.append(hit)
    group: list[Hit] = []
    for hit in sorted(small, key=lambda each: (each.start, -each.end)):
        if group and hit.start >= ends:
            yield max(group, key=_claim)
            group = []
        group.append(hit)
        ends = max(ends, hit.end) if len(group) > 1 else hit.end
    if group:
        yield max(group, key=_claim)


def _claim(hit: Hit) -> tuple[int, bool]:
    return hit.end - hit.start, hit.rule == "R11"


def _finding(reading: Reading, hit: Hit, lines: list[int]) -> Finding:
    rule = reading.book.rules[hit.rule]
    line = max(0, bisect_right(lines, hit.start) - 1)
    excerpt = " ".join(reading.document.text[hit.start : min(hit.end, hit.start + _EXCERPT)].split())
    return Finding(
        rule=rule.code,
        title=rule.title,
        severity=hit.severity or rule.severity,
        start=hit.start,
        end=hit.end,
        line=line + 1,
        column=hit.start - lines[line] + 1,
        excerpt=excerpt,
        reason=rule.reason.format_map({"limit": "", **hit.values}),
        suggestion=rule.suggestion.format_map({"limit": "", **hit.values}),
        source=hit.source or rule.source,
        replacement=hit.replacement,
        weight=(rule.weight + hit.is_red) if hit.severity is not Severity.EXPLANATION else 0,
    )


def _parts(reading: Reading) -> dict[str, Lix]:
    parts = defaultdict(list)
    for sentence in reading.document.body():
        parts[sentence.block.part].append(sentence.tokens)
    return {part: lix.count(tokens) for part, tokens in parts.items()}
