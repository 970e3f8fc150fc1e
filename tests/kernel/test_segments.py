import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.kernel.segments import MARKS, Piece, SegmentKind, parse

TODAY = dt.date(2026, 11, 20)
QUOTES = '“”"„»«'


def pieces(text):
    return [(piece.kind, piece.text) for piece in parse(text, today=TODAY)]


def test_the_sketch():
    assert parse(
        "“Jeg turde godt, da Jonas sad tre sæder bagved.” Karla kørte tre stop uden at ringe. + Hun har selv "
        "fundet rejseplanen frem. > Jonas kører med igen torsdag den 26.",
        today=TODAY,
    ) == [
        Piece("citizen_words", "Jeg turde godt, da Jonas sad tre sæder bagved."),
        Piece("observation", "Karla kørte tre stop uden at ringe."),
        Piece("resource", "Hun har selv fundet rejseplanen frem."),
        Piece("agreement", "Jonas kører med igen torsdag den 26.", person="Jonas", due_on=dt.date(2026, 11, 26)),
    ]


@pytest.mark.parametrize(("mark", "kind"), MARKS.items())
def test_each_mark_at_line_start_and_after_a_full_stop(mark, kind):
    assert pieces(f"{mark} Hun sover.") == [(kind, "Hun sover.")]
    assert pieces(f"{mark}Hun sover.") == [(kind, "Hun sover.")]
    assert pieces(f"Hun kom. {mark} Hun sover.") == [("observation", "Hun kom."), (kind, "Hun sover.")]
    assert pieces(f"Hun kom!  {mark} hun sover") == [("observation", "Hun kom!"), (kind, "hun sover")]


@pytest.mark.parametrize(
    "prose",
    ["2 + 2 er 4.", "5 > 3", "Hun sagde a = b.", "Karla * Jonas", "Nej! Ja", "+45 12 34 56 78", ">", "+ ", "* ", "=)",
     "Hun kom. +Hun gik", "C# er et sprog", "#mål er svært", "#mål 12/10", "#mål 6/100", "#mål 6,5/10", "Mål 6/10",
     "“Bussen” kører ikke.", "“Kommer du?” spurgte hun.", "Hun sagde “ja.” til det", "“Aldrig lukket", "“” tomt", "**"],
)  # fmt: skip
def test_ordinary_text_is_never_retagged(prose):
    assert {kind for kind, _ in pieces(prose)} == {"observation"}
    assert "".join(text for _, text in pieces(prose)).replace(" ", "") == prose.replace(" ", "")


@pytest.mark.parametrize(
    ("quotation", "words"),
    [
        ("“Jeg vil selv.”", "Jeg vil selv."), ('"Jeg vil selv."', "Jeg vil selv."),
        ("”Jeg vil selv.”", "Jeg vil selv."),
        ("»Jeg vil selv.«", "Jeg vil selv."), ("„Jeg vil selv.“", "Jeg vil selv."), ("“Jeg vil selv”", "Jeg vil selv"),
        ("“Jeg vil. Selv.”", "Jeg vil. Selv."), ("“Jeg vil selv”.", "Jeg vil selv."), ("“Må jeg?”", "Må jeg?"),
    ],
)  # fmt: skip
def test_a_quotation_of_its_own_is_the_citizens_words(quotation, words):
    assert pieces(quotation) == [("citizen_words", words)]
    assert pieces(f"Hun kom. {quotation}") == [("observation", "Hun kom."), ("citizen_words", words)]
    assert pieces(f"{quotation} > Hun går.") == [("citizen_words", words), ("agreement", "Hun går.")]


def test_a_mark_holds_for_its_line_and_later_for_its_sentence():
    assert pieces("= Hun er klar. Det går godt.\nHun kom.") == [
        ("assessment", "Hun er klar. Det går godt."),
        ("observation", "Hun kom."),
    ]
    assert pieces("Hun kom. > Jonas kører. Hun var glad. Og træt.") == [
        ("observation", "Hun kom."),
        ("agreement", "Jonas kører."),
        ("observation", "Hun var glad. Og træt."),
    ]
    assert pieces("= Hun er klar. “Ja.” Hun gik.") == [
        ("assessment", "Hun er klar."),
        ("citizen_words", "Ja."),
        ("observation", "Hun gik."),
    ]


@pytest.mark.parametrize(
    ("text", "hint", "rating", "rest"),
    [
        ("#mål 6/10", None, 6, ""), ("#mål 10/10.", None, 10, ""), ("#mål 0/10 Sov ikke.", None, 0, "Sov ikke."),
        ("#mål Tage bussen alene 7/10: Tre stop.", "Tage bussen alene", 7, "Tre stop."), ("#mål 2 6/10", "2", 6, ""),
        ("#bussen 6/10", "bussen", 6, ""), ("#målet 6/10", "målet", 6, ""), ("#Mål: søvn 3 / 10", "søvn", 3, ""),
        ("#goal sleep 4/10", "sleep", 4, ""),
    ],
)  # fmt: skip
def test_goal_status(text, hint, rating, rest):
    assert parse(text, today=TODAY) == [Piece("goal_status", rest, goal_hint=hint, rating=rating)]
    assert parse(f"Hun kom. {text}", today=TODAY)[1:] == parse(text, today=TODAY)


