"""Nødadgang from the search to the leader's review and the citizen's own list."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from samspil.contexts.access import api as access
from samspil.contexts.access.api import AccessLogEntry, EmergencyAccess, Event, RoleAssignment
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens.models import AccessGrant, Relation
from samspil.contexts.review import api as review
from samspil.kernel.ids import new_id
from samspil.kernel.verdict import Refused
from tests.cast import LONG, NOW, Cast

pytestmark = pytest.mark.django_db
WHY = "Karla ligger på gaden og kan ikke tale"


@pytest.fixture
def urls(cast: Cast) -> dict[str, str]:
    return {
        "case": reverse("authority:case", args=[cast.case_id]),
        "open": reverse("authority:emergency", args=[cast.case_id]),
        "search": reverse("authority:search"),
        "end": reverse("authority:end_emergency"),
        "list": reverse("emergencies:list"),
    }


def opens(client: Any, urls: dict[str, str], **changes: str) -> Any:
    fields = {"form_key": str(new_id()), "ground": "life_and_health", "words": WHY} | changes
    return client.post(urls["open"], fields)


def test_the_whole_way(cast, client_for, urls):
    vita, lene, karla = client_for("vita"), client_for("lene"), client_for("karla")
    assert vita.get(urls["case"]).status_code == 404
    found = vita.post(urls["search"], {"q": "26-0001"}).content.decode()
    assert "Du har ikke adgang til sag 26-0001." in found
    assert "Karla" not in found
    assert urls["open"] in found
    assert "Karla" not in vita.get(urls["open"]).content.decode()
    assert opens(vita, urls).url == urls["case"]

    page = vita.get(urls["case"])
    assert page.status_code == 200
    assert "er åben for dig i 60 minutter endnu" in page.content.decode()
    assert list(AccessLogEntry.objects.filter(what="case").values_list("why", flat=True)) == [
        f"nødadgang: Der er fare for borgerens liv eller helbred. {WHY}"
    ]
    [task] = cases.my_tasks(cast.actor("lene"))
    assert (task.text, task.due_on) == ("Se en nødadgang igennem.", dt.date(2026, 12, 1))
    assert 'Nødadgang <b class="count">1</b>' in " ".join(
        lene.get(reverse("authority:my_day")).content.decode().split()
    )

    assert vita.post(urls["end"], {"form_key": str(new_id())}).status_code == 302
    assert vita.get(urls["case"]).status_code == 404

    row = EmergencyAccess.objects.get()
    review_page = reverse("emergencies:review", args=[row.id])
    assert WHY in lene.get(urls["list"]).content.decode()
    assert "sagen, for at hjælpe i en nødsituation" in " ".join(lene.get(review_page).content.decode().split())
    assert lene.post(review_page, {"form_key": str(new_id()), "finding": "was_needed"}).status_code == 422
    sent = {"form_key": str(new_id()), "finding": "was_needed", "words": "Jeg har talt med Vita."}
    assert lene.post(review_page, sent).url == urls["list"]
    row.refresh_from_db()
    assert (row.finding, row.reviewed_by_id, row.reviewed_at) == ("was_needed", cast.lene.id, NOW)
    assert not cases.my_tasks(cast.actor("lene"))
    assert "Jeg har talt med Vita." in lene.get(review_page).content.decode()

    seen = karla.get(reverse("citizen:looks")).content.decode()
    assert "Vita Lund" in seen
    assert WHY in seen
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"emergency.begun", "emergency.ended", "emergency.reviewed"} <= kinds


@pytest.fixture
def opened_by_lene(cast, client_for, urls):
    """Above the leader's clearance, and opened by her in an emergency all the same."""
    cases.Case.objects.filter(id=cast.case_id).update(sensitivity=4)
    lene = client_for("lene")
    assert lene.get(urls["case"]).status_code == 404
    assert opens(lene, urls).url == urls["case"]
    return lene


def test_it_is_for_looking_after_the_citizen_and_not_for_saying_who_may_see_the_case(cast, opened_by_lene, urls):
    lene = opened_by_lene
    sight = reverse("authority:sight", args=[cast.case_id])
    assert lene.get(urls["case"]).status_code == 200
    people = lene.get(reverse("authority:people", args=[cast.case_id])).content.decode()
    assert f'"{sight}"' not in people
    assert lene.get(sight).status_code == 404
    change = {"form_key": str(new_id()), "sensitivity": "3", "why": "Jeg vil gerne se den altid"}
    assert lene.post(sight, change).status_code == 404
    assert cases.Case.objects.get(id=cast.case_id).sensitivity == 4
    with pytest.raises(Refused):
        cases.protect_case(
            actor=cast.actor("lene"), at=NOW, case_id=cast.case_id, sensitivity=3, is_restricted=False
        )  # fmt: skip
    assert set(AccessLogEntry.objects.exclude(what="search").values_list("purpose", flat=True)) == {"emergency"}


def test_nor_for_checking_others(cast, opened_by_lene):
    """She reads the number, as for every case that is closed to her, and her look is for control."""
    seen_at = NOW - dt.timedelta(days=40)
    access.log_looks(actor=cast.actor("mette"), at=seen_at, looks=[(cast.citizen_id, cast.case_id, "notes", "")])
    review.draw_month(actor=cast.actor("lene"), at=NOW, month=seen_at.date().replace(day=1))
    page = opened_by_lene.get(reverse("leadership:log_review")).content.decode()
    assert "borgeren i sag 26-0001" in page
    assert "Karla Holm" not in page.split("</header>")[-1]
    look = AccessLogEntry.objects.get(what="log_review")
    assert (look.purpose, look.why) == ("control", "")


