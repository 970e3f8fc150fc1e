"""What may leave, what is frozen, whom it is shown to, and when it counts as received."""

import datetime as dt
import hashlib
import io
from typing import Any

import pikepdf
import pytest
from django.db import InternalError, transaction
from django.db.utils import DatabaseError

from samspil.contexts.citizens.models import AccessGrant, Citizen, Relation
from samspil.contexts.letters import api as letters
from samspil.contexts.letters import papers
from samspil.contexts.letters.api import Dispatch, DispatchStatus, Letter, LetterDocument, LetterRefusal
from samspil.kernel.verdict import ConcurrentChange, Refused
from samspil.klartjek import overlay_of
from tests.cast import FJORDBY, NOW, TODAY
from tests.contexts.letters.world import World
from tests.pdf_text import text_of
from tests.refusals import refused

pytestmark = pytest.mark.django_db
CANARY = "Kanariestien 77"


def send(world: World, letter_id: Any, **changes: Any) -> Any:
    call = {"actor": world.mette, "at": NOW, "letter_id": letter_id, "channel": "portal", "seen": 1} | changes
    return letters.send_letter(**call)


def test_a_sent_letter_stands_with_its_papers(world: World, sent: Any):
    letter = letters.letter(world.karla, sent)
    assert set(letter.documents) == {"letter", "easy", "english"}
    for kind in letter.documents:
        paper = letters.paper(world.karla, sent, kind)
        assert hashlib.sha256(paper.pdf).hexdigest() == paper.sha256
    assert "Du kan ikke få hjælp i hjemmet" in text_of(letters.paper(world.karla, sent, "letter").pdf)
    with pikepdf.open(io.BytesIO(letters.paper(world.karla, sent, "easy").pdf)) as easy:
        assert len(easy.pages) == 1


@pytest.mark.parametrize("table", [Letter, LetterDocument])
def test_the_database_lets_nobody_change_what_was_sent(world: World, sent: Any, table: Any):
    for change in (lambda: table.objects.all().delete(), lambda: table.objects.update(municipality=992)):
        with pytest.raises((InternalError, DatabaseError), match="Cannot"), transaction.atomic():
            change()


def test_a_draft_can_be_changed_so_the_lock_is_that_it_was_sent(world: World):
    world.draft()
    assert Letter.objects.update(drawn=1) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"asked_for": ""}, LetterRefusal.VALUE_MISSING),
        ({"facts": ()}, LetterRefusal.VALUE_MISSING),
        ({"said": ()}, LetterRefusal.VALUE_MISSING),
        ({"asked_for": "hjælp efter § 83"}, LetterRefusal.RULE_IN_PROSE),
    ],
)
def test_what_the_law_demands_keeps_a_letter_here(world: World, changes: Any, reason: Any):
    letter_id = world.draft(**changes)
    assert refused(lambda: send(world, letter_id)) == reason
    assert Letter.objects.get().status == "draft"
    assert not Dispatch.objects.exists()


def test_where_nothing_was_said_the_letter_shows_where_to_write_it_and_claims_nothing(world: World):
    letter_id = world.draft(said=())
    shown = letters.letter(world.mette, letter_id)
    (said,) = [part.text for part in shown.parts if part.kind == "said"]
    assert said == "> […]\nVores svar: […]"
    assert shown.has_open_places
    half = said.replace("[…]", "Jeg bliver træt af det", 1)
    letters.edit_letter(actor=world.mette, at=NOW, letter_id=letter_id, texts={"said": half}, seen=1)
    assert refused(lambda: send(world, letter_id, seen=2)) == LetterRefusal.VALUE_MISSING
    whole = half.replace("[…]", "Vi har set på det på mødet.")
    letters.edit_letter(actor=world.mette, at=NOW, letter_id=letter_id, texts={"said": whole}, seen=2)
    assert not letters.letter(world.mette, letter_id).has_open_places
    send(world, letter_id, seen=3)


def test_an_emptied_part_and_a_paragraph_typed_into_the_reasons_keep_it_here(world: World):
    for text, reason in (("", LetterRefusal.PART_EMPTY), ("Jf. stk. 2 kan du ikke.", LetterRefusal.RULE_IN_PROSE)):
        letter_id = world.draft()
        letters.edit_letter(actor=world.mette, at=NOW, letter_id=letter_id, texts={"because": text}, seen=1)
        assert refused(lambda letter_id=letter_id: send(world, letter_id, seen=2)) == reason


