"""From a no to the appeals board: read on a phone, complained about in a telephone call, partly put right, sent on."""

from pathlib import Path
from uuid import UUID

import pytest
from django.urls import reverse

from samspil.contexts.decisions.models import Complaint
from tests.axe import violations
from tests.browser.person import LAPTOP, PHONE, People, Person
from tests.browser.test_need_to_decision import SHOTS, WIDE
from tests.cast import Cast
from tests.decisions_world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SPOKEN = "Jeg tør ikke køre alene. Det er kun de gode dage, I har set."


@pytest.fixture
def world(db: None, cast: Cast) -> World:
    return build_world(cast)


def looked_at(person: Person, name: str) -> None:
    """As it is, on the screen that the person has: nothing for axe, and nothing to the side."""
    assert violations(person.page) == [], name
    assert not person.page.evaluate(WIDE), name
    if SHOTS:
        person.page.screenshot(path=str(Path(SHOTS) / f"klage-{name}.png"), full_page=True)


def test_from_a_no_to_the_appeals_board(somebody: People, world: World) -> None:
    refused = world.refused(told_on=None)
    mette, karla = somebody("Mette Bjerre", LAPTOP), somebody("Karla Holm", PHONE)
    mette.go(reverse("decisions:decision", args=[refused]))
    send_the_letter(mette, "Vi forstår, at du er utryg. Vi har set på, hvad du kan.", "afslag")
    read_the_no(karla)
    complaint = write_down_what_was_said(mette, refused)
    karla.go(reverse("citizen:decision", args=[refused]))
    karla.sees("Vi ser på din sag igen.", SPOKEN, "Skrevet ned af Mette Bjerre", "Du hører fra os senest")
    looked_at(karla, "02-borger-klagen-er-kommet")
    decide_again(mette, complaint)
    keep_the_rest(karla, refused)
    send_on(mette, complaint)
    karla.go(reverse("citizen:decision", args=[refused]))
    karla.sees("Klagen er hos Ankestyrelsen.")
    karla.sees_not("Vil du stadig klage")
    looked_at(karla, "06-borger-sendt-videre")
    assert Complaint.objects.get().status == "forwarded"


def send_the_letter(mette: Person, answer: str, name: str) -> None:
    """From the decision to a letter on the citizen's phone; only the answer to what she said is typed."""
    mette.follow("Skriv brevet til borgeren")
    mette.press("Skriv brevet")
    said = mette.page.get_by_label("Det har du sagt").input_value()
    mette.write("Det har du sagt", said.replace("[…]", answer))
    looked_at(mette, f"01-brev-{name}")
    mette.press("Gem, og gå videre til at sende")
    mette.choose("Hvordan skal brevet ud?", "Kun her i Samspil")
    looked_at(mette, f"01-send-{name}")
    mette.press("Send brevet")


def read_the_no(karla: Person) -> None:
    karla.go(reverse("citizen:letters"))
    looked_at(karla, "01-borger-breve")
    karla.follow("Du kan ikke få")
    karla.sees("Derfor", "Det har du sagt", "Sådan klager du", "Ankestyrelsen", "Du kan også ringe")
    looked_at(karla, "01-borger-afslag")


def write_down_what_was_said(mette: Person, refused: UUID) -> UUID:
    """Karla rings; Mette writes while she talks."""
    mette.go(reverse("decisions:decision", args=[refused]))
    mette.follow("Borgeren er uenig")
    mette.write("Hvad siger borgeren?", SPOKEN)
    mette.choose("Hvordan kom klagen?", "Sagt i telefonen")
    mette.write("Hvem klager?", "Karla Holm")
    looked_at(mette, "02-klagen-skrives-ned")
    mette.press("Tag imod klagen")
    mette.sees(SPOKEN, "Vores tur")
    looked_at(mette, "03-se-paa-sagen-igen")
    return Complaint.objects.get().id


def decide_again(mette: Person, complaint: UUID) -> None:
    mette.press("Begynd på en ny afgørelse")
    looked_at(mette, "03-ny-afgoerelse")
    mette.follow("Svar ja eller nej")
    mette.choose("Hvad er svaret?", "Ja til noget af det")
    mette.write("Det vigtigste: hvorfor?", "Du er utryg de første gange. Bagefter kan du selv.")
    mette.press("Gem svaret")
    mette.write("Hvad får borgeren?", "Støtte på de første ture")
    mette.write("Hvor meget og hvor tit?", "Fire torsdage")
    mette.write("Hvilke mål arbejder I med?", "Tage bussen alene")
    mette.press("Gem")
    looked_at(mette, "03-ny-afgoerelse-klar")
    mette.press("Træf afgørelsen")
    send_the_letter(mette, "Du får en med de første gange.", "delvis")
    mette.go(reverse("decisions:complaint", args=[complaint]))
    mette.choose("Hvad siger I nu?", "Borgeren får ret i noget")
    mette.write("Hvad har I set på, og hvorfor?", "Du får støtte i starten. Resten kan du selv.")
    looked_at(mette, "04-vurderingen")
    mette.press("Gem vurderingen")
    mette.sees("Borgerens tur")
    looked_at(mette, "04-borgerens-tur")


def keep_the_rest(karla: Person, refused: UUID) -> None:
    karla.go(reverse("citizen:decision", args=[refused]))
    karla.sees("Du har fået ret i noget af det.", "Du får støtte i starten.", "Vil du stadig klage over resten?")
    looked_at(karla, "05-borger-delvist-ret")
    karla.follow("Se dit nye svar")
    karla.sees("Ja til noget")
    looked_at(karla, "05-borger-nyt-svar")
    karla.page.go_back()
    karla.press("Ja, send klagen videre")
    karla.sees("Tak. Vi sender klagen videre.", "Du vil stadig klage.")
    looked_at(karla, "05-borger-holder-fast")


def send_on(mette: Person, complaint: UUID) -> None:
    mette.go(reverse("decisions:complaint", args=[complaint]))
    mette.sees("Send klagen videre")
    looked_at(mette, "06-send-videre")
    mette.press("Saml pakken, og send brevet")
    mette.sees("Ankestyrelsens tur")
    looked_at(mette, "06-sendt")
