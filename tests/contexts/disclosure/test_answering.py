"""What is gathered, what is covered, and that what is covered is nowhere in what is handed out."""

import hashlib
import json
import re

import pytest
from django.db import InternalError, transaction
from django.db.utils import DatabaseError

from samspil.contexts.access.api import Event
from samspil.contexts.citizens.models import Citizen
from samspil.contexts.disclosure import api as disclosure
from samspil.contexts.disclosure.api import DisclosedPaper, DisclosureRefusal, FileRequest, Mask
from tests.cast import NOW
from tests.contexts.disclosure.world import REASONS, World
from tests.pdf_text import text_of
from tests.refusals import refused

pytestmark = pytest.mark.django_db
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def test_all_that_the_case_holds_is_in_the_list_and_in_a_full_answer(world: World):
    world.write()
    request = world.ask()
    kinds = {choice.document.key.split(":")[0] for choice in disclosure.choices(world.actor(), request)}
    assert {"note", "letter", "plan", "order", "meeting", "tasks", "dispute"} <= kinds
    world.gather(request)
    assert world.answer(request) == "full"
    assert "Preben Ulk" in world.text(request)
    assert "Du får alt det, du har bedt om at se." in world.text(request)
    frozen = DisclosedPaper.objects.get(file_request_id=request)
    assert frozen.sha256 == hashlib.sha256(bytes(frozen.data)).hexdigest()
    assert world.seen(request, "karla").papers[0].kind == "extract"


def test_words_that_are_covered_are_nowhere_in_the_paper(world: World):
    document, part = world.write()
    request = world.ask()
    world.gather(request)
    world.cover(request, document, part, "preben  ulk")
    assert refused(lambda: world.answer(request)) == DisclosureRefusal.REASON_MISSING
    assert world.answer(request, REASONS) == "partial"
    text = world.text(request)
    assert "drikker om aftenen" in text
    assert "Naboen [dækket: Andres private forhold] drikker" in text
    for word in ("Preben", "Ulk"):
        assert word not in text
        assert word.encode() not in world.paper(request)
    assert "Hvis du er uenig" in text
    assert "Ankestyrelsen" in text
    assert REASONS in text


def test_a_whole_part_and_a_whole_document(world: World):
    whole, _ = world.write("Internt: vi drøftede Bent Krogh.")
    document, part = world.write()
    request = world.ask()
    world.gather(request, **{whole: "internal"})
    world.cover(request, document, part)
    world.answer(request, REASONS)
    text = world.text(request)
    assert "Bent Krogh" not in text
    assert "Preben" not in text
    assert "Internt arbejdspapir" in text


def test_a_name_is_covered_over_the_documents_too(world: World):
    """Who wrote it is as readable as what is written. Only who answers is not covered: the answer is signed."""
    world.write("Mette Bjerre kom forbi.")
    request = world.ask()
    world.gather(request)
    disclosure.cover_words(
        actor=world.actor(), at=NOW, file_request_id=request, words="Mette Bjerre", reason="others_private"
    )
    world.answer(request, REASONS)
    text = world.text(request)
    assert text.count("Mette Bjerre") == text.count("Svaret er givet af Mette Bjerre") == 1


def test_who_wrote_one_document_can_be_covered_alone(world: World):
    covered, _ = world.write()
    other, _ = world.write("Karla sov godt.")
    request = world.ask()
    world.gather(request)
    world.cover(request, covered, disclosure.BY)
    shown = disclosure.document_of(world.actor(), request, covered)
    assert [one.reads for one in shown.parts if one.key == disclosure.BY] == ["[dækket: Andres private forhold]"]
    assert all(not one.reads for one in disclosure.document_of(world.actor(), request, other).parts)
    world.answer(request, REASONS)
    assert "2026, [dækket: Andres private forhold]" in world.text(request)


def test_a_name_is_covered_wherever_it_stands(world: World):
    world.write()
    world.write("PREBEN ULK ringede igen.")
    request = world.ask()
    world.gather(request)
    disclosure.cover_words(
        actor=world.actor(), at=NOW, file_request_id=request, words="Preben Ulk", reason="others_private"
    )
    world.answer(request, REASONS)
    text = world.text(request).casefold()
    assert "ulk" not in text
    assert "ringede igen" in text


def test_a_title_can_be_covered(world: World):
    request = world.ask()
    world.gather(request)
    meeting = next(one for one in disclosure.choices(world.actor(), request) if one.document.key.startswith("letter"))
    title = meeting.document.title
    assert title
    world.cover(request, meeting.document.key, disclosure.TITLE, title)
    world.answer(request, REASONS)
    assert f"Brev: {title}" not in world.text(request)


