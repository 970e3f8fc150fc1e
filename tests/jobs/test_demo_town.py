"""The demo municipality as it is built: some stories told in full, on the day of the sketches."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from samspil.contexts.access import api as access
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.citizens import api as citizens
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import Complaint, Decision, Grant
from samspil.contexts.feedback import api as feedback
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import api as meetings
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import api as orders
from samspil.jobs.demo import reading
from samspil.jobs.demo.building import Filled, fill
from samspil.jobs.demo.planning import days_ahead
from samspil.jobs.demo.town import FJORDBY, STRANDBY
from samspil.kernel import clock, cpr
from samspil.kernel.clock import DENMARK

NOW = dt.datetime(2026, 11, 25, 10, 42, tzinfo=DENMARK)
TODAY = NOW.date()
TOLD = ("adult_01_karla", "adult_02_tilbage_paa_vaerkstedet", "adult_17_lys_klokken_ti", "elder_01_hjem_efter_faldet")

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: object) -> Iterator[Filled]:
    """Built once for this module, and gone after it. Every constraint is checked before a test reads a row."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        filled = fill(now=NOW, stories=[story for story in reading.stories() if story.key in TOLD])
        connection.check_constraints()
        yield filled
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _is_built(town: Filled) -> None:
    assert town.citizens == 19


@pytest.fixture
def karla() -> SimpleNamespace:
    """Karla's case, as Mette reads it."""
    case = cases.Case.objects.get(citizen__first_name="Karla", citizen__last_name="Holm")
    return SimpleNamespace(case_id=case.id, citizen_id=case.citizen_id, mette=actor("mette"))


def actor(username: str) -> access.Actor:
    found = access.actor_for(access.User.objects.get(username=username).id, on=TODAY)
    assert found is not None
    return found


def test_every_stage_has_somebody(town: Filled) -> None:
    assert set(town.stages) == {"enquiry", "clarification", "running", "status_due", "follow_up", "closed"}
    statuses = Counter(cases.Case.objects.filter(municipality=FJORDBY).values_list("status", flat=True))
    assert set(statuses) == set(cases.CaseStatus.values)
    assert statuses["closed"] == town.stages["closed"]
    assert statuses["clarification"] == town.stages["clarification"]
    assert cases.Referral.objects.filter(status="received").count() >= len(reading.incoming())


def test_everybody_who_can_log_in_has_a_role() -> None:
    with_role = set(access.RoleAssignment.objects.values_list("user_id", flat=True))
    assert set(access.User.objects.values_list("id", flat=True)) == with_role
    roles = access.RoleAssignment.objects.filter(organisation__municipality_code=FJORDBY)
    staff = roles.exclude(role__in=["citizen", "relative"])
    assert staff.values("user").distinct().count() == 15
    assert access.District.objects.filter(municipality=FJORDBY).count() == 3


def test_karla_is_who_she_is_on_the_sketches(karla: SimpleNamespace) -> None:
    facts = cases.case_facts(karla.mette, karla.case_id)
    assert (facts.name, facts.age, facts.district, facts.coordinator_name) == ("Karla Holm", 47, "Nord", "Mette Bjerre")
    wish = citizens.contact_wish(karla.citizen_id)
    assert wish is not None
    assert (wish.form, wish.time_of_day, wish.medium) == ("walk", "morning", "text_message")
    (ida,) = citizens.relations_of(karla.citizen_id)
    assert (ida.name, ida.kind_code, ida.may_see_case) == ("Ida Holm", "sister", True)
    for reader in ("ida-holm", "karla-holm"):
        assert cases.case_facts(actor(reader), karla.case_id).name == "Karla Holm"


