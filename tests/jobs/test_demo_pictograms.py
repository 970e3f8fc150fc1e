"""Every picture that a story names is one that the pages can draw. The file is read by its path: jobs know no page."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import samspil
from samspil.jobs.demo import reading
from samspil.jobs.demo.content import Story

KNOWN = json.loads((Path(samspil.__path__[0]) / "web/components/pictograms.json").read_text("utf-8")).keys()


def drawn(story: Story) -> Iterator[str]:
    for goal in story.goals:
        yield goal.pictogram
        yield from (step.pictogram for step in goal.steps)
    for meeting in story.meetings:
        if meeting.preparation:
            yield from meeting.preparation.pictograms


@pytest.mark.parametrize("story", reading.stories(), ids=lambda story: story.key)
def test_every_pictogram_of_a_story_can_be_drawn(story: Story) -> None:
    assert set(drawn(story)) - KNOWN == set()


def test_the_names_that_stories_may_use_are_those_of_the_pages() -> None:
    assert set(reading.names().pictograms) == KNOWN
