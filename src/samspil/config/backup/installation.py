"""What is saved: where the database answers and to whom, where the files lie, which keys are in use."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from samspil.config.environment import data_directory, database_from_url, mode_from_environment, secret
from samspil.config.postgres import Cluster
from samspil.config.postgres.clients import libpq_parameters

BACKUP_KEY = "SAMSPIL_BACKUP_KEY"


@dataclass(frozen=True, slots=True)
class Installation:
    """`administrator` is libpq's parameters for the application's database, with another role."""

    administrator: Mapping[str, str]
    data: Path
    keys: Mapping[str, str]

    @property
    def files(self) -> Path:
        return self.data / "files"

    @property
    def keys_file(self) -> Path:
        return self.data / "keys.env"

    @property
    def database(self) -> str:
        return self.administrator["dbname"]


@contextmanager
def this_installation() -> Iterator[Installation]:
    """The one the environment describes, its database up for as long as the block lasts."""
    data = data_directory()
    if url := os.environ.get("DATABASE_URL"):
        administrator = _parameters(os.environ.get("SAMSPIL_ADMIN_URL") or url)
        yield Installation(administrator | {"dbname": _parameters(url)["dbname"]}, data, keys())
        return
    cluster = Cluster(data)
    with cluster.borrowed():
        yield Installation(_parameters(cluster.administrator_url()), data, keys())


def keys() -> dict[str, str]:
    """Every key in the environment but the one that locks the set."""
    return {name: value for name, value in sorted(os.environ.items()) if _is_key(name) and value}


def refuse_missing_keys() -> None:
    """A copy without the keys is a copy in which nobody can read a CPR number. Raises ImproperlyConfigured."""
    mode = mode_from_environment()
    for name in ("SAMSPIL_SECRET_KEY", "SAMSPIL_CPR_KEY"):
        secret(name, mode=mode)


def _parameters(url: str) -> dict[str, str]:
    return libpq_parameters(database_from_url(url))


def _is_key(name: str) -> bool:
    return name.startswith("SAMSPIL_") and name != BACKUP_KEY and ("KEY" in name or "SECRET" in name)
