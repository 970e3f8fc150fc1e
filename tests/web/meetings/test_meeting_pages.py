import datetime as dt
import re

import pytest
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry, User
from samspil.contexts.feedback.models import MeetingFeedback
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.models import BoardLayout, Meeting
from tests.cast import FJORDBY, NOW
from tests.posted_forms import forms_of

pytestmark = pytest.mark.django_db

WHEN = {"day": "torsdag den 26.", "starts": "10.30", "ends": "kl. 11.30", "place": "Biblioteket"}


def invitation(**changed):
    plan = {
        "kind": "conversation",
        "purpose": "Jeg vil gerne høre, hvordan det går med bussen.",
        "form": "walk",
        "guests": ["Karla Holm"],
        "agenda": "",
        "layout_slug": "prove",
        "material": "",
        **WHEN,
    }
    return {**plan, **changed}


class TestCalling:
    def url(self, cast) -> str:
        return reverse("meetings:call", args=[cast.case_id])

    def test_the_form_knows_the_people_already(self, client_for, cast, layout) -> None:
        page = client_for("mette").get(self.url(cast)).content.decode()
        for name in ("Karla Holm", "Ida Holm", "Jonas Lykke"):
            assert name in page

    def test_the_first_meeting_of_a_case_is_chosen_beforehand(self, client_for, cast, layout, call) -> None:
        chosen = re.compile(r'name="kind" value="(\w+)"[^>]*checked')
        assert chosen.search(client_for("mette").get(self.url(cast)).content.decode())[1] == "first"
        call()
        assert chosen.search(client_for("mette").get(self.url(cast)).content.decode())[1] == "conversation"

    def test_a_meeting_is_called_with_dates_as_people_write_them(self, client_for, cast, layout) -> None:
        answer = client_for("mette").post(self.url(cast), invitation())
        meeting = Meeting.objects.get()
        assert answer.url == reverse("meetings:meeting", args=[meeting.id])
        assert meeting.starts_at == dt.datetime(2026, 11, 26, 9, 30, tzinfo=dt.UTC)

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"day": "31.2.2027"}, "Den dato findes ikke"),
            ({"day": "23.11.2026"}, "Tidspunktet er gået"),
            ({"starts": "halv elleve"}, "Skriv klokkeslættet som timer og minutter"),
            ({"ends": "9.00"}, "Mødet slutter, før det begynder"),
            ({"purpose": ""}, "Skriv, hvad du gerne vil tale om"),
            ({"purpose": "a" * 1_000_000}, "Teksten er for lang"),
            ({"layout_slug": "findes_ikke"}, "layout_slug"),
        ],
    )
    def test_bad_input_is_told_at_the_field_and_stays(self, client_for, cast, layout, changed, sentence) -> None:
        answer = client_for("mette").post(self.url(cast), invitation(**changed))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert not Meeting.objects.exists()
        for text in (*changed.values(), "Biblioteket"):
            assert text in page

    def test_a_double_click_calls_once(self, client_for, cast, layout) -> None:
        client = client_for("mette")
        key = re.search(r'name="form_key" value="([^"]+)"', client.get(self.url(cast)).content.decode())[1]
        first, second = (client.post(self.url(cast), invitation(form_key=key)) for _ in range(2))
        assert first.url == second.url
        assert Meeting.objects.count() == 1

    @pytest.mark.parametrize("stranger", ["otto", "vita", "jonas", "karla", "otto_provider"])
    def test_others_find_nothing(self, client_for, cast, layout, stranger) -> None:
        assert client_for(stranger).get(self.url(cast)).status_code == 404

    def test_an_expired_log_in_keeps_what_was_typed(self, client, cast, layout) -> None:
        answer = client.post(self.url(cast), invitation())
        assert answer.status_code == 401
        parked = re.search(r'name="parked" value="([^"]+)"', answer.content.decode())[1]
        login = client.post("/log-ind/", {"parked": parked})
        assert parked in login.content.decode()
        again = client.post("/log-ind/", {"parked": parked, "person": str(cast.mette.id)}).content.decode()
        assert "hvordan det går med bussen" in again
        assert f'action="{self.url(cast)}"' in again
        client.post(self.url(cast), invitation())
        assert Meeting.objects.count() == 1


