"""Aktindsigt: asked for on a phone, gathered and covered at a desk, fetched, and the covered words are gone."""

from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from django.urls import reverse

from samspil.contexts.disclosure.models import DisclosedPaper, FileRequest
from samspil.contexts.notes import api as notes
from tests.axe import violations
from tests.browser.person import LAPTOP, PHONE, People, Person
from tests.browser.test_need_to_decision import SHOTS, WIDE
from tests.cast import NOW, Cast
from tests.contexts.disclosure.world import REASONS, SECRET
from tests.decisions_world import build_world
from tests.pdf_text import text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def karlas(db: None, cast: Cast) -> Cast:
    build_world(cast)
    notes.write_note(
        actor=cast.actor("mette"),
        at=NOW,
        case_id=cast.case_id,
        kind="visit",
        happened_at=NOW,
        pieces=[notes.NewSegment(kind="observation", text=SECRET)],
    )
    return cast


def looked_at(person: Person, name: str) -> None:
    """As it is on both screens: nothing for axe, and nothing to the side."""
    was = person.page.viewport_size
    for size in (LAPTOP, PHONE):
        person.page.set_viewport_size({"width": size[0], "height": size[1]})
        assert violations(person.page) == [], name
        assert not person.page.evaluate(WIDE), f"{name} at {size[0]}"
        if SHOTS:
            person.page.screenshot(path=str(Path(SHOTS) / f"aktindsigt-{name}-{size[0]}.png"), full_page=True)
    assert was is not None
    person.page.set_viewport_size(was)


def test_from_the_phone_to_the_desk_and_back(somebody: People, karlas: Cast) -> None:
    karla, mette = somebody("Karla Holm", PHONE), somebody("Mette Bjerre", LAPTOP)
    ask(karla)
    request = FileRequest.objects.get()
    gather(mette, karlas, request)
    answer(mette)
    karla.go(reverse("citizen:file_request", args=[request.id]))
    karla.sees("Noget er udleveret", REASONS, "Er du uenig?")
    looked_at(karla, "06-borger-svaret")
    fetched = fetch(karla)
    assert fetched == bytes(DisclosedPaper.objects.get().data)
    assert "drikker om aftenen" in text_of(fetched)
    assert "Preben" not in text_of(fetched)
    assert "Preben" in SECRET


def ask(karla: Person) -> None:
    karla.go(reverse("citizen:home"))
    karla.follow("Få mine papirer")
    looked_at(karla, "01-borger-mine-papirer")
    karla.follow("Bed om at se papirerne")
    looked_at(karla, "02-borger-bed-om")
    karla.press("Send")
    karla.sees("Du får svar senest")


def gather(mette: Person, karlas: Cast, request: FileRequest) -> None:
    mette.go(reverse("disclosure:case", args=[karlas.case_id]))
    looked_at(mette, "03-sagen")
    mette.follow("Karla Holm: Aktindsigt")
    mette.follow("Se papirerne igennem")
    looked_at(mette, "04-papirerne")
    mette.press("Gem valget")
    mette.follow("Se papirerne igen")
    note = next(key for key in sorted(FileRequest.objects.get().chosen) if key.startswith("note:") and _has(key))
    mette.go(reverse("disclosure:document", args=[request.id, note]))
    mette.pick("Hvor i papiret?", "3.")
    mette.write("Hvilke ord?", "Preben Ulk")
    mette.pick("Hvorfor?", "Andres")
    mette.press("Dæk det")
    mette.sees("Naboen [dækket: Andres private forhold] drikker")
    looked_at(mette, "05-et-papir")


def _has(key: str) -> bool:
    return notes.Segment.objects.filter(note_id=key.removeprefix("note:"), text=SECRET).exists()


def answer(mette: Person) -> None:
    mette.follow("Papirerne")
    mette.go(reverse("disclosure:answer", args=[FileRequest.objects.get().id]))
    mette.write("Hvorfor er noget ikke med?", REASONS)
    looked_at(mette, "05-svar")
    mette.press("Giv svaret")
    mette.sees("Noget er udleveret")
    looked_at(mette, "05-besvaret")


def fetch(karla: Person) -> bytes:
    to = karla.link("Hent").get_attribute("href")
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in karla.page.context.cookies())
    with urlopen(Request(f"{karla.site}{to}", headers={"Cookie": cookies})) as got:  # noqa: S310
        data: bytes = got.read()
    return data
