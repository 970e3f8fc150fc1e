"""A letter before klartjek: what keeps it from leaving, and what would make it easier to read."""

import datetime as dt
from dataclasses import dataclass

from samspil import klartjek
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.letters import content
from samspil.contexts.letters.content import Kept
from samspil.contexts.letters.enums import Appeal, Result
from samspil.contexts.letters.facts import LetterFacts
from samspil.contexts.letters.notices import NoticeFacts

CONTACT = "Kontakt"
_OUTCOMES = {
    Result.FULL: klartjek.Outcome.GRANT,
    Result.PARTIAL: klartjek.Outcome.PARTIAL,
    Result.REFUSAL: klartjek.Outcome.REFUSAL,
    Result.CHANGE: klartjek.Outcome.CHANGE,
    Result.END: klartjek.Outcome.END,
}


def report(
    kept: Kept, facts: LetterFacts | NoticeFacts, *, on: dt.date, municipality: int | None = None
) -> klartjek.Report:
    """What klartjek says of the Danish letter as it stands, with what the municipality has added to it. A notice
    decides nothing, and has no seven parts."""
    own = catalogue.own_words(municipality)
    if isinstance(facts, NoticeFacts):
        return klartjek.check(text(kept), kind="message", at=on, overlays=own)
    return klartjek.check(
        text(kept),
        kind="letter",
        at=on,
        overlays=own,
        outcome=_OUTCOMES[Result(facts.result)],
        appealable=facts.appeal != Appeal.NO,
    )


def text(kept: Kept) -> str:
    return content.plain_text(kept, CONTACT)


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that would make the letter easier, or that keeps it here (`stops`)."""

    excerpt: str
    reason: str
    suggestion: str
    source: str
    stops: bool


def advice(found: klartjek.Report) -> tuple[Advice, ...]:
    """All that stops the letter, then the few suggestions that help most."""
    stopping = [one for one in found.findings if one.severity is klartjek.Severity.ERROR]
    chosen = stopping or list(found.shown())
    return tuple(
        Advice(one.excerpt, one.reason, one.suggestion, one.source, one.severity is klartjek.Severity.ERROR)
        for one in chosen
    )
