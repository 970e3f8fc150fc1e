"""Meetings: called, prepared, held at the board, closed, and talked about afterwards."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.feedback import api as feedback
from samspil.contexts.meetings import api as meetings
from samspil.jobs.demo.arrival import FORMS
from samspil.jobs.demo.content import Feedback, Form, Meeting, Party, Preparation
from samspil.jobs.demo.helping import decide, send_status_note
from samspil.jobs.demo.ledger import Kept
from samspil.jobs.demo.life import Agenda, Life
from samspil.jobs.demo.marks import Card, Words
from samspil.jobs.demo.writing import due_day, follow_task, kept_promise, plan_remembered
from samspil.kernel.danish_dates import short_date
from samspil.kernel.ids import new_id
from samspil.kernel.workdays import add_workdays

KINDS = {
    "first": meetings.MeetingKind.FIRST,
    "follow_up": meetings.MeetingKind.CONVERSATION,
    "status": meetings.MeetingKind.STATUS,
}
LONG_AGO = 300
"""Copies of a story have the boards of the last so many days; the story as written has all of them."""
CALLED_BEFORE, PREPARED_BEFORE, STATUS_BEFORE = 14, 2, 6
"""Days before a meeting."""
TALKED_ABOUT_LATER = 45
"""A "no" after a meeting in the last so many days was said some days ago and still waits for its talk."""
_SAID_NO = 5
_LASTS = dt.timedelta(minutes=50)
_MINUTE = dt.timedelta(minutes=1)


def plan_meetings(life: Life, agenda: Agenda) -> None:
    """Put the meetings that were held on the agenda. Those of long ago stand in a note in most cases."""
    for meeting in life.story.meetings:
        if life.copy and meeting.ago > LONG_AGO:
            plan_remembered(life, agenda, meeting)
            continue
        starts_at = life.help_at(life.past(meeting.ago, meeting.at))
        called_at = min(life.help_at(life.past(meeting.ago + CALLED_BEFORE, "14.30")), starts_at - 40 * _MINUTE)
        agenda.add(called_at, lambda at, m=meeting, s=starts_at: _hold(life, agenda, m, at, s))  # type: ignore[misc]


def _hold(life: Life, agenda: Agenda, meeting: Meeting, at: dt.datetime, starts_at: dt.datetime) -> None:
    meeting_id = call(
        life,
        at,
        kind=meeting.kind,
        starts_at=starts_at,
        place=life.tell(meeting.place),
        form=meeting.form,
        purpose=life.say(f"purpose_{'conversation' if meeting.kind == 'follow_up' else meeting.kind}"),
        layout=meeting.layout,
        who=meeting.who,
    )
    note_ids: list[UUID] = []
    if meeting.kind == "status":
        sent_at = life.help_at(life.past(meeting.ago + STATUS_BEFORE, "11.15"))
        sent_at = min(max(sent_at, at + _MINUTE), starts_at - 30 * _MINUTE)
        agenda.add(sent_at, lambda at: note_ids.append(send_status_note(life, at)))
    if preparation := meeting.preparation:
        ready_at = min(max(life.past(meeting.ago + PREPARED_BEFORE, "16.20"), at + _MINUTE), starts_at - 20 * _MINUTE)
        agenda.add(ready_at, lambda at: prepare(life, at, meeting_id, preparation))
    agenda.add(starts_at, lambda at: _meet(life, agenda, meeting, meeting_id, note_ids, at))


def call(
    life: Life,
    at: dt.datetime,
    *,
    kind: str,
    starts_at: dt.datetime,
    place: str,
    form: Form,
    purpose: str,
    layout: str,
    who: Sequence[Party],
) -> UUID:
    people = [life.party(one) for one in who]
    return meetings.call_meeting(
        actor=life.as_caseworker(at),
        at=at,
        case_id=life.case,
        kind=KINDS[kind],
        starts_at=starts_at,
        ends_at=starts_at + _LASTS,
        place=place[:160],
        form=FORMS[form],
        purpose=purpose,
        agenda=[life.say("agenda_own")],
        layout_slug=layout,
        attendees=[meetings.Guest(p.name, p.side, p.role_words, p.user_id) for p in people if p.name],
        material=life.say("material_status") if kind == "status" else "",
    )


def prepare(life: Life, at: dt.datetime, meeting_id: UUID, preparation: Preparation) -> None:
    """Answer the six questions, alone or with somebody."""
    actor = _who_answers(life, preparation, at)
    if preparation.together_with != "alone" and actor.side == Side.CITIZEN:
        helper = life.party("relative" if preparation.together_with == "relative" else "worker")
        meetings.say_who_helps(
            actor=actor, at=at, meeting_id=meeting_id, prepared_with=preparation.together_with, name=helper.name
        )
    for step, choices, words in _answers(life, preparation):
        meetings.save_preparation_step(
            actor=actor, at=at, meeting_id=meeting_id, step=step, choices=choices, words=words
        )
    meetings.send_preparation(actor=actor, at=at + 3 * _MINUTE, meeting_id=meeting_id)


def _who_answers(life: Life, preparation: Preparation, at: dt.datetime) -> Actor:
    match preparation.together_with:
        case "provider" if life.order_id is not None:
            return life.as_worker(at)
        case "relative":
            return life.as_relative(at) or life.as_citizen(at)
        case _:
            return life.as_citizen(at)


def _answers(life: Life, preparation: Preparation) -> Iterator[tuple[str, list[str], str]]:
    yield "hopes", [], life.tell(preparation.hopes)
    yield "wishes", [], life.tell(preparation.wishes)
    yield "dreams", [], life.tell(preparation.dreams)
    yield "points", [], "\n".join(life.tell(point) for point in preparation.points)
    company = life.tell(preparation.brings)
    alone = company.lower().startswith("ingen")
    yield "company", ["alone"] if alone else [], "" if alone else company
    needs = ", ".join(preparation.needs)
    choice = preparation.how if preparation.how in {"walk", "home", "office", "phone"} else ""
    yield "form", [choice] if choice else [], needs


def _meet(
    life: Life, agenda: Agenda, meeting: Meeting, meeting_id: UUID, note_ids: list[UUID], at: dt.datetime
) -> None:
    life.ledger.flush()
    actor = life.as_caseworker(at)
    meetings.open_meeting(actor=actor, at=at, meeting_id=meeting_id)
    _write_cards(life, meeting, meeting_id, at + 10 * _MINUTE)
    closed_at = at + _LASTS
    meetings.close_meeting(actor=actor, at=closed_at, meeting_id=meeting_id)
    _follow_promises(life, agenda, meeting, closed_at)
    for note_id in note_ids:
        decide(life, closed_at + 5 * _MINUTE, note_id, meeting_id)
    if answers := meeting.feedback:
        _plan_feedback(life, agenda, answers, meeting, meeting_id, closed_at)


def _write_cards(life: Life, meeting: Meeting, meeting_id: UUID, at: dt.datetime) -> None:
    """Everybody writes on the own device; a card finds its place below the one that stands before it in the story."""
    ids = [new_id() for _ in meeting.cards]
    written: set[UUID] = set()
    groups: dict[UUID | None, tuple[Actor, list[int]]] = {}
    for number, card in enumerate(meeting.cards):
        actor = _who_writes(life, card, meeting, at)
        groups.setdefault(actor.user_id or life.citizen, (actor, []))[1].append(number)
    for actor, numbers in groups.values():
        ops = []
        for number in numbers:
            card = meeting.cards[number]
            there = [n for n, other in enumerate(meeting.cards) if other.column == card.column and ids[n] in written]
            above = [ids[n] for n in there if n < number]
            op = _op(life, meeting, card, ids[number], above=above[-1] if above else None)
            ops.append(replace(op, on_top=not above and bool(there)))
            written.add(ids[number])
        if actor.side in {Side.CITIZEN} and meeting.scale is not None:
            ops.append(_scale(meeting.scale))
        meetings.apply_board_ops(actor=actor, at=at, meeting_id=meeting_id, ops=ops)
    if meeting.scale is not None and not any(actor.side == Side.CITIZEN for actor, _ in groups.values()):
        actor = life.as_citizen(at)
        meetings.apply_board_ops(actor=actor, at=at, meeting_id=meeting_id, ops=[_scale(meeting.scale)])


def _scale(value: int) -> meetings.Op:
    return meetings.Op(new_id(), meetings.OpKind.SCALE, value=value)


def _who_writes(life: Life, card: Card, meeting: Meeting, at: dt.datetime) -> Actor:
    match card.by:
        case "citizen":
            return life.as_citizen(at)
        case "relative":
            return life.as_relative(at) or life.as_caseworker(at)
        case "worker" if "worker" in meeting.who:
            return life.as_worker(at)
        case _:
            return life.as_caseworker(at)


def _op(life: Life, meeting: Meeting, card: Card, card_id: UUID, *, above: UUID | None) -> meetings.Op:
    promised = card.promise
    return meetings.Op(
        new_id(),
        meetings.OpKind.ADD,
        card_id,
        text=life.tell(card.text),
        column=card.column,
        card_kind=card.kind,
        after=above,
        who=life.party(promised.who).name if promised else None,
        when=short_date(due_day(life, promised, meeting.ago)) if promised else None,
    )


def _follow_promises(life: Life, agenda: Agenda, meeting: Meeting, closed_at: dt.datetime) -> None:
    tasks = cases.Task.objects.filter(case_id=life.case, source=cases.TaskSource.BOARD, created_at=closed_at)
    by_text = dict(tasks.values_list("text", "id"))
    for card in meeting.cards:
        if card.promise:
            due_on = due_day(life, card.promise, meeting.ago)
            kept = kept_promise(life, card.promise, due_on, closed_at)
            follow_task(life, agenda, by_text[life.tell(card.text)[:400]], kept)


def _plan_feedback(
    life: Life,
    agenda: Agenda,
    said: Feedback,
    meeting: Meeting,
    meeting_id: UUID,
    closed_at: dt.datetime,
) -> None:
    """Most answer on the tablet at once. After a recent meeting a "no" came some days ago, from the own room."""
    late = "no" in (said.ok, said.dreams) and _SAID_NO < meeting.ago + life.shift <= TALKED_ABOUT_LATER
    at = life.moments.past(_SAID_NO, "10.20", any_day=True) if late else closed_at + 6 * _MINUTE
    agenda.add(at, lambda at: _answer(life, agenda, said, meeting_id, closed_at.date(), at, late=late))


def _answer(
    life: Life,
    agenda: Agenda,
    said: Feedback,
    meeting_id: UUID,
    meeting_on: dt.date,
    at: dt.datetime,
    *,
    late: bool,
) -> None:
    words = life.tell(said.different)
    channel = feedback.Channel.ROOM if late else _CHANNELS[life.townsperson.number % len(_CHANNELS)]
    feedback_id = feedback.answer(
        actor=life.as_caseworker(at) if channel == feedback.Channel.PAPER else life.as_citizen(at),
        at=at,
        case_id=life.case,
        meeting_id=meeting_id,
        meeting_on=meeting_on,
        answers=feedback.Answers(
            was_ok=said.ok,
            talked_enough=said.dreams,
            something_different="no" if words.lower().startswith("nej") else "yes",
            words=words,
        ),
        channel=channel,
    )
    talks = cases.Task.objects.filter(source=cases.TaskSource.FEEDBACK, source_id=feedback_id)
    if not late:
        _plan_talks(life, agenda, list(talks.values_list("id", flat=True)), at)
    if said.changed:
        changed_at = min(_in_office(at), life.moments.now - 5 * _MINUTE)
        agenda.add(changed_at, lambda at: _change(life, at, feedback_id, said.changed))


_CHANNELS = (feedback.Channel.TABLET, feedback.Channel.TABLET, feedback.Channel.PAPER, feedback.Channel.TABLET)


def _plan_talks(life: Life, agenda: Agenda, task_ids: Iterable[UUID], at: dt.datetime) -> None:
    owner = life.party("caseworker")
    done_at = min(_in_office(at), life.moments.now - 5 * _MINUTE)
    for task_id in task_ids:
        kept = Kept(owner.name, owner.side, owner.user_id, cases.TaskStatus.DONE, done_at)
        follow_task(life, agenda, task_id, kept)


def _in_office(at: dt.datetime) -> dt.datetime:
    """The third workday after, in the morning."""
    day = add_workdays(at.date(), 3)
    return at.replace(year=day.year, month=day.month, day=day.day, hour=9, minute=35)


def _change(life: Life, at: dt.datetime, feedback_id: UUID, changed: Words) -> None:
    feedback.say_what_changed(
        actor=life.as_caseworker(at), at=at, feedback_id=feedback_id, text=life.tell(changed)[:400]
    )
