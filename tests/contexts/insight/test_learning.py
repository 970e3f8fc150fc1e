"""Complaints, reversals and remittals by area, basis and template; letters by quarter."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from samspil.contexts.cases.models import Case
from samspil.contexts.decisions.models import Complaint
from samspil.contexts.insight import api as insight
from samspil.contexts.insight.api import Group
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.models import Letter
from samspil.kernel.verdict import Refused
from tests.cast import NOW, TODAY
from tests.contexts.insight.world import ADULT, OLD, Year
from tests.contexts.letters.world import World

pytestmark = pytest.mark.django_db


def learned(year: Year, group: Group = Group.AREA, *, name: str = "lene", of: int = 2026) -> insight.Learned:
    return insight.complaints_by(year.cast.actor(name), group, year=of)


def by_key(found: insight.Learned) -> dict[str, insight.Figures]:
    return {one.key: one for one in found.rows}


def filled(year: Year) -> None:
    year.decide(30)
    for end, number in (("full", 2), ("partial", 3), ("upheld", 6), ("remitted", 5), ("changed", 4), ("annulled", 1)):
        year.decide(number, end=end)
    year.decide(9, end="dismissed")
    year.decide(40, basis=OLD)
    year.decide(8, basis=OLD, end="upheld")


def test_complaints_and_what_became_of_them_by_area(year):
    filled(year)
    found = by_key(learned(year))
    adult, old = found["adult_disability"], found["elder_care"]
    assert (adult.decided, adult.complained, adult.gave_in) == (60, 30, 5)
    assert (adult.board, adult.changed, adult.remitted) == (16, 5, 5)
    assert (old.decided, old.complained, old.gave_in, old.board) == (48, 8, 0, 8)
    assert (adult.complaint_share.percent, adult.complaint_share.low, adult.complaint_share.high) == (50, 37, 63)
    assert adult.not_held_share.percent == 62  # ten of the sixteen that the board took a stand on
    assert (old.not_held_share.percent, old.not_held_share.high) == (0, 33)


def test_the_total_is_of_all_and_only_where_groups_do_not_overlap(year):
    filled(year)
    total = learned(year).total
    assert (total.decided, total.complained, total.board) == (108, 38, 24)
    assert learned(year, Group.BASIS).total is None
    assert learned(year, Group.TEMPLATE).total is None


def test_by_basis_a_decision_counts_for_each_of_its_own(year):
    year.decide(6)
    for _ in range(5):
        year.decide_both(ADULT, "sel-97")
    found = by_key(learned(year, Group.BASIS))
    assert (found[ADULT].decided, found["sel-97"].decided) == (11, 5)


def test_two_needs_under_one_basis_are_one_decision(year):
    for _ in range(6):
        year.decide_both(ADULT, ADULT)
    assert by_key(learned(year, Group.BASIS))[ADULT].decided == 6


def test_by_template_of_what_was_sent(year):
    refused, granted = year.decide(7, end="upheld"), year.decide(6)
    for decision in refused:
        year.send(decision)
    for decision in granted:
        year.send(decision, template="hjaelp-ja")
        year.send(decision, template="hjaelp-ja", status="draft", sent_at=None)
    year.send(None)  # a letter that came with an import: nothing was decided here
    found = by_key(learned(year, Group.TEMPLATE))
    assert (found["hjaelp-nej"].decided, found["hjaelp-nej"].complained, found["hjaelp-nej"].board) == (7, 7, 7)
    assert (found["hjaelp-ja"].decided, found["hjaelp-ja"].complained) == (6, 0)


def test_several_complaints_about_one_decision_count_once(year):
    decisions = year.decide(6, end="upheld")
    for row in Complaint.objects.filter(decision_id__in=decisions):
        Complaint.objects.create(
            municipality=991, case=row.case, decision_id=row.decision_id, status="withdrawn", status_since=NOW,
            channel="phone", received_on=TODAY, words="Nej.", from_name="Karla", is_late=False,
        )  # fmt: skip
    found = by_key(learned(year))["adult_disability"]
    assert (found.decided, found.complained) == (6, 6)


def test_few_are_not_shown_and_have_no_share(year):
    year.decide(20)
    year.decide(3, end="remitted")
    year.decide(20, basis=OLD)
    year.decide(7, basis=OLD, end="remitted")
    found = by_key(learned(year))
    assert found["adult_disability"].decided == 23
    assert found["adult_disability"].complained is None
    assert found["adult_disability"].complaint_share is None
    assert found["adult_disability"].not_held_share is None
    assert found["elder_care"].complained is None  # or ten in all less seven would tell the three
    assert learned(year).total.complained == 10


def test_a_share_does_not_tell_the_hidden_part_of_its_sum(year):
    year.decide(6, end="changed")
    year.decide(2, end="remitted")
    year.decide(12, end="upheld")
    (found,) = learned(year).rows
    assert (found.board, found.changed, found.remitted) == (20, 6, None)
    assert found.not_held_share is None  # eight of twenty less the six would be two
    year.decide(3, end="remitted")
    (found,) = learned(year).rows
    assert (found.remitted, found.not_held_share.percent) == (5, 48)


def test_only_decisions_that_were_told_in_the_year(year):
    year.decide(6)
    year.decide(7, told_on=dt.date(2025, 12, 31))
    year.decide(5, told_on=dt.date(2026, 1, 1))
    assert by_key(learned(year))["adult_disability"].decided == 11
    assert by_key(learned(year, of=2025))["adult_disability"].decided == 7
    assert learned(year, of=2024) == insight.Learned((), None)


def test_figures_are_of_the_cases_that_the_reader_sees(year):
    filled(year)
    assert by_key(learned(year))["elder_care"].decided == 48
    Case.objects.filter(id=year.old.id).update(is_restricted=True)
    assert "elder_care" not in by_key(learned(year))
    for stranger in ("otto", "vita", "jonas"):
        assert learned(year, name=stranger) == insight.Learned((), None)


@pytest.mark.parametrize("group", list(Group))
def test_one_statement_however_many(year, group, count_queries):
    actor = year.cast.actor("lene")

    def statements() -> int:
        return count_queries(lambda: insight.complaints_by(actor, group, year=2026))

    few = [year.decide(2, end="upheld"), statements()][1]
    filled(year)
    for decision in year.decide(5, basis=OLD):
        year.send(decision)
    assert (few, statements()) == (1, 1)


def quarters(year: Year) -> dict[dt.date, insight.Quarter]:
    return {one.begins_on: one for one in insight.letters_read(year.cast.actor("lene")).quarters}


def test_letters_by_quarter(year, count_queries):
    for lix in (20.0, 22.0, 24.0, 26.0, 28.0, 31.0):
        year.send(None, lix=lix)
    for number in range(6):
        year.send(None, sent_at=dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC), stopped_by=["B3"] if number else [])
    found = quarters(year)
    assert list(found) == sorted(found)
    assert len(found) == 8
    now, before = found[dt.date(2026, 10, 1)], found[dt.date(2026, 7, 1)]  # half past ten in UTC is July in Denmark
    assert (now.sent, now.lix, now.stopped, now.stopped_share.percent) == (6, 25.2, 0, 0)
    assert (before.sent, before.stopped, before.stopped_share.percent) == (6, 5, 83)
    assert (found[dt.date(2025, 1, 1)].sent, found[dt.date(2025, 1, 1)].stopped) == (0, 0)
    assert insight.letters_read(year.cast.actor("lene")).stops == (insight.Stop("B3", 5),)
    lene = year.cast.actor("lene")
    assert count_queries(lambda: insight.letters_read(lene)) == 1


def test_few_letters_say_neither_their_number_nor_their_lix(year):
    for _ in range(4):
        year.send(None, stopped_by=["B3"])
    now = quarters(year)[dt.date(2026, 10, 1)]
    assert (now.sent, now.lix, now.stopped, now.stopped_share) == (None, None, None, None)
    assert insight.letters_read(year.cast.actor("lene")).stops == (insight.Stop("B3", None),)


def test_letters_from_before_lix_was_kept_are_left_out(year):
    for _ in range(6):
        year.send(None, lix=None)
    assert all(one.sent == 0 for one in quarters(year).values())


WHO = ("written_by", "decided_by", "drafted_by", "sent_by", "reassessed_by", "noted_by", "_name")


def named(statements: list[str]) -> list[str]:
    """What of somebody's name or id is chosen or grouped by; who may see a case is asked for further on."""
    asked = [part for one in statements for part in (one.split(" FROM ", 1)[0], *one.rsplit(" GROUP BY ", 1)[1:])]
    return [word for word in WHO if any(word in part for part in asked)]


