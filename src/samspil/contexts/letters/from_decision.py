"""From a decision to the facts of its letter: which of its words go where. It adds nothing of its own."""

import datetime as dt
from collections.abc import Iterable

from samspil.contexts.access import api as access
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import DecisionForLetter, GrantForLetter, NeedForLetter, NeedOutcome, Outcome, Quote
from samspil.contexts.letters.enums import LetterRefusal
from samspil.contexts.letters.facts import Answered, Basis, Drawn, LetterFacts, Sender, Step
from samspil.kernel import clock
from samspil.kernel.danish_dates import long_date_year
from samspil.kernel.day_counting import Unit
from samspil.kernel.text import and_list
from samspil.kernel.verdict import Refused

_OF_OUTCOME = {
    Outcome.FULL: NeedOutcome.GRANTED,
    Outcome.PARTIAL: NeedOutcome.PARTLY,
    Outcome.REFUSAL: NeedOutcome.REFUSED,
    Outcome.CHANGE: NeedOutcome.CHANGED,
    Outcome.END: NeedOutcome.ENDED,
}
_NOTHING_TO_DO = "du skal ikke gøre noget"


def facts_of(decision: DecisionForLetter, case: cases.CaseFacts) -> LetterFacts:
    """Refused when a need was decided under a legal basis that does not hold on the day."""
    needs = _main_first(decision)
    bases = _bases(needs)
    decided_on = clock.day_of(decision.decided_at)
    starts_on = min((grant.starts_on for grant in decision.grants), default=decision.effective_on)
    is_end = decision.outcome == Outcome.END
    return LetterFacts(
        decision_id=decision.id,
        bases=bases,
        result=decision.outcome.value,
        decided_on=decided_on,
        citizen_name=case.name,
        case_number=case.number,
        sender=_sender(decision, case),
        help=_help(decision),
        asked_for=and_list([_lowered(need.title) for need in needs]),
        starts_on=None if is_end else starts_on,
        ends_on=_last_day(decision),
        follow_up_on=min((one.follow_up_on for one in decision.grants if one.follow_up_on), default=None),
        purposes=tuple(Drawn(text) for grant in decision.grants for text in (grant.purpose, grant.goals) if text),
        gets=tuple(_help_line(one) for one in decision.grants),
        before=tuple(_help_line(need.about) for need in needs if need.about is not None and _is_of_running(need)),
        facts=tuple(_weighed(decision, needs)),
        considerations=tuple(Drawn(line) for need in needs for line in _lines(need.reasons)),
        said=_said(decision),
        steps=_steps(decision.to_do),
        is_transition=any(_is_transition(need, decided_on) for need in needs),
        reopens=decision.hearing is not None and decision.hearing.skip == decisions.HearingSkip.AFTERWARDS,
    )


def _main_first(decision: DecisionForLetter) -> tuple[NeedForLetter, ...]:
    """The need that the whole decision is named after comes first: it chooses the template."""
    wanted = _OF_OUTCOME[decision.outcome]
    return tuple(sorted(decision.needs, key=lambda need: need.outcome != wanted))


def _bases(needs: Iterable[NeedForLetter]) -> tuple[Basis, ...]:
    found: dict[str, Basis] = {}
    for need in needs:
        if need.basis is None:
            raise Refused(LetterRefusal.BASIS_EXPIRED)
        found.setdefault(need.basis.key, basis_of(need.basis, about=_lowered(need.title)))
    return tuple(found.values())


def basis_of(basis: catalogue.LegalBasis, *, about: str) -> Basis:
    """A legal basis as a letter tells of it. `about` is what was decided under it."""
    notice = basis.notice if basis.notice_is_law else None
    return Basis(
        key=basis.key,
        rule=f"Efter {basis.cited} kan man få: {_lowered(basis.gives)}",
        about=about,
        is_appealable=basis.is_appealable,
        needs_purpose="purpose" in basis.needs,
        needs_contact="contact" in basis.needs,
        notice_weeks=notice.count if notice is not None and notice.unit == Unit.WEEKS else 0,
    )


def _sender(decision: DecisionForLetter, case: cases.CaseFacts) -> Sender:
    """The contact named in the decision, else the one who coordinates the case."""
    home = access.Organisation.objects.get(municipality_code=decision.municipality)
    if decision.contact is not None:
        one = decision.contact
        return Sender(one.name, one.title, one.phone, one.phone_hours, home.name)
    phone, hours = case.coordinator_phone, case.coordinator_hours
    return Sender(case.coordinator_name, case.coordinator_title, phone, hours, home.name)


def _help(decision: DecisionForLetter) -> str:
    """What one grant is called; the template's own name when there are several or none."""
    if len(decision.grants) != 1:
        return ""
    return _lowered(decision.grants[0].service)


def _help_line(grant: GrantForLetter) -> Drawn:
    return Drawn(": ".join(filter(None, [grant.service, grant.extent])))


def _is_of_running(need: NeedForLetter) -> bool:
    """Help that ran is another now, or no more: its reader compares, and must see both."""
    return need.is_less or need.outcome in {NeedOutcome.CHANGED, NeedOutcome.ENDED}


def _last_day(decision: DecisionForLetter) -> dt.date | None:
    if decision.outcome == Outcome.END:
        return decision.effective_on - dt.timedelta(days=1) if decision.effective_on else None
    ends = [grant.ends_on for grant in decision.grants]
    return max((day for day in ends if day), default=None) if None not in ends else None


def _weighed(decision: DecisionForLetter, needs: Iterable[NeedForLetter]) -> Iterable[Drawn]:
    """Facts first, then what was found about each criterion; what a note says stands as a quotation from it."""
    seen: set[str] = set()
    for fact in decision.facts:
        rows = [Drawn(fact.text, fact.source)] if fact.text else [_quoted(quote) for quote in fact.quotes]
        yield from _new(rows, seen)
    for need in needs:
        if not (need.is_adverse or need.outcome == NeedOutcome.CHANGED):
            continue
        for criterion in need.criteria:
            rows = [Drawn(criterion.words)] if criterion.words else []
            yield from _new([*rows, *(_quoted(one) for one in criterion.quotes if not one.is_citizens)], seen)


def _new(rows: Iterable[Drawn], seen: set[str]) -> Iterable[Drawn]:
    for row in rows:
        if row.text not in seen:
            seen.add(row.text)
            yield row


def _quoted(quote: Quote) -> Drawn:
    return Drawn(f"“{quote.text}”", _source(quote))


def _source(quote: Quote) -> str:
    return f"{quote.by}, {long_date_year(quote.on)}"


def _said(decision: DecisionForLetter) -> tuple[Answered, ...]:
    """The citizen's own words, and the answer in the hearing; our answers are written in the letter."""
    said = [Answered(quote.text, "", _source(quote)) for quote in decision.citizen_said]
    if decision.hearing is not None and decision.hearing.answer:
        said.append(Answered(decision.hearing.answer))
    return tuple(said)


def _steps(to_do: str) -> tuple[Step, ...]:
    return tuple(Step(line) for line in _lines(to_do) if _NOTHING_TO_DO not in line.lower())


def _is_transition(need: NeedForLetter, on: dt.date) -> bool:
    """Whether the running help was given under an act that ends, so that its ending cannot be complained about."""
    about = need.about
    if about is None or about.basis is None or need.basis is None or about.basis.key == need.basis.key:
        return False
    found = catalogue.transition_of(about.basis.key, decided_on=about.starts_on, at=on)
    return found is not None and not found.ending_is_appealable and need.basis.key in found.to_bases


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
