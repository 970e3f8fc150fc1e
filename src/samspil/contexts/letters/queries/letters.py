"""Letters as their readers see them: the list of a case, one letter with its parts, what changed, and the papers."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.decisions.api import Decision, DecisionStatus
from samspil.contexts.letters import clarity, content, policy, wording
from samspil.contexts.letters.clarity import Advice
from samspil.contexts.letters.composing import Section
from samspil.contexts.letters.content import Change, Kept
from samspil.contexts.letters.enums import Channel, DispatchStatus, DocumentKind, LetterKind, LetterStatus, Result
from samspil.contexts.letters.facts import LetterFacts, facts_from
from samspil.contexts.letters.filling import Line, Part
from samspil.contexts.letters.models import Dispatch, Letter, LetterDocument
from samspil.contexts.letters.notices import Notice, NoticeFacts, notice_facts_from, notices
from samspil.contexts.letters.rules import EDITABLE, MISSING
from samspil.contexts.letters.wording import Template
from samspil.kernel.drawn import share_drawn
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A line of a list. `complaint_by` is None where one cannot complain; it is the day that counts, which may be later
    than the one in the letter, never earlier."""

    id: UUID
    case_id: UUID
    citizen_id: UUID
    citizen_name: str
    kind: str
    decision_id: UUID | None
    headline: str
    result: str
    result_words: str
    status: str
    status_words: str
    written_by_name: str
    sent_at: dt.datetime | None
    complaint_by: dt.date | None
    is_replaced: bool
    is_to_post: bool


@dataclass(frozen=True, slots=True)
class DispatchView:
    id: UUID
    recipient_name: str
    is_copy: bool
    channel: str
    channel_words: str
    status: str
    status_words: str
    problem: str
    attempts: int
    next_try_at: dt.datetime | None
    available_at: dt.datetime | None
    received_on: dt.date | None
    complaint_by: dt.date | None
    may_post: Verdict


@dataclass(frozen=True, slots=True)
class PartView:
    kind: str
    heading: str
    heading_en: str
    text: str
    lines: tuple[Line, ...]
    is_editable: bool


