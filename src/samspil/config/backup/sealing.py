"""A stream under lock and seal: AES-256-GCM in blocks, under a key drawn from the operator's words with scrypt.

Three lines of text (kind, salt and check, checksum of both), then blocks of 1 MiB, then an end mark. A block's nonce
is its number and whether it is the last, so that no block can be moved, repeated or left out; the lines are bound to
every block. The check, the checksum and the end mark protect nothing: they tell a wrong key, a damaged file and a
cut-off one apart.
"""

import hashlib
import hmac
import io
import json
import os
from dataclasses import dataclass
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from samspil.config.backup.errors import BackupError, Changed, CutOff, WrongKey

KIND = b"samspil-backup 1\n"
END = b"samspil-backup-slut\n"
BLOCK = 2**20
SEAL = 16
SHORTEST_KEY = 20
_COST = {"n": 2**17, "r": 8, "p": 1}  # a third of a second and 128 MiB for each guess


@dataclass(frozen=True, slots=True)
class _Lock:
    cipher: AESGCM
    check: str

    @classmethod
    def made_of(cls, key: str, salt: bytes) -> Self:
        drawn = Scrypt(salt=salt, length=64, **_COST).derive(key.encode())
        return cls(AESGCM(drawn[:32]), drawn[32:].hex())


class SealedWriter:
    """Seals what is written into `file` inside the block. The set is whole only when the block ends well."""

    def __init__(self, file: BinaryIO, *, key: str) -> None:
        if len(key) < SHORTEST_KEY:
            raise BackupError(f"Nøglen til sikkerhedskopien er for kort. Brug mindst {SHORTEST_KEY} tegn.")
        salt = os.urandom(32)
        lock = _Lock.made_of(key, salt)
        words = KIND + json.dumps({"salt": salt.hex(), "check": lock.check}).encode() + b"\n"
        self._file, self._cipher, self._bound = file, lock.cipher, hashlib.sha256(words).digest()
        self._number, self._waiting, self._given_up = 0, bytearray(), False
        file.write(words + self._bound.hex().encode() + b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        self._given_up = kind is not None
        if not self._given_up:
            self._seal(bytes(self._waiting), last=True)
            self._file.write(END)

    def write(self, data: bytes) -> int:
        if not self._given_up:  # tarfile's stream writes what it held back when it is thrown away
            self._waiting += data
            while len(self._waiting) > BLOCK:  # one block is kept back: it may be the last
                self._seal(bytes(self._waiting[:BLOCK]), last=False)
                del self._waiting[:BLOCK]
        return len(data)

    def _seal(self, block: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), block, self._bound))
        self._number += 1


class SealedReader(io.RawIOBase):
    """What was sealed into `file`, block by block; nothing that has not been verified is ever handed out.

    Raises WrongKey, CutOff or Changed.
    """

    def __init__(self, file: BinaryIO, *, key: str) -> None:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        kind, lock_line, sum_line = (file.readline(1000) for _ in range(3))
        _refuse_other_kind(kind)
        self._bound = hashlib.sha256(kind + lock_line).digest()
        if sum_line != self._bound.hex().encode() + b"\n":
            raise _cut_off() if not sum_line.endswith(b"\n") else Changed("Sættet er ændret: begyndelsen passer ikke.")
        known = json.loads(lock_line)
        lock = _Lock.made_of(key, bytes.fromhex(known["salt"]))
        if not hmac.compare_digest(lock.check, known["check"]):
            raise WrongKey("Nøglen passer ikke til sættet. Find den nøgle, som kopien blev taget med.")
        self._file, self._cipher = file, lock.cipher
        begin = file.tell()
        file.seek(max(begin, size - len(END)))
        if file.read() != END:
            raise _cut_off()
        file.seek(begin)
        self._left = size - len(END) - begin
        if self._left < SEAL:  # an empty stream, too, has a last block with a seal
            raise Changed("Sættet er ændret: der er ingen blokke i det.")
        self._number, self._open = 0, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._open and self._left:
            self._open = self._next_block()
        given = self._open[: len(buffer)]
        buffer[: len(given)] = given
        self._open = self._open[len(given) :]
        return len(given)

    def _next_block(self) -> bytes:
        block = self._file.read(min(BLOCK + SEAL, self._left))
        self._left -= len(block)
        try:
            opened = self._cipher.decrypt(_nonce(self._number, last=not self._left), block, self._bound)
        except InvalidTag as error:
            raise Changed(f"Sættet er ændret: blok {self._number + 1} passer ikke med sit segl.") from error
        self._number += 1
        return opened


def _refuse_other_kind(kind: bytes) -> None:
    if kind == KIND:
        return
    if KIND.startswith(kind):
        raise _cut_off()
    raise Changed("Filen er ikke en sikkerhedskopi fra Samspil, eller begyndelsen af den er ændret.")


def _cut_off() -> CutOff:
    return CutOff("Sættet er klippet af: slutningen mangler. Hent filen igen, eller brug en anden kopi.")


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
