"""From need to decision, and from disagreement to a new one: on the pages, as a caseworker goes."""

from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.models import Complaint, Decision, Need
from samspil.contexts.letters import api as letters
from tests.cast import NOW, TODAY
from tests.contexts.letters.test_from_decision import answer, send
from tests.decisions_world import SUPPORT
from tests.web.authority.conftest import words


def url(name, *args):
    return reverse(f"decisions:{name}", args=args)


def test_from_need_to_decision(world, browser_of):
    mette = browser_of("mette")
    case = url("case", world.case_id)
    assert "Der er ikke taget noget op endnu" in words(mette.page(case))
    said = {"title": "At komme til kor", "channel": "talk", "day": "24.11.2026", "quotes": [str(world.said)]}
    mette.send(url("need_new", world.case_id), **said)
    need = Need.objects.get()
    assert "Jeg vil gerne kunne køre med bussen" in words(mette.page(url("need", need.id)))
    at = url("step", need.id, "own_strength")
    for step in decisions.Step:
        assert at == url("step", need.id, step)
        answer = {"finding": "tried", "words": "Prøvet i maj", "quotes": [str(world.seen)], "then": "next"}
        at = mette.send(at, **answer).url
    assert at == url("basis", need.id)
    at = mette.send(at, basis=SUPPORT, then="next").url
    while "/krav/" in at:
        at = mette.send(at, finding="met", quotes=[str(world.seen)], then="next").url
    assert at == url("neighbours", need.id)
    fields = {f"n{number}": "Passer ikke" for number in range(7)}
    assert mette.send(at, **fields, then="next").url == url("need", need.id)
    examined = mette.page(url("need", need.id))
    assert f'name="needs" value="{need.id}"' in examined, "the way on from the last question"
    draft = mette.send(url("draft", world.case_id), needs=[str(need.id)]).url
    assert "Forbered afgørelsen" not in words(mette.page(url("need", need.id)))
    page = words(mette.page(draft))
    assert "ting skal være i orden først" in page
    decision = Decision.objects.get()
    help_url = mette.send(url("answer", decision.id, need.id), outcome="granted").url
    assert help_url == url("plan", decision.id, need.id)
    given = {"service": "Bostøtte", "extent": "2 timer om ugen", "starts_on": "1.12.2026", "goals": "Bus alene"}
    mette.send(help_url, **given)
    about = {"involvement": "Læst sammen", "contact": str(world.cast.mette.id), "form": "written"}
    mette.send(url("describe", decision.id), **about, long_view="Om et år kører hun selv")
    assert "Når afgørelsen er truffet, ligger den fast" in words(mette.page(draft))
    mette.send(url("decide", decision.id))
    mette.send(url("told", decision.id), told__day="24.11.2026")
    page = words(mette.page(draft))
    assert "Klagefristen er" in page
    assert "22. december" in page
    assert "Bostøtte" in words(mette.page(case))
    assert AccessLogEntry.objects.filter(what="decisions").exists()


def test_a_decision_that_lacks_something_says_what(world, browser_of):
    mette = browser_of("mette")
    need = world.need()
    draft = world.draft(need)
    page = words(mette.page(url("decision", draft)))
    assert "Sagen er ikke undersøgt nok ○ Se efter" in page
    world.answer(draft, need, "refused")
    assert "Sagen er ikke undersøgt nok → Mangler" in words(mette.page(url("decision", draft)))
    assert "Det, borgeren selv kan" in page
    answer = mette.send(url("decide", draft), status=422)
    assert "Der mangler noget, før du kan træffe afgørelsen" in answer.content.decode()
    assert Decision.objects.get().status == "draft"


def test_what_was_typed_stays_and_the_error_is_at_its_field(world, browser_of):
    mette = browser_of("mette")
    need = world.need()
    page = mette.send(url("step", need, "network"), status=422, finding="tried", words="  ").content.decode()
    assert "Skriv hvorfor, eller vælg noget, der er sagt eller set" in page
    assert 'value="tried"' in page
    assert "checked" in page
    new = {"title": "", "channel": "phone", "day": "i overmorgen"}
    page = mette.send(url("need_new", world.case_id), status=422, **new).content.decode()
    assert "Skriv, hvad der er brug for" in page
    future = {"title": "Kor", "channel": "phone", "day": "1.1.2027"}
    page = mette.send(url("need_new", world.case_id), status=422, **future).content.decode()
    assert "Dagen er ikke kommet endnu" in page


