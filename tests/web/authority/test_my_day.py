"""Min dag: one glance, and kind when there is nothing."""

import datetime as dt
from collections.abc import Callable

from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import api as meetings
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import api as orders
from tests.cast import NOW, TODAY, Cast
from tests.web.authority.conftest import Browser, words

BrowserOf = Callable[[str], Browser]
DAY = "/myndighed/min-dag/"


def _task(cast: Cast, text: str, due_on: dt.date, **changes: object) -> object:
    given = {
        "actor": cast.actor("mette"),
        "at": NOW,
        "case_id": cast.case_id,
        "text": text,
        "owner_name": "Mette Bjerre",
        "owner_id": cast.mette.id,
        "owner_side": "authority",
        "due_on": due_on,
        "source": "note",
    }
    return cases.add_task(**(given | changes))


def test_a_day_with_nothing_in_it_is_kind(cast: Cast, browser_of: BrowserOf) -> None:
    said = words(browser_of("vita").page(DAY))
    for sentence in (
        "God dag, Vita",
        "tirsdag den 24. november",
        "Du er ajour. Der er ikke noget, du har lovet til den næste uge.",
        "Der er ikke noget nyt, du skal svare på.",
        "Ingen møder i dag.",
        "Alle har haft den kontakt, de har ønsket.",
        "Alle henvendelser har fået svar.",
        "Du er ikke rådgiver for nogen endnu.",
    ):
        assert sentence in said
    assert not AccessLogEntry.objects.exists()


def test_promises_stand_by_day(cast: Cast, browser_of: BrowserOf) -> None:
    _task(cast, "Sent", TODAY - dt.timedelta(days=2))
    _task(cast, "Nu", TODAY)
    _task(cast, "Snart", TODAY + dt.timedelta(days=3))
    _task(cast, "Engang", TODAY + dt.timedelta(days=60))
    said = words(browser_of("mette").page(DAY))
    assert "Skulle være gjort Karla Holm : Sent 2 dage over tiden Gjort" in said
    assert "I dag Karla Holm : Nu i dag" in said
    assert "De næste syv dage Karla Holm : Snart inden fredag" in said
    assert "Engang" not in said
    assert "1 opgave længere ude i fremtiden." in said
    assert {look.what for look in AccessLogEntry.objects.all()} == {"my_day"}


def test_what_was_done_today_can_be_taken_up_again(cast: Cast, browser_of: BrowserOf) -> None:
    task_id = _task(cast, "Nu", TODAY)
    cases.finish_task(actor=cast.actor("mette"), at=NOW, task_id=task_id)
    said = words(browser_of("mette").page(DAY))
    assert "1 gjort i dag Karla Holm : Nu tirsdag den 24. november Fortryd" in said


def test_a_change_from_the_provider_is_new_and_stands_once(cast: Cast, browser_of: BrowserOf) -> None:
    notes.write_note(
        actor=cast.actor("jonas"),
        at=NOW,
        case_id=cast.case_id,
        kind="visit",
        happened_at=NOW,
        pieces=[notes.NewSegment(kind="change", text="Karla sover dårligt")],
    )
    said = words(browser_of("mette").page(DAY))
    assert said.count("Karla sover dårligt") == 1
    assert "Nyt fra udførere Karla Holm : Svar på ændring fra Jonas: Karla sover dårligt" in said


