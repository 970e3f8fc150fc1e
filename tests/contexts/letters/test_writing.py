"""Drawn from the decision, changed by hand in four parts, measured, and mended by a new letter."""

import datetime as dt
from dataclasses import replace

import pytest

from samspil.contexts.access.api import Event
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.api import Drawn, Letter, LetterRefusal
from samspil.kernel.verdict import ConcurrentChange
from tests.cast import NOW
from tests.contexts.letters.world import World
from tests.letter_facts import NOTE, facts_for
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_letter_is_drawn_whole_and_nothing_is_typed(world: World):
    letter = letters.letter(world.mette, world.draft())
    assert letter.share == 100
    assert letter.missing == ()
    because = next(part for part in letter.parts if part.kind == "because")
    assert {line.source for line in because.lines if line.origin == "case"} == {NOTE, ""}
    assert {line.origin for part in letter.parts for line in part.lines} == {"case", "fixed"}


def test_what_is_typed_is_counted_and_marked(world: World):
    letter_id = world.draft()
    before = letters.letter(world.mette, letter_id)
    because = next(part.text for part in before.parts if part.kind == "because")
    typed = "Du har fået en ny stol at arbejde ved."
    letters.edit_letter(
        actor=world.mette, at=NOW, letter_id=letter_id, texts={"because": f"{because}\n{typed}"}, seen=1
    )
    after = letters.letter(world.mette, letter_id)
    line = next(part for part in after.parts if part.kind == "because").lines[-1]
    assert (line.text, line.origin, line.en) == (typed, "typed", "")
    assert 90 < after.share < 100
    assert after.version == 2


@pytest.mark.parametrize("kind", ["decision", "rules", "complain"])
def test_what_follows_from_the_law_cannot_be_written_over(world: World, kind: str):
    letter_id = world.draft()
    call = {"actor": world.mette, "at": NOW, "letter_id": letter_id, "texts": {kind: "Noget andet."}, "seen": 1}
    assert refused(lambda: letters.edit_letter(**call)) == LetterRefusal.FIXED_PART
    assert Letter.objects.get().version == 1


def test_two_who_write_at_once_both_keep_their_words(world: World):
    letter_id = world.draft()
    write = {"actor": world.mette, "at": NOW, "letter_id": letter_id, "seen": 1}
    letters.edit_letter(texts={"because": "Den første."}, **write)
    with pytest.raises(ConcurrentChange) as caught:
        letters.edit_letter(texts={"because": "Den anden."}, **write)
    assert (caught.value.theirs, caught.value.yours) == ("Den første.", "Den anden.")


def test_a_decision_that_changes_is_drawn_again_around_what_was_typed(world: World):
    facts = facts_for()
    draw = {"actor": world.mette, "at": NOW, "case_id": world.cast.case_id}
    letter_id = letters.draft_letter(facts=facts, **draw)
    letters.edit_letter(
        actor=world.mette, at=NOW, letter_id=letter_id, texts={"said": "> Nej tak\nVi hørte det."}, seen=1
    )
    again = replace(facts, asked_for="hjælp til bad", facts=(Drawn("Du går i bad selv."),))
    assert letters.draft_letter(facts=again, **draw) == letter_id
    parts = {part.kind: part.text for part in letters.letter(world.mette, letter_id).parts}
    assert "hjælp til bad" in parts["decision"]
    assert "Du går i bad selv." in parts["because"]
    assert parts["said"] == "> Nej tak\nVi hørte det."


def test_on_a_day_without_a_template_there_is_no_letter(world: World):
    """The common templates hold from 2007; before that none does."""
    assert refused(lambda: world.draft(decided_on=dt.date(2006, 12, 31))) == LetterRefusal.NO_TEMPLATE
    assert not Letter.objects.exists()


@pytest.mark.parametrize(("day", "template"), [((2027, 7, 1), "ael10-transition"), ((2027, 7, 2), "ael10-full")])
def test_the_day_after_the_last_one_of_a_template_it_is_used_no_more(world: World, day, template: str):
    letter_id = world.draft("ael-10", "full", decided_on=dt.date(*day), is_transition=True)
    assert letters.letter(world.mette, letter_id).template == template


def test_a_draft_can_be_thrown_away_and_a_sent_letter_cannot(world: World):
    letter_id = world.draft()
    letters.drop_letter(actor=world.mette, at=NOW, letter_id=letter_id)
    assert not Letter.objects.exists()
    sent = world.send()
    call = {"actor": world.mette, "at": NOW, "letter_id": sent}
    assert refused(lambda: letters.drop_letter(**call)) == LetterRefusal.ALREADY_SENT
    assert Event.objects.filter(kind="letter.dropped").count() == 1


def test_a_mistake_is_mended_by_a_new_letter_that_shows_the_difference(world: World):
    old = world.send()
    facts = facts_for(facts=(Drawn("Du går i bad selv."),))
    new = letters.replace_letter(actor=world.mette, at=NOW, letter_id=old, facts=facts)
    changes = dict(letters.differences(world.mette, new))
    assert {(one.text, one.is_new) for one in changes["because"]} >= {
        ("- Du går i bad selv.", True),
        ("- Du laver selv mad tre dage om ugen.", False),
    }
    assert set(changes) == {"because", "complain"} or set(changes) == {"because"}
    assert letters.letter(world.karla, old).replaced_by_id is None, "not before the new one is sent"
    world.send(new)
    assert letters.letter(world.karla, old).replaced_by_id == new
    assert (
        refused(lambda: letters.replace_letter(actor=world.mette, at=NOW, letter_id=old)) is LetterRefusal.WRONG_STATUS
    )


def test_hidden_characters_from_a_pasted_text_are_taken_off(world: World):
    letter_id = world.draft()
    pasted = "Du\u200b kan\u00a0selv\r\n\r\n\uf0b7 lave mad\x0b"
    letters.edit_letter(actor=world.mette, at=NOW, letter_id=letter_id, texts={"because": pasted}, seen=1)
    part = next(one for one in letters.letter(world.mette, letter_id).parts if one.kind == "because")
    assert part.text == "Du kan selv\n• lave mad"
