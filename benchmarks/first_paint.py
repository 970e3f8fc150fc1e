"""`python -m benchmarks.first_paint`: what the citizen's pages weigh, and when the first words stand on a slow phone.

A real Chromium at 360 px with an empty cache, held at 400 kbit/s and 400 ms a request by its own network emulation.
That delays every request but not the handshake of the connection. CPU is as fast as the machine is.
"""

import argparse
import os
import statistics
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.arrange import Facts
from benchmarks.ground import lent, prepared
from benchmarks.servers import HERE, Server, serving
from benchmarks.visitor import Visitor

PAGES = (
    ("Forside", "/min/"),
    ("Min plan", "/min/plan/"),
    ("Mine aftaler", "/min/aftaler/"),
    ("Hvem hjælper mig", "/min/hjaelpere/"),
    ("Hvem har set min sag", "/min/hvem-har-set/"),
    ("Mødet", "/moede/{facts.board}/"),
)
BYTES_A_SECOND = 400_000 / 8
LATENCY_MS = 400
MOST_KB, MOST_SECONDS = 60.0, 3.0
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_PAINT = """() => new Promise(done => new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (entry.name === 'first-contentful-paint') done(entry.startTime)
}).observe({type: 'paint', buffered: true}))"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds until the first words, and bytes on the wire by kind of file."""

    seconds: float
    sent: dict[str, int]

    @property
    def before_fonts(self) -> float:
        """KB of page, style and script."""
        return sum(self.sent.get(kind, 0) for kind in ("Document", "Stylesheet", "Script")) / 1000


def main(arguments: Sequence[str] | None = None) -> int:
    top = argparse.ArgumentParser(prog="python -m benchmarks.first_paint", description=__doc__)
    top.add_argument("--times", type=int, default=5, help="visits a page, each with an empty cache")
    top.add_argument("--data", default=HERE / "var" / "benchmarks", help="where the database is kept")
    top.add_argument("--url", help="a local database to measure on, instead of a cluster of our own")
    chosen = top.parse_args(arguments)
    home = Path(chosen.data).resolve()
    with ExitStack() as stack:
        ground = stack.enter_context(lent(chosen.url, home / "lent") if chosen.url else prepared(home / "small"))
        program = ("samspil.config.wsgi:application", "samspil.config.settings")
        server = stack.enter_context(
            serving("samspil", *program, url=ground.url, data=ground.data, database_pids=ground.pids)
        )
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        found = {title: _visits(browser, server, ground.facts, path, chosen.times) for title, path in PAGES}
        browser.close()
    return _report(found)


def _visits(browser: Browser, server: Server, facts: Facts, path: str, times: int) -> list[Seen]:
    visitor = Visitor(server.port)
    visitor.log_in(facts.citizen)
    address = f"http://127.0.0.1:{server.port}"
    cookies = [{"name": name, "value": value, "url": address} for name, value in visitor.cookies.items()]
    return [_visit(browser, address + path.format(facts=facts), cookies) for _ in range(times)]


def _visit(browser: Browser, address: str, cookies: list[dict[str, str]]) -> Seen:
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    context.add_cookies(cookies)
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sent: dict[str, int] = {}

    def finished(event: dict) -> None:
        kind = kinds.get(event["requestId"], "Other")
        sent[kind] = sent.get(kind, 0) + int(event["encodedDataLength"])

    protocol.on("Network.responseReceived", lambda event: kinds.__setitem__(event["requestId"], event["type"]))
    protocol.on("Network.loadingFinished", finished)
    protocol.send("Network.enable")
    slow = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND, "latency": LATENCY_MS}
    protocol.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    page.goto(address, wait_until="networkidle", timeout=60_000)
    milliseconds = page.evaluate(_PAINT)
    context.close()
    return Seen(milliseconds / 1000, sent)


def _report(found: dict[str, list[Seen]]) -> int:
    lines = [
        f"| Page | first paint, s (lowest–highest; must ≤ {MOST_SECONDS:.0f}) "
        f"| page + style + script, KB (must ≤ {MOST_KB:.0f}) | fonts, KB | pictures, KB |",
        "|---|---|---|---|---|",
    ]
    lost = []
    for title, visits in found.items():
        seconds = [visit.seconds for visit in visits]
        weight = max(visit.before_fonts for visit in visits)
        last = visits[-1].sent
        parts = " + ".join(f"{last.get(kind, 0) / 1000:.1f}" for kind in ("Document", "Stylesheet", "Script"))
        others = (f"{last.get(kind, 0) / 1000:.1f}" for kind in ("Font", "Image"))
        median = statistics.median(seconds)
        lines.append(
            f"| {title} | {median:.2f} ({min(seconds):.2f}–{max(seconds):.2f}) | {weight:.1f} = {parts} "
            f"| {' | '.join(others)} |"
        )
        if median > MOST_SECONDS or weight > MOST_KB:
            lost.append(title)
    lines += ["", f"Missed: {', '.join(lost)}" if lost else "Every figure is kept."]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
