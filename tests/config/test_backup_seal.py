"""The sealed stream: what comes out is what went in, and anything else is told apart by name."""

import errno
import gc
import io
import os
from typing import BinaryIO, cast

import pytest

from samspil.config.backup import sealing
from samspil.config.backup.contents import SetWriter
from samspil.config.backup.errors import BackupError, Changed, CutOff, WrongKey
from samspil.config.backup.sealing import BLOCK, END, SEAL, SealedReader, SealedWriter

KEY = "en nøgle på over tyve tegn"
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing the key costs a third of a second for a reason, and here a hundred are drawn."""
    monkeypatch.setattr(sealing, "_COST", {"n": 2**4, "r": 8, "p": 1})


def sealed(content: bytes, *, key: str = KEY) -> bytes:
    file = io.BytesIO()
    with SealedWriter(file, key=key) as out:
        for begin in range(0, len(content), 300_001):
            out.write(content[begin : begin + 300_001])
    return file.getvalue()


def unsealed(content: bytes, *, key: str = KEY) -> bytes:
    return io.BufferedReader(SealedReader(io.BytesIO(content), key=key)).read()


@pytest.mark.parametrize("length", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 7])
def test_what_comes_out_is_what_went_in(length: int) -> None:
    content = os.urandom(length)
    assert unsealed(sealed(content)) == content


def test_nothing_of_the_content_shows() -> None:
    assert b"Karla" not in sealed(b"Karla" * 1000)
    assert sealed(b"Karla") != sealed(b"Karla")


def test_another_key_is_told_from_a_changed_file() -> None:
    with pytest.raises(WrongKey, match="Nøglen passer ikke"):
        unsealed(sealed(b"ord"), key=KEY + "!")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(BackupError, match="for kort"):
        sealed(b"ord", key="kort")


def test_any_changed_byte_is_found() -> None:
    whole = sealed(os.urandom(2 * BLOCK + 50))
    body = whole.index(b"\n", whole.index(b"}\n") + 2) + 1
    places = [*range(body), *range(body, len(whole) - len(END), 50_000), body + BLOCK + SEAL, len(whole) - len(END) - 1]
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises(Changed):
            unsealed(bytes(changed))


def test_any_cut_is_found() -> None:
    whole = sealed(os.urandom(2 * BLOCK + 50))
    for length in [*range(0, 300, 7), *range(300, len(whole), 100_000), len(whole) - len(END), len(whole) - 1]:
        with pytest.raises(CutOff):
            unsealed(whole[:length])


def test_blocks_can_neither_be_left_out_nor_moved_nor_repeated() -> None:
    whole = sealed(os.urandom(3 * BLOCK))
    begin, step = len(whole) - len(END) - 3 * (BLOCK + SEAL), BLOCK + SEAL
    first, second, third = (whole[begin + n * step : begin + (n + 1) * step] for n in range(3))
    for blocks in ([first, second], [first, third], [second, first, third], [first, second, second, third], []):
        with pytest.raises(Changed):
            unsealed(whole[:begin] + b"".join(blocks) + END)
    assert unsealed(whole[:begin] + first + second + third + END)


def test_a_block_of_another_set_does_not_fit() -> None:
    one, other = sealed(b"a" * 50), sealed(b"b" * 50)
    begin = len(one) - len(END) - 50 - SEAL
    with pytest.raises(Changed):
        unsealed(one[:begin] + other[begin:])


def test_a_full_disk_says_no_more_than_that() -> None:
    disk = cast(BinaryIO, _Full(after=3))
    with pytest.raises(OSError, match="No space left"), SealedWriter(disk, key=KEY) as out:
        SetWriter(out).add("files/stor.bin", bytes(5 * BLOCK))
    gc.collect()  # what is said while things are thrown away fails the test, too


class _Full:
    """A disk with room for a few writes."""

    def __init__(self, *, after: int) -> None:
        self._left = after

    def write(self, data: bytes) -> int:
        self._left -= 1
        if self._left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return len(data)


def test_a_file_of_another_kind_is_said_in_words() -> None:
    with pytest.raises(Changed, match="ikke en sikkerhedskopi fra Samspil"):
        unsealed(b"PGDMP" + bytes(100))
