"""The path until the first meeting is held: first contact, preparation, board, closing."""

import datetime as dt
import re
import time
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, expect

from samspil.contexts.access.api import Role, RoleAssignment, User
from samspil.contexts.citizens.models import Citizen
from samspil.kernel import cpr
from tests.browser.person import PHONE, People, Person
from tests.cast import LONG, Cast

WORDS = "Jeg vil gerne kunne komme ud ad døren selv."
CPR = cpr.fictitious(dt.date(1994, 5, 12), 7)
SAVED = "Alt på tavlen er gemt"
OFFLINE = "Ingen forbindelse. Dine ord er gemt her og bliver sendt."


@dataclass
class Story:
    """The three at their own screens, and the case they are about to share."""

    mette: Person
    jonas: Person
    signe: Person
    case_id: str

    def at(self, view: str) -> str:
        """The address of a page of the case, as in "provider:goals"."""
        return reverse(view, args=[self.case_id])

    @property
    def case(self) -> str:
        return self.at("authority:case")


def first_contact(mette: Person) -> str:
    """A referral from the hospital is written down and becomes a case with a contact agreement."""
    mette.follow("Henvendelser")
    mette.follow("Skriv en henvendelse ned")
    mette.pick("Hvor kommer henvendelsen fra?", "Sygehus")
    mette.write("Hvem henvender sig?", "Sygeplejerske Bente Fold")
    mette.write("Borgerens fornavn", "Signe")
    mette.write("Borgerens efternavn", "Vang")
    mette.write("Borgerens telefon", "31 22 44 66")
    mette.write("CPR-nummer", cpr.formatted(CPR))
    mette.choose("Hvilket område?", "Voksne med handicap")
    mette.pick("Distrikt", "Nord")
    mette.write("Hvad er der sket, og hvad er der brug for?", "Signe er udskrevet i dag og tør ikke gå ud alene.")
    mette.write("Hvad siger borgeren selv?", WORDS)
    mette.write("Hvad er prøvet?", "Ture med en frivillig.")
    mette.write("Hvad virkede?", "Korte ture om formiddagen.")
    mette.write("Hvad virkede ikke?", "Bussen i myldretiden.")
    mette.choose("Er borgeren med på henvendelsen?", "Ja")
    mette.press("Gem henvendelsen")
    mette.sees("Ture med en frivillig.", "Bussen i myldretiden.", WORDS)
    mette.unfold("Aftal kontakt med det samme")
    mette.pick("Hvordan vil borgeren helst mødes?", "Gå en tur")
    mette.write("Hvor?", "ved havnen")
    mette.pick("Hvornår på dagen?", "Om formiddagen")
    mette.pick("Hvordan skal vi give besked?", "Sms")
    mette.write("Hvor mange dage må der højst gå", "14")
    mette.write("Hvad skal vi ellers huske?", "Ring ikke før klokken ni.")
    mette.press("Åbn sagen")
    mette.sees("Signe Vang", WORDS, "Indkald Signe til et møde.")
    mette.sees_not(cpr.formatted(CPR), CPR)
    return str(UUID(mette.page.url.rstrip("/").rsplit("/", 1)[-1]))


def give_log_in(cast: Cast) -> None:
    """What MitID does in real life: the citizen can be known as herself."""
    citizen = Citizen.objects.get(first_name="Signe")
    user = User.objects.create(username="signe", name="Signe Vang", password="!")
    RoleAssignment.objects.create(
        user=user, role=Role.CITIZEN, citizen_id=citizen.id, organisation=cast.fjordby, runs=LONG
    )


def call_to_meeting(story: Story, *, kind: str, purpose: str) -> str:
    """Returns the meeting's address."""
    mette = story.mette
    mette.go(story.case)
    mette.follow("Indkald til møde")
    mette.choose("Hvad er det for et møde?", kind)
    mette.write("Hvad vil du gerne tale om?", purpose)
    mette.write("Hvilken dag?", "i morgen")
    mette.write("Fra klokken", "10")
    mette.write("Til klokken", "11")
    expect(mette.page.get_by_label("Hvor?")).to_have_value("ved havnen")
    mette.press("Send indkaldelsen")
    mette.sees("Indkaldelsen er sendt.", "Signe Vang", "Mette Bjerre")
    return mette.page.url.removeprefix(mette.site)


def prepare_in_six_taps(signe: Person, purpose: str) -> None:
    signe.go("/")
    signe.sees("Hej Signe", "Du mødes med Mette", "Mette hjælper dig")
    signe.follow("Gør dig klar")
    signe.sees(purpose)
    taps = 0
    for choice in ("At kunne mere selv", "Komme ud", "At rejse", "Min hjælp", "Jeg kommer alene", "Gå en tur sammen"):
        wide = signe.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, signe.page.url
        with signe.page.expect_navigation():
            signe.page.get_by_role("button", name=choice).tap()
        taps += 1
    assert taps == 6
    signe.sees("Tak, du er klar", "At kunne mere selv", "Min hjælp")


def open_board(story: Story, meeting: str) -> None:
    mette, signe = story.mette, story.signe
    mette.go(story.case)
    mette.follow("Åbn tavle")
    mette.press("Åbn tavlen nu")
    for card in ("At kunne mere selv", "Komme ud", "At rejse", "Min hjælp"):
        expect(on_board(mette, card)).to_be_visible()
    expect(mette.page.locator("body")).not_to_contain_text(cpr.formatted(CPR))
    signe.go("/")
    signe.sees("Dit møde er i gang nu")
    signe.follow("Se tavlen")
    for person in (mette, signe):
        is_saved(person)
    assert meeting.split("/")[2] in signe.page.url


