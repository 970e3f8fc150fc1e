"""The forms of a page as the other tests find them: one for each way to send it."""

import pytest

from tests.posted_forms import forms_of

FIELD = '<input name="text" value="Hej">'
OWN, NAMED = "<button>Gem</button>", '<button name="do" value="save">Gem</button>'
ELSEWHERE = '<button formaction="/tjek/">Tjek</button>'


@pytest.mark.parametrize(
    ("buttons", "addresses"),
    [
        (OWN, ["/gem/"]),
        (ELSEWHERE, ["/tjek/"]),
        (ELSEWHERE + OWN, ["/gem/", "/tjek/"]),
        (OWN + ELSEWHERE, ["/gem/", "/tjek/"]),
        (NAMED + ELSEWHERE, ["/gem/", "/tjek/"]),
        ('<button type="button">Vis</button>' + ELSEWHERE, ["/tjek/"]),
    ],
)
def test_each_button_that_sends_is_met(buttons: str, addresses: list[str]) -> None:
    found = forms_of("/side/", f'<form method="post" action="/gem/">{FIELD}{buttons}</form>')
    assert [form.action for form in found] == addresses
    assert all(form.filled()["text"] == ["Hej"] for form in found)