def test_a_goal_status_alone_leaves_what_follows_to_itself():
    assert pieces("#mål 6/10 + Hun ringede. #søvn 3/10 “Nej.”") == [
        ("goal_status", ""),
        ("resource", "Hun ringede."),
        ("goal_status", ""),
        ("citizen_words", "Nej."),
    ]


@pytest.mark.parametrize(
    ("agreement", "person", "due_on"),
    [
        ("Jonas, 26/11: kører med", "Jonas", "2026-11-26"), ("Mette Bang ringer i morgen", "Mette Bang", "2026-11-21"),
        ("Jonas L. kører på mandag.", "Jonas L.", "2026-11-23"), ("Vi ses torsdag", None, "2026-11-26"),
        ("Hun ringer selv", None, None), ("Anne-Marie skal spørge", "Anne-Marie", None),
        ("Møde igen torsdag", None, "2026-11-26"),
        ("Østen spørger koret", "Østen", None), ("ringe til koret", None, None),
        ("Søster Ida kommer", "Søster Ida", None),
        ("Bestille tid fredag den 26.", None, None), ("Jonas og Mette kører", None, None),
    ],
)  # fmt: skip
def test_who_and_when_in_an_agreement(agreement, person, due_on):
    (piece,) = parse(f"> {agreement}", today=TODAY)
    assert (piece.person, piece.due_on) == (person, due_on and dt.date.fromisoformat(due_on))


def test_who_and_when_belong_to_agreements_only():
    (piece,) = parse("= Jonas kører torsdag den 26.", today=TODAY)
    assert (piece.person, piece.due_on) == (None, None)


def test_nothing_written_gives_nothing():
    assert parse(" \n\t\r\n", today=TODAY) == []


def letters(text):
    return "".join(c for c in text if not c.isspace() and c not in "=>*+!" + QUOTES)


@given(st.text(alphabet='abKÆ1 .!?…\n“”"»«()>+=*!kl,', max_size=120))
def test_no_character_of_prose_is_lost(text):
    assert letters("".join(piece.text for piece in parse(text, today=TODAY))) == letters(text)


@given(st.text(max_size=80))
def test_any_text_at_all_keeps_its_prose(text):
    assert letters("".join(piece.text for piece in parse(text.replace("#", ""), today=TODAY))) == letters(
        text.replace("#", "")
    )


@given(st.text(alphabet="aK #/10mål63.\n", max_size=60))
def test_a_goal_mark_takes_only_itself_and_its_hint(text):
    kept = [
        f"{piece.goal_hint or ''}{'' if piece.rating is None else f'{piece.rating}/10'}{piece.text}"
        for piece in parse(text, today=TODAY)
    ]
    plain = [letters(line).replace("#", "").replace("mål", "") for line in ("".join(kept), text)]
    without_stop = [line.replace(".", "").replace(",", "").replace(":", "") for line in plain]
    assert without_stop[0] == without_stop[1]


@given(st.text(max_size=80))
def test_kinds_and_ratings_stay_in_their_range(text):
    for piece in parse(text, today=TODAY):
        assert piece.kind in set(SegmentKind)
        assert piece.text == piece.text.strip()
        assert piece.text or piece.rating is not None
        assert (piece.rating is not None) == (piece.kind == "goal_status")
        assert piece.rating is None or 0 <= piece.rating <= 10


@pytest.mark.real_time
@pytest.mark.parametrize("repeated", ["1. a 2. a ", "“ a", "....", "#mål ", "torsdag den ", "(.” "])
def test_time_is_linear(repeated):
    def seconds(size):
        text = repeated * (size // len(repeated)) + "x"
        best = float("inf")
        for _ in range(2):
            start = time.perf_counter()
            parse(text, today=TODAY)
            best = min(best, time.perf_counter() - start)
        return best

    small, large = seconds(10_000), seconds(80_000)
    assert large < 8 * 3 * small + 0.05  # quadratic would be 64 times


def test_pieces_know_where_they_stand_mark_included() -> None:
    text = "“Jeg turde godt.” Karla kørte selv.\r\n\n  + Hun fandt ruten. > Jonas ringer i morgen.\r#bus 6/10 Det gik."
    assert [text[p.start : p.end] for p in parse(text, today=dt.date(2026, 11, 24))] == [
        "“Jeg turde godt.”",
        "Karla kørte selv.",
        "+ Hun fandt ruten.",
        "> Jonas ringer i morgen.",
        "#bus 6/10 Det gik.",
    ]