class TestMeeting:
    @pytest.mark.parametrize("who", ["mette", "jonas", "karla", "ida", "lene"])
    def test_all_parties_read_it_and_the_look_is_logged(self, client_for, cast, call, who) -> None:
        url = reverse("meetings:meeting", args=[call(kind="status")])
        page = client_for(who).get(url)
        assert "Hvordan går det med dine mål?" in page.content.decode()
        entry = AccessLogEntry.objects.get()
        assert (entry.user_name, entry.what, entry.citizen_id) == (getattr(cast, who).name, "meeting", cast.citizen_id)

    @pytest.mark.parametrize("stranger", ["otto", "vita", "uffe", "otto_provider"])
    def test_otto_finds_nothing_and_leaves_no_trace_of_having_seen(self, client_for, call, stranger) -> None:
        meeting_id = call()
        client = client_for(stranger)
        for name in ("meetings:meeting", "meetings:move", "meetings:prepare", "meetings:feedback"):
            assert client.get(reverse(name, args=[meeting_id])).status_code == 404
        assert not AccessLogEntry.objects.exists()

    def test_queries_do_not_grow_with_people_and_points(self, client_for, call, count_queries) -> None:
        client = client_for("mette")
        url = reverse("meetings:meeting", args=[call(attendees=[], agenda=[])])
        client.get(url)
        few = count_queries(lambda: client.get(url))
        crowd = [meetings.Guest(f"Gæst {n}", "relative") for n in range(9)]
        url = reverse("meetings:meeting", args=[call(attendees=crowd, agenda=["a", "b", "c"])])
        assert count_queries(lambda: client.get(url)) == few

    def test_each_party_has_a_list_for_before_at_and_after(self, client_for, call) -> None:
        url = reverse("meetings:meeting", args=[call(kind="status")])
        for who, own in (("mette", "Læs statusnotatet"), ("jonas", "Lav nye delmål"), ("karla", "Gør dig klar: seks")):
            page = client_for(who).get(url).content.decode()
            mine = page[page.index("Din tjekliste") :].split("</section>")[0]
            for phase in ("Før mødet", "På mødet", "Efter mødet"):
                assert phase in mine, (who, phase)
            (form,) = (part for part in mine.split("<form")[1:] if own in part)
            assert client_for(who).post(re.search('action="([^"]+)"', form)[1], {"done": "1"}).status_code == 302
            assert f"☑ {own}" in client_for(who).get(url).content.decode()
        assert "/tjek/" not in client_for("ida").get(url).content.decode()

    def test_what_the_citizen_answered_beforehand_is_there_for_all(self, client_for, cast, call) -> None:
        meeting_id = call()
        karla = cast.actor("karla")
        meetings.save_preparation_step(
            actor=karla, at=NOW, meeting_id=meeting_id, step="hopes", choices=[], words="At turde tage bussen"
        )
        meetings.send_preparation(actor=karla, at=NOW, meeting_id=meeting_id)
        for who in ("mette", "jonas", "karla", "ida"):
            page = client_for(who).get(reverse("meetings:meeting", args=[meeting_id])).content.decode()
            assert "At turde tage bussen" in page, who

    def test_a_meeting_that_was_held_speaks_of_what_was(self, client_for, call) -> None:
        meeting_id = call()
        url, karla = reverse("meetings:meeting", args=[meeting_id]), client_for("karla")
        assert "Hvem kommer?" in karla.get(url).content.decode()
        Meeting.objects.filter(id=meeting_id).update(status="closed")
        page = karla.get(url).content.decode()
        assert "Hvem var med?" in page
        assert "Det talte vi om" in page
        assert "Du må tage en med" not in page

    def test_the_invitation_need_not_be_ticked_by_the_one_who_sent_it(self, client_for, call) -> None:
        page = client_for("mette").get(reverse("meetings:meeting", args=[call()])).content.decode()
        assert "☑ Send indkaldelsen" in page
        assert "☐ Spørg, om mødet var ok" in page

    def test_a_point_that_is_too_long_is_told_at_its_field_and_stays(self, client_for, call) -> None:
        url = reverse("meetings:add_point", args=[call()])
        answer = client_for("mette").post(url, {"text": "Bussen " * 40})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "form-error-message" in page
        assert "Bussen Bussen" in page

    def test_move_and_cancel(self, client_for, call) -> None:
        client, meeting_id = client_for("mette"), call()
        client.post(reverse("meetings:move", args=[meeting_id]), {**WHEN, "place": "Havnen"})
        assert Meeting.objects.get().place == "Havnen"
        client.post(reverse("meetings:cancel", args=[meeting_id]))
        assert Meeting.objects.get().status == "cancelled"


