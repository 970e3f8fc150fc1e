"""What every form has by its base: a key, a draft for what is written, and no save over somebody else's."""

from urllib.parse import unquote, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from samspil.web.shell.acting import FIELD as FOR
from tests.form_walk import STATES, Fields, Walk, attempt, typed, view_of
from tests.posted_forms import Form, forms_of
from tests.structure.test_writing import EXCEPTIONS
from tests.web.test_every_form import counted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PEOPLE = pytest.mark.parametrize("person", ["mette", "lene", "jonas", "karla", "ida"])
NO_DRAFT = {
    "board:change": "every word is sent to the board as a change of its own, and kept there (web/board)",
    "board:closing": "the fields belong to the board's cards, which the others may change meanwhile",
    "meetings:feedback": "asked a page at a time, and on a shared tablet never kept (test_meeting_pages)",
    "meetings:feedback_by_link": "nobody is logged in whom a draft could belong to",
}


def wrote(form: Form, number: int = 0) -> Fields:
    return typed(form) | {name: [f"Halvt skrevet {number}"] for name in form.texts if name != "cpr"}


def opened_again(client: Client, form: Form) -> tuple[str, Form]:
    html = client.get(form.page).content.decode()
    return html, next(one for one in forms_of(form.page, html) if one.action == form.action and one.draft)


@PEOPLE
def test_every_form_has_its_key_its_draft_and_its_state(walk: Walk, person: str) -> None:
    client, forms = walk(person)
    problems = [f"{view_of(form)}: no key" for form in forms if is_keyed(form) and "form_key" not in form.controls]
    if person == "ida":
        meant = [form for form in forms if is_for_somebody(form)]
        problems += [f"{view_of(form)}: not for whom" for form in meant if FOR not in form.controls]
    bare = EXCEPTIONS.keys() | NO_DRAFT.keys()
    written_in = [form for form in forms if form.texts and view_of(form) not in bare]
    problems += [f"{view_of(form)}: no draft of {form.texts}" for form in written_in if not form.draft]
    for form in (one for one in written_in if one.draft):
        problems += not_brought_back(client, form)
    for form in (one for one in forms if "form_state" in one.controls and view_of(one) not in bare):
        problems += saved_over_others(client, form)
    assert not problems, "\n".join(sorted(set(problems)))
    assert written_in


def is_keyed(form: Form) -> bool:
    return view_of(form) not in EXCEPTIONS


def is_for_somebody(form: Form) -> bool:
    """What needs no capability, as to end one's own log-in, is nobody else's matter."""
    return is_keyed(form) and bool(resolve(unquote(urlsplit(form.action).path)).func.access.capabilities)


def not_brought_back(client: Client, form: Form) -> list[str]:
    """What is lacking when a half-written form is opened again."""
    with transaction.atomic():
        STATES[form.state][1]()
        fields = wrote(form)
        assert client.post(form.draft, fields).status_code == 200
        html, again = opened_again(client, form)
        lost = [name for name in form.texts if name != "cpr" and again.controls[name].value != fields[name][0]]
        transaction.set_rollback(True)
    is_compared = view_of(form) == "notes:write" or "<ins>Halvt skrevet 0</ins>" in html
    return [
        *(f"{view_of(form)}: {name} is gone" for name in lost),
        *([] if "er hentet frem" in html else [f"{view_of(form)}: nothing is said"]),
        *([] if is_compared else [f"{view_of(form)}: no difference"]),
    ]


def saved_over_others(client: Client, form: Form) -> list[str]:
    """What is wrong when a form comes that was opened before somebody else saved, and when it is sent knowingly."""
    before, after = counted(), list[dict[str, int]]()
    fields = wrote(form) | {"form_state": ["as it was before somebody saved"]}
    answer, broken = attempt(client, form, fields, then=lambda _: after.append(counted()))
    if answer is None or answer.status_code != 409:
        return [broken or f"{view_of(form)}: {answer and answer.status_code}"] if not is_wrong(answer) else []
    page = answer.content.decode()
    mine = next(one for one in forms_of(form.action, page) if "form_state" in one.controls)
    again, broken = attempt(client, form, mine.filled())
    return [
        *(f"{view_of(form)}: {name} is gone" for name in form.texts if fields[name][0] not in page),
        *([f"{view_of(form)}: saved"] if after != [before] else []),
        *([broken] if broken else []),
        *([f"{view_of(form)}: cannot be saved"] if again is None or again.status_code != 302 else []),
    ]


def is_wrong(answer: object) -> bool:
    """Shown again with an error at a field; it is compared when it could be saved."""
    return getattr(answer, "status_code", 0) in {200, 422}
