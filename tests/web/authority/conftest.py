"""Karla with a real CPR number, and ways to send a form as a person would."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens import vault
from samspil.kernel import cpr as cprs
from samspil.kernel.ids import new_id
from tests.cast import NOW, Cast

KARLAS = cprs.fictitious(dt.date(1979, 4, 3), 3)


@pytest.fixture
def karla_has_a_number(cast: Cast) -> str:
    citizens.Citizen.objects.filter(id=cast.citizen_id).update(
        cpr_sealed=vault.seal(KARLAS, row_id=cast.citizen_id), cpr_index=vault.index(KARLAS)
    )
    return KARLAS


@dataclass(frozen=True, slots=True)
class Browser:
    """Sends forms with the key that makes them count once."""

    client: Client

    def page(self, url: str, *, status: int = 200) -> str:
        response = self.client.get(url)
        assert response.status_code == status, (response.status_code, url)
        return response.content.decode()

    def send(self, url: str, key: UUID | None = None, **fields: object) -> HttpResponse:
        return self.client.post(url, {"form_key": str(key or new_id()), **fields})  # type: ignore[return-value]


@pytest.fixture
def browser_of(client_for: Callable[[str], Client]) -> Callable[[str], Browser]:
    return lambda name: Browser(client_for(name))


@pytest.fixture
def more_cases(cast: Cast) -> Callable[..., list[UUID]]:
    """Write down citizens by name with a case in the north, which Mette coordinates."""

    def write(*names: str, **changes: object) -> list[UUID]:
        mette, made = cast.actor("lene"), []
        for name in names:
            first, last = name.split()
            cpr = cprs.fictitious(dt.date(1950, 1, 1), citizens.Citizen.objects.count())
            citizen_id = citizens.add_citizen(
                actor=mette, at=NOW, first_name=first, last_name=last, cpr=cpr, district_id=cast.north.id
            )
            given = {"area": "elder_care", "coordinator_id": cast.mette.id, "district_id": cast.north.id}
            made.append(cases.start_case(actor=mette, at=NOW, citizen_id=citizen_id, **(given | changes)))
        return made

    return write


def words(page: str) -> str:
    """What a page says, without tags and with single spaces."""
    body = re.sub(r"<(script|style).*?</\1>", " ", page.partition("<main")[2], flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", body)
    for entity, sign in (("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return " ".join(text.split())
