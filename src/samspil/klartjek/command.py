"""`samspil klartjek FILE`: 0 when nothing stops the letter, 1 when something does, 2 when it cannot be read."""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable
from pathlib import Path

from samspil.klartjek.checking import KINDS, check
from samspil.klartjek.report import Finding, Report, Severity
from samspil.klartjek.rulebook import read_overlay

_SHOWN = 3
_NAMES = {
    Severity.ERROR: "FEJL",
    Severity.WARNING: "advarsel",
    Severity.SUGGESTION: "forslag",
    Severity.EXPLANATION: "forklar",
}
Reader = Callable[[Path], str]


class Unreadable(ValueError):
    """The message says in Danish what to do."""


def read_text(path: Path) -> str:
    return _text(path.read_bytes())


def _text(content: bytes) -> str:
    """UTF-8, or the UTF-16 that Windows calls Unicode; anything else would be a guess."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("Det er ikke tekst i UTF-8. Gem den som tekst i UTF-8, eller som PDF.") from error


def add_to(parser: argparse.ArgumentParser, *, read: Reader = read_text) -> None:
    """`read` gives the text of a file. A ValueError from it says in Danish why it cannot."""
    parser.add_argument("file", metavar="FIL", help="en tekstfil eller PDF, eller - for det, der kommer ind")
    parser.add_argument("--kind", choices=KINDS, default="letter", help="letter er en afgørelse, message et andet brev")
    parser.add_argument("--no-appeal", action="store_true", help="der kan ikke klages over afgørelsen")
    parser.add_argument("--at", type=dt.date.fromisoformat, metavar="DATO", help="reglerne på denne dag, ikke i dag")
    parser.add_argument("--overlay", action="append", type=Path, default=[], metavar="FIL", help="kommunens egne ord")
    parser.add_argument("--json", action="store_true", help="alt, som JSON")
    parser.add_argument("--all", action="store_true", help=f"vis alle, ikke kun de {_SHOWN} vigtigste")
    parser.add_argument("--strict", action="store_true", help="også et forslag giver slutkode 1")
    parser.set_defaults(run=lambda chosen: run(chosen, read))


def run(chosen: argparse.Namespace, read: Reader) -> int:
    try:
        overlays = [read_overlay(path) for path in chosen.overlay]
        text = _text(sys.stdin.buffer.read()) if chosen.file == "-" else read(Path(chosen.file))
    except OSError as error:
        named = Path(error.filename or chosen.file)
        sys.stderr.write(f"{named}: kan ikke læses. {_why(named)}\n")
        return 2
    except ValueError as error:
        sys.stderr.write(f"{chosen.file}: kan ikke læses. {error}\n")
        return 2
    today = dt.datetime.now(dt.UTC).astimezone().date()
    day = chosen.at or today
    report = check(text, kind=chosen.kind, at=day, overlays=overlays, appealable=not chosen.no_appeal)
    if chosen.json:
        sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(_told(chosen.file, report, everything=chosen.all))
    return int(report.blocks or (chosen.strict and _suggests(report)))


def _why(path: Path) -> str:
    if path.is_dir():
        return "Det er en mappe."
    return "Du har ikke lov til det." if path.exists() else "Filen er der ikke."


def _suggests(report: Report) -> bool:
    return any(finding.severity is not Severity.EXPLANATION for finding in report.findings)


def _told(name: str, report: Report, *, everything: bool) -> str:
    shown = report.findings if everything else report.shown(_SHOWN)
    number = f"lixtal {report.lix.value:.0f} ({report.lix.band})" if report.lix.is_certain else report.lix.band
    lines = [f"{name}: {number}, {report.lix.words} ord, {report.lix.sentences} sætninger."]
    lines += [_line(name, finding) for finding in shown]
    if hidden := len(report.findings) - len(shown):
        lines.append(f"{hidden} mere: skriv --all.")
    if not report.findings:
        lines.append("Intet at bemærke.")
    return "\n".join(lines) + "\n"


def _line(name: str, finding: Finding) -> str:
    place = f"{name}:{finding.line}:{finding.column}"
    return f"{place}: {_NAMES[finding.severity]} {finding.rule} {finding.title}: {finding.reason} {finding.suggestion}"
