"""How often klartjek is right, on texts marked by hand: `python -m tests.klartjek.evaluation.figures`.

A text file holds its kind, its part (tuning or unseen), the text and its marks, divided by lines of three dashes. A
mark is a rule, with the words it is about when it has a place. `R11+` is an explanation. See guide.md.
"""

import argparse
import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from samspil.klartjek import Finding, Severity, check

TEXTS = Path(__file__).parent / "texts"
README = Path(__file__).parents[3] / "src/samspil/klartjek/README.md"
DAY = dt.date(2026, 11, 27)
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
BLOCKING_AIM, SUGGESTING_AIM = 0.95, 0.85


@dataclass(frozen=True)
class Mark:
    rule: str
    words: str


@dataclass(frozen=True)
class Text:
    name: str
    kind: str
    part: str
    text: str
    marks: tuple[Mark, ...]


@dataclass
class Score:
    """Findings that a person marked too, all findings, and all marks."""

    right: int = 0
    found: int = 0
    marked: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.found + other.found, self.marked + other.marked)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.marked if self.marked else 1.0


def texts() -> list[Text]:
    return [read(path) for path in sorted(TEXTS.glob("*.txt"))]


def read(path: Path) -> Text:
    head, text, marks = path.read_text(encoding="utf-8").split("\n---\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    lines = (line.partition(": ") for line in marks.splitlines() if line.strip())
    return Text(path.stem, facts["kind"], facts["part"], text, tuple(Mark(rule, words) for rule, _, words in lines))


def key(finding: Finding) -> str:
    return finding.rule + ("+" if finding.severity is Severity.EXPLANATION else "")


def compare(text: Text) -> tuple[dict[str, Score], list[Finding], list[Mark]]:
    """Scores by rule, findings nobody marked, marks nobody found. Each finding answers one mark."""
    scores: dict[str, Score] = {}
    left = list(text.marks)
    for mark in left:
        scores.setdefault(mark.rule, Score()).marked += 1
    wrong = []
    for finding in check(text.text, kind=text.kind, at=DAY).findings:
        score = scores.setdefault(key(finding), Score())
        score.found += 1
        met = next((mark for mark in left if mark.rule == key(finding) and _same_place(mark, finding, text.text)), None)
        if met is None:
            wrong.append(finding)
        else:
            left.remove(met)
            score.right += 1
    return scores, wrong, left


def _same_place(mark: Mark, finding: Finding, text: str) -> bool:
    if not mark.words:
        return True
    return any(start < finding.end and start + len(mark.words) > finding.start for start in _places(mark.words, text))


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    if at < 0:
        raise AssertionError(f"mærket står ikke i teksten: {words}")
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def by_rule(of: Iterable[Text]) -> dict[str, Score]:
    total: dict[str, Score] = {}
    for text in of:
        for rule, score in compare(text)[0].items():
            total[rule] = total.get(rule, Score()) + score
    return total


BLOCKING = frozenset({"B1", "B2", "B3", "B4", "B5", "B6", "B8", "B9", "B10"})


def summed(scores: dict[str, Score], *, blocking: bool) -> Score:
    return sum((score for rule, score in scores.items() if (rule in BLOCKING) is blocking), Score())


def table() -> str:
    """The part of the README that figures stand in."""
    every = texts()
    parts = {part: by_rule(text for text in every if text.part == part) for part in ("tuning", "unseen")}
    rules = sorted({rule for scores in parts.values() for rule in scores}, key=_rule_order)
    kinds = Counter(text.kind for text in every)
    lines = [
        f"{len(every)} texts ({', '.join(f'{count} {kind}s' for kind, count in sorted(kinds.items()))}), of which "
        f"{sum(text.part == 'unseen' for text in every)} were kept unseen while the rules were tuned.",
        "",
        "| Rule | Tuning: precision | recall | found | Unseen: precision | recall | found |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, blocking in (("**Blocking rules**", True), ("**All others**", False)):
        lines.append(_row(name, [summed(parts[part], blocking=blocking) for part in ("tuning", "unseen")]))
    lines += [_row(rule, [parts[part].get(rule, Score()) for part in ("tuning", "unseen")]) for rule in rules]
    return "\n".join(lines)


def _rule_order(rule: str) -> tuple[str, int, str]:
    return rule[0], int(rule[1:].rstrip("+")), rule


def _row(name: str, scores: list[Score]) -> str:
    cells = []
    for score in scores:
        cells += [
            f"{score.precision:.2f} ({score.right}/{score.found})" if score.found else "",
            f"{score.recall:.2f} ({score.right}/{score.marked})" if score.marked else "",
            str(score.found),
        ]
    return f"| {name} | {' | '.join(cells)} |"


def with_table(readme: str) -> str:
    before, _, rest = readme.partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


def misses(part: str) -> Iterator[str]:
    for text in texts():
        if text.part != part:
            continue
        _, wrong, left = compare(text)
        for finding in wrong:
            yield f"{text.name}: for meget {key(finding)} »{finding.excerpt[:60]}« {finding.reason}"
        for mark in left:
            yield f"{text.name}: mangler {mark.rule} »{mark.words}«"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the figures into the README")
    parser.add_argument("--misses", action="store_true", help="where checker and marks differ, in the tuning part")
    chosen = parser.parse_args()
    if chosen.write:
        README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
    lines = misses("tuning") if chosen.misses else [table()]
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
