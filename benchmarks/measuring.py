"""One interleaved run: every round asks for every page on every server in turn, a few requests each."""

import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from benchmarks.arrange import Facts
from benchmarks.cost import spent
from benchmarks.scenarios import Scenario
from benchmarks.servers import Server
from benchmarks.visitor import Answer, Visitor

SETTLE = 0.004
"""Seconds a worker gets to finish what it does after its answer is out."""


@dataclass(slots=True)
class Series:
    """One page on one server. A figure in `server` or `database` is a round's mean, CPU milliseconds a request."""

    scenario: Scenario
    server_name: str
    server: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    raw_bytes: int = 0
    sent_bytes: int = 0
    queries: int = 0

    @property
    def total(self) -> list[float]:
        return [a + b for a, b in zip(self.server, self.database, strict=True)]

    @property
    def median(self) -> float:
        return statistics.median(self.total)


class Walker:
    """A visitor on one page of one server, who can be sent for one measured request after the other."""

    def __init__(self, server: Server, scenario: Scenario, facts: Facts) -> None:
        self.server, self.scenario, self.facts = server, scenario, facts
        self.series = Series(scenario, server.name)
        self.visitor = Visitor(server.port)
        if scenario.person:
            self.visitor.log_in(getattr(facts, scenario.person))

    def step(self, **headers: str) -> tuple[float, float, float, Answer]:
        """One request: milliseconds of CPU in the server and in the database, milliseconds on the clock."""
        exchange = self.scenario.exchange(self.visitor, self.facts)
        request = next(exchange)
        request = replace(request, headers=request.headers | {k.replace("_", "-"): v for k, v in headers.items()})
        time.sleep(SETTLE)
        server, database = self.server.used()
        began = time.perf_counter()
        answer = self.visitor.send(request)
        wall = time.perf_counter() - began
        time.sleep(SETTLE)
        server_after, database_after = self.server.used()
        with suppress(StopIteration):
            exchange.send(answer)
        return 1000 * spent(server, server_after), 1000 * spent(database, database_after), 1000 * wall, answer

    def round(self, requests: int) -> None:
        """A connection of its own, one request to wake it, then the measured ones."""
        self.visitor.hang_up()
        self.step()
        steps = [self.step() for _ in range(requests)]
        self.series.server.append(statistics.fmean(step[0] for step in steps))
        self.series.database.append(statistics.fmean(step[1] for step in steps))
        self.series.wall.append(statistics.fmean(step[2] for step in steps))
        answer = steps[-1][3]
        self.series.raw_bytes, self.series.sent_bytes = len(answer.body), len(answer.sent)


def warm_up(walkers: Sequence[Walker], *, connections: int = 8, requests: int = 3) -> None:
    """Both workers of every server see every page, over connections that either may take."""
    for walker in walkers:
        for _ in range(connections):
            walker.visitor.hang_up()
            for _ in range(requests):
                walker.step()


def interleaved(
    walkers: Sequence[Walker], *, rounds: int, requests: int, until: float, tell: Callable[[str], object]
) -> int:
    """Rounds until there are enough or the time (monotonic) is up. Returns how many there were."""
    for number in range(rounds):
        if time.monotonic() > until:
            return number
        for walker in walkers:
            walker.round(requests)
        if number % 5 == 4:
            tell(f"  round {number + 1} of {rounds}")
    return rounds
