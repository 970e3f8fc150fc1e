"""No text is too odd or too long: nothing fails, places hold, and time grows with length and nothing else."""

import datetime as dt
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.klartjek import MUST, TWO_PAGES
from samspil.klartjek import KINDS, check
from tests.hostile_corpus import WRONG_IN_TEXT
from tests.klartjek.evaluation import figures

DAY = dt.date(2026, 11, 27)
PIECES = [
    "Du får", "hjælp", "såfremt", "der foretages", "en vurdering", "§ 85, stk. 2", "ikke", ",", ".", "\n", "\n\n", "# ",
    "Regler\n", "Derfor\n", "- ", "1. ", "“", "”", "»", "«", '"', "bl.a.", "jf.", "kl. 10:30", "01.02.2026", "12345678",
    "\u00ad", "\u200b", "\u00a0", "a\u030a", "e@f.dk", "www.x.dk", "😀", "ﬃ", "İ", "ß", "\x00", "\r\n", "\t", "-", "'",
    "medmindre", "Kommunen", "borgeren", "bliver", "bevilget", "vurderes", "funktionsevnebeskrivelse", "1.250 kr.",
]  # fmt: skip
MIXES = st.lists(st.sampled_from(PIECES), max_size=60)


def check_all(text: str) -> None:
    for kind in KINDS:
        report = check(text, kind=kind, at=DAY)
        for finding in report.findings:
            assert 0 <= finding.start <= finding.end <= len(text)
            line = text.splitlines(keepends=True)[finding.line - 1 : finding.line] or [""]
            assert 1 <= finding.column <= len(line[0]) + 1
        assert len(report.shown()) == min(3, len(report.findings))
        report.as_json()


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text(text: str) -> None:
    check_all(text)


def test_two_hundred_pages_of_notes_are_read_to_their_last_line() -> None:
    note = (
        "Karla kom til tiden og var glad. Ansøgningen skal indsendes af borgeren inden for en uge. Hun kørte selv.\n\n"
    )
    many = 500_000 // len(note) + 1
    (one,) = {finding.rule for finding in check(note, kind="note", at=DAY).findings}
    found = check(note * many, kind="note", at=DAY).findings
    assert [finding.rule for finding in found] == [one] * many
    assert found[-1].line == 2 * many - 1


@given(MIXES.map(" ".join) | MIXES.map("".join))
@settings(max_examples=200, deadline=None)
def test_any_mix_of_what_the_rules_look_for(text: str) -> None:
    check_all(text)


@pytest.mark.parametrize("seed", range(40))
def test_letters_with_pieces_torn_out_and_put_in(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    body = list(chance.choice(figures.texts()).text)
    for _ in range(30):
        at = chance.randrange(len(body))
        if chance.random() < 0.5:
            del body[at : at + chance.randrange(5)]
        else:
            body.insert(at, chance.choice(PIECES))
        body = body or ["x"]
    check_all("".join(body))


@pytest.mark.parametrize("name", WRONG_IN_TEXT)
def test_what_nobody_should_send(name: str) -> None:
    check_all(WRONG_IN_TEXT[name])


LETTER = next(text.text for text in figures.texts() if text.name == "03-gammel-stil")
NASTY = {
    "a letter": LETTER + "\n",
    "one word": "ø",
    "one sentence": "såfremt ikke vurderes ",
    "abbreviations": "bl.a. ",
    "dots": ". ",
    "full stops": ".",
    "spaces": " ",
    "empty lines": "\n",
    "at signs": "@",
    "addresses": "a.dk@",
    "opening quotes": "“",
    "quotes": '"',
    "guillemets": "»a",
    "hidden": "a\u00ad",
    "accents": "a\u030a",
    "commas": "ikke, ",
    "digits": "1",
    "dates": "1.2.2026 ",
    "sums": "10 kr. ",
    "colons": "10:",
    "paragraphs": "§ ",
    "headings": "Derfor\n",
    "hashes": "#",
    "bullets": "- a\n",
    "hyphens": "a-",
    "phrase beginnings": "der foretages en ",
    "protected": "varigt nedsat ",
    "broken lines": "a\nb ",
    "brackets": "(",
    "capitals": "ABC ",
    "brought together": "Du får 10 kr. den 1. maj, ",
}


@pytest.mark.real_time
@pytest.mark.slow
@pytest.mark.parametrize("name", NASTY)
def test_time_grows_with_length_only(name: str) -> None:
    """Eight times the text takes well under sixty-four times as long, and even the worst is soon done."""
    piece = NASTY[name]
    short = piece * (4_000 // len(piece) + 1)
    check(short, at=DAY)
    once = max(cost(short), 0.002)
    assert cost(short * 8) < once * 24


@pytest.mark.real_time
@pytest.mark.slow
def test_a_letter_of_two_pages_costs_no_more_than_promised() -> None:
    """The worst of the marked letters, repeated to two pages: `python -m benchmarks.klartjek` tells the whole of it."""
    two_pages = (LETTER + "\n\n") * (TWO_PAGES // len(LETTER) + 1)
    check(two_pages, at=DAY)
    assert cost(two_pages, rounds=20) * 1000 <= MUST
    assert cost(two_pages * 10, rounds=3) * 1000 > MUST, "it is measured"


def cost(text: str, rounds: int = 3) -> float:
    """The least of a few, in seconds of CPU, for the dearest kind."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        check(text, at=DAY)
        times.append(time.process_time() - begun)
    return min(times)
