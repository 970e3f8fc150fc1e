import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samspil.contexts.access.api import Organisation, Role, RoleAssignment, Unit, User
from samspil.contexts.catalogue.api import load_code_systems
from tests.cast import NOW, Cast

EXAMPLE = Path(__file__).parent / "data" / "ffb-order-example.json"


@pytest.fixture
def lillested(cast: Cast) -> Organisation:
    """The provider that the example is addressed to, with one team and Sanne who works there."""
    load_code_systems(at=NOW)
    home = Organisation.objects.create(kind="private", name="Bostedet Lillested")
    team = Unit.objects.create(organisation=home, kind="provider_team", name="Afdeling Q")
    sanne = User.objects.create(username="sanne", name="Sanne Vik", title="Pædagog", password="!")
    RoleAssignment.objects.create(
        user=sanne, role=Role.PROVIDER_WORKER, organisation=home, unit=team, runs=("2024-01-01", None)
    )
    return home


@pytest.fixture
def example() -> bytes:
    return EXAMPLE.read_bytes()


@pytest.fixture
def changed(example: bytes) -> Callable[[Callable[[dict[str, Any]], None]], bytes]:
    """The example with a change: `changed(lambda bundle: bundle.pop("id"))`."""

    def change(alter: Callable[[dict[str, Any]], None]) -> bytes:
        bundle = copy.deepcopy(json.loads(example))
        alter(bundle)
        return json.dumps(bundle).encode()

    return change


def resource(bundle: dict[str, Any], kind: str, number: int = 0) -> dict[str, Any]:
    found = [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]
    return found[number]
