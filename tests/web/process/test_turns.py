"""Whose turn it is follows the machines through a case."""

import datetime as dt
from textwrap import wrap
from uuid import uuid4

import pytest
from django.utils import translation

from samspil.contexts.access.api import Side
from samspil.contexts.cases import api as cases
from samspil.contexts.cases.api import Happening
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import api as meetings
from samspil.contexts.orders import api as orders
from samspil.kernel.ids import new_id
from samspil.web.authority.caselist import lines_of
from samspil.web.process.drawing import LETTERS
from samspil.web.process.lanes import SHORTEST, lanes_for
from samspil.web.process.route import OVER, ROUTE, WITHIN, place_of, ways_back
from samspil.web.process.runs import runs
from samspil.web.process.turns import MACHINES, PREPARED, URGENT, Turn, side_of, turns_for
from tests.cast import NOW, TODAY, Cast

EVERY_STATUS = [(machine.name, status) for machine in MACHINES.values() for status in machine.statuses]


@pytest.mark.parametrize(("machine", "status"), EVERY_STATUS)
def test_every_status_of_every_machine_has_one_place_on_the_way(machine: str, status: str) -> None:
    standing = (machine, status)
    at_a_station = standing in {(s.machine, s.status) for s in ROUTE}
    assert [at_a_station, standing in WITHIN, standing in OVER].count(True) == 1


@pytest.mark.parametrize(("machine", "status"), EVERY_STATUS)
def test_every_status_with_a_turn_is_ranked(machine: str, status: str) -> None:
    has_turn = side_of(machine, status) != Side.NOBODY or machine == "case"
    running_order = (machine, status) == ("order", "running")  # the running case says it
    assert ((machine, status) in URGENT) == (has_turn and not running_order)


def test_those_without_a_station_stand_at_one() -> None:
    stations = {(s.machine, s.status) for s in ROUTE}
    assert set(WITHIN.values()) <= stations


def test_the_ways_back_are_the_machines_own() -> None:
    said = {(ROUTE[start].status, ROUTE[end].status) for start, end in ways_back()}
    assert said == {("follow_up", "running"), ("follow_up", "clarification"), ("closed", "clarification")}


def test_the_first_and_the_last_station_are_the_cases_own() -> None:
    assert ROUTE[0].status == MACHINES["case"].start
    assert ROUTE[-1].status == "closed"


def _turn(machine: str, status: str, *, is_status_meeting: bool = False) -> Turn:
    return Turn(machine, status, side_of(machine, status), TODAY, "", uuid4(), is_status_meeting)


@pytest.mark.parametrize(
    ("turn", "case_status", "label"),
    [
        (_turn("meeting", "called"), "clarification", "Gør klar til mødet"),
        (_turn("meeting", "called", is_status_meeting=True), "follow_up", "Gør klar til statusmødet"),
        (_turn("meeting", PREPARED), "clarification", "Holder det første møde"),
        (_turn("meeting", "planned"), "clarification", "Finder ud af det sammen"),
        (_turn("meeting", "planned", is_status_meeting=True), "running", "Kalder til statusmøde"),
        (_turn("status_note", "sent"), "running", "Læser status"),
        (_turn("order", "declined"), "clarification", "Finder ud af det sammen"),
        (_turn("case", "running"), "running", "Hjælpen er i gang"),
        (_turn("case", "closed"), "closed", "Hjælpen er slut"),
    ],
)
def test_where_a_turn_stands_on_the_way(turn: Turn, case_status: str, label: str) -> None:
    assert ROUTE[place_of(turn, case_status=case_status)].label == label


def test_a_running_case_is_the_providers_turn(cast: Cast) -> None:
    turns = turns_for(cast.actor("mette"), cast.case_id, now=NOW)
    assert (turns.now.machine, turns.now.side) == ("case", "provider")
    assert turns.now.words == "Karla og Udfører arbejder med målene."
    assert turns.meanwhile == ()


