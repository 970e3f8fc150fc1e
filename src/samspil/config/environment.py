"""Typed readers of the environment."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from samspil.config.connection import Connection


class Mode(StrEnum):
    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


def mode_from_environment() -> Mode:
    """Production unless something says otherwise, so that a forgotten variable never opens the demo log-in."""
    value = os.environ.get("SAMSPIL_MODE", Mode.PRODUCTION)
    try:
        return Mode(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"SAMSPIL_MODE er {value!r}. Brug demo, test eller production.") from error


def demo_unless_told_otherwise() -> None:
    """With neither a mode, a key nor a database given, the only database there can be is the demo's own."""
    if not {"SAMSPIL_MODE", "SAMSPIL_SECRET_KEY", "DATABASE_URL"} & os.environ.keys():
        os.environ["SAMSPIL_MODE"] = Mode.DEMO


def secret(name: str, *, mode: Mode) -> str:
    value = os.environ.get(name, "")
    if value:
        return value
    if mode is Mode.PRODUCTION:
        raise ImproperlyConfigured(f"{name} mangler. Sæt den til mindst 50 tilfældige tegn.")
    return f"kun-til-{mode}-{name.lower()}-ikke-hemmelig-og-aldrig-i-drift"


def data_directory() -> Path:
    """Where this installation keeps its own files; `var` where the command was given, unless said otherwise."""
    return Path(os.environ.get("SAMSPIL_DATA") or "var").resolve()


def database_from_url(url: str) -> dict[str, Any]:
    """Django's database dictionary from postgresql://user:password@host:port/name; a socket goes in ?host=/path.

    What else stands after the question mark (sslmode, sslrootcert …) is handed to libpq.
    """
    parts = urlsplit(url or "postgresql:///samspil")
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL skal begynde med postgresql://. Samspil bruger kun PostgreSQL.")
    query = dict(parse_qsl(parts.query))
    own = {"host", "port", "test"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "samspil",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or query.get("port") or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            **{key: value for key, value in query.items() if key not in own},
            # A statement that comes again is parsed once a connection, and planned once when any plan will do.
            "server_side_binding": True,
            "prepare_threshold": 3,
            "pool": {
                "connection_class": Connection,
                "min_size": 1,
                "max_size": int(os.environ.get("SAMSPIL_POOL", "8")),
                "timeout": 10,
                # Else each failure doubles the wait before the next: after minutes without a database, minutes.
                "reconnect_timeout": 2,
            },
        },
        "TEST": {"NAME": query.get("test") or None},
    }
