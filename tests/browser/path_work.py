"""The path from the goals to the status note: what the help is for, the order, the work and what is written."""

import re

from django.urls import reverse
from playwright.sync_api import Locator, expect

from tests.browser.path_meeting import WORDS, Story
from tests.browser.person import Person

GOAL = "Gå til havnen alene"
SCALE = "0 er langt fra. 10 er helt i mål."
REASON = "Vi taler om det på mødet først."
HIDDEN = "Hun er mere bange, end hun siger."
NOTE = f"""Signe gik til bænken ved havnen.
“Jeg turde godt, da Jonas gik bagved.”
#havnen 6/10 Det meste af vejen alene.
+ Hun fandt selv den stille vej.
> Jonas går med igen om 3 dage.
= {HIDDEN}"""


def set_goals(story: Story) -> None:
    """Purpose, then the goal from the board with words beside wording and what happens to the help."""
    mette = story.mette
    mette.go(story.case)
    mette.tab("Mål og plan")
    mette.follow("Skriv formålet")
    expect(mette.page.get_by_label("Hvad er vigtigst, med borgerens egne ord?")).to_have_value(WORDS)
    mette.write("Formålet med hjælpen, med fagets ord", "Signe færdes selvstændigt i nærmiljøet.")
    mette.press("Gem formålet")
    mette.follow(re.compile("Ret målet"))
    mette.write("Borgerens egne ord", "Jeg vil gå langs vandet, når jeg har lyst.")
    mette.write("Målet med fagets ord", "Signe går alene til havnen to gange om ugen.")
    expect(mette.page.get_by_label("Kort navn")).to_have_value(GOAL)
    mette.write("Hvad sker der med hjælpen, når målet er nået?", "Så slutter gåturene.")
    mette.press("Gem målet")
    mette.follow(re.compile("^Sæt målet i gang"))
    mette.sees("Så slutter gåturene.", "Det er ikke sagt endnu.")
    mette.follow("Skriv det på målet")
    mette.write("Hvad sker der med hjælpen, hvis det ikke bliver nået?", "Så prøver vi en anden vej.")
    mette.press("Gem målet")
    mette.follow(re.compile("^Sæt målet i gang"))
    mette.sees("Så slutter gåturene.", "Så prøver vi en anden vej.")
    mette.press("Sæt målet i gang")
    card = mette.page.locator(".goal-card").filter(has_text=GOAL).first
    for words in ("Jeg vil gå langs vandet", "Signe går alene til havnen", "Så slutter gåturene.", "en anden vej"):
        expect(card).to_contain_text(words)


def rate(person: Person, goals: str, value: str) -> None:
    """Caseworker and provider say where the goal stands."""
    person.go(goals)
    person.follow(re.compile("Skriv, hvor langt I er"))
    person.choose(SCALE, value)
    person.press("Gem tallet")
    person.sees("Tallet er gemt.")


def rate_as_citizen(signe: Person, value: str, goal: str = GOAL) -> None:
    signe.go(reverse("citizen:plan"))
    card = signe.page.get_by_role("region", name=goal)
    card.locator(".scale-number").filter(has_text=re.compile(f"^{value}$")).tap()
    with signe.page.expect_navigation():
        card.get_by_role("button", name="Gem mit tal").tap()
    signe.sees("Tak. Dit tal er gemt.")
    expect(card.get_by_role("radio", name=value, exact=True)).to_be_checked()


def order_help(story: Story) -> None:
    mette = story.mette
    mette.go(story.case)
    mette.tab("Samarbejde")
    mette.follow("Bestil hjælp")
    mette.pick("Hvem skal hjælpe?", "Bostøtte Nord, Team Havn")
    mette.write("Hvad skal de hjælpe med?", "Bostøtte to timer om ugen, ude i byen.")
    mette.write("Hvor tit?", "To gange om ugen")
    mette.press("Se, hvad udføreren får at vide")
    mette.sees("Det får Bostøtte Nord at vide", WORDS, GOAL)
    mette.sees_not("Bussen i myldretiden")
    mette.press("Send bestillingen")
    mette.sees("Bestillingen er sendt.")


