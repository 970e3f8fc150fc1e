"""The status note through the pages: composed, edited, sent, decided, taken along on paper and as FHIR."""

import datetime as dt

import pytest

from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import api as meetings
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import api as orders
from samspil.kernel.ids import new_id
from samspil.web.shell.drafting import place_key
from tests.cast import NOW, TODAY
from tests.contexts.orders.test_status_note_decided import propose
from tests.contexts.orders.test_status_notes import Desk, fill
from tests.contexts.orders.world import said, seen
from tests.web.provider.test_orders_pages import page, words


@pytest.fixture
def desk(world):
    order_id = world.running()
    world.write(
        said("Jeg turde godt", goal=world.bus),
        *(seen(f"Karla kørte tur {n} med bussen alene.", goal=world.bus) for n in range(6)),
    )
    return Desk(world, order_id)


def part_url(desk, note_id, index=0, action=""):
    part = desk.view(note_id).parts[index]
    return f"/udfoerer/statusnotat/{note_id}/afsnit/{part.id}/{action}"


def test_it_is_composed_with_one_press_and_a_double_press_makes_one(world, client_for, desk):
    uffe = client_for("uffe")
    url, data = f"/udfoerer/bestilling/{desk.order_id}/statusnotat/", {"form_key": str(new_id())}
    first, second = uffe.post(url, data), uffe.post(url, data)
    assert first.headers["Location"] == second.headers["Location"]
    html = page(uffe.get(first.headers["Location"]))
    assert "100 % er samlet af det, I allerede har skrevet." in html
    assert "skrevet 19. november af Uffe" in html
    assert "Mangler" in html
    assert len(orders.status_notes_for(desk.uffe, desk.order_id)) == 1


def test_unchanged_is_one_press(world, client_for, desk):
    note_id = desk.compose()
    uffe = client_for("uffe")
    data = {"form_key": str(new_id()), "version": "1"}
    for _ in range(2):
        answer = uffe.post(part_url(desk, note_id, 1, "uaendret/"), data)
        assert answer.status_code == 302
    assert desk.view(note_id).parts[1].text == "Uændret siden sidst."
    assert "Uændret" in page(uffe.get(f"/udfoerer/statusnotat/{note_id}/"))


def test_a_part_is_edited_and_what_was_left_out_is_added(world, client_for, desk):
    note_id = desk.compose()
    uffe = client_for("uffe")
    url = part_url(desk, note_id)
    assert "Tag med fra notaterne" in page(uffe.get(url))
    part = desk.view(note_id).parts[0]
    left = orders.left_out(desk.uffe, note_id, part.id)
    data = {"version": part.version, "text": f"{part.text}\nHun er klar.", "add": [str(left[0].sources[0].id)]}
    assert uffe.post(url, data).status_code == 302
    after = desk.view(note_id).parts[0]
    assert after.lines[-2].text == "Hun er klar."
    assert after.lines[-1].text == left[0].text
    assert after.typed == len("Hunerklar.")


def test_a_source_is_read_on_its_own_page_and_as_a_fragment(world, client_for, desk):
    (source,) = desk.view(desk.sent(), "mette").parts[0].lines[1].sources
    url = f"/notat/afsnit/{source.id}/"
    for who in ("uffe", "mette"):
        html = page(client_for(who).get(url))
        assert "Karla kørte tur" in words(html)
        assert "Uffe Dal, Bostøtte Nord" in words(html)
        assert "<html" not in page(client_for(who).get(url, headers={"HX-Request": "true"}))
    for stranger in ("otto", "karla"):
        assert client_for(stranger).get(url).status_code in {403, 404}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "x" * 6001}, "Teksten er for lang."),
        ({"add": [str(new_id())]}, "Notatet er rettet eller taget tilbage imens."),
        ({"version": "abc"}, "form"),
    ],
)
def test_errors_keep_what_was_typed(world, client_for, desk, changes, sentence):
    note_id = desk.compose()
    data = {"version": 1, "text": "Det går fint her."} | changes
    html = page(client_for("uffe").post(part_url(desk, note_id), data), 422)
    assert sentence in html
    assert str(data["text"])[:50] in html


def test_two_colleagues_both_see_both_texts(world, client_for, desk):
    note_id = desk.compose()
    url = part_url(desk, note_id)
    uffe = client_for("uffe")
    uffe.post(url, {"version": 1, "text": "Den ene skrev det her."})
    html = page(uffe.post(url, {"version": 1, "text": "Den anden skrev noget helt andet."}), 409)
    assert "Den ene skrev det her." in html
    assert "Den anden skrev noget helt andet." in html
    assert "En anden gemte, mens du skrev." in html
    assert uffe.post(url, {"version": 2, "text": "Vi blev enige."}).status_code == 302


