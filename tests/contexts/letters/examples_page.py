"""docs/examples/README.md: what each showcase letter is, and how hard it is to read as `samspil klartjek` reads it."""

import io
import json
from collections import Counter
from contextlib import redirect_stdout
from typing import Any

from samspil.config.cli import main
from tests.cast import TODAY
from tests.contexts.letters.examples import EXAMPLES
from tests.structure.asvs import ROOT

FOLDER = ROOT / "docs" / "examples"
BEFORE, AFTER = "foer.txt", "afslag.pdf"
HARDEST, HARDEST_RULES = 32, 45
SHOWN = 8
WITHOUT_APPEAL = {f"{one.name}.pdf": ("--no-appeal",) for one in EXAMPLES if not one.is_appealable}
HEAD = """# One decision of each kind, as a letter
Invented: Karla Holm, her case and everybody in it. Each was decided by Samspil's own commands and told by its own
letter code; `make examples` makes them again, and a test fails when a file here is not what the code makes today, or
when a number in this page is not what the command says of the file.

The numbers are what `samspil klartjek FILE.pdf` says (with `--no-appeal` where one cannot complain); they are also what
it says of the letter before it became paper, which another test sees to.
Required: LIX at most {hardest}, and at most {hardest_rules} in *Regler*.

"""
ADJUSTING = """
A small adjustment in the citizen's favour, inside the cap of time and days, has no letter, so there is none here: she
sees it with the help it belongs to, and whoever decides sees it too.
"""


def read(name: str) -> dict[str, Any]:
    """What the command says of a file, as anybody who runs it is told."""
    said = io.StringIO()
    how = ["--json", "--at", TODAY.isoformat(), *WITHOUT_APPEAL.get(name, ())]
    with redirect_stdout(said):
        code = main(["klartjek", *how, str(FOLDER / name)])
    found: dict[str, Any] = json.loads(said.getvalue())
    assert found["blocks"] is (code == 1)
    return found


def page(reports: dict[str, dict[str, Any]]) -> str:
    head = HEAD.format(hardest=HARDEST, hardest_rules=HARDEST_RULES)
    lines = [
        "| Decision | Letter | LIX | LIX of *Regler* | Words | Stops it |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_row(one.kind, one.name, reports[f"{one.name}.pdf"]) for one in EXAMPLES]
    short = "The refusal is also here as its [short version](afslag-kort.pdf) and as its [English](afslag-english.pdf)."
    return head + "\n".join(lines) + f"\n\n{short}\n{ADJUSTING}" + _before_and_after(reports)


def _row(kind: str, name: str, report: dict[str, Any]) -> str:
    stops = "yes" if report["blocks"] else "nothing"
    lix, rules = report["lix"], report["lix_of_parts"]["rules"]
    return f"| {kind} | [{name}.pdf]({name}.pdf) | {lix} | {rules} | {report['words']} | {stops} |"


def _before_and_after(reports: dict[str, dict[str, Any]]) -> str:
    before, after = reports[BEFORE], reports[AFTER]
    rows = [("LIX", before["lix"], after["lix"])]
    rows += [("words", before["words"], after["words"])]
    rows += [("sentences", before["sentences"], after["sentences"])]
    for name, wanted in (("what stops it", "error"), ("warnings", "warning"), ("suggestions", "suggestion")):
        rows.append((name, *(Counter(one["severity"] for one in each["findings"])[wanted] for each in (before, after))))
    table = "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)
    worst = [one for one in before["findings"] if one["severity"] != "explanation"][:SHOWN]
    said = "\n".join(f"| {one['rule']} | {_short(one['excerpt'])} | {one['reason']} |" for one in worst)
    return f"""
## Before and after
The same refusal in officialese, invented, as letters have long been written ([{BEFORE}]({BEFORE})), and as Samspil
tells it ([{AFTER}]({AFTER})).

| | before | after |
|---|---|---|
{table}

The first of what klartjek says of the old one (it has {len(before["findings"])} remarks in all):

| Rule | Words | Why |
|---|---|---|
{said}
"""


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= 60 else f"{one_line[:57]}…"


def names() -> list[str]:
    return [*(f"{one.name}.pdf" for one in EXAMPLES), BEFORE]
