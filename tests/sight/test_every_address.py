"""T1: every address, by every method, as every actor, about ten kinds of case, answers as `cases.sight` says."""

import os
import random
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

import pytest
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from samspil.contexts.access.api import Capability, Event, Prepared
from samspil.contexts.cases import models as cases
from samspil.contexts.cases.sight import Limit, Tie, Way
from samspil.web.shell.access import access
from tests.sight.table import OTHERWISE, Verdict, looked_at_by, pages, unknown_keys
from tests.sight.walk import METHODS, Question, Walk, every_question, mixed_questions, some_questions
from tests.sight.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEED = int(os.environ.get("BATTERY_SEED", "20261127"))
Ask = Callable[..., Walk]


@pytest.fixture
def ask(world: World) -> Ask:
    looked_at_by(world.cast.mette.id)

    def asked(questions: Iterable[Question], *, is_mixed: bool = False) -> Walk:
        walk = Walk(world, is_mixed=is_mixed)
        before = Event.objects.count()
        for question in questions:
            walk.ask(question)
        assert Event.objects.count() == before
        return walk

    return asked


def only(world: World, *names: str, actors: tuple[str, ...]) -> Iterator[Question]:
    """Some pages as some actors, about all ten cases."""
    for question in every_question(world, "GET"):
        page, _, who, _ = question
        if page.name in names and who.name in actors:
            yield question


def agrees(walk: Walk) -> None:
    assert not walk.wrong, f"{len(walk.wrong)} of {sum(walk.asked.values())}:\n" + "\n".join(walk.wrong[:40])


def told(walk: Walk, what: str) -> None:
    print(f"T1, {what}: {sum(walk.asked.values())} questions, {len(walk.wrong)} differ")  # noqa: T201 - for the docs


def test_every_key_in_an_address_is_in_the_table() -> None:
    assert {page.name: unknown_keys(page) for page in pages() if unknown_keys(page)} == {}


def test_some_of_all_answers_agree(world: World, ask: Ask) -> None:
    walk = ask(some_questions(world, SEED))
    told(walk, f"seed {SEED}")
    agrees(walk)
    assert walk.asked.keys() == {page.name for page in pages()}, "every address was asked"
    assert {verdict for verdict, _ in walk.answers} == set(Verdict)
    assert len({name for name, _ in walk.opened}) > 100, "what is closed to strangers is open to others"


def test_a_row_is_not_found_under_another_case(world: World, ask: Ask) -> None:
    drawn = random.Random(SEED).sample(list(mixed_questions(world)), 150)  # noqa: S311
    walk = ask(drawn, is_mixed=True)
    told(walk, "keys of two cases")
    agrees(walk)


def test_exceptions_name_addresses_that_there_are() -> None:
    assert set(OTHERWISE) <= {page.name for page in pages()}


@pytest.fixture
def compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A third of the time of a test goes into compiling each prepared query a second time; the small size does that."""
    monkeypatch.setattr(Prepared, "_check", lambda *_: None)


@pytest.mark.battery
@pytest.mark.usefixtures("compiled_once")
@pytest.mark.parametrize("method", METHODS)
def test_all_answers_agree(world: World, ask: Ask, method: str) -> None:
    walk = ask(every_question(world, method))
    told(walk, f"all by {method}")
    print("seen, but may not:", *sorted(walk.refused), sep="\n  ")  # noqa: T201 - for the docs
    agrees(walk)


@pytest.mark.battery
@pytest.mark.usefixtures("compiled_once")
def test_no_row_is_found_under_another_case(world: World, ask: Ask) -> None:
    mixed = ask(mixed_questions(world), is_mixed=True)
    told(mixed, "keys of two cases")
    agrees(mixed)


def address(name: str) -> URLPattern:
    def patterns(resolver: URLResolver, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from patterns(entry, (*names, *filter(None, [entry.app_name])))
            else:
                yield ":".join((*names, str(entry.name))), entry

    return dict(patterns(get_resolver()))[name]


def test_a_page_whose_access_is_not_asked_for_is_found(world: World, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The declaration stands on the view, but nobody reads it."""
    pattern = address("authority:case_orders")
    guarded: Any = pattern.callback

    @wraps(guarded)
    def unguarded(*args: Any, **kwargs: Any) -> Any:
        return guarded.__wrapped__(*args, **kwargs)

    monkeypatch.setattr(pattern, "callback", unguarded)
    get_resolver()._populate()
    walk = ask(only(world, "authority:case_orders", actors=("karla", "jonas", "mette")))
    assert {fault.split(" about ")[0] for fault in walk.wrong} == {
        "GET authority:case_orders as karla",
        "GET authority:case_orders as jonas",
    }


