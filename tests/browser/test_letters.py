"""A refusal from the caseworker's keyboard to the citizen's phone, and back as an answer."""

import pytest
from django.urls import reverse
from django.utils import timezone

from samspil.contexts.cases.models import Task
from samspil.contexts.letters import api as letters
from tests.browser.person import PHONE, People
from tests.browser.test_every_page import faults_of
from tests.cast import Cast
from tests.letter_facts import facts_for

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_letter_is_written_sent_and_understood(somebody: People, cast: Cast) -> None:
    now = timezone.localtime()
    actor = cast.actor("mette", on=now.date())
    draft = letters.draft_letter(actor=actor, at=now, case_id=cast.case_id, facts=facts_for())
    mette = somebody("Mette Bjerre")
    mette.go(reverse("authority:letters", args=[cast.case_id]))
    assert faults_of(mette.page, "breve") == []
    mette.follow("Du kan ikke få hjælp i hjemmet")
    mette.write("Derfor", "Du laver selv mad, og du gør selv rent.\nDu har ikke brug for mere hjælp lige nu.")
    mette.press("Gem, og vis det")
    mette.sees("Brevet er gemt.", "Du laver selv mad, og du gør selv rent.")
    assert faults_of(mette.page, "brevet") == []
    mette.press("Gem, og gå videre til at sende")
    mette.sees("Kan Karla nu fortælle en anden")
    assert faults_of(mette.page, "send") == []
    mette.choose("Hvordan skal brevet ud?", "Papir")
    mette.press("Send brevet")
    mette.sees("Skal i en kuvert")
    assert faults_of(mette.page, "sendt") == []
    mette.press("Det er lagt i postkassen")
    mette.sees("Modtaget")

    karla = somebody("Karla Holm", PHONE)
    karla.go(reverse("citizen:letters"))
    assert faults_of(karla.page, "mine breve") == []
    karla.follow("Du kan ikke få hjælp i hjemmet")
    karla.sees("Derfor", "Du laver selv mad, og du gør selv rent.", "Sådan klager du")
    assert faults_of(karla.page, "læst") == []
    karla.follow("Kort udgave")
    karla.sees("Kort udgave. Det lange brev gælder.")
    assert faults_of(karla.page, "kort") == []
    karla.follow("English")
    karla.sees("You cannot get help at home")
    karla.write("Hvad får du?", "Jeg får ikke hjælp.")
    karla.press("Lidt")
    karla.sees("Vi ringer til dig om brevet.")
    assert Task.objects.get().text.startswith("Ring til Karla om brevet.")
    assert letters.letter(cast.actor("karla", on=now.date()), draft).sent_at is not None
