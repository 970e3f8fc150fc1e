import datetime as dt

from samspil.contexts.access.api import Organisation, Unit
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.meetings import api as meetings
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import NewSegment
from samspil.contexts.orders import api as orders
from samspil.contexts.orders.queries import workday
from samspil.kernel import cpr
from tests.cast import NOW, TODAY
from tests.contexts.orders.test_status_notes import Desk
from tests.contexts.orders.world import seen


def call_meeting(world, *, in_days, kind="status"):
    meetings.load_layouts()
    starts = NOW + dt.timedelta(days=in_days)
    return meetings.call_meeting(
        actor=world.actor("mette"),
        at=NOW,
        case_id=world.case_id,
        kind=kind,
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=1),
        place="Havnegade",
        form="home",
        purpose="Vi taler om, hvordan det går.",
        agenda=[],
        layout_slug=meetings.layouts(world.actor("mette"))[0].slug,
        attendees=[],
    )


def other_citizens(world, count):
    """More citizens of Uffe's, each with a note and a promise."""
    mette = world.actor("mette")
    for n in range(count):
        citizen_id = citizens.add_citizen(
            actor=mette,
            at=NOW,
            first_name=f"Anna{n}",
            last_name="Prøve",
            cpr=cpr.fictitious(dt.date(1980, 1, 1), n),
            district_id=world.cast.north.id,
        )
        case_id = cases.start_case(
            actor=mette,
            at=NOW,
            citizen_id=citizen_id,
            area="adult_disability",
            coordinator_id=world.cast.mette.id,
            district_id=world.cast.north.id,
        )
        cases.admit_provider(
            actor=mette,
            at=NOW,
            case_id=case_id,
            organisation_id=world.cast.bostoette.id,
            unit_id=world.cast.other_team.id,
            contact_id=world.cast.uffe.id,
            starts_on=TODAY,
        )


def test_my_citizens_come_first_with_the_last_note_and_what_is_next(world):
    world.running()
    world.write(seen("Karla kørte tre stop."), seen("Vi drak kaffe."), days_ago=2)
    world.write(
        NewSegment(kind="agreement", text="Uffe ringer", who="Uffe", due_on=TODAY + dt.timedelta(days=3)), days_ago=9
    )
    (karla,) = orders.provider_citizens(world.actor("uffe"), now=NOW).shown
    assert (karla.name, karla.is_mine, karla.what) == ("Karla Holm", True, "Bostøtte to timer om ugen")
    assert karla.last_note.opening == "Karla kørte tre stop."
    assert karla.last_note.author_name == "Uffe Dal"
    assert (karla.next.text, karla.next.who, karla.next.on) == ("Uffe ringer", "Uffe Dal", TODAY + dt.timedelta(days=3))
    call_meeting(world, in_days=2)
    (karla,) = orders.provider_citizens(world.actor("uffe"), now=NOW).shown
    assert (karla.next.text, karla.next.starts_at) == ("Statusmøde", NOW + dt.timedelta(days=2))


def test_strangers_have_no_citizens_here(world):
    world.running()
    for name in ("otto", "otto_provider"):
        assert orders.provider_citizens(world.actor(name), now=NOW).shown == ()
        assert orders.status_notes_due(world.actor(name), now=NOW) == ()


def test_my_day_takes_the_same_number_of_queries_for_many_citizens(world, count_queries):
    world.running()
    world.write(seen("Karla kørte tre stop."))
    uffe = world.actor("uffe")

    def look():
        orders.provider_citizens(uffe, now=NOW)
        orders.status_notes_due(uffe, now=NOW)

    few = count_queries(look)
    other_citizens(world, 5)
    assert count_queries(look) == few
    assert len(orders.provider_citizens(uffe, now=NOW).shown) == 6


def test_citizens_come_a_page_at_a_time_and_the_day_shows_ones_own(world, monkeypatch):
    world.running()
    other_citizens(world, 6)
    cases.Participation.objects.filter(case__citizen__first_name__in=["Anna4", "Anna5"]).update(contact_id=None)
    uffe = world.actor("uffe")
    whole = orders.provider_citizens(uffe, now=NOW)
    assert (len(whole.shown), whole.total, whole.page) == (7, 7, 1)
    assert [one.is_mine for one in whole.shown] == [True] * 5 + [False] * 2
    monkeypatch.setattr(workday, "PAGE", 3)
    pages = [orders.provider_citizens(uffe, now=NOW, page=page) for page in (1, 2, 3, 9)]
    assert pages[0].shown + pages[1].shown + pages[2].shown == whole.shown
    assert pages[3] == pages[2]
    assert {page.own_case_ids for page in pages} == {whole.own_case_ids}
    mine = orders.provider_citizens(uffe, now=NOW, only_mine=True)
    assert (mine.shown, mine.total) == (whole.shown[:3], 7)


