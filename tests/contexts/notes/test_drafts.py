import datetime as dt

import pytest

from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import Draft, NoteRefusal
from samspil.kernel.verdict import Refused
from tests.cast import NOW


def _save(cast, name="jonas", text="Karla var", at=NOW, key="note:1"):
    notes.save_draft(actor=cast.actor(name), at=at, key=key, fields={"text": text})


def test_a_draft_belongs_to_one_person_and_place(cast):
    _save(cast)
    _save(cast, text="Karla var glad", at=NOW + dt.timedelta(seconds=3))
    found = notes.draft(cast.actor("jonas"), "note:1")
    assert (found.fields, found.saved_at) == ({"text": "Karla var glad"}, NOW + dt.timedelta(seconds=3))
    assert notes.draft(cast.actor("uffe"), "note:1") is None
    assert notes.draft(cast.actor("jonas"), "note:2") is None
    assert Draft.objects.count() == 1


def test_a_draft_keeps_what_was_typed_letter_by_letter(cast):
    typed = "  tab\t, linje\r\n, \x07 og \u200b\U0001f600 "
    _save(cast, text=typed)
    assert notes.draft(cast.actor("jonas"), "note:1").fields["text"] == typed


def test_what_the_database_cannot_hold_does_no_harm(cast):
    _save(cast, text="a\x00b\ud800c")
    assert notes.draft(cast.actor("jonas"), "note:1").fields["text"] == "ab?c"


def test_more_than_a_megabyte_is_refused_and_the_last_one_stays(cast):
    _save(cast)
    with pytest.raises(Refused) as caught:
        _save(cast, text="x" * 1_000_001)
    assert caught.value.reason is NoteRefusal.DRAFT_TOO_LARGE
    assert notes.draft(cast.actor("jonas"), "note:1").fields == {"text": "Karla var"}


def test_thrown_away_and_fetched_back(cast):
    jonas = cast.actor("jonas")
    _save(cast)
    notes.drop_draft(actor=jonas, at=NOW, key="note:1")
    assert notes.draft(jonas, "note:1") is None
    assert notes.kept_draft(jonas, "note:1").dropped_at == NOW
    notes.restore_draft(actor=jonas, at=NOW, key="note:1")
    assert notes.draft(jonas, "note:1").fields == {"text": "Karla var"}


def test_writing_on_brings_back_what_was_thrown_away(cast):
    _save(cast)
    notes.drop_draft(actor=cast.actor("jonas"), at=NOW, key="note:1")
    _save(cast, text="Nyt")
    assert notes.draft(cast.actor("jonas"), "note:1").fields == {"text": "Nyt"}


def test_old_rubbish_goes_for_good_but_only_ones_own(cast):
    jonas = cast.actor("jonas")
    for name in ("jonas", "mette"):
        _save(cast, name=name)
        notes.drop_draft(actor=cast.actor(name), at=NOW, key="note:1")
    notes.drop_draft(actor=jonas, at=NOW + dt.timedelta(days=3), key="note:2")
    assert list(Draft.objects.values_list("user_id", flat=True)) == [cast.mette.id]


def test_a_finished_draft_is_gone(cast):
    _save(cast)
    notes.finish_draft(actor=cast.actor("jonas"), at=NOW, key="note:1")
    assert not Draft.objects.exists()
