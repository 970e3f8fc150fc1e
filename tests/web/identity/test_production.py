"""In production nobody comes in but through a provider: Samspil refuses to start otherwise, and says why."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError

from samspil.config.preparation import refuse_unsafe_production
from samspil.web.identity import checks
from samspil.web.identity.configuration import providers_from_file
from tests.web.identity.test_configuration import CITIZEN, STAFF, written

__all__ = ["written"]
KEY = "k" * 64


def start(*command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    own = {name: value for name, value in os.environ.items() if not name.startswith("SAMSPIL")}
    settings = {"DJANGO_SETTINGS_MODULE": "samspil.config.settings", "SAMSPIL_HOSTS": "samspil.example"}
    keys = {"SAMSPIL_SECRET_KEY": KEY, "SAMSPIL_CPR_KEY": KEY[::-1]}
    return subprocess.run(
        [sys.executable, *command],
        env=own | settings | keys | {"SAMSPIL_MODE": "production"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def check(**environment: str) -> "subprocess.CompletedProcess[str]":
    return start("-m", "django", "check", **environment)


@pytest.mark.slow
def test_production_with_providers_is_fit_to_start(written: Any) -> None:
    """The control: what is refused below is refused for its fault."""
    done = check(SAMSPIL_IDENTITY=written(STAFF + CITIZEN))
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_production_without_providers_is_refused() -> None:
    done = check()
    assert done.returncode == 1
    assert "Ingen kan logge ind: sæt SAMSPIL_IDENTITY" in done.stderr


@pytest.mark.slow
def test_production_with_a_faulty_file_is_refused(written: Any) -> None:
    done = check(SAMSPIL_IDENTITY=written(STAFF.replace("https://", "http://")))
    assert done.returncode == 1
    assert "issuer skal begynde med https://" in done.stderr


@pytest.mark.slow
def test_production_with_demo_log_in_is_refused(written: Any) -> None:
    done = check(SAMSPIL_IDENTITY=written(STAFF), SAMSPIL_DEMO_LOGIN="1")
    assert done.returncode == 1
    assert "Demo-log-in findes kun i demo" in done.stderr


@pytest.mark.slow
def test_a_key_made_here_is_a_key_and_another_file_is_not(written: Any, tmp_path: Path, settings: Any) -> None:
    path = written(STAFF.replace("key.pem", "made.pem"))
    made = start("-m", "django", "login_key", str(tmp_path / "made.pem"))
    assert '"n":' in made.stdout
    assert '"d":' not in made.stdout
    assert (tmp_path / "made.pem").stat().st_mode & 0o077 == 0
    settings.IDENTITY_PROVIDERS = providers_from_file(path)
    assert checks.keys_are_keys(None) == []
    assert start("-m", "django", "login_key", str(tmp_path / "made.pem")).returncode == 1
    (tmp_path / "made.pem").write_text("ingen nøgle")
    settings.IDENTITY_PROVIDERS = providers_from_file(path)
    assert "er ingen privat nøgle" in str(checks.keys_are_keys(None)[0].msg)


@pytest.mark.parametrize("role", ["king", "citizen"])
def test_a_table_with_a_role_that_staff_cannot_have_is_refused(role: str, written: Any, settings: Any) -> None:
    settings.IDENTITY_PROVIDERS = providers_from_file(written(STAFF))
    assert checks.roles_are_roles(None) == []
    settings.IDENTITY_PROVIDERS = providers_from_file(written(STAFF.replace("caseworker", role)))
    assert f"medarbejder: {role} er ingen rolle" in str(checks.roles_are_roles(None)[0].msg)


@pytest.mark.slow
def test_the_cookies_of_production_belong_to_this_host_alone(written: Any) -> None:
    code = (
        "import django; django.setup(); from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LOGIN_STATE_COOKIE, s.LANGUAGE_COOKIE_NAME); "
        "print(s.SESSION_COOKIE_SAMESITE, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY); "
        "print(s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH)"
    )
    names, kept, where = start("-c", code, SAMSPIL_IDENTITY=written(STAFF)).stdout.splitlines()
    assert names == "__Host-samspil __Host-csrf __Host-samspil_login __Host-samspil_language"
    assert kept == "Lax True True"
    assert where == "None /"


@pytest.mark.slow
def test_the_server_itself_refuses(written: Any, tmp_path: Path) -> None:
    """Also where somebody starts it with another server than ours."""
    code = (
        "import samspil.config.postgres.roles as r; r.assert_unprivileged_role = lambda database: None; "
        "import samspil.config.postgres.durability as d; d.assert_durable = lambda database: None; "
        "import samspil.config.wsgi"
    )
    done = start("-c", code)
    assert done.returncode == 1
    assert "Ingen kan logge ind" in done.stderr
    assert start("-c", code, SAMSPIL_IDENTITY=written(STAFF)).returncode == 0


def test_each_way_in_is_refused_by_name(settings: Any) -> None:
    settings.MODE = "production"
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    settings.DEBUG = True
    found = {fault.id for fault in checks.only_providers_let_people_in(None)}
    assert found == {f"samspil.E00{number}" for number in range(1, 8) if number != 6}
    with pytest.raises(CommandError, match="Log-in med adgangskode findes ikke i drift"):
        refuse_unsafe_production()


@pytest.mark.django_db
def test_no_password_lets_anybody_in(cast: Any) -> None:
    cast.mette.set_password("hemmeligt")
    cast.mette.save()
    with pytest.raises(ImproperlyConfigured, match="No authentication backends"):
        authenticate(username="mette", password="hemmeligt")


@pytest.mark.slow
def test_the_gallery_is_for_those_who_build_samspil(written: Any) -> None:
    ask = "import django; django.setup(); from django.urls import resolve; resolve('/udvikler/komponenter/')"
    done = start("-c", ask, SAMSPIL_IDENTITY=written(STAFF + CITIZEN))
    assert "Resolver404" in done.stderr
    assert start("-c", ask, SAMSPIL_MODE="demo").returncode == 0
