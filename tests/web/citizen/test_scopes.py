"""Every page a relative can reach, with each scope on and off; and how access ends."""

import datetime as dt
from functools import partial
from typing import Any

import pytest
import time_machine
from django.http import HttpRequest
from django.test import Client
from django.urls import get_resolver, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspil.contexts.access.api import Capability, Event
from samspil.contexts.cases import api as cases
from samspil.contexts.cases.models import Case
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import AccessGrant, Citizen, Relation, Scope
from samspil.contexts.meetings.models import Preparation
from samspil.contexts.notes import api as notes
from samspil.web.shell import logins
from samspil.web.shell.access import Declaration
from tests.addresses import everything_about_karla, patterns
from tests.cast import FJORDBY, LONG, NOW, Cast, _role, _user
from tests.structure.test_access import patterns as routes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

S = Scope
PAPERS = {S.WRITE, S.NOTES, S.LETTERS}
SPEAKS = {S.DECISIONS, S.COMPLAIN}
NEEDS: dict[str, set[Scope]] = {
    "citizen:home": set(),
    "citizen:plan": {S.PLAN},
    "citizen:rate": {S.PLAN},
    "citizen:change": {S.WRITE},
    "citizen:meeting": {S.MEETINGS},
    "citizen:agreements": {S.AGREEMENTS},
    "citizen:tick": {S.AGREEMENTS},
    "citizen:helpers": {S.HELPERS},
    "citizen:file": PAPERS,
    "citizen:file_ask": PAPERS,
    "citizen:file_complain": PAPERS,
    "citizen:file_download": PAPERS,
    "citizen:file_request": PAPERS,
    "citizen:file_withdraw": PAPERS,
    "citizen:decisions": {S.DECISIONS},
    "citizen:decision": {S.DECISIONS},
    "citizen:hearing": {S.DECISIONS},
    "citizen:complain": SPEAKS,
    "citizen:answer_partial": SPEAKS,
    "citizen:withdraw_complaint": SPEAKS,
    "citizen:letter": {S.LETTERS},
    "citizen:letter_disagree": SPEAKS | {S.LETTERS},
    "citizen:letter_pdf": {S.LETTERS},
    "citizen:letters": {S.LETTERS},
    "citizen:looks": {S.LOOKS},
    "notes:stream": {S.NOTES},
    "process:picture": {S.PLAN},
    "meetings:meeting": {S.MEETINGS},
    "meetings:add_point": {S.MEETINGS},
    "meetings:prepare": {S.MEETINGS, S.PREPARE},
    "meetings:prepare_step": {S.MEETINGS, S.PREPARE},
    "meetings:prepared": {S.MEETINGS, S.PREPARE},
    "board:board": {S.MEETINGS},
    "board:show": {S.MEETINGS},
    "board:change": {S.MEETINGS},
    "board:ops": {S.MEETINGS},
    "board:changes": {S.MEETINGS},
    "board:stream": {S.MEETINGS},
    "board:picture": {S.MEETINGS},
    "board:picture_pdf": {S.MEETINGS},
}
ROOM = {Capability.OWN_ROOM, Capability.MEETING_JOIN, Capability.MEETING_PREPARE, Capability.COMPLAIN}
NEVER = {
    *("citizen:access", "citizen:access_choose", "citizen:access_stop", "citizen:access_undo"),
    "citizen:ask_about_look",
    "citizen:own_data",
}
OTHERS_REQUESTS = {
    *("citizen:file_request", "citizen:file_complain", "citizen:file_withdraw", "citizen:file_download"),
}
"""A representative sees the requests that the representative made: those of the citizen are none of them."""
SETS = [set(), set(S), *({one} for one in S), *(set(S) - {one} for one in S)]
PLAN_WORDS = "Tage bussen alene"


def let(cast: Cast, scopes: set[Any], **changes: Any) -> None:
    """Ida's grant as the test wants it; without scopes there is none."""
    AccessGrant.objects.filter(relation__user_id=cast.ida.id).delete()
    if scopes:
        relation = Relation.objects.get(user_id=cast.ida.id)
        AccessGrant.objects.create(
            **{
                "municipality": FJORDBY,
                "citizen_id": relation.citizen_id,
                "relation": relation,
                "kind": "relative",
                "scopes": sorted(scopes),
                "runs": LONG,
                "source": "self",
                "chosen_by_name": "Karla Holm",
                "chosen_at": NOW,
            }
            | changes
        )