def test_a_hearing_on_the_pages(world, browser_of):
    mette = browser_of("mette")
    draft = world.draft(world.need())
    hearing = url("hearing", draft)
    fact = {"fact__text": "Lægen skriver, at hun kan gå.", "fact__source": "Egen læge"}
    mette.send(url("add_fact", draft), **fact, fact__is_adverse="on", fact__is_weighty="on")
    assert "borgeren skal kunne svare på det" in words(mette.page(hearing))
    page = mette.send(url("ask_hearing", draft), status=422, ask__answer_by="30.11.2026").content.decode()
    assert "Borgeren" in page
    mette.send(url("ask_hearing", draft), ask__answer_by="8.12.2026")
    mette.send(url("answer_hearing", draft), heard__words="Jeg kan ikke gå alene", heard__day="24.11.2026")
    assert "“Jeg kan ikke gå alene”" in words(mette.page(hearing))
    assert "“Jeg kan ikke gå alene”" in words(mette.page(url("decision", draft)))


def test_a_leader_sets_aside_and_a_caseworker_is_not_offered_it(world, browser_of):
    need = world.examined()
    draft = world.draft(need)
    world.answer(draft, need, "granted")
    page = decisions.decision(world.actor("lene"), draft, at=NOW)
    (gap,) = [gap for cause in page.causes for gap in cause.gaps if gap.is_block]
    mette, lene = browser_of("mette"), browser_of("lene")
    assert "Afgør alligevel" not in words(mette.page(url("decision", draft)))
    assert "Afgør alligevel" in words(lene.page(url("decision", draft)))
    address = url("set_aside", draft, gap.key)
    mette.page(address, status=404)
    lene.send(address, status=422, words="")
    lene.send(address, words="Brevet siger det")
    assert "Tilsidesat af Lene Krag: Brevet siger det" in words(lene.page(url("decision", draft)))


def test_from_refusal_to_a_partial_win_that_goes_on(world, browser_of):
    mette = browser_of("mette")
    refused = world.refused()
    said = {"words": "Jeg tør ikke køre alene.", "channel": "phone", "day": "24.11.2026", "from_name": "Karla Holm"}
    page = mette.send(url("complaint_new", refused), status=422, **(said | {"words": ""})).content.decode()
    assert "Skriv, hvad borgeren siger" in page
    long_name = mette.send(
        url("complaint_new", refused), status=422, **(said | {"from_name": "n" * 121})
    ).content.decode()
    assert "n" * 121 in long_name
    assert "Der er plads til 120 tegn" in long_name
    complaint_url = mette.send(url("complaint_new", refused), **said).url
    complaint = Complaint.objects.get()
    page = words(mette.page(complaint_url))
    assert "Vores tur" in page
    assert "“Jeg tør ikke køre alene.”" in page
    answer = {"reassess__answer": "partial", "reassess__words": "Hun får støtte i starten."}
    page = mette.send(url("reassess", complaint.id), status=422, **answer).content.decode()
    assert "Træf den nye afgørelse først" in page
    draft = mette.send(url("decide_again", refused)).url
    new = Decision.objects.get(replaces_id=refused)
    assert draft == url("decision", new.id)
    (again,) = decisions.decision(world.actor(), new.id, at=NOW).answers
    world.describe(new.id)
    world.answer(new.id, again.need_id, "partly")
    world.plan(new.id, again.need_id)
    mette.send(url("decide", new.id))
    mette.send(url("reassess", complaint.id), **answer)
    assert "Borgerens tur" in words(mette.page(complaint_url))
    mette.send(url("partial_answer", complaint.id), partial__keeps="yes", partial__day="24.11.2026")
    mette.send(url("forward", complaint.id))
    assert "Ankestyrelsens tur" in words(mette.page(complaint_url))
    mette.send(
        url("board_outcome", complaint.id),
        board__outcome="remitted",
        board__points="Støtte undervejs\n\nLedsagelse",
        board__day="24.11.2026",
    )
    page = words(mette.page(complaint_url))
    assert "Støtte undervejs" in page
    assert "Afgør sagen igen" in page
    point = decisions.complaint(world.actor(), complaint.id).points[0]
    mette.send(url("point", complaint.id, point.id), words="Undersøgt på besøg")
    assert "Undersøgt på besøg" in words(mette.page(complaint_url))