def fill_board(story: Story) -> None:
    """Mette writes by keyboard alone, Signe on her phone; words, an agreement, a goal and the scale."""
    mette, signe = story.mette, story.signe
    keys = mette.page.keyboard
    keys.press("1")
    keys.press("n")
    keys.type('"Jeg elsker at gå langs vandet')
    keys.press("Enter")
    keys.press("n")
    keys.type("Gå til havnen alene")
    mette.pick("Slags", "# Mål")
    keys.press("Escape")
    expect(mette.page.locator("[data-card-form]")).to_have_count(0)
    keys.press("3")
    keys.press("n")
    keys.type("Mette ringer til Signe")
    for words in ("Mette", "om 3 dage"):
        keys.press("Enter")
        keys.type(words)
    keys.press("Enter")
    expect(on_board(mette, "Mette ringer").locator("[data-byline]")).to_contain_text("Mette · ")
    for text in ("“Jeg elsker at gå langs vandet”", "Gå til havnen alene", "Mette ringer til Signe"):
        expect(on_board(signe, text)).to_be_visible()
    signe.page.locator('[data-new="hard"]').tap()
    signe.page.keyboard.type("Bussen larmer")
    signe.page.keyboard.press("Escape")
    signe.page.locator('label[for="value-4"]').tap()
    expect(on_board(mette, "Bussen larmer")).to_be_visible()
    expect(mette.page.locator("#value-4")).to_be_checked()
    for person in (mette, signe):
        is_saved(person)


ARRIVED = """word => new Promise((arrived) => {
    const look = () => [...document.querySelectorAll("[data-text]")].some((card) => card.textContent.includes(word))
        ? arrived() : setTimeout(look, 10);
    look();
})"""


def longest_wait(writer: Person, readers: list[Person]) -> float:
    """Seconds from the last letter of a word until it stands on the others' boards; the slowest of three words."""
    for person in (writer, *readers):
        is_saved(person)
    writer.page.locator('[data-new="works"]').click()
    writer.page.keyboard.type("Ordene")
    waits = []
    for word in ("kommer", "frem", "straks"):
        writer.page.keyboard.type(f" {word}")
        began = time.monotonic()
        for reader in readers:
            reader.page.evaluate(ARRIVED, word)
        waits.append(time.monotonic() - began)
    writer.page.keyboard.press("Escape")
    remove(writer, "Ordene kommer frem straks")
    return max(waits)


def remove(person: Person, text: str) -> None:
    on_board(person, text).click()
    person.page.get_by_text("Flyt eller fjern").click()
    person.page.get_by_role("button", name="Fjern kortet").click()
    expect(on_board(person, text)).to_have_count(0)


def on_board(person: Person, text: str) -> Locator:
    return person.page.locator("[data-card]").filter(has_text=text).first


def is_saved(person: Person) -> None:
    expect(person.page.locator("[data-board-state]")).to_have_text(SAVED)


def close_in_three_clicks(story: Story) -> None:
    mette = story.mette
    mette.clicks.clear()
    mette.follow("Afslut mødet")
    with mette.page.expect_navigation():
        mette.tap(mette.page.get_by_role("button", name="Afslut og send"))
    assert len(mette.clicks) <= 3, mette.clicks
    expect(mette.page).to_have_url(re.compile("/billede/$"))


def all_is_there(story: Story, *, plan: str) -> None:
    """What the closing made: note, task, goal, plan, and the picture for all."""
    mette, signe = story.mette, story.signe
    expect(signe.page).to_have_url(re.compile("/billede/$"))
    for person in (mette, signe):
        person.sees("Det blev vi enige om", "Mette ringer til Signe", "Jeg elsker at gå langs vandet", "Bussen larmer")
    assert signe.page.request.get(signe.page.url.rstrip("/") + ".pdf").body().startswith(b"%PDF")
    mette.go(story.case)
    mette.sees("Gå til havnen alene", "Bekymring: Bussen larmer", "Hvor er du i dag? 4")
    expect(mette.page.locator("#opgaver")).to_contain_text("Mette ringer til Signe")
    mette.tab("Mål og plan")
    mette.sees("Gå til havnen alene")
    mette.follow("Handleplanens udgaver")
    mette.sees(plan)


def undo_and_close_again(story: Story) -> None:
    mette, signe = story.mette, story.signe
    mette.go(story.case)
    mette.tab("Møder")
    mette.follow(re.compile("Første møde|Statusmøde"))
    mette.follow("Se tavlens billede")
    mette.unfold("Fortryd afslutningen")
    mette.press("Åbn mødet igen")
    is_saved(mette)
    signe.go("/")
    signe.sees("Dit møde er i gang nu")
    signe.follow("Se tavlen")
    is_saved(signe)
    close_in_three_clicks(story)
    all_is_there(story, plan="Plan 2")
    mette.sees_not("Plan 1")


def three_people(somebody: People, cast: Cast) -> Story:
    mette, jonas = somebody("Mette Bjerre"), somebody("Jonas Lykke")
    case_id = first_contact(mette)
    give_log_in(cast)
    return Story(mette, jonas, somebody("Signe Vang", PHONE), case_id)


def now() -> dt.datetime:
    return timezone.localtime()
