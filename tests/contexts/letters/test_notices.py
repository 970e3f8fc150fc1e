"""Letters that say an answer comes later: written by Samspil, sent in time, once, also when a process is killed."""

import datetime as dt
from typing import Any

import pytest

from samspil.contexts.access.api import system_actor
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.decisions import api as decisions
from samspil.contexts.letters import api as letters
from samspil.contexts.letters import notices
from samspil.contexts.letters.api import Dispatch, Letter, LetterRefusal
from samspil.contexts.letters.commands import noticing, sending
from samspil.contexts.letters.models import LetterDocument
from samspil.jobs import deadlines as jobs
from samspil.kernel import clock
from samspil.kernel.clock import DENMARK
from samspil.kernel.verdict import Refused
from tests.cast import NOW, Cast
from tests.decisions_world import World, build_world
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db
ASKED_ON = dt.date(2026, 11, 2)
"""Support takes twelve weeks at most: the answer is due on 25 January 2027, and near from three quarters of that."""
DUE_ON = dt.date(2027, 1, 25)
NEAR_ON = dt.date(2027, 1, 4)
LEAVES_ON = dt.date(2027, 1, 22)
PROMISED = dt.date(2027, 2, 22)


@pytest.fixture
def town(cast: Cast) -> World:
    return build_world(cast)


@pytest.fixture
def asked(town: World) -> Any:
    need = town.need("At komme til kor", asked_on=ASKED_ON)
    decisions.choose_basis(actor=town.actor(), at=NOW, need_id=need, basis="sel-85")
    return need


def moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), DENMARK)


def watch(day: dt.date) -> jobs.Watched:
    return jobs.watch(now=moment(day))


def notice() -> Letter:
    return Letter.objects.exclude(kind="decision").get()


def of_need(need: Any) -> deadlines.Deadline:
    return deadlines.Deadline.objects.exclude(status="cancelled").get(kind="decide", subject_id=need)


def test_written_when_the_day_is_near_and_only_then(town: World, asked: Any):
    assert of_need(asked).due_on == DUE_ON
    watch(NEAR_ON - dt.timedelta(days=1))
    assert not Letter.objects.exists()
    watch(NEAR_ON)
    seen = letters.letter(town.actor(), notice().id)
    assert (seen.status, seen.leaves_on, seen.expected_on) == ("draft", LEAVES_ON, PROMISED)
    news = seen.parts[0].text
    assert "at komme til kor" in news
    assert "25. januar 2027" in news
    assert "22. februar 2027" in news
    assert not seen.missing
    with pytest.raises(Letter.DoesNotExist):
        letters.letter(town.actor("karla"), notice().id)


def test_leaves_by_itself_on_the_last_working_day_and_moves_the_day(town: World, asked: Any):
    watch(NEAR_ON)
    assert watch(LEAVES_ON - dt.timedelta(days=1)).sent == 0
    assert watch(LEAVES_ON).sent == 1
    assert watch(LEAVES_ON).sent == 0
    row = of_need(asked)
    assert (row.due_on, row.status) == (PROMISED, "open")
    (change,) = deadlines.changes_in_case(town.actor(on=LEAVES_ON), town.case_id)[row.id]
    assert "Vi skal vide mere" in change.why
    assert Dispatch.objects.get().channel == "digital_post"
    read = letters.letter(town.actor("karla", on=LEAVES_ON), notice().id)
    assert read.complaint_by is None
    assert set(read.documents) == {"letter", "easy", "english"}
    for kind, words in (("letter", "Du får svar senere"), ("easy", "Du får svar senest"), ("english", "later")):
        assert words in text_of(letters.paper(town.actor("karla", on=LEAVES_ON), read.id, kind).pdf)


def test_a_day_that_was_moved_is_watched_like_the_first(town: World, asked: Any):
    watch(NEAR_ON)
    watch(LEAVES_ON)
    watch(PROMISED - dt.timedelta(days=1))
    second = Letter.objects.exclude(kind="decision").get(occasion_on=PROMISED)
    assert second.status == "draft"


def test_a_caseworker_betters_it_and_sends_it_with_another_day(town: World, asked: Any):
    watch(NEAR_ON)
    mette = town.actor(on=NEAR_ON)
    seen = letters.letter(mette, notice().id)
    day = dt.date(2027, 2, 1)
    said = {"because": "Din læge har ikke svaret os endnu."}
    call = {"actor": mette, "at": moment(NEAR_ON), "letter_id": seen.id}
    letters.edit_letter(**call, texts=said, seen=seen.version, expected_on=day)
    letters.send_letter(**call, channel="portal", seen=seen.version + 1)
    assert of_need(asked).due_on == day
    read = letters.letter(town.actor("karla", on=NEAR_ON), seen.id)
    assert "1. februar 2027" in read.parts[0].text
    assert read.parts[1].text == said["because"]
    assert watch(LEAVES_ON).sent == 0


@pytest.mark.parametrize("day", [DUE_ON, NEAR_ON, DUE_ON - dt.timedelta(days=1)])
def test_a_new_day_is_later_than_the_old_one(town: World, asked: Any, day: dt.date):
    watch(NEAR_ON)
    with pytest.raises(Refused) as refusal:
        letters.edit_letter(
            actor=town.actor(on=NEAR_ON), at=moment(NEAR_ON), letter_id=notice().id, texts={}, seen=1, expected_on=day
        )
    assert refusal.value.reason == LetterRefusal.DAY_NOT_LATER


