"""A real, independent identity provider beside the tests: the certified oidc-provider, run by node on loopback."""

import json
import logging
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from django.test import Client
from joserfc.jwk import ECKey, KeySet, RSAKey

from samspil.config.environment import data_directory
from samspil.web.identity import provider_talk
from samspil.web.identity.configuration import KNOWN_LEVELS, Provider, Surface
from tests.cast import FJORDBY, Cast
from tests.web.identity.forger import Forge, Forger

HERE = Path(__file__).parent / "provider"
NSIS = "https://data.gov.dk/concept/core/nsis/"
STAFF_ROLE, LEADER_ROLE, HELPER_ROLE = "urn:samspil:raadgiver", "urn:samspil:leder", "urn:samspil:udfoerer"
FJORDBY_CVR, BOSTOETTE_CVR = "11111111", "22222222"
KARLA_CPR = "6304790010"  # nobody's: the day is raised by 60
SITE = "http://testserver"
NOT_RUN = "Udbyderen oidc-provider kunne ikke hentes fra npm, så log-in er IKKE prøvet: {}"


@dataclass
class RealProvider:
    """The running provider, its private keys, and a way to walk through its pages as a person would."""

    issuer: str
    keys: KeySet
    client_key: RSAKey
    process: "subprocess.Popen[str]"

    def walk(self, browser: requests.Session, address: str, *, who: str, acr: str = "", **said: str) -> str:
        """From the address we send a person to, through the provider's log-in, to the address it sends back to.

        This is the person's browser, not us: what it would log is not our log.
        """
        logging.disable(logging.CRITICAL)
        try:
            return self._walk(browser, address, who=who, acr=acr, **said)
        finally:
            logging.disable(logging.NOTSET)

    def _walk(self, browser: requests.Session, address: str, *, who: str, acr: str, **said: str) -> str:
        answer = browser.get(address, allow_redirects=False, timeout=10)
        for _ in range(10):
            if answer.is_redirect:
                target = urljoin(answer.url, answer.headers["Location"])
                if not target.startswith(self.issuer):
                    return target
                answer = browser.get(target, allow_redirects=False, timeout=10)
                continue
            action = re.search(r'action="([^"]+)"', answer.text)
            assert action, answer.text[:500]
            form = {"who": who, "acr": acr, **said}
            if "Submitting Callback" in answer.text:  # somebody else was logged in there; a browser posts it by itself
                form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', answer.text))
            address = urljoin(answer.url, action[1])
            answer = browser.post(address, data=form, allow_redirects=False, timeout=10)
        raise AssertionError("the provider sends us round in circles")


def _install() -> Path:
    """The provider from npm, exactly as locked; kept in var/ between runs. Failing is said aloud, never skipped."""
    place = data_directory() / "test-provider"
    place.mkdir(parents=True, exist_ok=True)
    lock = (HERE / "package-lock.json").read_text()
    stamp = place / "installed"
    for name in ("package.json", "package-lock.json", "server.mjs"):
        shutil.copy(HERE / name, place / name)
    if not (stamp.exists() and stamp.read_text() == lock):
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(place)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        except (OSError, subprocess.TimeoutExpired) as error:
            pytest.fail(NOT_RUN.format(error), pytrace=False)
        if done.returncode:
            pytest.fail(NOT_RUN.format(done.stderr[-500:]), pytrace=False)
        stamp.write_text(lock)
    return place


def _without_extra_certificates() -> dict[str, str]:
    """npm may need them to fetch; the provider itself speaks to nobody but us."""
    return {name: value for name, value in os.environ.items() if name != "NODE_EXTRA_CA_CERTS"}


