"""The base of every form that writes: its key, its draft, its state."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from samspil.contexts.access import api as access
from samspil.contexts.access.models import Receipt
from samspil.contexts.cases.models import Task
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import Draft
from samspil.kernel import clock
from samspil.kernel.ids import new_id
from samspil.web.authority.forms_cases import TaskForm
from samspil.web.shell.drafting import place_key
from samspil.web.shell.writing import form_for
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


def task_form(cast: Cast) -> tuple[str, str]:
    """The page with the form, and where it is sent."""
    return tuple(reverse(f"authority:{name}", args=[cast.case_id]) for name in ("case", "add_task"))  # type: ignore[return-value]


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

    def test_thrown_away_and_fetched_back(self, client_for: Any, cast: Cast) -> None:
        mette, page, add = client_for("mette"), *task_form(cast)
        _, form, kept_at = shown(mette, page, add)
        keep(mette, form, kept_at, text="Ring til hjemmeplejen")
        mette.post(f"{kept_at}smid-vaek/", {"next": page})
        html, form, _ = shown(mette, page, add)
        assert "Kladden er smidt væk." in html
        assert form.controls["text"].value == ""
        mette.post(f"{kept_at}hent/", {"next": page})
        assert shown(mette, page, add)[1].controls["text"].value == "Ring til hjemmeplejen"

    def test_what_is_typed_and_taken_away_again_is_no_draft(self, client_for: Any, cast: Cast) -> None:
        mette, page, add = client_for("mette"), *task_form(cast)
        _, form, kept_at = shown(mette, page, add)
        keep(mette, form, kept_at)
        assert "er hentet frem" not in shown(mette, page, add)[0]

    def test_it_is_nobody_elses(self, client_for: Any, cast: Cast) -> None:
        mette, page, add = client_for("mette"), *task_form(cast)
        _, form, kept_at = shown(mette, page, add)
        keep(mette, form, kept_at, text="Ring til hjemmeplejen")
        lene = client_for("lene")
        assert "Ring til hjemmeplejen" not in shown(lene, page, add)[0]
        lene.post(f"{kept_at}smid-vaek/", {"next": page})
        assert Draft.objects.get().dropped_at is None

    def test_a_relative_has_one_for_each_citizen(self, cast: Cast) -> None:
        ida = cast.actor("ida")
        other = replace(ida, citizen_id=new_id())
        assert place_key(ida, "/min/plan/aendr/") != place_key(other, "/min/plan/aendr/")

    def test_a_cpr_number_is_never_kept(self, client_for: Any, cast: Cast) -> None:
        lene, page = client_for("lene"), reverse("authority:new_referral")
        _, form, kept_at = shown(lene, page)
        keep(lene, form, kept_at, cpr="010180-1234", first_name="Signe")
        assert "cpr" not in Draft.objects.get().fields
        assert "010180" not in str(Draft.objects.get().fields)
        assert shown(lene, page)[1].controls["first_name"].value == "Signe"

    def test_after_fourteen_days_it_is_not_shown_and_then_deleted(self, client_for: Any, cast: Cast) -> None:
        mette, page, add = client_for("mette"), *task_form(cast)
        _, form, kept_at = shown(mette, page, add)
        with time_machine.travel(NOW - dt.timedelta(days=15), tick=False):
            notes.save_draft(
                actor=cast.actor("mette"), at=clock.now(), key=kept_at.split("/")[2], fields={"text": "Gammelt"}
            )
        assert "Gammelt" not in shown(mette, page, add)[0]
        keep(client_for("lene"), form, shown(client_for("lene"), page, add)[2], text="Nyt")
        access.claim(actor=None, at=NOW - dt.timedelta(days=31), key=new_id())
        call_command("forget")
        assert [draft.fields["text"] for draft in Draft.objects.all()] == ["Nyt"]
        assert not Receipt.objects.exists()

    def test_what_is_kept_late_does_not_come_back_as_unsent(self, client_for: Any, cast: Cast) -> None:
        """A save of the draft that was under way when the form was sent."""
        mette, page, add = client_for("mette"), *task_form(cast)
        _, form, kept_at = shown(mette, page, add)
        fields = form.filled() | {"text": ["Ring til hjemmeplejen"], "due_on": ["1.12.2026"]}
        assert mette.post(add, fields).status_code == 302
        assert mette.post(kept_at, fields | {"sent_to": [add]}).status_code == 200
        assert not Draft.objects.exists()
        mette.post(kept_at, fields | {"sent_to": [add], "form_key": [str(new_id())]})  # the control: another form
        assert Draft.objects.exists()


class TestState:
    def test_a_draft_from_before_somebody_saved_says_so_and_meets_the_other_text(
        self, client_for: Any, cast: Cast
    ) -> None:
        goals.set_purpose(actor=cast.actor("lene"), at=NOW, case_id=cast.case_id, citizen_words="Jeg vil til koret.")
        mette, page = client_for("mette"), reverse("authority:purpose", args=[cast.case_id])
        _, form, kept_at = shown(mette, page)
        keep(mette, form, kept_at, wording="Mettes ord")
        goals.set_purpose(
            actor=cast.actor("lene"),
            at=NOW,
            case_id=cast.case_id,
            citizen_words="Jeg vil til koret.",
            wording="Lenes ord",
        )
        html, form, _ = shown(mette, page)
        assert "En anden har gemt siden." in html
        answer = mette.post(page, form.filled())
        assert answer.status_code == 409
        both = answer.content.decode()
        assert "Lenes ord" in both
        assert "Mettes ord" in both
        mine = next(one for one in forms_of(page, both) if one.action == page)
        together = mine.filled() | {"wording": ["Lenes og Mettes ord"]}
        assert mette.post(page, together).status_code == 302
        purpose = goals.goals_for(cast.actor("mette"), cast.case_id).purpose
        assert purpose is not None
        assert purpose.wording == "Lenes og Mettes ord"

    def test_to_keep_what_stands_is_to_throw_ones_own_away(self, client_for: Any, cast: Cast) -> None:
        mette, page = client_for("mette"), reverse("authority:purpose", args=[cast.case_id])
        _, form, kept_at = shown(mette, page)
        keep(mette, form, kept_at, citizen_words="Mine")
        sent = form.filled() | {"citizen_words": ["Mine"], "form_state": ["0"]}
        both = mette.post(page, sent).content.decode()
        theirs = next(one for one in forms_of(page, both) if one.action.endswith("smid-vaek/"))
        assert mette.post(theirs.action, theirs.filled())["Location"] == page
        assert Draft.objects.get().dropped_at is not None

    def test_a_form_with_an_error_is_still_as_old_as_it_was(self, client_for: Any, cast: Cast) -> None:
        mette, page = client_for("mette"), reverse("authority:purpose", args=[cast.case_id])
        _, form, _ = shown(mette, page)
        wrong = form.filled() | {"citizen_words": [""], "form_state": ["old"]}
        again = next(one for one in forms_of(page, mette.post(page, wrong).content.decode()) if one.action == page)
        assert again.controls["form_state"].value == "old"

    def test_a_form_that_changes_something_must_take_turns(self, rf: Any, cast: Cast) -> None:
        request = rf.post("/", {"text": "x"})
        request.actor = cast.actor("mette")
        with pytest.raises(ValueError, match="of="):
            form_for(request, TaskForm, people=(), changes=True)


class TestLogIn:
    def test_after_the_log_in_the_same_form_opens_with_its_text(self, client_for: Any, cast: Cast) -> None:
        mette, page, add = client_for("mette"), *task_form(cast)
        _, form, _ = shown(mette, page, add)
        fields = form.filled() | {"text": ["Ring til hjemmeplejen"]}
        stranger = Client()
        parked = stranger.post(add, fields, headers={"referer": f"http://testserver{page}"})
        assert parked.status_code == 401
        kept = next(one for one in forms_of(add, parked.content.decode()) if "parked" in one.controls)
        back = stranger.post(
            reverse("identity:login"), {"person": str(cast.mette.id), "parked": kept.controls["parked"].value}
        ).content.decode()
        assert f'href="{page}"' in back
        html, form, _ = shown(stranger, page, add)
        assert "er hentet frem" in html
        assert form.controls["text"].value == "Ring til hjemmeplejen"
