import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from samspil.contexts.access import api as access
from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.citizens.models import Citizen
from samspil.contexts.review import api as review
from samspil.kernel.clock import DENMARK
from samspil.kernel.ids import new_id
from samspil.web.citizen.words import SEEN
from samspil.web.leadership.words import PAGES
from tests.cast import FJORDBY, NOW, TODAY, Cast

pytestmark = pytest.mark.django_db

LIST = reverse("leadership:log_review")
UNUSUAL = f"{LIST}?vis=usaedvanligt"


def looked(cast: Cast, *people: Any) -> None:
    seen_at = dt.datetime(2026, 10, 6, 23, 14, tzinfo=DENMARK)
    looks = [(one, None, "notes", "Karla ringede selv") for one in people]
    access.log_looks(actor=cast.actor("vita"), at=seen_at, looks=looks)


def neighbours(count: int) -> list[Any]:
    rows = [
        Citizen(
            municipality=FJORDBY,
            first_name=f"Borger{number}",
            last_name="Ny",
            born_on=TODAY,
            cpr_sealed=b"x",
            cpr_index=new_id().bytes,
        )
        for number in range(count)
    ]
    return [row.id for row in Citizen.objects.bulk_create(rows)]


def test_only_leaders_find_it(client_for: Any, cast: Cast) -> None:
    for name, status in (("lene", 200), ("mette", 404), ("jonas", 404), ("karla", 404), ("otto", 404)):
        assert client_for(name).get(LIST).status_code == status
    assert LIST in client_for("lene").get(reverse("authority:my_day")).content.decode()
    assert LIST not in client_for("mette").get(reverse("authority:my_day")).content.decode()


def test_draw_read_note_and_correct(client_for: Any, cast: Cast) -> None:
    looked(cast, cast.citizen_id)
    lene = client_for("lene")
    assert "Træk måneden" in lene.get(LIST).content.decode()
    draw = f"{reverse('leadership:draw')}?maaned=2026-10"
    assert lene.post(draw, {"form_key": str(new_id())}).url == f"{LIST}?maaned=2026-10"
    page = " ".join(lene.get(UNUSUAL).content.decode().split())
    for words in (
        "<strong>Vita Lund</strong>, Visitator, Fjordby Kommune",
        "Så notaterne hos Karla Holm",
        "Det var for at arbejde med sagen.",
        "kl. 23.14",
        "“Karla ringede selv”",
        "Har hverken opgave, notat eller møde i sagen.",
        "Åbnet om natten.",
        "1 på listen, 1 mangler.",
    ):
        assert words in page
    assert AccessLogEntry.objects.filter(what="log_review", citizen_id=cast.citizen_id).count() == 1
    url = reverse("leadership:review_item", args=[review.ReviewItem.objects.get().id])
    answer = lene.post(url, {"form_key": str(new_id()), "outcome": "passed_on"})
    assert answer.status_code == 422
    assert "hvem der har det nu" in answer.content.decode()
    pressed_twice = {"form_key": str(new_id()), "outcome": "in_order"}
    assert lene.post(url, pressed_twice).url == lene.post(url, pressed_twice).url
    seen = str(review.Finding.objects.get().id)
    lene.post(url, {"form_key": str(new_id()), "outcome": "talked", "words": "Vi har talt.", "seen": seen})
    page = lene.get(url).content.decode()
    assert page.index("Talt med medarbejderen") < page.index("rettet siden")
    assert "Intet på listen" in lene.get(f"{UNUSUAL}&set=mangler").content.decode()


def test_the_number_of_queries_does_not_grow_and_there_are_pages(
    client_for: Any, cast: Cast, count_queries: Any
) -> None:
    looked(cast, *neighbours(2))
    review.draw_month(actor=cast.actor("lene"), at=NOW, month=dt.date(2026, 10, 1))
    lene = client_for("lene")
    lene.get(UNUSUAL)
    few = count_queries(lambda: lene.get(UNUSUAL))
    looked_at_more = [(one, None, "notes", "") for one in neighbours(60)]
    access.log_looks(actor=cast.actor("vita"), at=dt.datetime(2026, 9, 6, tzinfo=DENMARK), looks=looked_at_more)
    review.draw_month(actor=cast.actor("lene"), at=NOW, month=dt.date(2026, 9, 1))
    september = f"{UNUSUAL}&maaned=2026-09"
    assert count_queries(lambda: lene.get(september)) == few
    assert "Har set" in "".join(lene.get(f"{september}&side={n}").content.decode() for n in (1, 2, 3))
    assert lene.get(f"{september}&side=99999").status_code == 200


def test_every_page_a_citizen_can_read_about_has_words_here_too() -> None:
    assert SEEN.keys() - PAGES.keys() == {"home", "helpers", "looks"}, "only those of the citizen's own room"


def test_many_cpr_numbers_looked_up_stand_in_words(client_for: Any, cast: Cast) -> None:
    seen_at = dt.datetime(2026, 10, 6, 11, tzinfo=DENMARK)
    for kind, times in ((access.LOOKED_UP, 60), (access.STOPPED, 2)):
        for _ in range(times):
            access.record(actor=cast.actor("vita"), at=seen_at, kind=kind)
    review.draw_month(actor=cast.actor("lene"), at=NOW, month=dt.date(2026, 10, 1))
    page = " ".join(client_for("lene").get(f"{UNUSUAL}&maaned=2026-10").content.decode().split())
    assert "Har slået 60 CPR-numre op på én dag og blev stoppet 2 gange" in page
    assert "<strong>Vita Lund</strong>, Visitator" in page
