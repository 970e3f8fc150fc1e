"""Whole cases, built through the commands, for those who walk the pages."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from samspil.contexts.access import api as access
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.citizens.models import AccessGrant
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.disputes import api as disputes
from samspil.contexts.feedback import api as feedback
from samspil.contexts.goals import api as goals
from samspil.contexts.letters import api as letters
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.api import Op, OpKind
from samspil.contexts.meetings.models import Meeting
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import api as orders
from tests.cast import Cast
from tests.letter_facts import facts_for


@dataclass(frozen=True, slots=True)
class FullCase:
    """Karla's case with everything in it: held and coming meeting, goals, order, status note, notes."""

    held: UUID
    coming: UUID
    open_board: UUID
    goal: UUID
    order: UUID
    status_note: UUID
    letter: UUID
    letter_draft: UUID
    undecided: dict[str, UUID] = field(default_factory=dict)


def full_case(cast: Cast, *, now: dt.datetime) -> FullCase:
    catalogue.load_code_systems(at=now)
    catalogue.load_law(at=now)
    meetings.load_layouts()
    people = {name: _actor(cast, name, now) for name in ("mette", "jonas", "karla")}
    goal = _goals(cast, people, now)
    held = _held_meeting(cast, people, now)
    order = orders.send_order(
        actor=people["mette"],
        at=now - dt.timedelta(days=40),
        case_id=cast.case_id,
        unit_id=cast.team.id,
        what="Støtte til at køre med bus",
        how_often="To gange om ugen",
        starts_on=(now - dt.timedelta(days=39)).date(),
        goal_ids=[goal],
        follow_up_on=(now + dt.timedelta(days=15)).date(),
    )
    orders.accept_order(actor=people["jonas"], at=now - dt.timedelta(days=39), order_id=order, contact_id=cast.jonas.id)
    _notes(cast, people, goal, now)
    orders.ask_question(actor=people["jonas"], at=now, order_id=order, text="Må vi øve om søndagen?")
    for kind in ("decide", "complain", "follow_up"):
        deadlines.open_deadline(
            actor=people["mette"], at=now, case_id=cast.case_id, kind=kind, from_on=(now - dt.timedelta(days=20)).date()
        )
    _dispute(cast, people, now)
    status_note = orders.compose_status_note(actor=people["jonas"], at=now, order_id=order)
    open_board = _call(cast, people, now + dt.timedelta(minutes=5), now=now, kind="conversation")
    meetings.open_meeting(actor=people["mette"], at=now, meeting_id=open_board)
    _write(people["mette"], open_board, now, "Koret er det bedste på ugen")
    coming = _call(cast, people, now + dt.timedelta(days=15), now=now, kind="conversation")
    letter, draft = _letters(cast, people, now)
    return FullCase(held, coming, open_board, goal, order, status_note, letter, draft)


def _letters(cast: Cast, people: dict[str, access.Actor], now: dt.datetime) -> tuple[UUID, UUID]:
    """One that was sent, with a copy that waits for its envelope, and the draft of another."""
    mette = people["mette"]
    draw = {"actor": mette, "case_id": cast.case_id}
    sent = letters.draft_letter(at=now, facts=facts_for("sel-85", "partial"), **draw)
    let = AccessGrant.objects.filter(
        citizen=cast.citizen_id, scopes__contains=["letters"], runs__contains=now.date(), taken_back_at__isnull=True
    )
    copies = list(let.filter(relation__user_id=cast.ida.id).values_list("relation_id", flat=True))
    letters.send_letter(actor=mette, at=now, letter_id=sent, channel="portal", seen=1, copies=copies)
    return sent, letters.draft_letter(at=now, facts=facts_for("sel-97", "refusal"), **draw)


def _dispute(cast: Cast, people: dict[str, access.Actor], now: dt.datetime) -> None:
    """One with a plan, to be looked at again today."""
    mette = people["mette"]
    made = disputes.note_dispute(
        actor=mette,
        at=now - dt.timedelta(days=10),
        case_id=cast.case_id,
        between="Karlas søster og bostøtten",
        about="Hvor meget Karla skal øve sig alene.",
        citizen_words="De skal spørge mig først.",
        is_shown=True,
    )
    disputes.plan_dispute(
        actor=mette,
        at=now - dt.timedelta(days=10),
        dispute_id=made,
        talks_name=mette.name,
        talks_with="Karla, Ida og Jonas",
        talk_on=(now - dt.timedelta(days=2)).date(),
        approach="Karla siger først, hvad hun selv vil. Så svarer de andre.",
        follow_up_on=now.date(),
        is_shown=True,
    )


