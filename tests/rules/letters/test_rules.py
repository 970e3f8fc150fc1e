"""The guidance, the days and the tries; each rule with what breaks it."""

import datetime as dt
from dataclasses import replace

import pytest

from samspil.contexts.letters import content, rules, wording
from samspil.contexts.letters.composing import Composed, compose
from samspil.contexts.letters.enums import Appeal, LetterRefusal, PartKind
from samspil.contexts.letters.facts import LetterFacts, facts_from
from samspil.kernel.verdict import ALLOWED
from tests.letter_facts import basis, facts_for

LAST = dt.date(2026, 12, 18)


KINDS = {
    Appeal.YES: facts_for("sel-83"),
    Appeal.NO: facts_for("sel-117"),
    Appeal.SPLIT: facts_for("ael-10", "full", is_transition=True),
    Appeal.MIXED: facts_for(
        bases=(replace(basis("sel-83"), about="hjælp til bad"), replace(basis("sel-117"), about="kørsel"))
    ),
}


def made(facts: LetterFacts) -> Composed:
    template = wording.template_for(facts.basis, facts.result, on=facts.decided_on, is_transition=facts.is_transition)
    return compose(facts, template, complaint_by=LAST)


def missing(facts: LetterFacts) -> set[str]:
    return {name for name, _ in made(facts).missing}


def texts(appeal: str) -> dict[str, str]:
    assert KINDS[appeal].appeal == appeal
    return content.texts(content.keep(made(KINDS[appeal])))


@pytest.mark.parametrize("appeal", Appeal)
def test_the_guidance_of_each_kind_is_right(appeal: str):
    assert rules.guidance_faults(texts(appeal), appeal=appeal, last_day=LAST) == ()


@pytest.mark.parametrize("written", Appeal)
@pytest.mark.parametrize("right", Appeal)
def test_the_guidance_of_another_kind_is_found(written: str, right: str):
    wrong = rules.guidance_faults(texts(written), appeal=right, last_day=LAST)
    assert bool(wrong) == (written != right)


@pytest.mark.parametrize(
    ("cut", "found"),
    [
        ("Ankestyrelsen", "mangler: Ankestyrelsen"),
        ("4 uger", "mangler: 4 uger"),
        ("Send klagen til os", "mangler: Send klagen til os"),
        ("fredag den 18. december 2026", "mangler: fredag den 18. december 2026"),
    ],
)
def test_guidance_with_something_cut_out_is_found_and_keeps_the_letter_here(cut: str, found: str):
    parts = texts(Appeal.YES)
    parts[PartKind.COMPLAIN] = parts[PartKind.COMPLAIN].replace(cut, "")
    assert found in rules.guidance_faults(parts, appeal=Appeal.YES, last_day=LAST)
    verdict = rules.may_leave(parts, result="refusal", appeal=Appeal.YES, last_day=LAST, missing=())
    assert verdict.refusal == LetterRefusal.WRONG_GUIDANCE


def test_another_day_than_the_one_that_counts_is_found():
    other = LAST + dt.timedelta(days=1)
    assert rules.guidance_faults(texts(Appeal.YES), appeal=Appeal.YES, last_day=other)


def test_the_board_named_anywhere_in_a_letter_that_cannot_be_appealed_is_found():
    parts = texts(Appeal.NO)
    parts[PartKind.BECAUSE] += "\nSpørg Ankestyrelsen."
    assert rules.guidance_faults(parts, appeal=Appeal.NO, last_day=LAST) == ("skal ikke stå: Ankestyrelsen i because",)


def test_a_refusal_without_its_rule_and_parts_out_of_order_are_found():
    parts = texts(Appeal.YES)
    leave = {"result": "refusal", "appeal": Appeal.YES, "last_day": LAST, "missing": ()}
    assert rules.may_leave(parts, **leave) is ALLOWED
    silent = parts | {PartKind.RULES: "Vi har fulgt loven."}
    assert rules.may_leave(silent, **leave).refusal == LetterRefusal.NO_REASONS
    turned = dict(reversed(parts.items()))
    assert rules.may_leave(turned, **leave).refusal == LetterRefusal.PART_EMPTY


@pytest.mark.parametrize("text", ["§ 83", "§§ 83 og 84", "jf. loven", "stk. 2", "litra b"])
def test_a_citation_is_seen(text: str):
    assert rules.cites_a_rule(f"Efter {text} får du hjælp.")


