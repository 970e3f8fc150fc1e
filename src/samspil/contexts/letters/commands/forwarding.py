"""A complaint goes on to the appeals board: its papers are gathered and frozen, and the citizen gets a letter."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, system_actor
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import Complaint, ComplaintForwarded, Reassessment
from samspil.contexts.letters import packing
from samspil.contexts.letters.commands.noticing import write_notice
from samspil.contexts.letters.commands.sending import send
from samspil.contexts.letters.enums import DocumentKind, LetterKind, LetterStatus
from samspil.contexts.letters.models import ForwardedPackage, Letter, LetterDocument
from samspil.contexts.letters.queries.letters import usual_channel
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.danish_dates import long_date_year
from samspil.kernel.verdict import Refused
from samspil.paper.pdf import make_pdf

BOARD = "Ankestyrelsen"


def gather(event: ComplaintForwarded) -> None:
    """The package as the case stands at this moment, and the letter that says it was sent: it leaves today."""
    complaint = Complaint.objects.select_related("decision", "case__citizen").get(id=event.complaint_id)
    _freeze(complaint, event.at)
    write_notice(
        event.at,
        event.case_id,
        LetterKind.SENT_ON,
        subject_id=complaint.id,
        occasion_on=clock.day_of(event.at),
        leaves_on=clock.day_of(event.at),
        received_on=complaint.received_on,
    )


@transaction.atomic
def tell_of_forwarding(*, actor: Actor, at: dt.datetime, complaint_id: UUID) -> bool:
    """Send the letter the same moment. False when it cannot leave as it stands: then it waits in the case."""
    rows = Letter.objects.visible_to(actor).filter(
        kind=LetterKind.SENT_ON, subject_id=complaint_id, status=LetterStatus.DRAFT
    )
    letter = rows.select_for_update(of=("self",)).select_related("case__citizen").first()
    if letter is None:
        return False
    try:
        with transaction.atomic():
            send(actor, at, letter, channel=usual_channel(letter.case.citizen_id), seen=letter.version)
    except Refused:
        return False
    return True


def _freeze(complaint: Complaint, at: dt.datetime) -> None:
    case = complaint.case
    home = access.Organisation.objects.get(municipality_code=case.municipality)
    actor = system_actor(clock.day_of(at), municipality=case.municipality)
    ids = [one for one in (complaint.decision_id, complaint.new_decision_id) if one]
    made = [decisions.decision_for_letter(actor, one) for one in ids]
    parts = packing.sections(_complained(complaint), made, _letters(ids), _notes(case.id))
    headline = f"Klage fra {case.citizen}"
    data = {
        "sender": home.name,
        "to": BOARD,
        "about": headline,
        "headline": headline,
        "day": long_date_year(clock.day_of(at)),
        "case": f"Sag {case.number}",
        "first": [f"{home.name} sender klagen videre med kommunens vurdering og sagens papirer."],
        "sections": parts,
    }
    pdf = make_pdf("package", data, title=headline, at=at)
    package = ForwardedPackage.objects.create(
        municipality=case.municipality,
        case=case,
        complaint_id=complaint.id,
        parts=[part["heading"][:200] for part in parts],
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        made_at=at,
    )
    access.record(
        actor=actor,
        at=at,
        kind="complaint.packed",
        case_id=case.id,
        subject="forwarded_package",
        subject_id=package.id,
        municipality=case.municipality,
        data={"complaint": str(complaint.id), "sha256": package.sha256, "parts": len(parts)},
    )


def _complained(row: Complaint) -> packing.Complained:
    return packing.Complained(
        received_on=row.received_on,
        channel=str(decisions.Channel(row.channel).label),
        from_name=row.from_name,
        written_by=row.written_by_name,
        words=row.words,
        is_late=row.is_late,
        complain_by=row.decision.complain_by,
        answer=str(Reassessment(row.reassessment).label) if row.reassessment else "",
        answer_words=row.reassessment_words,
        answered_on=row.reassessed_on,
        answered_by=row.reassessed_by_name,
    )


def _letters(decision_ids: Iterable[UUID]) -> list[packing.SentLetter]:
    """What was sent about the decisions, oldest first."""
    rows = LetterDocument.objects.filter(letter__decision_id__in=decision_ids, kind=DocumentKind.LETTER)
    return [
        packing.SentLetter(clock.day_of(row.made_at), row.letter.content, row.sha256)
        for row in rows.defer("pdf").select_related("letter").order_by("made_at", "id")
    ]


def _notes(case_id: UUID) -> list[packing.WrittenNote]:
    """All that was written and not taken back, each in its last wording; also what the citizen does not see."""
    segments = notes.Segment.objects.newest().filter(case_id=case_id, note__withdrawn_at__isnull=True)
    by_note: dict[UUID, list[notes.Segment]] = {}
    for segment in segments.select_related("note").order_by("note__happened_at", "note_id", "order"):
        by_note.setdefault(segment.note_id, []).append(segment)
    return [
        packing.WrittenNote(
            on=clock.day_of(rows[0].note.happened_at),
            by=rows[0].note.author_name,
            title=rows[0].note.title,
            segments=tuple((str(notes.SegmentKind(row.kind).label), row.text) for row in rows),
        )
        for rows in by_note.values()
    ]