def test_a_small_adjustment_and_a_large_one(world, browser_of):
    mette = browser_of("mette")
    world.granted()
    (grant,) = decisions.grants_of(world.actor(), world.case_id)
    more = {"what": "En tur til", "minutes_a_day": 30, "starts_on": "24.11.2026", "ends_on": "30.11.2026"}
    page = mette.send(url("adjust", grant.id), status=422, **(more | {"minutes_a_day": 45}), is_favourable="on")
    assert "Så meget eller så længe kræver en afgørelse" in page.content.decode()
    mette.send(url("adjust", grant.id), **more, is_favourable="on")
    assert "Ekstra: En tur til, 30 minutter om dagen" in words(mette.page(url("case", world.case_id)))


def test_the_list_costs_the_same_however_many(world, browser_of, count_queries):
    mette = browser_of("mette")
    world.tell(world.granted())
    address = url("case", world.case_id)
    mette.page(address)
    few = count_queries(lambda: mette.page(address))
    for number in range(3):
        world.refused()
        world.need(f"Behov {number}", asked_on=TODAY)
    assert count_queries(lambda: mette.page(address)) == few


def test_strangers_find_nothing(world, browser_of):
    decision = world.granted()
    need = Need.objects.get()
    for name in ("otto", "vita", "jonas", "karla"):
        browser = browser_of(name)
        for address in (url("case", world.case_id), url("need", need.id), url("decision", decision)):
            browser.page(address, status=404)


def test_what_belongs_to_another_decision_is_not_found_under_this_one(world, browser_of):
    mette = browser_of("mette")
    need, other = world.need("Kor"), world.need("Indkøb")
    draft, another = world.draft(need), world.draft(other)
    planned = world.plan(another, other)
    said = {"is_known": True, "is_adverse": False, "is_weighty": False}
    fact = decisions.add_fact(
        actor=world.actor(), at=NOW, decision_id=another, source="Lægen", text="Hun kan gå.", **said
    )
    for address in (
        url("change_plan", draft, planned),
        url("drop_plan", draft, planned),
        url("drop_fact", draft, fact),
    ):
        mette.send(address, status=404)
    mette.send(url("drop_fact", another, fact))
    mette.send(url("drop_plan", another, planned))


def test_the_law_is_read_in_english_as_a_courtesy(world, browser_of):
    need = world.need("At komme til kor")
    decisions.choose_basis(actor=world.actor(), at=NOW, need_id=need, basis=SUPPORT)
    mette = browser_of("mette")
    danish = words(mette.page(url("need", need)))
    assert "Er den fysiske eller psykiske funktionsevne betydeligt nedsat" in danish
    mark = "The Danish ones are those that hold."
    assert mark not in danish
    mette.client.post("/visning/", {"language": "en", "back": "/"})
    english = words(mette.page(url("need", need)))
    assert "Is the physical or mental ability to function considerably reduced" in english
    assert "Er den fysiske" not in english
    assert "Socio-educational support" in english
    assert mark in english
    assert "Is it company out of the house?" in words(mette.page(url("neighbours", need)))
    assert "Socio-educational support (serviceloven § 85)" in words(mette.page(url("basis", need)))


def test_a_section_that_ended_yesterday_is_said_so_before_the_decision_and_before_the_letter(world, browser_of):
    mette = browser_of("mette")
    made = world.refused(told_on=None)
    need = world.examined(against=True, title="At gå tur")
    draft = world.draft(need)
    world.answer(draft, need, "refused")
    world.ends_yesterday(SUPPORT)
    page = mette.send(url("decide", draft), status=422)
    assert "Der er ikke valgt en paragraf, eller den gælder ikke på dagen." in page.content.decode()
    new = reverse("authority:letter_new", args=[world.case_id])
    said = mette.send(new, status=403, decision=str(made)).content.decode()
    assert "Reglen bag brevet gælder ikke den dag, der er besluttet." in said


def test_the_page_says_how_far_the_letter_has_come(world, browser_of):
    mette, decision = browser_of("mette"), world.refused(told_on=None)
    page = url("decision", decision)
    assert "Skriv brevet til borgeren" in words(mette.page(page))
    letter = letters.draft_for_decision(actor=world.actor(), at=NOW, decision_id=decision)
    assert "Skriv brevet færdigt" in words(mette.page(page))
    assert reverse("authority:letter", args=[letter]) in mette.page(page)
    answer(world, letter)
    send(world, letter, channel="print")
    sent = words(mette.page(page))
    assert "Brevet er sendt tirsdag den 24. november" in sent
    assert "Skriv brevet" not in sent
    world.tell(decision)
    assert "Brevet er sendt" not in words(mette.page(page))