def _call(cast: Cast, kind: str = "status") -> object:
    meetings.load_layouts()
    starts_at = NOW + dt.timedelta(days=15)
    return meetings.call_meeting(
        actor=cast.actor("mette"),
        at=NOW - dt.timedelta(days=4),
        case_id=cast.case_id,
        kind=kind,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=1),
        place="Biblioteket",
        form="office",
        purpose="Hvordan går det?",
        agenda=[],
        layout_slug="three_columns",
        attendees=[],
    )


def _order(cast: Cast, *, accept: bool = True) -> object:
    mette = cast.actor("mette")
    goals.set_purpose(actor=mette, at=NOW, case_id=cast.case_id, citizen_words="Jeg vil tage bussen", wording="")
    goal_id = goals.add_goal(
        actor=mette,
        at=NOW,
        case_id=cast.case_id,
        title="Tage bussen",
        citizen_words="Jeg vil",
        if_reached="Mindre hjælp",
        if_not_reached="Vi prøver noget andet",
    )
    order_id = orders.send_order(
        actor=mette,
        at=NOW - dt.timedelta(days=9),
        case_id=cast.case_id,
        unit_id=cast.team.id,
        goal_ids=[goal_id],
        what="Øv bussen",
        starts_on=TODAY,
    )
    if accept:
        orders.accept_order(actor=cast.actor("jonas"), at=NOW, order_id=order_id, contact_id=cast.jonas.id)
    return order_id


def test_a_called_meeting_waits_for_the_citizen(cast: Cast) -> None:
    _call(cast)
    turns = turns_for(cast.actor("mette"), cast.case_id, now=NOW)
    assert turns.now.side == "citizen"
    assert turns.now.words == "Karla gør sig klar til mødet onsdag den 9. december kl. 09.30."
    assert turns.now.since == TODAY - dt.timedelta(days=4)


def test_the_citizen_is_spoken_to(cast: Cast) -> None:
    _call(cast)
    turns = turns_for(cast.actor("karla"), cast.case_id, now=NOW)
    assert turns.now.words.startswith("Gør dig klar til mødet")
    assert turns.parties.citizen == "Du"
    assert turns.parties.authority == "Mette"


def test_an_order_waits_for_the_provider_and_then_for_nobody_by_itself(cast: Cast) -> None:
    order_id = _order(cast, accept=False)
    mette = cast.actor("mette")
    assert turns_for(mette, cast.case_id, now=NOW).now.words == "Bostøtte Nord svarer på bestillingen."
    orders.decline_order(actor=cast.actor("jonas"), at=NOW, order_id=order_id, words="Ingen tid")
    declined = turns_for(mette, cast.case_id, now=NOW).now
    assert (declined.side, declined.words) == ("authority", "Bostøtte Nord har sagt nej. Mette finder en anden.")


def test_a_status_meeting_waits_for_citizen_and_provider_at_once(cast: Cast) -> None:
    _order(cast)
    _call(cast)
    turns = turns_for(cast.actor("mette"), cast.case_id, now=NOW)
    assert turns.now.side == "citizen"
    assert [turn.words for turn in turns.meanwhile] == [
        "Jonas skriver status til mødet onsdag den 9. december kl. 09.30."
    ]


def test_lanes_show_the_present_turn_in_full_and_end_to_end(cast: Cast) -> None:
    _call(cast)
    shown = lanes_for(cast.actor("mette"), cast.case_id, now=NOW)
    assert [lane.who for lane in shown.lanes] == ["Karla", "Kommunen", "Udfører"]
    karla = shown.lanes[0]
    assert (karla.is_now, karla.label, karla.start + karla.length) == (True, "4 dage", 100)
    assert shown.days == 4


def test_strangers_get_no_lanes(cast: Cast) -> None:
    for stranger in ("otto", "otto_provider", "vita"):
        with pytest.raises(cases.Case.DoesNotExist):
            lanes_for(cast.actor(stranger), cast.case_id, now=NOW)


