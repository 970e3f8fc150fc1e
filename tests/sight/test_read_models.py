"""Readers get the fields they need: what a provider was not told with an order stands on none of its pages."""

import pytest

from samspil.contexts.cases import api as cases
from samspil.contexts.orders.models import Order
from tests.sight.table import Verdict, pages, verdict
from tests.sight.walk import Walk
from tests.sight.world import World, addressed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
RELATIVES = ("Ida Holm", "Bo Testesen", "Gerda Testesen")


def places_of(world: World, *words: str) -> set[str]:
    """The provider's pages about the case it helps in on which one of the words can be read."""
    walk, jonas, own = Walk(world), world.actors["jonas"], world.abouts["own"]
    found = set()
    for page in pages():
        if not page.access.is_public and verdict(page, jonas, own) == Verdict.OPEN:
            _, body, _ = walk._answer(page, "GET", jonas, addressed(own, page.name, page.route, list(page.parameters)))
            if any(word in body.decode("utf-8", "replace") for word in words):
                found.add(page.name)
    return found


def test_a_provider_reads_of_no_relative_that_it_was_not_told_of(world: World) -> None:
    assert places_of(world, *RELATIVES) == set()


def test_a_provider_that_was_told_does(world: World) -> None:
    """The control: the same search finds them when the order told."""
    order = Order.objects.get(id=world.abouts["own"].keys["order_id"])
    told = [*order.handover, {"key": "people", "lines": ["Ida Holm"]}]
    Order.objects.filter(id=order.id).update(handover=told)
    assert {"provider:case", "notes:write"} <= places_of(world, *RELATIVES)


@pytest.mark.parametrize(
    ("name", "has_phone", "is_told"),
    [("mette", True, True), ("karla", True, False), ("ida", False, False), ("jonas", False, False)],
)
def test_the_frame_of_a_case_has_what_its_reader_needs(world: World, name: str, has_phone: bool, is_told: bool) -> None:
    facts = cases.case_facts(world.cast.actor(name), world.cast.case_id)
    assert bool(facts.citizen_phone) is has_phone
    assert (facts.sensitivity is not None, facts.is_restricted is not None) == (is_told, is_told)
