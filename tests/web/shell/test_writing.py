"""The base of every form that writes: its key, its draft, its state."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samspil.contexts.cases.models import Task
from samspil.contexts.notes.api import Draft
from tests.cast import NOW, Cast
from tests.posted_forms import Form, forms_of

pytestmark = pytest.mark.django_db
LATER = NOW.replace(minute=50)


def shown(client: Client, page: str, to: str = "") -> tuple[str, Form, str]:
    """The page, its form that is sent to an address, and where the form's draft is kept."""
    html = client.get(page).content.decode()
    form = next(one for one in forms_of(page, html) if one.action == (to or page))
    opening = next(tag for tag in re.findall(r"<form [^>]*>", html) if f'action="{to}"' in tag and "draft" in tag)
    return html, form, re.search(r'data-samspil-draft="([^"]+)"', opening)[1]  # type: ignore[index]


def keep(client: Client, form: Form, kept_at: str, **typed: Any) -> None:
    fields = form.filled() | {name: [value] for name, value in typed.items()}
    assert client.post(kept_at, fields).status_code == 200


class TestDraft:
    def test_a_task_half_written_comes_back_with_its_age_and_what_is_other(self, client_for: Any, cast: Cast) -> None:
        mette, page = client_for("mette"), reverse("authority:case", args=[cast.case_id])
        add = reverse("authority:add_task", args=[cast.case_id])
        _, form, kept_at = shown(mette, page, add)
        keep(mette, form, kept_at, text="Ring til hjemmeplejen")
        with time_machine.travel(LATER, tick=False):
            html, form, _ = shown(mette, page, add)
        assert "Din kladde fra i dag kl. 09.30 er hentet frem." in html
        assert form.controls["text"].value == "Ring til hjemmeplejen"
        assert "<ins>Ring til hjemmeplejen</ins>" in html
        mette.post(add, form.filled() | {"due_on": "1.12.2026"})
        assert Task.objects.filter(text="Ring til hjemmeplejen").exists()
        assert not Draft.objects.exists()
        assert "er hentet frem" not in shown(mette, page, add)[0]