def test_it_ends_by_itself_after_sixty_minutes(cast, urls, client_for):
    opens(client_for("vita"), urls)
    for minutes, sees in ((0, True), (59, True), (60, False), (61, False)):
        with time_machine.travel(NOW + dt.timedelta(minutes=minutes), tick=False):
            seen = cases.Case.objects.visible_to(cast.actor("vita"))
            assert seen.filter(id=cast.case_id).exists() == sees, minutes


def test_it_is_one_case_and_no_other(cast, urls, client_for):
    other = cases.Case.objects.create(
        municipality=991, number="26-0002", citizen_id=cast.citizen_id, district=cast.north, area="elder_care",
        status_since=NOW, opened_on=NOW.date(),
    )  # fmt: skip
    opens(client_for("vita"), urls)
    assert list(cases.Case.objects.visible_to(cast.actor("vita"))) == [cases.Case.objects.get(id=cast.case_id)]
    with pytest.raises(Refused) as refused:
        cases.open_in_emergency(actor=cast.actor("vita"), at=NOW, case_id=other.id, ground="life_and_health", words=WHY)
    assert refused.value.reason is cases.CaseRefusal.EMERGENCY_RUNNING


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"words": "Det haster meget nu"}, "Der skal være mindst 20 bogstaver."),
        ({"words": "Haster. " + 20 * "."}, "Der skal være mindst 20 bogstaver."),
        ({"words": ""}, "Skriv med et par ord hvorfor."),
        ({"ground": ""}, "Vælg, hvad der er sket."),
        ({"ground": "nysgerrig"}, "nysgerrig"),
    ],
)
def test_without_a_reason_it_stays_closed_and_the_typed_stays(client_for, urls, changes, said):
    answer = opens(client_for("vita"), urls, **changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not EmergencyAccess.objects.exists()


def test_an_old_log_in_is_asked_for_again(client_for, urls):
    vita = client_for("vita")
    with time_machine.travel(NOW + dt.timedelta(minutes=6), tick=False):
        answer = opens(vita, urls)
        assert answer.status_code == 401
        assert "Bekræft, hvem du er" in answer.content.decode()
    assert not EmergencyAccess.objects.exists()
    with time_machine.travel(NOW + dt.timedelta(minutes=4), tick=False):
        assert opens(vita, urls).status_code == 302


def test_ones_own_case_is_said_and_stays_closed(cast, client_for, urls):
    RoleAssignment.objects.create(
        user=cast.vita, role="citizen", citizen_id=cast.citizen_id, organisation=cast.fjordby,
        runs=(dt.date(2025, 1, 1), None),
    )  # fmt: skip
    found = client_for("vita").post(urls["search"], {"q": "26-0001"}).content.decode()
    assert "Det er din egen sag." in found
    assert urls["open"] not in found
    assert opens(client_for("vita"), urls).status_code == 403
    assert not EmergencyAccess.objects.exists()


def test_a_relatives_case_is_not_told_of_unless_the_relative_lets_one_see_it(cast, client_for, urls):
    relation = Relation.objects.create(
        municipality=991, citizen_id=cast.citizen_id, name="Vita", kind="mother", user_id=cast.vita.id, runs=LONG
    )
    vita = client_for("vita")
    found = vita.post(urls["search"], {"q": "26-0001"}, follow=True).content.decode()
    assert "Ingen borgere passer på det" in found
    assert urls["open"] not in found
    assert vita.get(urls["open"]).status_code == opens(vita, urls).status_code == 404
    AccessGrant.objects.create(
        municipality=991, citizen_id=cast.citizen_id, relation=relation, kind="relative", scopes=["plan"], runs=LONG,
        source="self", chosen_by_name="Karla Holm", chosen_at=NOW,
    )  # fmt: skip
    assert "Du er pårørende til borgeren." in vita.post(urls["search"], {"q": "26-0001"}).content.decode()
    assert opens(vita, urls).status_code == 403
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize("name", ["otto", "jonas", "uffe", "karla", "ida"])
def test_it_is_not_for_strangers_providers_and_citizens(client_for, urls, name):
    assert opens(client_for(name), urls).status_code == 404
    assert client_for(name).get(urls["list"]).status_code == 404
    assert not EmergencyAccess.objects.exists()


def test_a_leader_does_not_review_ones_own(cast, client_for, urls):
    cases.Case.objects.update(is_restricted=True)
    lene = client_for("lene")
    assert opens(lene, urls).status_code == 302
    row = EmergencyAccess.objects.get()
    review = reverse("emergencies:review", args=[row.id])
    assert "Du kan ikke gennemgå din egen nødadgang." in lene.get(review).content.decode()
    lene.post(review, {"form_key": str(new_id()), "finding": "was_needed", "words": "Det var i orden."})
    row.refresh_from_db()
    assert row.reviewed_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.update(reviewed_by=cast.lene, reviewed_at=NOW, finding="was_needed")
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.update(until=NOW + dt.timedelta(minutes=61))