def _event(days_ago: int, kind: str, subject_id: object = None, **data: str) -> Happening:
    at = NOW - dt.timedelta(days=days_ago)
    return Happening(new_id(), at, kind, "", "", subject_id, data)  # type: ignore[arg-type]


def test_runs_follow_the_events_through_the_machines() -> None:
    meeting, order, note = uuid4(), uuid4(), uuid4()
    found = runs(
        [
            _event(100, "case.opened", status="clarification"),
            _event(90, "meeting.called", meeting),
            _event(85, "meeting.prepared", meeting),
            _event(80, "meeting.opened", meeting),
            _event(80, "meeting.closed", meeting),
            _event(70, "order.sent", order),
            _event(65, "order.accept", order),
            _event(65, "case.moved", after="running"),
            _event(10, "status_note.composed", note),
            _event(6, "status_note.sent", note),
            _event(1, "status_note.decided", note),
        ]
    )
    ago = [(run.side, (TODAY - run.since).days, (TODAY - run.until).days if run.until else None) for run in found]
    assert ago == [
        ("authority", 100, 90),
        ("citizen", 90, 85),
        ("authority", 85, 70),
        ("provider", 70, 6),
        ("authority", 6, 1),
        ("provider", 1, None),
    ]


def test_a_lane_is_never_too_short_to_see_nor_outside_the_track(cast: Cast) -> None:
    cases.move_case(actor=cast.actor("mette"), at=NOW, case_id=cast.case_id, move="call_follow_up")
    for lane in lanes_for(cast.actor("mette"), cast.case_id, now=NOW).lanes:
        assert lane.length == 0 or lane.length >= SHORTEST
        assert 0 <= lane.start <= lane.start + lane.length <= 100


def test_the_list_says_the_same_as_the_drawing(cast: Cast) -> None:
    """Two ways of reading, one rule: walked through a whole course."""
    mette, jonas = cast.actor("mette"), cast.actor("jonas")
    cases.Case.objects.filter(id=cast.case_id).update(status="clarification")
    said = []

    def agree() -> None:
        (line,) = lines_of(mette, cases.my_cases(mette), NOW)
        now = turns_for(mette, cast.case_id, now=NOW).now
        assert line.is_ours == (now.side == "authority")
        assert (line.turn == "Karla") == (now.side == "citizen")
        assert (line.turn == "Udfører") == (now.side == "provider")
        said.append((now.machine, now.status))

    agree()
    first = _call(cast, "first")
    agree()
    meetings.cancel_meeting(actor=mette, at=NOW, meeting_id=first)
    order_id = _order(cast, accept=False)
    agree()
    orders.accept_order(actor=jonas, at=NOW, order_id=order_id, contact_id=cast.jonas.id)
    agree()
    meeting_id = _call(cast)
    agree()
    meetings.Meeting.objects.get(id=meeting_id).preparation.__class__.objects.update(answered_at=NOW)
    agree()
    note_id = orders.compose_status_note(actor=jonas, at=NOW, order_id=order_id)
    agree()
    for part in orders.status_note(jonas, note_id).parts:
        orders.save_part(actor=jonas, at=NOW, part_id=part.id, version=part.version, unchanged=True)
    orders.send_status_note(actor=jonas, at=NOW, status_note_id=note_id, recommendation="continue")
    agree()
    assert said == [
        ("case", "clarification"),
        ("meeting", "called"),
        ("order", "sent"),
        ("case", "running"),
        ("meeting", "called"),
        ("status_note", "draft"),
        ("status_note", "draft"),
        ("status_note", "sent"),
    ]


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_label_fits_in_its_box_beside_the_days(language: str) -> None:
    """A box has three lines, and where the case is now the last one says since when."""
    with translation.override(language):
        lines = {str(station.label): wrap(str(station.label), LETTERS) for station in ROUTE}
    too_long = {label for label, cut in lines.items() if len(cut) > 2 or max(map(len, cut)) > LETTERS}
    assert too_long == set()
