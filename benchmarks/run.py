"""`python -m benchmarks`: prepare, measure in one interleaved run, judge, print the table."""

import argparse
import datetime as dt
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks import judging
from benchmarks.cost import pss_megabytes
from benchmarks.ground import Ground, lent, prepared
from benchmarks.measuring import Series, Walker, interleaved, warm_up
from benchmarks.scenarios import FLOORS, PAGES, Scenario
from benchmarks.servers import HERE, Server, serving

FLOOR = ("benchmarks.floor.wsgi:application", "benchmarks.floor.settings")
SAMSPIL = ("samspil.config.wsgi:application", "samspil.config.settings")
INSTRUMENTED = ("samspil.config.wsgi:application", "benchmarks.instrumented_settings")


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = parser().parse_args(arguments)
    pages = [page for page in PAGES if not chosen.only or page.key in chosen.only]
    home = Path(chosen.data).resolve()
    with ExitStack() as stack:
        _tell("Preparing (the first time the demo municipality is made) …")
        small = stack.enter_context(lent(chosen.url, home / "lent") if chosen.url else prepared(home / "small"))
        large = chosen.large and stack.enter_context(prepared(home / f"large-{chosen.large}", citizens=chosen.large))
        if chosen.profile:
            return profile(small, large or None, pages, Path(chosen.profile), large_only=chosen.of_large)
        return measure(small, large or None, pages, chosen)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    top.add_argument("--large", type=int, metavar="CITIZENS", help="also a municipality of so many citizens")
    top.add_argument("--rounds", type=int, default=15)
    top.add_argument("--requests", type=int, default=5, help="measured requests a page a round")
    top.add_argument("--minutes", type=float, default=9.0, help="no new round begins later than this")
    top.add_argument("--only", nargs="*", metavar="PAGE", help=" ".join(page.key for page in PAGES))
    top.add_argument("--url", help="a local database to measure on, instead of a cluster of our own")
    top.add_argument("--data", default=HERE / "var" / "benchmarks", help="where the databases are kept")
    top.add_argument("--profile", metavar="FOLDER", help="instead of measuring: leave a cProfile of each page there")
    top.add_argument("--of-large", action="store_true", help="profile the large municipality")
    return top


def measure(small: Ground, large: Ground | None, pages: list[Scenario], chosen: argparse.Namespace) -> int:
    grounds = {"small": small} | ({"large": large} if large else {})
    with ExitStack() as stack:
        floor = stack.enter_context(_server("floor", FLOOR, small))
        servers = {name: stack.enter_context(_server(name, SAMSPIL, ground)) for name, ground in grounds.items()}
        walkers = [Walker(floor, scenario, small.facts) for scenario in FLOORS]
        for page in pages:
            walkers += [Walker(servers[name], page, ground.facts) for name, ground in grounds.items()]
        _tell("Warming up …")
        warm_up(walkers)
        _tell("Measuring …")
        until = time.monotonic() + 60 * chosen.minutes
        rounds = interleaved(walkers, rounds=chosen.rounds, requests=chosen.requests, until=until, tell=_tell)
        memory = {name: pss_megabytes(server.pids()) for name, server in (("floor", floor), *servers.items())}
    found = {(walker.series.server_name, walker.series.scenario.key): walker.series for walker in walkers}
    for name, ground in grounds.items():
        _count(ground, [found[name, page.key] for page in pages])
    _count(small, [found["floor", page.key] for page in FLOORS], FLOOR)
    return _report(found, grounds, pages, memory, rounds, chosen.requests)


def _report(
    found: dict[tuple[str, str], Series],
    grounds: dict[str, Ground],
    pages: list[Scenario],
    memory: dict[str, float],
    rounds: int,
    requests: int,
) -> int:
    floors = [found["floor", scenario.key] for scenario in FLOORS]
    small = [found["small", page.key] for page in pages]
    large = {page.key: found["large", page.key] for page in pages if ("large", page.key) in found}
    name = f"{grounds['large'].facts.citizens:,} citizens" if large else ""
    said = [
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {rounds} rounds of {requests} requests a page, {os.cpu_count()} cores, "
        f"Python {sys.version.split()[0]}, load when it ended {os.getloadavg()[0]:.1f}.",
        *(f"{n}: {_size(ground)}." for n, ground in grounds.items()),
        "",
        *judging.table(floors, small, large, large_name=name),
        "",
        f"Memory (PSS of master and workers; must ≤ {judging.MEMORY:.0f} MB): "
        + ", ".join(f"{n} {used:.0f} MB" for n, used in memory.items()),
    ]
    lost = judging.missed(floors, small, large, memory)
    said += ["", "Missed: " + "; ".join(lost) if lost else "Every figure is kept."]
    sys.stdout.write("\n".join(said) + "\n")
    return 1 if lost else 0


def _size(ground: Ground) -> str:
    facts = ground.facts
    return (
        f"{facts.citizens:,} citizens, {facts.notes:,} notes, {facts.cases_of_caseworker} open cases of the caseworker"
    )


def _count(ground: Ground, series: list[Series], program: tuple[str, str] = INSTRUMENTED) -> None:
    """Ask once for every page on a server with instruments, for the number of queries."""
    with _server("instrumented", program, ground, {"BENCHMARK_INSTRUMENTS": "1"}) as server:
        for one in series:
            walker = Walker(server, one.scenario, ground.facts)
            walker.step()
            one.queries = int(walker.step()[3].headers["x-queries"])


def profile(small: Ground, large: Ground | None, pages: list[Scenario], folder: Path, *, large_only: bool) -> int:
    """A cProfile of twenty requests a page, and the statements of the last, in `folder`."""
    ground = large if large_only and large else small
    folder.mkdir(parents=True, exist_ok=True)
    with _server("instrumented", INSTRUMENTED, ground) as server:
        for page in pages:
            walker = Walker(server, page, ground.facts)
            warm_up([walker], connections=4, requests=2)
            for number in range(20):
                walker.step(
                    X_Profile=str((folder / f"{page.key}.{number}.prof").resolve()),
                    X_Statements=str((folder / f"{page.key}.sql").resolve()),
                )
    return 0


@contextmanager
def _server(
    name: str, program: tuple[str, str], ground: Ground, extra: dict[str, str] | None = None
) -> Iterator[Server]:
    with serving(name, *program, url=ground.url, data=ground.data, database_pids=ground.pids, extra=extra) as server:
        yield server


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
