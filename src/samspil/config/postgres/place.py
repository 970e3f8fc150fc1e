"""Where a cluster lives on disk, and whose it is."""

import secrets
from pathlib import Path

from samspil.config.postgres.account import Account
from samspil.config.postgres.errors import PostgresError

ELSEWHERE = Path("/var/lib/samspil")
CHOOSE = "Vælg et andet sted med SAMSPIL_DATA."


def place_and_account(data: Path, name: str, *, elsewhere: Path = ELSEWHERE) -> tuple[Path, Account]:
    """The cluster's folder and the account it belongs to; a new folder when there is none yet.

    It is `data/name`, unless root asks and the account root steps down to cannot reach that place (root's own
    home, say). Then it is a new folder below `elsewhere`, and `data/name.location` remembers which. Rights of
    folders that were there before are never touched.
    """
    preferred = data / name
    pointer = data / f"{name}.location"
    home = Path(pointer.read_text().strip()) if pointer.is_file() else preferred
    try:
        owner = (home / "data").stat().st_uid
    except FileNotFoundError:
        return _new(home, pointer, elsewhere=elsewhere)
    except PermissionError as error:
        raise PostgresError(f"Du har ikke adgang til databasen i {home}.") from error
    account = Account.owning(owner)
    if not account.steps_down and account != Account.default():
        raise PostgresError(
            f"Databasen i {home} tilhører brugeren {account.name}. Kør som {account.name} eller root. {CHOOSE}"
        )
    return home, account


def _new(home: Path, pointer: Path, *, elsewhere: Path) -> tuple[Path, Account]:
    account = Account.default()
    try:
        _make(home)
        if account.may_enter(home):
            return home, account
        if pointer.is_file():
            raise PostgresError(f"{account.name} har ikke adgang til {home}, som {pointer} peger på.")
        home.rmdir()
        if not elsewhere.exists():
            _make(elsewhere)
        home = elsewhere / f"{pointer.parent.parent.name}-{secrets.token_hex(4)}"
        _make(home)
        if not account.may_enter(home):
            raise PostgresError(f"{account.name} har ikke adgang til {home}. {CHOOSE}")
        pointer.write_text(f"{home}\n")
    except OSError as error:
        raise PostgresError(f"Kan ikke lave en mappe til databasen: {error}. {CHOOSE}") from error
    return home, account


def _make(folder: Path) -> None:
    """A folder of our own; its rights are set whatever the caller's umask is."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755 if Account.default().steps_down else 0o700)
