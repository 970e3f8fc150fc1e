"""Closing: the board becomes note, tasks, goals, plan and picture in one transaction, and can be taken back."""

import datetime as dt
import hashlib
import io
from uuid import UUID, uuid4

import pikepdf
import pytest
from django.utils import translation

from samspil.contexts.access.api import Event
from samspil.contexts.cases.api import Task
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.closing_rules import BECOMES, goal_title
from samspil.contexts.meetings.models import BoardPicture, Meeting, ScaleAnswer
from samspil.contexts.notes.api import Note, Segment, SegmentKind
from samspil.kernel.verdict import Refused
from tests.boards import LATER, NOTHING, NOW, call_meeting, everything, fill, op, open_board, put, write
from tests.cast import Cast

pytestmark = pytest.mark.django_db
THURSDAY = dt.date(2026, 11, 26)


def close(cast: Cast, meeting_id: UUID, *, by: str = "mette", at: dt.datetime = LATER) -> None:
    meetings.close_meeting(actor=cast.actor(by), at=at, meeting_id=meeting_id)


def undo(cast: Cast, meeting_id: UUID, *, by: str = "mette", at: dt.datetime = LATER + dt.timedelta(hours=23)) -> None:
    meetings.undo_close(actor=cast.actor(by), at=at, meeting_id=meeting_id)


def test_every_kind_of_card_becomes_something() -> None:
    assert set(BECOMES) == set(meetings.CardKind.values)
    assert {becomes.segment for becomes in BECOMES.values()} <= set(SegmentKind.values)


def test_the_board_becomes_a_note_with_a_segment_per_card(cast: Cast) -> None:
    meeting_id = open_board(cast)
    cards = fill(cast, meeting_id)
    close(cast, meeting_id)
    note = Note.objects.get(meeting_id=meeting_id)
    assert (note.kind, note.author_name, note.for_provider) == ("meeting", "Mette Bjerre", True)
    said = [(s.kind, s.text, s.source_card) for s in note.segments.order_by("order")]
    assert said == [
        ("citizen_words", "Koret er det bedste på ugen", cards["words"]),
        ("resource", "Karla laver mad selv tre dage om ugen", cards["works"]),
        ("wish", "Et job med dyr", cards["wish"]),
        ("observation", "Bekymring: Larm om natten. Sover fire timer", cards["worry"]),
        ("observation", "Spørgsmål: Hvem ringer vi til om natten?", cards["question"]),
        ("observation", "Idé: Ørepropper", cards["idea"]),
        ("agreement", "Jonas kører med bussen, tre sæder bagved", cards["agreement"]),
        ("observation", "Hvor er du i dag? 7 på en skala fra 0 til 10.", None),
    ]


def test_an_agreement_becomes_a_task_with_owner_and_day(cast: Cast) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    write(cast, meeting_id, "mette", "next", "Nattero", who="Boligselskabet", when="1.12.")
    close(cast, meeting_id)
    tasks = {task.owner_name: task for task in Task.objects.filter(source="board")}
    assert set(tasks) == {"Jonas Lykke", "Boligselskabet"}
    jonas = tasks["Jonas Lykke"]
    assert (jonas.owner_id, jonas.owner_side, jonas.due_on, jonas.status) == (
        cast.jonas.id,
        "provider",
        THURSDAY,
        "open",
    )
    assert jonas.text == "Jonas kører med bussen, tre sæder bagved"
    assert tasks["Boligselskabet"].owner_id is None


def test_goal_cards_make_and_change_goals(cast: Cast) -> None:
    mette = cast.actor("mette")
    old = goals.add_goal(actor=mette, at=NOW, case_id=cast.case_id, title="Tage bussen", citizen_words="Bussen")
    meeting_id = open_board(cast, layout="my_plan")
    new = write(cast, meeting_id, "karla", "dream", "Jeg vil have mit eget job med dyr", card_kind="goal")
    changed = write(cast, meeting_id, "karla", "dream", "Tage bussen helt alene", card_kind="goal")
    put(cast, meeting_id, "mette", op("kind", changed, card_kind="goal", goal=old))
    close(cast, meeting_id)
    titles = dict(goals.Goal.objects.values_list("title", "citizen_words"))
    assert titles == {
        "Jeg vil have mit eget job med dyr": "Jeg vil have mit eget job med dyr",
        "Tage bussen helt alene": "Tage bussen helt alene",
    }
    segments = dict(Segment.objects.filter(source_card__in=[new, changed]).values_list("source_card", "goal_id"))
    assert segments[changed] == old
    assert segments[new] == goals.Goal.objects.get(title="Jeg vil have mit eget job med dyr").id
    undo(cast, meeting_id)
    alive = goals.Goal.objects.exclude(status="ended").values_list("title", "citizen_words")
    assert list(alive) == [("Tage bussen", "Bussen")]


