"""What is printed from the citizen's room: one sheet, without what can only be done on the screen."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from samspil.contexts.goals import api as goals
from tests.browser.person import People
from tests.cast import Cast
from tests.scenarios import full_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_plan_and_the_way_are_one_sheet_each(somebody: People, cast: Cast) -> None:
    now = timezone.localtime()
    full_case(cast, now=now)
    mette = cast.actor("mette", on=now.date())
    for title in ("Sove om natten", "Lave mad til Ida"):
        goal = goals.add_goal(
            actor=mette,
            at=now,
            case_id=cast.case_id,
            title=title,
            if_reached="Så taler vi om det.",
            if_not_reached="Vi øver.",
        )
        for step in ("Jeg har en fast aften", "Jeg bruger ørepropper, når der er larm", "Jeg ved, hvem jeg ringer til"):
            goals.add_sub_goal(actor=mette, at=now, goal_id=goal, title=step, citizen_words=step)
    karla = somebody("Karla Holm")
    for path in (reverse("citizen:plan"), reverse("process:picture", args=[cast.case_id])):
        karla.go(path)
        sheets = re.findall(rb"/Type\s*/Page\b", karla.page.pdf(format="A4"))
        assert len(sheets) == 1, path
    karla.go(reverse("citizen:plan"))
    karla.page.emulate_media(media="print")
    expect(karla.page.get_by_role("radio").first).not_to_be_visible()
    expect(karla.page.get_by_text("Hvad sker der med min hjælp").first).to_be_visible()
