"""What a municipality sets itself: only what the law leaves to it, with what was promised before."""

import datetime as dt

import pytest

from samspil.contexts.access.api import Event, NotAllowed
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.api import RuleRefusal
from samspil.contexts.catalogue.models import Provision
from samspil.contexts.deadlines import api as deadlines
from samspil.kernel.day_counting import Length, Unit
from tests.cast import FJORDBY, NOW, STRANDBY, TODAY
from tests.refusals import refused

pytestmark = pytest.mark.django_db
THREE = Length(3, Unit.WEEKS)
LATER = TODAY + dt.timedelta(days=30)


@pytest.fixture
def town(cast):
    catalogue.load_law(at=NOW)
    return cast


@pytest.fixture
def set_one(town):
    def make(who="lene", **given):
        asked = {"key": "decide", "length": THREE, "from_on": TODAY} | given
        catalogue.set_own_deadline(actor=town.actor(who), at=NOW, **asked)

    return make


def rule(on=TODAY, municipality=FJORDBY, **given):
    return catalogue.deadline_rule("decide", at=on, municipality=municipality, **given)


def test_it_holds_at_home_from_its_day(set_one):
    set_one(from_on=LATER)
    assert rule().length == Length(8, Unit.WEEKS)
    assert rule(on=LATER).length == THREE
    assert rule(on=LATER, municipality=STRANDBY).length == Length(8, Unit.WEEKS)
    assert Event.objects.get(kind="rule.set").data["from_on"] == LATER.isoformat()


def test_for_one_basis_it_comes_before_the_general_one(set_one):
    set_one(basis="sel-97", length=Length(6, Unit.WEEKS))
    set_one()
    assert rule(about="sel-97").length == Length(6, Unit.WEEKS)
    assert rule(about="sel-97").name == "Svar på en ansøgning: Ledsagelse"
    assert rule(about="sel-116").length == THREE


def test_the_municipalitys_general_rule_beats_an_example_and_not_the_law(set_one):
    assert rule(about="sel-85").length == Length(12, Unit.WEEKS)
    set_one()
    assert rule(about="sel-85").length == THREE
    set_one(key="notice", length=Length(2, Unit.WEEKS))
    of_law = catalogue.deadline_rule("notice", at=TODAY, about="sel-96", municipality=FJORDBY)
    of_town = catalogue.deadline_rule("notice", at=TODAY, about="sel-85", municipality=FJORDBY)
    assert (of_law.length, of_town.length) == (Length(14, Unit.WEEKS), Length(2, Unit.WEEKS))


def test_what_was_promised_before_stays(set_one):
    set_one()
    set_one(from_on=LATER, length=Length(5, Unit.WEEKS))
    own = catalogue.own_deadlines(FJORDBY)
    assert [(one.length.count, one.about.valid_from, one.about.valid_until) for one in own] == [
        (3, TODAY, LATER),
        (5, LATER, None),
    ]
    assert [one.length.count for one in catalogue.own_deadlines(FJORDBY, at=TODAY)] == [3]
    assert catalogue.own_deadlines(STRANDBY) == ()


def test_a_second_thought_replaces_and_keeps_the_first(set_one):
    set_one(from_on=LATER)
    set_one(from_on=LATER, length=Length(5, Unit.WEEKS))
    set_one(from_on=TODAY, length=Length(4, Unit.WEEKS))
    assert [one.length.count for one in catalogue.own_deadlines(FJORDBY)] == [4]
    assert Provision.objects.filter(municipality=FJORDBY, replaced_at=NOW).count() == 2


def test_a_running_deadline_keeps_its_day(town, set_one):
    made = deadlines.open_deadline(
        actor=town.actor("mette"), at=NOW, case_id=town.case_id, kind="decide", from_on=TODAY
    )
    set_one()
    assert deadlines.Deadline.objects.get(id=made).due_on == TODAY + dt.timedelta(weeks=8)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"key": "complain"}, RuleRefusal.SET_BY_LAW),
        ({"key": "notice", "basis": "sel-96"}, RuleRefusal.SET_BY_LAW),
        ({"key": "some_day"}, RuleRefusal.NO_SUCH_RULE),
        ({"basis": "sel-999"}, RuleRefusal.NO_SUCH_RULE),
        ({"length": Length(0, Unit.WEEKS)}, RuleRefusal.NOT_A_LENGTH),
        ({"length": Length(367, Unit.DAYS)}, RuleRefusal.NOT_A_LENGTH),
        ({"length": Length(-1, Unit.DAYS)}, RuleRefusal.NOT_A_LENGTH),
        ({"from_on": TODAY - dt.timedelta(days=1)}, RuleRefusal.DAY_IS_PAST),
    ],
)
def test_what_is_not_the_municipalitys_to_set(set_one, given, reason):
    assert refused(set_one, **given) is reason
    assert not Provision.objects.filter(municipality=FJORDBY).exists()


@pytest.mark.parametrize("who", ["mette", "jonas", "karla", "otto"])
def test_only_leaders_set_them(set_one, who):
    assert refused(set_one, who=who) is NotAllowed.NOT_YOUR_ROLE
