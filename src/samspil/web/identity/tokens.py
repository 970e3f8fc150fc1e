"""Is a token the provider's, for us, for this log-in, and now? One fault is enough to refuse it.

The library's claims classes check much of it; what they leave to the application is said here: the list of
algorithms, the audience, the age, and that the claims are of the kind they should be.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from samspil.web.identity import provider_talk
from samspil.web.identity.configuration import Provider

SKEW_SECONDS = 60
OLDEST_SECONDS = 300
LONGEST_SUBJECT = 255
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


class Untrusted(Exception):
    """The token is refused. Says which check failed, and nothing of the token."""


class NotFresh(Untrusted):
    """Who it is was shown before we asked."""


@dataclass(frozen=True, slots=True)
class Person:
    """What a token that was trusted says. `level` is None when the token names none that we know."""

    subject: str
    sid: str
    level: int | None
    confirmed_at: dt.datetime | None
    claims: Mapping[str, Any]


def person(
    provider: Provider,
    token: Mapping[str, Any],
    *,
    nonce: str,
    now: dt.datetime,
    shown_since: dt.datetime | None = None,
) -> Person:
    """Raises Untrusted, and NoAnswer when the keys cannot be had.

    With `shown_since` the person must have shown who it is after that moment, which is when we asked for it.
    """
    from authlib.oidc.core import CodeIDToken  # loaded by the first log-in, as in provider_talk

    claims, header = _signed(provider, token.get("id_token"))
    if str(header.get("typ", "JWT")).upper() != "JWT" or "events" in claims:
        raise Untrusted("typ")
    _basics(provider, claims, now)
    checked = CodeIDToken(
        claims,
        header,
        {"nonce": {"essential": True, "value": nonce}, "iss": {"essential": True, "value": provider.issuer}},
        {"nonce": nonce, "client_id": provider.client_id, "access_token": token.get("access_token", "")},
    )
    try:
        checked.validate(now=int(now.timestamp()), leeway=SKEW_SECONDS)
    except (JoseError, ValueError, TypeError) as error:
        raise Untrusted(type(error).__name__) from None
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise Untrusted("sub")
    said = claims.get(provider.level_claim)
    return Person(
        subject=subject,
        sid=_text(claims.get("sid")),
        level=provider.levels.get(said) if isinstance(said, str) else None,
        confirmed_at=_confirmed_at(claims, now, shown_since),
        claims=claims,
    )


def left(provider: Provider, token: str, *, now: dt.datetime) -> tuple[str, str, str, dt.datetime]:
    """Of a log-out token: (subject, sid, jti, when it no longer counts). Raises Untrusted and NoAnswer."""
    claims, header = _signed(provider, token)
    if str(header.get("typ", "JWT")).lower() not in {"jwt", "logout+jwt", "application/logout+jwt"}:
        raise Untrusted("typ")
    _basics(provider, claims, now)
    if "nonce" in claims:
        raise Untrusted("nonce")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise Untrusted("events")
    subject, sid, jti = _text(claims.get("sub")), _text(claims.get("sid")), _text(claims.get("jti"))
    if not jti or not (subject or sid):
        raise Untrusted("jti" if not jti else "sub")
    until = dt.datetime.fromtimestamp(claims["exp"] + SKEW_SECONDS, now.tzinfo)
    return subject, sid, jti, until


def _signed(provider: Provider, token: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    if not isinstance(token, str) or token.count(".") != 2:
        raise Untrusted("no token")
    try:
        try:
            found = _decoded(provider, token, provider_talk.keys(provider))
        except InvalidKeyIdError:  # the provider may have taken a new key into use
            found = _decoded(provider, token, provider_talk.keys(provider, again=True))
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise Untrusted(type(error).__name__) from None
    if not isinstance(found.claims, dict):
        raise Untrusted("claims")
    return found.claims, found.header


def _decoded(provider: Provider, token: str, keys: KeySet) -> jwt.Token:
    return jwt.decode(token, keys, registry=JWSRegistry(algorithms=sorted(provider.algorithms)))


def _basics(provider: Provider, claims: Mapping[str, Any], now: dt.datetime) -> None:
    """Issuer, audience and times, for both kinds of token."""
    if claims.get("iss") != provider.issuer:
        raise Untrusted("iss")
    said = claims.get("aud")
    if said != provider.client_id and said != [provider.client_id]:  # others in the list are strangers to us
        raise Untrusted("aud")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise Untrusted("azp")
    seconds = now.timestamp()
    expires, issued = _moment(claims, "exp"), _moment(claims, "iat")
    if expires is None or seconds >= expires + SKEW_SECONDS:
        raise Untrusted("exp")
    if issued is None or issued > seconds + SKEW_SECONDS or issued < seconds - OLDEST_SECONDS - SKEW_SECONDS:
        raise Untrusted("iat")
    if "nbf" in claims and ((begins := _moment(claims, "nbf")) is None or begins > seconds + SKEW_SECONDS):
        raise Untrusted("nbf")


def _confirmed_at(claims: Mapping[str, Any], now: dt.datetime, shown_since: dt.datetime | None) -> dt.datetime | None:
    """When the person last showed who it is, if the provider tells."""
    seconds = _moment(claims, "auth_time")
    if (seconds is None and "auth_time" in claims) or (seconds or 0) > now.timestamp() + SKEW_SECONDS:
        raise Untrusted("auth_time")
    if shown_since is not None and (seconds is None or seconds < shown_since.timestamp() - SKEW_SECONDS):
        raise NotFresh("auth_time")
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, now.tzinfo)


def _moment(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 < value < 1e11 else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= LONGEST_SUBJECT else ""
