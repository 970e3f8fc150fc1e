"""From the order form to the provider's yes or no, through the pages."""

import re

import pytest
from django.test import Client

from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.contexts.orders import api as orders
from samspil.kernel.ids import new_id
from tests.cast import NOW, TODAY
from tests.contexts.orders.test_status_notes import Desk
from tests.contexts.orders.world import World, seen

TEXT = "Bostøtte to timer om ugen"


def order_data(world: World, **changes: object) -> dict[str, object]:
    data: dict[str, object] = {
        "form_key": str(new_id()),
        "step": "send",
        "unit": str(world.cast.other_team.id),
        "what": TEXT,
        "how_often": "hver tirsdag",
        "starts_on": "1.12.2026",
        "follow_up_on": "1.3.2027",
        "ends_on": "",
        "goals": [str(world.bus)],
        "tell": ["purpose", "contact"],
        "more": "",
    }
    return data | changes


def form_url(world):
    return f"/myndighed/borgere/{world.case_id}/bestilling/ny/"


def page(response, status=200):
    assert response.status_code == status, response.content.decode()[-2000:]
    return response.content.decode()


def words(html):
    """The text of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_form_is_filled_in_beforehand_and_shows_what_is_told_before_it_is_sent(world, client_for):
    mette = client_for("mette")
    html = page(mette.get(form_url(world)))
    assert "24.11.2026" in html
    assert "24.2.2027" in html
    preview = page(mette.post(form_url(world), order_data(world, step="preview")))
    assert "Det får Bostøtte Nord at vide" in preview
    assert "Jeg vil gerne kunne tage bussen til koret selv." in words(preview)
    assert "21 34 56 78" not in preview
    assert orders.orders_of(world.actor("mette"), world.case_id) == ()
    again = page(mette.post(form_url(world), order_data(world, step="edit")))
    assert TEXT in again


def test_a_double_click_sends_one_order(world, client_for):
    mette = client_for("mette")
    data = order_data(world)
    first, second = mette.post(form_url(world), data), mette.post(form_url(world), data)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    (line,) = orders.orders_of(world.actor("mette"), world.case_id)
    assert str(line.id) in first.headers["Location"]
    assert "Bostøtte Nord" in page(mette.get(first.headers["Location"]))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"what": ""}, "Skriv, hvad du bestiller"),
        ({"what": "\x00\u200b"}, "Skriv, hvad du bestiller"),
        ({"what": "x" * 6001}, "Teksten er for lang. Der er plads til 6000 tegn, og du har skrevet 6001."),
        ({"what": "x" * 1_000_000}, "Teksten er for lang."),
        ({"unit": ""}, "Vælg, hvem der skal hjælpe"),
        ({"unit": "noget andet"}, "Vælg en af dem, der står her"),
        ({"goals": []}, "Vælg mindst ét mål"),
        ({"starts_on": ""}, "Skriv en dag, fx 26.11.2026"),
        ({"starts_on": "31.2.2027"}, "Den dato findes ikke."),
        ({"starts_on": "engang"}, "Vi forstod ikke dagen."),
        ({"follow_up_on": "1.11.2026"}, "Opfølgningen ligger, før hjælpen begynder."),
        ({"ends_on": "1.11.2026"}, "Slutdatoen ligger før startdatoen."),
    ],
)
@pytest.mark.parametrize("step", ["preview", "send"])
def test_errors_stand_at_the_field_and_what_was_typed_stays(world, client_for, changes, sentence, step):
    data = order_data(world, step=step, more="Husk nøglen hos naboen", **changes)
    html = page(client_for("mette").post(form_url(world), data), 422)
    assert sentence in html
    assert 'class="form-error-message"' in html
    assert "Husk nøglen hos naboen" in html
    assert orders.orders_of(world.actor("mette"), world.case_id) == ()


def test_what_was_pasted_from_word_is_cleaned(world, client_for):
    pasted = "\uf0b7\u00a0Bostøtte\x0b\u201cto timer\u201d\r\n"
    client_for("mette").post(form_url(world), order_data(world, what=pasted))
    (line,) = orders.orders_of(world.actor("mette"), world.case_id)
    assert line.what == "• Bostøtte\n“to timer”"


def test_without_a_goal_the_page_says_what_to_do_first(world, client_for):
    for goal_id in (world.bus, world.sleep):
        goals.move_goal(actor=world.actor("mette"), at=NOW, goal_id=goal_id, move="end")
    assert "Sæt et mål først" in page(client_for("mette").get(form_url(world)))


def test_a_second_order_to_the_same_team_is_refused_at_the_field(world, client_for):
    world.send()
    html = page(client_for("mette").post(form_url(world), order_data(world)), 422)
    assert "Der er allerede en bestilling sendt eller i gang hos den udfører." in html
    assert TEXT in html


def test_the_provider_says_yes_and_is_let_in(world, client_for):
    order_id = world.send()
    uffe = client_for("uffe")
    assert "Karla Holm" in page(uffe.get("/udfoerer/min-dag/"))
    html = page(uffe.get(f"/udfoerer/bestilling/{order_id}/"))
    assert "Det har I fået at vide" in html
    assert "0304" not in html
    assert uffe.get(f"/udfoerer/sag/{world.case_id}/").status_code == 404
    url = f"/udfoerer/bestilling/{order_id}/tag-imod/"
    data = {"form_key": str(new_id()), "contact": str(world.cast.uffe.id), "words": "Vi glæder os."}
    for answer in (uffe.post(url, data), uffe.post(url, data)):
        assert answer.headers["Location"] == f"/udfoerer/sag/{world.case_id}/"
    assert page(uffe.get(f"/udfoerer/sag/{world.case_id}/")).count("<h1>") == 1
    assert orders.order(world.actor("mette"), order_id).line.answer_words == "Vi glæder os."


def test_a_yes_without_a_contact_is_asked_again(world, client_for):
    order_id = world.send()
    url = f"/udfoerer/bestilling/{order_id}/tag-imod/"
    html = page(client_for("uffe").post(url, {"contact": "", "words": "Ja tak"}), 422)
    assert "Vælg den, som borgeren kan ringe til" in html
    assert "Ja tak" in html
    html = page(client_for("uffe").post(url, {"contact": str(world.cast.jonas.id)}), 422)
    assert "form-error-message" in html


def test_the_provider_says_no_with_a_reason(world, client_for):
    order_id = world.send()
    uffe = client_for("uffe")
    url = f"/udfoerer/bestilling/{order_id}/sig-nej/"
    assert "Sig nej" in page(uffe.get(url))
    assert "Skriv kort hvorfor" in page(uffe.post(url, {"words": " "}), 422)
    data = {"form_key": str(new_id()), "words": "Vi har ingen ledige."}
    assert uffe.post(url, data).headers["Location"] == "/udfoerer/bestillinger/"
    assert uffe.post(url, data).headers["Location"] == "/udfoerer/bestillinger/"
    assert "Karla" not in page(uffe.get("/udfoerer/bestillinger/"))
    mette = client_for("mette")
    html = page(mette.get(f"/myndighed/bestilling/{order_id}/"))
    assert "Vi har ingen ledige." in html
    mette.post(f"/myndighed/bestilling/{order_id}/luk/")
    assert orders.order(world.actor("mette"), order_id).line.status == "ended"


def test_an_order_can_be_taken_back_and_ended(world, client_for):
    mette = client_for("mette")
    first = world.send()
    mette.post(f"/myndighed/bestilling/{first}/tag-tilbage/")
    assert orders.order(world.actor("mette"), first).line.status == "ended"
    running = world.running()
    url = f"/myndighed/bestilling/{running}/afslut/"
    html = page(mette.post(url, {"ends_on": "1.1.2020", "words": "Karla kan selv"}), 422)
    assert "Slutdatoen ligger før startdatoen." in html
    assert "Karla kan selv" in html
    assert mette.post(url, {"ends_on": "23.11.2026", "words": ""}).status_code == 302
    assert client_for("uffe").get(f"/udfoerer/bestilling/{running}/").status_code == 404


@pytest.mark.parametrize(("asker", "room"), [("uffe", "udfoerer"), ("mette", "myndighed")])
def test_questions_go_both_ways(world, client_for, asker, room):
    order_id = world.running()
    asking, other = client_for(asker), "mette" if asker == "uffe" else "uffe"
    answering, their_room = client_for(other), "myndighed" if room == "udfoerer" else "udfoerer"
    url = f"/{room}/bestilling/{order_id}/spoerg/"
    assert "Skriv dit spørgsmål" in page(asking.post(url, {"text": ""}), 422)
    data = {"form_key": str(new_id()), "text": "Må vi komme kl. 13?"}
    asking.post(url, data)
    asking.post(url, data)
    (question,) = orders.waiting_questions(world.actor(other))
    html = page(answering.get(f"/{their_room}/beskeder/"))
    assert "Må vi komme kl. 13?" in html
    assert "stillet i dag" in html
    answer_url = f"/{their_room}/spoergsmaal/{question.id}/svar/"
    assert "Skriv et svar" in page(answering.post(answer_url, {"text": " "}), 422)
    response = answering.post(answer_url, {"text": "Ja.", "next": f"/{their_room}/beskeder/"})
    assert response.headers["Location"] == f"/{their_room}/beskeder/"
    html = page(answering.post(answer_url, {"text": "Nej, vent lidt."}), 422)
    assert "Der er allerede svaret på spørgsmålet." in html
    assert "Ja." in html
    assert "Nej, vent lidt." in html
    assert "Ja." in page(asking.get(f"/{room}/beskeder/"))


def test_the_way_back_stays_within_our_own_pages(world, client_for):
    order_id = world.running()
    data = {"text": "Må vi?", "next": "https://elsewhere.example/"}
    response = client_for("uffe").post(f"/udfoerer/bestilling/{order_id}/spoerg/", data)
    assert response.headers["Location"] == f"/udfoerer/bestilling/{order_id}/"


def urls(world, order_id, note_id, part_id):
    case = world.case_id
    return {
        "uffe": [
            "/udfoerer/min-dag/",
            "/udfoerer/borgere/",
            "/udfoerer/bestillinger/",
            "/udfoerer/beskeder/",
            f"/udfoerer/sag/{case}/",
            f"/udfoerer/sag/{case}/status/",
            f"/udfoerer/bestilling/{order_id}/",
            f"/udfoerer/bestilling/{order_id}/spoerg/",
            f"/udfoerer/statusnotat/{note_id}/",
            f"/udfoerer/statusnotat/{note_id}/status.pdf",
            f"/udveksling/statusnotat/{note_id}/status.json",
        ],
        "mette": [
            "/myndighed/beskeder/",
            f"/myndighed/borgere/{case}/samarbejde/",
            f"/myndighed/borgere/{case}/bestilling/ny/",
            f"/myndighed/bestilling/{order_id}/",
            f"/myndighed/bestilling/{order_id}/spoerg/",
            f"/myndighed/statusnotat/{note_id}/",
            f"/myndighed/statusnotat/{note_id}/status.pdf",
            f"/udveksling/statusnotat/{note_id}/status.json",
        ],
    }


@pytest.fixture
def everything(world):
    """A running order with a sent status note and a question."""
    order_id = world.running()
    world.write(seen("Karla kørte tre stop.", goal=world.bus))
    orders.ask_question(actor=world.actor("mette"), at=NOW, order_id=order_id, text="Hvordan går det?")
    note_id = Desk(world, order_id).sent()
    part_id = orders.status_note(world.actor("uffe"), note_id).parts[0].id
    return urls(world, order_id, note_id, part_id)


def test_otto_sees_nothing(world, client_for, everything):
    for stranger, insider in (("otto_provider", "uffe"), ("otto", "mette"), ("karla", "mette"), ("ida", "mette")):
        client = client_for(stranger)
        for url in everything[insider]:
            response = client.get(url)
            html = response.content.decode(errors="replace")
            assert "Karla" not in html or stranger in {"karla", "ida"}, url
            if re.search(r"/[0-9a-f-]{36}/", url):
                assert response.status_code == 404, (stranger, url)


def test_every_page_of_a_person_is_in_the_access_log(world, client_for, everything):
    for insider, pages in everything.items():
        client = client_for(insider)
        for url in pages:
            before = AccessLogEntry.objects.filter(citizen_id=world.cast.citizen_id).count()
            assert client.get(url).status_code == 200, url
            assert AccessLogEntry.objects.filter(citizen_id=world.cast.citizen_id).count() > before, url


def test_no_page_shows_the_provider_a_cpr_number_or_an_address_it_was_not_told(world, client_for):
    order_id = world.running(tell=["purpose"])
    uffe = client_for("uffe")
    for url in (f"/udfoerer/sag/{world.case_id}/", f"/udfoerer/bestilling/{order_id}/", "/udfoerer/borgere/"):
        html = page(uffe.get(url))
        assert "Havnegade" not in html
        assert "21 34 56 78" not in html
        assert "Ida" not in words(html).replace("Idag", "") or "sag" in url
        assert not re.search(r"\b\d{6}-?\d{4}\b", html)


def test_an_agreement_is_ticked_off_and_taken_up_again(world, client_for):
    world.running()
    task_id = cases.add_task(
        actor=world.actor("mette"),
        at=NOW,
        case_id=world.case_id,
        text="Uffe ringer",
        owner_name="Uffe Dal",
        owner_id=world.cast.uffe.id,
        owner_side="provider",
        due_on=TODAY,
        source="board",
    )
    uffe = client_for("uffe")
    uffe.post(f"/udfoerer/aftale/{task_id}/gjort/")
    assert cases.Task.objects.get(id=task_id).status == "done"
    assert "Fortryd" in page(uffe.get(f"/udfoerer/sag/{world.case_id}/"))
    uffe.post(f"/udfoerer/aftale/{task_id}/fortryd/")
    assert cases.Task.objects.get(id=task_id).status == "open"
    assert client_for("otto_provider").post(f"/udfoerer/aftale/{task_id}/gjort/").status_code == 404


def test_what_was_typed_survives_a_log_in_that_expired(world, client_for):
    order_id = world.running()
    answer = Client().post(f"/udfoerer/bestilling/{order_id}/spoerg/", {"text": "Et langt spørgsmål"})
    html = page(answer, 401)
    assert 'name="parked"' in html
    assert orders.waiting_questions(world.actor("mette")) == ()
