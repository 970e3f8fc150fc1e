"""Logging out here, at the provider, and when the provider says so: the server's session is gone, not only a cookie."""

import re
import time
import uuid
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from samspil.contexts.access.api import Event, Login, LoginIdentity
from samspil.web.identity import provider_talk
from samspil.web.identity.configuration import Provider
from samspil.web.identity.tokens import LOGOUT_EVENT
from tests.cast import Cast
from tests.web.identity.conftest import Visitor
from tests.web.identity.forger import Forger, opened

pytestmark = [pytest.mark.django_db, pytest.mark.real_time]
Visitors = Callable[[], Visitor]
MY_DAY, DOOR = "/myndighed/min-dag/", "/log-ud/fra/medarbejder/"


def test_logging_out_ends_the_session_here_and_goes_on_to_the_provider(visitor: Visitors, known: Cast) -> None:
    mette = visitor()
    mette.log_in(who="mette-7f3a")
    cookie = mette.client.cookies["sessionid"].value
    page = mette.client.post("/log-ud/").content.decode()
    found = re.search(r'content="0;url=([^"]+)"', page)
    assert found
    there = urlsplit(unescape(found[1]))
    asked = parse_qs(there.query)
    assert asked["post_logout_redirect_uri"] == ["http://testserver/log-ud/farvel/"]
    assert asked["client_id"] == ["samspil-medarbejder"]
    assert opened(asked["id_token_hint"][0])[1]["sub"] == "mette-7f3a"
    assert not Session.objects.exists()
    assert not Login.objects.exists()
    mette.client.cookies["sessionid"] = cookie
    assert mette.client.get(MY_DAY).status_code == 302
    shown = mette.there.get(unescape(found[1]), timeout=10)
    assert "Log ud hos udbyderen" in shown.text
    assert Event.objects.filter(kind="login.closed", user_id=known.mette.id).count() == 1


def test_log_ins_are_ended_by_hand_one_persons_or_everybodys(visitor: Visitors, known: Cast) -> None:
    mette = visitor()
    mette.log_in(who="mette-7f3a")
    assert mette.client.get(MY_DAY).status_code == 200
    call_command("end_logins", known.jonas.username, by="Vagten")
    assert mette.client.get(MY_DAY).status_code == 200
    call_command("end_logins", known.mette.username, by="Vagten")
    assert mette.client.get(MY_DAY).status_code == 302
    again = visitor()
    again.log_in(who="mette-7f3a")
    assert again.client.get(MY_DAY).status_code == 200
    call_command("end_logins", by="Vagten")
    assert again.client.get(MY_DAY).status_code == 302
    assert Event.objects.filter(kind="login.ended_by_hand", user_name="Vagten").count() == 3
    with pytest.raises(CommandError, match="ingen, der hedder"):
        call_command("end_logins", "ukendt", by="Vagten")


def test_the_farewell_is_a_page(client: Client) -> None:
    assert "Luk browseren" in client.get("/log-ud/farvel/").content.decode()


def test_what_the_provider_wants_back_is_not_readable_in_the_database(visitor: Visitors, known: Cast) -> None:
    visitor().log_in(who="mette-7f3a")
    sealed = bytes(Login.objects.get().hint_sealed)
    assert b"eyJ" not in sealed
    assert b"mette" not in sealed
    for session in Session.objects.all():
        assert "mette-7f3a" not in str(session.get_decoded())
        assert "eyJ" not in str(session.get_decoded())


def _token(provider: Provider, their_sid: str, /, **changes: Any) -> dict[str, Any]:
    now = int(time.time())
    claims = {
        "iss": provider.issuer,
        "aud": provider.client_id,
        "iat": now,
        "exp": now + 120,
        "jti": str(uuid.uuid4()),
        "sub": "mette-7f3a",
        "sid": their_sid,
        "events": {LOGOUT_EVENT: {}},
    }
    shifted = {name: now + value for name, value in changes.items() if name in {"iat", "exp", "nbf"} and value}
    return {name: value for name, value in (claims | changes | shifted).items() if value is not None}


def _with(f: Forger, make: Callable[..., str]) -> Callable[[Provider, str], str]:
    return lambda p, sid: make(f.sign(_token(p, sid)))


def _claims(f: Forger, **changes: Any) -> Callable[[Provider, str], str]:
    return lambda p, sid: f.sign(_token(p, sid, **changes), typ="logout+jwt")


