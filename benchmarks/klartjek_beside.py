"""klartjek beside textstat on the texts marked by hand: `python -m benchmarks.klartjek_beside` (`--write`: README).

textstat is no dependency of Samspil, and brings a package named `tests` that would hide ours; so it lies apart:

    pip install --target var/beside --require-hashes -r requirements/benchmark.txt

It gives a number for a text and no places, so the two can only be asked the same question text by text: has somebody
marked anything to mend here? textstat says yes from a limit of its LIX; it is given the limit that suits it best on
these very texts, which klartjek never is.
"""

import argparse
import importlib
import importlib.metadata
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.klartjek import TWO_PAGES
from samspil.klartjek import Severity, check
from tests.klartjek.evaluation import figures
from tests.klartjek.evaluation.figures import DAY, README, Score, Text

BEGIN, END = "<!-- beside -->", "<!-- end of beside -->"
ROUNDS = 20
PARTS = ("tuning", "unseen")
APART = "var/beside"
LANGUAGE_TOOL = "not run: its package holds no rules, and fetches them from a place that no registry serves"

Flags = Callable[[Text], bool]


def klartjek_flags(text: Text) -> bool:
    found = check(text.text, kind=text.kind, at=DAY).findings
    return any(finding.severity is not Severity.EXPLANATION for finding in found)


def is_marked(text: Text) -> bool:
    """Whether a person marked anything but words to explain."""
    return any(not mark.rule.endswith("+") for mark in text.marks)


def flagged(of: Sequence[Text], flags: Flags) -> Score:
    said = {text.name for text in of if flags(text)}
    marked = {text.name for text in of if is_marked(text)}
    return Score(right=len(said & marked), found=len(said), marked=len(marked))


def places(of: Sequence[Text]) -> Score:
    """Klartjek's findings against the marks, place by place and rule by rule."""
    return sum(figures.by_rule(of).values(), Score())


def best_limit(of: Sequence[Text], number: Callable[[str], float]) -> float:
    """The limit with the best mean of precision and recall (F1) on these texts."""
    known = {text.name: number(text.text) for text in of}

    def goodness(limit: float) -> float:
        score = flagged(of, lambda text: known[text.name] >= limit)
        return 2 * score.precision * score.recall / max(0.001, score.precision + score.recall)

    return max(sorted(set(known.values())), key=goodness)


def milliseconds(work: Callable[[str], object]) -> float:
    """CPU for two pages of the text that klartjek has most to say of, warm."""
    worst = next(text.text for text in figures.texts() if text.name == "03-gammel-stil")
    long, spent = (worst + "\n\n") * (TWO_PAGES // len(worst) + 1), []
    for number in range(ROUNDS + 1):
        new = f"{long}Side {number}."  # textstat remembers the texts it has seen
        begun = time.process_time()
        work(new)
        spent.append((time.process_time() - begun) * 1000)
    return statistics.median(spent[1:])


def apart(number: Callable[[str], float]) -> tuple[int, float]:
    """On how many texts long enough for a LIX, and by how much textstat's is above klartjek's, on average."""
    pairs = [(check(text.text, kind=text.kind, at=DAY).lix, number(text.text)) for text in figures.texts()]
    differences = [theirs - ours.value for ours, theirs in pairs if ours.is_certain]
    return len(differences), statistics.mean(differences)


def our_rows() -> list[str]:
    every = figures.texts()
    rows = []
    for part in PARTS:
        of = [text for text in every if text.part == part]
        rows.append(f"| klartjek | {part} | {_cells(flagged(of, klartjek_flags))} | {_cells(places(of))} |")
    return rows


def their_rows(textstat: Any) -> list[str]:
    every = figures.texts()
    limit = best_limit(every, textstat.lix)
    name, rows = f"textstat {importlib.metadata.version('textstat')}, LIX ≥ {limit:.1f}", []
    for part in PARTS:
        of = [text for text in every if text.part == part]
        score = flagged(of, lambda text: textstat.lix(text.text) >= limit)
        rows.append(f"| {name} | {part} | {_cells(score)} | gives no places | |")
    return rows


def table(textstat: Any) -> str:
    every = figures.texts()
    head = "| | Texts | To mend or not: precision | recall | Places: precision | recall |"
    everything = [
        f"| saying yes to all | {part} | {_cells(_all_of(every, part))} | gives no places | |" for part in PARTS
    ]
    ours = milliseconds(lambda text: check(text, kind="letter", at=DAY))
    theirs = milliseconds(textstat.lix)
    count, above = apart(textstat.lix)
    return "\n".join(
        [
            head,
            "|---|---|---|---|---|---|",
            *our_rows(),
            *their_rows(textstat),
            *everything,
            f"| LanguageTool, Danish | {LANGUAGE_TOOL} | | | | |",
            "",
            f"CPU for two pages, warm: klartjek {ours:.0f} ms (all its rules), textstat {theirs:.1f} ms (LIX alone).",
            f"On the {count} texts of a hundred words or more its LIX is {above:.1f} above ours on average: headings",
            "and list items without a full stop run on into the next sentence there.",
        ]
    )


def _all_of(every: Sequence[Text], part: str) -> Score:
    return flagged([text for text in every if text.part == part], lambda _: True)


def _cells(score: Score) -> str:
    return f"{score.precision:.2f} ({score.right}/{score.found}) | {score.recall:.2f} ({score.right}/{score.marked})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the table into klartjek's README")
    chosen = parser.parse_args()
    sys.path.append(APART)
    try:
        textstat = importlib.import_module("textstat")
    except ImportError:
        sys.stderr.write(f"textstat is not in {APART}: see the top of this file\n")
        return 2
    textstat.set_lang("da")
    made = table(textstat)
    if chosen.write:
        before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
        README.write_text(f"{before}{BEGIN}\n{made}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    sys.stdout.write(f"{made}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