class TestPreparing:
    def test_six_taps_answer_all_and_reach_the_meeting(self, client_for, cast, call) -> None:
        client, meeting_id = client_for("karla"), call()
        url = client.get(reverse("meetings:prepare", args=[meeting_id])).url
        assert "Jeg vil gerne høre, hvordan det går med bussen." in client.get(url).content.decode()
        taps = 0
        while "/forbered/" in url:
            choice = re.search(r'name="choice"\s+value="([^"]+)"', client.get(url).content.decode())[1]
            url = client.post(url, {"choice": choice}).url
            taps += 1
        assert taps == 6
        assert "Tak, du er klar" in client.get(url).content.decode()
        assert meetings.preparation_for(cast.actor("mette"), meeting_id).answered_at == NOW

    def answered(self, cast, meeting_id) -> tuple[str, ...]:
        return meetings.preparation_for(cast.actor("mette"), meeting_id).answers[0].lines

    def test_going_back_and_on_again_keeps_what_was_tapped_until_it_is_taken_away(self, client_for, cast, call) -> None:
        client, meeting_id = client_for("karla"), call()
        url = reverse("meetings:prepare_step", args=[meeting_id, "hopes"])
        client.post(url, {"choice": "calm", "words": ""})
        client.post(url, {"words": "Og en have"})
        assert self.answered(cast, meeting_id) == ("Og en have", "Mere ro")
        assert client.post(url, {"words": "", "do": "clear"}).url == url
        assert self.answered(cast, meeting_id) == ()

    @pytest.mark.parametrize(
        ("said", "stands"),
        [
            ("relative:Ida Holm", "Sammen med en pårørende: Ida Holm"),
            ("relative:Otto Fremmed", "Sammen med en pårørende"),
            ("provider", "Sammen med udfører"),
            ("alone", "Svaret alene"),
            ("nonsense", "Svaret alene"),
        ],
    )
    def test_the_receipt_says_with_whom(self, client_for, cast, call, said, stands) -> None:
        client = client_for("karla")
        meeting_id = call(attendees=[meetings.Guest("Ida Holm", "relative"), meetings.Guest("Karla Holm", "citizen")])
        client.post(reverse("meetings:prepare_step", args=[meeting_id, "hopes"]), {"choice": "calm"})
        client.post(reverse("meetings:prepare_step", args=[meeting_id, "form"]), {"choice": "walk"})
        url = reverse("meetings:prepared", args=[meeting_id])
        page = client.get(url).content.decode()
        assert "Svaret alene" in page
        assert "Ja, med Ida" in page
        client.post(url, {"with": said})
        for who in ("karla", "mette"):
            page = client_for(who).get(reverse("meetings:meeting", args=[meeting_id])).content.decode()
            assert re.search(rf">\s*{stands}\s*<", re.sub(r"\s+", " ", page))

    def test_a_relative_is_not_asked_who_helped(self, client_for, cast, call) -> None:
        meeting_id = call()
        page = client_for("ida").get(reverse("meetings:prepared", args=[meeting_id])).content.decode()
        assert "Svarede du sammen med nogen?" not in page

    def test_once_the_meeting_has_begun_the_invitation_leads_to_it(self, client_for, call) -> None:
        meeting_id = call()
        Meeting.objects.update(status="open")
        answer = client_for("karla").get(reverse("meetings:prepare", args=[meeting_id]))
        assert answer.url == reverse("meetings:meeting", args=[meeting_id])

    def test_questions_speak_the_readers_language_and_answers_stay_as_given(self, client_for, cast, call) -> None:
        url = reverse("meetings:prepare_step", args=[call(), "hopes"])
        User.objects.filter(id=cast.karla.id).update(language="en")
        client = client_for("karla")
        page = client.get(url).content.decode()
        assert "What do you hope for?" in page
        assert "More calm" in page
        client.post(url, {"choice": "calm", "words": "Penge"})
        page = client.get(url.replace("forbered/hopes", "forberedt")).content.decode()
        assert "What do you hope for?" in page
        assert ">Penge<" in page

    def test_too_much_text_stays_and_is_told(self, client_for, call) -> None:
        url = reverse("meetings:prepare_step", args=[call(), "hopes"])
        answer = client_for("karla").post(url, {"words": "å" * 3_000})
        assert answer.status_code == 422
        assert "å" * 3_000 in answer.content.decode()

    def test_a_question_that_is_not_asked_is_not_found(self, client_for, call) -> None:
        assert client_for("karla").get(reverse("meetings:prepare_step", args=[call(), "loen"])).status_code == 404


