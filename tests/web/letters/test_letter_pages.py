"""The letter's pages: written beside a phone, sent, read, answered, mended."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samspil.contexts.access.api import Capability
from samspil.contexts.cases.models import Task
from samspil.contexts.citizens.models import Citizen, ContactAgreement, Relation
from samspil.contexts.deadlines.models import Deadline
from samspil.contexts.decisions import api as decisions
from samspil.contexts.feedback.models import LetterFeedback
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.api import Dispatch, Letter
from samspil.kernel.ids import new_id
from samspil.web.letters import words
from tests.cast import NOW
from tests.contexts.letters.world import World
from tests.decisions_world import build_world
from tests.letter_facts import SENDER
from tests.pdf_text import text_of
from tests.posted_forms import forms_of

pytestmark = pytest.mark.django_db
LATER = dt.date(2027, 1, 15)
CANARY = "Kanarievej 7"


@pytest.fixture
def world(cast: Any) -> World:
    return World(cast)


@pytest.fixture
def mette(client_for: Any) -> Client:
    return client_for("mette")


@pytest.fixture
def karla(client_for: Any) -> Client:
    return client_for("karla")


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def fields(letter: letters.LetterView, **changes: str) -> dict[str, str]:
    said = {part.kind: part.text for part in letter.parts if part.is_editable}
    return said | {"version": str(letter.version)} | changes


class TestWriting:
    def test_the_draft_shows_where_its_words_are_from_and_how_it_reads_on_a_phone(self, world: World, mette: Client):
        letter_id = world.draft()
        shown = page(mette, "authority:letter", letter_id)
        assert "Notat af Jonas Lykke, 12. november 2026" in shown
        assert 'class="phone"' in shown
        assert "100 % er hentet fra sagen og skabelonen" in shown
        assert "Skabelonen er ikke godkendt af en jurist endnu." in shown
        assert shown.count("Følger af afgørelsen. Du kan ikke skrive det om.") == 3

    @pytest.mark.parametrize(("query", "words"), [("?udgave=kort", "Kort udgave."), ("?udgave=engelsk", "courtesy")])
    def test_the_other_editions_can_be_seen_too(self, world: World, mette: Client, query: str, words: str):
        assert words in page(mette, "authority:letter", world.draft(), query=query)

    def test_what_is_missing_is_said_on_top(self, world: World, mette: Client):
        shown = page(mette, "authority:letter", world.draft(asked_for="", said=()))
        assert "hvad borgeren har søgt om" in shown
        assert "hvad borgeren selv har sagt" in shown

    def test_an_empty_part_is_told_at_the_field_and_the_rest_stays(self, world: World, mette: Client):
        letter_id = world.draft()
        sent = fields(letters.letter(world.mette, letter_id), because="", do_now="Ring til mig på torsdag.")
        answer = mette.post(reverse("authority:letter", args=[letter_id]), sent)
        assert answer.status_code == 422
        assert "Skriv mindst én sætning her" in answer.content.decode()
        assert "Ring til mig på torsdag." in answer.content.decode()
        assert Letter.objects.get().version == 1

    def test_two_at_once_see_both_texts(self, world: World, mette: Client):
        letter_id = world.draft()
        address = reverse("authority:letter", args=[letter_id])
        (form,) = [
            one
            for one in forms_of(address, page(mette, "authority:letter", letter_id))
            if one.action == address and "because" in one.controls
        ]
        sent = form.filled() | {"because": "Min tekst."}
        other = {"texts": {"because": "Den andens."}, "seen": 1}
        letters.edit_letter(actor=world.mette, at=NOW, letter_id=letter_id, **other)
        answer = mette.post(reverse("authority:letter", args=[letter_id]), sent)
        assert answer.status_code == 409
        assert "Min tekst." in answer.content.decode()
        assert "Den andens." in answer.content.decode()

    def test_saved_and_on_to_send(self, world: World, mette: Client):
        letter_id = world.draft()
        sent = fields(letters.letter(world.mette, letter_id)) | {"on": "1"}
        answer = mette.post(reverse("authority:letter", args=[letter_id]), sent)
        assert answer.url == reverse("authority:letter_send", args=[letter_id])

    def test_markup_in_the_case_is_text_on_the_page(self, world: World, mette: Client):
        shown = page(mette, "authority:letter", world.draft(considerations=(letters.Drawn("<script>x</script>"),)))
        assert "<script>x" not in shown
        assert "&lt;script&gt;x" in shown


class TestSending:
    def test_it_leaves_and_can_be_read_at_once(self, world: World, mette: Client, karla: Client):
        letter_id = world.draft()
        url = reverse("authority:letter_send", args=[letter_id])
        assert "Kan Karla nu fortælle en anden" in mette.get(url).content.decode()
        assert mette.post(url, {"channel": "portal", "version": "1"}).status_code == 302
        assert "Du kan ikke få hjælp i hjemmet" in page(karla, "citizen:letters")
        shown = page(karla, "citizen:letter", letter_id)
        assert "Vi skal have din klage senest tirsdag den 22. december 2026." in shown

    def test_a_refusal_is_told_in_words_above_the_form(self, world: World, mette: Client):
        letter_id = world.draft(asked_for="hjælp efter § 83")
        answer = mette.post(reverse("authority:letter_send", args=[letter_id]), {"channel": "portal", "version": "1"})
        assert answer.status_code == 422
        assert "Paragraffer skal kun stå under Regler." in answer.content.decode()

    def test_no_channel_is_told_at_the_field(self, world: World, mette: Client):
        answer = mette.post(reverse("authority:letter_send", args=[world.draft()]), {"version": "1"})
        assert "Vælg, hvordan brevet skal ud" in answer.content.decode()

    def test_a_colleagues_change_is_read_before_it_leaves(self, world: World, mette: Client):
        letter_id = world.draft()
        letters.edit_letter(actor=world.mette, at=NOW, letter_id=letter_id, texts={"because": "Nyt."}, seen=1)
        answer = mette.post(
            reverse("authority:letter_send", args=[letter_id]), {"channel": "portal", "version": "1"}, follow=True
        )
        assert "En kollega har ændret brevet imens" in answer.content.decode()
        assert not Dispatch.objects.exists()

    def test_somebody_who_wants_letters_gets_paper_first(self, world: World, mette: Client):
        letter_id = world.draft()
        url = reverse("authority:letter_send", args=[letter_id])
        assert _checked(mette.get(url).content.decode()) == "digital_post"
        ContactAgreement.objects.create(
            municipality=991, citizen_id=world.cast.citizen_id, form="home", medium="letter", time_of_day="any",
            agreed_on=NOW.date(), agreed_by_name="Mette Bjerre",
        )  # fmt: skip
        assert _checked(mette.get(url).content.decode()) == "print"

    def test_each_envelope_has_its_own_paper_and_a_copy_never_a_hidden_address(self, world: World, mette: Client):
        """Mette may see where Karla lives; what she is led to print for Karla's sister does not say it."""
        Citizen.objects.update(address=CANARY, is_address_protected=True)
        told = world.draft(considerations=(letters.Drawn(f"Du bor på {CANARY}."),))
        letter_id = world.send(told, channel="print", copies=[Relation.objects.get().id])
        shown = page(mette, "authority:letter", letter_id)
        ways = {
            words: re.search(rf'href="([^"]+)"[^>]*>{words} til kuverten', shown)
            for words in ("Print brevet", "Print kopien")
        }
        printed = {words: text_of(mette.get(found[1]).getvalue()) for words, found in ways.items() if found}
        assert {words: CANARY in text for words, text in printed.items()} == {
            "Print brevet": True,
            "Print kopien": False,
        }

    def test_the_envelope_and_its_day(self, world: World, mette: Client):
        letter_id = world.send(channel="print")
        row = world.dispatch(letter_id)
        url = reverse("authority:letter_posted", args=[row.id])
        assert "Du kan ikke få hjælp" in page(mette, "authority:letters_to_post")
        wrong = mette.post(url, {"posted_on": "1.11.2026"})
        assert wrong.status_code == 422
        assert "Vælg en dag fra den dag, brevet blev sendt" in wrong.content.decode()
        assert mette.post(url, {"posted_on": "24.11.2026"}).status_code == 302
        assert "Alle breve er ude af huset" in page(mette, "authority:letters_to_post")
        assert "2.12.2026" in page(mette, "authority:letter", letter_id).replace("02.12.2026", "2.12.2026")


