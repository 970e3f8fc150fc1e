"""Draw a letter from a decision, change its words, throw a draft away, begin the letter that replaces another."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from samspil import klartjek
from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.decisions import api as decisions
from samspil.contexts.letters import clarity, content, policy, rules, wording
from samspil.contexts.letters.composing import compose
from samspil.contexts.letters.enums import Channel, LetterKind, LetterRefusal, LetterStatus
from samspil.contexts.letters.facts import LetterFacts, facts_from
from samspil.contexts.letters.from_decision import facts_of
from samspil.contexts.letters.models import Letter
from samspil.contexts.letters.notices import NoticeFacts, compose_notice, notice_facts_from
from samspil.kernel import clock
from samspil.kernel import text as kernel_text
from samspil.kernel.verdict import ConcurrentChange, Refused


@transaction.atomic
def draft_letter(*, actor: Actor, at: dt.datetime, case_id: UUID, facts: LetterFacts) -> UUID:
    """Draw the letter about a decision. A draft that is there already takes in what is new: parts that nobody has
    touched are drawn again, those that somebody has changed keep their words."""
    case = cases.Case.objects.acted_on_by(actor).select_for_update(of=("self",), no_key=True).get(id=case_id)
    policy.may_write(actor, case_status=case.status).or_raise()
    draft = Letter.objects.filter(decision_id=facts.decision_id, case=case, status=LetterStatus.DRAFT).first()
    made = drawn(facts, sent_on=clock.day_of(at), edited=content.edited(draft.content) if draft else {})
    before = draft.stopped_by if draft else ()
    made["stopped_by"] = _stopped_by(made["content"], facts, at, home=case.municipality, before=before)
    if draft is not None:
        Letter.objects.filter(id=draft.id).update(version=draft.version + 1, **made)
        return draft.id
    return _begin(actor, at, case, facts, made).id


@transaction.atomic
def draft_for_decision(*, actor: Actor, at: dt.datetime, decision_id: UUID) -> UUID:
    """Draw the letter about a decision that has been made. Raises Decision.DoesNotExist for one that has not."""
    decision = decisions.decision_for_letter(actor, decision_id)
    facts = facts_of(decision, cases.case_facts(actor, decision.case_id))
    return draft_letter(actor=actor, at=at, case_id=decision.case_id, facts=facts)


@transaction.atomic
def edit_letter(
    *,
    actor: Actor,
    at: dt.datetime,
    letter_id: UUID,
    texts: Mapping[str, str],
    seen: int,
    expected_on: dt.date | None = None,
) -> None:
    """Keep what was typed in the parts that may be changed, and in a notice the new day. Raises ConcurrentChange when
    somebody else saved first."""
    letter = held(actor, letter_id)
    policy.may_change(actor, status=letter.status).or_raise()
    changed = {kind: _cleaned(kind, text) for kind, text in texts.items()}
    if letter.version != seen:
        theirs = content.texts(letter.content)
        raise ConcurrentChange("\n\n".join(theirs[kind] for kind in changed), "\n\n".join(changed.values()))
    facts = facts_in(letter)
    kept = content.with_texts(letter.content, changed)
    if isinstance(facts, NoticeFacts) and expected_on is not None:
        facts = _with_day(facts, expected_on, on=clock.day_of(at))
        kept = content.keep(compose_notice(facts), edited=content.edited(kept))
    drawn_now, typed = content.measure(kept)
    Letter.objects.filter(id=letter.id).update(
        facts=facts.as_json(),
        content=kept,
        drawn=drawn_now,
        typed=typed,
        stopped_by=_stopped_by(kept, facts, at, home=letter.municipality, before=letter.stopped_by),
        version=seen + 1,
    )
    record(actor, at, "letter.edited", letter, parts=sorted(changed))


@transaction.atomic
def drop_letter(*, actor: Actor, at: dt.datetime, letter_id: UUID) -> None:
    """Throw away a draft."""
    letter = held(actor, letter_id)
    policy.may_change(actor, status=letter.status).or_raise()
    record(actor, at, "letter.dropped", letter)
    Letter.objects.filter(id=letter.id).delete()


@transaction.atomic
def keep_stop(*, actor: Actor, at: dt.datetime, letter_id: UUID, reason: LetterRefusal) -> None:
    """A sending was refused: by what, counted once a letter. What klartjek stopped is kept under its own rules."""
    letter = held(actor, letter_id)
    ours = set() if reason == LetterRefusal.NOT_CLEAR else {reason.value}
    stopped_by = _stopped_by(
        letter.content, facts_in(letter), at, home=letter.municipality, before={*letter.stopped_by, *ours}
    )
    Letter.objects.filter(id=letter.id).update(stopped_by=stopped_by)


@transaction.atomic
def replace_letter(*, actor: Actor, at: dt.datetime, letter_id: UUID, facts: LetterFacts | None = None) -> UUID:
    """Begin the letter that takes another's place. What was sent stays as it was; the new one is sent anew.

    Without `facts` it begins from those of the old one, with the words that somebody had put in.
    """
    letter = held(actor, letter_id)
    is_replaced = hasattr(letter, "replaced_by")
    policy.may_replace(actor, kind=letter.kind, status=letter.status, is_replaced=is_replaced).or_raise()
    edited = {} if facts else content.edited(letter.content)
    facts = facts or facts_from(letter.facts)
    if Letter.objects.filter(decision_id=facts.decision_id, status=LetterStatus.DRAFT).exists():
        raise Refused(LetterRefusal.DRAFT_EXISTS)
    made = drawn(facts, sent_on=clock.day_of(at), edited=edited)
    made["stopped_by"] = _stopped_by(made["content"], facts, at, home=letter.municipality)
    return _begin(actor, at, letter.case, facts, made, replaces=letter).id


def held(actor: Actor, letter_id: UUID) -> Letter:
    rows = Letter.objects.visible_to(actor).select_for_update(of=("self",)).select_related("case")
    return rows.get(id=letter_id)


def drawn(facts: LetterFacts, *, sent_on: dt.date, edited: Mapping[str, str], channel: str = "") -> dict[str, Any]:
    """The fields of a letter that follow from a decision. Raises Refused when no template holds on the day."""
    template = wording.template_for(facts.basis, facts.result, on=facts.decided_on, is_transition=facts.is_transition)
    if template is None:
        raise Refused(LetterRefusal.NO_TEMPLATE)
    last = rules.complaint_by(rules.received_on(channel or Channel.PRINT, sent_on=sent_on))
    kept = content.keep(compose(facts, template, complaint_by=last), edited=edited)
    drawn_now, typed = content.measure(kept)
    return {
        "template": template.key,
        "basis": facts.basis,
        "result": facts.result,
        "appeal": facts.appeal,
        "facts": facts.as_json(),
        "content": kept,
        "complaint_by": last,
        "drawn": drawn_now,
        "typed": typed,
    }


def drawn_notice(facts: NoticeFacts, *, edited: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The fields of a notice that follow from what it knows."""
    kept = content.keep(compose_notice(facts), edited=edited)
    drawn_now, typed = content.measure(kept)
    return {
        "template": facts.kind,
        "facts": facts.as_json(),
        "content": kept,
        "drawn": drawn_now,
        "typed": typed,
    }


