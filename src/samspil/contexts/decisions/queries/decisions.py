"""Decisions as they are prepared and read: what is missing, by its cause of remittal; what is answered and granted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import examined, policy, quotes, rules
from samspil.contexts.decisions.enums import (
    Cause,
    DecisionStatus,
    Form,
    GapCode,
    GrantStatus,
    HearingSkip,
    Level,
    NeedOutcome,
    Outcome,
    Step,
)
from samspil.contexts.decisions.models import Decision, Fact
from samspil.contexts.decisions.queries import law
from samspil.contexts.decisions.queries.grants import GrantLine, grant_line
from samspil.contexts.decisions.queries.loading import Whole, draft_of, must_be_heard, titles_of, whole
from samspil.contexts.decisions.quotes import Quote
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class GapView:
    """One thing that is missing. `about` is the need it belongs to, `subject` the step, question, basis or day."""

    key: str
    words: str
    subject: str
    need_id: UUID | None
    about: str
    is_block: bool
    is_set_aside: bool
    may_be_set_aside: bool


@dataclass(frozen=True, slots=True)
class CauseView:
    """One of the causes for which the appeals board remits, and what in this case would give it reason to."""

    name: str
    asks: str
    gaps: tuple[GapView, ...]

    @property
    def is_in_order(self) -> bool:
        return not [gap for gap in self.gaps if not gap.is_set_aside]

    @property
    def is_blocked(self) -> bool:
        return any(gap.is_block and not gap.is_set_aside for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class AnswerView:
    need_id: UUID
    title: str
    basis_cited: str
    basis: str
    outcome: str
    outcome_words: str
    is_less: bool
    cause: str
    cause_words: str
    reasons: str
    about: str
    grants: tuple[GrantLine, ...]

    @property
    def is_adverse(self) -> bool:
        return bool(self.outcome) and rules.is_adverse(NeedOutcome(self.outcome), is_less=self.is_less)


@dataclass(frozen=True, slots=True)
class FactView:
    id: UUID
    text: str
    source: str
    quotes: tuple[Quote, ...]
    must_be_heard: bool
    is_heard: bool


@dataclass(frozen=True, slots=True)
class HearingView:
    asked_on: dt.date | None
    answer_by: dt.date | None
    answered_on: dt.date | None
    answer: str
    skip_words: str
    skip_ground: str
    postponed_words: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    id: UUID
    case_id: UUID
    status: str
    status_words: str
    outcome: str
    outcome_words: str
    needs: tuple[str, ...]
    decided_at: dt.datetime | None
    told_on: dt.date | None
    complain_by: dt.date | None
    replaces_id: UUID | None


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """`causes` is for a draft; a decision that was made has none. `blocks` is how many stand in its way."""

    line: DecisionLine
    form: str
    form_words: str
    involvement: str
    long_view: str
    to_do: str
    contact_id: UUID | None
    contact_name: str
    effective_on: dt.date | None
    decided_by: str
    set_aside: tuple[tuple[str, str], ...]
    answers: tuple[AnswerView, ...]
    facts: tuple[FactView, ...]
    hearing: HearingView | None
    causes: tuple[CauseView, ...]
    told_right_to_reasons: bool
    reasons_asked_on: dt.date | None
    reasons_due_on: dt.date | None
    reasons_given_on: dt.date | None
    may_change: Verdict
    may_tell: Verdict
    may_set_aside: Verdict
    may_ask_for_reasons: Verdict
    may_give_reasons: Verdict

    @property
    def blocks(self) -> int:
        found = {gap.key for cause in self.causes for gap in cause.gaps if gap.is_block and not gap.is_set_aside}
        return len(found)

    @property
    def in_order(self) -> tuple[CauseView, ...]:
        return tuple(cause for cause in self.causes if not cause.gaps)

    @property
    def waits_to_be_heard(self) -> bool:
        return any(fact.must_be_heard and not fact.is_heard for fact in self.facts)


def decisions_of(actor: Actor, case_id: UUID) -> tuple[DecisionLine, ...]:
    """Drafts first, then the newest; without those that were dropped."""
    rows = list(Decision.objects.visible_to(actor).filter(case_id=case_id).exclude(status=DecisionStatus.DROPPED))
    rows.sort(key=lambda row: row.status_since, reverse=True)
    rows.sort(key=lambda row: row.status != DecisionStatus.DRAFT)
    titles = titles_of([row.id for row in rows])
    return tuple(_line(row, titles[row.id]) for row in rows)


def decision(actor: Actor, decision_id: UUID, *, at: dt.datetime) -> DecisionPage:
    """Raises Decision.DoesNotExist for those who do not see it."""
    row = Decision.objects.visible_to(actor).select_related("contact").get(id=decision_id)
    found = whole(row)
    is_draft = row.status == DecisionStatus.DRAFT
    until = law.due_on("ask_reasons", from_on=row.told_on, at=at) if row.told_on else None
    return DecisionPage(
        line=_line(row, [one.need.title for _, one in found.answers]),
        form=row.form,
        form_words=str(Form(row.form).label),
        involvement=row.involvement,
        long_view=row.long_view,
        to_do=row.to_do,
        contact_id=row.contact_id,
        contact_name=row.contact.name if row.contact else "",
        effective_on=row.effective_on,
        decided_by=", ".join(filter(None, [row.decided_by_name, row.decided_by_title.lower()])),
        set_aside=tuple((one["by"], one["words"]) for one in row.set_aside),
        answers=_answers(found, at, actor.on),
        facts=tuple(_fact(fact) for fact in found.facts),
        hearing=_hearing(found),
        causes=_causes(found, actor=actor, at=at) if is_draft else (),
        told_right_to_reasons=row.told_right_to_reasons,
        reasons_asked_on=row.reasons_asked_on,
        reasons_due_on=row.reasons_due_on,
        reasons_given_on=row.reasons_given_on,
        may_change=policy.may_change_draft(actor, row),
        may_tell=policy.may_tell(actor, row),
        may_set_aside=policy.may_set_aside(actor, row),
        may_ask_for_reasons=policy.may_ask_for_reasons(actor, row, on=actor.on, until=until),
        may_give_reasons=policy.may_give_reasons(actor, row),
    )


def hearing_due(actor: Actor) -> dt.date:
    """The last day for an answer that is asked for today, when nothing else is agreed."""
    return law.due_on("hearing", from_on=actor.on, at=actor.on, municipality=actor.municipality)


def _line(row: Decision, titles: Sequence[str]) -> DecisionLine:
    return DecisionLine(
        id=row.id,
        case_id=row.case_id,
        status=row.status,
        status_words=str(DecisionStatus(row.status).label),
        outcome=row.outcome,
        outcome_words=str(Outcome(row.outcome).label) if row.outcome else "",
        needs=tuple(titles),
        decided_at=row.decided_at,
        told_on=row.told_on,
        complain_by=row.complain_by,
        replaces_id=row.replaces_id,
    )


def _answers(found: Whole, at: dt.datetime, on: dt.date) -> tuple[AnswerView, ...]:
    bases = law.bases_at(found.decision.decided_at or at)
    return tuple(
        AnswerView(
            need_id=one.need.id,
            title=one.need.title,
            basis_cited=bases[one.need.basis].cited if one.need.basis in bases else "",
            basis=one.need.basis,
            outcome=answer.outcome,
            outcome_words=str(NeedOutcome(answer.outcome).label) if answer.outcome else "",
            is_less=answer.is_less,
            cause=answer.cause,
            cause_words=str(Cause(answer.cause).label) if answer.cause else "",
            reasons=answer.reasons,
            about=f"{one.need.about_grant.service}, {one.need.about_grant.extent}" if one.need.about_grant else "",
            grants=tuple(
                grant_line(grant, bases, on)
                for grant in found.grants_for(one.need.id)
                if grant.status != GrantStatus.REPLACED
            ),
        )
        for answer, one in found.answers
    )


def _fact(fact: Fact) -> FactView:
    return FactView(
        id=fact.id,
        text=fact.text,
        source=fact.source,
        quotes=quotes.read(fact.quotes),
        must_be_heard=must_be_heard(fact),
        is_heard=fact.heard_at is not None,
    )


def _hearing(found: Whole) -> HearingView | None:
    row = found.hearing
    if row is None:
        return None
    return HearingView(
        asked_on=row.asked_on,
        answer_by=row.answer_by,
        answered_on=row.answered_on,
        answer=row.answer,
        skip_words=row.skip_words,
        skip_ground=str(HearingSkip(row.skip).label) if row.skip else "",
        postponed_words=row.postponed_words,
    )


def _causes(found: Whole, *, actor: Actor, at: dt.datetime) -> tuple[CauseView, ...]:
    """The published causes with this draft's gaps; a gap under several stands under the first, the rest last."""
    gaps = examined.gaps(draft_of(found, actor=actor, at=at), law.rule_table(at))
    aside = {one["key"] for one in found.decision.set_aside}
    views = [(gap.rule, _gap(gap, found, aside, at)) for gap in gaps]
    causes, told = [], set()
    for cause in catalogue.remittal_causes(at=at):
        mine = [view for rule, view in views if rule in cause.rules and view.key not in told]
        told |= {view.key for view in mine}
        causes.append(CauseView(cause.name, cause.ask, tuple(mine)))
    rest = tuple(view for _, view in views if view.key not in told)
    return (*causes, CauseView("", "", rest)) if rest else tuple(causes)


def _gap(gap: examined.Gap, found: Whole, aside: set[str], at: dt.datetime) -> GapView:
    title = next((one.need.title for _, one in found.answers if one.need.id == gap.need_id), "")
    return GapView(
        key=gap.key,
        words=str(GapCode(gap.code).label),
        subject=_subject(gap, at),
        need_id=gap.need_id,
        about=title,
        is_block=gap.level == Level.BLOCK,
        is_set_aside=gap.may_be_set_aside and gap.key in aside,
        may_be_set_aside=gap.may_be_set_aside,
    )


def _subject(gap: examined.Gap, at: dt.datetime) -> str:
    """In words: the name of a step, a question of the basis, a basis as it is cited, or the day in ISO form."""
    if gap.code == GapCode.STEP_OPEN:
        return str(Step(gap.subject).label)
    bases = law.bases_at(at)
    if gap.code == GapCode.CRITERION_OPEN:
        return next((one.ask for basis in bases.values() for one in basis.criteria if one.id == gap.subject), "")
    return bases[gap.subject].cited if gap.subject in bases else gap.subject
