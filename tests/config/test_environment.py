"""What the environment's words become."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from samspil.config.environment import data_directory, database_from_url


def test_a_socket_and_a_name_for_the_test_database() -> None:
    database = database_from_url("postgresql://samspil:hemmelig@/samspil?host=/run/x&test=prøve")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("/run/x", "", "samspil")
    assert (database["USER"], database["PASSWORD"], database["TEST"]["NAME"]) == ("samspil", "hemmelig", "prøve")
    assert set(database["OPTIONS"]) == {"pool", "prepare_threshold", "server_side_binding"}


def test_a_server_with_a_verified_certificate_and_odd_signs_in_the_password() -> None:
    database = database_from_url(
        "postgres://samspil:a%40b%2Fc@db.example:5433/sager?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    )
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == ("db.example", "5433", "a@b/c")
    assert database["OPTIONS"].items() >= {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}.items()


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite:///file.db", "samspil"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="Samspil bruger kun PostgreSQL"):
        database_from_url(url)


def test_data_lies_in_var_where_the_command_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SAMSPIL_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    assert data_directory() == tmp_path / "var"
    monkeypatch.setenv("SAMSPIL_DATA", "/srv/samspil")
    assert data_directory() == Path("/srv/samspil")


def settings_of(**environment: str) -> subprocess.CompletedProcess[str]:
    """What happens when the settings are read in an environment of nothing but these."""
    reads = "from samspil.config import settings; print(settings.DEMO_LOGIN)"
    keys = {"SAMSPIL_SECRET_KEY": "s" * 60, "SAMSPIL_CPR_KEY": "c" * 60, "SAMSPIL_HOSTS": "samspil.example"}
    return subprocess.run([sys.executable, "-c", reads], env=keys | environment, capture_output=True, text=True)


def test_production_refuses_to_log_people_in_by_picking_them() -> None:
    refused = settings_of(SAMSPIL_MODE="production", SAMSPIL_DEMO_LOGIN="1")
    assert refused.returncode != 0
    assert "Demo-log-in findes kun i demo" in refused.stderr
    assert settings_of(SAMSPIL_MODE="production").stdout == "False\n"
    assert settings_of().stdout == "False\n"
    assert settings_of(SAMSPIL_MODE="demo").stdout == "True\n"
