import datetime as dt
import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspil.paper.pdf import make_pdf

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
PLAN = {
    "citizen_name": "Karla Holm",
    "case_number": "26-0001",
    "municipality_name": "Fjordby Kommune",
    "coordinator_name": "",
    "coordinator_title": "",
    "purpose_citizen_words": "Jeg vil til koret.",
    "purpose_wording": "",
    "goals": [],
    "agreements": [],
    "number": 1,
    "made_on": "i dag",
}


def plan(**changes):
    return make_pdf("plan", PLAN | changes, title="Handleplan", at=AT)


def test_the_same_twice_is_the_same():
    assert plan() == plan()
    assert plan() != plan(number=2)


def test_it_is_tagged_and_says_its_language_and_title():
    with pikepdf.open(io.BytesIO(plan())) as pdf:
        assert str(pdf.Root.Lang) == "da-DK"
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert "/StructTreeRoot" in pdf.Root


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=30))
def test_any_text_can_be_put_on_paper(text):
    assert plan(purpose_citizen_words=text, purpose_wording=text, citizen_name=text).startswith(b"%PDF-")


def test_a_template_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match="findes-ikke"):
        make_pdf("findes-ikke", {}, title="", at=AT)
