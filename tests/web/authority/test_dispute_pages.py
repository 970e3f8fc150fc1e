"""Konflikter on the case's pages, on Min dag, and in the citizen's room."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from samspil.contexts.cases.models import Case
from samspil.contexts.disputes.models import Dispute
from samspil.kernel.ids import new_id
from tests.cast import TODAY
from tests.posted_forms import forms_of

pytestmark = pytest.mark.django_db
NOTED = {"between": "Karlas søster og bostøtten", "about": "Hvor meget Karla skal øve sig.", "is_shown": "on"}
PLANNED = {
    "talks_name": "Mette Bjerre",
    "talks_with": "Karla og Ida",
    "talk_on": "i morgen",
    "approach": "Karla siger først, hvad hun vil.",
    "follow_up_on": "om en uge",
    "is_shown": "on",
}


@pytest.fixture
def mette(client_for: Any) -> Any:
    return client_for("mette")


def send(client: Any, name: str, key: Any, fields: dict[str, str]) -> Any:
    address = reverse(f"authority:{name}", args=[key])
    shown = client.get(address)
    (form,) = [one for one in forms_of(address, shown.content.decode()) if one.action == address]
    return client.post(address, form.filled() | fields | {"form_key": str(new_id())})


def noted(client: Any, cast: Any, **changes: str) -> Any:
    answer = send(client, "disputes", cast.case_id, NOTED | changes)
    assert answer.status_code == 302
    return Dispute.objects.get().id


def text(client: Any, name: str, *args: Any) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_noted_planned_followed_and_settled(cast, mette, client_for):
    assert "Er der en konflikt?" in text(mette, "authority:case", cast.case_id)
    dispute = noted(mette, cast)
    assert "Karlas søster og bostøtten" in text(mette, "authority:case", cast.case_id)
    assert "Der mangler en plan" in text(mette, "authority:my_day")
    assert "Vi er ved at lave en plan" in text(client_for("karla"), "citizen:agreements")

    assert send(mette, "dispute_plan", dispute, PLANNED).url == reverse("authority:dispute", args=[dispute])
    page = text(mette, "authority:dispute", dispute)
    assert "Mette Bjerre taler med Karla og Ida" in " ".join(page.split())
    assert "Karlas søster og bostøtten" not in text(mette, "authority:my_day")
    seen = text(client_for("karla"), "citizen:agreements")
    assert "Når vi er uenige" in seen
    assert "Karla siger først, hvad hun vil." in seen

    assert send(mette, "dispute_follow_up", dispute, {"words": "Ida var vred.", "follow_up_on": "i dag"}).url
    assert "Karlas søster og bostøtten" in text(mette, "authority:my_day")
    assert "Ida var vred." in text(mette, "authority:dispute", dispute)
    assert "Ida var vred." not in text(client_for("karla"), "citizen:agreements")

    assert send(mette, "dispute_settle", dispute, {"words": "De øver sig sammen."}).url
    assert "De øver sig sammen." in text(mette, "authority:dispute", dispute)
    assert "Når vi er uenige" not in text(client_for("karla"), "citizen:agreements")
    assert "Karlas søster og bostøtten" not in text(mette, "authority:case", cast.case_id)
    assert "Løst" in text(mette, "authority:disputes", cast.case_id)
    assert "Konflikten blev løst" in text(mette, "authority:timeline", cast.case_id)
    for name in ("dispute_plan", "dispute_follow_up", "dispute_settle"):
        gone = mette.get(reverse(f"authority:{name}", args=[dispute]))
        assert gone.url == reverse("authority:dispute", args=[dispute])


def test_what_is_kept_back_is_not_in_the_citizens_room(cast, mette, client_for):
    address = reverse("authority:disputes", args=[cast.case_id])
    mette.post(address, {**NOTED, "is_shown": "", "form_key": str(new_id())})
    assert not Dispute.objects.get().is_shown_to_citizen
    assert "Hvor meget Karla skal øve sig." not in text(client_for("karla"), "citizen:agreements")
    assert "Borgeren kan ikke se det." in text(mette, "authority:dispute", Dispute.objects.get().id)


@pytest.mark.parametrize("name", ["ida", "jonas"])
def test_relatives_and_providers_find_none(cast, mette, client_for, name):
    dispute = noted(mette, cast)
    for page in ("dispute", "dispute_plan", "dispute_follow_up", "dispute_settle"):
        assert client_for(name).get(reverse(f"authority:{page}", args=[dispute])).status_code == 404
    if name == "ida":
        assert "uenige" not in text(client_for("ida"), "citizen:agreements")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"talks_name": ""}, "Skriv, hvem der tager samtalen"),
        ({"approach": " "}, "Skriv, hvad I har aftalt"),
        ({"follow_up_on": "1.1.2020", "talk_on": ""}, "Dagen er gået. Vælg en dag, der kommer."),
        ({"follow_up_on": "i dag"}, "Vælg en dag efter samtalen."),
        ({"follow_up_on": "på et tidspunkt"}, "på et tidspunkt"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast, mette, fields, said):
    dispute = noted(mette, cast)
    answer = send(mette, "dispute_plan", dispute, PLANNED | fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Karla og Ida" in answer.content.decode()
    assert Dispute.objects.get().status == "noted"


def test_two_who_plan_at_once_see_both_plans(cast, mette):
    dispute = noted(mette, cast)
    address = reverse("authority:dispute_plan", args=[dispute])
    (form,) = [one for one in forms_of(address, mette.get(address).content.decode()) if one.action == address]
    send(mette, "dispute_plan", dispute, PLANNED | {"approach": "De andres plan."})
    late = mette.post(address, form.filled() | PLANNED | {"form_key": str(new_id())})
    assert late.status_code == 409
    assert "De andres plan." in late.content.decode()
    assert "Karla siger først, hvad hun vil." in late.content.decode()


def test_a_closed_case_takes_no_new_one(cast, mette):
    Case.objects.filter(id=cast.case_id).update(status="closed", closed_on=TODAY - dt.timedelta(days=1))
    assert "Hvem er uenige?" not in text(mette, "authority:disputes", cast.case_id)
    sent = NOTED | {"form_key": str(new_id())}
    assert mette.post(reverse("authority:disputes", args=[cast.case_id]), sent).status_code in {403, 422}
    assert not Dispute.objects.exists()