def test_lifted_it_is_read_again_and_the_log_says_who_covered_and_why(world: World):
    document, part = world.write()
    request = world.ask()
    world.gather(request)
    mask = world.cover(request, document, part, "Preben Ulk")
    disclosure.lift_mask(actor=world.actor(), at=NOW, mask_id=mask)
    assert refused(
        lambda: disclosure.lift_mask(actor=world.actor(), at=NOW, mask_id=mask)
    ) == DisclosureRefusal.WRONG_STATUS  # fmt: skip
    assert world.answer(request) == "full"
    assert "Preben Ulk" in world.text(request)
    covered = Event.objects.get(kind="file_request.covered", subject_id=request)
    assert (covered.user_name if hasattr(covered, "user_name") else world.cast.mette.name) == "Mette Bjerre"
    assert covered.data["reason"] == "others_private"
    assert covered.data["document"] == document
    assert "Preben" not in json.dumps(covered.data)
    assert Event.objects.filter(kind="file_request.uncovered", subject_id=request).count() == 1
    row = Mask.objects.get(id=mask)
    assert (row.by_name, row.lifted_by_name) == ("Mette Bjerre", "Mette Bjerre")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"words": "Står her ikke"}, DisclosureRefusal.WORDS_NOT_THERE),
        ({"reason": "lyst"}, DisclosureRefusal.NO_SUCH_REASON),
        ({"part": "x"}, DisclosureRefusal.NO_SUCH_DOCUMENT),
        ({"document": "note:x"}, DisclosureRefusal.NO_SUCH_DOCUMENT),
        ({"words": "x" * 501}, DisclosureRefusal.TOO_LONG),
    ],
)
def test_what_cannot_be_covered(world: World, change, reason):
    document, part = world.write()
    request = world.ask()
    said = {"document": document, "part": part, "words": "Naboen", "reason": "others_private"} | change
    assert refused(lambda: world.cover(request, **said)) == reason
    assert not Mask.objects.filter(file_request_id=request).exists()


def test_nothing_goes_out_that_nobody_has_looked_through(world: World):
    request = world.ask()
    assert refused(lambda: world.answer(request)) == DisclosureRefusal.NOT_GATHERED
    world.gather(request)
    world.write("Kom til bagefter")
    assert refused(lambda: world.answer(request)) == DisclosureRefusal.NEW_DOCUMENTS
    new = [one for one in disclosure.choices(world.actor(), request) if one.is_new]
    assert len(new) == 1
    world.gather(request)
    assert world.answer(request) == "full"


def test_nothing_at_all_with_reasons(world: World):
    request = world.ask()
    keys = [one.document.key for one in disclosure.choices(world.actor(), request)]
    world.gather(request, **dict.fromkeys(keys, "internal"))
    assert refused(lambda: world.answer(request)) == DisclosureRefusal.REASON_MISSING
    assert world.answer(request, REASONS) == "refused"
    assert "Du får det ikke at se" in world.text(request)


def test_since_a_day_leaves_out_what_is_older_and_that_is_no_refusal(world: World):
    request = world.ask(wanted="since", since_on=NOW.date())
    older = [one for one in disclosure.choices(world.actor(), request) if one.document.on < NOW.date()]
    assert older
    assert {one.left_out for one in older} == {"not_asked"}
    world.gather(request, **{one.document.key: one.left_out for one in older})
    assert world.answer(request) == "full"


def test_no_persons_number_and_no_protected_address_leaves(world: World):
    Citizen.objects.filter(id=world.cast.citizen_id).update(is_address_protected=True)
    world.write("Hun bor havnegade 12,  2. th. og har 610170-1234. Kurt har 630280 4321.")
    request = world.ask()
    world.gather(request)
    world.answer(request)
    own = disclosure.make_own_data(actor=world.actor("karla"), at=NOW, case_id=world.cast.case_id)
    read = [world.text(request), text_of(world.paper(own, kind="own_data"))]
    read.append(world.paper(own, kind="own_data_file").decode())
    for text in read:
        assert "har" in text
        said = KEY.sub("", text)  # a key may hold any four figures by chance
        for secret in ("Havnegade", "havnegade", "610170", "1234", "4321"):
            assert secret not in said, secret


def test_the_address_is_in_no_answer_since_it_may_be_protected_later_but_in_the_citizens_own_copy(world: World):
    world.write("Hun bor Havnegade 12, 2. th.")
    request = world.ask()
    world.gather(request)
    world.answer(request)
    assert "Havnegade" not in world.text(request)
    own = disclosure.make_own_data(actor=world.actor("karla"), at=NOW, case_id=world.cast.case_id)
    assert "Havnegade" in world.paper(own, kind="own_data_file").decode()


def test_what_was_handed_out_is_never_written_again(world: World):
    request = world.ask()
    world.gather(request)
    world.answer(request)
    for change in (lambda: DisclosedPaper.objects.update(sha256="x"), lambda: DisclosedPaper.objects.all().delete()):
        with pytest.raises((InternalError, DatabaseError), match="Cannot"), transaction.atomic():
            change()


def test_a_mask_can_be_lifted_and_never_deleted(world: World):
    document, part = world.write()
    request = world.ask()
    world.gather(request)
    mask = world.cover(request, document, part)
    with pytest.raises((InternalError, DatabaseError), match="Cannot"), transaction.atomic():
        Mask.objects.all().delete()
    disclosure.lift_mask(actor=world.actor(), at=NOW, mask_id=mask)
    with pytest.raises((InternalError, DatabaseError), match="Cannot"), transaction.atomic():
        Mask.objects.update(lifted_at=None)


def test_only_the_one_who_asked_and_the_authority_read_the_paper(world: World):
    request = world.ask()
    world.gather(request)
    world.answer(request)
    assert world.paper(request, "mette") == world.paper(request, "karla")
    for name in ("ida", "otto", "jonas", "otto_provider", "vita"):
        with pytest.raises(DisclosedPaper.DoesNotExist):
            world.paper(request, name)
    assert FileRequest.objects.get(id=request).handed == "room"
