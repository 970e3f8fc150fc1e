"""A sent status note on paper, and as a document for other systems."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from samspil.contexts.orders.api import PartView, Recommendation, StatusNoteView
from samspil.kernel import clock
from samspil.kernel.danish_dates import long_date_year
from samspil.kernel.text import and_list, first_name
from samspil.paper.pdf import make_pdf


def heading_of(part: PartView) -> str:
    """A part without a goal or theme of its own says what it is."""
    if part.heading:
        return part.heading
    return _("Bemærkninger") if part.kind == "remarks" else _("Andre ændringer")


def status_pdf(note: StatusNoteView) -> HttpResponse:
    """The status note as an accessible PDF, in Danish as it was written. 404 for a draft."""
    if note.line.sent_at is None:
        raise Http404
    with translation.override("da"):
        title = f"Statusnotat for {note.line.citizen_name}"
        pdf = make_pdf("status", _data(note), title=title, at=note.line.sent_at)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="statusnotat-{note.line.sent_at:%Y-%m-%d}.pdf"'
    return answer


def _data(note: StatusNoteView) -> dict[str, Any]:
    line = note.line
    return {
        "citizen": line.citizen_name,
        "provider": line.provider_name,
        "author": line.written_by_name,
        "sent_on": _long(line.sent_at),
        "drawn_from": _long(line.drawn_from),
        "drawn_until": _long(line.drawn_until),
        "share": line.share,
        "parts": [_part(part) for part in note.parts if part.text.strip()],
        "proposals": [{"title": goal.title, "words": goal.citizen_words} for goal in note.proposals],
        "recommended": _choice(line.recommendation),
        "recommendation_words": note.recommendation_words,
        "decided": _choice(line.decision),
        "decision_words": note.decision_words,
        "citizen_said": f"{note.citizen_first_name}: {note.citizen_said.lower()}." if note.citizen_said else "",
        "decided_by": note.decided_by_name,
        "decided_on": _long(line.decided_at),
    }


def _choice(value: str) -> str:
    return str(Recommendation(value).label) if value else ""


def _part(part: PartView) -> dict[str, Any]:
    return {
        "heading": heading_of(part),
        "words": part.goal.citizen_words if part.goal else "",
        "lines": [
            {
                "text": line.text,
                "source": and_list(list(dict.fromkeys(first_name(one.author_name) for one in line.sources))),
            }
            for line in part.lines
        ],
    }


def _long(moment: Any) -> str:
    return long_date_year(clock.day_of(moment)) if moment else ""
