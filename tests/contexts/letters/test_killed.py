"""The process that makes or delivers a letter is killed with -9 in the middle: nothing half-written, nothing twice."""

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samspil.contexts.access.api import Event
from samspil.contexts.letters.api import Dispatch, Letter, LetterDocument
from samspil.contexts.letters.rules import CLAIM_LASTS
from samspil.kernel.ids import new_id
from tests.cast import NOW, Cast
from tests.contexts.letters.world import World
from tests.killed import SECONDS, another_process, killed_as_it_says
from tests.posted_forms import forms_of, send

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

START = """
import datetime as dt, sys
from pathlib import Path
from uuid import UUID
import django
django.setup()
from samspil.contexts.access import api as access
from samspil.contexts.letters import api as letters
from samspil.kernel import scope

scope.stay(scope.SYSTEM)
at = dt.datetime.fromisoformat(sys.argv[1])

def say(word):
    print(word, flush=True)
"""
SEND = (
    START
    + """
from samspil.contexts.letters import papers
make, made = papers.make_pdf, []

def make_slowly(*args, **more):
    made.append(args)
    say(f"making {len(made)}")
    pdf = make(*args, **more)
    while f"making {len(made)}" == sys.argv[4]:
        pdf = make(*args, **more)
    return pdf

papers.make_pdf = make_slowly
actor = access.actor_for(UUID(sys.argv[2]), on=at.date())
from django.db import transaction
with transaction.atomic():
    letters.send_letter(actor=actor, at=at, letter_id=UUID(sys.argv[3]), channel="digital_post", seen=1)
    say("written")
    while "written" == sys.argv[4]:
        pass
say("done")
"""
)
DELIVER = (
    START
    + """
box, die = Path(sys.argv[2]), sys.argv[3]

class Box:
    def deliver(self, message):
        say("claimed")
        while die == "claimed":
            pass
        with (box / "calls").open("a") as calls:
            calls.write(f"{message.key}\\n")
        (box / f"{message.key}.pdf").write_bytes(message.attachments[0].data)
        say("handed over")
        while die == "handed over":
            pass
        return letters.Receipt("taken", at)

ended = letters.deliver_waiting(actor=access.system_actor(at.date()), at=at, channel=Box())
say(f"arrived {ended.arrived}")
"""
)


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


def whole_letters() -> dict[str, int]:
    return {
        "sent": Letter.objects.filter(status="sent").count(),
        "papers": LetterDocument.objects.count(),
        "journeys": Dispatch.objects.count(),
        "told": Event.objects.filter(kind="letter.sent").count(),
    }


NOTHING = {"sent": 0, "papers": 0, "journeys": 0, "told": 0}
ONE = {"sent": 1, "papers": 4, "journeys": 1, "told": 1}


def opened(client: Client, letter_id: UUID) -> dict[str, list[str]]:
    """The form of the sending as it stands, to the citizen alone."""
    page = reverse("authority:letter_send", args=[letter_id])
    form = next(form for form in forms_of(page, client.get(page).content.decode()) if form.action == page)
    return {name: value for name, value in form.filled().items() if name != "copies"} | {"channel": ["digital_post"]}


def pressed(client: Client, letter_id: UUID, form: dict[str, list[str]]) -> str:
    """The page that the button leads to."""
    send(client, reverse("authority:letter_send", args=[letter_id]), form | {"form_key": [str(new_id())]})
    return client.get(reverse("authority:letter", args=[letter_id])).content.decode()


@pytest.mark.parametrize("moment", ["making 1", "making 3", "making 4", "written"])
def test_killed_while_its_papers_are_made(world: World, client_for: Callable[[str], Client], moment: str) -> None:
    letter_id, mette = world.draft(), client_for("mette")
    killed_as_it_says(moment, SEND, NOW.isoformat(), world.cast.mette.id, letter_id, moment)
    assert whole_letters() == NOTHING
    page = mette.get(reverse("authority:letter", args=[letter_id])).content.decode()
    assert "Kladde. Skabelon:" in page
    form = opened(mette, letter_id)
    assert "Brevet er sendt. Borgeren kan læse det nu." in pressed(mette, letter_id, form)
    assert whole_letters() == ONE
    for paper in LetterDocument.objects.all():
        assert paper.sha256 == hashlib.sha256(bytes(paper.pdf)).hexdigest()
    assert "Brevet er allerede sendt, og kun én gang." in pressed(mette, letter_id, form)
    assert whole_letters() == ONE


def test_one_that_is_not_killed_sends_it(world: World) -> None:
    """The control: the same process, left alone, does all that the killed ones did not."""
    with another_process(SEND, NOW.isoformat(), world.cast.mette.id, world.draft(), "never") as process:
        said, problem = process.communicate(timeout=SECONDS)
    assert said.splitlines()[-1] == "done", problem
    assert whole_letters() == ONE


def delivered(box: Path, at: dt.datetime) -> str:
    with another_process(DELIVER, at.isoformat(), box, "never") as process:
        said, problem = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, problem
    return said.splitlines()[-1]


@pytest.mark.parametrize(("moment", "calls"), [("claimed", 1), ("handed over", 2)])
def test_killed_while_it_is_delivered(
    world: World, client_for: Callable[[str], Client], tmp_path: Path, moment: str, calls: int
) -> None:
    letter_id = world.send()
    killed_as_it_says(moment, DELIVER, NOW.isoformat(), tmp_path, moment)
    assert world.dispatch(letter_id).status == "sending"
    page = client_for("mette").get(reverse("authority:letter", args=[letter_id])).content.decode()
    assert "På vej" in page
    assert delivered(tmp_path, NOW + CLAIM_LASTS / 2) == "arrived 0", "the first may still be at work"
    assert delivered(tmp_path, NOW + CLAIM_LASTS * 2) == "arrived 1"
    assert delivered(tmp_path, NOW + CLAIM_LASTS * 4) == "arrived 0"
    handed_over = (tmp_path / "calls").read_text().split()
    assert (len(handed_over), len(set(handed_over))) == (calls, 1), "always the same key: the channel knows it"
    (paper,) = tmp_path.glob("*.pdf")
    assert paper.read_bytes() == bytes(LetterDocument.objects.get(kind="letter").pdf)
    assert Event.objects.filter(kind="letter.arrived").count() == 1


def test_without_its_claim_another_hands_it_over_at_once(world: World, tmp_path: Path) -> None:
    """Negative control: what holds the next process back is the claim that the killed one left behind."""
    world.send()
    killed_as_it_says("handed over", DELIVER, NOW.isoformat(), tmp_path, "handed over")
    Dispatch.objects.update(status="waiting", claim=None, next_try_at=NOW)
    assert delivered(tmp_path, NOW + CLAIM_LASTS / 2) == "arrived 1"
    assert len((tmp_path / "calls").read_text().split()) == 2
