"""One case from the first contact to the follow-up: three people on three browsers, through the pages only."""

import pytest

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.meetings import api as meetings
from tests.browser import path_follow_up as last
from tests.browser import path_meeting as first
from tests.browser import path_work as work
from tests.browser.person import People
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def standards(db: None) -> None:
    catalogue.load_code_systems(at=first.now())
    meetings.load_layouts()


def test_the_whole_path(somebody: People, cast: Cast, standards: None) -> None:
    story = first.three_people(somebody, cast)
    hold_first_meeting(story)
    last.say_no(story)
    work.set_goals(story)
    work.order_help(story)
    last.whose_turn(story, {"mette": "Bostøtte Nord svarer på bestillingen."})
    work.take_on_order(story)
    work.write_note(story)
    work.reads_own_notes(story)
    work.rate(story.mette, story.at("authority:goals"), "3")
    work.rate_as_citizen(story.signe, "8")
    work.rate(story.jonas, story.at("provider:goals"), "6")
    story.jonas.sees("Signe siger 8.", "Mette siger 3.", "Jonas siger 6.", "I ser det forskelligt.")
    work.send_status(story, last.PROPOSAL)
    meeting = first.call_to_meeting(story, kind="Statusmøde", purpose="Hvordan går det med havnen?")
    last.hold_status_meeting(story, meeting)
    last.decide(story)
    last.answer_by_link(story, meeting, somebody)
    last.own_room(story)
    last.whose_turn(
        story,
        {
            "mette": "Signe og Bostøtte Nord arbejder med målene.",
            "jonas": "Signe og Bostøtte Nord arbejder med målene.",
            "signe": "Du og Bostøtte Nord arbejder med målene.",
        },
    )


def hold_first_meeting(story: first.Story) -> None:
    purpose = "Jeg vil gerne høre, hvad der er vigtigt for dig."
    meeting = first.call_to_meeting(story, kind="Første møde", purpose=purpose)
    last.whose_turn(story, {"mette": "Signe gør sig klar til mødet", "signe": "Gør dig klar til mødet"})
    first.prepare_in_six_taps(story.signe, purpose)
    last.whose_turn(story, {"mette": "Alt er klar til mødet", "signe": "Alt er klar til mødet"})
    first.open_board(story, meeting)
    assert first.longest_wait(story.signe, [story.mette]) < 1
    first.fill_board(story)
    first.close_in_three_clicks(story)
    first.all_is_there(story, plan="Plan 1")
    first.undo_and_close_again(story)