def test_a_draft_of_the_text_comes_back_announced_and_goes_when_it_is_saved(world, client_for, desk):
    note_id = desk.compose()
    key = place_key(desk.uffe, part_url(desk, note_id))
    notes.save_draft(actor=desk.uffe, at=NOW, key=key, fields={"text": "Halvt skrevet"})
    uffe = client_for("uffe")
    html = page(uffe.get(part_url(desk, note_id)))
    assert "Halvt skrevet" in html
    assert "er hentet frem" in html
    uffe.post(part_url(desk, note_id), {"version": 1, "text": "Helt skrevet"})
    assert notes.draft(desk.uffe, key) is None


def test_the_recommendation_can_be_kept_and_then_sent(world, client_for, desk):
    note_id = desk.compose()
    uffe = client_for("uffe")
    url = f"/udfoerer/statusnotat/{note_id}/send/"
    uffe.post(url, {"action": "keep", "recommendation": "", "words": "Skal lige tænke"})
    assert desk.view(note_id).recommendation_words == "Skal lige tænke"
    html = page(uffe.post(url, {"action": "send", "recommendation": "", "words": "Skal lige tænke"}), 422)
    assert "Vælg, hvad I anbefaler" in html
    html = page(uffe.post(url, {"action": "send", "recommendation": "change", "words": ""}), 422)
    assert "Skriv hvorfor." in html
    html = page(uffe.post(url, {"action": "send", "recommendation": "change", "words": "Mere søvn"}), 422)
    assert "Et mål mangler." in html
    assert "Mere søvn" in html
    desk.save(note_id, 1, unchanged=True)
    data = {"form_key": str(new_id()), "action": "send", "recommendation": "change", "words": "Mere søvn"}
    for _ in range(2):
        assert uffe.post(url, data).status_code == 302
    html = page(uffe.get(f"/udfoerer/statusnotat/{note_id}/"))
    assert "Tag det tilbage" in html
    uffe.post(f"/udfoerer/statusnotat/{note_id}/tag-tilbage/")
    assert desk.view(note_id).line.status == "draft"
    uffe.post(f"/udfoerer/statusnotat/{note_id}/slet/")
    assert orders.status_notes_for(desk.uffe, desk.order_id) == ()


def test_a_sent_note_cannot_be_edited_in_any_way(world, client_for, desk):
    note_id = desk.sent()
    uffe = client_for("uffe")
    assert uffe.post(part_url(desk, note_id, 0, "uaendret/"), {"version": 1}).status_code == 403
    html = page(uffe.post(part_url(desk, note_id), {"version": 1, "text": "Rettet"}), 422)
    assert "Statusnotatet er sendt." in html
    assert uffe.post(f"/udfoerer/statusnotat/{note_id}/slet/").status_code == 403


def decide_data(**changes):
    data = {"form_key": str(new_id()), "decision": "continue", "citizen_says": "agrees", "words": ""}
    data |= {"follow_up_on": "24.11.2027", "ends_on": ""}
    return data | changes


def test_the_authority_reads_it_with_its_sources_and_decides(world, client_for, desk):
    proposal = propose(world)
    note_id = desk.sent(recommendation="change", words="Ét nyt mål.")
    mette = client_for("mette")
    url = f"/myndighed/statusnotat/{note_id}/"
    html = page(mette.get(url))
    assert "skrevet 19. november af Uffe" in html
    assert "Karla kørte tur 0 med bussen alene." in words(html)
    assert "Handle ind selv" in html
    (source,) = desk.view(note_id, "mette").parts[0].lines[1].sources
    assert f"/notat/afsnit/{source.id}/" in html
    field = f"maal_{proposal.hex}"
    html = page(mette.post(f"{url}beslut/", decide_data(decision="change")), 422)
    assert "Sig ja eller nej til målet" in html
    assert "Skriv hvorfor." in html
    data = decide_data(decision="change", words="Vi siger ja.", **{field: "agree"})
    first, second = mette.post(f"{url}beslut/", data), mette.post(f"{url}beslut/", data)
    assert first.status_code == second.status_code == 302
    html = page(mette.get(url))
    assert "Fortsæt med ændringer" in html
    assert "Vi siger ja." in html
    assert "Karla: enig." in html
    assert len(goals.plan_versions(world.actor("mette"), world.case_id)) == 1
    assert orders.order(world.actor("mette"), desk.order_id).line.follow_up_on == TODAY.replace(year=2027)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decision": ""}, "Vælg, hvad I beslutter"),
        ({"citizen_says": ""}, "Vælg, hvad borgeren siger"),
        ({"citizen_says": "disagrees"}, "Skriv hvorfor."),
        ({"decision": "maybe"}, "Vælg en af dem, der står her"),
        ({"decision": "end"}, "Skriv hvorfor."),
        ({"follow_up_on": "31.2.2027"}, "Den dato findes ikke."),
        ({"follow_up_on": "1.1.2026"}, "Opfølgningen ligger, før hjælpen begynder."),
        ({"decision": "end", "words": "Slut", "ends_on": "1.1.2026"}, "Slutdatoen ligger før startdatoen."),
    ],
)
def test_a_decision_that_cannot_be(world, client_for, desk, changes, sentence):
    note_id = desk.sent()
    html = page(client_for("mette").post(f"/myndighed/statusnotat/{note_id}/beslut/", decide_data(**changes)), 422)
    assert sentence in html
    assert desk.view(note_id).line.status == "sent"


