"""What our fonts cannot draw is replaced before it reaches the paper, which would refuse it."""

import datetime as dt

import pytest

from samspil.paper.glyphs import UNDRAWN, drawable
from samspil.paper.pdf import make_pdf

AT = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
BOARD = {"sender": "", "heading": "Karlas tavle", "facts": "", "columns": [], "scale": "", "agreements": []}


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        (
            "Koret er bedst, æøå ÆØÅ é ß ł “citat” – 26.11. € ½ …",
            "Koret er bedst, æøå ÆØÅ é ß ł “citat” – 26.11. € ½ …",
        ),
        ("hej 😊", f"hej {UNDRAWN}"),
        ("😊😊😊 hej 你好", f"{UNDRAWN} hej {UNDRAWN}"),
        ("سلام", UNDRAWN),
        ("Привіт, Ελλάς", "Привіт, Ελλάς"),
        ("a\nb", "a\nb"),
        ("a\x00b", f"a{UNDRAWN}b"),
        ("", ""),
    ],
)
def test_drawable(text: str, drawn: str) -> None:
    assert drawable(text) == drawn


def test_lists_and_dictionaries_keep_their_shape() -> None:
    assert drawable({"a": ["😊", 1, None], "b": {"c": ("x", True)}}) == {
        "a": [UNDRAWN, 1, None],
        "b": {"c": ["x", True]},
    }


def test_everything_that_is_called_drawable_can_be_drawn_in_every_weight() -> None:
    every = "".join(chr(point) for point in range(0x20, 0x3000) if drawable(chr(point)) == chr(point))
    assert len(every) > 500
    card = {"text": " ".join(every), "kind": "idea", "quoted": True, "note": every}
    columns = [{"title": every, "tone": "good", "cards": [card]}]
    assert make_pdf("board", {**BOARD, "columns": columns, "heading": every}, title="Alle tegn", at=AT)[:5] == b"%PDF-"
