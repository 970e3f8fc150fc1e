"""Somebody asks to see the file: who may, which clock runs, and how it waits and is answered."""

import datetime as dt

import pytest
from django.db import InternalError, transaction
from django.db.utils import DatabaseError

from samspil.contexts.access.api import Event, NotAllowed
from samspil.contexts.cases.models import Case
from samspil.contexts.citizens.api import CitizenRefusal
from samspil.contexts.citizens.models import AccessGrant
from samspil.contexts.deadlines.api import my_deadlines
from samspil.contexts.disclosure import api as disclosure
from samspil.contexts.disclosure.api import DisclosureRefusal, FileRequest
from tests.cast import NOW, TODAY
from tests.contexts.disclosure.world import World, represents
from tests.refusals import refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_the_citizen_asks_and_seven_working_days_run(world: World):
    request = world.ask(wanted="words", words="Det, lægen skrev")
    clock = world.clock(request)
    assert (clock.kind, clock.due_on, clock.status) == ("file_access", dt.date(2026, 12, 3), "open")
    seen = world.seen(request, "karla")
    assert (seen.line.asks, seen.line.due_on, seen.line.status) == ("citizen", clock.due_on, "waiting")
    assert seen.line.wants == "Noget bestemt: Det, lægen skrev"
    assert seen.may_withdraw
    assert not seen.may_answer
    assert clock.id in {one.id for one in my_deadlines(world.actor(on=clock.due_on))}


def test_a_caseworker_notes_what_was_said_on_the_telephone_days_ago(world: World):
    request = world.note(received_on=TODAY - 4 * DAY)
    assert world.clock(request).due_on == dt.date(2026, 12, 1)
    assert (world.seen(request).line.asker_name, world.seen(request).channel_words) == ("Karla Holm", "Telefon")
    assert Event.objects.filter(kind="file_request.received", subject_id=request).count() == 1


def test_also_in_a_closed_case(world: World):
    Case.objects.filter(id=world.cast.case_id).update(status="closed", closed_on=TODAY)
    assert world.clock(world.note()).kind == "file_access"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"received_on": TODAY + DAY}, DisclosureRefusal.DAY_IS_AHEAD),
        ({"wanted": "since"}, DisclosureRefusal.DAY_MISSING),
        ({"wanted": "words", "words": " \u200b"}, DisclosureRefusal.NOTHING_WRITTEN),
        ({"asks": "other", "asker_name": ""}, DisclosureRefusal.NAME_MISSING),
        ({"words": "x" * 2001}, DisclosureRefusal.TOO_LONG),
        ({"kind": "own_data", "asks": "other", "asker_name": "En avis"}, DisclosureRefusal.NOT_A_PARTY),
    ],
)
def test_what_is_noted_is_whole(world: World, changes, reason):
    before = FileRequest.objects.count()
    assert refused(lambda: world.note(**changes)) == reason
    assert FileRequest.objects.count() == before


def test_a_sister_with_consent_is_no_party(world: World):
    assert refused(lambda: world.ask("ida")) == DisclosureRefusal.NOT_A_PARTY


def test_a_sister_with_a_power_asks_and_sees_her_own_request_alone(world: World):
    represents(world)
    karlas = world.ask()
    idas = world.ask("ida")
    assert world.seen(idas, "ida").line.asks == "representative"
    assert world.clock(idas).kind == "file_access"
    assert {one.id for one in disclosure.requests_of(world.actor("ida"), world.cast.case_id)} == {idas}
    mine = {one.id for one in disclosure.requests_of(world.actor("karla"), world.cast.case_id)}
    assert {idas, karlas} <= mine


@pytest.mark.parametrize("scope", ["write", "notes", "letters"])
def test_a_power_that_does_not_reach_so_far_is_not_enough(world: World, scope):
    represents(world)
    grant = AccessGrant.objects.get(relation__user_id=world.cast.ida.id)
    AccessGrant.objects.update(scopes=[one for one in grant.scopes if one != scope])
    assert refused(lambda: world.ask("ida")) == CitizenRefusal.NOT_LET


def test_somebody_else_is_noted_and_stops_no_decision(world: World):
    request = world.note(asks="other", asker_name="Fjordby Avis", channel="letter")
    assert (world.clock(request).kind, world.clock(request).due_on) == ("file_access_of_others", dt.date(2026, 12, 3))
    with pytest.raises(FileRequest.DoesNotExist):
        world.seen(request, "karla")


@pytest.mark.parametrize("name", ["otto", "vita", "jonas", "otto_provider"])
def test_strangers_and_providers_see_none(world: World, name):
    request = world.ask()
    with pytest.raises(FileRequest.DoesNotExist):
        world.seen(request, name)
    assert disclosure.requests_of(world.actor(name), world.cast.case_id) == ()
    assert refused(lambda: world.ask(name)) == NotAllowed.NOT_YOUR_ROLE


def test_it_takes_longer_with_a_reason_and_a_new_day(world: World):
    request = world.ask()
    until = dt.date(2026, 12, 18)
    said = {"actor": world.actor(), "at": NOW, "file_request_id": request}
    assert refused(lambda: disclosure.postpone_answer(**said, day=until, words=" ")) == DisclosureRefusal.REASON_MISSING
    early = world.clock(request).due_on
    assert refused(lambda: disclosure.postpone_answer(**said, day=early, words="Fordi")) == DisclosureRefusal.NOT_LATER
    disclosure.postpone_answer(**said, day=until, words="Der er 400 sider. Vi læser dem alle.")
    seen = world.seen(request, "karla")
    assert (seen.line.due_on, seen.delay_words) == (until, "Der er 400 sider. Vi læser dem alle.")
    assert world.clock(request).due_on == until


def test_withdrawn_the_clock_stops(world: World):
    request = world.ask()
    disclosure.withdraw_request(actor=world.actor("karla"), at=NOW, file_request_id=request)
    assert (world.clock(request).status, world.seen(request).line.status) == ("cancelled", "withdrawn")
    assert refused(lambda: world.gather(request)) == DisclosureRefusal.WRONG_STATUS


def test_answered_it_stands(world: World):
    request = world.ask()
    world.gather(request)
    assert world.answer(request) == "full"
    assert world.clock(request).status == "met"
    assert refused(lambda: world.answer(request)) == DisclosureRefusal.WRONG_STATUS
    for change in (lambda: FileRequest.objects.update(words="Andet"), lambda: FileRequest.objects.all().delete()):
        with pytest.raises((InternalError, DatabaseError), match="Cannot"), transaction.atomic():
            change()