def test_karlas_goals_speak_with_two_voices(karla: SimpleNamespace) -> None:
    view = goals.goals_for(karla.mette, karla.case_id)
    assert view.purpose is not None
    assert view.purpose.citizen_words == "Jeg vil gerne kunne tage bussen til koret selv."
    bus, sleep = view.running
    said = {(goal.title, mark.side): mark.value for goal in (bus, sleep) for mark in goal.latest}
    assert said[("Tage bussen alene", "provider")] == 6
    assert said[("Tage bussen alene", "citizen")] == 7
    assert said[("Sove om natten", "provider")] == 3
    assert said[("Sove om natten", "citizen")] == 4
    assert [(step.title, step.status) for step in bus.sub_goals] == [
        ("Jeg kan ruten", "reached"),
        ("Jeg kører med Jonas i bussen", "active"),
        ("Jeg tager bussen til kor alene", "proposed"),
    ]
    assert bus.sub_goals[0].reached_on is not None
    assert bus.sub_goals[0].reached_on.month == 9
    assert bus.sub_goals[1].follow_up_on == dt.date(2026, 11, 26)


def test_karlas_last_notes_and_what_they_set_in_motion(karla: SimpleNamespace) -> None:
    newest = notes.stream(karla.mette, karla.case_id)[0]
    assert newest.author_name == "Jonas Lykke"
    assert newest.happened_at.astimezone(DENMARK) == dt.datetime(2026, 11, 24, 14, 10, tzinfo=DENMARK)
    assert newest.segments[0].text == "Karla har fået nye naboer og sover dårligt på grund af støj."
    waiting = {task.text: task.due_on for task in cases.my_tasks(karla.mette) if task.case_id == karla.case_id}
    assert waiting["Send dagsorden til statusmødet"] == dt.date(2026, 11, 26)
    assert waiting["Mette spørger boligselskabet om nattero"] == dt.date(2026, 12, 1)
    assert waiting["Tal med Karla om mødet. Der blev svaret nej."] == dt.date(2026, 11, 27)
    answer = next(text for text in waiting if text.startswith("Svar på ændring fra Jonas"))
    assert "nye naboer" in answer


def test_karlas_meetings(karla: SimpleNamespace) -> None:
    coming = meetings.next_meeting(karla.mette, karla.case_id, now=NOW)
    assert coming is not None
    assert coming.starts_at.astimezone(DENMARK) == dt.datetime(2026, 12, 9, 10, 0, tzinfo=DENMARK)
    assert coming.place == "Biblioteket"
    held = [line for line in meetings.meetings_of(karla.mette, karla.case_id) if line.status == "closed"]
    last = max(held, key=lambda line: line.starts_at)
    assert clock.day_of(last.starts_at) == dt.date(2026, 11, 3)
    board = meetings.board_for(karla.mette, last.id)
    written = {column.title: [card.text for card in column.cards] for column in board.columns}
    assert "Koret er det bedste på ugen" in written["Det går godt"]
    hard = ["Jeg bliver bange, når bussen er fuld", "Larm om natten. Sover fire timer"]
    assert [text for text in written["Det er svært"] if text in hard] == hard
    agreed = {card.text: (card.who, card.due_on) for column in board.columns for card in column.cards}
    assert agreed["Jonas kører med bussen, tre sæder bagved"] == ("Jonas", dt.date(2026, 11, 26))
    assert board.scale == 7
    assert meetings.picture_pdf(karla.mette, last.id).startswith(b"%PDF")
    (said, *_) = feedback.feedback_of(karla.mette, karla.case_id)
    assert said.talked_enough == "no"


def test_after_the_ninth_of_december_karla_meets_in_two_weeks() -> None:
    story = next(story for story in reading.stories() if story.cast.name == "Karla Holm")
    life = SimpleNamespace(story=story, copy=0, moments=SimpleNamespace(today=dt.date(2027, 2, 3)))
    assert days_ahead(life) == 15  # type: ignore[arg-type]
    life.moments.today = dt.date(2026, 11, 23)
    assert days_ahead(life) == 16  # type: ignore[arg-type]


def test_nobody_has_more_goals_than_one_can_work_on() -> None:
    running = goals.Goal.objects.filter(level="goal", status__in=["active", "paused"])
    assert max(Counter(running.values_list("case_id", flat=True)).values()) <= goals.MOST_GOALS
    assert not running.filter(if_reached="").exists()
    assert not running.exclude(case_id__in=goals.Purpose.objects.values("case_id")).exists()