@dataclass(frozen=True, slots=True)
class LetterView:
    """One letter. `template_name` and `source` say which template and by what law it was made. Of a notice, `leaves_on`
    is the day it leaves by itself and `expected_on` the day it promises; `may_choose_day` while that can be changed."""

    id: UUID
    kind: str
    decision_id: UUID | None
    case_id: UUID
    citizen_id: UUID
    citizen_name: str
    headline: str
    headline_en: str
    leaves_on: dt.date | None
    expected_on: dt.date | None
    may_choose_day: bool
    parts: tuple[PartView, ...]
    contact: tuple[Line, ...]
    easy: tuple[Section, ...]
    missing: tuple[str, ...]
    result: str
    appeal: str
    status: str
    status_words: str
    written_by_name: str
    sent_at: dt.datetime | None
    sent_by_name: str
    complaint_by: dt.date | None
    template: str
    template_name: str
    source: str
    verified_by: str
    share: int
    version: int
    replaces_id: UUID | None
    replaced_by_id: UUID | None
    dispatches: tuple[DispatchView, ...]
    documents: tuple[str, ...]
    lix: float | None
    advice: tuple[Advice, ...]
    may_change: Verdict
    may_replace: Verdict
    may_copy: Verdict

    @property
    def has_open_places(self) -> bool:
        """Whether something that is missing can be written in the letter itself."""
        return any(part.is_editable and MISSING in part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Paper:
    filename: str
    pdf: bytes
    sha256: str


def letters_of(actor: Actor, case_id: UUID) -> tuple[LetterRow, ...]:
    """The letters of a case, newest first. One query."""
    rows = Letter.objects.visible_to(actor).filter(case_id=case_id).select_related("case__citizen")
    return tuple(_row(actor, letter) for letter in _listed(rows).order_by("-status_since", "-id"))


def newest_letter(actor: Actor, case_id: UUID, *, since: dt.datetime) -> LetterRow | None:
    """The one that was sent last, unless that was before `since`. One query."""
    rows = Letter.objects.visible_to(actor).filter(case_id=case_id, sent_at__gte=since).select_related("case__citizen")
    newest = _listed(rows).order_by("-sent_at", "-id").first()
    return _row(actor, newest) if newest else None


def letter_about(actor: Actor, decision_id: UUID) -> LetterRow | None:
    """The newest letter that tells a decision, sent or not. One query."""
    rows = Letter.objects.visible_to(actor).filter(decision_id=decision_id).select_related("case__citizen")
    newest = _listed(rows).order_by("-status_since", "-id").first()
    return _row(actor, newest) if newest else None


def waits_to_be_told(municipality: int, decision_id: UUID) -> bool:
    """Whether the decision is made, and its letter does not count as received yet."""
    made = Decision.objects.filter(id=decision_id, municipality=municipality)
    return made.filter(status=DecisionStatus.DECIDED).exists()


def may_take_in_hand(actor: Actor, letter: LetterView) -> bool:
    """Whether pressing it here would tell the decision, for a letter that the actor has loaded."""
    home = actor.municipality
    if home is None or letter.decision_id is None or letter.appeal == "no" or not policy.may_take_in_hand(actor):
        return False
    return waits_to_be_told(home, letter.decision_id)


def to_post(actor: Actor) -> tuple[LetterRow, ...]:
    """Letters that wait for an envelope, oldest first; those whose case the actor sees."""
    waiting = Dispatch.objects.visible_to(actor).filter(status=DispatchStatus.TO_POST)
    rows = Letter.objects.visible_to(actor).filter(id__in=waiting.values("letter_id")).select_related("case__citizen")
    return tuple(_row(actor, letter) for letter in _listed(rows).order_by("status_since", "id")[:200])


def letter(actor: Actor, letter_id: UUID) -> LetterView:
    """Raises Letter.DoesNotExist for those without business with it."""
    row = _read(actor).get(id=letter_id)
    hide = cases.words_for(actor, row.case)
    kept: Kept = content.hidden(row.content, hide)
    is_staff = actor.side == Side.AUTHORITY
    facts = _facts(row)
    template = _template(row, facts)
    is_draft = row.status == LetterStatus.DRAFT
    found = clarity.report(kept, facts, on=actor.on, municipality=row.municipality) if is_draft else None
    return LetterView(
        id=row.id,
        kind=row.kind,
        decision_id=row.decision_id,
        case_id=row.case_id,
        citizen_id=row.case.citizen_id,
        citizen_name=str(row.case.citizen),
        leaves_on=row.leaves_on,
        expected_on=facts.expected_on if isinstance(facts, NoticeFacts) else None,
        may_choose_day=is_draft and row.kind == LetterKind.ANSWER_LATER,
        headline=kept["headline"]["da"],
        headline_en=kept["headline"]["en"],
        parts=tuple(_part(kept, part) for part in content.parts_of(kept)),
        contact=content.contact_of(kept),
        easy=content.easy_of(kept),
        missing=content.missing(kept),
        result=row.result,
        appeal=row.appeal,
        status=row.status,
        status_words=str(LetterStatus(row.status).label),
        written_by_name=row.written_by_name,
        sent_at=row.sent_at,
        sent_by_name=row.sent_by_name,
        complaint_by=_last_day(row),
        template=row.template,
        template_name=template.name if template else "",
        source=template.source if template else "",
        verified_by=template.verified_by if template else "",
        share=share_drawn(row.drawn, row.typed),
        version=row.version,
        replaces_id=row.replaces_id,
        replaced_by_id=_replaced_by(actor, row),
        dispatches=tuple(_dispatch(actor, one) for one in row.dispatches.all()) if is_staff else (),
        documents=_kinds(actor, row),
        lix=found.lix.value if found else None,
        advice=clarity.advice(found) if found else (),
        may_change=policy.may_change(actor, status=row.status),
        may_replace=_may_replace(actor, row),
        may_copy=policy.may_copy(actor, status=row.status),
    )


def _facts(row: Letter) -> LetterFacts | NoticeFacts:
    return facts_from(row.facts) if row.kind == LetterKind.DECISION else notice_facts_from(row.facts)


def _may_replace(actor: Actor, row: Letter) -> Verdict:
    return policy.may_replace(actor, kind=row.kind, status=row.status, is_replaced=hasattr(row, "replaced_by"))


def _template(row: Letter, facts: LetterFacts | NoticeFacts) -> Template | Notice | None:
    if isinstance(facts, NoticeFacts):
        return notices()[facts.kind]
    return wording.template(row.template, on=facts.decided_on)


def usual_channel(citizen_id: UUID) -> Channel:
    """Somebody who wants letters gets a letter; the others get Digital Post, which turns to paper when it must."""
    wish = citizens.contact_wish(citizen_id)
    wants_paper = wish is not None and wish.medium == citizens.Medium.LETTER
    return Channel.PRINT if wants_paper else Channel.DIGITAL_POST


def differences(actor: Actor, letter_id: UUID) -> tuple[tuple[str, tuple[Change, ...]], ...]:
    """What a letter says that the one before it did not, and the other way; () for one that replaces none."""
    row = _read(actor).get(id=letter_id)
    if row.replaces_id is None:
        return ()
    before = Letter.objects.visible_to(actor).get(id=row.replaces_id)
    hide = cases.words_for(actor, row.case)
    return content.differences(content.hidden(before.content, hide), content.hidden(row.content, hide))


def paper(actor: Actor, letter_id: UUID, kind: str) -> Paper:
    """A frozen document. Whoever may not see a protected address gets the copy for others, whatever was asked for.

    Raises LetterDocument.DoesNotExist, also for a draft.
    """
    row = _read(actor).get(id=letter_id)
    wanted = kind if kind in _kinds(actor, row) else DocumentKind.COPY
    document = LetterDocument.objects.visible_to(actor).get(letter=row, kind=wanted)
    return Paper(f"brev-{row.status_since:%Y-%m-%d}-{wanted}.pdf", bytes(document.pdf), document.sha256)


def letter_of_dispatch(actor: Actor, dispatch_id: UUID) -> UUID:
    """Raises Dispatch.DoesNotExist."""
    return Dispatch.objects.visible_to(actor).values_list("letter_id", flat=True).get(id=dispatch_id)


def _read(actor: Actor) -> QuerySet[Letter]:
    rows = Letter.objects.visible_to(actor).select_related("case__citizen", "replaced_by")
    return rows.prefetch_related(Prefetch("dispatches", queryset=Dispatch.objects.order_by("id")))


def _listed(rows: QuerySet[Letter]) -> QuerySet[Letter]:
    own = Dispatch.objects.filter(letter=OuterRef("pk"), relation_id__isnull=True, complaint_by__isnull=False)
    waiting = Dispatch.objects.filter(letter=OuterRef("pk"), status=DispatchStatus.TO_POST)
    newer = Letter.objects.filter(replaces=OuterRef("pk"), status=LetterStatus.SENT)
    return rows.annotate(
        last_day=Subquery(own.order_by("-complaint_by").values("complaint_by")[:1]),
        envelope=Subquery(waiting.values("id")[:1]),
        newer=Subquery(newer.values("id")[:1]),
    )


def _row(actor: Actor, letter: Any) -> LetterRow:
    hide = cases.words_for(actor, letter.case)
    day = max(filter(None, [letter.complaint_by, letter.last_day]), default=None)
    is_notice = letter.kind != LetterKind.DECISION
    return LetterRow(
        id=letter.id,
        case_id=letter.case_id,
        citizen_id=letter.case.citizen_id,
        citizen_name=str(letter.case.citizen),
        kind=letter.kind,
        decision_id=letter.decision_id,
        headline=hide(letter.content["headline"]["da"]),
        result=letter.result,
        result_words=str((LetterKind(letter.kind) if is_notice else Result(letter.result)).label),
        status=letter.status,
        status_words=str(LetterStatus(letter.status).label),
        written_by_name=letter.written_by_name,
        sent_at=letter.sent_at,
        complaint_by=day if letter.appeal != "no" and letter.status == LetterStatus.SENT else None,
        is_replaced=letter.newer is not None,
        is_to_post=actor.side == Side.AUTHORITY and letter.envelope is not None,
    )


def _part(kept: Kept, part: Part) -> PartView:
    heading = content.headings(kept)[part.kind]
    text = content.texts(kept)[part.kind]
    return PartView(part.kind, heading.da, heading.en, text, part.lines, part.kind in EDITABLE)


def _dispatch(actor: Actor, row: Dispatch) -> DispatchView:
    return DispatchView(
        id=row.id,
        recipient_name=row.recipient_name,
        is_copy=row.relation_id is not None,
        channel=row.channel,
        channel_words=str(Channel(row.channel).label),
        status=row.status,
        status_words=str(DispatchStatus(row.status).label),
        problem=row.problem,
        attempts=row.attempts,
        next_try_at=row.next_try_at,
        available_at=row.available_at,
        received_on=row.received_on,
        complaint_by=row.complaint_by,
        may_post=policy.may_post(actor, status=row.status),
    )


def _last_day(row: Letter) -> dt.date | None:
    """The last day to complain, for whoever can: that of the letter, or a later one when it came later."""
    if row.appeal == "no":
        return None
    own: Iterable[dt.date | None] = (one.complaint_by for one in row.dispatches.all() if one.relation_id is None)
    return max(filter(None, [row.complaint_by, *own]))


def _replaced_by(actor: Actor, row: Letter) -> UUID | None:
    newer = getattr(row, "replaced_by", None)
    if newer is None or (actor.side != Side.AUTHORITY and newer.status != LetterStatus.SENT):
        return None
    return newer.id


def _kinds(actor: Actor, row: Letter) -> tuple[str, ...]:
    """The documents this reader may open."""
    if row.status != LetterStatus.SENT:
        return ()
    if cases.may_read_address(actor, row.case):
        staff = (DocumentKind.COPY,) if actor.side == Side.AUTHORITY else ()
        return (DocumentKind.LETTER, DocumentKind.EASY, DocumentKind.ENGLISH, *staff)
    return (DocumentKind.COPY,)