class TestFeedback:
    @pytest.fixture
    def held(self, call) -> object:
        meeting_id = call()
        Meeting.objects.filter(id=meeting_id).update(
            starts_at=NOW - dt.timedelta(hours=2), ends_at=NOW - dt.timedelta(hours=1), status="closed", closed_at=NOW
        )
        return meeting_id

    def walk(self, client, url: str, *, last: dict[str, str]) -> object:
        given: dict[str, str] = {}
        for name in ("was_ok", "talked_enough", "something_different"):
            given[name] = "no"
            page = client.post(url, given).content.decode()
            assert f'name="{name}" value="no"' in page
        return client.post(url, {**given, **last, "finish": "1"})

    def test_the_citizen_answers_in_three_taps_and_words(self, client_for, cast, held) -> None:
        self.walk(client_for("karla"), reverse("meetings:feedback", args=[held]), last={"words": "Mere ro."})
        mette = client_for("mette")
        page = mette.get(reverse("meetings:feedback_over_time", args=[cast.case_id])).content.decode()
        assert "Mere ro." in page

    def test_a_link_works_once_on_a_phone_without_log_in(self, client, client_for, held) -> None:
        made = client_for("mette").post(reverse("meetings:feedback_link", args=[held])).content.decode()
        url = "/" + re.search(r'value="http://testserver/(moede/svar/[^"]+)"', made)[1]
        page = client.get(url).content.decode()
        assert "Synes du, mødet i dag har været ok?" in page
        assert "Karla" not in page
        thanks = self.walk(client, url, last={"words": ""})
        assert "Tak for dit svar" in thanks.content.decode()
        assert "Du har allerede svaret" in client.get(url).content.decode()

    def test_the_form_that_makes_a_link_makes_one_however_often_it_is_sent(self, client_for, held) -> None:
        mette = client_for("mette")
        meeting = mette.get(reverse("meetings:meeting", args=[held])).content.decode()
        url = reverse("meetings:feedback_link", args=[held])
        form = next(one for one in forms_of("/", meeting) if one.action == url)
        pages = [mette.post(url, form.filled()).content.decode() for _ in range(4)]
        assert len({re.search(r"moede/svar/[^\"]+", page)[0] for page in pages}) == 1

    def test_words_half_written_come_back_with_the_answers_before_them(self, client_for, cast, held) -> None:
        karla, url = client_for("karla"), reverse("meetings:feedback", args=[held])
        given = {"was_ok": "no", "talked_enough": "some", "something_different": "yes"}
        (form,) = (one for one in forms_of(url, karla.post(url, given).content.decode()) if "finish" in one.controls)
        assert karla.post(form.draft, {**form.filled(), "words": "Halvt skrevet"}).status_code == 200
        again = karla.get(url).content.decode()
        assert "er hentet frem" in again
        (form,) = (one for one in forms_of(url, again) if "finish" in one.controls)
        assert form.controls["words"].value == "Halvt skrevet"
        assert karla.post(url, {**form.filled(), "finish": "1"}).status_code == 302
        told = MeetingFeedback.objects.get()
        assert (told.was_ok, told.talked_enough, told.words) == ("no", "some", "Halvt skrevet")

    def test_a_tablet_that_goes_round_keeps_no_draft(self, client_for, held) -> None:
        given = dict.fromkeys(("was_ok", "talked_enough", "something_different"), "no")
        url = reverse("meetings:feedback", args=[held])
        page = client_for("mette").post(url, {**given, "channel": "tablet"}).content.decode()
        (form,) = (one for one in forms_of(url, page) if "finish" in one.controls)
        assert form.draft == ""

    def test_a_made_up_link_is_not_found(self, client) -> None:
        assert client.get("/moede/svar/opdigtet/").status_code == 404

    def test_what_was_changed_reaches_the_citizen(self, client_for, cast, held, call) -> None:
        karla, mette = client_for("karla"), client_for("mette")
        self.walk(karla, reverse("meetings:feedback", args=[held]), last={"words": "Mere ro."})
        own = karla.get(reverse("meetings:meeting", args=[held])).content.decode()
        assert "Mere ro." in own
        assert reverse("meetings:feedback", args=[held]) not in own
        url = reverse("meetings:feedback_changed", args=[cast.case_id, MeetingFeedback.objects.get().id])
        mette.post(url, {"text": "Vi går en tur næste gang."})
        coming = reverse("meetings:meeting", args=[call()])
        for page in (reverse("meetings:meeting", args=[held]), coming):
            assert "Vi går en tur næste gang." in karla.get(page).content.decode()
        for page in (reverse("meetings:meeting", args=[held]), coming):
            seen = client_for("ida").get(page).content.decode()
            assert "Vi går en tur næste gang." not in seen
            assert "Mere ro." not in seen

    def test_what_is_wrong_stands_at_the_answer_it_was_written_for(self, client_for, cast, held, call) -> None:
        later = call()
        Meeting.objects.filter(id=later).update(
            starts_at=NOW - dt.timedelta(hours=2), ends_at=NOW - dt.timedelta(hours=1), status="closed"
        )
        for meeting_id in (held, later):
            self.walk(client_for("karla"), reverse("meetings:feedback", args=[meeting_id]), last={})
        first, second = MeetingFeedback.objects.order_by("at", "id")
        url = reverse("meetings:feedback_changed", args=[cast.case_id, second.id])
        answer = client_for("mette").post(url, {"text": "x" * 401})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert page.count("x" * 401) == page.count("form-error-message") == 1
        assert page.count('<details class="details" open>') == 1
        assert f'href="#id_text_{second.id.hex}"' in page
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert f'id="id_text_{first.id.hex}"' in page

    def test_the_tablet_shows_nothing_of_the_answers_or_of_the_caseworkers_room(self, client_for, cast, held) -> None:
        mette = client_for("mette")
        last = {"words": "Mere ro.", "channel": "tablet"}
        thanks = self.walk(mette, reverse("meetings:feedback", args=[held]), last=last)
        assert thanks.status_code == 302
        assert [one.words for one in MeetingFeedback.objects.all()] == ["Mere ro."]
        page = mette.get(thanks["Location"]).content.decode()
        assert "Giv tabletten tilbage" in page
        assert "Mere ro." not in page
        assert "Karla" not in page
        paper = {"words": "Fra papir.", "channel": "paper"}
        MeetingFeedback.objects.all().delete()
        answer = self.walk(mette, reverse("meetings:feedback", args=[held]), last=paper)
        assert answer["Location"] == reverse("meetings:meeting", args=[held])