def _checked(shown: str) -> str:
    inputs = [one for one in shown.split("<input")[1:] if 'name="channel"' in one.split(">")[0]]
    (on,) = [one for one in inputs if "checked" in one.split(">")[0]]
    return on.split('value="')[1].split('"')[0]


class TestReading:
    def test_the_short_one_and_the_english_are_marked(self, world: World, karla: Client):
        letter_id = world.send(channel="portal")
        assert "Kort udgave. Det lange brev gælder." in page(karla, "citizen:letter", letter_id, query="?udgave=kort")
        english = page(karla, "citizen:letter", letter_id, query="?udgave=engelsk")
        assert "The Danish letter is the one that counts." in english
        assert '<li lang="da">Du laver selv mad tre dage om ugen.</li>' in english
        assert '<article class="letter letter-english" lang="en">' in english

    @pytest.mark.parametrize("document", ["letter", "easy", "english"])
    def test_papers_are_downloaded_as_they_were_frozen(self, world: World, karla: Client, document: str):
        letter_id = world.send(channel="portal")
        answer = karla.get(reverse("citizen:letter_pdf", args=[letter_id, document]))
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content == letters.paper(world.karla, letter_id, document).pdf

    def test_without_letters_it_says_so(self, world: World, karla: Client, mette: Client):
        assert "Der er ingen breve endnu" in page(karla, "citizen:letters")
        assert "Der er ikke skrevet breve endnu" in page(mette, "authority:letters", world.cast.case_id)

    def test_a_draft_is_not_found_by_the_citizen(self, world: World, karla: Client):
        letter_id = world.draft()
        assert karla.get(reverse("citizen:letter", args=[letter_id])).status_code == 404
        assert karla.get(reverse("citizen:letter_pdf", args=[letter_id, "letter"])).status_code == 404

    def test_a_new_letter_leads_from_the_old_one_and_shows_the_difference(
        self, world: World, mette: Client, karla: Client
    ):
        old = world.send(channel="portal")
        answer = mette.post(reverse("authority:letter_replace", args=[old]))
        new = Letter.objects.get(replaces_id=old).id
        assert answer.url == reverse("authority:letter", args=[new])
        letters.edit_letter(actor=world.mette, at=NOW, letter_id=new, texts={"because": "Du går i bad selv."}, seen=1)
        world.send(new, channel="portal")
        assert reverse("citizen:letter", args=[new]) in page(karla, "citizen:letter", old)
        assert "<ins>Du går i bad selv.</ins>" in page(karla, "citizen:letter", new)

    def test_a_list_asks_as_often_with_many_letters(self, world: World, karla: Client, count_queries: Any):
        world.send(channel="portal")
        few = count_queries(lambda: page(karla, "citizen:letters"))
        for ground in ("sel-112", "sel-97", "sel-83"):
            world.send(world.draft(ground, "full"), channel="portal")
        assert count_queries(lambda: page(karla, "citizen:letters")) == few