def test_nothing_is_counted_for_an_employee(year):
    lene = year.cast.actor("lene")
    with CaptureQueriesContext(connection) as sent:
        for group in Group:
            insight.complaints_by(lene, group, year=2026)
        insight.letters_read(lene)
    assert len(sent) == 4
    assert named([one["sql"] for one in sent]) == []
    with CaptureQueriesContext(connection) as ranked:
        list(Letter.objects.values("written_by_name").annotate(number=Count("pk")))
    assert named([one["sql"] for one in ranked]) == ["written_by", "_name"]


class TestWhatALetterKeeps:
    def test_its_lix_when_it_is_sent(self, cast):
        world = World(cast)
        sent = world.send(world.draft(), "portal")
        assert 10 < Letter.objects.get(id=sent).lix < 40
        assert Letter.objects.get(id=sent).stopped_by == []

    def test_what_stopped_it_though_it_was_mended(self, cast):
        world = World(cast)
        letter_id = world.draft("sel-85", "partial")
        drawn = letters.letter(world.mette, letter_id)
        texts = {part.kind: part.text for part in drawn.parts if part.kind == "gets"}
        letters.edit_letter(
            actor=world.mette, at=NOW, letter_id=letter_id, texts={"gets": "Noget hjælp."}, seen=drawn.version
        )
        with pytest.raises(Refused):
            world.send(letter_id, "portal")
        letters.edit_letter(actor=world.mette, at=NOW, letter_id=letter_id, texts=texts, seen=drawn.version + 1)
        world.send(letter_id, "portal")
        assert Letter.objects.get(id=letter_id).stopped_by

    def test_what_a_sending_was_refused_for_is_kept_though_nothing_else_is(self, cast):
        world = World(cast)
        letter_id = world.draft("sel-85", "partial", asked_for="")
        assert Letter.objects.get(id=letter_id).stopped_by == []
        for _ in range(2):
            with pytest.raises(Refused):
                world.send(letter_id, "portal")
        kept = Letter.objects.get(id=letter_id)
        assert kept.stopped_by == ["value_missing"]
        assert (kept.status, kept.version) == ("draft", 1)

    def test_a_stranger_s_try_leaves_no_trace(self, cast):
        world = World(cast)
        letter_id = world.draft("sel-85", "partial", asked_for="")
        with pytest.raises(Letter.DoesNotExist):
            letters.send_letter(actor=cast.actor("otto"), at=NOW, letter_id=letter_id, channel="portal", seen=1)
        assert Letter.objects.get(id=letter_id).stopped_by == []