class TestLayouts:
    def test_a_leader_makes_one_and_a_caseworker_can_choose_it(self, client_for, cast, layout) -> None:
        fields = {"name": "Vores tavle", "description": "", "scale_question": "", "columns-0-title": "Drømme"}
        fields |= {f"columns-{n}-kind": "wish" for n in range(5)}
        assert client_for("lene").post(reverse("meetings:layout_new"), fields).status_code == 302
        mette = client_for("mette")
        assert "Vores tavle" in mette.get(reverse("meetings:call", args=[cast.case_id])).content.decode()
        assert mette.get(reverse("meetings:layout_new")).status_code == 404

    def test_of_two_who_change_the_same_one_nobody_is_overwritten(self, client_for, layout) -> None:
        lene, url = client_for("lene"), reverse("meetings:layout", args=[layout.slug])

        def opened() -> dict[str, list[str]]:
            return next(one for one in forms_of(url, lene.get(url).content.decode()) if one.action == url).filled()

        first, second = opened(), opened()
        assert lene.post(url, first | {"columns-0-title": "Drømme"}).status_code == 302
        answer = lene.post(url, second | {"columns-0-title": "Håb"})
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Overskrift 1" in page
        assert "Drømme" in page
        assert "Håb" in page
        assert BoardLayout.objects.get(municipality=FJORDBY).columns[0]["title"] == "Drømme"

    def test_without_a_column_the_form_says_so_and_keeps_the_name(self, client_for, layout) -> None:
        fields = {"name": "Tom tavle"}
        fields |= {f"columns-{n}-kind": "idea" for n in range(5)}
        answer = client_for("lene").post(reverse("meetings:layout_new"), fields)
        assert answer.status_code == 422
        assert "mindst én kolonne" in answer.content.decode()
        assert "Tom tavle" in answer.content.decode()

    def test_a_heading_that_is_too_long_is_told_and_the_columns_keep_their_names(self, client_for, layout) -> None:
        lene = client_for("lene")
        fields = {"name": "Vores"}
        fields |= {f"columns-{n}-kind": "idea" for n in range(5)}
        answer = lene.post(reverse("meetings:layout_new"), fields | {"columns-0-title": "x" * 61})
        assert answer.status_code == 422
        assert "Teksten er for lang" in answer.content.decode()
        lene.post(reverse("meetings:layout_new"), fields | {"columns-0-title": "Håb", "columns-1-title": "Hverdag"})
        page = lene.get(reverse("meetings:layout", args=["vores"])).content.decode()
        assert re.findall(r'name="columns-\d-slug" value="([^"]+)"', page) == ["column-1", "column-2"]


