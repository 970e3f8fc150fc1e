import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.kernel.sentences import split


@pytest.mark.parametrize(
    "whole",
    [
        "Vi ses den 3. november igen.", "Hun kan lide bl.a. Netto og f.eks. Aldi.", "Mød op kl. 10. december er sen.",
        "Jonas L. Hansen kom.", "Det er nr. 4 i rækken.", "Hun ringer torsdag d. 26. og kommer.",
        "Hun spiste brød m.m. til frokost.", "1. Karla kører selv.", "Det tog 2.500 skridt.",
        "“Kommer du?” spurgte hun.", "Hun tøvede … og gik.", "Se www.eksempel.dk for mere.",
        "Ja", "Det er f.eks. Karla.",
        "Prisen er 10 kr. om dagen.", "Hun kom kl. 8.30 i dag.",
    ],
)  # fmt: skip
def test_one_sentence(whole):
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hun kom. Hun gik.", ["Hun kom.", "Hun gik."]),
        ("Kom du? Ja! Godt", ["Kom du?", "Ja!", "Godt"]),
        ("Vi ses den 26. Karla glæder sig.", ["Vi ses den 26.", "Karla glæder sig."]),
        ("Hun kan lide te, saft osv. Det er godt.", ["Hun kan lide te, saft osv.", "Det er godt."]),
        ("Hun sagde “nej.” Så gik hun.", ["Hun sagde “nej.”", "Så gik hun."]),
        ("en linje\nen til\n\n", ["en linje", "en til"]),
        ("hun kom. hun gik.", ["hun kom.", "hun gik."]),
        ("Hun ringer nr. > Jonas kører.", ["Hun ringer nr.", "> Jonas kører."]),
        ("Det varede 20 min. Hun blev.", ["Det varede 20 min.", "Hun blev."]),
        ("Det varede 20 min. i går.", ["Det varede 20 min. i går."]),
        ("", []),
    ],
)
def test_where_sentences_end(text, sentences):
    assert split(text) == sentences


@given(st.text(alphabet='abKÆ1 .!?…\n“”"()>+kl', max_size=80))
def test_nothing_is_lost(text):
    assert "".join("".join(split(text)).split()) == "".join(text.split())
