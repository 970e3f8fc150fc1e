"""What others have said, as the citizen is asked about it before a decision; also for whoever acts for the citizen."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.decisions import policy, quotes
from samspil.contexts.decisions.enums import DecisionStatus
from samspil.contexts.decisions.models import Fact, Hearing
from samspil.contexts.decisions.queries.loading import titles_of
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class HeardFact:
    """`quotes` are words of the notes that it stands in."""

    source: str
    text: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HearingLine:
    """One that waits: `answer_by` is the day asked for, and `is_answered` says whether anything was said."""

    id: UUID
    about: tuple[str, ...]
    answer_by: dt.date
    is_answered: bool


@dataclass(frozen=True, slots=True)
class HearingForCitizen:
    id: UUID
    case_id: UUID
    about: tuple[str, ...]
    answer_by: dt.date
    facts: tuple[HeardFact, ...]
    answer: str
    may_answer: Verdict


def hearings_in(actor: Actor, case_id: UUID) -> tuple[HearingLine, ...]:
    """Those that are not decided upon yet, the one that ends first on top."""
    rows = Hearing.objects.visible_to(actor).filter(
        case_id=case_id, decision__status=DecisionStatus.DRAFT, asked_on__isnull=False
    )
    found = list(rows.select_related("case__citizen").order_by("answer_by", "id"))
    titles = titles_of([row.decision_id for row in found])
    return tuple(
        HearingLine(
            id=row.id,
            about=tuple(map(cases.words_for(actor, row.case), titles[row.decision_id])),
            answer_by=row.answer_by,
            is_answered=row.answered_on is not None,
        )
        for row in found
    )


def hearing_for_citizen(actor: Actor, hearing_id: UUID) -> HearingForCitizen:
    """Raises Hearing.DoesNotExist before the citizen was asked, and for everybody else."""
    rows = Hearing.objects.visible_to(actor).select_related("decision", "case__citizen")
    row = rows.get(id=hearing_id, asked_on__isnull=False)
    hide = cases.words_for(actor, row.case)
    facts = Fact.objects.visible_to(actor).filter(decision=row.decision, heard_at__isnull=False).order_by("id")
    return HearingForCitizen(
        id=row.id,
        case_id=row.case_id,
        about=tuple(map(hide, titles_of([row.decision_id])[row.decision_id])),
        answer_by=row.answer_by,
        facts=tuple(
            HeardFact(hide(one.source), hide(one.text), tuple(hide(quote.text) for quote in quotes.read(one.quotes)))
            for one in facts
        ),
        answer=hide(row.answer),
        may_answer=policy.may_answer_hearing(actor, row.decision),
    )