@pytest.mark.parametrize(("starts_on", "reason"), [((2027, 3, 1), LetterRefusal.TOO_SOON), ((2027, 3, 2), None)])
def test_a_cut_waits_for_its_notice(world: World, starts_on: Any, reason: Any):
    letter_id = world.draft("sel-95", "change", starts_on=dt.date(*starts_on))
    if reason:
        assert refused(lambda: send(world, letter_id)) == reason
    else:
        assert send(world, letter_id)


def test_what_a_municipality_has_set_holds_for_its_letters(world: World, settings: Any):
    short = overlay_of({"limits": {"B1": {"words": 2}}}, name="Fjordby")
    letter_id = world.draft()
    settings.OWN_WORDS = {FJORDBY + 1: short}
    assert "overskriften" not in str(letters.letter(world.mette, letter_id).advice).lower()
    settings.OWN_WORDS = {FJORDBY: short}
    assert "overskriften" in str(letters.letter(world.mette, letter_id).advice).lower()
    assert refused(lambda: send(world, letter_id)) == LetterRefusal.NOT_CLEAR


def test_what_somebody_changed_meanwhile_is_not_sent_unseen(world: World):
    letter_id = world.draft()
    letters.edit_letter(actor=world.mette, at=NOW, letter_id=letter_id, texts={"because": "Noget nyt."}, seen=1)
    with pytest.raises(ConcurrentChange):
        send(world, letter_id)


def test_it_is_sent_once(world: World, sent: Any):
    assert refused(lambda: send(world, sent, seen=2)) == LetterRefusal.ALREADY_SENT
    assert Dispatch.objects.count() == 1


def test_a_press_that_breaks_in_the_middle_leaves_a_draft(world: World, monkeypatch: pytest.MonkeyPatch):
    drawn: list[str] = []

    def breaks(kept: Any, heading: Any, kind: str) -> bytes:
        drawn.append(kind)
        if len(drawn) == 3:
            raise RuntimeError("killed")
        return b"%PDF-"

    letter_id = world.draft()
    monkeypatch.setattr(papers, "draw", breaks)
    with pytest.raises(RuntimeError), transaction.atomic():
        send(world, letter_id)
    assert Letter.objects.get().status == "draft"
    assert (LetterDocument.objects.count(), Dispatch.objects.count()) == (0, 0)


class TestWhoReads:
    def test_nobody_reads_a_draft_but_the_authority(self, world: World):
        letter_id = world.draft()
        assert letters.letter(world.mette, letter_id)
        for name in ("karla", "ida", "jonas", "otto", "vita", "uffe"):
            with pytest.raises(Letter.DoesNotExist):
                letters.letter(world.cast.actor(name), letter_id)

    def test_a_sent_one_is_for_the_citizen_and_whom_she_lets_and_never_for_a_provider(self, world: World, sent: Any):
        assert letters.letters_of(world.karla, world.cast.case_id)
        assert letters.letters_of(world.cast.actor("ida"), world.cast.case_id)
        for name in ("jonas", "otto", "otto_provider", "vita", "uffe"):
            assert letters.letters_of(world.cast.actor(name), world.cast.case_id) == ()
            with pytest.raises(Letter.DoesNotExist):
                letters.paper(world.cast.actor(name), sent, "letter")

    def test_a_relative_without_the_scope_reads_none(self, world: World, sent: Any):
        scopes = [scope for scope in AccessGrant.objects.get().scopes if scope != "letters"]
        AccessGrant.objects.update(scopes=scopes)
        assert letters.letters_of(world.cast.actor("ida"), world.cast.case_id) == ()

    def test_how_it_travels_is_for_the_authority(self, world: World, sent: Any):
        assert letters.letter(world.mette, sent).dispatches
        assert letters.letter(world.karla, sent).dispatches == ()


