"""Logging in through a real provider: staff and citizens, who is known and who is not, and what a page says then."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Event, LoginIdentity, RoleAssignment, User
from samspil.contexts.citizens import api as citizens
from samspil.web.identity import arrivals, provider_talk
from samspil.web.identity.configuration import Provider
from tests.cast import LONG, Cast
from tests.web.identity.conftest import KARLA_CPR, NSIS, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.real_time]
Visitors = Callable[[], Visitor]
MY_DAY = "/myndighed/min-dag/"


def last_refusal() -> dict[str, Any]:
    return Event.objects.filter(kind="login.refused").order_by("at").last().data  # type: ignore[union-attr]


def test_a_caseworker_logs_in_and_lands_on_the_page_that_was_wanted(visitor: Visitors, known: Cast) -> None:
    mette = visitor()
    assert mette.client.get(MY_DAY).url == "/log-ind/?next=%2Fmyndighed%2Fmin-dag%2F"
    back = mette.log_in(who="mette-7f3a", form={"next": MY_DAY})
    assert (back.status_code, back.url) == (302, MY_DAY)
    page = mette.client.get(MY_DAY)
    assert page.status_code == 200
    assert "Mette Bjerre" in page.content.decode()
    opened = Event.objects.get(kind="login.opened")
    assert (opened.user_id, opened.data["level"]) == (known.mette.id, "substantial")


def test_a_helper_at_a_provider_logs_in(visitor: Visitors, known: Cast) -> None:
    jonas = visitor()
    assert jonas.log_in(who="jonas-19c2").status_code == 302
    assert jonas.client.get("/").url == "/udfoerer/min-dag/"


def test_the_log_in_page_has_a_button_for_each_provider_and_no_people(visitor: Visitors, known: Cast) -> None:
    page = visitor().client.get("/log-ind/").content.decode()
    assert page.count('class="door"') == 2
    assert "Log ind som medarbejder" in page
    assert "Log ind med MitID" in page
    assert "Mette" not in page


def test_a_page_elsewhere_is_not_what_was_wanted(visitor: Visitors, known: Cast) -> None:
    assert visitor().log_in(who="mette-7f3a", form={"next": "https://ond.example/"}).url == "/"


@pytest.fixture
def karla(known: Cast) -> Cast:
    citizens.Citizen.objects.filter(id=known.citizen_id).update(cpr_index=citizens.index_cpr(KARLA_CPR))
    return known


def test_a_citizen_is_found_by_cpr_once_and_afterwards_known(visitor: Visitors, karla: Cast) -> None:
    first = visitor()
    assert first.log_in("mitid", who="karla-0b7d").status_code == 302
    assert first.client.get("/").url == "/min/"
    linked = Event.objects.get(kind="identity.linked", data__why="cpr")
    assert linked.data["user"] == str(karla.karla.id)
    citizens.Citizen.objects.filter(id=karla.citizen_id).update(cpr_index=b"no longer found")
    again = visitor()
    assert again.log_in("mitid", who="karla-0b7d").status_code == 302
    assert Event.objects.filter(kind="identity.linked", data__why="cpr").count() == 1
    for row in LoginIdentity.objects.values_list("issuer", "subject"):
        assert KARLA_CPR not in "".join(row)


def test_a_citizen_without_a_room_gets_one(visitor: Visitors, karla: Cast) -> None:
    RoleAssignment.objects.filter(user=karla.karla).update(citizen_id=karla.case_id)  # Karla's room is another's
    nils = visitor()
    assert nils.log_in("mitid", who="karla-0b7d").status_code == 302
    room = RoleAssignment.objects.get(citizen_id=karla.citizen_id, role="citizen")
    assert room.user.name == "Karla Holm"
    assert not room.user.has_usable_password()
    assert nils.client.get("/").url == "/min/"


def test_a_room_that_was_closed_stays_closed(visitor: Visitors, karla: Cast) -> None:
    User.objects.filter(id=karla.karla.id).update(is_active=False)
    answer = visitor().log_in("mitid", who="karla-0b7d")
    assert answer.status_code == 403
    assert "Du har ingen rolle her" in answer.content.decode()
    assert not User.objects.filter(username__startswith="borger-").exists()


def test_somebody_whose_cpr_is_nowhere_gets_a_page_and_a_code(visitor: Visitors, karla: Cast) -> None:
    answer = visitor().log_in("mitid", who="nils-3e11")
    assert answer.status_code == 403
    words = answer.content.decode()
    assert "Du har ikke en sag her" in words
    identity = LoginIdentity.objects.get(subject="nils-3e11")
    assert access.code_of(identity.id) in words
    assert last_refusal()["reason"] == "no_citizen"


def test_a_citizens_log_in_gives_no_role_at_work_and_the_other_way_round(visitor: Visitors, karla: Cast) -> None:
    """Karla also works for the municipality; each door opens its own room only."""
    RoleAssignment.objects.create(user=karla.karla, role="caseworker", organisation=karla.fjordby, runs=LONG)
    citizen = visitor()
    citizen.log_in("mitid", who="karla-0b7d")
    assert citizen.client.get("/").url == "/min/"
    assert citizen.client.get(MY_DAY).status_code == 404
    RoleAssignment.objects.filter(user=karla.mette, role="caseworker").update(runs=("2024-01-01", "2024-02-01"))
    RoleAssignment.objects.create(user=karla.mette, role="citizen", citizen_id=karla.citizen_id, runs=LONG)
    assert visitor().log_in(who="mette-7f3a").status_code == 403


def test_a_token_from_a_foreign_organisation_gives_nothing(visitor: Visitors, known: Cast) -> None:
    """Otto works in Strandby; his token speaks of Fjordby, where nothing about him is written."""
    answer = visitor().log_in(who="otto-55aa")
    assert answer.status_code == 403
    assert "Du har ingen rolle her" in answer.content.decode()
    denied = Event.objects.get(kind="login.group_denied")
    assert denied.data == {"group": 0, "reason": "foreign_organisation"}


def test_an_unknown_person_reads_a_code_aloud_and_is_let_in_by_hand(visitor: Visitors, known: Cast) -> None:
    answer = visitor().log_in(who="ukendt-9d9d")
    assert answer.status_code == 403
    code = access.code_of(LoginIdentity.objects.get(subject="ukendt-9d9d").id)
    assert code in answer.content.decode()
    out = StringIO()
    call_command("link_login", code.lower(), "lene", "--by", "it-vagten", stdout=out)
    assert "Lene Krag" in out.getvalue()
    RoleAssignment.objects.filter(user=known.lene).update(role="caseworker")
    assert visitor().log_in(who="ukendt-9d9d").status_code == 302
    assert Event.objects.get(kind="identity.linked", data__why="by_hand", user_name="it-vagten")
    with pytest.raises(CommandError, match="Koden"):
        call_command("link_login", code, "lene", "--by", "it-vagten")


def test_a_low_level_gets_a_readable_page(visitor: Visitors, known: Cast) -> None:
    answer = visitor().log_in(who="mette-7f3a", acr=NSIS + "Low")
    assert answer.status_code == 403
    assert "Betydelig" in answer.content.decode()
    assert last_refusal() == {"reason": "level_too_low", "provider": "medarbejder"}


def test_a_provider_may_ask_for_more(
    visitor: Visitors, known: Cast, settings: Any, providers: tuple[Provider, Provider]
) -> None:
    settings.IDENTITY_PROVIDERS = (replace(providers[0], level=3), providers[1])
    assert visitor().log_in(who="mette-7f3a", acr=NSIS + "Substantial").status_code == 403
    assert visitor().log_in(who="mette-7f3a", acr=NSIS + "High").status_code == 302


def test_somebody_who_gives_up_may_try_again(visitor: Visitors, known: Cast) -> None:
    answer = visitor().log_in(who="", form={"next": MY_DAY}, cancel="1")
    words = answer.content.decode()
    assert "Du nåede ikke at logge ind" in words
    assert f'name="next" value="{MY_DAY}"' in words


def test_a_provider_that_does_not_answer_is_said_so(
    visitor: Visitors, known: Cast, settings: Any, providers: tuple[Provider, Provider]
) -> None:
    settings.IDENTITY_PROVIDERS = (replace(providers[0], issuer="http://127.0.0.1:9"), providers[1])
    provider_talk.forget()
    answer = visitor().client.post("/log-ind/hos/medarbejder/", {"next": MY_DAY})
    assert answer.status_code == 503
    assert "Log-in svarer ikke lige nu" in answer.content.decode()
    assert last_refusal()["reason"] == "no_answer"


def test_a_provider_that_describes_somebody_else_is_not_believed(
    visitor: Visitors, known: Cast, settings: Any, providers: tuple[Provider, Provider]
) -> None:
    other_name = providers[0].issuer.replace("127.0.0.1", "localhost")
    settings.IDENTITY_PROVIDERS = (replace(providers[0], issuer=other_name), providers[1])
    provider_talk.forget()
    assert visitor().client.post("/log-ind/hos/medarbejder/").status_code == 503


def test_a_person_disabled_or_without_a_role_is_refused_at_the_next_request(visitor: Visitors, known: Cast) -> None:
    changes: list[Callable[[], object]] = [
        lambda: User.objects.filter(id=known.mette.id).update(is_active=False),
        lambda: RoleAssignment.objects.filter(user=known.mette).update(runs=("2024-01-01", "2024-02-01")),
    ]
    for change in changes:
        mette = visitor()
        assert mette.log_in(who="mette-7f3a").status_code == 302
        assert mette.client.get(MY_DAY).status_code == 200
        change()
        assert mette.client.get(MY_DAY).url.startswith("/log-ind/")
        assert "login" not in mette.client.session
        User.objects.filter(id=known.mette.id).update(is_active=True)
        assert mette.client.get(MY_DAY).status_code == 302  # what ended does not come back


def test_a_role_given_after_the_log_in_waits_for_the_next(visitor: Visitors, known: Cast) -> None:
    mette = visitor()
    mette.log_in(who="mette-7f3a")
    RoleAssignment.objects.filter(user=known.mette).delete()
    RoleAssignment.objects.create(user=known.mette, role="caseworker", organisation=known.fjordby, runs=LONG)
    assert mette.client.get(MY_DAY).status_code == 302
    assert mette.log_in(who="mette-7f3a").status_code == 302
    assert mette.client.get(MY_DAY).status_code == 200


def test_the_token_narrows_a_role_to_a_district(
    visitor: Visitors, known: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mette may work in all of Fjordby; her token says the district South only, where Karla does not live."""
    RoleAssignment.objects.filter(user=known.mette).update(district=None)
    south = uuid4()
    access.District.objects.filter(id=known.south.id).update(org_unit=south)
    case = reverse("authority:case", args=[known.case_id])
    mette = visitor()
    mette.log_in(who="mette-7f3a")
    assert mette.client.get(case).status_code == 200
    real = arrivals.groups_from

    def narrowed(claim: Any, **kwargs: Any) -> Any:
        return real([one | {"constraints": {"urn:dk:kombit:orgUnit": [str(south)]}} for one in claim], **kwargs)

    monkeypatch.setattr(arrivals, "groups_from", narrowed)
    mette.log_in(who="mette-7f3a")
    assert mette.client.get(MY_DAY).status_code == 200
    assert mette.client.get(case).status_code == 404


def test_a_page_for_nobody_is_still_a_page(visitor: Visitors, known: Cast) -> None:
    client = visitor().client
    assert client.post("/log-ind/hos/findes-ikke/").status_code == 404
    assert client.get("/log-ind/hos/medarbejder/").status_code == 405
    assert client.get("/log-ind/retur/").status_code == 400