def relatives_addresses(cast: Cast) -> dict[str, str]:
    _, arguments = everything_about_karla(cast)
    return {name: reverse(name, kwargs=arguments(route, keys)) for name, route, keys, _ in patterns() if name in NEEDS}


def statuses(client: Client, urls: dict[str, str]) -> dict[str, set[int]]:
    """What a page answers to be read and to be sent to, with nothing that can be carried out."""
    return {name: {client.get(url).status_code, client.post(url).status_code} - {405} for name, url in urls.items()}


def test_the_table_has_every_page_that_is_open_to_relatives() -> None:
    declared: dict[str, Declaration] = {route: entry.callback.access for route, entry in routes(get_resolver())}
    named = {route: name for name, route, _, _ in patterns()}
    open_to_relatives = {named[r]: d for r, d in declared.items() if d.capabilities & ROOM}
    with_scopes = {name: d.scopes for name, d in open_to_relatives.items() if d.scopes is not None}
    assert with_scopes == {name: frozenset(scopes) for name, scopes in NEEDS.items()}
    assert set(open_to_relatives) - set(with_scopes) == NEVER | {"meetings:tick"}


@pytest.mark.parametrize("scopes", SETS, ids=lambda found: "+".join(sorted(found)) or "none")
def test_a_page_opens_for_its_scopes_and_for_no_others(client_for: Any, cast: Cast, scopes: set[Scope]) -> None:
    urls = relatives_addresses(cast)
    let(cast, scopes)
    found = statuses(client_for("ida"), urls)
    wrong = {}
    for name, answers in found.items():
        is_let = bool(scopes) and NEEDS[name] <= scopes and name not in OTHERS_REQUESTS
        closed = answers == {404}
        if is_let == closed:
            wrong[name] = answers
    assert not wrong


@pytest.mark.parametrize("name", sorted(NEVER))
def test_who_may_see_what_is_the_citizens_own(client_for: Any, cast: Cast, name: str) -> None:
    _, arguments = everything_about_karla(cast)
    route, keys = next((route, keys) for named, route, keys, _ in patterns() if named == name)
    url = reverse(name, kwargs=arguments(route, keys))
    before = Event.objects.count()
    for who in ("ida", "mette", "jonas", "otto"):
        client = client_for(who)
        assert {client.get(url).status_code, client.post(url).status_code} <= {404, 405}
    assert Event.objects.count() == before


def test_the_home_page_shows_only_what_is_let(client_for: Any, cast: Cast) -> None:
    urls = relatives_addresses(cast)
    client = client_for("ida")
    said = {}
    for scope in S:
        let(cast, {scope})
        said[scope] = client.get(urls["citizen:home"]).content.decode()
    assert {scope for scope, page in said.items() if PLAN_WORDS in page} == {S.PLAN}
    assert {scope for scope, page in said.items() if "/notat/" in page} == {S.NOTES}
    assert {scope for scope, page in said.items() if "Mette" in page} == {S.HELPERS, S.WRITE, S.MEETINGS}
    assert {scope for scope, page in said.items() if "/moede/" in page and "Mødet er" in page} == {S.MEETINGS}


def test_a_meeting_without_answers_for_those_who_may_not_answer(client_for: Any, cast: Cast) -> None:
    urls = relatives_addresses(cast)
    Preparation.objects.update(answers={"hopes": {"choices": [], "words": "Det hemmelige håb"}})
    client = client_for("ida")
    let(cast, {S.MEETINGS})
    assert "Det hemmelige håb" not in client.get(urls["meetings:meeting"]).content.decode()
    let(cast, {S.MEETINGS, S.PREPARE})
    assert "Det hemmelige håb" in client.get(urls["meetings:meeting"]).content.decode()


def test_agreements_of_notes_are_seen_without_the_notes(client_for: Any, cast: Cast) -> None:
    for text, hidden in (("Jonas ringer til koret", ""), ("Hemmelig aftale", "Vi taler om det på mødet.")):
        notes.write_note(
            actor=cast.actor("jonas"),
            at=NOW,
            case_id=cast.case_id,
            kind="visit",
            happened_at=NOW,
            pieces=[
                notes.NewSegment(
                    kind="agreement", text=text, who="Jonas Lykke", due_on=NOW.date(), hidden_reason=hidden
                )
            ],
        )
    let(cast, {S.AGREEMENTS})
    page = client_for("ida").get(reverse("citizen:agreements")).content.decode()
    assert "Jonas ringer til koret" in page
    assert "Hemmelig aftale" not in page


