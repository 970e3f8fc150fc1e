import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.kernel import drawn
from samspil.kernel.drawn import characters, drawn_characters, share_drawn

SOURCE = "Karla kørte tre stop uden at ringe. Hun har selv fundet rejseplanen frem. Det går."


def test_whole_sentences_count_in_any_order_and_however_they_are_wrapped():
    assert drawn_characters("Det går.\n\nKarla kørte tre stop\nuden at ringe.", [SOURCE]) == characters(
        "Det går. Karla kørte tre stop uden at ringe."
    )


def test_a_run_of_four_words_counts_and_three_do_not():
    assert drawn_characters("Vi så, at Karla kørte tre stop derhen.", [SOURCE]) == characters("Karla kørte tre stop")
    assert drawn_characters("Vi så, at Karla kørte tre busser.", [SOURCE]) == 0


def test_runs_do_not_reach_from_one_source_to_the_next():
    assert drawn_characters("Hun sover godt om natten nu.", ["Hun sover", "godt om natten"]) == 0


def test_marks_quotes_and_capitals_do_not_matter():
    assert drawn_characters("> “karla kørte tre stop uden at ringe”", [SOURCE]) == characters(
        "> “karla kørte tre stop uden at ringe”"
    )


def test_nothing_in_common():
    assert drawn_characters("Noget helt andet.", [SOURCE]) == 0
    assert drawn_characters("", [SOURCE]) == 0
    assert drawn_characters("Noget.", []) == 0


def test_text_beyond_the_cap_counts_as_typed(monkeypatch):
    monkeypatch.setattr(drawn, "CAP", 20)
    text = "Første linje står her. Anden linje står her."
    assert drawn_characters(text, [text]) < characters(text)


@pytest.mark.parametrize(("made", "typed", "percent"), [(0, 0, 0), (82, 18, 82), (999, 1, 99), (5, 0, 100), (0, 5, 0)])
def test_the_share_is_rounded_down(made, typed, percent):
    assert share_drawn(made, typed) == percent


words = st.lists(st.sampled_from(["Karla", "kører", "bus", "tre", "stop.", "–", "Hun", "sover."]), max_size=40).map(
    " ".join
)


@given(words)
def test_a_copy_is_drawn(text):
    assert drawn_characters(text, [text]) == characters(text)


@given(words, st.lists(words, max_size=3))
def test_the_share_never_exceeds_the_text(text, sources):
    assert 0 <= drawn_characters(text, sources) <= characters(text)
