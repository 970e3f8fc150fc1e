"""The drawn page: for four kinds of readers, and nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry
from tests.cast import Cast


@pytest.mark.parametrize("who", ["mette", "jonas", "karla", "ida", "lene"])
def test_those_with_a_part_in_the_case_see_the_way(cast: Cast, client_for: Callable[[str], Client], who: str) -> None:
    response = client_for(who).get(reverse("process:picture", args=[cast.case_id]))
    page = response.content.decode()
    assert response.status_code == 200
    assert "<svg" in page
    assert "Her er vi nu, siden" in page
    assert 'aria-current="step"' in page
    assert "style=" not in page
    look = AccessLogEntry.objects.get()
    assert (look.what, look.citizen_id, look.user_name) == ("process", cast.citizen_id, getattr(cast, who).name)


@pytest.mark.parametrize("who", ["otto", "otto_provider", "vita", "uffe"])
def test_strangers_find_nothing(cast: Cast, client_for: Callable[[str], Client], who: str) -> None:
    assert client_for(who).get(reverse("process:picture", args=[cast.case_id])).status_code == 404
    assert not AccessLogEntry.objects.exists()