def _rows(f: Forger) -> dict[str, Callable[[Provider, str], str]]:
    return {
        "signature changed": _with(f, f.signature_changed),
        "alg none": _with(f, f.unsigned),
        "alg HS256 with the public key": _with(f, f.hmac_with_public_key),
        "a foreign key": _with(f, f.foreign()),
        "typ of an access token": lambda p, sid: f.sign(_token(p, sid), typ="at+jwt"),
        "iss another": _claims(f, iss="https://ond.example"),
        "aud another client": _claims(f, aud="samspil-mitid"),
        "aud us and a stranger": _claims(f, aud=["samspil-medarbejder", "ond"]),
        "azp another client": _claims(f, azp="samspil-mitid"),
        "nbf not yet": _claims(f, nbf=90),
        "exp passed": _claims(f, iat=-200, exp=-90),
        "exp missing": _claims(f, exp=None),
        "iat in the future": _claims(f, iat=90),
        "iat ten minutes old": _claims(f, iat=-600),
        "iat missing": _claims(f, iat=None),
        "events missing": _claims(f, events=None),
        "events another": _claims(f, events={"http://schemas.openid.net/event/andet": {}}),
        "events no table": _claims(f, events=[LOGOUT_EVENT]),
        "nonce present": _claims(f, nonce="x"),
        "jti missing": _claims(f, jti=None),
        "neither sub nor sid": _claims(f, sub=None, sid=None),
        "empty": lambda p, sid: "",
        "no token": lambda p, sid: "a.b.c",
    }


NAMES = list(_rows(Forger.__new__(Forger)))


def _sid() -> str:
    return Login.objects.get().sid


@pytest.mark.parametrize("name", NAMES)
def test_a_log_out_token_with_one_fault_ends_nothing(
    name: str, visitor: Visitors, known: Cast, forger: Forger, providers: tuple[Provider, Provider]
) -> None:
    mette = visitor()
    mette.log_in(who="mette-7f3a")
    token = _rows(forger)[name](providers[0], _sid())
    answer = Client().post(DOOR, {"logout_token": token})
    assert answer.status_code == 400
    assert answer.headers["Cache-Control"] == "no-store"
    assert mette.client.get(MY_DAY).status_code == 200


@pytest.mark.parametrize("named", [{}, {"sub": None}, {"sid": None}], ids=["sub and sid", "sid", "sub"])
def test_a_right_log_out_token_ends_the_session_at_once(
    named: dict[str, None], visitor: Visitors, known: Cast, forger: Forger, providers: tuple[Provider, Provider]
) -> None:
    """Control for the table above. Jonas, who came in at the same provider, stays."""
    mette, jonas = visitor(), visitor()
    mette.log_in(who="mette-7f3a")
    sid = _sid()
    jonas.log_in(who="jonas-19c2")
    token = _claims(forger, **named)(providers[0], sid)
    answer = Client(enforce_csrf_checks=True).post(DOOR, {"logout_token": token})
    assert answer.status_code == 200
    assert mette.client.get(MY_DAY).status_code == 302
    assert jonas.client.get("/").url == "/udfoerer/min-dag/"
    assert Event.objects.get(kind="login.ended_by_provider").subject_id == known.mette.id


def test_who_came_in_after_somebody_else_at_the_same_screen_is_ended_too(
    visitor: Visitors, known: Cast, forger: Forger, providers: tuple[Provider, Provider]
) -> None:
    """The first session is thrown away whole, and the second has a key from the first moment."""
    screen, other = visitor(), visitor()
    screen.log_in(who="jonas-19c2")
    other.client, screen.client = screen.client, other.client
    other.log_in(who="mette-7f3a")
    assert other.client.get(MY_DAY).status_code == 200
    token = _claims(forger, sid=None)(providers[0], "")
    assert Client().post(DOOR, {"logout_token": token}).status_code == 200
    assert other.client.get(MY_DAY).status_code == 302


def test_a_log_out_token_counts_once(
    visitor: Visitors, known: Cast, forger: Forger, providers: tuple[Provider, Provider]
) -> None:
    mette = visitor()
    mette.log_in(who="mette-7f3a")
    token = _claims(forger, sid=None)(providers[0], "")
    assert Client().post(DOOR, {"logout_token": token}).status_code == 200
    mette.log_in(who="mette-7f3a")
    assert Client().post(DOOR, {"logout_token": token}).status_code == 400
    assert mette.client.get(MY_DAY).status_code == 200


def test_an_id_token_is_no_log_out_token(visitor: Visitors, known: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[str] = []
    real = provider_talk.exchange

    def listening(*args: Any, **kwargs: Any) -> dict[str, Any]:
        token = real(*args, **kwargs)
        got.append(token["id_token"])
        return token

    monkeypatch.setattr(provider_talk, "exchange", listening)
    mette = visitor()
    mette.log_in(who="mette-7f3a")
    assert Client().post(DOOR, {"logout_token": got[0]}).status_code == 400
    assert mette.client.get(MY_DAY).status_code == 200


def test_the_door_is_for_posts_of_known_providers(visitor: Visitors, known: Cast) -> None:
    assert Client().get(DOOR).status_code == 405
    assert Client().post("/log-ud/fra/findes-ikke/").status_code == 404


def test_the_same_name_at_another_provider_ends_nothing(
    visitor: Visitors, known: Cast, forger: Forger, providers: tuple[Provider, Provider]
) -> None:
    """Subjects and sessions are names within one issuer."""
    mette = visitor()
    mette.log_in(who="mette-7f3a")
    sid = _sid()
    LoginIdentity.objects.filter(subject="mette-7f3a").update(issuer="https://en-anden.example")
    token = _claims(forger)(providers[0], sid)
    assert Client().post(DOOR, {"logout_token": token}).status_code == 200
    assert mette.client.get(MY_DAY).status_code == 200
