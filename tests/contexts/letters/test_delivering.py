"""The outbox: claimed once, tried again, never twice in the reader's hand, on paper when nothing else helps."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from samspil.contexts.access.api import Event
from samspil.contexts.letters import api as letters
from samspil.contexts.letters import rules
from samspil.contexts.letters.api import Dispatch, DispatchStatus, Receipt
from samspil.contexts.letters.commands.delivering import claim
from samspil.kernel import scope
from tests.cast import NOW, build_cast
from tests.contexts.letters.world import SYSTEM, Mailbox, World, closed

MINUTE = dt.timedelta(minutes=1)


def deliver(channel: Any, at: dt.datetime = NOW) -> Any:
    return letters.deliver_waiting(actor=SYSTEM, at=at, channel=channel)


@pytest.mark.django_db
class TestOneProcess:
    def test_it_arrives_with_its_papers_and_its_days(self, world: World):
        letter_id = world.send()
        box = Mailbox(available_at=NOW + dt.timedelta(days=2))
        assert deliver(box).arrived == 1
        row = world.dispatch(letter_id)
        assert (row.status, row.received_on) == ("arrived", dt.date(2026, 11, 26))
        assert row.complaint_by == dt.date(2026, 12, 30), "the day in the letter, and not 28 December"
        assert letters.letter(world.karla, letter_id).complaint_by == row.complaint_by
        (message,) = box.taken.values()
        assert [one.filename for one in message.attachments] == ["letter.pdf", "easy.pdf", "english.pdf"]
        assert message.title == "Du kan ikke få hjælp i hjemmet"
        assert Event.objects.filter(kind="letter.arrived").count() == 1

    def test_what_has_arrived_is_not_sent_again(self, world: World):
        world.send()
        box = Mailbox()
        deliver(box)
        deliver(box, NOW + dt.timedelta(days=1))
        assert box.calls == 1

    def test_each_failed_try_waits_longer_and_then_it_goes_on_paper(self, world: World):
        letter_id = world.send()
        at, box = NOW, Mailbox(problems=[closed() for _ in range(20)])
        for number, pause in enumerate(rules.RETRIES, 1):
            assert deliver(box, at).to_retry == 1
            row = world.dispatch(letter_id)
            assert (row.status, row.attempts, row.next_try_at) == ("waiting", number, at + pause)
            assert deliver(box, at + pause - MINUTE / 2) == letters.Delivered(), "not before its time"
            at += pause
        assert deliver(box, at).to_print == 1
        assert [(one.channel, one.status) for one in Dispatch.objects.order_by("id")] == [
            ("digital_post", "replaced"),
            ("print", "to_post"),
        ]
        assert [one.id for one in letters.to_post(world.mette)] == [letter_id]
        assert deliver(box, at + dt.timedelta(days=9)) == letters.Delivered()

    def test_what_is_refused_for_good_goes_on_paper_at_once(self, world: World):
        world.send()
        assert deliver(Mailbox(problems=[closed(is_final=True)])).to_print == 1

    def test_a_fault_counts_as_a_failed_try_and_is_told_in_the_log(self, world: World, caplog: Any):
        world.send()
        assert deliver(Mailbox(problems=[RuntimeError("boom")])).to_retry == 1
        assert "boom" in caplog.text
        assert "Karla" not in caplog.text

    def test_one_that_fails_does_not_hold_up_the_next(self, world: World):
        world.send()
        world.send(world.draft("sel-112", "full"))
        assert deliver(Mailbox(problems=[closed()])) == letters.Delivered(arrived=1, to_retry=1)

    def test_a_process_that_is_killed_after_handing_over_sends_no_second_letter(self, world: World):
        """The channel has it, and nobody has written that down: the next process meets the same key."""
        letter_id = world.send()
        box = Mailbox()

        class Killed(BaseException):
            pass

        def deliver_and_die(message: Any) -> Receipt:
            box.deliver(message)
            raise Killed

        dying: Any = type("Dying", (), {"deliver": staticmethod(deliver_and_die)})()
        with pytest.raises(Killed):
            deliver(dying)
        assert world.dispatch(letter_id).status == "sending"
        assert deliver(box, NOW + rules.CLAIM_LASTS - MINUTE) == letters.Delivered(), "it may still be at work"
        assert deliver(box, NOW + rules.CLAIM_LASTS + MINUTE).arrived == 1
        assert (box.calls, len(box.taken)) == (2, 1)

    def test_one_whose_claim_was_taken_over_writes_nothing(self, world: World):
        letter_id = world.send()

        def slow(message: Any) -> Receipt:
            Dispatch.objects.update(status="waiting", claim=None)
            assert claim(world.dispatch(letter_id).id, NOW)
            return Receipt("too late", NOW)

        slow_channel: Any = type("Slow", (), {"deliver": staticmethod(slow)})()
        assert deliver(slow_channel) == letters.Delivered()
        assert world.dispatch(letter_id).receipt == ""

    def test_the_database_takes_no_second_journey_by_the_same_channel(self, world: World):
        row = world.dispatch(world.send())
        row.pk = None
        with pytest.raises(IntegrityError, match="one_dispatch_per_channel"), transaction.atomic():
            Dispatch.objects.bulk_create(
                [Dispatch(**{f.attname: getattr(row, f.attname) for f in Dispatch._meta.fields if f.name != "id"})]
            )

    def test_paper_and_portal_are_not_its_business(self, world: World):
        world.send(channel="print")
        world.send(world.draft("sel-112", "full"), channel="portal")
        box = Mailbox()
        assert deliver(box) == letters.Delivered()
        assert box.calls == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_many_processes_one_has_the_row():
    """The claim is a compare-and-set: with eight at once, each row is handed over once."""
    world = World(build_cast())
    for ground, result in (("sel-83", "refusal"), ("sel-112", "full"), ("sel-97", "full")):
        world.send(world.draft(ground, result))
    box = Mailbox()

    def work(_: int) -> Any:
        scope.stay(scope.SYSTEM)
        try:
            return deliver(box)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(work, range(8)))
    assert sum(one.arrived for one in ended) == 3
    assert (box.calls, len(box.taken)) == (3, 3)
    assert set(Dispatch.objects.values_list("status", flat=True)) == {DispatchStatus.ARRIVED}
