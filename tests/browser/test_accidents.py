"""What goes wrong while somebody works: a double click, a log-in that runs out."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from samspil.contexts.cases.models import Referral
from samspil.contexts.meetings.models import BoardPicture
from samspil.contexts.notes.models import Note
from tests.browser.person import People
from tests.cast import Cast
from tests.scenarios import full_case

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TEXT = "Karla nåede hele vejen.\n+ Hun smilede til chaufføren."


def test_a_double_click_has_one_effect(somebody: People, cast: Cast) -> None:
    made = full_case(cast, now=timezone.localtime())
    mette, jonas = somebody("Mette Bjerre"), somebody("Jonas Lykke")
    mette.go(reverse("authority:new_referral"))
    mette.pick("Hvor kommer henvendelsen fra?", "Jobcenter")
    mette.write("Borgerens fornavn", "Signe")
    mette.write("Borgerens efternavn", "Vang")
    mette.choose("Hvilket område?", "Ældre")
    mette.write("Hvad er der sket, og hvad er der brug for?", "Signe er faldet.")
    mette.choose("Er borgeren med på henvendelsen?", "Ja")
    mette.page.get_by_role("button", name="Gem henvendelsen").dblclick()
    mette.sees("Henvendelsen er skrevet ned.")
    assert Referral.objects.count() == 1

    before = Note.objects.count()
    jonas.go(reverse("provider:case", args=[cast.case_id]))
    jonas.tab_to(jonas.page.locator("#notat textarea[name=text]"))
    jonas.page.keyboard.insert_text(TEXT)
    expect(jonas.page.locator(".chip-panel")).to_have_count(2)
    jonas.page.get_by_role("button", name="Gem notat").dblclick()
    jonas.sees("Notatet er gemt.")
    assert Note.objects.count() == before + 1

    mette.go(reverse("board:closing", args=[made.open_board]))
    mette.page.get_by_role("button", name="Afslut og send").dblclick()
    mette.sees("Koret er det bedste på ugen")
    assert Note.objects.count() == before + 2
    assert BoardPicture.objects.filter(meeting_id=made.open_board).count() == 1


def test_a_log_in_that_runs_out_brings_the_text_back(somebody: People, cast: Cast) -> None:
    full_case(cast, now=timezone.localtime())
    jonas = somebody("Jonas Lykke")
    jonas.go(reverse("provider:case", args=[cast.case_id]))
    jonas.tab_to(jonas.page.locator("#notat textarea[name=text]"))
    jonas.page.keyboard.insert_text(TEXT)
    expect(jonas.page.locator(".chip-panel")).to_have_count(2)
    jonas.page.context.clear_cookies(name="sessionid")
    jonas.press("Gem notat")
    jonas.sees("Du er logget af", "Det, du skrev, er ikke væk.")
    jonas.press("Log på igen")
    jonas.press("Jonas Lykke")
    jonas.sees("Velkommen tilbage", "Karla nåede hele vejen.", "Hun smilede til chaufføren.")
    jonas.press("Send det nu")
    jonas.sees("Notatet er gemt.")
    said = jonas.page.locator("#stroem")
    expect(said).to_contain_text("Karla nåede hele vejen.")
    expect(said).to_contain_text("Hun smilede til chaufføren.")
