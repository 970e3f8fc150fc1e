"""The answer on paper: what was asked, what is given, what is covered and why, and then the documents themselves."""

import datetime as dt
from collections.abc import Iterable, Sequence

from samspil.contexts.access import api as access
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.disclosure import rules
from samspil.contexts.disclosure.enums import Outcome, PaperKind, Wanted
from samspil.contexts.disclosure.models import FileRequest
from samspil.contexts.disclosure.queries.documents import BY, LABEL, TITLE, Document
from samspil.contexts.disclosure.queries.requests import complaint_rule, sheltered
from samspil.contexts.disclosure.rules import Cover
from samspil.kernel import clock
from samspil.kernel.danish_dates import long_date_year
from samspil.paper.pdf import make_pdf

ANSWERS = {
    Outcome.FULL: "Du får alt det, du har bedt om at se.",
    Outcome.PARTIAL: "Du får det meste. Noget er dækket eller ikke med. Her kan du læse hvorfor.",
    Outcome.REFUSED: "Du får det ikke at se. Her kan du læse hvorfor.",
}
"""Records are Danish, whatever language their reader has."""


def draw(
    row: FileRequest,
    chosen: Sequence[Document],
    covers: Sequence[Cover],
    *,
    outcome: Outcome,
    reasons: str,
    by_name: str,
    at: dt.datetime,
) -> bytes:
    """The frozen answer. What is covered is not in it: not in the text, and not in what the text is made from."""
    day = clock.day_of(at)
    title = str(PaperKind.EXTRACT.label)
    data = {
        "sender": access.municipality_name(row.municipality) or "",
        "asker": row.asker_name,
        "day": long_date_year(day, "da"),
        "case": f"Sag {row.case.number}",
        "received": long_date_year(row.received_on, "da"),
        "wants": rules.without_cpr(_wants(row)),
        "answer": ANSWERS[outcome],
        "reasons": rules.without_cpr(reasons),
        "kept_back": _kept_back(covers, on=day),
        "guidance": "" if outcome == Outcome.FULL else complaint_rule(row, at=day).citizen_text,
        "by": by_name,
        "documents": [_readable(one, [*covers, *sheltered(row.case.citizen, also_unprotected=True)]) for one in chosen],
    }
    return make_pdf("extract", data, title=title, at=at)


def _readable(document: Document, covers: Iterable[Cover]) -> dict[str, object]:
    line = document.line

    def text_of(part: str, text: str) -> str:
        return rules.covered(text, [cover for cover in covers if cover.reaches(line.key, part)])

    return {
        "title": text_of(TITLE, line.title),
        "kind": line.kind_words,
        "day": long_date_year(line.on, "da"),
        "by": text_of(BY, line.by),
        "parts": [{"label": text_of(LABEL, one.label), "text": text_of(one.key, one.text)} for one in document.parts],
    }


def _kept_back(covers: Iterable[Cover], *, on: dt.date) -> list[dict[str, str]]:
    """Each reason once, in the order of the law."""
    used = {cover.reason for cover in covers}
    found = (one for one in catalogue.exemptions(at=on) if one.key in used)
    return [{"name": one.name, "text": one.citizen_text, "source": one.about.source} for one in found]


def _wants(row: FileRequest) -> str:
    if row.wanted == Wanted.SINCE and row.since_on is not None:
        return f"alt fra {long_date_year(row.since_on, 'da')}. {row.words}".strip()
    return row.words or "det hele"