def test_a_day_moved_by_hand_stands_in_the_notice(town: World, asked: Any):
    watch(NEAR_ON)
    day = dt.date(2027, 2, 8)
    deadlines.move_deadline(
        actor=town.actor(on=NEAR_ON), at=moment(NEAR_ON), deadline_id=of_need(asked).id, due_on=day, why="Ferie i huset"
    )
    seen = letters.letter(town.actor(on=NEAR_ON), notice().id)
    assert seen.expected_on == day
    assert "Ferie" not in "".join(part.text for part in seen.parts)
    assert watch(LEAVES_ON).sent == 1
    assert of_need(asked).due_on == day


def test_a_day_moved_before_it_was_near_is_told_too(town: World, asked: Any):
    day = dt.date(2027, 2, 8)
    deadlines.move_deadline(actor=town.actor(), at=NOW, deadline_id=of_need(asked).id, due_on=day, why="Ferie")
    assert notice().occasion_on == DUE_ON
    assert watch(LEAVES_ON).sent == 1


def test_an_answer_that_comes_in_time_needs_no_notice(town: World, asked: Any):
    watch(NEAR_ON)
    at = moment(NEAR_ON)
    found = of_need(asked)
    deadlines.meet_deadline(actor=town.actor(on=NEAR_ON), at=at, deadline_id=found.id)
    with pytest.raises(Refused) as refusal:
        letters.send_letter(actor=town.actor(on=NEAR_ON), at=at, letter_id=notice().id, channel="portal", seen=1)
    assert refusal.value.reason == LetterRefusal.NOT_NEEDED
    assert watch(LEAVES_ON).sent == 0
    assert not Letter.objects.exists()


def test_one_that_cannot_be_understood_waits_for_whoever_wrote_it(town: World, asked: Any):
    watch(NEAR_ON)
    letters.edit_letter(
        actor=town.actor(on=NEAR_ON), at=moment(NEAR_ON), letter_id=notice().id, texts={"because": "Se § 3."}, seen=1
    )
    watched = watch(LEAVES_ON)
    assert (watched.sent, watched.held) == (0, 1)
    assert (notice().status, notice().leaves_on) == ("draft", None)
    assert watch(LEAVES_ON).held == 0


@pytest.mark.parametrize("place", ["_freeze", "_promise", "begin_dispatch"])
def test_a_process_that_dies_has_sent_nothing_and_the_next_sends_once(
    town: World, asked: Any, monkeypatch: pytest.MonkeyPatch, place: str
):
    watch(NEAR_ON)

    def die(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(sending, place, die)
        assert watch(LEAVES_ON).failed == (notice().id,)
    assert (notice().status, of_need(asked).due_on) == ("draft", DUE_ON)
    assert not Dispatch.objects.exists()
    assert not LetterDocument.objects.exists()
    assert watch(LEAVES_ON).sent == 1
    assert watch(LEAVES_ON).sent == 0
    assert Dispatch.objects.count() == 1


def test_the_database_holds_one_notice_for_each_day(town: World, asked: Any):
    watch(NEAR_ON)
    event = deadlines.DeadlineNear(of_need(asked).id, town.case_id, "decide", asked, DUE_ON, moment(NEAR_ON))
    noticing.write_as_deadline_nears(event)
    assert Letter.objects.count() == 1


def test_only_deadlines_that_owe_a_notice_get_one(town: World):
    event = deadlines.DeadlineNear(town.case_id, town.case_id, "hearing", None, DUE_ON, moment(NEAR_ON))
    noticing.write_as_deadline_nears(event)
    assert not Letter.objects.exists()


def test_a_later_look_at_a_complaint_is_told_with_its_reason(town: World):
    complaint = town.complain(town.refused())
    day = dt.date(2027, 1, 15)
    decisions.delay_reassessment(
        actor=town.actor(), at=NOW, complaint_id=complaint, due_on=day, words="Vi venter på svar fra din læge."
    )
    seen = letters.letter(town.actor(), notice().id)
    assert (seen.kind, seen.expected_on) == ("look_later", day)
    assert seen.parts[1].text == "Vi venter på svar fra din læge."
    assert not seen.may_choose_day
    tomorrow = clock.day_of(NOW) + dt.timedelta(days=1)
    assert watch(tomorrow).sent == 1
    assert "15. januar 2027" in letters.letter(town.actor("karla", on=tomorrow), seen.id).parts[0].text


@pytest.mark.parametrize("kind", sorted(notices.notices()))
def test_every_notice_is_easy_to_read(kind: str):
    from samspil import klartjek
    from samspil.contexts.letters import clarity, content
    from tests.letter_facts import SENDER

    days = {"due_on": DUE_ON, "expected_on": PROMISED, "received_on": ASKED_ON}
    facts = notices.NoticeFacts(kind=kind, on=NEAR_ON, sender=SENDER, asked_for="hjælp til at komme til kor", **days)
    kept = content.keep(notices.compose_notice(facts))
    found = clarity.report(kept, facts, on=NEAR_ON)
    assert found.lix.value <= 32
    assert not [one for one in found.findings if one.severity is klartjek.Severity.ERROR]
    assert not content.missing(kept)
    assert notices.notice_facts_from(facts.as_json()) == facts


def test_notices_leave_before_the_day_and_never_after():
    friday, monday = dt.date(2027, 1, 22), dt.date(2027, 1, 25)
    assert notices.leaves_on(monday, on=dt.date(2027, 1, 4)) == friday
    assert notices.leaves_on(monday, on=friday) == friday + dt.timedelta(days=1)
    assert notices.leaves_on(monday, on=monday) == monday


def test_nobody_else_sends_for_samspil(town: World, asked: Any):
    watch(NEAR_ON)
    letters.send_due_notices(actor=system_actor(LEAVES_ON), at=moment(LEAVES_ON))
    assert notice().sent_by_name == "Samspil"