class TestProtectedAddress:
    @pytest.fixture
    def told(self, world: World) -> Any:
        """A letter whose reasons name the address, sent while it is protected."""
        Citizen.objects.update(address=CANARY, is_address_protected=True)
        return world.draft(considerations=(letters.Drawn(f"Du bor på {CANARY}, 9998 Fjordby."),))

    def test_the_citizen_and_the_coordinator_read_it_and_nobody_else(self, world: World, told: Any):
        world.send(told, channel="portal")
        for name, is_told in (("karla", True), ("mette", True), ("ida", False), ("lene", False)):
            actor = world.cast.actor(name)
            read = str(letters.letter(actor, told))
            printed = text_of(letters.paper(actor, told, "letter").pdf)
            assert (CANARY in read, CANARY in printed) == (is_told, is_told), name

    def test_the_copy_for_others_never_has_it(self, world: World, told: Any):
        world.send(told, channel="portal")
        copy = LetterDocument.objects.get(kind="copy")
        assert CANARY not in text_of(bytes(copy.pdf))
        assert "(adressen er beskyttet)" in text_of(bytes(copy.pdf))
        assert CANARY in text_of(bytes(LetterDocument.objects.get(kind="letter").pdf)), "the control"

    def test_it_is_there_for_all_when_it_is_no_secret(self, world: World, told: Any):
        Citizen.objects.update(is_address_protected=False)
        world.send(told, channel="portal")
        assert CANARY in text_of(letters.paper(world.cast.actor("ida"), told, "letter").pdf)


class TestReceived:
    def test_on_the_portal_it_is_there_the_same_day(self, world: World, sent: Any):
        row = world.dispatch(sent)
        assert (row.status, row.received_on) == (DispatchStatus.ARRIVED, TODAY)
        assert row.complaint_by == dt.date(2026, 12, 22)
        assert letters.letter(world.karla, sent).complaint_by == row.complaint_by

    def test_paper_counts_from_the_day_it_was_posted(self, world: World):
        letter_id = world.send(channel="print")
        row = world.dispatch(letter_id)
        assert (row.status, row.received_on) == (DispatchStatus.TO_POST, None)
        assert letters.letter(world.mette, letter_id).complaint_by == dt.date(2026, 12, 30)
        assert [one.id for one in letters.to_post(world.mette)] == [letter_id]
        letters.post_letter(actor=world.mette, at=NOW, dispatch_id=row.id, posted_on=TODAY)
        row.refresh_from_db()
        assert row.received_on == dt.date(2026, 12, 2)
        assert row.complaint_by == dt.date(2026, 12, 30)
        assert letters.to_post(world.mette) == ()

    @pytest.mark.parametrize("days", [-1, 1])
    def test_an_envelope_is_not_posted_before_the_letter_was_sent_nor_tomorrow(self, world: World, days: int):
        row = world.dispatch(world.send(channel="print"))
        call = {"actor": world.mette, "at": NOW, "dispatch_id": row.id, "posted_on": TODAY + dt.timedelta(days=days)}
        assert refused(lambda: letters.post_letter(**call)) == LetterRefusal.POSTED_BEFORE_SENT

    def test_an_envelope_is_posted_once(self, world: World):
        row = world.dispatch(world.send(channel="print"))
        call = {"actor": world.mette, "at": NOW, "dispatch_id": row.id, "posted_on": TODAY}
        letters.post_letter(**call)
        assert refused(lambda: letters.post_letter(**call)) == LetterRefusal.WRONG_STATUS

    def test_where_one_cannot_complain_there_is_no_day(self, world: World):
        letter_id = world.send(world.draft("sel-117", "refusal"), channel="portal")
        assert letters.letter(world.karla, letter_id).complaint_by is None
        assert letters.letters_of(world.karla, world.cast.case_id)[0].complaint_by is None


class TestCopies:
    def test_a_relative_who_may_read_letters_gets_one_on_paper(self, world: World):
        relation = Relation.objects.get()
        letter_id = world.send(channel="portal", copies=[relation.id])
        copy = Dispatch.objects.get(relation_id=relation.id)
        assert (copy.channel, copy.status, copy.recipient_name) == ("print", "to_post", "Ida Holm")
        assert world.dispatch(letter_id).channel == "portal"

    def test_one_who_may_not_read_them_gets_none(self, world: World):
        AccessGrant.objects.update(scopes=["plan"])
        letter_id = world.draft()
        with pytest.raises(Refused):
            send(world, letter_id, copies=[Relation.objects.get().id])
        assert not Dispatch.objects.filter(relation_id__isnull=False).exists()