@pytest.mark.parametrize("text", ["Du kan få hjælp.", "Vi kommer kl. 10.", "Stik hovedet ind.", "Din bestyrer ringer."])
def test_plain_words_are_no_citation(text: str):
    assert not rules.cites_a_rule(text)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ((2026, 11, 2), (2026, 11, 30)),
        ((2026, 11, 26), (2026, 12, 28)),
        ((2026, 11, 28), (2026, 12, 28)),
        ((2027, 2, 25), (2027, 3, 30)),
        ((2027, 5, 8), (2027, 6, 7)),
    ],
)
def test_the_last_day_is_that_of_the_published_examples(received, last):
    assert rules.complaint_by(dt.date(*received)) == dt.date(*last)


def test_paper_is_presumed_there_after_six_working_days_and_other_channels_on_their_day():
    sent = dt.date(2026, 11, 23)
    assert rules.received_on("print", sent_on=sent) == dt.date(2026, 12, 1)
    assert rules.received_on("portal", sent_on=sent) == sent
    assert rules.received_on("digital_post", sent_on=sent) == dt.date(2026, 12, 1), "it may become paper"
    assert rules.received_on("digital_post", sent_on=sent, available_on=dt.date(2026, 11, 25)) == dt.date(2026, 11, 25)


@pytest.mark.parametrize(("starts_on", "is_late_enough"), [((2027, 2, 28), False), ((2027, 3, 1), True)])
def test_help_with_a_notice_is_not_less_before_it_has_run(starts_on, is_late_enough):
    """Received on 23 November, fourteen weeks end on 1 March."""
    days = {"received": dt.date(2026, 11, 23), "starts_on": dt.date(*starts_on), "ends_on": None}
    assert bool(rules.may_cut(notice_weeks=14, **days)) == is_late_enough
    assert rules.may_cut(notice_weeks=0, **days)


def test_tries_end():
    now = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    waits = [rules.next_try(number, now=now) for number in range(1, len(rules.RETRIES) + 2)]
    assert waits[:-1] == [now + pause for pause in rules.RETRIES]
    assert waits[-1] is None


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"da": "Du får {hjaelp}.", "en": ""}, "nobody knows hjaelp"),
        ({"da": "Du får hjælp.", "en": "You get {help}."}, "asks for more than the Danish"),
    ],
)
def test_a_template_with_a_value_that_does_not_exist_is_told_when_it_is_read(row, complaint: str):
    with pytest.raises(wording.BadWording, match=complaint):
        wording.both_of(row, wording.DATA / "fixed.toml")


def test_a_missing_value_is_named_and_seen():
    facts = facts_for("sel-83", "full", starts_on=None, gets=())
    assert missing(facts) == {"starts_on", "gets"}
    assert "[…]" in made(facts).parts[0].text


def test_a_place_that_was_left_empty_keeps_the_letter_here():
    parts = texts(Appeal.YES)
    parts[PartKind.SAID] += "\nVores svar: […]"
    verdict = rules.may_leave(parts, result="refusal", appeal=Appeal.YES, last_day=LAST, missing=())
    assert verdict.refusal == LetterRefusal.VALUE_MISSING


def test_what_is_written_by_hand_is_missing_no_more_and_the_rest_still_is():
    letter = made(facts_for(said=(), asked_for=""))
    assert content.missing(content.keep(letter)) == ("asked_for", "said")
    by_hand = {PartKind.SAID: "Du sagde nej tak. Det har vi hørt."}
    assert content.missing(content.keep(letter, edited=by_hand)) == ("asked_for",)


@pytest.mark.parametrize("key", ["sel-103", "sel-104", "sel-107"])
def test_where_the_law_asks_for_the_purpose_it_must_be_there(key: str):
    assert missing(facts_for(key, "full", purposes=())) == {"purpose"}


def test_a_cut_with_a_notice_says_how_long_the_help_stays():
    text = made(facts_for("sel-95", "change")).parts[3].text
    assert "Din hjælp bliver som nu de første 14 uger" in text


def test_help_at_home_says_whom_to_call_when_it_does_not_come():
    assert "Kommer hjælpen ikke, så ring til 20 12 34 56." in made(facts_for("sel-83", "full")).parts[3].text


def test_facts_that_the_citizen_meets_here_first_open_the_case_again():
    assert "Så ser vi på sagen igen." in made(facts_for(reopens=True)).parts[2].text
    assert "Så ser vi på sagen igen." not in made(facts_for()).parts[2].text


def test_a_basis_without_a_template_of_its_own_gets_the_common_one():
    letter = made(facts_for("sel-118", "refusal"))
    assert letter.headline.da == "Du kan ikke få den hjælp, du har søgt om"
    assert (
        made(facts_for("sel-118", "full", help="ansættelse af din søn")).headline.da == "Du får ansættelse af din søn"
    )


def test_facts_come_back_as_they_were_kept():
    for facts in KINDS.values():
        assert facts_from(facts.as_json()) == facts
