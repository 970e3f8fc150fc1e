import pytest

from samspil.contexts.access.api import NotAllowed
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.models import Meeting
from samspil.kernel.verdict import Refused
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def answer(actor, meeting_id, step, *choices, words="") -> None:
    meetings.save_preparation_step(actor=actor, at=NOW, meeting_id=meeting_id, step=step, choices=choices, words=words)


def test_answers_become_agenda_points_and_company(call, cast) -> None:
    meeting_id = call()
    karla = cast.actor("karla")
    answer(karla, meeting_id, "hopes", "calm", "made_up_by_somebody")
    answer(karla, meeting_id, "points", "money", words="Støjen om natten\n\nBussen")
    answer(karla, meeting_id, "company", words="Ida")
    meetings.send_preparation(actor=karla, at=NOW, meeting_id=meeting_id)
    view = meetings.meeting_for(cast.actor("mette"), meeting_id, now=NOW)
    assert [line.text for line in view.agenda if line.by_side == "citizen"] == ["Støjen om natten", "Bussen", "Penge"]
    assert view.agenda[0].by_side == "citizen"
    assert [p.name for p in view.people if p.brought_by_citizen] == ["Ida"]
    assert view.preparation.prepared_with == "alone"
    assert view.preparation.answers[0].lines == ("Mere ro",)
    assert [line.text for line in view.checklist if line.done_at and line.side == "citizen"] == [
        "Gør dig klar: seks små spørgsmål"
    ]


def test_sending_again_replaces_what_was_sent(call, cast) -> None:
    meeting_id = call()
    karla = cast.actor("karla")
    for words in ("Bussen", "Hunden"):
        answer(karla, meeting_id, "points", words=words)
        meetings.send_preparation(actor=karla, at=NOW, meeting_id=meeting_id)
    view = meetings.meeting_for(karla, meeting_id, now=NOW)
    assert [line.text for line in view.agenda if line.by_side == "citizen"] == ["Hunden"]


@pytest.mark.parametrize(("who", "with_whom"), [("ida", "relative"), ("jonas", "provider")])
def test_the_record_says_with_whom(call, cast, who, with_whom) -> None:
    meeting_id = call()
    meetings.send_preparation(actor=cast.actor(who), at=NOW, meeting_id=meeting_id)
    kept = meetings.preparation_for(cast.actor("mette"), meeting_id)
    assert (kept.prepared_with, kept.typed_by_name) == (with_whom, getattr(cast, who).name)


def test_the_citizen_says_who_helped(call, cast) -> None:
    meeting_id = call()
    karla = cast.actor("karla")
    meetings.say_who_helps(actor=karla, at=NOW, meeting_id=meeting_id, prepared_with="provider", name="Jonas")
    meetings.send_preparation(actor=karla, at=NOW, meeting_id=meeting_id)
    kept = meetings.preparation_for(karla, meeting_id)
    assert (kept.prepared_with, kept.prepared_with_name, kept.typed_by_name) == ("provider", "Jonas", "")


def test_only_the_citizen_says_who_helped(call, cast) -> None:
    meeting_id = call()
    meetings.send_preparation(actor=cast.actor("ida"), at=NOW, meeting_id=meeting_id)
    with pytest.raises(Refused) as refused:
        meetings.say_who_helps(actor=cast.actor("ida"), at=NOW, meeting_id=meeting_id, prepared_with="alone", name="")
    assert refused.value.reason is NotAllowed.NOT_YOUR_ROLE
    assert meetings.preparation_for(cast.actor("mette"), meeting_id).prepared_with == "relative"


def test_whoever_sends_for_the_citizen_is_on_record_whatever_was_said_before(call, cast) -> None:
    meeting_id = call()
    meetings.send_preparation(actor=cast.actor("karla"), at=NOW, meeting_id=meeting_id)
    meetings.send_preparation(actor=cast.actor("jonas"), at=NOW, meeting_id=meeting_id)
    kept = meetings.preparation_for(cast.actor("mette"), meeting_id)
    assert (kept.prepared_with, kept.prepared_with_name) == ("provider", cast.jonas.name)


def test_when_the_meeting_has_begun_it_is_too_late(call, cast) -> None:
    meeting_id = call()
    Meeting.objects.filter(id=meeting_id).update(status="open")
    with pytest.raises(Refused) as refused:
        answer(cast.actor("karla"), meeting_id, "hopes", "calm")
    assert refused.value.reason is meetings.MeetingRefusal.WRONG_STATUS


def test_a_question_that_nobody_asked_is_an_error(call, cast) -> None:
    with pytest.raises(KeyError):
        answer(cast.actor("karla"), call(), "secrets")
