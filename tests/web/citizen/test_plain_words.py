"""The citizen's own pages can be read by a ten-year-old: LIX of what stands on them, measured as ux § 1.5 says."""

import html
import re

import pytest
from django.urls import reverse

from samspil.contexts.citizens.models import Relation
from samspil.kernel import sentences
from tests.cast import NOW
from tests.scenarios import full_case

pytestmark = pytest.mark.django_db

EASY = 30
"""Below 25 is very easy, below 35 easy; ten-year-olds read about 30."""
LONGEST_SENTENCE = 22
BLOCKS = re.compile(r"</?(?:p|h[1-6]|li|dt|dd|div|section|summary|details|button|label|legend|option|br)\b[^>]*>")


def units_of(page: str) -> list[str]:
    """The sentences of the page, one by one; the end of a block ends a sentence too."""
    inside = page[page.index("<main") : page.index("</main>")]
    inside = re.sub(r"<(script|svg|style|textarea)\b.*?</\1>", " ", inside, flags=re.DOTALL)
    blocks = re.split(r"\x00", BLOCKS.sub("\x00", inside))
    texts = (" ".join(html.unescape(re.sub(r"<[^>]+>", " ", block)).split()) for block in blocks)
    return [unit for text in texts for unit in sentences.split(text) if re.search(r"[a-zæøå]", unit)]


def lix(units: list[str]) -> float:
    words = [word for unit in units for word in re.findall(r"\w+", unit)]
    long = [word for word in words if len(word) >= 7 and not word.isdigit()]
    return len(words) / len(units) + 100 * len(long) / len(words)


def test_every_page_of_the_room_is_easy_to_read(client_for, cast) -> None:
    full_case(cast, now=NOW)
    client = client_for("karla")
    rooms = ("home", "plan", "change", "agreements", "helpers", "looks", "access")
    pages = [reverse(f"citizen:{name}") for name in rooms]
    pages.append(reverse("citizen:access_choose", args=[Relation.objects.get().id]))
    meeting = client.get(reverse("citizen:meeting"), follow=True)
    pages += [meeting.request["PATH_INFO"], reverse("process:picture", args=[cast.case_id])]
    for page in pages:
        units = units_of(client.get(page).content.decode())
        longest = max(units, key=lambda unit: len(unit.split()))
        assert lix(units) <= EASY, (page, lix(units))
        assert len(longest.split()) <= LONGEST_SENTENCE, (page, longest)


def test_what_a_relative_reads_is_easy_too(client_for, cast) -> None:
    full_case(cast, now=NOW)
    client = client_for("ida")
    for name in ("home", "standing", "plan", "change", "agreements", "helpers"):
        units = units_of(client.get(reverse(f"citizen:{name}")).content.decode())
        assert lix(units) <= EASY, (name, lix(units), units)


def test_the_language_of_the_office_is_not_easy() -> None:
    """The control."""
    office = (
        "<main><p>Kommunen har truffet afgørelse om bevilling af socialpædagogisk støtte, idet funktionsnedsættelsen "
        "vurderes at medføre et væsentligt støttebehov i henhold til gældende lovgivning.</p></main>"
    )
    assert lix(units_of(office)) > 2 * EASY
