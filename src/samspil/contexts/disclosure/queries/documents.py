"""What a case holds, one document after the other, as its reader sees it: in lines for a list, and whole.

What a reader does not see is no document here, so the same functions make the list for the authority and the copy for
the citizen.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.decisions import api as decisions
from samspil.contexts.disputes import api as disputes
from samspil.contexts.goals import api as goals
from samspil.contexts.letters import api as letters
from samspil.contexts.meetings import api as meetings
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import api as orders
from samspil.kernel import clock

ALL = 100_000
TITLE, BY, LABEL = "title", "by", "label"


@dataclass(frozen=True, slots=True)
class Part:
    """`is_kept_back`: professionals keep it from the citizen for now."""

    key: str
    label: str
    text: str
    is_kept_back: bool = False


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """`key` is the kind and the id, as in "note:…"."""

    key: str
    kind_words: str
    title: str
    on: dt.date
    by: str


@dataclass(frozen=True, slots=True)
class Document:
    line: DocumentLine
    parts: tuple[Part, ...]

    @property
    def readable(self) -> tuple[Part, ...]:
        """All that can be read of it, and covered: what it is called and who it is from too."""
        above = (Part(TITLE, _("Overskrift"), self.line.title), Part(BY, _("Fra"), self.line.by))
        return (*(part for part in above if part.text), *self.parts)

    def part(self, key: str) -> Part | None:
        return next((part for part in self.readable if part.key == key), None)


class NoSuchDocument(LookupError):
    """Nothing the actor sees in the case has that key."""


def lines_of(actor: Actor, case_id: UUID) -> tuple[DocumentLine, ...]:
    """The oldest first. As many queries as there are kinds, however many documents."""
    found = [line for kind in _KINDS.values() for line in kind.lines(actor, case_id)]
    return tuple(sorted(found, key=lambda line: (line.on, line.key)))


def document(actor: Actor, case_id: UUID, key: str) -> Document:
    """One, whole. Raises NoSuchDocument."""
    line = next((line for line in lines_of(actor, case_id) if line.key == key), None)
    if line is None:
        raise NoSuchDocument(key)
    return whole(actor, line)


def whole(actor: Actor, line: DocumentLine) -> Document:
    kind, _colon, id_ = line.key.partition(":")
    parts = _KINDS[kind].parts(actor, UUID(id_))
    return Document(line, tuple(part for part in parts if part.text.strip()))


def _note_lines(actor: Actor, case_id: UUID) -> Iterator[DocumentLine]:
    for note in notes.stream(actor, case_id, limit=ALL):
        title, day = note.title or note.kind_words, clock.day_of(note.happened_at)
        yield DocumentLine(f"note:{note.id}", _("Notat"), title, day, note.author_name)


def _note(actor: Actor, note_id: UUID) -> Iterator[Part]:
    for one in notes.note(actor, note_id).segments:
        yield Part(str(one.id), one.kind_words, one.text, bool(one.hidden_reason))
        for number, was in enumerate(one.earlier if actor.side == Side.AUTHORITY else ()):
            label = _("%(kind)s, før det blev rettet") % {"kind": one.kind_words}
            yield Part(f"{one.id}-{number}", label, was.text, bool(one.hidden_reason))


def _letter_lines(actor: Actor, case_id: UUID) -> Iterator[DocumentLine]:
    for row in letters.letters_of(actor, case_id):
        if row.sent_at is not None:
            by = row.written_by_name
            yield DocumentLine(f"letter:{row.id}", _("Brev"), row.headline, clock.day_of(row.sent_at), by)


def _letter(actor: Actor, letter_id: UUID) -> Iterator[Part]:
    for part in letters.letter(actor, letter_id).parts:
        yield Part(part.kind, part.heading, part.text)


def _decision_lines(actor: Actor, case_id: UUID) -> Iterator[DocumentLine]:
    for row in decisions.decisions_of(actor, case_id):
        if row.decided_at is not None:
            title = ", ".join((row.outcome_words, *row.needs))
            yield DocumentLine(f"decision:{row.id}", _("Afgørelse"), title, clock.day_of(row.decided_at), "")


def _decision(actor: Actor, decision_id: UUID) -> Iterator[Part]:
    if actor.side == Side.CITIZEN:
        mine = decisions.decision_for_citizen(actor, decision_id)
        for number, told in enumerate(mine.answers):
            yield Part(f"answer-{number}", told.title, f"{told.outcome_words}\n{told.reasons}".strip())
        return
    page = decisions.decision(actor, decision_id, at=clock.now())
    for answer in page.answers:
        yield Part(f"answer-{answer.need_id}", answer.title, f"{answer.outcome_words}\n{answer.reasons}".strip())
    for fact in page.facts:
        yield Part(str(fact.id), _("Oplysning"), "\n".join(filter(None, (fact.text, fact.source))))
    yield Part("involvement", _("Sådan har borgeren været med"), page.involvement)
    yield Part("long_view", _("Det lange forløb"), page.long_view)
    if page.hearing is not None:
        yield Part("hearing", _("Borgerens svar"), page.hearing.answer)


def _plan_lines(actor: Actor, case_id: UUID) -> Iterator[DocumentLine]:
    for plan in goals.plan_versions(actor, case_id):
        title = _("Plan nummer %(number)s") % {"number": plan.number}
        yield DocumentLine(f"plan:{plan.id}", _("Plan"), title, clock.day_of(plan.made_at), plan.made_by_name)


def _plan(actor: Actor, plan_id: UUID) -> Iterator[Part]:
    content = goals.plan(actor, plan_id).content
    yield Part(
        "purpose", _("Formål"), "\n".join(filter(None, (content.purpose_citizen_words, content.purpose_wording)))
    )
    for goal in content.goals:
        said = (goal.citizen_words, goal.wording, *(f"– {step.title}" for step in goal.sub_goals))
        yield Part(str(goal.id), goal.title, "\n".join(filter(None, (goal.title, *said))))
    for number, one in enumerate(content.agreements):
        yield Part(f"agreement-{number}", _("Aftale"), f"{one.text} ({one.who})")


def _status_lines(actor: Actor, case_id: UUID) -> Iterator[DocumentLine]:
    for row in orders.status_notes_of(actor, case_id):
        if row.sent_at is not None:
            title = _("Statusnotat fra %(name)s") % {"name": row.provider_name}
            yield DocumentLine(
                f"status:{row.id}", _("Statusnotat"), title, clock.day_of(row.sent_at), row.written_by_name
            )


def _status(actor: Actor, status_note_id: UUID) -> Iterator[Part]:
    view = orders.status_note(actor, status_note_id)
    for part in view.parts:
        yield Part(str(part.id), part.heading, part.text)
    yield Part("recommendation", view.line.recommended, view.recommendation_words)
    yield Part("decision", view.line.decided, view.decision_words)
    yield Part("said", _("Borgerens ord"), view.citizen_said)


def _order_lines(actor: Actor, case_id: UUID) -> Iterator[DocumentLine]:
    for row in orders.orders_of(actor, case_id):
        title = f"{row.what}, {row.provider_name}"
        yield DocumentLine(f"order:{row.id}", _("Bestilling"), title, clock.day_of(row.sent_at), row.sent_by_name)


def _order(actor: Actor, order_id: UUID) -> Iterator[Part]:
    view = orders.order(actor, order_id)
    for section in view.told:
        yield Part(f"told-{section.key}", section.heading, "\n".join(section.lines))
    for number, fact in enumerate(view.source_facts):
        yield Part(f"fact-{number}", fact.heading, fact.text)
    yield Part("answer", _("Svar fra leverandøren"), view.line.answer_words)
    if actor.side != Side.CITIZEN:
        asked = orders.questions(actor, order_id=order_id, answered=ALL)
        for one in (*asked.to_me, *asked.to_them, *asked.answered):
            yield Part(str(one.id), one.asked_by_name, "\n".join(filter(None, (one.text, one.answer))))


def _meeting_lines(actor: Actor, case_id: UUID) -> Iterator[DocumentLine]:
    for row in meetings.meetings_of(actor, case_id):
        yield DocumentLine(f"meeting:{row.id}", _("Møde"), row.kind_label, clock.day_of(row.starts_at), "")


def _meeting(actor: Actor, meeting_id: UUID) -> Iterator[Part]:
    view = meetings.meeting_for(actor, meeting_id, now=clock.now())
    yield Part("purpose", _("Formål"), view.line.purpose)
    yield Part("people", _("Med på mødet"), "\n".join(f"{one.name}, {one.role_words}" for one in view.people))
    for number, point in enumerate(view.agenda):
        yield Part(f"agenda-{number}", _("Dagsorden"), point.text)
    yield Part("material", _("Papirer til mødet"), view.material)
    for number, said in enumerate(view.preparation.answers):
        yield Part(f"said-{number}", said.question, "\n".join((*said.lines, *said.choices, said.words)).strip())


def _referral_lines(actor: Actor, case_id: UUID) -> Iterator[DocumentLine]:
    for row in cases.referrals_of(actor, case_id):
        by = row.from_name or row.received_by
        yield DocumentLine(f"referral:{row.id}", _("Henvendelse"), row.source_words, clock.day_of(row.received_at), by)


def _referral(actor: Actor, referral_id: UUID) -> Iterator[Part]:
    row = cases.referral(actor, referral_id)
    said = {
        "from": (_("Fra"), " ".join(filter(None, (row.from_name, row.from_phone)))),
        "about": (_("Det handler det om"), row.about),
        "citizen_words": (_("Borgerens ord"), row.citizen_words),
        "tried": (_("Det er prøvet"), row.tried),
        "worked": (_("Det virkede"), row.worked),
        "did_not_work": (_("Det virkede ikke"), row.did_not_work),
        "outcome": (_("Det blev svaret"), row.outcome),
    }
    for key, (label, text) in said.items():
        yield Part(key, label, text)


def _dispute_lines(actor: Actor, case_id: UUID) -> Iterator[DocumentLine]:
    if actor.side == Side.AUTHORITY:
        for row in disputes.disputes_of(actor, case_id, also_settled=True):
            yield DocumentLine(f"dispute:{row.id}", _("Konflikt"), row.between, clock.day_of(row.noted_at), "")


def _dispute(actor: Actor, dispute_id: UUID) -> Iterator[Part]:
    view = disputes.dispute(actor, dispute_id)
    is_kept_back = not view.is_shown_to_citizen
    yield Part("about", _("Det handler det om"), view.line.about, is_kept_back)
    yield Part("own", _("Borgerens ord"), view.citizen_words, is_kept_back)
    for number, step in enumerate(view.steps):
        yield Part(f"step-{number}", step.kind_words, step.words, is_kept_back)


def _task_lines(actor: Actor, case_id: UUID) -> Iterator[DocumentLine]:
    """The promises of a case are one document."""
    found = cases.tasks_of(actor, case_id)
    if found:
        newest = max(clock.day_of(task.created_at) for task in found)
        yield DocumentLine(f"tasks:{case_id}", _("Opgaver"), _("Aftaler og opgaver"), newest, "")


def _tasks(actor: Actor, case_id: UUID) -> Iterator[Part]:
    for task in cases.tasks_of(actor, case_id):
        yield Part(str(task.id), task.owner_name, task.text)


@dataclass(frozen=True, slots=True)
class _Kind:
    lines: Callable[[Actor, UUID], Iterable[DocumentLine]]
    parts: Callable[[Actor, UUID], Iterable[Part]]


_KINDS: Mapping[str, _Kind] = {
    "note": _Kind(_note_lines, _note),
    "letter": _Kind(_letter_lines, _letter),
    "decision": _Kind(_decision_lines, _decision),
    "plan": _Kind(_plan_lines, _plan),
    "status": _Kind(_status_lines, _status),
    "order": _Kind(_order_lines, _order),
    "meeting": _Kind(_meeting_lines, _meeting),
    "referral": _Kind(_referral_lines, _referral),
    "tasks": _Kind(_task_lines, _tasks),
    "dispute": _Kind(_dispute_lines, _dispute),
}
