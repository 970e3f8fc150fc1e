"""What waits while a party does, what goes on with a complaint, and how data about oneself are had."""

import datetime as dt
import json

import pytest

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Event, NotAllowed
from samspil.contexts.catalogue.models import Provision
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import Citizen, Relation
from samspil.contexts.deadlines.api import DeadlineRefusal
from samspil.contexts.deadlines.models import Deadline
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import DecisionRefusal
from samspil.contexts.decisions.models import Decision
from samspil.contexts.disclosure import api as disclosure
from samspil.contexts.disclosure.api import DisclosureRefusal
from samspil.contexts.disclosure.models import AccessComplaint, FileRequest
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.models import Note, Segment
from tests.cast import NOW, TODAY, Cast
from tests.contexts.disclosure.world import REASONS, World
from tests.decisions_world import World as Deciding
from tests.decisions_world import build_world
from tests.pdf_text import text_of
from tests.refusals import refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def deciding(cast: Cast) -> Deciding:
    return build_world(cast)


@pytest.fixture
def room(deciding: Deciding) -> World:
    return World(deciding.cast)


class TestADecisionWaits:
    def ready(self, deciding: Deciding):
        need = deciding.examined()
        draft = deciding.draft(need)
        deciding.answer(draft, need, "granted")
        deciding.plan(draft, need)
        return draft

    def test_for_a_party_until_the_answer_is_given(self, deciding, room):
        draft = self.ready(deciding)
        assert deciding.blocks(draft) == []
        request = room.ask()
        assert deciding.blocks(draft) == ["access_waits"]
        call = {"actor": deciding.actor(), "at": NOW, "decision_id": draft}
        assert refused(lambda: decisions.decide(**call)) == DecisionRefusal.GAPS
        room.gather(request)
        room.answer(request)
        assert deciding.blocks(draft) == []
        decisions.decide(**call)

    def test_also_when_the_day_has_passed(self, deciding, room):
        draft = self.ready(deciding)
        room.note(received_on=TODAY - 20 * DAY)
        assert deciding.blocks(draft) == ["access_waits"]

    def test_not_when_it_was_withdrawn_and_not_for_strangers_or_own_data(self, deciding, room):
        draft = self.ready(deciding)
        disclosure.withdraw_request(actor=room.actor(), at=NOW, file_request_id=room.ask())
        room.note(asks="other", asker_name="Fjordby Avis")
        room.note(kind="own_data")
        assert deciding.blocks(draft) == []

    def test_a_leader_may_take_it_upon_herself_with_a_reason(self, deciding, room):
        draft = self.ready(deciding)
        room.ask()
        page = decisions.decision(deciding.actor("lene"), draft, at=NOW)
        (gap,) = [gap for cause in page.causes for gap in cause.gaps if gap.key.startswith("access_waits")]
        assert gap.may_be_set_aside
        decisions.set_gap_aside(
            actor=deciding.actor("lene"), at=NOW, decision_id=draft, gap=gap.key, words="Hun skal bruge hjælpen nu."
        )
        assert deciding.blocks(draft) == []