def _actor(cast: Cast, name: str, now: dt.datetime) -> access.Actor:
    return cast.actor(name, on=now.date())


def _goals(cast: Cast, people: dict[str, access.Actor], now: dt.datetime) -> UUID:
    at = now - dt.timedelta(days=60)
    mette, jonas = people["mette"], people["jonas"]
    words = "Jeg vil gerne kunne tage bussen til koret selv."
    goals.set_purpose(actor=mette, at=at, case_id=cast.case_id, citizen_words=words, wording="Tryghed i trafikken")
    goal = goals.add_goal(
        actor=mette,
        at=at,
        case_id=cast.case_id,
        title="Tage bussen alene",
        citizen_words=words,
        wording="Karla kører selv med linje 4 til kor.",
        if_reached="Vi taler sammen om, hvad du så har brug for.",
        if_not_reached="Vi prøver en anden vej.",
        pictogram="bus",
        follow_up_on=(now + dt.timedelta(days=15)).date(),
    )
    for title, picture in (("Jeg kan ruten", "map"), ("Jeg kører med Jonas", "bus")):
        goals.add_sub_goal(actor=jonas, at=at, goal_id=goal, title=title, citizen_words=title, pictogram=picture)
    for name, value in (("jonas", 6), ("karla", 7), ("mette", 5)):
        goals.rate_goal(actor=people[name], at=at, goal_id=goal, value=value)
    return goal


def _call(cast: Cast, people: dict[str, access.Actor], starts_at: dt.datetime, *, now: dt.datetime, kind: str) -> UUID:
    return meetings.call_meeting(
        actor=people["mette"],
        at=now,
        case_id=cast.case_id,
        kind=kind,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=1),
        place="Biblioteket",
        form="walk",
        purpose="Jeg vil gerne høre, hvordan det går med bussen.",
        agenda=[],
        layout_slug="three_columns",
        attendees=[
            meetings.Guest("Karla Holm", "citizen", "", cast.karla.id),
            meetings.Guest("Mette Bjerre", "authority", "rådgiver", cast.mette.id),
            meetings.Guest("Jonas Lykke", "provider", "bostøtte", cast.jonas.id),
        ],
    )


def _write(actor: access.Actor, meeting_id: UUID, at: dt.datetime, text: str) -> None:
    column = Meeting.objects.select_related("layout").get(id=meeting_id).layout.columns[0]["slug"]
    change = Op(id=uuid4(), kind=OpKind("add"), card=uuid4(), column=column, text=text)
    meetings.apply_board_ops(actor=actor, at=at, meeting_id=meeting_id, ops=[change])


def _held_meeting(cast: Cast, people: dict[str, access.Actor], now: dt.datetime) -> UUID:
    then = now - dt.timedelta(days=3)
    held = _call(cast, people, then, now=then - dt.timedelta(days=7), kind="conversation")
    meetings.open_meeting(actor=people["mette"], at=then, meeting_id=held)
    _write(people["mette"], held, then, "Karla laver mad selv tre dage om ugen")
    meetings.close_meeting(actor=people["mette"], at=then, meeting_id=held)
    feedback.answer(
        actor=people["karla"],
        at=then,
        case_id=cast.case_id,
        meeting_id=held,
        meeting_on=then.date(),
        answers=feedback.Answers("yes", "no", "some", "Mere tid til bussen."),
        channel="room",
    )
    return held


def _notes(cast: Cast, people: dict[str, access.Actor], goal: UUID, now: dt.datetime) -> None:
    pieces = [
        notes.NewSegment("citizen_words", "Jeg turde godt, da Jonas sad tre sæder bagved."),
        notes.NewSegment("observation", "Karla kørte tre stop uden at ringe.", goal_id=goal),
        notes.NewSegment("change", "Karla har fået nye naboer og sover dårligt på grund af støj."),
        notes.NewSegment("agreement", "Jonas kører med igen", who="Jonas Lykke", due_on=now.date()),
        notes.NewSegment("assessment", "Hun er klar til hele ruten.", hidden_reason="Vi taler om det på mødet først."),
    ]
    notes.write_note(
        actor=people["jonas"],
        at=now - dt.timedelta(days=1),
        case_id=cast.case_id,
        kind="visit",
        happened_at=now - dt.timedelta(days=1),
        pieces=pieces,
    )