class TestList:
    """A municipality's meetings of ten weeks, a page at a time."""

    def made(self, cast, meeting: Meeting, numbers: range) -> None:
        hour = dt.timedelta(hours=1)
        Meeting.objects.bulk_create(
            Meeting(
                municipality=meeting.municipality, case_id=cast.case_id, kind="conversation", status="called",
                status_since=NOW, purpose="Tale", starts_at=NOW + n * hour, ends_at=NOW + n * hour + hour,
                place=f"Rum {n}.", layout=meeting.layout, called_by_id=cast.mette.id,
            )
            for n in numbers
        )  # fmt: skip

    def test_a_page_at_a_time_the_soonest_first_and_those_over_last(self, client_for, cast, layout, call) -> None:
        meeting = Meeting.objects.get(id=call())
        self.made(cast, meeting, range(-30, 80))
        Meeting.objects.filter(id=meeting.id).update(status="cancelled")
        lene, shown = client_for("lene"), []
        for page in ("1", "2", "3", "x"):
            text = lene.get(reverse("meetings:list"), {"side": page}).content.decode()
            shown.append([int(n) for n in re.findall(r"Rum (-?\d+)\.", text)])
            assert ("De sidste to uger" in text) == (page in {"2", "3"})
        assert shown[0] + shown[1] + shown[2] == [*range(-1, 80), *range(-2, -31, -1)]
        assert [len(one) for one in shown] == [meetings.PAGE, meetings.PAGE, 10, meetings.PAGE]
        assert shown[3] == shown[0]

    def test_who_is_on_another_page_has_not_been_seen(self, client_for, cast, layout, call, count_queries) -> None:
        meeting = Meeting.objects.get(id=call())
        lene = client_for("lene")
        few = count_queries(lambda: lene.get(reverse("meetings:list")))
        self.made(cast, meeting, range(1, 70))
        assert count_queries(lambda: lene.get(reverse("meetings:list"))) == few