def test_the_end_of_the_help_closes_the_door(world, client_for, desk):
    note_id = desk.sent(recommendation="end", words="Karla kan selv.")
    data = decide_data(decision="end", words="Karla klarer sig selv.", ends_on="23.11.2026")
    client_for("mette").post(f"/myndighed/statusnotat/{note_id}/beslut/", data)
    uffe = client_for("uffe")
    assert uffe.get(f"/udfoerer/sag/{world.case_id}/").status_code == 404
    assert uffe.get(f"/udfoerer/statusnotat/{note_id}/").status_code == 404


def test_it_comes_on_paper_and_as_a_document_for_other_systems(world, client_for, desk):
    propose(world)
    note_id = desk.compose()
    uffe, mette = client_for("uffe"), client_for("mette")
    assert uffe.get(f"/udfoerer/statusnotat/{note_id}/status.pdf").status_code == 404
    assert uffe.get(f"/udveksling/statusnotat/{note_id}/status.json").status_code == 404
    desk.save(note_id, 1, unchanged=True)
    desk.send(note_id)
    for client, room in ((uffe, "udfoerer"), (mette, "myndighed")):
        paper = client.get(f"/{room}/statusnotat/{note_id}/status.pdf")
        assert paper.headers["Content-Type"] == "application/pdf"
        assert paper.content[:5] == b"%PDF-"
        client.post("/visning/", {"language": "en", "back": "/"})
        assert client.get(f"/{room}/statusnotat/{note_id}/status.pdf").content == paper.content
        document = client.get(f"/udveksling/statusnotat/{note_id}/status.json")
        assert document.headers["Content-Type"] == "application/fhir+json"
        assert document.json()["type"] == "document"


@pytest.mark.slow
def test_pages_take_the_same_number_of_queries_however_much_is_written(world, client_for, desk, count_queries):
    note_id = desk.compose()
    uffe = client_for("uffe")
    pages = {
        "draft": f"/udfoerer/statusnotat/{note_id}/",
        "part": part_url(desk, note_id),
        "case": f"/udfoerer/sag/{world.case_id}/",
        "day": "/udfoerer/min-dag/",
        "status": f"/udfoerer/sag/{world.case_id}/status/",
    }
    few = {name: count_queries(lambda url=url: page(uffe.get(url))) for name, url in pages.items()}
    fill(world, 60, days=40)
    desk.compose()
    orders.ask_question(actor=world.actor("mette"), at=NOW, order_id=desk.order_id, text="Hvordan går det?")
    many = {name: count_queries(lambda url=url: page(uffe.get(url))) for name, url in pages.items()}
    assert many == few


def test_the_new_plan_comes_to_the_provider_and_the_citizen(world, client_for, desk):
    note_id = desk.sent()
    uffe, karla = client_for("uffe"), client_for("karla")
    assert "Nye planer" not in page(uffe.get("/udfoerer/min-dag/"))
    assert "Din plan er ny." not in page(karla.get("/min/"))
    client_for("mette").post(f"/myndighed/statusnotat/{note_id}/beslut/", decide_data())
    (version,) = goals.plan_versions(world.actor("uffe"), world.case_id)
    assert f'href="/udfoerer/plan/{version.id}/"' in page(uffe.get("/udfoerer/min-dag/"))
    assert "Din plan er ny." in page(karla.get("/min/"))
    assert goals.new_plans(world.actor("otto_provider"), since=NOW) == ()
    assert goals.new_plans(world.actor("uffe"), since=NOW + dt.timedelta(minutes=1)) == ()


def test_a_meeting_shows_the_status_that_was_written_for_it(world, client_for, desk, call):
    earlier, later = call(kind="status"), call(kind="status")
    mette = client_for("mette")
    assert "Den er ikke kommet endnu." in page(mette.get(f"/moede/{earlier}/"))
    world.write(said("Jeg glæder mig til jul"))
    note_id = desk.sent(words="Bussen går godt.")
    for meeting_id in (earlier, later):
        for who in ("mette", "uffe", "karla"):
            assert "Bussen går godt." in page(client_for(who).get(f"/moede/{meeting_id}/"))
    meetings.Meeting.objects.filter(id=earlier).update(status="open")
    mette.post(f"/myndighed/statusnotat/{note_id}/beslut/", decide_data(words="Vi fortsætter."))
    shown = page(mette.get(f"/moede/{earlier}/"))
    assert "Vi fortsætter." in shown
    assert "Bemærkninger" in shown
    assert "Bussen går godt." not in page(mette.get(f"/moede/{later}/"))