def test_answers_questions_and_status_from_providers(cast: Cast, browser_of: BrowserOf) -> None:
    mette, jonas = cast.actor("mette"), cast.actor("jonas")
    goals.set_purpose(actor=mette, at=NOW, case_id=cast.case_id, citizen_words="Bussen", wording="")
    goal_id = goals.add_goal(
        actor=mette, at=NOW, case_id=cast.case_id, title="Bus", citizen_words="Bus", if_reached="A", if_not_reached="B"
    )
    order_id = orders.send_order(
        actor=mette, at=NOW, case_id=cast.case_id, unit_id=cast.team.id, goal_ids=[goal_id], what="Øv", starts_on=TODAY
    )
    assert "Bostøtte Nord" not in words(browser_of("mette").page(DAY))
    orders.accept_order(actor=jonas, at=NOW, order_id=order_id, contact_id=cast.jonas.id)
    orders.ask_question(actor=jonas, at=NOW, order_id=order_id, text="Hvornår er der kor?")
    note_id = orders.compose_status_note(actor=jonas, at=NOW, order_id=order_id)
    for part in orders.status_note(jonas, note_id).parts:
        orders.save_part(actor=jonas, at=NOW, part_id=part.id, version=part.version, unchanged=True)
    orders.send_status_note(actor=jonas, at=NOW, status_note_id=note_id, recommendation="continue")
    said = words(browser_of("mette").page(DAY))
    for sentence in (
        "Karla Holm : Jonas spørger: Hvornår er der kor?",
        "Karla Holm : Bostøtte Nord har sendt status.",
        "Karla Holm : Bostøtte Nord har sagt ja til opgaven.",
    ):
        assert sentence in said
    assert "Bostøtte Nord" not in words(browser_of("lene").page(DAY))


def test_meetings_today_and_next(cast: Cast, browser_of: BrowserOf) -> None:
    meetings.load_layouts()
    for starts_at in (NOW + dt.timedelta(hours=2), NOW + dt.timedelta(days=6)):
        meetings.call_meeting(
            actor=cast.actor("mette"),
            at=NOW,
            case_id=cast.case_id,
            kind="conversation",
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(hours=1),
            place="Biblioteket",
            form="library",
            purpose="Snakke",
            agenda=[],
            layout_slug="three_columns",
            attendees=[
                meetings.Guest(name="Mette Bjerre", side="authority", role_words="Rådgiver", user_id=cast.mette.id)
            ],
        )
    said = words(browser_of("mette").page(DAY))
    assert "I dag 11.30 Karla Holm Samtale, Biblioteket" in said
    assert "De næste Karla Holm mandag den 30. november kl. 09.30" in said
    assert "Karla Holm" not in words(browser_of("vita").page(DAY))


def test_those_who_want_more_contact(cast: Cast, browser_of: BrowserOf) -> None:
    mette = cast.actor("mette")
    citizens.agree_contact(
        actor=mette, at=NOW, citizen_id=cast.citizen_id, form="home", time_of_day="any", medium="call", every_days=14
    )
    cases.note_contact(actor=mette, at=NOW, case_id=cast.case_id, on=TODAY - dt.timedelta(days=15))
    said = words(browser_of("mette").page(DAY))
    assert "Karla Holm Ønsker kontakt hver 14. dag. Sidst: for 2 uger siden." in said
    cases.note_contact(actor=mette, at=NOW, case_id=cast.case_id, on=TODAY - dt.timedelta(days=14))
    assert "Alle har haft den kontakt, de har ønsket." in words(browser_of("mette").page(DAY))


def test_new_referrals_of_the_district(cast: Cast, browser_of: BrowserOf) -> None:
    cases.receive_referral(
        actor=cast.actor("mette"),
        at=NOW,
        source="street",
        area="adult_disability",
        first_name="Nadia",
        last_name="Rask",
        about="Bor på gaden",
        district_id=cast.north.id,
    )
    assert "Nadia Rask Fra gaden, 24.11.2026" in words(browser_of("mette").page(DAY))
    assert "Nadia" not in words(browser_of("vita").page(DAY))


def test_queries_do_not_grow(
    cast: Cast,
    browser_of: BrowserOf,
    more_cases: Callable,
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    browser = browser_of("mette")
    _task(cast, "Nu", TODAY)
    before = count_queries(lambda: browser.page(DAY))
    more_cases("Anna Et", "Bo To", "Carl Tre")
    for number in range(4):
        _task(cast, f"Nummer {number}", TODAY)
    assert count_queries(lambda: browser.page(DAY)) == before
    assert before <= 16
