import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.contexts.orders import composing
from samspil.contexts.orders.composing import Asked, Source, Voice
from samspil.contexts.orders.enums import PartKind
from samspil.kernel.ids import new_id
from samspil.kernel.segments import SegmentKind

UNTIL = dt.date(2026, 11, 24)
BUS, SLEEP, HEALTH, RELATIONS = (new_id() for _ in range(4))


def source(kind, text, *, days_ago=3, goal=None, theme=None, value=None):
    return Source(new_id(), kind, text, UNTIL - dt.timedelta(days=days_ago), goal, theme, value)


def compose(*sources, goals=(BUS,), voices=()):
    return composing.compose(
        sources,
        [Asked(goal, frozenset({goal}), tuple(voices)) for goal in goals],
        theme_order={HEALTH: 0, RELATIONS: 1},
        citizen_name="Karla",
        until=UNTIL,
    )


def test_a_part_per_goal_then_themes_in_the_standards_order_then_remarks():
    parts = compose(
        source("observation", "Har fået en ven", theme=RELATIONS),
        source("change", "Sover dårligt", theme=HEALTH),
        source("change", "Ny nabo"),
        source("observation", "Kørte selv", goal=SLEEP),
        goals=(BUS, SLEEP),
    )
    assert [(part.kind, part.goal_id or part.theme_id) for part in parts] == [
        (PartKind.GOAL, BUS),
        (PartKind.GOAL, SLEEP),
        (PartKind.THEME, HEALTH),
        (PartKind.THEME, RELATIONS),
        (PartKind.THEME, None),
        (PartKind.REMARKS, None),
    ]


def test_a_goal_reads_as_danish():
    quote = source("citizen_words", "Jeg turde godt, da Uffe sad tre sæder bagved", days_ago=4, goal=BUS)
    seen = source("observation", "Karla kørte tre stop\nuden at ringe", days_ago=10, goal=BUS)
    judged = source("assessment", "Hun er tæt på at kunne alene!", goal=BUS)
    marked = source("goal_status", "Hun tør godt", goal=BUS, value=6)
    voice = Voice("Karla", 7, UNTIL - dt.timedelta(days=2), 4, dt.date(2025, 5, 3))
    (goal, remarks) = compose(quote, seen, judged, marked, voices=[voice])
    assert goal.text.split("\n") == [
        "Karla siger 7 af 10 (22. november). Den 3. maj 2025 var det 4.",
        "21. november, 6 af 10: Hun tør godt.",
        "“Jeg turde godt, da Uffe sad tre sæder bagved.” Karla, 20. november.",
        "14. november: Karla kørte tre stop uden at ringe.",
        "Vurdering, 21. november: Hun er tæt på at kunne alene!",
    ]
    assert [line.sources for line in goal.lines[1:]] == [(marked.id,), (quote.id,), (seen.id,), (judged.id,)]
    assert remarks.text == ""


def test_a_rating_knows_the_segments_it_was_written_with():
    now = source("goal_status", "Det går", goal=BUS, value=6, days_ago=2)
    other = source("goal_status", "Det gik", goal=BUS, value=6, days_ago=3)
    (goal, _) = compose(now, other, voices=[Voice("Bostøtte Nord", 6, now.on)])
    assert goal.lines[0].sources == (now.id,)


def test_the_same_rating_again_is_said_as_such():
    (goal, _) = compose(voices=[Voice("Karla", 5, UNTIL, 5, UNTIL - dt.timedelta(days=30))])
    assert goal.text == "Karla siger 5 af 10 (24. november), det samme som den 25. oktober."


def test_a_change_belongs_to_its_theme_also_when_it_is_tied_to_a_goal():
    parts = compose(source("change", "Er flyttet", goal=BUS, theme=HEALTH))
    assert [part.text for part in parts] == ["", "Ændring, 21. november: Er flyttet.", ""]


def test_what_belongs_nowhere_are_remarks():
    parts = compose(
        source("wish", "Vil gerne have besøg senere"),
        source("resource", "Har selv fundet rejseplanen"),
        source("assessment", "Det går fremad i det hele taget"),
        source("observation", "Vi drak kaffe"),
        source("agreement", "Uffe ringer torsdag"),
        source("citizen_words", "Det er hyggeligt"),
    )
    assert parts[-1].text.split("\n") == [
        "“Det er hyggeligt.” Karla, 21. november.",
        "Vurdering, 21. november: Det går fremad i det hele taget.",
        "Ressource, 21. november: Har selv fundet rejseplanen.",
        "Ønske, 21. november: Vil gerne have besøg senere.",
    ]


def test_of_many_the_first_and_the_latest_are_shown():
    rows = [source("citizen_words", f"Ord {day}", days_ago=day, goal=BUS) for day in (2, 9, 30, 200)]
    (goal, _) = compose(*rows)
    assert [line.text.split("”")[0] for line in goal.lines] == ["“Ord 200.", "“Ord 9.", "“Ord 2."]


@given(st.lists(st.sampled_from(list(SegmentKind)), max_size=40), st.data())
def test_every_line_follows_back_and_no_segment_is_told_twice(kinds, data):
    goals, themes = st.sampled_from([None, BUS, SLEEP]), st.sampled_from([None, HEALTH, RELATIONS])
    rows = [
        source(kind, f"Noget om {n}", days_ago=n, goal=data.draw(goals), theme=data.draw(themes))
        for n, kind in enumerate(kinds)
    ]
    parts = compose(*rows, goals=(BUS, SLEEP))
    told = [one for part in parts for line in part.lines for one in line.sources]
    assert len(told) == len(set(told))
    assert set(told) <= {row.id for row in rows}
    changes = {row.id for row in rows if row.kind == "change"}
    assert not any(set(line.sources) & changes for part in parts if part.kind == PartKind.GOAL for line in part.lines)


DRAWN = "14. november: Karla kørte tre stop uden at ringe.\n“Jeg turde godt, da Uffe sad bagved.” Karla, 20. november."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DRAWN, [("seen",), ("quote",)]),
        ("14. november: Karla kørte tre stop uden at ringe, og hun var glad.", [("seen",)]),
        ("Karla kører nu alene hver uge.", [()]),
        ("", []),
    ],
)
def test_an_edited_line_keeps_its_source_while_it_is_mostly_the_same(text, expected):
    traced = composing.traced(text, DRAWN, [["seen"], ["quote"]])
    assert [ids for _, ids in traced] == expected


def test_what_is_typed_is_counted():
    assert composing.counted(DRAWN, [DRAWN]) == (len("".join(DRAWN.split())), 0)
    drawn, typed = composing.counted(DRAWN + "\nHelt nyt her.", [DRAWN])
    assert (drawn, typed) == (len("".join(DRAWN.split())), len("Heltnyther."))
