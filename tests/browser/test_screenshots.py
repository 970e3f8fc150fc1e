"""Pictures of the twelve main pages. `make screenshots` puts them into docs/screenshots, from the demo municipality."""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from samspil.contexts.access import api as access
from samspil.contexts.cases.models import Case
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.api import Op, OpKind
from tests.browser.person import People, Person
from tests.scenarios import full_case

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SCREENS = {1280: (1280, 860), 360: (360, 740)}
LARGEST = 150_000
COLOURS = 128
CARDS = (
    ("works", "citizen_words", "Koret er det bedste på ugen", {}),
    ("works", "works", "Karla laver mad selv tre dage om ugen", {}),
    ("works", "wish", "Et job med dyr", {}),
    ("hard", "worry", "Larm om natten. Sover fire timer", {}),
    ("hard", "question", "Hvem ringer vi til om natten?", {}),
    ("next", "agreement", "Jonas kører med bussen, tre sæder bagved", {"who": "Jonas", "when": "om 3 dage"}),
    ("next", "agreement", "Mette skriver til udlejeren om støjen", {"who": "Mette", "when": "om 5 dage"}),
)


@dataclass(frozen=True, slots=True)
class Shot:
    name: str
    who: str
    address: str


def shots(case_id: UUID, board: UUID, status_note: str) -> Iterator[Shot]:
    yield Shot("min-dag", "Mette Bjerre", "/")
    yield Shot("borgere", "Mette Bjerre", reverse("authority:caseload"))
    yield Shot("sag", "Mette Bjerre", reverse("authority:case", args=[case_id]))
    yield Shot("maal", "Mette Bjerre", reverse("authority:goals", args=[case_id]))
    yield Shot("tavle", "Mette Bjerre", reverse("board:board", args=[board]))
    yield Shot("tavle-afslut", "Mette Bjerre", reverse("board:closing", args=[board]))
    yield Shot("udfoerer", "Jonas Lykke", "/")
    yield Shot("udfoerer-sag", "Jonas Lykke", reverse("provider:case", args=[case_id]))
    yield Shot("statusnotat", "Jonas Lykke", status_note)
    yield Shot("borger", "Karla Holm", "/")
    yield Shot("min-plan", "Karla Holm", reverse("citizen:plan"))
    yield Shot("hvem-har-set", "Karla Holm", reverse("citizen:looks"))


def photograph(person: Person, shot: Shot, width: int) -> bytes:
    """The page as it meets the eye, in few colours."""
    person.page.set_viewport_size(dict(zip(("width", "height"), SCREENS[width], strict=True)))
    person.go(shot.address)
    person.page.evaluate("document.fonts.ready")
    person.page.wait_for_timeout(200)
    picture = Image.open(io.BytesIO(person.page.screenshot(animations="disabled"))).convert("RGB")
    packed = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    return packed.getvalue()


def open_filled_board(case_id: UUID) -> UUID:
    """Karla's coming meeting, begun, with a few words on its board."""
    now = timezone.localtime()
    mette = access.actor_for(access.User.objects.get(name="Mette Bjerre").id, on=now.date())
    assert mette is not None
    coming = meetings.next_meeting(mette, case_id, now=now)
    assert coming is not None
    if coming.status != "open":
        meetings.open_meeting(actor=mette, at=now, meeting_id=coming.id)
    said = [
        Op(id=uuid4(), kind=OpKind.ADD, card=uuid4(), column=column, card_kind=kind, text=text, **more)
        for column, kind, text, more in CARDS
    ]
    scale = Op(id=uuid4(), kind=OpKind.SCALE, value=7)
    meetings.apply_board_ops(actor=mette, at=now, meeting_id=coming.id, ops=[*said, scale])
    return coming.id


def composed_status_note(jonas: Person, case_id: UUID) -> str:
    jonas.go(reverse("provider:case_status", args=[case_id]))
    jonas.press(("Saml et statusnotat", "Hent det nyeste fra notaterne")[jonas.link("Kladde").count()])
    return jonas.page.url.removeprefix(jonas.site)


def take_all(somebody: People, folder: Path) -> None:
    case_id = Case.objects.get(citizen__first_name="Karla", citizen__last_name="Holm").id
    people = {name: somebody(name) for name in ("Mette Bjerre", "Jonas Lykke", "Karla Holm")}
    before = [shot for shot in shots(case_id, case_id, "") if shot.name in {"borger", "sag", "udfoerer"}]
    for shot in before:  # how it looks before the meeting begins
        _keep(people, shot, folder)
    board = open_filled_board(case_id)
    note = composed_status_note(people["Jonas Lykke"], case_id)
    for shot in shots(case_id, board, note):
        if shot not in before:
            _keep(people, shot, folder)


def _keep(people: dict[str, Person], shot: Shot, folder: Path) -> None:
    for width in SCREENS:
        picture = photograph(people[shot.who], shot, width)
        assert len(picture) < LARGEST, (shot.name, width, len(picture))
        (folder / f"{shot.name}-{width}.png").write_bytes(picture)


def test_the_twelve_main_pages(somebody: People, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder = tmp_path
    if os.environ.get("SAMSPIL_SCREENSHOTS") == "1":
        folder = request.config.rootpath / "docs" / "screenshots"
        folder.mkdir(exist_ok=True)
        call_command("demo")
    else:
        full_case(request.getfixturevalue("cast"), now=timezone.localtime())
    take_all(somebody, folder)
    assert len(list(folder.glob("*.png"))) == 12 * len(SCREENS)
