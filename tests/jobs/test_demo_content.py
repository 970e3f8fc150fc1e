"""The demo municipality's words hold together and say what the sketches say."""

import csv
import re

import pytest

from samspil.jobs.demo import reading
from samspil.jobs.demo.content import Story, placeholders, texts
from samspil.jobs.demo.marks import ContentError, card, segment, words

ALL = reading.stories()
STANDARD = reading.HERE.parents[1] / "contexts" / "catalogue" / "data" / "ffb.csv"


@pytest.fixture(scope="module")
def standard() -> dict[str, dict[str, str]]:
    """The concepts of FFB by code."""
    with STANDARD.open(encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def names_of(standard: dict[str, dict[str, str]], *kinds: str) -> set[str]:
    return {row["display_da"] for row in standard.values() if row["kind"] in kinds}


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.key)
def test_a_story_names_themes_as_the_standard_does(story: Story, standard: dict[str, dict[str, str]]) -> None:
    themes = names_of(standard, "theme", "sub_theme")
    assert {part.theme for note in story.notes for part in note.segments} - {""} <= themes
    assert {name for goal in story.goals for name in goal.related} <= themes
    if story.area == "adult":
        assert story.target_group in names_of(standard, "target_group")
        assert story.order.service in names_of(standard, "service")


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.key)
def test_a_goal_can_be_reported(story: Story, standard: dict[str, dict[str, str]]) -> None:
    for goal in story.goals:
        sub_theme = next(
            row for row in standard.values() if row["kind"] == "sub_theme" and row["display_da"] == goal.subtheme
        )
        theme = standard[sub_theme["parent"]]
        assert theme["display_da"] == goal.theme
        assert standard[theme["parent"]]["display_da"] == "Aktivitet og deltagelse"


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.key)
def test_every_copy_of_a_story_can_be_told_with_no_gap(story: Story) -> None:
    for copy in range(story.copies):
        names = placeholders(
            story,
            copy,
            name="Jonas Prøve",
            caseworker="Mette Prøve",
            worker="Uffe Prøve",
            provider="Bostøtte Nord",
            relative="Ida Prøve" if story.relative else "",
        )
        for text in texts(story):
            told = text.tell(copy, names)
            assert "{" not in told
            assert " || " not in told


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.key)
def test_a_story_is_rich_enough_to_follow(story: Story) -> None:
    assert 12 <= len(story.notes) <= 20
    assert len(story.meetings) == 2
    assert all(meeting.preparation and meeting.feedback for meeting in story.meetings)
    assert any(meeting.feedback and meeting.feedback.changed for meeting in story.meetings)
    kinds = {part.kind for note in story.notes for part in note.segments}
    assert {"citizen_words", "observation", "assessment", "agreement", "resource", "goal_status"} <= kinds
    assert all(goal.ratings and goal.steps for goal in story.goals)


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.key)
def test_cards_are_short_enough_for_a_board(story: Story) -> None:
    for meeting in story.meetings:
        for item in meeting.cards:
            assert all(len(text.split()) <= 14 for text in item.text.variants), item.text


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.key)
def test_the_people_of_a_story_exist(story: Story) -> None:
    town = reading.municipality()
    people = {person.key for person in (*town.staff, *town.workers)}
    assert {story.cast.caseworker, story.cast.worker} - {""} <= people
    assert story.order.provider in {item.key for item in town.organisations if item.side == "provider"}


def test_karla_stands_as_in_the_sketches() -> None:
    karla = next(story for story in ALL if story.cast.name == "Karla Holm")
    names = placeholders(
        karla,
        0,
        name="Karla Holm",
        caseworker="Mette",
        worker="Jonas",
        provider="Bostøtte Nord",
        relative="Ida",
    )
    told = {text.tell(0, names) for text in texts(karla)}
    assert {
        "Jeg vil gerne kunne tage bussen til koret selv.",
        "Tage bussen alene",
        "Sove om natten",
        "Jeg kan ruten",
        "Jeg kører med Jonas i bussen",
        "Jeg tager bussen til kor alene",
        "Karla har fået nye naboer og sover dårligt på grund af støj.",
        "Jonas kører med bussen, tre sæder bagved",
        "Mette spørger boligselskabet om nattero",
        "Larm om natten. Sover fire timer",
    } <= told


