"""Words picked from the notes: the newest at once, the rest behind a fold that never hides what is ticked."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict

from samspil.contexts.notes.api import Quotable, SegmentKind
from samspil.web.decisions.forms_needs import QuotingForm
from samspil.web.decisions.picking import SHOWN_AT_ONCE
from tests.cast import NOW


def quotable(kind: SegmentKind, text: str, author: str, happened: dt.datetime) -> Quotable:
    return Quotable(uuid4(), kind.value, text, None, happened, author)


def said(number: int) -> Quotable:
    happened = NOW - dt.timedelta(days=number)
    return quotable(SegmentKind.OBSERVATION, f"Ting nummer {number}", "Jonas Lykke", happened)


def shown(form: QuotingForm) -> tuple[str, str]:
    """What is there at once, and what is behind the fold."""
    at_once, _, rest = str(form["quotes"]).partition("<details")
    return at_once, rest


def test_the_newest_at_once_and_the_rest_behind_a_fold() -> None:
    at_once, rest = shown(QuotingForm(found=[said(number) for number in range(1, 10)]))
    assert f"Ting nummer {SHOWN_AT_ONCE} " in at_once
    assert f"Ting nummer {SHOWN_AT_ONCE + 1} " not in at_once
    assert rest.count("<input") == 9 - SHOWN_AT_ONCE
    assert "Vis 3 ældre" in rest
    assert "open" not in rest.partition(">")[0]


@pytest.mark.parametrize("number", [1, SHOWN_AT_ONCE])
def test_no_fold_where_there_are_few(number: int) -> None:
    at_once, rest = shown(QuotingForm(found=[said(each) for each in range(1, number + 1)]))
    assert (at_once.count("<input"), rest) == (number, "")


def test_a_fold_with_something_ticked_stands_open_after_an_error() -> None:
    found = [said(number) for number in range(1, 10)]
    oldest: UUID = found[-1].id
    _, rest = shown(QuotingForm(QueryDict(f"quotes={oldest}"), found=found))
    assert "open" in rest.partition(">")[0]
    assert "checked" in rest


def test_what_a_note_says_is_text_and_never_a_tag() -> None:
    odd = quotable(SegmentKind.CITIZEN_WORDS, "<b>Jeg</b> & du", "Mette <i>", NOW)
    at_once, _ = shown(QuotingForm(found=[odd]))
    assert "“&lt;b&gt;Jeg&lt;/b&gt; &amp; du”" in at_once
    assert "Mette &lt;i&gt;" in at_once
