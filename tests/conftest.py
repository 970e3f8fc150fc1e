"""Fixtures and guards for every test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection, models
from django.http import HttpRequest
from django.template.base import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from samspil.contexts.catalogue.queries import code_lists, law
from samspil.kernel import scope
from samspil.web.shell import logins
from tests.cast import NOW, Cast, build_cast

pytest_plugins = ["tests.browser_setup", "tests.form_walk", "tests.meetings_cast", "tests.web.board.device"]
scope.stay(scope.SYSTEM)  # who sets a test up sees everything; a request steps behind its actor's wall by itself


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The battery at full size takes hours: it runs when it is asked for by name, and never else.

    What logs in at the real identity provider is marked, so that a machine without Node.js can say what it leaves out;
    and what walks every page, so that it need not be walked on a second database.
    """
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "real_provider" in fixtures:
            item.add_marker(pytest.mark.provider)
        if "everything" in fixtures:
            item.add_marker(pytest.mark.walk)
    if "battery" in config.option.markexpr:
        return
    full = [item for item in items if item.get_closest_marker("battery")]
    config.hook.pytest_deselected(items=full)
    items[:] = [item for item in items if item not in full]


@pytest.fixture(autouse=True)
def frozen_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """Time stands still on a Tuesday morning, unless the test drives a browser or is marked `real_time`."""
    if request.node.get_closest_marker("browser") or request.node.get_closest_marker("real_time"):
        yield
        return
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def danish() -> Iterator[None]:
    """A page read in English must not leave its language to the next test."""
    with translation.override("da"):
        yield


@pytest.fixture(autouse=True)
def templates_get_no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page gets frozen read models; a model instance or queryset in its context is a mistake."""
    render = Template.render

    def checked(self: Template, context: Any) -> Any:
        for layer in context.dicts:
            for name, value in layer.items():
                if isinstance(value, models.Model | models.QuerySet):
                    raise AssertionError(f"{self.name}: {name} is a {type(value).__name__}")
        return render(self, context)

    monkeypatch.setattr(Template, "render", checked)


@pytest.fixture(autouse=True)
def lists_of_this_test() -> None:
    """Which version of a code list holds is kept for a minute; each test has a database of its own."""
    code_lists._version_at.cache_clear()
    law.forget()


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


@pytest.fixture
def client_for(cast: Cast) -> Callable[[str], Client]:
    """A client that is logged in as one of the cast: `client_for("mette")`."""

    def log_in(name: str) -> Client:
        client = Client()
        request = HttpRequest()
        request.session = client.session
        logins.begin(request, getattr(cast, name))
        request.session.save()
        client.cookies["sessionid"] = request.session.session_key or ""
        return client

    return log_in


@pytest.fixture
def count_queries() -> Callable[[Callable[[], object]], int]:
    """How many statements a call sends: `count_queries(lambda: client.get(url))`."""

    def count(call: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count
