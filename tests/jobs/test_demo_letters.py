"""Letters of the demo as the days passed, the packages to the appeals board, and who has asked to see the file."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.decisions import api as decisions
from samspil.contexts.disclosure import api as disclosure
from samspil.contexts.letters import api as letters
from samspil.jobs.demo import reading
from samspil.jobs.demo.building import fill
from samspil.kernel import clock
from samspil.kernel.clock import DENMARK
from tests.pdf_text import text_of

NOW = dt.datetime(2026, 11, 25, 10, 42, tzinfo=DENMARK)
TODAY = NOW.date()

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]


@pytest.fixture(scope="module", autouse=True)
def _town(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """As many stories as it takes until somebody has complained, been heard by the board, and got a letter."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        fill(now=NOW, stories=reading.stories()[:12])
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


def test_nothing_waits_for_digital_post() -> None:
    waits = letters.Dispatch.objects.filter(status__in=["waiting", "sending"])
    assert not waits.exists()
    sent_on = letters.Dispatch.objects.filter(letter__kind="sent_on")
    assert sent_on.filter(channel="print", status="arrived").exists(), "those of months ago came in an envelope"
    for row in sent_on.filter(channel="print"):
        assert row.letter.sent_at is not None
        assert row.received_on is not None
        assert 0 < (row.received_on - clock.day_of(row.letter.sent_at)).days <= 12


def test_only_what_is_new_waits_for_an_envelope() -> None:
    pile = letters.Dispatch.objects.filter(status="to_post")
    assert pile.exists()
    assert all(clock.day_of(row.status_since) >= TODAY - dt.timedelta(days=4) for row in pile)


def test_the_board_gets_the_letter_of_the_decision() -> None:
    packages = list(letters.ForwardedPackage.objects.all())
    assert packages
    for package in packages:
        complaint = decisions.Complaint.objects.get(id=package.complaint_id)
        (letter,) = letters.Letter.objects.filter(decision_id=complaint.decision_id, status="sent")
        assert letter.sent_at is not None
        assert letter.sent_at < package.made_at
        assert letter.content["headline"]["da"] in text_of(bytes(package.pdf))


def test_some_have_asked_to_see_the_file() -> None:
    rows = disclosure.FileRequest.objects.all()
    assert Counter((row.kind, row.status, row.outcome) for row in rows) == {
        ("file", "waiting", ""): 1,
        ("file", "answered", "full"): 1,
        ("file", "answered", "partial"): 1,
        ("own_data", "answered", "full"): 1,
    }
    open_one = rows.get(status="waiting")
    deadline = deadlines.Deadline.objects.get(subject_id=open_one.id)
    assert 3 <= (deadline.due_on - TODAY).days <= 5, "three workdays"
    for row in rows.exclude(status="waiting"):
        assert row.answered_at is not None
        assert row.answered_at < NOW
        assert disclosure.DisclosedPaper.objects.filter(file_request=row).exists()
        assert not deadlines.Deadline.objects.filter(subject_id=row.id, status__in=["open", "late"]).exists()
