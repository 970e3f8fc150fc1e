"""CPR numbers at rest: sealed so that a copy of the database tells nothing, indexed so that one can be found.

A seal is one byte for the key's version, twelve bytes of nonce, and AES-256-GCM over the ten digits, bound to the
row it stands in: a seal moved to another row does not open. The index is HMAC-SHA256 under a key of its own, so
equal numbers meet and nobody without the key can try out all birthdays.
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

_VERSION = b"\x01"
_NONCE_BYTES = 12


class BrokenSeal(Exception):
    """The seal belongs to another row, another key, or has been changed."""


def seal(cpr: str, *, row_id: UUID) -> bytes:
    """Raises InvalidCpr for text that is no CPR number."""
    digits = cprs.parse(cpr)
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + _cipher(settings.CPR_KEY).encrypt(nonce, digits.encode(), row_id.bytes)


def unseal(sealed: bytes | memoryview, *, row_id: UUID) -> str:
    """The ten digits. Raises BrokenSeal."""
    sealed = bytes(sealed)
    nonce, box = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    if sealed[:1] != _VERSION or len(nonce) < _NONCE_BYTES:
        raise BrokenSeal
    try:
        return _cipher(settings.CPR_KEY).decrypt(nonce, box, row_id.bytes).decode()
    except InvalidTag as error:
        raise BrokenSeal from error


def index(cpr: str) -> bytes:
    """The same 32 bytes for the same number, however it was typed. Raises InvalidCpr."""
    return hmac.digest(_key(settings.CPR_KEY, b"index"), cprs.parse(cpr).encode(), hashlib.sha256)


def _cipher(secret: str) -> AESGCM:
    return AESGCM(_key(secret, b"seal"))


@lru_cache(maxsize=8)
def _key(secret: str, purpose: bytes) -> bytes:
    info = b"samspil cpr " + purpose
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
