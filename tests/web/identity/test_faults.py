"""One fault at a time in what comes back from a real provider: nothing of it lets anybody in (T5, ID-1).

Each row of TOKENS takes the token that the provider really issued and changes one thing. The controls at the end of
the table change nothing that matters and must let Mette in, so a row that is refused is refused for its fault.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from joserfc.jwk import KeySet, RSAKey

from samspil.contexts.access.api import Event
from samspil.contexts.access.models import LoginAttempt
from samspil.web.identity import provider_talk
from samspil.web.identity.configuration import Provider
from tests.cast import Cast
from tests.web.identity.conftest import NSIS, Visitor
from tests.web.identity.forger import Forge, Forger, opened

pytestmark = [pytest.mark.django_db, pytest.mark.real_time]
HOUR = 3600


def _rows(f: Forger) -> dict[str, tuple[Forge, str]]:
    """Name of the fault → how to make it, and the reason that is noted."""
    no, low = "not_trusted", "level_too_low"
    return {
        "signature: one sign changed": (f.signature_changed, no),
        "signature: another's subject put in": (f.payload_changed, no),
        "alg: none, unsigned": (f.unsigned, no),
        "alg: none, old signature": (f.none_with_old_signature, no),
        "alg: HS256 with the public key as secret": (f.hmac_with_public_key, no),
        "alg: HS256 with the client's name as secret": (f.hmac_with(b"samspil-medarbejder"), no),
        "alg: HS256 with an empty secret": (f.hmac_with(b""), no),
        "alg: RS384, rightly signed but not allowed": (lambda t: f.sign(opened(t)[1], alg="RS384"), no),
        "alg: RS512, rightly signed but not allowed": (lambda t: f.sign(opened(t)[1], alg="RS512"), no),
        "key: a foreign one under the provider's name": (f.foreign(), no),
        "key: a foreign one under a name of its own": (f.foreign(kid="mine"), no),
        "key: a foreign one sent along as jwk": (f.foreign_with_its_key_inside, no),
        "key: a foreign one with its address as jku": (f.foreign(jku="http://127.0.0.1:1/keys"), no),
        "key: a foreign one on a curve": (f.foreign_curve, no),
        "crit: an extension nobody knows": (f.with_crit, no),
        "iss: another": (f.changed(iss="https://ond.example"), no),
        "iss: almost the same": (lambda t: f.changed(iss=opened(t)[1]["iss"] + "/")(t), no),
        "iss: missing": (f.changed(iss=None), no),
        "aud: another client": (f.changed(aud="samspil-mitid"), no),
        "aud: another client, and azp is us": (f.changed(aud="samspil-mitid", azp="samspil-medarbejder"), no),
        "aud: us and a stranger": (f.changed(aud=["samspil-medarbejder", "ond"]), no),
        "aud: us and a stranger, and azp is us": (
            f.changed(aud=["samspil-medarbejder", "ond"], azp="samspil-medarbejder"),
            no,
        ),
        "aud: missing": (f.changed(aud=None), no),
        "aud: nobody": (f.changed(aud=[]), no),
        "azp: another client": (f.changed(azp="samspil-mitid"), no),
        "nonce: another": (f.changed(nonce="et-andet"), no),
        "nonce: missing": (f.changed(nonce=None), no),
        "nonce: empty": (f.changed(nonce=""), no),
        "exp: passed 90 seconds ago": (f.shifted(exp=-90), no),
        "exp: missing": (f.changed(exp=None), no),
        "exp: text": (f.changed(exp="2099-01-01"), no),
        "nbf: not yet valid": (f.shifted(nbf=90), no),
        "iat: in the future": (f.shifted(iat=90, exp=HOUR), no),
        "iat: ten minutes old": (f.shifted(iat=-600, exp=HOUR), no),
        "iat: missing": (f.changed(iat=None), no),
        "auth_time: in the future": (f.shifted(auth_time=90), no),
        "auth_time: text": (f.changed(auth_time="nu"), no),
        "sub: missing": (f.changed(sub=None), no),
        "sub: empty": (f.changed(sub=""), no),
        "sub: a number": (f.changed(sub=42), no),
        "sub: longer than the standard allows": (f.changed(sub="x" * 256), no),
        "at_hash: of another access token": (f.changed(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), no),
        "typ: a log-out token": (f.with_header(typ="logout+jwt"), no),
        "events: a log-out token's claim": (f.changed(events={}), no),
        "encrypted for nobody": (f.encrypted, no),
        "no token at all": (lambda t: "", no),
        "half a token": (lambda t: t.rpartition(".")[0], no),
        "acr: Low": (f.changed(acr=NSIS + "Low"), low),
        "acr: missing": (f.changed(acr=None), low),
        "acr: a word that nobody knows": (f.changed(acr="urn:very:high"), low),
        "acr: a list": (f.changed(acr=[NSIS + "High"]), low),
    }


def _controls(f: Forger) -> dict[str, Forge]:
    return {
        "untouched": lambda t: t,
        "signed again": f.changed(),
        "signed PS256": lambda t: f.sign(opened(t)[1], alg="PS256"),
        "signed ES256": lambda t: f.sign(opened(t)[1], alg="ES256"),
        "exp 30 seconds ago": f.shifted(exp=-30),
        "iat in 30 seconds": f.shifted(iat=30, exp=HOUR),
        "aud as a list of one": f.changed(aud=["samspil-medarbejder"]),
        "azp is us": f.changed(azp="samspil-medarbejder"),
        "acr High": f.changed(acr=NSIS + "High"),
    }


NAMES, CONTROLS = list(_rows(Forger.__new__(Forger))), list(_controls(Forger.__new__(Forger)))


def assert_outside(visitor: Visitor, answer: Any, reason: str) -> None:
    """A readable page, nobody logged in, and the reason noted, unless it is an address that anybody can type."""
    assert answer.status_code in {400, 403, 503}, answer.status_code
    assert "<h1>" in answer.content.decode()
    assert visitor.client.get("/myndighed/min-dag/").status_code == 302
    assert "login" not in visitor.client.session
    assert Event.objects.filter(kind="login.opened").count() == 0
    noted = [event.data["reason"] for event in Event.objects.filter(kind="login.refused").order_by("at")]
    assert noted[-1:] == ([] if reason == "stale" else [reason])


@pytest.mark.parametrize("name", NAMES)
def test_a_token_with_one_fault_lets_nobody_in(
    name: str,
    visitor: Callable[[], Visitor],
    known: Cast,
    forger: Forger,
    between: Callable[[Forge], None],
) -> None:
    forge, reason = _rows(forger)[name]
    between(forge)
    mette = visitor()
    assert_outside(mette, mette.log_in(who="mette-7f3a"), reason)


@pytest.mark.parametrize("name", CONTROLS)
def test_a_token_without_a_fault_lets_mette_in(
    name: str,
    visitor: Callable[[], Visitor],
    known: Cast,
    forger: Forger,
    between: Callable[[Forge], None],
) -> None:
    between(_controls(forger)[name])
    mette = visitor()
    assert mette.log_in(who="mette-7f3a").status_code == 302
    assert mette.client.get("/myndighed/min-dag/").status_code == 200


def test_a_key_the_provider_has_taken_into_use_since_is_fetched(
    visitor: Callable[[], Visitor], known: Cast, providers: tuple[Provider, Provider], forger: Forger
) -> None:
    provider_talk.keys(providers[0])
    kept = provider_talk._known["medarbejder"]
    kept.keys = KeySet([RSAKey.generate_key(2048, {"kid": "an-old-one", "use": "sig"})])
    assert visitor().log_in(who="mette-7f3a").status_code == 403  # fetched a moment ago: not again for every stranger
    kept.keys_at -= provider_talk.NOT_OFTENER_SECONDS
    assert visitor().log_in(who="mette-7f3a").status_code == 302


class LibraryAlone(OpenIDMixin):
    """What the library's own one-line check would have done, for comparison."""

    def __init__(self, provider: Provider) -> None:
        self.client_id = provider.client_id
        self.server_metadata = provider_talk.metadata(provider)
        self._jwks = provider_talk.keys(provider).as_dict(private=False)

    def load_server_metadata(self) -> dict[str, Any]:
        return self.server_metadata | {"jwks": self._jwks}