def facts_in(letter: Letter) -> LetterFacts | NoticeFacts:
    """What the letter was made from."""
    is_notice = letter.kind != LetterKind.DECISION
    return notice_facts_from(letter.facts) if is_notice else facts_from(letter.facts)


def record(actor: Actor, at: dt.datetime, kind: str, letter: Letter, **data: Any) -> None:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=letter.case_id,
        subject="letter",
        subject_id=letter.id,
        municipality=letter.municipality,
        data=data,
    )


def _begin(
    actor: Actor,
    at: dt.datetime,
    case: cases.Case,
    facts: LetterFacts,
    made: dict[str, Any],
    replaces: Letter | None = None,
) -> Letter:
    letter = Letter.objects.create(
        municipality=case.municipality,
        case=case,
        decision_id=facts.decision_id,
        status_since=at,
        written_by_id=actor.user_id,
        written_by_name=actor.name,
        replaces=replaces,
        **made,
    )
    record(actor, at, "letter.drawn", letter, template=letter.template)
    return letter


def _with_day(facts: NoticeFacts, expected_on: dt.date, *, on: dt.date) -> NoticeFacts:
    if expected_on <= max(on, facts.due_on or on):
        raise Refused(LetterRefusal.DAY_NOT_LATER)
    return replace(facts, expected_on=expected_on)


def _stopped_by(
    kept: content.Kept,
    facts: LetterFacts | NoticeFacts,
    at: dt.datetime,
    *,
    home: int,
    before: Iterable[str] = (),
) -> list[str]:
    """What would keep the letter here, and what did before: so that we learn what to help with. Never by whom."""
    found = clarity.report(kept, facts, on=clock.day_of(at), municipality=home).findings
    return sorted({*before, *(one.rule for one in found if one.severity is klartjek.Severity.ERROR)})


def _cleaned(kind: str, text: str) -> str:
    if kind not in rules.EDITABLE:
        raise Refused(LetterRefusal.FIXED_PART)
    try:
        clean = kernel_text.clean(text, rules.LONGEST_PART)
    except kernel_text.TooLong as error:
        raise Refused(LetterRefusal.TOO_LONG) from error
    return "\n".join(line.strip() for line in clean.split("\n") if line.strip())
