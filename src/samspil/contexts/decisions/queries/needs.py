"""Needs as they are looked through: the list of a case, and one need with its funnel, criteria and neighbours."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import policy, quotes, rules
from samspil.contexts.decisions.enums import (
    Channel,
    CriterionFinding,
    DecisionStatus,
    NeedOutcome,
    NeedStatus,
    Step,
    StepFinding,
)
from samspil.contexts.decisions.models import Coverage, DecidedNeed, Need
from samspil.contexts.decisions.queries import law
from samspil.contexts.decisions.queries.loading import Examined, examined
from samspil.contexts.decisions.quotes import Quote
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of the funnel. `is_wanted` is False for those behind one that covers the need."""

    step: str
    name: str
    is_wanted: bool
    finding: str
    finding_words: str
    words: str
    quotes: tuple[Quote, ...]
    by: str

    @property
    def is_answered(self) -> bool:
        return bool(self.finding)


@dataclass(frozen=True, slots=True)
class CriterionView:
    key: str
    asks: str
    finding: str
    finding_words: str
    words: str
    quotes: tuple[Quote, ...]
    by: str

    @property
    def slug(self) -> str:
        """The part of the key behind its legal basis."""
        return self.key.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class NeighbourView:
    """Another legal basis and the question that tells it apart; `is_first` when it must be assessed before."""

    key: str
    cited: str
    name: str
    asks: str
    is_first: bool
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class NeedLine:
    """`left` is how much of the funnel, the criteria and the neighbours waits for an answer."""

    id: UUID
    case_id: UUID
    title: str
    asked_on: dt.date
    due_on: dt.date
    channel_words: str
    status: str
    status_words: str
    basis_words: str
    done: int
    left: int
    decision_id: UUID | None
    decision_status: str
    outcome_words: str
    about: str

    @property
    def is_ready(self) -> bool:
        """Free to be decided on: nothing has been begun."""
        return self.status == NeedStatus.OPEN and self.decision_id is None


@dataclass(frozen=True, slots=True)
class NeedPage:
    line: NeedLine
    citizen_words: tuple[Quote, ...]
    end_words: str
    steps: tuple[StepView, ...]
    basis: str
    basis_cited: str
    basis_name: str
    criteria: tuple[CriterionView, ...]
    neighbours: tuple[NeighbourView, ...]
    may_change: Verdict
    may_withdraw: Verdict
    may_reopen: Verdict

    @property
    def covered_by(self) -> StepView | None:
        return next((one for one in self.steps if one.finding == StepFinding.COVERS), None)

    @property
    def are_weighed(self) -> bool:
        """Whether something is written about each of the neighbouring sections."""
        return all(near.words for near in self.neighbours)


@dataclass(frozen=True, slots=True)
class CoverageView:
    """Which act was found, the questions with the answers, and why. `law` is empty until it is assessed."""

    law: str
    words: str
    yes: tuple[str, ...]
    by: str
    on: dt.datetime | None
    questions: tuple[catalogue.ScopeQuestion, ...]


def needs_of(actor: Actor, case_id: UUID, *, at: dt.datetime) -> tuple[NeedLine, ...]:
    """Open ones first, the one asked for longest ago on top."""
    rows = list(Need.objects.visible_to(actor).filter(case_id=case_id).select_related("about_grant"))
    rows.sort(key=lambda row: (row.status != NeedStatus.OPEN, row.asked_on, row.id))
    return tuple(line for line, _ in _lines(rows, at))


def need(actor: Actor, need_id: UUID, *, at: dt.datetime) -> NeedPage:
    """Raises Need.DoesNotExist for those who do not see it."""
    row = Need.objects.visible_to(actor).select_related("about_grant").get(id=need_id)
    line, one = _lines([row], at)[0]
    basis = law.bases_at(at).get(row.basis)
    return NeedPage(
        line=line,
        citizen_words=quotes.read(row.citizen_words),
        end_words=row.end_words,
        steps=_steps(one),
        basis=row.basis,
        basis_cited=basis.cited if basis else "",
        basis_name=basis.name if basis else "",
        criteria=_criteria(one, basis),
        neighbours=_neighbours(one, basis, at),
        may_change=policy.may_change_need(actor, row.status),
        may_withdraw=policy.may_move_need(actor, row, "withdraw"),
        may_reopen=policy.may_move_need(actor, row, "reopen"),
    )


def coverage(actor: Actor, case_id: UUID, *, at: dt.datetime) -> CoverageView:
    row = Coverage.objects.visible_to(actor).filter(case_id=case_id).order_by("-assessed_at", "-id").first()
    questions = catalogue.scope_questions(at=at)
    if row is None:
        return CoverageView("", "", (), "", None, questions)
    return CoverageView(row.law, row.words, tuple(row.yes), row.assessed_by_name, row.assessed_at, questions)