class TestTeachBack:
    def test_a_yes_is_kept_and_shown_to_the_caseworker(self, world: World, karla: Client, mette: Client):
        letter_id = world.send(channel="portal")
        url = reverse("citizen:letter_told", args=[letter_id])
        karla.post(url, {"told": "yes", "in_own_words": "Jeg får ikke hjælp."})
        assert LetterFeedback.objects.get().template == "sel83-refusal"
        assert "Jeg får ikke hjælp." in page(mette, "authority:letter", letter_id)
        assert "Du har svaret:" in page(karla, "citizen:letter", letter_id)
        assert not Task.objects.exists()

    @pytest.mark.parametrize("told", ["some", "no"])
    def test_anything_else_makes_somebody_ring(self, world: World, karla: Client, told: str):
        letter_id = world.send(channel="portal")
        answer = karla.post(reverse("citizen:letter_told", args=[letter_id]), {"told": told}, follow=True)
        assert "Vi ringer til dig om brevet." in answer.content.decode()
        assert Task.objects.get().text.startswith("Ring til Karla om brevet.")

    def test_it_is_answered_once(self, world: World, karla: Client):
        letter_id = world.send(channel="portal")
        for _ in range(2):
            answer = karla.post(reverse("citizen:letter_told", args=[letter_id]), {"told": "no"}, follow=True)
        assert "Du har allerede svaret om det brev." in answer.content.decode()
        assert (LetterFeedback.objects.count(), Task.objects.count()) == (1, 1)

    def test_too_long_a_text_stays_and_is_told(self, world: World, karla: Client):
        letter_id = world.send(channel="portal")
        words = "langt " * 400
        answer = karla.post(reverse("citizen:letter_told", args=[letter_id]), {"told": "yes", "in_own_words": words})
        assert answer.status_code == 422
        assert words.strip() in answer.content.decode()
        assert "Teksten er for lang." in answer.content.decode()