class TestTheComplaintDeadlineStops:
    def stopped(self, deciding: Deciding, room: World):
        decision = deciding.refused()
        request = room.ask()
        disclosure.stop_complaint_clock(actor=room.actor(), at=NOW, file_request_id=request, decision_id=decision)
        return decision, request

    def test_what_was_left_is_left_after_the_answer(self, deciding, room):
        decision, request = self.stopped(deciding, room)
        left = FileRequest.objects.get(id=request).stopped_due_on - TODAY
        assert left == dt.timedelta(weeks=4)
        due = room.seen(request).line.due_on
        assert Decision.objects.get(id=decision).complain_by == due + left
        running = Deadline.objects.filter(subject_id=decision, status="open")
        assert [(one.kind, one.due_on) for one in running] == [("complain_after_access", due + left)]

    def test_at_least_fourteen_days_are_left(self, deciding, room):
        decision = deciding.refused()
        Decision.objects.filter(id=decision).update(complain_by=TODAY + 2 * DAY)
        request = room.ask()
        disclosure.stop_complaint_clock(actor=room.actor(), at=NOW, file_request_id=request, decision_id=decision)
        later = NOW + 30 * DAY
        room.gather(request)
        room.answer(request, at=later)
        last = Decision.objects.get(id=decision).complain_by
        assert last >= later.date() + 14 * DAY
        running = Deadline.objects.get(subject_id=decision, kind="complain_after_access", status="open")
        assert running.due_on == last

    def test_answered_early_the_citizen_keeps_the_day_that_was_told(self, deciding, room):
        decision, request = self.stopped(deciding, room)
        told = Decision.objects.get(id=decision).complain_by
        room.gather(request)
        room.answer(request)
        assert Decision.objects.get(id=decision).complain_by == told

    def test_a_complaint_after_the_first_day_is_not_late(self, deciding, room):
        decision, _request = self.stopped(deciding, room)
        on = TODAY + 30 * DAY
        complaint = decisions.receive_complaint(
            actor=deciding.actor("karla", on=on),
            at=NOW + 30 * DAY,
            decision_id=decision,
            channel="online",
            received_on=on,
            words="Nu har jeg læst det",
        )
        assert decisions.complaint(deciding.actor(), complaint).line.is_late is False
        assert Deadline.objects.get(subject_id=decision, kind="complain_after_access").status == "met"

    def test_once_and_only_for_what_can_be_complained_of(self, deciding, room):
        decision, request = self.stopped(deciding, room)
        call = {"actor": room.actor(), "at": NOW, "decision_id": decision}
        again = lambda: disclosure.stop_complaint_clock(**call, file_request_id=request)  # noqa: E731
        assert refused(again) == DisclosureRefusal.NOTHING_TO_STOP
        strangers = room.note(asks="other", asker_name="Fjordby Avis")
        by_others = lambda: disclosure.stop_complaint_clock(**call, file_request_id=strangers)  # noqa: E731
        assert refused(by_others) == DisclosureRefusal.NOTHING_TO_STOP
        Decision.objects.filter(id=decision).update(complain_by=TODAY - DAY)
        late = room.ask()
        over = lambda: disclosure.stop_complaint_clock(**call, file_request_id=late)  # noqa: E731
        assert refused(over) == DisclosureRefusal.NOTHING_TO_STOP


class TestAComplaintGoesOn:
    def partly(self, room: World):
        document, part = room.write()
        request = room.ask()
        room.gather(request)
        room.cover(request, document, part)
        room.answer(request, REASONS)
        return request

    def complain(self, room: World, request, name="karla", **changes):
        disclosure.complain_of_answer(
            actor=room.actor(name), at=NOW, file_request_id=request, words="Jeg vil se det hele", **changes
        )

    def test_within_seven_working_days(self, deciding, room):
        request = self.partly(room)
        nothing = lambda: disclosure.forward_complaint(  # noqa: E731
            actor=room.actor(), at=NOW, file_request_id=request
        )
        assert refused(nothing) == DisclosureRefusal.WRONG_STATUS
        self.complain(room, request)
        seen = room.seen(request).complaint
        assert seen is not None
        assert seen.due_on == dt.date(2026, 12, 3)
        disclosure.forward_complaint(actor=room.actor(), at=NOW, file_request_id=request)
        complaint = AccessComplaint.objects.get(file_request_id=request)
        assert complaint.forwarded_to == "Ankestyrelsen"
        assert Deadline.objects.get(subject_id=complaint.id).status == "met"
        again = lambda: disclosure.forward_complaint(actor=room.actor(), at=NOW, file_request_id=request)  # noqa: E731
        assert refused(again) == DisclosureRefusal.WRONG_STATUS

    def test_spoken_and_written_down_it_runs_from_the_day_it_came(self, deciding, room):
        request = self.partly(room)
        self.complain(room, request, "mette", channel="call", received_on=TODAY - DAY)
        assert room.seen(request).complaint.due_on == dt.date(2026, 12, 2)

    def test_once_and_not_over_a_full_answer(self, deciding, room):
        request = self.partly(room)
        self.complain(room, request)
        assert refused(lambda: self.complain(room, request)) == DisclosureRefusal.NOTHING_TO_COMPLAIN_OF
        full = room.ask()
        room.gather(full)
        room.answer(full)
        assert refused(lambda: self.complain(room, full)) == DisclosureRefusal.NOTHING_TO_COMPLAIN_OF


