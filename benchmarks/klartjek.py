"""What klartjek costs: `python -m benchmarks.klartjek`. CPU milliseconds a text, warm, beside a floor that counts LIX.

The letter is the worst of the marked texts, repeated to two pages (about 5,000 characters). Rounds alternate between
klartjek and the floor, so that the machine's moods fall on both; the least and the median are told.
"""

import datetime as dt
import re
import resource
import statistics
import time
from collections.abc import Callable

from tests.klartjek.evaluation import figures

TWO_PAGES = 5_000
ROUNDS = 60
MUST = 20.0
DAY = dt.date(2026, 11, 27)
_WORD = re.compile(r"\w+")
_END = re.compile(r"[.!?:]\s|\n")


def floor(text: str) -> float:
    """LIX by two patterns and no knowledge of Danish: the least a checker can do with a text."""
    words = _WORD.findall(text)
    return len(words) / max(1, len(_END.findall(text))) + 100 * sum(len(word) > 6 for word in words) / len(words)


def milliseconds(work: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    work(text)
    return (time.process_time() - begun) * 1000


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    worst = next(text.text for text in figures.texts() if text.name == "03-gammel-stil")
    good = next(text.text for text in figures.texts() if text.name == "02-rengoering-nej")
    before, begun = memory(), time.process_time()
    from samspil.klartjek import check

    check("Første.", at=DAY)
    print(f"First check: {(time.process_time() - begun) * 1000:.0f} ms once, {memory() - before:.1f} MB.\n")
    print("| Text | characters | klartjek: median ms (least) | floor: ms | must |")
    print("|---|---|---|---|---|")
    for name, text, times in (
        ("officialese", worst, 1),
        ("plain", good, 1),
        ("officialese, 20 pages", worst, 10),
        ("200 pages", worst, 100),
    ):
        long = (text + "\n\n") * (TWO_PAGES * times // len(text) + 1)
        rounds = max(5, ROUNDS // times)
        ours, floors = [], []
        for _ in range(rounds):
            ours.append(milliseconds(lambda it: check(it, at=DAY), long))
            floors.append(milliseconds(floor, long))
        ours_told = f"{statistics.median(ours):.1f} ({min(ours):.1f})"
        print(f"| {name} | {len(long):,} | {ours_told} | {statistics.median(floors):.1f} | {MUST * times:.0f} |")


if __name__ == "__main__":
    main()
