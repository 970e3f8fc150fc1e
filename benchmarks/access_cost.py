"""`python -m benchmarks.access_cost`: what part of a page's CPU the access decision takes.

Two duties are measured, each by itself and both together: to decide who may see what (DECISION), and to write down
who has seen whom (LOG). The same page from eight servers in turn: with both, with neither, with the log alone, and
without each part. Server and database count together; without walls the server's role is one that the row rules do not
hold.
"""

import argparse
import difflib
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

import psycopg

from benchmarks.ground import Ground, prepared
from benchmarks.measuring import Series, Walker, interleaved, warm_up
from benchmarks.scenarios import PAGES, PROVIDER, Scenario
from benchmarks.servers import HERE, serving
from samspil.config.postgres import Cluster

MUST = 0.10
"""Of what the page costs with it."""
DECISION = ("actor", "capability", "sight", "walls")
LOG = ("look",)
PARTS = (*DECISION, *LOG)
"""benchmarks/unguarded.py says what each is."""
KEYS = ("case", "caseload", "home")
ALL, NONE, LOG_ALONE = "all of it", "none of it", "the log alone"
UNWALLED = "benchmark_unwalled"
CHANGES = re.compile(r'(csrfmiddlewaretoken"\s+value|form_key"\s+value|clock"\s+value|nonce)="[^"]*"')


def main(arguments: Sequence[str] | None = None) -> int:
    top = argparse.ArgumentParser(prog="python -m benchmarks.access_cost", description=__doc__)
    top.add_argument("--rounds", type=int, default=20)
    top.add_argument("--requests", type=int, default=6, help="measured requests a page a server a round")
    top.add_argument("--minutes", type=float, default=9.0)
    top.add_argument("--only", nargs="*", metavar="PAGE", default=[*KEYS, PROVIDER.key])
    top.add_argument("--data", default=HERE / "var" / "benchmarks")
    chosen = top.parse_args(arguments)
    home = Path(chosen.data).resolve() / "small"
    pages = [page for page in (*PAGES, PROVIDER) if page.key in chosen.only]
    variants = {ALL: (), NONE: PARTS, LOG_ALONE: DECISION} | {_without(part): (part,) for part in PARTS}
    with ExitStack() as stack:
        ground = stack.enter_context(prepared(home))
        unwalled = stack.enter_context(_role_above_the_walls(Cluster(home)))
        walkers = []
        for title, parts in variants.items():
            name = _named(title)
            url = unwalled if "walls" in parts else ground.url
            walkers += stack.enter_context(_walking(name, parts, url, ground, pages))
        _assert_same_pages(walkers)
        warm_up(walkers, connections=5, requests=2)
        until = time.monotonic() + 60 * chosen.minutes
        rounds = interleaved(walkers, rounds=chosen.rounds, requests=chosen.requests, until=until, tell=_tell)
    return _report(walkers, pages, rounds, chosen.requests)


@contextmanager
def _walking(name: str, parts: tuple[str, ...], url: str, ground: Ground, pages: list[Scenario]) -> Iterator[list]:
    program = ("benchmarks.unguarded:application", "samspil.config.settings")
    extra = {"BENCHMARK_WITHOUT": ",".join(parts)}
    with serving(name, *program, url=url, data=ground.data, database_pids=ground.pids, extra=extra) as server:
        yield [Walker(server, page, ground.facts) for page in pages]


@contextmanager
def _role_above_the_walls(cluster: Cluster) -> Iterator[str]:
    """The same database as a role that may do what Samspil's may, and sees every row."""
    with psycopg.connect(cluster.administrator_url(), autocommit=True) as server:
        server.execute(f"drop role if exists {UNWALLED}")
        server.execute(f"create role {UNWALLED} login bypassrls in role samspil password 'x'")
        try:
            yield f"postgresql://{UNWALLED}:x@/samspil?host={cluster.socket_folder}"
        finally:
            server.execute(f"drop role {UNWALLED}")


def _assert_same_pages(walkers: list[Walker]) -> None:
    """Without this a page that shows less, or more, would be taken for a cheaper one."""
    first: dict[str, str] = {}
    for walker in walkers:
        key, page = walker.series.scenario.key, CHANGES.sub("", walker.step()[3].text)
        if first.setdefault(key, page) != page:
            changed = difflib.unified_diff(first[key].splitlines(), page.splitlines(), lineterm="", n=0)
            raise AssertionError("\n".join([f"{key} is another page on {walker.server.name}", *islice(changed, 30)]))


def _report(walkers: list[Walker], pages: list[Scenario], rounds: int, requests: int) -> int:
    found = {(walker.server.name, walker.series.scenario.key): walker.series for walker in walkers}
    print(f"{rounds} rounds of {requests} requests a page a server.\n")
    print(
        "| Page | CPU ms (server + database), all of it | none of it | the decision (must ≤ 10 %) | the log of looks "
        f"| both | of both: {', '.join(PARTS)} |"
    )
    print("|---|---|---|---|---|---|---|")
    is_kept = True
    for page in pages:
        whole, bare = found[_named(ALL), page.key], found[_named(NONE), page.key]
        shares = {
            title: _share(whole.total, found[_named(title), page.key].total)
            for title in (LOG_ALONE, NONE, *map(_without, PARTS))
        }
        decision, log = shares[LOG_ALONE], shares[_without(*LOG)]
        is_kept &= decision <= MUST
        mark = "" if decision <= MUST else " **missed**"
        parts = ", ".join(f"{100 * shares[_without(part)]:+.1f}" for part in PARTS)
        print(
            f"| {page.title} | {_told(whole)} | {_told(bare)} | {100 * decision:.1f} %{mark} | {100 * log:.1f} % "
            f"| {100 * shares[NONE]:.1f} % | {parts} |"
        )
    return 0 if is_kept else 1


def _without(part: str) -> str:
    return f"without {part}"


def _named(title: str) -> str:
    return title.replace(" ", "-")


def _told(series: Series) -> str:
    server, database = statistics.median(series.server), statistics.median(series.database)
    return f"{series.median:.1f} ({server:.1f} + {database:.1f})"


def _share(whole: list[float], less: list[float]) -> float:
    """The median of the rounds' own shares: each round's pair was measured side by side."""
    return statistics.median((a - b) / a for a, b in zip(whole, less, strict=True))


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