@pytest.fixture(scope="session")
def real_provider() -> Iterator[RealProvider]:
    place = _install()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keys = KeySet(
        [
            RSAKey.generate_key(2048, {"kid": "provider-RS256", "use": "sig", "alg": "RS256"}),
            RSAKey.generate_key(2048, {"kid": "provider-PS256", "use": "sig", "alg": "PS256"}),
            ECKey.generate_key("P-256", {"kid": "provider-ES256", "use": "sig", "alg": "ES256"}),
        ]
    )
    client_key = RSAKey.generate_key(2048, {"kid": "samspil-1", "use": "sig"})
    issuer = f"http://127.0.0.1:{port}"
    setup = {
        "issuer": issuer,
        "port": port,
        "acrValues": [NSIS + "Substantial", NSIS + "High", NSIS + "Low"],
        "jwks": keys.as_dict(private=True),
        "people": PEOPLE,
        "clients": [_client("medarbejder", client_key), _client("mitid", client_key)],
    }
    with (place / "server.log").open("w") as log:
        process = subprocess.Popen(
            ["node", "server.mjs"],
            cwd=place,
            env=_without_extra_certificates(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(setup))
    process.stdin.close()
    said = process.stdout.readline()
    if said.strip() != "ready":
        pytest.fail(f"Udbyderen startede ikke, så log-in er IKKE prøvet: {(place / 'server.log').read_text()[-500:]}")
    yield RealProvider(issuer, keys, client_key, process)
    process.terminate()
    process.wait(10)
    process.stdout.close()


def _client(key: str, client_key: RSAKey) -> dict[str, Any]:
    return {
        "client_id": f"samspil-{key}",
        "redirect_uris": [f"{SITE}/log-ind/retur/", f"{BROWSER_SITE}/log-ind/retur/"],
        "post_logout_redirect_uris": [f"{SITE}/log-ud/farvel/", f"{BROWSER_SITE}/log-ud/farvel/"],
        "response_types": ["code"],
        "grant_types": ["authorization_code"],
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "RS256",
        "id_token_signed_response_alg": "RS256",
        "jwks": {"keys": [client_key.as_dict(private=False)]},
        "backchannel_logout_uri": f"{BROWSER_SITE}/log-ud/fra/{key}/",
        "backchannel_logout_session_required": True,
    }


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


BROWSER_SITE = f"http://127.0.0.1:{_free_port()}"
PEOPLE: dict[str, dict[str, Any]] = {
    "mette-7f3a": {"groups": [{"organisation": FJORDBY_CVR, "roles": [STAFF_ROLE]}], "name": "Mette fra Fjordby"},
    "jonas-19c2": {"groups": [{"organisation": BOSTOETTE_CVR, "roles": [HELPER_ROLE]}]},
    "otto-55aa": {"groups": [{"organisation": FJORDBY_CVR, "roles": [STAFF_ROLE]}]},
    "karla-0b7d": {"cpr": KARLA_CPR, "name": "Karla H."},
    "nils-3e11": {"cpr": "6901010011"},
    "ukendt-9d9d": {"groups": [{"organisation": FJORDBY_CVR, "roles": [STAFF_ROLE]}]},
}


@pytest.fixture
def providers(real_provider: RealProvider, settings: Any) -> Iterator[tuple[Provider, Provider]]:
    """Samspil as in production as far as log-in goes: no demo, staff and citizens through the real provider."""
    pem = real_provider.client_key.as_pem(private=True).decode()
    shared = {
        "issuer": real_provider.issuer,
        "private_key": pem,
        "levels": KNOWN_LEVELS,
        "acr_values": NSIS + "Substantial",
    }
    staff = Provider(
        key="medarbejder",
        label="Log ind som medarbejder",
        label_en="Log in as staff",
        surface=Surface.STAFF,
        client_id="samspil-medarbejder",
        groups_claim="groups",
        organisation=FJORDBY_CVR,
        roles={STAFF_ROLE: "caseworker", LEADER_ROLE: "team_leader", HELPER_ROLE: "provider_worker"},
        covering={"urn:dk:kombit:KLE": frozenset({"27.*"})},
        **shared,
    )
    citizen = Provider(
        key="mitid",
        label="Log ind med MitID",
        label_en="Log in with MitID",
        surface=Surface.CITIZEN,
        client_id="samspil-mitid",
        cpr_claim="cpr",
        municipality=FJORDBY,
        **shared,
    )
    settings.DEMO_LOGIN = False
    settings.IDENTITY_PROVIDERS = (staff, citizen)
    provider_talk.forget()
    yield staff, citizen
    provider_talk.forget()


@pytest.fixture
def known(cast: Cast, providers: tuple[Provider, Provider]) -> Cast:
    """The cast, with CVR numbers, and with Mette, Jonas and Otto linked to who they are at the provider."""
    from samspil.contexts.access import api as access
    from tests.cast import NOW, TODAY

    access.Organisation.objects.filter(id=cast.fjordby.id).update(cvr=FJORDBY_CVR)
    access.Organisation.objects.filter(id=cast.bostoette.id).update(cvr=BOSTOETTE_CVR)
    nobody = access.system_actor(TODAY)
    for name, subject in {"mette": "mette-7f3a", "jonas": "jonas-19c2", "otto": "otto-55aa"}.items():
        issuer = providers[0].issuer
        identity = access.meet_identity(actor=nobody, at=NOW, issuer=issuer, subject=subject)
        user_id = getattr(cast, name).id
        access.link_identity(actor=nobody, at=NOW, identity_id=identity.id, user_id=user_id, why="by_hand")
    return cast


@dataclass
class Visitor:
    """One browser: our pages through Django's client, the provider's through HTTP."""

    client: Client
    provider: RealProvider
    there: requests.Session

    def depart(self, key: str = "medarbejder", **form: str) -> str:
        page = self.client.post(f"/log-ind/hos/{key}/", form)
        assert page.status_code == 200, page.status_code
        found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.content.decode())
        assert found, page.content.decode()
        return unescape(found[1])

    def back(
        self, key: str = "medarbejder", *, who: str, acr: str = "", form: dict[str, str] | None = None, **said: str
    ) -> str:
        """As far as the address that the provider sends the person back to."""
        target = self.provider.walk(self.there, self.depart(key, **(form or {})), who=who, acr=acr, **said)
        parts = urlsplit(target)
        return f"{parts.path}?{parts.query}"

    def log_in(self, key: str = "medarbejder", *, who: str, **more: Any) -> Any:
        return self.client.get(self.back(key, who=who, **more))


@pytest.fixture
def visitor(real_provider: RealProvider, providers: object) -> Callable[[], Visitor]:
    return lambda: Visitor(Client(), real_provider, requests.Session())


@pytest.fixture
def forger(real_provider: RealProvider) -> Forger:
    return Forger(real_provider.keys)


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Callable[[Forge], None]:
    """Stand between the provider's token endpoint and us."""

    def stand(forge: Forge) -> None:
        real = provider_talk.exchange

        def exchange(*args: Any, **kwargs: Any) -> dict[str, Any]:
            token = real(*args, **kwargs)
            return token | {"id_token": forge(token["id_token"])}

        monkeypatch.setattr(provider_talk, "exchange", exchange)

    return stand