def test_a_fourth_goal_is_refused_and_nothing_happens(cast: Cast) -> None:
    meeting_id = open_board(cast, layout="my_plan")
    for n in range(4):
        write(cast, meeting_id, "karla", "dream", f"Mål {n}", card_kind="goal")
    with pytest.raises(Refused) as refused:
        close(cast, meeting_id)
    assert refused.value.reason == goals.GoalRefusal.FOUR_GOALS
    assert everything() == NOTHING
    view = meetings.closing_for(cast.actor("mette"), meeting_id)
    assert [row.problem for row in view.goals] == [None, None, None, goals.GoalRefusal.FOUR_GOALS]


@pytest.mark.parametrize("lacking", [{"who": "Jonas"}, {"when": "torsdag"}, {}])
def test_an_agreement_without_person_or_day_is_refused_and_shown(cast: Cast, lacking: dict[str, str]) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    write(cast, meeting_id, "ida", "next", "Vi øver", **lacking)
    with pytest.raises(Refused) as refused:
        close(cast, meeting_id)
    assert refused.value.reason == meetings.MeetingRefusal.AGREEMENT_WITHOUT_OWNER
    assert everything() == NOTHING
    view = meetings.closing_for(cast.actor("mette"), meeting_id)
    assert [bool(row.problem) for row in view.agreements] == [False, True]
    assert not view.may_close


def test_the_plan_gets_a_version_with_the_new_agreements(cast: Cast) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    close(cast, meeting_id)
    version = goals.plan_versions(cast.actor("karla"), cast.case_id)[0]
    assert [agreement.who for agreement in version.content.agreements] == ["Jonas Lykke"]


