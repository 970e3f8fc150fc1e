"""The leader's review: what is unusual is found and said why, the draw cannot be steered, findings stay."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Event
from samspil.contexts.cases.models import Case
from samspil.contexts.citizens.models import Citizen, Relation
from samspil.contexts.review import api as review
from samspil.contexts.review import queries as review_queries
from samspil.contexts.review.models import ReviewItem
from samspil.kernel.clock import DENMARK
from samspil.kernel.verdict import Refused
from tests.cast import FJORDBY, LONG, NOW, TODAY, Cast

pytestmark = pytest.mark.django_db

OCTOBER = dt.date(2026, 10, 1)


def at(day: int, hour: int = 10) -> dt.datetime:
    return dt.datetime(2026, 10, day, hour, tzinfo=DENMARK)


@pytest.fixture
def citizen(cast: Cast) -> Callable[..., UUID]:
    """A citizen of Fjordby with a case in the north, coordinated by Mette."""

    def make(name: str, address: str = "") -> UUID:
        first, last = name.split()
        made = Citizen.objects.create(
            municipality=FJORDBY, district=cast.north, first_name=first, last_name=last, born_on=TODAY, cpr_sealed=b"x",
            cpr_index=name.encode(), address=address, postcode="9998", town="Fjordby",
        )  # fmt: skip
        Case.objects.create(
            municipality=FJORDBY, number=f"26-{first}"[:12], citizen=made, district=cast.north, coordinator=cast.mette,
            area="adult_disability", status="running", status_since=NOW, opened_on=TODAY,
        )  # fmt: skip
        return made.id

    return make


@pytest.fixture
def looked(cast: Cast) -> Callable[..., None]:
    def look(name: str, *people: UUID, day: int = 6, hour: int = 10, what: str = "notes") -> None:
        looks = [(person, None, what, "") for person in people]
        access.log_looks(actor=cast.actor(name), at=at(day, hour), looks=looks)

    return look


def limits(**changes: Any) -> None:
    """Thresholds of Fjordby's own: those for all, with some changed."""
    for_all = review_queries.thresholds(FJORDBY, OCTOBER)
    names = [field.name for field in review.Thresholds._meta.concrete_fields if field.name != "id"]
    review.Thresholds.objects.create(**{name: getattr(for_all, name) for name in names} | changes)


def drawn(cast: Cast) -> dict[tuple[str, UUID | None], list[str]]:
    review.draw_month(actor=cast.actor("lene"), at=NOW, month=OCTOBER)
    return {(item.user_name.split()[0], item.citizen_id): item.reasons for item in ReviewItem.objects.all()}


def test_each_reason_is_found_and_ordinary_work_is_not(cast: Cast, citizen: Any, looked: Any) -> None:
    karla = cast.citizen_id
    krag, lund, home = citizen("Erik Krag"), citizen("Vita Lund"), citizen("Mette Bjerre", "Havnegade 12, 2. th.")
    niece, quiet = citizen("Asta Ny"), citizen("Aage Stille")
    Relation.objects.create(
        municipality=FJORDBY, citizen_id=niece, name="Jonas Lykke", kind="other", user_id=cast.jonas.id, runs=LONG
    )
    looked("mette", karla, lund, home)
    looked("mette", quiet, day=7)
    looked("mette", quiet, day=8, hour=23)
    looked("vita", karla, lund)
    looked("vita", quiet, what="caseload")
    looked("lene", krag)
    looked("jonas", karla, niece)
    review.draw_month(actor=cast.actor("lene"), at=NOW, month=OCTOBER)
    found = {
        (row.user_name.split()[0], row.citizen_id, row.seen_on.day): row.reasons for row in ReviewItem.objects.all()
    }
    assert found == {
        ("Mette", karla, 6): ["address"],
        ("Mette", lund, 6): ["colleague"],
        ("Mette", home, 6): ["self"],
        ("Mette", quiet, 7): [],
        ("Mette", quiet, 8): ["night"],
        ("Vita", karla, 6): ["no_relation"],
        ("Vita", lund, 6): ["self", "no_relation"],
        ("Vita", quiet, 6): [],
        ("Lene", krag, 6): ["surname", "no_relation"],
        ("Jonas", karla, 6): [],
        ("Jonas", niece, 6): ["relative", "no_relation"],
    }


def test_a_name_that_many_have_says_nothing(cast: Cast, citizen: Any, looked: Any) -> None:
    limits(surname_most=1)
    one, _other = citizen("Erik Krag"), citizen("Ellen Krag")
    looked("lene", one)
    assert drawn(cast)["Lene", one] == ["no_relation"]


def test_a_day_far_beyond_ones_own_usual_is_found(cast: Cast, citizen: Any, looked: Any) -> None:
    people = [citizen(f"Borger{number} Etnavn") for number in range(45)]
    for day in (1, 2, 5):
        looked("mette", *people[:12], day=day)
    looked("mette", *people, day=6)
    looked("jonas", *people[:39], day=6)
    assert drawn(cast)["Mette", None] == ["volume"]
    assert ("Jonas", None) not in drawn_users()
    assert ReviewItem.objects.get(citizen_id=None).figures == {"count": 45, "usual": 12}


