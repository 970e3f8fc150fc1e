"""The path's last part: status meeting, what the citizen thought of it, and everybody's view of the case."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.path_meeting import OFFLINE, Story, close_in_three_clicks, is_saved, longest_wait, on_board
from tests.browser.path_work import GOAL, rate_as_citizen
from tests.browser.person import PHONE, People, Person

PROPOSAL = "Lave mad til min søster"


def tick_checklist(person: Person, meeting: str, line: str) -> None:
    person.go(meeting)
    row = person.page.get_by_role("button", name=re.compile(line))
    person.tab_to(row)
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    expect(person.page.get_by_role("button", name=re.compile(line))).to_have_attribute("aria-pressed", "true")


def read_status(story: Story) -> None:
    """Mette meets it on her day, reads it, and sees how much of it was drawn."""
    mette = story.mette
    mette.go("/")
    expect(mette.page.locator("section").filter(has=mette.page.locator("#nyt"))).to_contain_text("Signe Vang")
    mette.go(story.case)
    mette.tab("Samarbejde")
    mette.follow(re.compile(r"Bostøtte Nord, \d"))
    mette.sees("Statusnotat fra Bostøtte Nord", "samlet", GOAL, "Det meste af vejen alene.", PROPOSAL)


def meet_live(story: Story, meeting: str) -> None:
    """All three at the board: within a second, three at once, one away for a while, and nothing lost."""
    mette, jonas, signe = story.mette, story.jonas, story.signe
    mette.go(meeting)
    mette.follow("Åbn tavlen")
    mette.press("Åbn tavlen nu")
    board = mette.page.url
    for person in (jonas, signe):
        person.go(board)
    waited = [longest_wait(jonas, [mette, signe]), longest_wait(signe, [mette, jonas])]
    assert max(waited) < 1, waited
    write_at_once({"Mette": mette, "Jonas": jonas, "Signe": signe})
    away_for_a_while(signe, [mette, jonas])
    mette.page.locator('[data-new="next"]').click()
    keys = mette.page.keyboard
    keys.type("Jonas og Signe laver suppe")
    for words in ("Jonas", "om 7 dage"):
        keys.press("Enter")
        keys.type(words)
    keys.press("Enter")
    for person in (mette, jonas, signe):
        expect(on_board(person, "laver suppe")).to_be_visible()
        is_saved(person)


def write_at_once(people: dict[str, Person]) -> None:
    for person in people.values():
        person.page.locator('[data-new="hard"]').click()
    for n in range(5):
        for name, person in people.items():
            person.page.keyboard.type(f"{name}{n} ")
    for person in people.values():
        person.page.keyboard.press("Escape")
        is_saved(person)
    for reader in people.values():
        for name in people:
            expect(on_board(reader, " ".join(f"{name}{n}" for n in range(5)))).to_be_visible()


def away_for_a_while(one: Person, others: list[Person]) -> None:
    one.page.context.set_offline(True)
    one.page.locator('[data-new="works"]').click()
    one.page.keyboard.type("Skrevet uden net")
    one.page.keyboard.press("Escape")
    expect(one.page.locator("[data-board-state]")).to_have_text(OFFLINE)
    others[0].page.locator('[data-new="works"]').click()
    others[0].page.keyboard.type("Skrevet imens")
    others[0].page.keyboard.press("Escape")
    is_saved(others[0])
    expect(on_board(others[1], "Skrevet uden net")).to_have_count(0)
    one.page.context.set_offline(False)
    for person in others:
        expect(on_board(person, "Skrevet uden net")).to_be_visible()
    expect(on_board(one, "Skrevet imens")).to_be_visible()


def hold_status_meeting(story: Story, meeting: str) -> None:
    tick_checklist(story.mette, meeting, "Læs statusnotatet")
    tick_checklist(story.jonas, meeting, "Skriv status på målene")
    meet_live(story, meeting)
    tick_checklist(story.mette, meeting, "Gå dagsordenen igennem")
    story.mette.follow("Åbn tavlen")
    close_in_three_clicks(story)
    tick_checklist(story.jonas, meeting, "Lav nye delmål")
    story.mette.go(meeting)
    story.mette.sees("Det gør udfører", "☑ Lav nye delmål")


def decide(story: Story) -> None:
    """Authority and citizen say yes to the new goal; both get the plan anew."""
    mette = story.mette
    read_status(story)
    mette.choose("Hvad beslutter I?", "Fortsæt med ændringer")
    mette.choose(PROPOSAL, "Ja, det bliver et mål")
    mette.choose("Hvad siger Signe?", "Enig")
    mette.write("Hvad har I aftalt?", "Vi begynder med suppe.")
    mette.press("Gem beslutningen")
    mette.sees("Beslutningen er gemt", "Vi begynder med suppe.", "Signe: enig.")
    plans = {}
    for name, person, goals in (
        ("mette", mette, story.at("authority:plans")),
        ("jonas", story.jonas, story.at("provider:plans")),
    ):
        person.go(goals)
        person.follow(re.compile("^Plan "))
        person.sees(PROPOSAL, GOAL)
        plans[name] = person.page.locator("h1").inner_text()
    assert plans["mette"] == plans["jonas"]
    rate_as_citizen(story.signe, "3", PROPOSAL)
    story.signe.sees(GOAL, PROPOSAL)


def three_taps(page: Person, answers: tuple[str, str, str], words: str) -> None:
    for answer in answers:
        with page.page.expect_navigation():
            page.page.get_by_role("button", name=answer, exact=True).tap()
    page.page.get_by_label("Skriv med dine egne ord").fill(words)
    with page.page.expect_navigation():
        page.page.get_by_role("button", name="Send mit svar").tap()


def say_no(story: Story) -> None:
    """In the room after the first meeting: a no becomes something for Mette to talk about."""
    signe = story.signe
    signe.go("/")
    signe.sees("Hvordan var mødet?")
    signe.follow("Svar nu")
    three_taps(signe, ("Ja", "Nej", "Lidt"), "Vi talte ikke om min søster.")
    signe.sees("Tak. Dit svar er sendt.")
    story.mette.go("/")
    expect(story.mette.page.locator(".task").filter(has_text="Signe Vang").first).to_be_visible()
    story.mette.go(story.case)
    expect(story.mette.page.locator("#opgaver")).to_contain_text(re.compile("mødet|svar", re.IGNORECASE))
    story.mette.tab("Møder")
    story.mette.follow(re.compile("Hvad Signe har svaret"))
    story.mette.sees("Nej", "Vi talte ikke om min søster.")
    story.mette.unfold("Skriv, hvad du har ændret")
    story.mette.write("Hvad har du ændret?", "Din søster er på dagsordenen nu.")
    story.mette.press("Gem")
    story.mette.sees("Din søster er på dagsordenen nu.")


def answer_by_link(story: Story, meeting: str, somebody: People) -> None:
    """On her own phone without logging in; the link works once."""
    story.mette.go(meeting)
    story.mette.press("Lav link til borgerens telefon")
    link = story.mette.page.get_by_label("Linket").input_value()
    phone = somebody("", PHONE)
    phone.go(link)
    expect(phone.page.locator("body")).not_to_contain_text("Signe")
    three_taps(phone, ("Ja", "Ja", "Nej"), "Det var godt.")
    phone.sees("Tak for dit svar", "Din rådgiver læser det, du har skrevet.")
    phone.go(link)
    phone.sees("Du har allerede svaret. Tak, vi har fået det.")
    story.mette.go(meeting)
    story.mette.sees("Hvad syntes borgeren om mødet?", "Det var godt.")


def own_room(story: Story) -> None:
    signe = story.signe
    signe.go(reverse("citizen:plan"))
    signe.sees(GOAL, PROPOSAL, "Jeg øver: finde den stille vej", "Hvad sker der med min hjælp")
    signe.go(reverse("citizen:agreements"))
    signe.sees("Jonas og Signe laver suppe", "Mette ringer til Signe")
    signe.go(reverse("citizen:helpers"))
    signe.sees("Mette Bjerre", "Jonas Lykke")
    signe.go(reverse("citizen:looks"))
    signe.sees("Mette Bjerre", "Jonas Lykke")
    signe.sees_not("Otto")
    signe.go("/")
    assert signe.page.locator("main .card").count() <= 3


def whose_turn(story: Story, words: dict[str, str]) -> None:
    """The same turn on all sides, each in words of one's own."""
    for name, person, page in (
        ("mette", story.mette, story.case),
        ("jonas", story.jonas, story.at("provider:case")),
        ("signe", story.signe, "/"),
    ):
        if name not in words:
            continue
        person.go(page)
        person.follow("Hvad sker der nu?" if name == "signe" else "Se hele vejen")
        person.sees("Hvis tur er det?", words[name])