def test_the_picture_is_an_accessible_pdf_with_frozen_bytes(cast: Cast) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    write(cast, meeting_id, "karla", "works", '#strong[fed] $x^2$ <b> \\ "hej" 😊 مرحبا')
    close(cast, meeting_id)
    row = BoardPicture.objects.get(meeting_id=meeting_id)
    assert hashlib.sha256(bytes(row.pdf)).hexdigest() == row.sha256
    pdf = meetings.picture_pdf(cast.actor("karla"), meeting_id)
    assert pdf == bytes(row.pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.Lang == "da-DK"
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == "Karlas tavle, tirsdag den 24. november 2026"
    view = meetings.picture_for(cast.actor("ida"), meeting_id, now=LATER)
    words = [card.text for column in view.picture.columns for card in column.cards]
    assert '#strong[fed] $x^2$ <b> \\ "hej" 😊 مرحبا' in words
    assert view.picture.facts == "tirsdag den 24. november 2026 · Karla, Mette, Jonas og Ida var med"
    notes = {card.text: card.note for column in view.picture.columns for card in column.cards}
    assert notes["Et job med dyr"] == "Ønske · Karla"
    assert notes["Larm om natten. Sover fire timer"] == "Jonas"
    assert notes["Koret er det bedste på ugen"] == ""
    assert view.picture.agreements[0].note == "Jonas · torsdag den 26. november"


def test_what_is_kept_is_danish_whatever_the_screen_speaks(cast: Cast) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    with translation.override("en"):
        close(cast, meeting_id)
    assert Note.objects.get(meeting_id=meeting_id).title == "Statusmøde"
    view = meetings.picture_for(cast.actor("karla"), meeting_id, now=LATER)
    assert "Ønske · Karla" in [card.note for column in view.picture.columns for card in column.cards]


def test_the_same_board_gives_the_same_bytes(cast: Cast) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    close(cast, meeting_id)
    undo(cast, meeting_id)
    close(cast, meeting_id)
    hashes = list(BoardPicture.objects.values_list("sha256", flat=True))
    assert len(hashes) == 2
    assert hashes[0] == hashes[1]


def test_everybody_at_the_meeting_gets_the_picture_and_nobody_else(cast: Cast) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    close(cast, meeting_id)
    for who in ("karla", "ida", "mette", "jonas", "lene"):
        assert meetings.picture_for(cast.actor(who), meeting_id, now=LATER).sha256
        assert meetings.picture_pdf(cast.actor(who), meeting_id)[:5] == b"%PDF-"
    for stranger in ("otto", "otto_provider", "uffe", "vita"):
        with pytest.raises(Meeting.DoesNotExist):
            meetings.picture_for(cast.actor(stranger), meeting_id, now=LATER)
        with pytest.raises(Meeting.DoesNotExist):
            meetings.picture_pdf(cast.actor(stranger), meeting_id)


@pytest.mark.parametrize("who", ["karla", "ida", "jonas"])
def test_only_the_authority_closes_and_takes_back(cast: Cast, who: str) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    with pytest.raises(Refused):
        close(cast, meeting_id, by=who)
    close(cast, meeting_id)
    with pytest.raises(Refused):
        undo(cast, meeting_id, by=who)


def test_strangers_cannot_close(cast: Cast) -> None:
    meeting_id = open_board(cast)
    for who in ("otto", "vita"):
        with pytest.raises(Meeting.DoesNotExist):
            close(cast, meeting_id, by=who)
        with pytest.raises(Meeting.DoesNotExist):
            undo(cast, meeting_id, by=who)


def test_a_closed_board_takes_no_more_words_and_is_closed_once(cast: Cast) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    close(cast, meeting_id)
    assert meetings.changes_since(cast.actor("ida"), meeting_id, 0).status == "closed"
    for again in (
        lambda: write(cast, meeting_id, "ida", "works", "for sent"),
        lambda: close(cast, meeting_id),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.reason == meetings.MeetingRefusal.BOARD_CLOSED
    assert everything() | {"tasks": 1} == {**NOTHING, "notes": 1, "tasks": 1, "plans": 1, "pictures": 1, "closed": 1}


def test_a_meeting_that_is_not_open_cannot_be_closed(cast: Cast) -> None:
    meeting_id = call_meeting(cast)
    with pytest.raises(Refused) as refused:
        close(cast, meeting_id)
    assert refused.value.reason == meetings.MeetingRefusal.BOARD_NOT_OPEN


def test_removed_and_empty_cards_become_nothing(cast: Cast) -> None:
    meeting_id = open_board(cast)
    gone = write(cast, meeting_id, "ida", "works", "Væk")
    put(cast, meeting_id, "ida", op("remove", gone), op("add", uuid4(), column="next", text=""))
    write(cast, meeting_id, "ida", "works", "Her")
    close(cast, meeting_id)
    assert list(Segment.objects.values_list("text", flat=True)) == ["Her"]


def test_an_empty_board_can_be_closed(cast: Cast) -> None:
    meeting_id = open_board(cast)
    close(cast, meeting_id)
    assert everything() == {**NOTHING, "plans": 1, "pictures": 1, "closed": 1}
    undo(cast, meeting_id)
    assert everything() == NOTHING


def test_undo_takes_everything_back_and_the_board_is_open_again(cast: Cast) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    write(cast, meeting_id, "karla", "works", "Mit eget job", card_kind="goal")
    close(cast, meeting_id)
    assert everything() == {"notes": 1, "tasks": 1, "goals": 1, "plans": 1, "pictures": 1, "closed": 1}
    undo(cast, meeting_id)
    assert everything() == NOTHING
    plan = goals.goals_for(cast.actor("mette"), cast.case_id)
    assert plan.running + plan.proposed + plan.over == ()
    assert ScaleAnswer.objects.filter(meeting_id=meeting_id).count() == 1
    write(cast, meeting_id, "ida", "works", "Lidt mere")
    close(cast, meeting_id, at=LATER + dt.timedelta(hours=24))
    assert everything() == {"notes": 1, "tasks": 1, "goals": 1, "plans": 1, "pictures": 1, "closed": 1}
    assert Event.objects.filter(kind="meeting.reopened").count() == 1


def test_undo_is_refused_after_24_hours(cast: Cast) -> None:
    meeting_id = open_board(cast)
    close(cast, meeting_id)
    with pytest.raises(Refused) as refused:
        undo(cast, meeting_id, at=LATER + dt.timedelta(hours=24))
    assert refused.value.reason == meetings.MeetingRefusal.UNDO_TOO_LATE
    view = meetings.picture_for(cast.actor("mette"), meeting_id, now=LATER + dt.timedelta(hours=24))
    assert not view.may_undo
    with pytest.raises(Refused):
        undo(cast, open_board(cast))


def test_a_goal_that_got_other_words_since_keeps_them_when_the_closing_is_undone(cast: Cast) -> None:
    mette = cast.actor("mette")
    old = goals.add_goal(actor=mette, at=NOW, case_id=cast.case_id, title="Tage bussen", citizen_words="Bussen")
    meeting_id = open_board(cast)
    card = write(cast, meeting_id, "karla", "works", "Bussen alene")
    put(cast, meeting_id, "mette", op("kind", card, card_kind="goal", goal=old))
    close(cast, meeting_id)
    goals.change_goal(actor=mette, at=LATER, goal_id=old, title="Bussen til værkstedet")
    undo(cast, meeting_id)
    assert goals.Goal.objects.get(id=old).title == "Bussen til værkstedet"


def test_a_goal_that_others_have_built_on_stays_to_be_seen_when_the_closing_is_undone(cast: Cast) -> None:
    meeting_id = open_board(cast)
    write(cast, meeting_id, "karla", "works", "Mit eget job", card_kind="goal")
    close(cast, meeting_id)
    goal = goals.Goal.objects.get()
    goals.rate_goal(actor=cast.actor("jonas"), at=LATER, goal_id=goal.id, value=3)
    undo(cast, meeting_id)
    over = goals.goals_for(cast.actor("mette"), cast.case_id).over
    assert [(one.title, one.status) for one in over] == [("Mit eget job", "ended")]


def test_a_long_card_gives_a_goal_with_a_short_name() -> None:
    title = goal_title("Jeg vil " + "gerne " * 30)
    assert len(title) <= 80
    assert title.endswith("gerne…")
    assert goal_title("Kort\nog mere") == "Kort"


def test_queries_of_closing_page_do_not_grow_with_cards(cast: Cast, count_queries) -> None:  # type: ignore[no-untyped-def]
    meeting_id = open_board(cast)
    actor = cast.actor("mette")
    counts = []
    for _ in range(2):
        for n in range(10):
            write(cast, meeting_id, "karla", "works", f"kort {n}")
        counts.append(count_queries(lambda: meetings.closing_for(actor, meeting_id)))
    assert counts[0] == counts[1]
