"""Realistic examples for the gallery page. All people are invented."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms, template

from samspil.contexts.access.api import NotAllowed
from samspil.kernel import clock
from samspil.kernel.verdict import ALLOWED, Verdict
from samspil.klartjek import check
from samspil.web.components.forms import DayField, GrowingText, TickTiles, Tiles
from samspil.web.components.shapes import Lane, Link, Step, Stone, Voice
from samspil.web.wording.shown import checked

register = template.Library()
HARD_WORDS = "Hjælpen bevilges snarest, såfremt borgeren anmoder om det."


class ExampleForm(forms.Form):
    name = forms.CharField(label="Hvad vil du gerne tale om?", help_text="Skriv det, som du selv ville sige det.")
    day = DayField(label="Hvornår passer det?", help_text="Fx 26.11.2026")
    place = forms.ChoiceField(
        label="Hvor vil du helst mødes?",
        choices=[("home", "Hjemme hos mig"), ("walk", "På en gåtur"), ("office", "På kontoret")],
        widget=Tiles,
    )
    needs = forms.MultipleChoiceField(
        label="Skal vi tage hensyn til noget?",
        choices=[("breaks", "Jeg vil gerne have pauser"), ("light", "Mindre lys"), ("hand", "Ingen håndtryk")],
        widget=TickTiles,
        required=False,
    )
    team = forms.ChoiceField(
        label="Hvem skal have opgaven?", choices=[("north", "Distrikt Nord"), ("south", "Distrikt Syd")]
    )
    text = forms.CharField(label="Din besked", widget=GrowingText, required=False)
    agree = forms.BooleanField(label="Min søster må se min plan", required=False)


class LetterForm(forms.Form):
    words = forms.CharField(label="Dit brev", widget=GrowingText)


@register.simple_tag
def ui_gallery_examples() -> Any:
    today = clock.today()
    errors = {"name": "", "day": "i går engang", "place": "", "team": "north"}
    return SimpleNamespace(
        form=ExampleForm(prefix="a"),
        bad_form=ExampleForm({f"b-{key}": value for key, value in errors.items()}, prefix="b"),
        letter_form=LetterForm(prefix="c"),
        wording=checked(HARD_WORDS, check(HARD_WORDS, kind="message", at=today), shows_lix=False),
        allowed=ALLOWED,
        refused=Verdict(NotAllowed.NOT_YOUR_ROLE),
        crumbs=[Link("Borgere", "#"), Link("Karla Holm", "#"), Link("Mål og plan", "#", current=True)],
        tabs=[
            Link("Overblik", "#", current=True),
            Link("Mål og plan", "#"),
            Link("Møder", "#", count=1),
            Link("Afgørelser og breve", "#"),
        ],
        facts=["Distrikt Nord", "Helst: gåtur, formiddag, sms dagen før", "Sidst i kontakt for 6 dage siden"],
        alerts=["Kontakt kun skriftligt", "Tolk: arabisk"],
        voices=[Voice("Bostøtten", 6), Voice("Karla", 7)],
        three_voices=[Voice("Bostøtten", 3), Voice("Karla", 4), Voice("Kommunen", 6)],
        no_voices=[Voice("Bostøtten", None)],
        lanes=[
            Lane("Karla", 0, 22),
            Lane("Kommunen", 14, 34),
            Lane("Bostøtte Nord", 40, 60, is_now=True, label="4 dage"),
        ],
        short_lanes=[Lane("Karla", 0, 12, is_now=True, label="1 dag"), Lane("Bostøtte Nord", 88, 12, label="6. dec.")],
        stones=[
            Stone("Jeg kan ruten", "map", "reached", "Klaret i september"),
            Stone("Jeg kører med Jonas i bussen", "bus", "now", "Torsdag den 26. november"),
            Stone("Jeg prøver en ny linje", "train", "paused", "Vi venter til foråret"),
            Stone("Jeg tager bussen til kor alene", "choir", "later"),
        ],
        steps=[
            Step("Send dagsorden til statusmødet", "i morgen", "#"),
            Step("Svar på Jonas' ændring om nattesøvn", "inden fredag"),
            Step("Tal med Karla om mødet", "for 2 dage siden", "#", is_late=True),
        ],
        today=today,
        tomorrow=today + dt.timedelta(days=1),
        late=today - dt.timedelta(days=3),
        later=today + dt.timedelta(days=24),
        moment=dt.datetime.combine(today + dt.timedelta(days=2), dt.time(10, 30), tzinfo=clock.DENMARK),
        heads=["Borger", "Næste skridt", "Dage>"],
        pictograms=["bus", "bath", "medicine", "choir", "family", "dream", "strength", "calm"],
    )
