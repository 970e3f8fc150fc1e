"""A new key for CPR numbers: rows move to it while people work, and nothing is lost when it stops or goes wrong."""

import datetime as dt
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings

from samspil.contexts.cases.models import Referral
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens import rotation, vault
from samspil.contexts.citizens.api import Citizen, CitizenRefusal
from samspil.kernel import cpr as cprs
from samspil.kernel import scope
from samspil.kernel.ids import new_id
from samspil.kernel.verdict import Refused
from tests.cast import FJORDBY, NOW, Cast

OLD, NEW = "den gamle nøgle, der har været i brug i årevis", "den nye nøgle, som tages i brug i dag"
NUMBERS = [cprs.fictitious(dt.date(1960, 1, 1) + dt.timedelta(days=31 * n), n) for n in range(25)]
IN_BETWEEN = {"CPR_KEY": NEW, "CPR_KEYS_OLD": (OLD,)}


def people(count: int = 25) -> dict[UUID, str]:
    with override_settings(CPR_KEY=OLD, CPR_KEYS_OLD=()):
        rows = {new_id(): number for number in NUMBERS[:count]}
        for row_id, number in rows.items():
            Citizen.objects.create(
                id=row_id,
                municipality=FJORDBY,
                first_name="Bodil",
                last_name="Holm",
                born_on=cprs.born_on(number),
                cpr_sealed=vault.seal(number, row_id=row_id),
                cpr_index=vault.index(number),
            )
    return rows


@pytest.fixture
def in_between() -> Iterator[None]:
    with override_settings(**IN_BETWEEN):
        yield


def rotate(*words: str) -> str:
    said = io.StringIO()
    call_command("rotate_cpr", *words, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
@pytest.mark.usefixtures("in_between")
def test_every_number_moves_and_the_old_key_can_go() -> None:
    rows = people()
    referral = Referral(id=new_id(), municipality=FJORDBY, source="self", area="elder_care", received_at=NOW)
    with override_settings(CPR_KEY=OLD, CPR_KEYS_OLD=()):
        referral.cpr_sealed = vault.seal(NUMBERS[0], row_id=referral.id)
    referral.save()
    assert "borgere 25, henvendelser 1" in rotate("--status")
    assert "26 numre er flyttet. Tilbage under en anden nøgle: borgere 0, henvendelser 0." in rotate()
    assert rotate().startswith("0 numre er flyttet")
    with override_settings(CPR_KEYS_OLD=()):
        for row_id, number in rows.items():
            assert citizens.cpr_of(row_id) == number
            assert citizens.find_by_cpr(FJORDBY, number) == row_id
        sealed = Referral.objects.get(id=referral.id).cpr_sealed
        assert sealed is not None
        assert vault.unseal(sealed, row_id=referral.id) == NUMBERS[0]


@pytest.mark.django_db
def test_half_way_both_are_found_and_a_second_run_does_the_rest(in_between: None) -> None:
    rows = people()
    first = rotation.move(Citizen.objects.all(), size=10)
    assert (first.moved, rotation.left(Citizen.objects.all())) == (10, 15)
    for row_id, number in rows.items():
        assert citizens.cpr_of(row_id) == number
        assert citizens.find_by_cpr(FJORDBY, number) == row_id
    assert "15 numre er flyttet" in rotate()


@pytest.mark.django_db
def test_nobody_is_written_down_twice_half_way(cast: Cast, in_between: None) -> None:
    people(1)
    with pytest.raises(Refused) as refusal:
        citizens.add_citizen(
            actor=cast.actor("mette"),
            at=NOW,
            first_name="Bodil",
            last_name="Holm",
            cpr=NUMBERS[0],
            district_id=cast.north.id,
        )
    assert refusal.value.reason is CitizenRefusal.CPR_TAKEN


@pytest.mark.django_db
def test_without_the_old_key_nothing_moves_and_it_says_so() -> None:
    """The control of all the above: a rotation that cannot read must not write, nor say that it is done."""
    rows = people()
    before = dict(Citizen.objects.values_list("id", "cpr_sealed"))
    with override_settings(CPR_KEY=NEW, CPR_KEYS_OLD=()):
        with pytest.raises(CommandError, match="Ikke alle er flyttet"):
            rotate()
        assert "borgere 25" in rotate("--status")
        with pytest.raises(citizens.BrokenSeal):
            citizens.cpr_of(next(iter(rows)))
        assert citizens.find_by_cpr(FJORDBY, NUMBERS[0]) is None
    assert {key: bytes(value) for key, value in Citizen.objects.values_list("id", "cpr_sealed")} == {
        key: bytes(value) for key, value in before.items()
    }


@pytest.mark.django_db
def test_one_spoilt_seal_and_one_person_written_twice_stay_and_hold_nothing_up(in_between: None) -> None:
    spoilt, twice, *others = people()
    Citizen.objects.filter(id=spoilt).update(cpr_sealed=b"\x02" + b"0" * 40)
    again = new_id()
    Citizen.objects.create(
        id=again,
        municipality=FJORDBY,
        first_name="Bodil",
        last_name="Holm",
        born_on=cprs.born_on(NUMBERS[1]),
        cpr_sealed=vault.seal(NUMBERS[1], row_id=again),
        cpr_index=vault.index(NUMBERS[1]),
    )
    with pytest.raises(CommandError):
        rotate()
    assert rotation.left(Citizen.objects.all()) == 2
    assert citizens.cpr_of(twice) == citizens.cpr_of(again) == NUMBERS[1]
    assert len(others) == 23


@pytest.mark.django_db(transaction=True)
def test_people_work_meanwhile_and_what_they_hold_waits_for_the_next_round(in_between: None) -> None:
    rows = people()
    held, done = next(iter(rows)), Event()

    def look_up() -> list[str]:
        scope.stay(scope.SYSTEM)
        missed = []
        try:
            while not done.is_set():
                for row_id, number in rows.items():
                    found = citizens.find_by_cpr(FJORDBY, number), citizens.cpr_of(row_id)
                    missed += [] if found == (row_id, number) else [number]
        finally:
            connection.close()
        return missed

    def turn() -> int:
        scope.stay(scope.SYSTEM)
        try:
            return rotation.move(Citizen.objects.all()).moved
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        looking = pool.submit(look_up)
        try:
            with transaction.atomic():
                Citizen.objects.select_for_update().get(id=held)
                assert pool.submit(turn).result(timeout=30) == 24
            assert pool.submit(turn).result(timeout=30) == 1
        finally:
            done.set()
        assert looking.result(timeout=30) == []
