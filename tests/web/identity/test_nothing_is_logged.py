"""Nothing of a token, a code, a key or a CPR number reaches a log, whether a log-in goes well or not."""

import logging
import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest

from samspil.contexts.access.api import Event
from samspil.contexts.citizens import api as citizens
from samspil.web.identity import provider_talk
from samspil.web.identity.configuration import Provider
from tests.cast import Cast
from tests.web.identity.conftest import KARLA_CPR, NSIS, Visitor
from tests.web.identity.forger import Forge, Forger

pytestmark = [pytest.mark.django_db, pytest.mark.real_time]
TOKENLIKE = re.compile(r"eyJ[\w-]{10,}|\b\d{6}-?\d{4}\b")


@pytest.fixture
def everything(capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """What all loggers say at their most talkative, and what is printed."""
    heard = StringIO()
    handler = logging.StreamHandler(heard)
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in ("", "urllib3", "requests", "authlib", "django")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield lambda: heard.getvalue() + "".join(capfd.readouterr())
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_nothing_of_it_is_logged(
    visitor: Callable[[], Visitor],
    known: Cast,
    between: Callable[[Forge], None],
    forger: Forger,
    everything: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    providers: tuple[Provider, Provider],
) -> None:
    citizens.Citizen.objects.filter(id=known.citizen_id).update(cpr_index=citizens.index_cpr(KARLA_CPR))
    secrets: set[str] = set()
    real = provider_talk.exchange

    def listening(*args: Any, **kwargs: Any) -> dict[str, Any]:
        token = real(*args, **kwargs)
        secrets.update({token["id_token"], token["access_token"], kwargs["code"], kwargs["verifier"]})
        return token

    monkeypatch.setattr(provider_talk, "exchange", listening)
    mette, karla = visitor(), visitor()
    mette.log_in(who="mette-7f3a")
    karla.log_in("mitid", who="karla-0b7d")
    visitor().log_in("mitid", who="nils-3e11")
    visitor().log_in(who="mette-7f3a", acr=NSIS + "Low")
    visitor().log_in(who="otto-55aa")
    back = mette.back(who="mette-7f3a")
    secrets.add(back.split("state=")[1].split("&")[0])
    mette.client.get(back.replace("code=", "code=x"))
    between(forger.signature_changed)
    visitor().log_in(who="mette-7f3a")
    mette.client.post("/log-ud/fra/medarbejder/", {"logout_token": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."})
    mette.client.post("/log-ud/")
    said = everything()
    assert "POST /token" in said  # the loggers were heard
    assert len(secrets) > 15
    assert [secret for secret in secrets if secret in said] == []
    assert KARLA_CPR not in said
    assert TOKENLIKE.findall(said) == []
    assert providers[0].private_key.splitlines()[1] not in said
    events = str(list(Event.objects.values_list("data", "subject", "user_name")))
    assert [secret for secret in secrets if secret in events] == []
    assert TOKENLIKE.findall(events) == []
    assert "mette-7f3a" not in events


def test_a_token_that_were_logged_would_be_found(everything: Callable[[], str]) -> None:
    """Negative control."""
    logging.getLogger("samspil.web.identity").debug("got %s", "eyJhbGciOiJSUzI1NiJ9.x.y")
    logging.getLogger("urllib3").debug("cpr=%s", KARLA_CPR)
    assert len(TOKENLIKE.findall(everything())) == 2