def test_every_value_that_can_be_missing_has_words(world: World):
    """Whatever a case may lack is told in words; the list is made by leaving everything out."""

    nobody = type(SENDER)("", "", "", "", "")
    empty = {"asked_for": "", "starts_on": None, "ends_on": None, "gets": (), "purposes": (), "facts": (), "said": ()}
    missing: set[str] = set()
    for ground, result in (("sel-103", "full"), ("sel-83", "refusal"), ("sel-85", "end"), ("sel-83", "change")):
        letter = letters.letter(world.mette, world.draft(ground, result, sender=nobody, **empty))
        missing |= set(letter.missing)
        assert words.missing_words(letter.missing)
    unanswered = world.draft(said=(letters.Answered("Jeg er træt."),))
    missing |= set(letters.letter(world.mette, unanswered).missing)
    assert missing == words.MISSING.keys()


def test_every_problem_has_words():
    assert words.PROBLEMS.keys() == set(letters.Problem)


def test_only_those_who_send_letters_may(world: World):
    assert Capability.LETTER_SEND in world.mette.capabilities
    assert not {name for name in ("karla", "ida", "jonas") if world.cast.actor(name).may(Capability.LETTER_SEND)}


@pytest.mark.parametrize("decision", ["", "noget andet", "00000000-0000-7000-8000-000000000000"])
def test_a_letter_about_no_decision_says_so(world: World, mette: Client, decision: str):
    address = reverse("authority:letter_new", args=[world.cast.case_id])
    answer = mette.post(address, {"decision": decision, "form_key": str(new_id())}, follow=True)
    assert answer.redirect_chain == [(reverse("authority:letters", args=[world.cast.case_id]), 302)]
    assert "Vælg den afgørelse, brevet skal handle om." in answer.content.decode()


class TestNotices:
    """What Samspil wrote by itself: one press sends it, or its reader betters it first."""

    @pytest.fixture
    def notice(self, cast: Any) -> Any:
        complaint = (built := build_world(cast)).complain(built.refused())
        decisions.delay_reassessment(
            actor=built.actor(), at=NOW, complaint_id=complaint, due_on=LATER, words="Vi venter på svar fra din læge."
        )
        return Letter.objects.get(kind="look_later").id

    def test_one_press_sends_it_and_the_citizen_reads_it(self, mette: Client, karla: Client, notice: Any):
        shown = page(mette, "authority:letter", notice)
        assert "Samspil har skrevet brevet til dig" in shown
        assert "Følger af afgørelsen" not in shown
        (form,) = [one for one in forms_of("", shown) if one.action.endswith("/send-nu/")]
        assert karla.get(reverse("citizen:letter", args=[notice])).status_code == 404
        mette.post(form.action, form.filled())
        read = page(karla, "citizen:letter", notice)
        assert "Vi venter på svar fra din læge." in read
        assert "Kunne du forstå brevet?" not in read
        assert "klage til og med" not in page(karla, "citizen:letters")

    def test_what_may_not_leave_is_said_where_it_can_be_mended(self, mette: Client, notice: Any):
        Deadline.objects.update(due_on=LATER - dt.timedelta(days=1))
        answer = mette.post(reverse("authority:letter_send_notice", args=[notice]), follow=True)
        assert "Du skal ikke sende brevet." in answer.content.decode()
        assert not Dispatch.objects.exists()