class TestOwnData:
    def test_a_month_and_once_two_more(self, deciding, room):
        request = room.note(kind="own_data", received_on=TODAY)
        assert (room.clock(request).kind, room.clock(request).due_on) == ("own_data", dt.date(2026, 12, 24))
        said = {"actor": room.actor(), "at": NOW, "file_request_id": request, "words": "Der er meget."}
        too_far = lambda: disclosure.postpone_answer(**said, day=TODAY + 120 * DAY)  # noqa: E731
        assert refused(too_far) == DeadlineRefusal.LONGER_THAN_RULE
        disclosure.postpone_answer(**said, day=TODAY + 60 * DAY)
        assert (room.clock(request).kind, room.clock(request).due_on) == ("own_data_longer", TODAY + 60 * DAY)
        again = lambda: disclosure.postpone_answer(**said, day=TODAY + 70 * DAY)  # noqa: E731
        assert refused(again) == DisclosureRefusal.TOO_LATE_TO_EXTEND
        assert room.answer(request) == "full"
        assert Deadline.objects.filter(subject_id=request, status="met").count() == 1

    def test_after_the_first_month_it_is_too_late_to_say_so(self, deciding, room):
        request = room.note(kind="own_data", received_on=TODAY - 40 * DAY)
        late = lambda: disclosure.postpone_answer(  # noqa: E731
            actor=room.actor(), at=NOW, file_request_id=request, words="Der er meget.", day=TODAY + 20 * DAY
        )
        assert refused(late) == DisclosureRefusal.TOO_LATE_TO_EXTEND

    def test_the_copy_is_what_the_citizen_sees_whoever_makes_it(self, deciding, room):
        looks = [(room.cast.citizen_id, room.cast.case_id, "notes", "")]
        access.log_looks(actor=room.actor(), at=NOW, looks=looks)
        deciding.tell(deciding.granted())
        room.write("Bussen gik godt.")
        room.write("Det holder vi tilbage.", hidden="Vi taler med hende først")
        by_mette = room.note(kind="own_data")
        room.answer(by_mette)
        by_karla = disclosure.make_own_data(actor=room.actor("karla"), at=NOW, case_id=room.cast.case_id)
        for request in (by_mette, by_karla):
            data = json.loads(room.paper(request, kind="own_data_file"))
            paper = text_of(room.paper(request, kind="own_data"))
            assert "Bussen gik godt." in json.dumps(data, ensure_ascii=False)
            assert "Bussen gik godt." in paper
            assert "Mette Bjerre" in paper
            assert [look["name"] for look in data["looks"]] == ["Mette Bjerre"]
            assert data["about"]
            assert data["rows"]["decisions.grant"][0]["runs"]["from"] == TODAY.isoformat()
            for text in (json.dumps(data, ensure_ascii=False), paper):
                assert "Det holder vi tilbage." not in text
                assert "sealed" not in text
                assert "index-of-karla" not in text
        assert Segment.objects.filter(text="Det holder vi tilbage.").exists()
        assert Event.objects.filter(kind="file_request.own_data_made", subject_id=by_karla).count() == 1

    def test_people_and_wishes_are_in_the_copy_and_how_to_reach_others_is_not(self, deciding, room):
        Relation.objects.update(phone="23 45 67 89")
        citizens.agree_contact(
            actor=room.actor(), at=NOW, citizen_id=room.cast.citizen_id, form="walk", time_of_day="morning",
            medium="call", place="Søen", words="Langsomt",
        )  # fmt: skip
        request = disclosure.make_own_data(actor=room.actor("karla"), at=NOW, case_id=room.cast.case_id)
        data = json.loads(room.paper(request, kind="own_data_file"))
        assert [one["name"] for one in data["people"]] == ["Ida Holm"]
        assert "se planen og målene" in data["access"][0]["may"]
        assert [(one["place"], one["words"]) for one in data["contact_wishes"]] == [("Søen", "Langsomt")]
        paper = text_of(room.paper(request, kind="own_data"))
        for text in ("Dem omkring dig", "se planen og målene", "Langsomt"):
            assert text in paper
        for text in (json.dumps(data), paper):
            assert "23 45 67 89" not in text

    def test_a_note_taken_back_is_in_the_copy_that_somebody_has_looked_through(self, deciding, room):
        """One may have been taken back because it is about another: only a person can see that."""
        address = "Skovvej 14"
        Citizen.objects.update(address=address, is_address_protected=True)
        room.write(f"Karla åbnede ikke på {address}.")
        room.write("Bent fra nummer syv drikker.")
        room.write("Det taler vi om først.", hidden="Vi taler med hende")
        for note in Note.objects.filter(segments__text__regex="Skovvej|Bent|først"):
            notes.withdraw_note(actor=room.actor(), at=NOW, note_id=note.id)
        by_karla = disclosure.make_own_data(actor=room.actor("karla"), at=NOW, case_id=room.cast.case_id)
        data = json.loads(room.paper(by_karla, kind="own_data_file"))
        assert data["notes_taken_back"] == []
        assert "Karla åbnede ikke" not in json.dumps(data, ensure_ascii=False)
        found = {one.texts[0]: one.id for one in notes.taken_back_notes(room.actor(), room.cast.case_id)}
        assert len(found) == 2, "what is kept from the citizen is kept back here as well"
        request = room.note(kind="own_data")
        bents = found["Bent fra nummer syv drikker."]
        disclosure.answer_request(actor=room.actor(), at=NOW, file_request_id=request, about_others=[bents])
        file = room.paper(request, kind="own_data_file").decode()
        paper = text_of(room.paper(request, kind="own_data"))
        for text in (file, paper):
            assert "Karla åbnede ikke på" in text
            for hidden in ("Bent fra nummer syv", "Det taler vi om først", address):
                assert hidden not in text
        assert "Taget tilbage" in paper

    @pytest.mark.parametrize("name", ["ida", "jonas", "otto"])
    def test_a_note_taken_back_is_for_nobody_else(self, deciding, room, name):
        room.write("Karla var her.")
        notes.withdraw_note(actor=room.actor(), at=NOW, note_id=Note.objects.latest("id").id)
        assert notes.taken_back_notes(room.actor(name), room.cast.case_id) == ()
        assert notes.taken_back_notes(room.actor("karla"), room.cast.case_id) != ()

    @pytest.mark.parametrize("name", ["ida", "jonas", "otto"])
    def test_nobody_else_fetches_it(self, deciding, room, name):
        call = lambda: disclosure.make_own_data(  # noqa: E731
            actor=room.actor(name), at=NOW, case_id=room.cast.case_id
        )
        if name == "otto":
            with pytest.raises(Exception, match="does not exist"):
                call()
        else:
            assert refused(call) == NotAllowed.NOT_YOUR_ROLE


def test_each_reason_of_the_law_says_where_it_stands(deciding):
    rows = Provision.objects.filter(kind__in=["exemption", "access_complaint"])
    assert rows.count() >= 9
    assert all(row.source and not row.verified_by for row in rows)