def test_nothing_has_happened_before_it_could() -> None:
    assert not access.Event.objects.filter(at__gt=NOW).exists()
    assert not access.AccessLogEntry.objects.filter(at__gt=NOW).exists()
    assert not notes.Note.objects.filter(written_at__gt=NOW).exists()
    assert not cases.Task.objects.filter(done_at__gt=NOW).exists()
    assert not goals.Rating.objects.filter(at__gt=NOW).exists()
    assert (NOW - access.Event.objects.earliest("at").at).days / 30.4 >= 18


def test_both_sides_have_something_waiting() -> None:
    assert orders.Order.objects.filter(status="sent").exists()
    assert orders.Order.objects.filter(status="ended").exists()
    assert orders.StatusNote.objects.filter(status="sent").exists()
    assert orders.StatusNote.objects.filter(status="decided").exists()
    assert not orders.StatusNote.objects.filter(status="draft").exists()
    assert not notes.Draft.objects.exists()
    open_tasks = cases.Task.objects.filter(status="open")
    assert open_tasks.filter(due_on__lt=TODAY).exists()
    assert open_tasks.filter(due_on__gte=TODAY).exists()
    assert meetings.Meeting.objects.filter(status="called", starts_at__gt=NOW).exists()


def test_what_was_promised_in_a_closed_case_is_kept_or_called_off() -> None:
    assert not cases.Task.objects.filter(case__status="closed", status="open").exists()


def test_every_citizen_can_see_who_has_looked(karla: SimpleNamespace) -> None:
    looked = {look.user_name for look in access.looks_at(karla.citizen_id)}
    assert {"Mette Bjerre", "Jonas Lykke"} <= looked


def test_nobodys_number_could_be_anyones() -> None:
    everybody = citizens.Citizen.objects.values_list("id", flat=True)
    assert all(cpr.is_fictitious(citizens.cpr_of(citizen_id)) for citizen_id in everybody)


def test_otto_has_citizens_of_his_own_and_sees_no_other() -> None:
    seen = cases.Case.objects.visible_to(actor("otto"))
    assert set(seen.values_list("municipality", flat=True)) == {STRANDBY}
    assert not cases.Case.objects.visible_to(actor("mette")).exclude(municipality=FJORDBY).exists()


def test_a_second_filling_changes_nothing() -> None:
    before = access.Event.objects.count()
    out = StringIO()
    call_command("demo", stdout=out)
    assert out.getvalue() == "Der er borgere i databasen i forvejen, så den bliver, som den er.\n"
    assert access.Event.objects.count() == before


def test_one_case_is_seen_by_few_and_one_was_opened_in_an_emergency() -> None:
    restricted = cases.Case.objects.filter(is_restricted=True)
    assert restricted.count() == 1
    [emergency] = access.EmergencyAccess.objects.all()
    assert emergency.case_id != restricted.get().id
    assert (emergency.finding, emergency.ended_at < emergency.until) == ("was_needed", True)
    looks = access.AccessLogEntry.objects.filter(user_id=emergency.user_id, citizen_id=emergency.citizen_id)
    assert looks.filter(why__startswith="nødadgang: ").count() == 3


def test_some_have_had_something_decided(karla: SimpleNamespace) -> None:
    """By turns: a yes, a no that is complained about, … each examined with what the notes already say."""
    made = Decision.objects.filter(status="told")
    assert {"full", "refusal"} <= set(made.values_list("outcome", flat=True))
    assert Complaint.objects.filter(status="received").count() == 1
    (grant,) = decisions.grants_of(karla.mette, karla.case_id)
    assert grant.state == "running"
    letter = decisions.decision_for_letter(karla.mette, grant.decision_id)
    assert letter.citizen_said
    assert all(need.basis is not None for need in letter.needs)
    assert not Grant.objects.filter(status="planned").exists()


def test_how_long_an_answer_takes_is_published() -> None:
    promised = {rule.key for rule in catalogue.own_deadlines(FJORDBY, at=TODAY)}
    assert promised >= {"decide", "decide/sel-85", "decide/sel-83"}