def test_a_status_note_is_wanted_before_the_follow_up_and_before_a_status_meeting(world):
    order_id = world.running(follow_up_on=TODAY + dt.timedelta(days=31))
    uffe = world.actor("uffe")
    assert orders.status_notes_due(uffe, now=NOW) == ()
    call_meeting(world, in_days=20, kind="conversation")
    assert orders.status_notes_due(uffe, now=NOW) == ()
    call_meeting(world, in_days=20)
    (due,) = orders.status_notes_due(uffe, now=NOW)
    assert (due.order_id, due.wanted_on, due.is_for_meeting) == (order_id, TODAY + dt.timedelta(days=20), True)
    desk = Desk(world, order_id)
    note_id = desk.compose()
    (due,) = orders.status_notes_due(uffe, now=NOW)
    assert due.draft_id == note_id
    desk.save(note_id, 0, unchanged=True)
    desk.save(note_id, 1, unchanged=True)
    desk.send(note_id)
    assert orders.status_notes_due(uffe, now=NOW) == ()


def test_a_follow_up_that_has_passed_says_so(world):
    world.running(follow_up_on=TODAY - dt.timedelta(days=3))
    (due,) = orders.status_notes_due(world.actor("uffe"), now=NOW)
    assert (due.is_late, due.is_for_meeting) == (True, False)


def test_teams_can_be_ordered_from_and_their_people_answer(world):
    names = [team.name for team in orders.provider_teams()]
    assert names == ["Bostøtte Nord, Team Bakke", "Bostøtte Nord, Team Havn", "Fremmed Hjælp ApS, Team Langt Væk"]
    cast = world.cast
    assert [p.name for p in orders.team_of(cast.bostoette.id, cast.other_team.id, on=TODAY)] == ["Uffe Dal"]
    assert [p.name for p in orders.team_of(cast.bostoette.id, None, on=TODAY)] == ["Jonas Lykke", "Uffe Dal"]
    municipal = Unit.objects.create(organisation=cast.fjordby, kind="provider_team", name="Hjemmeplejen")
    assert orders.team_of(cast.fjordby.id, municipal.id, on=TODAY) == ()
    assert Organisation.objects.filter(units__kind="provider_team").distinct().count() == 3


def test_a_provider_knows_the_promises_it_was_told_of_and_not_the_authoritys_own(world):
    order_id = world.running()
    world.write(NewSegment(kind="agreement", text="Uffe ringer", who="Uffe", due_on=TODAY + dt.timedelta(days=3)))
    at = NOW - dt.timedelta(days=1)
    for text, for_provider in [("Mette spørger lægen", False), ("Mette skriver til koret", True)]:
        notes.write_note(
            actor=world.actor("mette"),
            at=at,
            case_id=world.case_id,
            kind="phone",
            happened_at=at,
            pieces=[NewSegment(kind="agreement", text=text, who="Mette", due_on=TODAY + dt.timedelta(days=1))],
            for_provider=for_provider,
        )
    desk = Desk(world, order_id)
    desk.sent()
    uffe = world.actor("uffe")
    known = orders.agreements_of(uffe, world.case_id, now=NOW)
    assert [task.text for task in known] == ["Mette skriver til koret", "Uffe ringer"]
    cases.finish_task(actor=uffe, at=NOW, task_id=known[1].id)
    assert len(orders.agreements_of(uffe, world.case_id, now=NOW)) == 2
    assert len(orders.agreements_of(uffe, world.case_id, now=NOW + dt.timedelta(days=2))) == 1
    (karla,) = orders.provider_citizens(world.actor("uffe"), now=NOW).shown
    assert karla.next.text == "Mette skriver til koret"
    assert orders.agreements_of(world.actor("otto_provider"), world.case_id, now=NOW) == ()
