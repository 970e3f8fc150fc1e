import datetime as dt
from uuid import UUID, uuid4

import pytest

from samspil.contexts.access.api import Event, system_actor
from samspil.contexts.cases.models import Task
from samspil.contexts.feedback import api as feedback
from samspil.contexts.feedback.models import Invitation, MeetingFeedback
from samspil.kernel.verdict import Refused
from tests.cast import FJORDBY, NOW, TODAY

pytestmark = pytest.mark.django_db

FINE = feedback.Answers("yes", "yes", "no", "Det var rart at gå en tur.")
NOT_FINE = feedback.Answers("yes", "no", "yes", "Vi nåede ikke det med støjen.")


def give(cast, answers=FINE, *, actor="karla", meeting_id=None, on=TODAY, channel="room"):
    return feedback.answer(
        actor=cast.actor(actor),
        at=NOW,
        case_id=cast.case_id,
        meeting_id=meeting_id or uuid4(),
        meeting_on=on,
        answers=answers,
        channel=channel,
    )


def test_answers_are_seen_by_the_caseworker_with_what_was_changed(cast) -> None:
    given = give(cast)
    feedback.say_what_changed(actor=cast.actor("mette"), at=NOW, feedback_id=given, text="Vi går altid en tur.")
    (seen,) = feedback.feedback_of(cast.actor("mette"), cast.case_id)
    assert (seen.was_ok_label, seen.words) == ("Ja", "Det var rart at gå en tur.")
    assert [change.text for change in seen.changes] == ["Vi går altid en tur."]


def test_a_no_is_talked_about_within_five_working_days(cast) -> None:
    give(cast, NOT_FINE)
    task = Task.objects.get(source="feedback")
    assert (task.owner_id, task.due_on) == (cast.mette.id, dt.date(2026, 12, 1))
    give(cast, FINE)
    assert Task.objects.count() == 1


def test_one_set_of_answers_per_meeting(cast) -> None:
    meeting_id = uuid4()
    give(cast, meeting_id=meeting_id)
    with pytest.raises(Refused) as refused:
        give(cast, NOT_FINE, meeting_id=meeting_id)
    assert refused.value.reason is feedback.FeedbackRefusal.ALREADY_ANSWERED
    assert not Task.objects.exists()


def test_a_meeting_that_is_not_held_cannot_be_answered(cast) -> None:
    with pytest.raises(Refused) as refused:
        give(cast, on=TODAY + dt.timedelta(days=1))
    assert refused.value.reason is feedback.FeedbackRefusal.MEETING_NOT_HELD


def test_paper_says_who_typed_it(cast) -> None:
    give(cast, actor="mette", channel="paper")
    assert MeetingFeedback.objects.get().typed_by_name == "Mette Bjerre"


class TestLink:
    def invited(self, cast, *, who: str = "mette", meeting: UUID | None = None, key: UUID | None = None) -> str:
        return feedback.invite(
            actor=cast.actor(who),
            at=NOW,
            case_id=cast.case_id,
            meeting_id=meeting or uuid4(),
            key=key or uuid4(),
        )

    def test_the_same_key_is_the_same_link_and_told_once(self, cast) -> None:
        meeting, key = uuid4(), uuid4()
        links = {self.invited(cast, meeting=meeting, key=key) for _ in range(4)}
        assert len(links) == Invitation.objects.count() == 1
        assert Event.objects.filter(kind="feedback.invited").count() == 1
        others = [self.invited(cast, meeting=meeting), self.invited(cast, key=key)]
        assert len(links | set(others)) == Invitation.objects.count() == 3
        assert all(len(link) == 40 for link in others)

    def use(self, token: str, *, at: dt.datetime = NOW):
        someone = system_actor(TODAY, municipality=FJORDBY)
        return feedback.answer_by_token(actor=someone, at=at, token=token, meeting_on=TODAY, answers=NOT_FINE)

    def test_it_works_once(self, cast) -> None:
        token = self.invited(cast)
        self.use(token)
        with pytest.raises(Refused) as refused:
            self.use(token)
        assert refused.value.reason is feedback.FeedbackRefusal.LINK_USED
        assert MeetingFeedback.objects.get().channel == "link"
        assert Task.objects.get().text == "Tal med Karla om mødet. Der blev svaret nej."

    def test_it_works_for_fourteen_days(self, cast) -> None:
        token = self.invited(cast)
        almost = NOW + dt.timedelta(days=14) - dt.timedelta(seconds=1)
        assert feedback.invitation(token, now=almost).may_use
        with pytest.raises(Refused) as refused:
            self.use(token, at=NOW + dt.timedelta(days=14))
        assert refused.value.reason is feedback.FeedbackRefusal.LINK_EXPIRED

    def test_a_made_up_link_opens_nothing(self, cast) -> None:
        with pytest.raises(feedback.Invitation.DoesNotExist):
            self.use("made-up")

    def test_the_token_is_not_in_the_database(self, cast) -> None:
        token = self.invited(cast)
        assert token not in str(feedback.Invitation.objects.values_list().get())


@pytest.mark.parametrize("stranger", ["otto", "vita", "otto_provider"])
def test_a_stranger_sees_no_answers(cast, stranger) -> None:
    give(cast)
    assert feedback.feedback_of(cast.actor(stranger), cast.case_id) == ()