def test_access_ends_at_midnight_after_the_last_day(client_for: Any, cast: Cast) -> None:
    """Danish midnight, and the day after the last one that is shown."""
    last = dt.date(2026, 12, 31)
    let(cast, {S.PLAN}, kind="paper_power", document="Fuldmagt 7", runs=(NOW.date(), last + dt.timedelta(days=1)))
    client = client_for("ida")
    home = reverse("citizen:home")
    assert "(fuldmagt på papir til" in " ".join(client.get(home).content.decode().split())
    zone = NOW.tzinfo
    for moment, status in (
        (dt.datetime(2026, 12, 31, 23, 59, tzinfo=zone), 200),
        (dt.datetime(2027, 1, 1, 0, 0, tzinfo=zone), 404),
    ):
        with time_machine.travel(moment, tick=False):
            assert client_for("ida").get(home).status_code == status, moment


def test_access_that_has_not_begun_opens_nothing(client_for: Any, cast: Cast) -> None:
    let(cast, set(S), runs=(NOW.date() + dt.timedelta(days=1), None))
    assert client_for("ida").get(reverse("citizen:home")).status_code == 404


def test_taken_back_in_the_middle_of_it(client_for: Any, cast: Cast) -> None:
    urls = relatives_addresses(cast)
    ida, karla = client_for("ida"), client_for("karla")
    assert ida.get(urls["citizen:plan"]).status_code == 200
    grant = AccessGrant.objects.get()
    page = karla.get(reverse("citizen:access")).content.decode()
    stop = reverse("citizen:access_stop", args=[grant.id])
    assert stop in page
    karla.post(stop)
    assert {ida.get(url).status_code for url in urls.values()} <= {404, 405}
    gone = ida.get(urls["citizen:home"])
    assert "Du har ikke adgang lige nu" in gone.content.decode()
    assert "Du har ikke adgang lige nu" in ida.get(reverse("citizen:standing")).content.decode()
    undo = reverse("citizen:access_undo", args=[grant.id])
    assert undo in karla.get(reverse("citizen:access")).content.decode()
    karla.post(undo)
    assert ida.get(urls["citizen:plan"]).status_code == 200
    kinds = list(Event.objects.filter(kind__startswith="grant.").order_by("id").values_list("kind", flat=True))
    assert kinds == ["grant.taken_back", "grant.given_back"]


def test_the_citizen_chooses_with_ticks(client_for: Any, cast: Cast) -> None:
    karla, ida = client_for("karla"), client_for("ida")
    relation = Relation.objects.get()
    url = reverse("citizen:access_choose", args=[relation.id])
    assert "Hvad må Ida?" in karla.get(url).content.decode()
    karla.post(url, {"scopes": ["plan", "helpers"], "last_day": "31.12.2026"})
    grant = AccessGrant.objects.get()
    assert (grant.scopes, grant.runs.upper, grant.source) == (["plan", "helpers"], dt.date(2027, 1, 1), "self")
    assert ida.get(reverse("citizen:plan")).status_code == 200
    assert ida.get(reverse("citizen:agreements")).status_code == 404
    changed = Event.objects.get(kind="grant.changed")
    assert set(changed.data["before"]) == set(S)
    for given_, words in (
        ({"scopes": [], "last_day": ""}, "Sæt mindst ét hak."),
        ({"scopes": ["prepare"]}, "Den, der svarer før mødet, skal også se møderne."),
        ({"scopes": ["plan"], "last_day": "1.1.2026"}, "Dagen er gået."),
    ):
        answer = karla.post(url, given_)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert AccessGrant.objects.get().scopes == ["plan", "helpers"]


@pytest.fixture
def two(cast: Cast) -> tuple[Cast, Any]:
    """Ida is let in by Karla and is a guardian in money matters for Bent."""
    bent = Citizen.objects.create(
        municipality=FJORDBY,
        district=cast.north,
        first_name="Bent",
        last_name="Aaby",
        born_on=dt.date(1950, 1, 1),
        cpr_sealed=b"sealed",
        cpr_index=b"index-of-bent",
    )
    Case.objects.create(
        municipality=FJORDBY,
        number="26-0002",
        citizen=bent,
        district=cast.north,
        area="elder_care",
        status="running",
        status_since=NOW,
        opened_on=NOW.date(),
        coordinator=cast.mette,
    )
    relation = Relation.objects.create(
        municipality=FJORDBY, citizen=bent, name="Ida Holm", kind="guardian", user_id=cast.ida.id, runs=LONG
    )
    AccessGrant.objects.create(
        municipality=FJORDBY,
        citizen=bent,
        relation=relation,
        kind="guardian",
        matters=["financial"],
        scopes=["helpers", "write"],
        runs=LONG,
        source="register",
        document="Beskikkelse 12",
        chosen_by_name="Mette Bjerre",
        chosen_at=NOW,
    )
    return cast, bent.id


