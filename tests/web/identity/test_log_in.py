"""Logging in through a real provider: staff and citizens, the page that was wanted, and log-out."""

from collections.abc import Callable

import pytest

from samspil.contexts.access.api import Event
from tests.cast import Cast
from tests.web.identity.conftest import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.real_time]


def test_a_caseworker_logs_in_and_lands_on_the_page_that_was_wanted(
    visitor: Callable[[], Visitor], known: Cast
) -> None:
    mette = visitor()
    assert mette.client.get("/myndighed/min-dag/").url == "/log-ind/?next=%2Fmyndighed%2Fmin-dag%2F"
    back = mette.log_in(who="mette-7f3a", form={"next": "/myndighed/min-dag/"})
    assert (back.status_code, back.url) == (302, "/myndighed/min-dag/")
    page = mette.client.get("/myndighed/min-dag/")
    assert page.status_code == 200
    assert "Mette Bjerre" in page.content.decode()
    assert Event.objects.get(kind="login.opened").user_id == known.mette.id
