"""What must rest in the database without being readable there: sealed with Fernet (AES and HMAC)."""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def new_key() -> str:
    return secrets.token_urlsafe(32)


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def seal(text: str, *, key: str) -> bytes:
    return _box(key).encrypt(text.encode())


def unseal(sealed: bytes, *, key: str) -> str | None:
    """None when the key is not the one it was sealed with."""
    try:
        return _box(key).decrypt(sealed).decode()
    except InvalidToken:
        return None


def own_key() -> str:
    """Of this installation, for what only the server opens again."""
    return str(settings.SECRET_KEY)


def _box(key: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"samspil login").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(made))