def test_one_who_acts_for_two_chooses_once(client_for: Any, two: tuple[Cast, Any]) -> None:
    cast, bent_id = two
    client = client_for("ida")
    home = reverse("citizen:home")
    assert "Du handler for Karla (samtykke)." in " ".join(client.get(home).content.decode().split())
    page = client.get(reverse("citizen:standing")).content.decode()
    assert "Bent Aaby" in page
    assert "Skift person" in page
    client.post(reverse("citizen:act_for", args=[bent_id]))
    for _ in range(2):
        assert "Du handler for Bent (værgemål)." in " ".join(client.get(home).content.decode().split())
    assert client.get(reverse("citizen:helpers")).status_code == 200
    assert client.get(reverse("citizen:plan")).status_code == 404, "Karla's yes must not open Bent's plan"
    assert client.get(reverse("notes:stream", args=[cast.case_id])).status_code == 404, "one citizen at a time"
    assert client.post(reverse("citizen:act_for", args=[cast.mette.id])).status_code == 404
    AccessGrant.objects.filter(citizen_id=bent_id).update(taken_back_at=NOW, taken_back_by_name="Mette Bjerre")
    assert "Du handler for Karla" in client.get(home).content.decode()


def test_two_relatives_with_different_scopes(client_for: Any, cast: Cast) -> None:
    jens = _user("jens", "Jens Holm")
    _role(jens, "relative", citizen_id=cast.citizen_id, organisation=cast.fjordby)
    relation = Relation.objects.create(
        municipality=FJORDBY, citizen_id=cast.citizen_id, name="Jens Holm", kind="brother", user_id=jens.id, runs=LONG
    )
    let(cast, {S.PLAN})
    citizens.give_access(actor=cast.actor("karla"), at=NOW, relation_id=relation.id, scopes=[S.HELPERS], source="self")
    pages = {
        who: {name for name in ("plan", "helpers") if client.get(reverse(f"citizen:{name}")).status_code == 200}
        for who, client in (("ida", client_for("ida")), ("jens", _client(jens)))
    }
    assert pages == {"ida": {"plan"}, "jens": {"helpers"}}


def _client(user: Any) -> Client:
    client = Client()
    request = HttpRequest()
    request.session = client.session
    logins.begin(request, user)
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key or ""
    return client


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scopes=st.sets(st.sampled_from(list(S)), min_size=1), data=st.data())
def test_removing_a_scope_never_widens(client_for: Any, cast: Cast, scopes: set[Scope], data: Any) -> None:
    fewer = scopes - {data.draw(st.sampled_from(sorted(scopes)))}
    client = client_for("ida")
    about_one = {name for name, _, keys, _ in patterns() if keys}
    names = [name for name in NEEDS if name.startswith("citizen:") and name not in about_one]

    def opened(chosen: set[Scope]) -> set[str]:
        let(cast, chosen)
        return {name for name in names if client.get(reverse(name)).status_code == 200}

    assert opened(fewer) <= opened(scopes)


def test_a_relative_writes_to_the_caseworker_only_when_let(client_for: Any, cast: Cast) -> None:
    client = client_for("ida")
    write = partial(client.post, reverse("citizen:change"), {"words": "Karla sover dårligt."})
    let(cast, set(S) - {S.WRITE})
    assert write().status_code == 404
    let(cast, {S.WRITE})
    assert write().status_code == 302
    (task,) = cases.my_tasks(cast.actor("mette"))
    assert task.text == "Ida: »Karla sover dårligt.«"


def test_the_number_of_queries_does_not_grow(client_for: Any, cast: Cast, count_queries: Any) -> None:
    karla, mette = client_for("karla"), client_for("mette")
    pages = ((karla, reverse("citizen:access")), (mette, reverse("authority:people", args=[cast.case_id])))
    before = [count_queries(partial(client.get, url)) for client, url in pages]
    for number in range(5):
        relation_id = citizens.add_relation(
            actor=cast.actor("mette"), at=NOW, citizen_id=cast.citizen_id, name=f"Ven {number}", kind="friend"
        )
        citizens.give_access(actor=cast.actor("karla"), at=NOW, relation_id=relation_id, scopes=["plan"], source="self")
    assert [count_queries(partial(client.get, url)) for client, url in pages] == before