def test_no_number_that_could_be_a_persons_number_is_written_down() -> None:
    for path in reading.HERE.rglob("*.toml"):
        assert not re.search(r"\b\d{6}-?\d{4}\b", path.read_text(encoding="utf-8")), path


def test_the_town_has_its_people() -> None:
    town = reading.municipality()
    assert len(town.staff) == 15
    assert sum(person.role in {"caseworker", "assessor"} for person in town.staff) == 9
    assert sum(item.side == "provider" for item in town.organisations) == 4
    keys = {item.key for item in town.organisations}
    for person in (*town.staff, *town.workers, *town.outsiders):
        assert person.organisation in keys
    strangers = {item.key for item in town.organisations if item.side == "stranger"}
    assert all(person.organisation in strangers for person in town.outsiders)


def test_names_are_many_and_fit_the_age() -> None:
    names = reading.names()
    firsts = {
        first
        for group in ("young", "middle", "older", "abroad")
        for gender in "fm"
        for first in getattr(names, f"{group}_{gender}")
    }
    assert len(firsts) >= 90
    assert len({*names.surnames, *names.abroad_surnames}) >= 90
    assert "Agnes" in names.first_names("f", 88)
    assert "Agnes" not in names.first_names("f", 22)


def test_fresh_referrals_and_questions() -> None:
    assert len(reading.incoming()) == 8
    assert len(reading.questions()) == 12
    assert {item.area for item in reading.incoming()} == {"adult", "elder"}


def test_an_earlier_stage_knows_nothing_of_what_came_later() -> None:
    story = ALL[0]
    early = story.until(story.order.ago)
    assert early.order.ago == 0
    assert early.notes
    assert all(note.ago >= 0 for note in early.notes)
    assert len(early.notes) < len(story.notes)
    assert not early.meetings
    assert not any(step.state == "reached" for goal in early.goals for step in goal.steps)


def test_the_genitive_follows_the_name() -> None:
    text = words("{first}s hund og {worker}s cykel")
    assert text.tell(0, {"first": "Karla", "worker": "Jonas"}) == "Karlas hund og Jonas’ cykel"
    assert words("{first} sover").tell(0, {"first": "Karla"}) == "Karla sover"


def test_a_sentence_begins_with_a_capital() -> None:
    assert words("{shop} er ny. {shop} i {shop}").tell(0, {"shop": "smedjen"}) == "Smedjen er ny. Smedjen i smedjen"


def test_a_line_becomes_its_kind() -> None:
    change = segment("! Hun er faldet. @Gå og bevæge sig => Vi må komme om aftenen.")
    assert change.kind == "change"
    hidden = segment("Han var påvirket. @Rusmidler ~~ Skal tales igennem med ham først")
    assert (hidden.kind, hidden.theme, hidden.hidden) == (
        "observation",
        "Rusmidler",
        "Skal tales igennem med ham først",
    )
    promise = segment("> worker, 7, open: Jonas kommer").promise
    assert promise is not None
    assert (promise.who, promise.days, promise.state) == ("worker", 7, "open")


@pytest.mark.parametrize("line", ["> nobody, 7: Kommer", "> worker: Kommer", "# bus 11: For meget", "“Uden slut"])
def test_a_malformed_line_is_refused(line: str) -> None:
    with pytest.raises(ContentError):
        segment(line)


def test_a_card_in_a_column_the_layout_lacks_is_refused() -> None:
    with pytest.raises(ContentError):
        card("hope: “Ro”", "three_columns")