def take_on_order(story: Story) -> None:
    jonas = story.jonas
    jonas.go("/")
    jonas.sees("Nye bestillinger", "Signe Vang")
    jonas.follow("Læs og svar")
    jonas.sees("Bostøtte to timer om ugen", GOAL)
    jonas.choose("Hvem er kontaktperson?", "Jonas Lykke")
    jonas.press("Tag imod")
    jonas.go(story.at("provider:goals"))
    for step in ("Finde den stille vej", "Gå halvvejs alene"):
        jonas.follow(re.compile("Nyt delmål"))
        jonas.write("Delmålet", step)
        jonas.write("Borgerens egne ord", f"Jeg øver: {step.lower()}")
        jonas.press("Gem delmålet")
    jonas.sees("Finde den stille vej", "Gå halvvejs alene")


def write_note(story: Story) -> None:
    """Typed with marks; the draft outlives a reload; one piece is hidden with a reason."""
    jonas = story.jonas
    jonas.go(story.at("provider:case"))
    text = jonas.page.locator("#notat textarea[name=text]")
    jonas.tab_to(text)
    jonas.page.keyboard.insert_text(NOTE)
    expect(jonas.page.locator("[data-samspil-draft-status]")).to_contain_text("Gemt", timeout=5000)
    jonas.page.reload()
    expect(jonas.page.locator("[data-samspil-restored]")).to_contain_text(
        re.compile("Din kladde fra .* er hentet frem")
    )
    expect(text).to_have_value(NOTE)
    for kind in ("Observation", "Borgerens ord", "Målstatus", "Ressource", "Aftale · Jonas", "Vurdering"):
        expect(piece(jonas, kind)).to_be_visible()
    hide(jonas, piece(jonas, "Vurdering"))
    jonas.press("Gem notat")
    jonas.sees("Notatet er gemt. Signe kan se det, undtagen det, du har skjult.")
    for text in ("Signe gik til bænken", "Hun fandt selv den stille vej.", HIDDEN, REASON):
        expect(jonas.page.locator("#stroem")).to_contain_text(text)
    expect(jonas.page.locator("#notat textarea[name=text]")).to_have_value("")


def piece(person: Person, kind: str) -> Locator:
    return person.page.locator("details.chip-panel").filter(has=person.page.locator("summary", has_text=kind)).first


def hide(person: Person, panel: Locator) -> None:
    """The panel is drawn anew when something is chosen in it, so it waits for that."""
    person.tab_to(panel.locator("summary"))
    person.page.keyboard.press("Enter")
    with person.page.expect_response(re.compile("/notat/")):
        person.tick("Signe skal ikke se det", within=panel)
    person.write("Hvorfor skal Signe ikke se det?", REASON, within=panel)
    person.page.keyboard.press("Tab")
    expect(panel.get_by_text("Skjult", exact=True)).to_be_visible()


def reads_own_notes(story: Story) -> None:
    signe = story.signe
    signe.go("/")
    signe.follow("Det er skrevet om mig")
    signe.sees("Signe gik til bænken ved havnen.", "Hun fandt selv den stille vej.")
    signe.sees_not(HIDDEN, REASON)


def send_status(story: Story, proposal: str) -> None:
    """The note composes itself; one part stays as it is, a new goal is proposed, and it is sent."""
    jonas = story.jonas
    jonas.go(story.at("provider:case_status"))
    jonas.press(re.compile("Saml et statusnotat"))
    jonas.sees(
        "er samlet af det, I allerede har skrevet", "Det meste af vejen alene.", "Hun fandt selv den stille vej."
    )
    jonas.sees_not(HIDDEN)
    jonas.unfold("skrevet")
    expect(jonas.page.locator("details[open] .segment")).to_be_visible()
    draft = jonas.page.url
    share = int(re.search(r"(\d+) % er samlet", jonas.page.inner_text("main"))[1])  # type: ignore[index]
    assert share >= 80, share
    jonas.press(re.compile("^Uændret"))
    expect(jonas.page.locator(".status-part").first).to_contain_text("Uændret")
    jonas.follow("Foreslå et nyt mål")
    jonas.write("Borgerens egne ord", "Jeg vil gerne lave mad til min søster.")
    jonas.write("Kort navn", proposal)
    jonas.write("Hvad sker der med hjælpen, når målet er nået?", "Så laver Signe mad selv.")
    jonas.write("Hvad sker der med hjælpen, hvis det ikke bliver nået?", "Så øver vi videre.")
    jonas.press("Send forslaget")
    jonas.go(draft)
    jonas.sees(proposal)
    jonas.choose("Hvad anbefaler I?", "Fortsæt med ændringer")
    jonas.write("Hvorfor?", "Havnen går godt. Nu fylder maden mere.")
    jonas.press("Send til kommunen")
    jonas.sees("Sendt til kommunen", "Fortsæt med ændringer")