def test_many_numbers_looked_up_are_found_and_a_stop_is(cast: Cast, citizen: Any, looked: Any) -> None:
    """Hits and misses alike: a number that nobody has is no look at anybody. With too many citizens it is one item."""
    people = [citizen(f"Borger{number} Etnavn") for number in range(45)]
    looked("mette", *people, day=6)
    for name, day, times, kind in (
        ("mette", 6, 60, access.LOOKED_UP), ("lene", 7, 59, access.LOOKED_UP), ("vita", 8, 3, access.LOOKED_UP),
        ("vita", 8, 2, access.STOPPED),
    ):  # fmt: skip
        for _ in range(times):
            access.record(actor=cast.actor(name), at=at(day), kind=kind)
    assert drawn(cast)["Mette", None] == ["volume", "numbers"]
    assert drawn_users() - {("Mette", one) for one in people} == {("Mette", None), ("Vita", None)}
    assert ReviewItem.objects.get(user_id=cast.vita.id).figures == {"numbers": 3, "stopped": 2}
    assert ReviewItem.objects.get(user_id=cast.mette.id, citizen_id=None).figures == {
        "count": 45, "usual": 0, "numbers": 60, "stopped": 0,
    }  # fmt: skip


def drawn_users() -> set[tuple[str, UUID | None]]:
    return {(item.user_name.split()[0], item.citizen_id) for item in ReviewItem.objects.all()}


def test_the_sample_has_its_size_and_the_same_log_gives_the_same(cast: Cast, citizen: Any, looked: Any) -> None:
    limits(sample_size=7)
    for number in range(60):
        looked("mette", citizen(f"Borger{number} Etnavn"), day=1 + number % 28, hour=8 + number % 9)
    samples = []
    for _ in range(2):
        with transaction.atomic():
            review.draw_month(actor=cast.actor("lene"), at=NOW, month=OCTOBER)
            samples.append(set(ReviewItem.objects.filter(is_sample=True).values_list("citizen_id", "seen_on")))
            transaction.set_rollback(True)
    assert len(samples[0]) == 7
    assert samples[0] == samples[1]


def test_the_municipalitys_own_thresholds_hold_from_their_day(cast: Cast, citizen: Any, looked: Any) -> None:
    for day, size in ((dt.date(2026, 9, 1), 2), (dt.date(2026, 11, 1), 9)):
        limits(valid_from=day, sample_size=size)
    for number in range(12):
        looked("mette", citizen(f"Borger{number} Etnavn"), day=1 + number)
    drawn(cast)
    assert ReviewItem.objects.filter(is_sample=True).count() == 2


def test_another_municipalitys_looks_and_citizens_looks_stay_out(cast: Cast, looked: Any) -> None:
    looked("karla", cast.citizen_id)
    looked("ida", cast.citizen_id)
    assert drawn(cast) == {}
    assert not review.is_drawn(cast.actor("mette"), OCTOBER), "she may not see it"


def test_a_month_is_drawn_once_and_when_it_is_over(cast: Cast, looked: Any) -> None:
    looked("vita", cast.citizen_id)
    lene = cast.actor("lene")
    drawn(cast)
    for month, reason in ((OCTOBER, review.ReviewRefusal.ALREADY_DRAWN), (TODAY, review.ReviewRefusal.MONTH_NOT_OVER)):
        with pytest.raises(Refused) as refused:
            review.draw_month(actor=lene, at=NOW, month=month)
        assert refused.value.reason is reason
    with pytest.raises(Refused):
        review.draw_month(actor=cast.actor("mette"), at=NOW, month=dt.date(2026, 9, 1))


def test_a_case_that_is_closed_to_the_leader_is_told_by_its_number(cast: Cast, citizen: Any, looked: Any) -> None:
    hidden = citizen("Erik Stille")
    looked("mette", hidden, cast.citizen_id)
    drawn(cast)
    lene = cast.actor("lene")

    def names() -> set[str]:
        found = review.review_list(lene, OCTOBER, sample=True, only_waiting=False, page=1)
        return {one.citizen_name for one in found.items}

    assert names() == {"Erik Stille", "Karla Holm"}
    Case.objects.filter(citizen_id=hidden).update(sensitivity=4)
    assert names() == {"borgeren i sag 26-Erik", "Karla Holm"}


def test_findings_supersede_and_stay(cast: Cast, looked: Any) -> None:
    looked("vita", cast.citizen_id)
    drawn(cast)
    lene, item = cast.actor("lene"), ReviewItem.objects.get()
    with pytest.raises(Refused) as refused:
        review.note_finding(actor=lene, at=NOW, item_id=item.id, outcome="talked")
    assert refused.value.reason is review.ReviewRefusal.WORDS_MISSING
    first = review.note_finding(actor=lene, at=NOW, item_id=item.id, outcome="in_order")
    with pytest.raises(Refused) as refused:
        review.note_finding(actor=lene, at=NOW, item_id=item.id, outcome="in_order")
    assert refused.value.reason is review.ReviewRefusal.NOTED_MEANWHILE
    review.note_finding(actor=lene, at=NOW, item_id=item.id, outcome="talked", words="Afløste Mette.", seen=first)
    assert [one.outcome for one in review.item(lene, item.id).findings] == ["talked", "in_order"]
    assert Event.objects.filter(kind="review.noted").count() == 2
    for rows in (review.Finding.objects.all(), ReviewItem.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_nobody_reviews_ones_own_looks(cast: Cast, looked: Any) -> None:
    looked("lene", cast.citizen_id)
    drawn(cast)
    with pytest.raises(Refused) as refused:
        review.note_finding(actor=cast.actor("lene"), at=NOW, item_id=ReviewItem.objects.get().id, outcome="in_order")
    assert refused.value.reason is review.ReviewRefusal.OWN_LOOKS
    with pytest.raises(ReviewItem.DoesNotExist):
        review.item(cast.actor("mette"), ReviewItem.objects.get().id)