def test_the_table_can_fail(
    visitor: Callable[[], Visitor],
    known: Cast,
    forger: Forger,
    monkeypatch: pytest.MonkeyPatch,
    providers: tuple[Provider, Provider],
) -> None:
    """Negative control: with the library's own check alone, several rows would have been let in."""
    got: list[dict[str, Any]] = []
    real = provider_talk.exchange
    monkeypatch.setattr(provider_talk, "exchange", lambda *a, **k: got.append(real(*a, **k)) or got[-1])
    visitor().log_in(who="mette-7f3a")
    alone, accepted = LibraryAlone(providers[0]), []
    nonce = opened(got[0]["id_token"])[1]["nonce"]
    for name, (forge, _reason) in _rows(forger).items():
        try:
            alone.parse_id_token(got[0] | {"id_token": forge(got[0]["id_token"])}, nonce)
        except Exception:  # noqa: S112 - however the library says no
            continue
        accepted.append(name)
    assert {"aud: another client, and azp is us", "acr: Low", "iat: ten minutes old"} <= set(accepted)
    assert len(accepted) < len(NAMES)
    print(f"{len(accepted)} of {len(NAMES)}:", *sorted(accepted), sep="\n  ")  # noqa: T201 - for docs/assurance.md


RETURNS = {
    "state: unknown": (lambda back, _other: back.replace("state=", "state=x"), "stale"),
    "state: missing": (lambda back, _other: back.replace("state=", "stat="), "stale"),
    "state: another browser's": (
        lambda back, other: back.replace(_part(back, "state"), _part(other, "state")),
        "stale",
    ),
    "code: missing": (lambda back, _other: back.replace("code=", "cod="), "not_trusted"),
    "code: invented": (lambda back, _other: back.replace("code=", "code=x"), "not_trusted"),
    "code: another's, put into this browser": (
        lambda back, other: back.replace(_part(back, "code"), _part(other, "code")),
        "not_trusted",
    ),
    "iss: another provider answers": (
        lambda back, _other: back.replace(_part(back, "iss"), "https%3A%2F%2Fond.example"),
        "not_trusted",
    ),
    "iss: the provider promised to say it": (lambda back, _other: back.replace("iss=", "is="), "not_trusted"),
}


