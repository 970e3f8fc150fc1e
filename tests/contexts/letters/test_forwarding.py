"""What goes with a complaint to the appeals board: all of it, frozen, and the citizen told the same day."""

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from samspil.contexts.citizens.models import Citizen
from samspil.contexts.decisions import api as decisions
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.api import ForwardedPackage, Letter
from samspil.contexts.letters.commands import forwarding
from samspil.contexts.notes import api as notes
from samspil.jobs import deadlines as jobs
from tests.cast import NOW, TODAY, Cast
from tests.decisions_world import SEEN, WORDS, World, build_world
from tests.pdf_tags import faults
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db
ADDRESS = "Kanariestien 77"
ANSWER = "Vi har set på det igen. Karla kan selv tage bussen de fleste dage."


@pytest.fixture
def town(cast: Cast) -> World:
    return build_world(cast)


def refused_and_sent(town: World) -> Any:
    """A refusal whose letter was sent."""
    decision = town.refused(told_on=None)
    mette = town.actor()
    letter_id = letters.draft_for_decision(actor=mette, at=NOW, decision_id=decision)
    seen = letters.letter(mette, letter_id)
    said = next(part.text for part in seen.parts if part.kind == "said").replace("[…]", "Vi har hørt dig.")
    letters.edit_letter(actor=mette, at=NOW, letter_id=letter_id, texts={"said": said}, seen=seen.version)
    letters.send_letter(actor=mette, at=NOW, letter_id=letter_id, channel="portal", seen=seen.version + 1)
    return decision


def hold_on(town: World, complaint: Any) -> None:
    decisions.reassess_complaint(actor=town.actor(), at=NOW, complaint_id=complaint, answer="no_change", words=ANSWER)


@pytest.fixture
def forwarded(town: World) -> Any:
    complaint = town.complain(refused_and_sent(town))
    hold_on(town, complaint)
    return complaint


def test_the_package_holds_complaint_answer_letter_and_papers(town: World, forwarded: Any):
    view = letters.package(town.actor(), forwarded)
    assert view is not None
    assert [part.split(" af ")[0].split(":")[0] for part in view.parts] == [
        "Klagen", "Kommunens nye vurdering", "Brevet", "Sådan er det undersøgt", "Sagens notater",
    ]  # fmt: skip
    paper = letters.package_paper(town.actor(), forwarded)
    assert hashlib.sha256(paper.pdf).hexdigest() == paper.sha256 == view.sha256
    read = " ".join(text_of(paper.pdf).split())
    for words in ("Ankestyrelsen", "min søster flytter", ANSWER, "Vi har hørt dig.", WORDS, SEEN, "Prøvet i maj"):
        assert words in read, words
    sent = letters.paper(town.actor("karla"), Letter.objects.get(kind="decision").id, "letter")
    assert sent.sha256 in read.replace(" ", "")


def test_it_is_tagged_for_those_who_hear_it(town: World, forwarded: Any):
    assert faults(letters.package_paper(town.actor(), forwarded).pdf) == []


def test_nothing_that_is_written_afterwards_gets_in_and_nobody_changes_it(town: World, forwarded: Any):
    before = letters.package_paper(town.actor(), forwarded)
    pieces = [notes.NewSegment("observation", "Skrevet bagefter.")]
    later = NOW + dt.timedelta(minutes=5)
    notes.write_note(actor=town.actor(), at=later, case_id=town.case_id, kind="visit", happened_at=later, pieces=pieces)
    assert letters.package_paper(town.actor(), forwarded) == before
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        ForwardedPackage.objects.update(sha256="x")


def test_a_note_that_was_taken_back_stays_out(town: World):
    complaint = town.complain(town.refused())
    pieces = [notes.NewSegment("observation", "Forkert sag.")]
    wrong = notes.write_note(
        actor=town.actor(), at=NOW, case_id=town.case_id, kind="visit", happened_at=NOW, pieces=pieces
    )
    notes.withdraw_note(actor=town.actor(), at=NOW, note_id=wrong)
    hold_on(town, complaint)
    assert "Forkert sag." not in text_of(letters.package_paper(town.actor(), complaint).pdf)


def test_a_late_one_goes_with_its_mark_and_without_an_answer(town: World):
    decision = town.refused()
    decisions.Decision.objects.filter(id=decision).update(complain_by=TODAY - dt.timedelta(days=1))
    complaint = town.complain(decision)
    hold_on(town, complaint)
    assert "Klagen kom efter fristen." in text_of(letters.package_paper(town.actor(), complaint).pdf)


def test_the_citizen_is_told_the_same_day_by_whoever_is_first(town: World, forwarded: Any):
    draft = Letter.objects.get(kind="sent_on")
    assert (draft.status, draft.leaves_on) == ("draft", TODAY)
    assert forwarding.tell_of_forwarding(actor=town.actor(), at=NOW, complaint_id=forwarded)
    read = letters.letter(town.actor("karla"), draft.id)
    assert "Ankestyrelsen" in read.parts[0].text
    assert jobs.watch(now=NOW).sent == 0
    assert not forwarding.tell_of_forwarding(actor=town.actor(), at=NOW, complaint_id=forwarded)


def test_the_watch_tells_when_nobody_did(town: World, forwarded: Any):
    assert jobs.watch(now=NOW).sent == 1
    assert Letter.objects.get(kind="sent_on").sent_by_name == "Samspil"


def test_a_hidden_address_is_only_for_the_board_and_those_who_may_see_it(town: World):
    Citizen.objects.filter(id=town.cast.citizen_id).update(is_address_protected=True, address=ADDRESS)
    complaint = decisions.receive_complaint(
        actor=town.actor(), at=NOW, decision_id=town.refused(), channel="phone", received_on=TODAY,
        words=f"Jeg bor på {ADDRESS} og er uenig.", from_name="Karla Holm",
    )  # fmt: skip
    hold_on(town, complaint)
    assert ADDRESS in text_of(letters.package_paper(town.actor(), complaint).pdf)
    assert letters.package(town.actor("lene"), complaint) is None
    with pytest.raises(ForwardedPackage.DoesNotExist):
        letters.package_paper(town.actor("lene"), complaint)


@pytest.mark.parametrize("who", ["karla", "ida", "jonas", "otto"])
def test_it_is_for_the_authority_alone(town: World, forwarded: Any, who: str):
    assert letters.package(town.actor(who), forwarded) is None
