"""Somebody between the provider and us: takes a real token, changes one thing, and signs it with whatever is wanted.

The provider's own private keys are the tests', so that a token can be wrong in exactly one way.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc import jwe, jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

Claims = dict[str, Any]
Forge = Callable[[str], str]


def b64(raw: bytes | Claims) -> str:
    body = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    return base64.urlsafe_b64encode(body).rstrip(b"=").decode()


def opened(token: str) -> tuple[Claims, Claims]:
    header, payload, _signature = token.split(".")
    return tuple(json.loads(base64.urlsafe_b64decode(part + "==")) for part in (header, payload))  # type: ignore[return-value]


@dataclass(frozen=True)
class Forger:
    keys: KeySet

    def sign(self, claims: Claims, *, alg: str = "RS256", key: Any = None, **header: Any) -> str:
        """As the provider would, with its own key for the algorithm unless another is given."""
        kid = f"provider-{alg if alg in {'RS256', 'PS256', 'ES256'} else 'RS256'}"
        own: Any = self.keys.get_by_kid(kid)
        if alg not in {"RS256", "PS256", "ES256"}:
            own = RSAKey.import_key({**own.as_dict(private=True), "alg": alg})
        return jwt.encode({"alg": alg, "kid": kid} | header, claims, key or own, algorithms=[alg])

    def changed(self, **changes: Any) -> Callable[[str], str]:
        """The same token with other claims (None takes one away), rightly signed."""

        def forge(token: str) -> str:
            _header, claims = opened(token)
            return self.sign({name: value for name, value in (claims | changes).items() if value is not None})

        return forge

    def shifted(self, **seconds: int) -> Callable[[str], str]:
        """The same token with some of its times moved from now."""

        def forge(token: str) -> str:
            _header, claims = opened(token)
            return self.sign(claims | {name: claims["iat"] + moved for name, moved in seconds.items()})

        return forge

    def unsigned(self, token: str) -> str:
        _header, claims = opened(token)
        return f"{b64({'alg': 'none'})}.{b64(claims)}."

    def none_with_old_signature(self, token: str) -> str:
        return f"{b64({'alg': 'none', 'kid': 'provider-RS256'})}.{'.'.join(token.split('.')[1:])}"

    def hmac_with(self, secret: bytes) -> Callable[[str], str]:
        def forge(token: str) -> str:
            _header, claims = opened(token)
            body = f"{b64({'alg': 'HS256', 'kid': 'provider-RS256'})}.{b64(claims)}"
            return f"{body}.{b64(hmac.digest(secret, body.encode(), hashlib.sha256))}"

        return forge

    def hmac_with_public_key(self, token: str) -> str:
        public: Any = self.keys.get_by_kid("provider-RS256")
        return self.hmac_with(public.as_pem(private=False))(token)

    def payload_changed(self, token: str) -> str:
        header, _payload, signature = token.split(".")
        _header, claims = opened(token)
        return f"{header}.{b64(claims | {'sub': 'jonas-19c2'})}.{signature}"

    def signature_changed(self, token: str) -> str:
        body, _, signature = token.rpartition(".")
        other = "A" if signature[40] != "A" else "B"
        return f"{body}.{signature[:40]}{other}{signature[41:]}"

    def foreign(self, **header: Any) -> Callable[[str], str]:
        def forge(token: str) -> str:
            _header, claims = opened(token)
            return self.sign(claims, key=RSAKey.generate_key(2048, {"kid": "provider-RS256"}), **header)

        return forge

    def foreign_with_its_key_inside(self, token: str) -> str:
        _header, claims = opened(token)
        key = RSAKey.generate_key(2048)
        return self.sign(claims, key=key, jwk=key.as_dict(private=False))

    def foreign_curve(self, token: str) -> str:
        _header, claims = opened(token)
        return self.sign(claims, alg="ES256", key=ECKey.generate_key("P-256", {"kid": "provider-ES256"}))

    def with_header(self, **header: Any) -> Callable[[str], str]:
        def forge(token: str) -> str:
            _header, claims = opened(token)
            return self.sign(claims, **header)

        return forge

    def with_crit(self, token: str) -> str:
        """By hand: the library would not sign it."""
        header, claims = opened(token)
        key: Any = self.keys.get_by_kid("provider-RS256")
        body = f"{b64(header | {'crit': ['x'], 'x': 1})}.{b64(claims)}"
        return f"{body}.{b64(key.private_key.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    def encrypted(self, token: str) -> str:
        return jwe.encrypt_compact({"alg": "dir", "enc": "A128GCM"}, token, OctKey.generate_key(128))
