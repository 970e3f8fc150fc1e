"""What we write ourselves passes klartjek: all texts of pages and code, and the citizen's own rooms as a letter."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from samspil.config.translations import PACKAGE, data_texts, texts, texts_of
from samspil.klartjek import Severity, check

DAY = dt.date(2026, 11, 27)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
MARKUP = re.compile(r"<[^>]+>")
ON_PAPER = re.compile(r'"([A-ZÆØÅ][^"\\]*[a-zæøå][^"\\]*)"')
CITIZENS = ("web/citizen/", "meetings/prepare", "meetings/prepared", "meetings/meeting_citizen", "meetings/faces")

ALLOWED = {
    "(behøver ikke udfyldes)": "stands beside every other field, and everybody knows it from other forms",
    "Det er besluttet": "the heading of a board's column; who decided stands on each card",
    "Feedback": "the name of the page that the leaders know it by",
    "Skriv med borgerens egne ord. Det står på, at I har svaret sammen.": "read by the professional who helps",
    "Skrives ned": "what a gap does, beside blocking and warning",
    "Hvad skal gøres?": "nobody has taken the task on yet",
    "Til et andet system (FHIR)": "read by those who move files between systems, who look for that word",
}


def danish(text: str) -> str:
    """The text as it is read: a name where a name will stand."""
    return MARKUP.sub("", PLACEHOLDER.sub("Karla", text))


def strings(messages: Iterable[tuple[str | tuple[str, ...], str | None]]) -> Iterator[str]:
    for message, _ in messages:
        yield from [message] if isinstance(message, str) else message


def remarks(found: Iterable[str], kind: str) -> list[str]:
    return [
        f"{text}: {each.rule} »{each.excerpt[:40]}« {each.reason} {each.suggestion}"
        for text in dict.fromkeys(found)
        if text not in ALLOWED
        for each in check(danish(text), kind=kind, at=DAY).findings
        if each.severity is not Severity.EXPLANATION
    ]


def citizens_templates() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.html") if any(part in str(path) for part in CITIZENS)]


def test_our_pages_are_written_in_plain_danish() -> None:
    """Also what the law demands, as those read it who examine a case."""
    assert remarks(strings(texts()), "page") == []


def test_the_citizens_own_pages_are_as_plain_as_a_letter() -> None:
    templates = citizens_templates()
    assert len(templates) > 10, "looked in the wrong places"
    assert remarks((text for path in templates for text in strings(texts_of(path))), "message") == []


def test_what_stands_on_paper_is_plain() -> None:
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.glob("paper/templates/*.typ")]
    found = [text for source in sources for text in ON_PAPER.findall(source)]
    assert "Det blev vi enige om" in found
    assert remarks((text for text in found if " " in text and text != "IBM Plex Sans"), "message") == []


def test_officialese_would_be_found() -> None:
    assert remarks(["Såfremt feltet ikke udfyldes, kan bestillingen ikke sendes."], "page")
    assert remarks(["%(name)s anmoder om hjælp"], "page")
    assert not remarks(["%(name)s kan se notatet"], "page")


def test_what_is_allowed_is_still_said_and_still_needs_it() -> None:
    said = set(strings(texts())) | set(strings(data_texts()))
    assert set(ALLOWED) <= said
    for text in ALLOWED:
        assert any(check(danish(text), kind=kind, at=DAY).findings for kind in ("page", "message")), text
