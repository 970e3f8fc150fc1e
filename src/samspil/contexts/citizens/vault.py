"""CPR numbers at rest: sealed so that a copy of the database tells nothing, indexed so that one can be found.

A seal is a byte for its form, four bytes that say which key, twelve bytes of nonce, and AES-256-GCM over the ten
digits, bound to the key and to the row it stands in: a seal moved to another row does not open. The index is
HMAC-SHA256 under a key of its own, so equal numbers meet and nobody without the key can try out all birthdays.

Settings name one key that seals and any number of older ones that still open. `rotation` moves rows to the first.
"""

import hashlib
import hmac
import os
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from samspil.kernel import cpr as cprs

_UNNAMED, _NAMED = b"\x01", b"\x02"  # the first form did not say which key
_NAME_BYTES, _NONCE_BYTES = 4, 12
HEAD_BYTES = len(_NAMED) + _NAME_BYTES


class BrokenSeal(Exception):
    """The seal belongs to another row, an unknown key, or has been changed."""


def seal(cpr: str, *, row_id: UUID) -> bytes:
    """Raises InvalidCpr for text that is no CPR number."""
    digits = cprs.parse(cpr)
    nonce = os.urandom(_NONCE_BYTES)
    return head() + nonce + _cipher(settings.CPR_KEY).encrypt(nonce, digits.encode(), head() + row_id.bytes)


def unseal(sealed: bytes | memoryview, *, row_id: UUID) -> str:
    """The ten digits. Raises BrokenSeal."""
    sealed = bytes(sealed)
    at = len(_UNNAMED) if sealed[:1] == _UNNAMED else HEAD_BYTES
    nonce, box = sealed[at : at + _NONCE_BYTES], sealed[at + _NONCE_BYTES :]
    if len(nonce) < _NONCE_BYTES:
        raise BrokenSeal
    bound_to = row_id.bytes if sealed[:1] == _UNNAMED else sealed[:at] + row_id.bytes
    for secret in _secrets():
        if sealed[:at] in {_UNNAMED, _head(secret)}:
            try:
                return _cipher(secret).decrypt(nonce, box, bound_to).decode()
            except InvalidTag:
                continue
    raise BrokenSeal


def index(cpr: str) -> bytes:
    """The same 32 bytes for the same number, however it was typed. Raises InvalidCpr."""
    return _index(settings.CPR_KEY, cprs.parse(cpr))


def indexes(cpr: str) -> tuple[bytes, ...]:
    """The index under each key, so that a number is found before and after its row has moved. Raises InvalidCpr."""
    digits = cprs.parse(cpr)
    return tuple(_index(secret, digits) for secret in _secrets())


def head() -> bytes:
    """How every seal under the present key begins."""
    return _head(settings.CPR_KEY)


def _secrets() -> tuple[str, ...]:
    return (settings.CPR_KEY, *settings.CPR_KEYS_OLD)


def _head(secret: str) -> bytes:
    return _NAMED + _key(secret, b"name")[:_NAME_BYTES]


def _index(secret: str, digits: str) -> bytes:
    return hmac.digest(_key(secret, b"index"), digits.encode(), hashlib.sha256)


def _cipher(secret: str) -> AESGCM:
    return AESGCM(_key(secret, b"seal"))


@lru_cache(maxsize=32)
def _key(secret: str, purpose: bytes) -> bytes:
    info = b"samspil cpr " + purpose
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
