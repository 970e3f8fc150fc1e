from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client

from samspil.kernel.ids import new_id
from tests.cast import Cast
from tests.decisions_world import World, build_world


@dataclass(frozen=True, slots=True)
class Browser:
    """Sends forms with the key that makes them count once."""

    client: Client

    def page(self, url: str, *, status: int = 200) -> str:
        response = self.client.get(url)
        assert response.status_code == status, (response.status_code, url)
        return response.content.decode()

    def send(self, url: str, *, status: int = 302, **fields: object) -> HttpResponse:
        sent = {name.replace("__", "-"): value for name, value in fields.items()}
        response = self.client.post(url, {"form_key": str(new_id()), **sent})
        assert response.status_code == status, (response.status_code, url, response.content.decode()[-3000:])
        return response  # type: ignore[return-value]


@pytest.fixture
def world(cast: Cast) -> World:
    return build_world(cast)


@pytest.fixture
def browser_of(client_for: Callable[[str], Client]) -> Callable[[str], Browser]:
    return lambda name: Browser(client_for(name))
