"""Wherever staff write of or to a citizen, klartjek reads along: over every form of every page."""

import pytest
from django import forms

from samspil.web.components.forms import CleanText
from samspil.web.shell.writing import Written
from tests.form_walk import Walk, view_of
from tests.posted_forms import Control, Form

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SOMEBODY_ELSES = {
    "citizen_words": "the citizen's own words, noted as they were said",
    "decisions:answer_hearing heard-words": "the citizen's answer",
    "decisions:complaint_new words": "the citizen's complaint",
    "decisions:board_outcome board-words": "the appeals board's words",
    "decisions:board_outcome board-points": "the appeals board's words",
    "disclosure:case words": "what somebody asks for",
    "disclosure:complaint words": "what somebody disagrees with",
    "authority:contact words": "what to remember, in the citizen's own words",
    "authority:open_case words": "what to remember, in the citizen's own words",
}
NOT_OF_THE_CASE = {
    "authority:conflict words": "how one knows the citizen oneself; the leader reads it",
    "emergencies:review words": "of a colleague's look",
    "leadership:review_item words": "of a colleague's look",
    "leadership:verify_rule words": "of a rule",
    "authority:show_address words": "a line of the log; not kept as it is typed either",
}
IN_A_MESSAGE = {
    "authority:letter": {"because", "do_now", "gets", "said"},
    "decisions:answer": {"reasons"},
    "decisions:plan": {"purpose", "goals"},
    "decisions:change_plan": {"purpose", "goals"},
    "decisions:describe": {"to_do"},
    "decisions:add_fact": {"fact-text"},
    "decisions:delay": {"delay-words"},
    "decisions:skip_hearing": {"skip-words"},
    "decisions:postpone_hearing": {"postpone-words"},
    "decisions:reassess": {"reassess-words"},
    "disclosure:answer": {"reasons"},
    "disclosure:postpone": {"words"},
    "meetings:call": {"purpose", "agenda", "material"},
    "meetings:feedback_changed": {"text"},
}


def texts_of(form: Form) -> set[str]:
    return {name for name, control in form.controls.items() if control.kind == "textarea"}


def names(checked: list[str]) -> set[str]:
    return {one.partition(":")[2] for one in checked}


def unread(found: list[Form]) -> list[str]:
    return [f"{view_of(form)} {name}" for form in found for name in sorted(texts_of(form) - names(form.checked))]


def excused(found: str) -> str | None:
    allowed = SOMEBODY_ELSES | NOT_OF_THE_CASE
    return next((one for one in (found, found.partition(" ")[2]) if one in allowed), None)


def as_messages(found: list[Form]) -> dict[str, set[str]]:
    sent: dict[str, set[str]] = {}
    for form in found:
        if texts := {one.partition(":")[2] for one in form.checked if one.startswith("message:")}:
            sent.setdefault(view_of(form), set()).update(texts)
    return sent


def test_the_check_stands_at_every_text_that_the_citizen_may_read(walk: Walk) -> None:
    found = [form for person in ("mette", "jonas", "lene") for form in walk(person)[1] if texts_of(form)]
    found = [form for form in found if view_of(form) != "wording:check"]
    left = unread(found)
    assert [one for one in left if not excused(one)] == []
    assert {excused(one) for one in left} == set(SOMEBODY_ELSES | NOT_OF_THE_CASE), "an exception is no longer met"
    assert as_messages(found) == IN_A_MESSAGE


def test_nobody_is_corrected_in_their_own_life(walk: Walk) -> None:
    theirs = [form for person in ("karla", "ida") for form in walk(person)[1]]
    assert any(texts_of(form) for form in theirs)
    assert [view_of(form) for form in theirs if form.checked] == []


def test_a_text_without_the_check_is_found() -> None:
    form = Form("/x/", "/myndighed/min-dag/", {"a": Control("a", "textarea"), "b": Control("b", "textarea")})
    form.checked = ["note:a"]
    assert unread([form]) == [f"{view_of(form)} b"]
    assert excused(unread([form])[0]) is None
    assert excused("authority:purpose citizen_words") == "citizen_words"


class Texts(forms.Form):
    a = CleanText()
    b = CleanText(wording="message")
    c = CleanText(wording="")
    d = CleanText(widget=forms.TextInput())


def test_a_text_is_read_unless_it_says_otherwise() -> None:
    assert Written(Texts(), key="", state="", stands={}).wording == "note:a message:b"