def _part(address: str, name: str) -> str:
    return address.split(f"{name}=")[1].split("&")[0]


@pytest.mark.parametrize("name", RETURNS)
def test_an_address_with_one_fault_lets_nobody_in(name: str, visitor: Callable[[], Visitor], known: Cast) -> None:
    change, reason = RETURNS[name]
    mette, other = visitor(), visitor()
    back, others = mette.back(who="mette-7f3a"), other.back(who="jonas-19c2")
    assert_outside(mette, mette.client.get(change(back, others)), reason)


def test_the_same_return_a_second_time_is_refused(visitor: Callable[[], Visitor], known: Cast) -> None:
    mette = visitor()
    back = mette.back(who="mette-7f3a")
    key = mette.client.cookies["samspil_login"].value
    assert mette.client.get(back).status_code == 302
    mette.client.post("/log-ud/")
    mette.client.cookies["samspil_login"] = key
    assert mette.client.get(back).status_code == 400
    assert "login" not in mette.client.session


def test_the_same_code_in_a_new_attempt_is_refused(visitor: Callable[[], Visitor], known: Cast) -> None:
    """A code that has been seen on its way, used again from the thief's own browser."""
    mette, thief = visitor(), visitor()
    back = mette.back(who="mette-7f3a")
    assert mette.client.get(back).status_code == 302
    own = thief.back(who="jonas-19c2")
    answer = thief.client.get(own.replace(_part(own, "code"), _part(back, "code")))
    assert answer.status_code == 403
    assert "login" not in thief.client.session


def test_a_return_without_the_browsers_own_key_opens_nothing(visitor: Callable[[], Visitor], known: Cast) -> None:
    """Somebody is lured to an address with another's code: log-in as somebody else, without knowing it."""
    thief, victim = visitor(), visitor()
    back = thief.back(who="jonas-19c2")
    assert_outside(victim, victim.client.get(back), "stale")
    victim.depart()  # has a key, but for another attempt
    thief_again = thief.back(who="jonas-19c2")
    assert_outside(victim, victim.client.get(thief_again), "stale")


def test_a_return_after_half_an_hour_is_refused(visitor: Callable[[], Visitor], known: Cast) -> None:
    mette = visitor()
    back = mette.back(who="mette-7f3a")
    LoginAttempt.objects.update(begun_at=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=31))
    assert_outside(mette, mette.client.get(back), "stale")


def test_a_wrong_verifier_is_refused_by_the_provider(
    visitor: Callable[[], Visitor], known: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = provider_talk.exchange
    monkeypatch.setattr(
        provider_talk, "exchange", lambda *a, verifier, **k: real(*a, verifier=provider_talk.new_verifier(), **k)
    )
    mette = visitor()
    assert_outside(mette, mette.log_in(who="mette-7f3a"), "not_trusted")


def test_a_departure_without_pkce_is_refused_by_the_provider(visitor: Callable[[], Visitor], known: Cast) -> None:
    mette = visitor()
    address = mette.depart()
    assert "code_challenge_method=S256" in address
    bare = address.replace("code_challenge=", "x=").replace("code_challenge_method=", "y=")
    target = mette.provider.walk(mette.there, bare, who="mette-7f3a")
    assert "error=invalid_request" in target
    answer = mette.client.get(target.removeprefix("http://testserver"))
    assert_outside(mette, answer, "no_answer")


def test_a_client_without_its_private_key_is_refused_by_the_provider(
    visitor: Callable[[], Visitor], known: Cast, providers: tuple[Provider, Provider], settings: Any
) -> None:
    stolen = replace(providers[0], private_key=RSAKey.generate_key(2048).as_pem(private=True).decode())
    settings.IDENTITY_PROVIDERS = (stolen, providers[1])
    mette = visitor()
    assert_outside(mette, mette.log_in(who="mette-7f3a"), "not_trusted")
