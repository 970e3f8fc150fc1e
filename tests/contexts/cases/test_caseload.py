"""The list of cases: whose, in which order, and in how many queries."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest

from samspil.contexts.cases import api as cases
from samspil.contexts.cases.api import Wanted
from samspil.contexts.citizens import api as citizens
from samspil.kernel import cpr as cprs
from tests.cast import NOW, TODAY, Cast


def people(cast: Cast, names: list[str], **changes: object) -> list[UUID]:
    """A case for each of the names in the north, coordinated by Lene unless said otherwise."""
    lene, made = cast.actor("lene"), []
    for name in names:
        first, last = name.split()
        serial = citizens.Citizen.objects.count()
        citizen_id = citizens.add_citizen(
            actor=lene,
            at=NOW,
            first_name=first,
            last_name=last,
            cpr=cprs.fictitious(dt.date(1950, 1, 1), serial),
            district_id=cast.north.id,
        )
        given = {"area": "elder_care", "coordinator_id": cast.lene.id, "district_id": cast.north.id}
        made.append(cases.start_case(actor=lene, at=NOW, citizen_id=citizen_id, **(given | changes)))
    return made


def names(cast: Cast, who: str = "mette", **wanted: object) -> list[str]:
    return [row.name for row in cases.caseload(cast.actor(who), Wanted(**wanted)).rows]  # type: ignore[arg-type]


def test_danish_order(cast: Cast) -> None:
    people(cast, ["Åse Lund", "Ærna Lund", "Øjvind Lund", "Aage Lund", "Zenia Lund", "Anna Lund"])
    expected = ["Anna Lund", "Karla Holm", "Zenia Lund", "Ærna Lund", "Øjvind Lund", "Aage Lund", "Åse Lund"]
    assert names(cast) == expected


def test_each_sees_the_own_district(cast: Cast) -> None:
    people(cast, ["Sonja Syd"], district_id=cast.south.id)
    assert names(cast, "mette") == ["Karla Holm"]
    assert names(cast, "vita") == ["Sonja Syd"]
    assert names(cast, "lene") == ["Karla Holm", "Sonja Syd"]
    assert names(cast, "lene", district_id=cast.south.id) == ["Sonja Syd"]
    assert names(cast, "mette", district_id=cast.south.id) == []
    assert names(cast, "otto") == []
    assert [d.name for d in cases.districts_for(cast.actor("mette"))] == ["Nord"]
    assert [d.name for d in cases.districts_for(cast.actor("lene"))] == ["Nord", "Syd"]


def test_filters(cast: Cast) -> None:
    people(cast, ["Anna Lund"])
    assert names(cast, mine=True) == ["Karla Holm"]
    assert names(cast, status="clarification") == ["Anna Lund"]
    assert names(cast, area="elder_care") == ["Anna Lund"]
    assert names(cast, status="no such", area="thing") == ["Anna Lund", "Karla Holm"]


def test_closed_cases_are_shown_when_asked_for(cast: Cast) -> None:
    cases.move_case(actor=cast.actor("mette"), at=NOW, case_id=cast.case_id, move="close")
    assert names(cast) == []
    assert names(cast, status="closed") == ["Karla Holm"]
    assert names(cast, search="26-0001") == ["Karla Holm"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("karla", ["Karla Holm"]),
        ("  HOLM  kar ", ["Karla Holm"]),
        ("26-0001", ["Karla Holm"]),
        ("26-9999", []),
        ("aage", ["Åge Ås"]),
        ("%", []),
        ("karla lund", []),
        ("x" * 5000, []),
        ("'; drop table", []),
    ],
)
def test_search_by_name_and_number(cast: Cast, search: str, found: list[str]) -> None:
    people(cast, ["Åge Ås"])
    assert names(cast, search=search) == found


def test_the_one_who_has_waited_longest_stands_first(cast: Cast) -> None:
    lene = cast.actor("lene")
    first, second, third = people(cast, ["Anna Et", "Bo To", "Carl Tre"])
    for case_id, days in ((first, 30), (second, 7)):
        citizens.agree_contact(
            actor=lene,
            at=NOW,
            citizen_id=cases.case_facts(lene, case_id).citizen_id,
            form="home",
            time_of_day="any",
            medium="call",
            every_days=days,
        )
        cases.note_contact(actor=lene, at=NOW, case_id=case_id, on=TODAY - dt.timedelta(days=10))
    assert third
    shown = cases.caseload(lene, Wanted(order="contact")).rows
    assert [row.name for row in shown][:2] == ["Bo To", "Anna Et"]
    assert [(row.contact_due_on, row.is_contact_late) for row in shown][:2] == [
        (TODAY - dt.timedelta(days=3), True),
        (TODAY + dt.timedelta(days=20), False),
    ]


def test_pages_of_fifty(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samspil.contexts.cases.queries.caseload.PAGE", 2)
    people(cast, ["Anna Et", "Bo To", "Carl Tre"])
    mette = cast.actor("mette")
    second = cases.caseload(mette, Wanted(page=2))
    assert ([row.name for row in second.rows], second.total, second.pages) == (["Carl Tre", "Karla Holm"], 4, 2)
    assert cases.caseload(mette, Wanted(page=99)).page == 2
    assert cases.caseload(mette, Wanted(page=-1)).page == 1


def test_two_queries_however_many_rows(cast: Cast, count_queries: Callable[[Callable[[], object]], int]) -> None:
    mette = cast.actor("mette")
    assert count_queries(lambda: cases.caseload(mette, Wanted())) == 2
    people(cast, ["Anna Et", "Bo To", "Carl Tre"])
    assert count_queries(lambda: cases.caseload(mette, Wanted())) == 2
    assert count_queries(lambda: cases.my_cases(mette)) == 1