def bases_for(actor: Actor, case_id: UUID, *, at: dt.datetime) -> tuple[catalogue.LegalBasis, ...]:
    """The legal bases that a need in this case can be held against: those of its area and of the act found."""
    area = cases.case_facts(actor, case_id).area
    side = coverage(actor, case_id, at=at).law
    found = catalogue.legal_bases_for(area, at=at, side=catalogue.Law(side) if side else None)
    return tuple(one for one in found if one.is_decided)


def may_raise(actor: Actor, case_status: str) -> Verdict:
    return policy.may_examine(actor, case_status)


def _lines(rows: list[Need], at: dt.datetime) -> list[tuple[NeedLine, Examined]]:
    found = examined(rows)
    live = DecidedNeed.objects.filter(need_id__in=list(found), is_live=True).select_related("decision")
    answers = {row.need_id: row for row in live}
    bases = law.bases_at(at)
    return [(_line(row, found[row.id], answers.get(row.id), bases.get(row.basis), at), found[row.id]) for row in rows]


def _line(
    row: Need, one: Examined, answer: DecidedNeed | None, basis: catalogue.LegalBasis | None, at: dt.datetime
) -> NeedLine:
    left, done = _left(one, basis), len(one.steps) + len(one.criteria) + len(one.delimitations)
    about = row.basis if basis else ""
    is_made = answer is not None and answer.decision.status != DecisionStatus.DRAFT
    return NeedLine(
        id=row.id,
        case_id=row.case_id,
        title=row.title,
        asked_on=row.asked_on,
        due_on=law.due_on("decide", from_on=row.asked_on, at=at, about=about, municipality=row.municipality),
        channel_words=str(Channel(row.channel).label),
        status=row.status,
        status_words=str(NeedStatus(row.status).label),
        basis_words=basis.cited if basis else "",
        done=done,
        left=left,
        decision_id=answer.decision_id if answer else None,
        decision_status=answer.decision.status if answer else "",
        outcome_words=str(NeedOutcome(answer.outcome).label) if answer and is_made else "",
        about=row.about_grant.service if row.about_grant else "",
    )


def _left(one: Examined, basis: catalogue.LegalBasis | None) -> int:
    steps = len(rules.open_steps(findings(one)))
    if basis is None:
        return steps + 1
    criteria = sum(1 for asked in basis.criteria if asked.id not in one.criteria)
    wanted = {*basis.first, *(near.key for near in basis.neighbours)}
    return steps + criteria + len(wanted - one.delimitations.keys())


def findings(one: Examined) -> dict[Step, StepFinding]:
    return {Step(key): StepFinding(row.finding) for key, row in one.steps.items()}


def _steps(one: Examined) -> tuple[StepView, ...]:
    wanted = rules.wanted_steps(findings(one))
    views = []
    for step in rules.FUNNEL:
        row = one.steps.get(step)
        views.append(
            StepView(
                step=step.value,
                name=str(step.label),
                is_wanted=step in wanted,
                finding=row.finding if row else "",
                finding_words=str(StepFinding(row.finding).label) if row else "",
                words=row.words if row else "",
                quotes=quotes.read(row.quotes) if row else (),
                by=row.answered_by_name if row else "",
            )
        )
    return tuple(views)


def _criteria(one: Examined, basis: catalogue.LegalBasis | None) -> tuple[CriterionView, ...]:
    views = []
    for asked in basis.criteria if basis else ():
        row = one.criteria.get(asked.id)
        views.append(
            CriterionView(
                key=asked.id,
                asks=asked.ask,
                finding=row.finding if row else "",
                finding_words=str(CriterionFinding(row.finding).label) if row else "",
                words=row.words if row else "",
                quotes=quotes.read(row.quotes) if row else (),
                by=row.answered_by_name if row else "",
            )
        )
    return tuple(views)


def _neighbours(one: Examined, basis: catalogue.LegalBasis | None, at: dt.datetime) -> tuple[NeighbourView, ...]:
    """Those to be assessed first on top; one that holds no more on the day needs no answer."""
    if basis is None:
        return ()
    bases = law.bases_at(at)
    asks = {near.key: near.ask for near in basis.neighbours}
    keys = list(dict.fromkeys([*basis.first, *asks]))
    views = []
    for key in keys:
        if key not in bases:
            continue
        row = one.delimitations.get(key)
        views.append(
            NeighbourView(
                key=key,
                cited=bases[key].cited,
                name=bases[key].name,
                asks=asks.get(key, ""),
                is_first=key in basis.first,
                words=row.words if row else "",
                by=row.answered_by_name if row else "",
            )
        )
    return tuple(views)
