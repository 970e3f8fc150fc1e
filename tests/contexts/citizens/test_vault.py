"""CPR numbers at rest."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.test import override_settings

from samspil.contexts.citizens import vault
from samspil.kernel import cpr as cprs

CPR = cprs.fictitious(dt.date(1979, 4, 3), 3)


def test_a_sealed_number_opens_only_in_its_own_row() -> None:
    row = uuid4()
    sealed = vault.seal(CPR, row_id=row)
    assert vault.unseal(sealed, row_id=row) == CPR
    assert vault.unseal(memoryview(sealed), row_id=row) == CPR
    with pytest.raises(vault.BrokenSeal):
        vault.unseal(sealed, row_id=uuid4())


def test_the_seal_never_holds_the_number_and_is_never_the_same_twice() -> None:
    row = uuid4()
    first, second = vault.seal(CPR, row_id=row), vault.seal(CPR, row_id=row)
    assert first != second
    assert CPR.encode() not in first


KEY = "nøglen i denne prøve og intet andet sted"
ROW = UUID("01934567-89ab-7cde-8f01-23456789abcd")
SEALED = bytes.fromhex("020391ffd7000102030405060708090a0b7a72931363b92f343a587fd036270176ad8a0bac8a3ebd6db325")
FIRST_FORM = bytes.fromhex("01000102030405060708090a0b7a72931363b92f343a5831ef5efd303b22bc199220377a78569f")
INDEX = bytes.fromhex("19b68e6422ee0200911cc5b4beb19f7d7b5b58298503499b7ff8b750f28a31f2")


@override_settings(CPR_KEY=KEY, CPR_KEYS_OLD=())
def test_what_was_sealed_before_still_opens_and_is_still_found() -> None:
    """Written down once, with a calculation of its own: a change to how keys are made would lose every number."""
    assert vault.unseal(SEALED, row_id=ROW) == vault.unseal(FIRST_FORM, row_id=ROW) == CPR
    assert vault.index(CPR) == INDEX
    assert vault.seal(CPR, row_id=ROW)[:5] == SEALED[:5] == vault.head()


@override_settings(CPR_KEY="den nye", CPR_KEYS_OLD=("en tredje", KEY))
def test_an_older_key_opens_and_finds_what_it_sealed_but_seals_nothing() -> None:
    assert vault.unseal(SEALED, row_id=ROW) == vault.unseal(FIRST_FORM, row_id=ROW) == CPR
    assert INDEX in vault.indexes(CPR)
    assert vault.index(CPR) != INDEX
    assert vault.seal(CPR, row_id=ROW)[:5] != SEALED[:5]


@pytest.mark.parametrize("at", range(len(SEALED)))
@override_settings(CPR_KEY=KEY, CPR_KEYS_OLD=("en anden",))
def test_no_byte_of_a_seal_can_be_changed(at: int) -> None:
    """The name of the key included: it is part of what the seal is bound to."""
    changed = SEALED[:at] + bytes([SEALED[at] ^ 1]) + SEALED[at + 1 :]
    with pytest.raises(vault.BrokenSeal):
        vault.unseal(changed, row_id=ROW)


@pytest.mark.parametrize("damage", [b"", b"\x01", b"\x01short", b"\x02" + b"0" * 40, b"\x01" + b"0" * 40])
def test_damaged_seals_are_named_and_not_crashed_on(damage: bytes) -> None:
    with pytest.raises(vault.BrokenSeal):
        vault.unseal(damage, row_id=uuid4())


def test_another_key_opens_nothing_and_finds_nothing() -> None:
    row = uuid4()
    sealed, index = vault.seal(CPR, row_id=row), vault.index(CPR)
    with override_settings(CPR_KEY="en anden nøgle, lige så lang som den første var"):
        assert vault.index(CPR) != index
        with pytest.raises(vault.BrokenSeal):
            vault.unseal(sealed, row_id=row)


def test_the_index_is_the_same_however_it_was_typed() -> None:
    typed = f" {CPR[:6]}-{CPR[6:]} "
    assert vault.index(typed) == vault.index(CPR)
    assert len(vault.index(CPR)) == 32
    assert vault.index(CPR) != vault.index(cprs.fictitious(dt.date(1979, 4, 3), 4))


@pytest.mark.parametrize("wrong", ["", "123", "990979-1234", "abcdef-ghij", "12345678901"])
def test_numbers_of_the_wrong_shape_are_refused_without_being_repeated(wrong: str) -> None:
    with pytest.raises(cprs.InvalidCpr) as error:
        vault.seal(wrong, row_id=uuid4())
    assert wrong == "" or wrong not in str(error.value)
