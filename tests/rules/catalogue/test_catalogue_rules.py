import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.contexts.catalogue.rules import BadCodeList, Entry, ListProblem, plan, read_list

OLD, NEW = dt.date(2024, 5, 30), dt.date(2026, 11, 1)
ABOUT = {"uri": "u", "name": "n", "version": "1", "source": "s", "licence": "l", "valid_from": OLD, "concepts": 2}
HEAD = "code,user_key,parent,kind,numeric,selectable,display_da,definition\n"


def entry(code, **changed):
    plain = Entry(code, "", "", "theme", None, True, code.upper(), "", 0)
    return replace(plain, **changed)


def test_a_list_is_read_in_its_order():
    read = read_list("ffb", ABOUT, HEAD + "b,,,theme,,no,B,\na,K1,b,sub_theme,3,yes,A,Om a\n")
    assert [(e.code, e.parent, e.numeric, e.selectable, e.order) for e in read.entries] == [
        ("b", "", None, False, 0),
        ("a", "b", 3, True, 1),
    ]
    assert read.entries[1].user_key == "K1"
    assert (read.key, read.version, read.valid_from) == ("ffb", "1", OLD)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("a,,,theme,,yes,A,\n", ListProblem.WRONG_COUNT),
        ("a,,,theme,,yes,A,\na,,,theme,,yes,A,\n", ListProblem.TWICE),
        ("a,,,theme,,yes,A,\nb,,x,theme,,yes,B,\n", ListProblem.UNKNOWN_PARENT),
        ("a,,,theme,,yes,A,\nb,,a,thme,,yes,B,\n", ListProblem.UNKNOWN_KIND),
    ],
)
def test_a_bad_list_is_refused(rows, problem):
    with pytest.raises(BadCodeList) as caught:
        read_list("ffb", ABOUT, HEAD + rows)
    assert caught.value.reason is problem


def test_what_a_newer_version_does():
    running = {code: (entry(code), OLD) for code in "abcd"} | {"e": (entry("e"), NEW)}
    wanted = [entry("a"), entry("b", display_da="Ny"), entry("c", order=7), entry("e", display_da="Ny"), entry("f")]
    made = plan(running=running, entries=wanted, valid_from=NEW)
    assert [e.code for e in made.create] == ["b", "f"]
    assert [e.code for e in made.correct] == ["c", "e"]
    assert made.close == {"b", "d"}


def test_a_code_cannot_leave_its_own_version():
    with pytest.raises(BadCodeList) as caught:
        plan(running={"a": (entry("a"), NEW)}, entries=[], valid_from=NEW)
    assert caught.value.reason is ListProblem.REMOVED_FROM_SAME_VERSION


entries = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["X", "Y"])).map(
    lambda names: {code: entry(code, display_da=name) for code, name in names.items()}
)


@given(entries, entries)
def test_following_the_plan_gives_the_list(before, after):
    made = plan(running={c: (e, OLD) for c, e in before.items()}, entries=after.values(), valid_from=NEW)
    left = {code: e for code, e in before.items() if code not in made.close}
    assert left | {e.code: e for e in (*made.correct, *made.create)} == after
    assert not plan(running={c: (e, NEW) for c, e in after.items()}, entries=after.values(), valid_from=NEW).create