@pytest.fixture
def unprepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Queries are built anew, or the plans kept in the process would be right in spite of what is planted."""
    monkeypatch.setattr(Prepared, "__call__", lambda self, *args, **kwargs: list(self._build(*args, **kwargs)))


DEFECTS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], set[str]]] = {
    "districts": (
        lambda patch: patch.setitem(cases._TIES, Tie.AREA, lambda actor, scope: Q()),
        {"vita about own", "vita about colleagues", "mette about other district"},
    ),
    "clearance": (
        lambda patch: patch.setitem(cases._LIMITS, Limit.CLEARANCE, lambda actor, way: None),
        {"lene about vip", "mette about vip"},
    ),
    "family": (
        lambda patch: patch.setitem(cases._LIMITS, Limit.FAMILY, lambda actor, way: None),
        {"mette about own relative", "jonas about own relative"},
    ),
    "days of a part": (
        lambda patch: patch.setattr(cases, "_parts_of", part_for_ever),
        {"jonas about expired order"},
    ),
}


def part_for_ever(actor: Any, organisation_id: Any) -> Any:
    parts = cases.Participation.objects.filter(case=cases.OuterRef("pk"), organisation_id=organisation_id)
    return parts.filter(unit_id__in=actor.unit_ids)


@pytest.mark.parametrize("name", DEFECTS)
def test_a_relation_that_is_ignored_is_found(
    world: World, ask: Ask, unprepared: None, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    plant, expected = DEFECTS[name]
    plant(monkeypatch)
    actors = ("mette", "vita", "lene", "jonas")
    walk = ask(only(world, "authority:tasks", "provider:goals", actors=actors))
    found = {fault.split(" as ")[1].split(":")[0] for fault in walk.wrong}
    assert expected <= found


def test_an_emergency_leads_to_no_page_that_it_is_not_for(
    world: World, ask: Ask, unprepared: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list(only(world, "authority:case", "authority:sight", actors=("vagt", "mette")))
    agrees(ask(asked))
    monkeypatch.setattr(Way, "serves", lambda way, other: True)
    assert [fault.split(":", 2)[:2] for fault in ask(asked).wrong] == [["GET authority", "sight as vagt about own"]]


def test_a_page_that_loads_without_visible_to_is_found(
    world: World, ask: Ask, unprepared: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of others in a list, and a page about a case that is closed."""
    monkeypatch.setattr(cases.CaseQuerySet, "visible_to", lambda self, actor, scope=None: self)
    walk = ask(only(world, "authority:tasks", "authority:caseload", actors=("mette", "vita")))
    assert any("authority:caseload" in fault and "names" in fault for fault in walk.wrong)
    assert any("authority:tasks" in fault and "instead of nothing" in fault for fault in walk.wrong)


def test_a_new_key_in_an_address_must_be_in_the_table() -> None:
    @access(Capability.CASE_READ)
    def view(request: HttpRequest, parcel_id: str) -> HttpResponse:
        return HttpResponse()

    class Urls:
        urlpatterns = (path("pakke/<uuid:parcel_id>/", view, name="parcel"),)

    found = list(pages(URLResolver(path("x/", view).pattern, Urls)))
    assert [unknown_keys(page) for page in found] == [{"parcel_id"}]
