"""Talking to an identity provider: what it says of itself, its keys, where to send people, and code for token.

The libraries are loaded by the first log-in: a worker that talks to no provider does not carry their eleven megabytes.
"""

import json
import secrets
import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from samspil.web.identity.configuration import LOOPBACK, Provider

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

TIMEOUT = (3, 7)
KEPT_SECONDS = 3600.0
NOT_OFTENER_SECONDS = 30.0
LARGEST = 1_000_000
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class NoAnswer(Exception):
    """The provider cannot be reached, or answers what nobody can use. Carries no more than the kind of trouble."""


class Rejected(Exception):
    """The provider does not accept the code."""


@dataclass
class _Known:
    metadata: dict[str, Any]
    keys: KeySet | None
    metadata_at: float
    keys_at: float


_known: dict[str, _Known] = {}
_lock = Lock()


def forget() -> None:
    _known.clear()


def metadata(provider: Provider) -> dict[str, Any]:
    """The provider's own description. Raises NoAnswer, also for one that describes somebody else."""
    known = _known.get(provider.key)
    if known is not None and time.monotonic() - known.metadata_at < KEPT_SECONDS:
        return known.metadata
    found = _fetch(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise NoAnswer("another issuer")
    for name in (*ENDPOINTS, "end_session_endpoint"):
        if name in ENDPOINTS or name in found:
            _refuse_plain(found.get(name), provider)
    with _lock:
        _known[provider.key] = _Known(found, None, time.monotonic(), 0.0)
    return found


def keys(provider: Provider, *, again: bool = False) -> KeySet:
    """The provider's public keys. `again` for a token signed with one we have not seen; asked for now and then."""
    address = metadata(provider)["jwks_uri"]
    known = _known[provider.key]
    age = time.monotonic() - known.keys_at
    if known.keys is not None and age < (NOT_OFTENER_SECONDS if again else KEPT_SECONDS):
        return known.keys
    try:
        known.keys = KeySet.import_key_set(_public_only(_fetch(address)))
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NoAnswer("no keys") from error
    known.keys_at = time.monotonic()
    return known.keys


def departure(
    provider: Provider, *, redirect_uri: str, state: str, nonce: str, verifier: str, fresh: bool, language: str
) -> str:
    """The address to send a person to. `fresh`: the provider must ask who it is, even if it knows."""
    asked: dict[str, Any] = {"nonce": nonce, "ui_locales": language}
    if provider.acr_values:
        asked["acr_values"] = provider.acr_values
    if fresh:
        asked |= {"prompt": "login", "max_age": 0}
    address, _state = _client(provider, redirect_uri).create_authorization_url(
        metadata(provider)["authorization_endpoint"], state=state, code_verifier=verifier, **asked
    )
    return str(address)


def new_verifier() -> str:
    return secrets.token_urlsafe(48)


def exchange(provider: Provider, *, redirect_uri: str, code: str, verifier: str) -> dict[str, Any]:
    """Code for token. Raises Rejected and NoAnswer."""
    from authlib.common.errors import AuthlibBaseError
    from requests import RequestException

    endpoint = metadata(provider)["token_endpoint"]
    try:
        return dict(
            _client(provider, redirect_uri).fetch_token(
                endpoint, code=code, code_verifier=verifier, grant_type="authorization_code", allow_redirects=False
            )
        )
    except AuthlibBaseError as error:
        raise Rejected(str(error.error)) from None  # its description may hold what was sent
    except (RequestException, ValueError):
        raise NoAnswer("token endpoint") from None


def farewell(provider: Provider, *, id_token: str, back: str, state: str) -> str | None:
    """Where to send somebody who logs out, so that the provider's session ends, too. None when it has no such place."""
    from authlib.common.urls import add_params_to_uri

    endpoint = metadata(provider).get("end_session_endpoint")
    if endpoint is None:
        return None
    asked = [("client_id", provider.client_id), ("post_logout_redirect_uri", back), ("state", state)]
    return str(add_params_to_uri(endpoint, asked + ([("id_token_hint", id_token)] if id_token else [])))


def _client(provider: Provider, redirect_uri: str) -> "OAuth2Session":
    from authlib.integrations.requests_client import OAuth2Session
    from authlib.oauth2.rfc7523 import PrivateKeyJWT

    method = "private_key_jwt" if provider.private_key else "client_secret_basic"
    client = OAuth2Session(
        provider.client_id,
        private_key(provider) if provider.private_key else provider.client_secret,
        token_endpoint_auth_method=method,
        scope=provider.scope,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        default_timeout=TIMEOUT,
    )
    client.register_client_auth_method(PrivateKeyJWT(alg=provider.private_key_algorithm))
    return client


def private_key(provider: Provider) -> RSAKey | ECKey:
    """Raises ValueError or JoseError for a file that holds no such key."""
    kind = ECKey if provider.private_key_algorithm.startswith("ES") else RSAKey
    return kind.import_key(provider.private_key)


def _fetch(address: str) -> dict[str, Any]:
    import requests
    from urllib3.exceptions import HTTPError

    place = urlsplit(address).path
    try:
        with requests.get(address, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
            answer.raise_for_status()
            body = answer.raw.read(LARGEST + 1, decode_content=True)
            is_whole = not answer.is_redirect and len(body) <= LARGEST
        found = json.loads(body) if is_whole else None
    except (requests.RequestException, HTTPError, OSError, ValueError):
        raise NoAnswer(place) from None
    if not isinstance(found, dict):
        raise NoAnswer(place)
    return found


def _public_only(found: dict[str, Any]) -> Any:
    """Never a symmetric key: it would let anybody who can read the page sign."""
    chosen = [one for one in found["keys"] if one.get("kty") in {"RSA", "EC"} and one.get("use", "sig") == "sig"]
    return {"keys": chosen}


def _refuse_plain(address: Any, provider: Provider) -> None:
    """A provider that itself speaks without TLS is one on this machine, in a test."""
    parts = urlsplit(address if isinstance(address, str) else "")
    is_local_test = urlsplit(provider.issuer).scheme == "http" and parts.hostname in LOOPBACK
    if parts.scheme != "https" and not is_local_test:
        raise NoAnswer("an address without TLS")
