import datetime as dt

import pytest

from samspil.contexts.access.api import Event, NotAllowed
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.models import ChecklistItem, Meeting
from samspil.kernel.machine import MoveRefusal
from tests.cast import NOW
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_called_meeting_has_fixed_points_people_and_everybodys_checklist(call, cast) -> None:
    meeting_id = call(kind="status")
    view = meetings.meeting_for(cast.actor("jonas"), meeting_id, now=NOW)
    assert view.agenda[0].text == "Hvordan går det med dine mål?"
    assert view.agenda[-1].text == "Støjen om natten"
    assert not view.agenda[-1].is_fixed
    assert {person.name for person in view.people} == {"Karla Holm", "Mette Bjerre", "Jonas Lykke"}
    assert {line.side for line in view.checklist} == {"authority", "provider", "citizen"}
    assert view.turn == "citizen"
    assert Event.objects.get(kind="meeting.called").subject_id == meeting_id


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"starts_at": NOW - dt.timedelta(minutes=1)}, meetings.MeetingRefusal.IN_THE_PAST),
        ({"ends_at": NOW + dt.timedelta(days=3)}, meetings.MeetingRefusal.ENDS_BEFORE_START),
    ],
)
def test_a_meeting_must_lie_ahead_and_last(call, changed, reason) -> None:
    assert refused(call, **changed) is reason
    assert not Meeting.objects.exists()


def test_only_the_authority_calls(call, cast) -> None:
    assert refused(call, actor=cast.actor("jonas")) is NotAllowed.NOT_YOUR_ROLE


@pytest.mark.parametrize("stranger", ["otto", "vita"])
def test_a_stranger_finds_no_case(call, cast, stranger) -> None:
    from samspil.contexts.cases.api import Case

    with pytest.raises(Case.DoesNotExist):
        call(actor=cast.actor(stranger))
    meeting_id = call()
    with pytest.raises(Meeting.DoesNotExist):
        meetings.meeting_for(cast.actor(stranger), meeting_id, now=NOW)
    assert meetings.meetings_of(cast.actor(stranger), cast.case_id) == ()


def test_two_people_of_one_name_are_both_asked(call, cast) -> None:
    both = [meetings.Guest("Mette Bjerre", "citizen"), meetings.Guest("Mette Bjerre", "authority", "rådgiver")]
    people = meetings.meeting_for(cast.actor("mette"), call(attendees=both), now=NOW).people
    assert [(one.name, one.side) for one in people] == [("Mette Bjerre", "authority"), ("Mette Bjerre", "citizen")]


def test_the_same_person_asked_twice_stands_once(call, cast) -> None:
    twice = [meetings.Guest("Ida Holm", "relative", "søster")] * 2
    assert len(meetings.meeting_for(cast.actor("mette"), call(attendees=twice), now=NOW).people) == 1


def test_a_cancelled_meeting_cannot_be_moved_or_cancelled_again(call, cast) -> None:
    meeting_id = call()
    mette = cast.actor("mette")
    meetings.cancel_meeting(actor=mette, at=NOW, meeting_id=meeting_id)
    assert refused(meetings.cancel_meeting, actor=mette, at=NOW, meeting_id=meeting_id) is MoveRefusal.NOT_FROM_HERE
    later = {"starts_at": NOW + dt.timedelta(days=9), "ends_at": NOW + dt.timedelta(days=9, hours=1)}
    moved = refused(meetings.move_meeting, actor=mette, at=NOW, meeting_id=meeting_id, place="Her", **later)
    assert moved is meetings.MeetingRefusal.WRONG_STATUS


def test_each_party_ticks_its_own_list_only(call, cast) -> None:
    meeting_id = call(kind="status")
    item = ChecklistItem.objects.get(meeting_id=meeting_id, side="provider", slug="status_note")
    with pytest.raises(ChecklistItem.DoesNotExist):
        meetings.tick_checklist(actor=cast.actor("mette"), at=NOW, item_id=item.id, is_done=True)
    meetings.tick_checklist(actor=cast.actor("jonas"), at=NOW, item_id=item.id, is_done=True)
    seen = meetings.meeting_for(cast.actor("mette"), meeting_id, now=NOW).checklist
    assert next(line for line in seen if line.id == item.id).done_by_name == "Jonas Lykke"


def test_lists_take_the_same_queries_for_few_and_many(call, cast, count_queries) -> None:
    mette = cast.actor("mette")
    call()
    few = count_queries(lambda: meetings.meetings_of(mette, cast.case_id))
    for _ in range(4):
        call()
    assert len(meetings.meetings_of(mette, cast.case_id)) == 5
    assert count_queries(lambda: meetings.meetings_of(mette, cast.case_id)) == few == 1


def test_a_leader_makes_an_own_layout_of_a_common_one(cast, layout) -> None:
    lene = cast.actor("lene")
    columns = [meetings.ColumnDraft("Drømme", "Hvad drømmer du om?", "wish"), meetings.ColumnDraft(" ", "", "idea")]
    words = {"name": "Vores tavle", "description": "", "scale_question": ""}
    meetings.save_layout(actor=lene, at=NOW, slug="prove", columns=columns, **words)
    assert [c.title for c in meetings.layout(lene, "prove").columns] == ["Drømme"]
    assert meetings.layout(cast.actor("otto"), "prove").name == "Prøvetavle"
    meetings.retire_layout(actor=lene, at=NOW, slug="prove")
    assert meetings.layout(lene, "prove").name == "Prøvetavle"


def test_cards_stay_under_their_heading_when_another_column_goes(cast) -> None:
    lene = cast.actor("lene")
    words = {"slug": "vores", "name": "Vores tavle", "description": "", "scale_question": ""}
    first = [meetings.ColumnDraft(title, "", "idea") for title in ("Drømme", "Hverdag", "Aftaler")]
    meetings.save_layout(actor=lene, at=NOW, columns=first, **words)
    slugs = [column.slug for column in meetings.layout(lene, "vores").columns]
    again = [meetings.ColumnDraft(" ", "", "idea", slugs[0])]
    again += [meetings.ColumnDraft("Hverdag", "", "idea", slugs[1]), meetings.ColumnDraft("Nyt", "", "idea")]
    again += [meetings.ColumnDraft(title, "", "idea", slugs[2]) for title in ("Aftaler", "Igen")]
    meetings.save_layout(actor=lene, at=NOW, columns=again, **words)
    after = {column.title: column.slug for column in meetings.layout(lene, "vores").columns}
    assert (after["Hverdag"], after["Aftaler"]) == (slugs[1], slugs[2])
    assert len(set(after.values())) == 4


def test_a_layout_needs_a_column_and_a_leader(cast) -> None:
    words = {"slug": "", "name": "Tom", "description": "", "scale_question": "", "columns": []}
    lene, mette = cast.actor("lene"), cast.actor("mette")
    assert refused(meetings.save_layout, actor=lene, at=NOW, **words) is meetings.MeetingRefusal.LAYOUT_WITHOUT_COLUMNS
    assert refused(meetings.save_layout, actor=mette, at=NOW, **words) is NotAllowed.NOT_YOUR_ROLE
