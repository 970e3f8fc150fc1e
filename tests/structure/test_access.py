from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from samspil.contexts.access.api import CAPABILITIES, OTHER_PURPOSES, OWN_PURPOSE, SIDE_OF_ROLE, Capability, Side
from samspil.contexts.cases.api import CASE_ROW, KEYS, ORDER_WAY, ROWS, WAYS, CaseBoundQuerySet
from samspil.contexts.cases.sight import Tie
from samspil.web.shell.access import Declaration, access


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def undeclared(resolver: URLResolver) -> list[str]:
    """Addresses whose view does not say who may open it."""
    return [
        f"{route} ({entry.lookup_str})"
        for route, entry in patterns(resolver)
        if not isinstance(getattr(entry.callback, "access", None), Declaration)
    ]


def test_every_address_says_who_may_open_it():
    assert undeclared(get_resolver()) == []


def test_there_are_addresses_to_read():
    assert "log-ind/" in dict(patterns(get_resolver()))


def test_a_bare_view_is_found():
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def with_something_else(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with_something_else.access = True

    class Urls:
        urlpatterns = (
            path("bar/", bare),
            path("andet/", with_something_else),
            path("aaben/", access.public(bare)),
            path("inde/", access.signed_in(bare)),
            path("min/", access(Capability.OWN_ROOM)(bare)),
        )

    found = undeclared(URLResolver(path("x/", bare).pattern, Urls))
    assert [fault.split(" ")[0] for fault in found] == ["bar/", "andet/"]


def seen_by_nobodys_rule(found: Iterator[type[models.Model]]) -> list[str]:
    """Rows of a case, a meeting or an order that `cases.sight` says nothing of, or whose manager does not read it."""
    parents = {"case", "meeting", "order", "status_note", "note"}
    return [
        model._meta.label_lower
        for model in found
        if {field.name for field in model._meta.concrete_fields if field.is_relation} & parents
        and not (model._meta.label_lower in ROWS and isinstance(model._default_manager.all(), CaseBoundQuerySet))
    ]


def test_every_row_of_a_case_is_in_the_table_of_sight():
    assert seen_by_nobodys_rule(iter(apps.get_models())) == []
    assert {label for label in ROWS if not apps.get_model(label)} == set()


def test_a_row_that_the_table_does_not_know_is_found(monkeypatch):
    monkeypatch.delitem(ROWS, "notes.note")
    assert seen_by_nobodys_rule(iter(apps.get_models())) == ["notes.note"]


def sides_of(declared: Declaration) -> set[Side]:
    return {SIDE_OF_ROLE[role] for role, held in CAPABILITIES.items() if declared.capabilities & held}


def not_served(resolver: URLResolver) -> set[tuple[str, str]]:
    """Pages about a row of a case, and the ways of their readers that do not serve what the page is for."""
    return {
        (route, way.tie)
        for route, entry in patterns(resolver)
        if any(KEYS.get(key) == CASE_ROW or _hangs_on_a_case(key) for key in entry.pattern.converters)
        for way in (*WAYS, ORDER_WAY)
        if way.side in sides_of(entry.callback.access) and not way.serves(entry.callback.access.other_purpose)
    }


def _hangs_on_a_case(key: str) -> bool:
    return key in KEYS and KEYS[key] in ROWS and ROWS[KEYS[key]].through != "municipality"


def confused(resolver: URLResolver) -> list[str]:
    """Pages for two things that are not what their readers come for; and rows for one thing on a page for another."""
    found = []
    for route, entry in patterns(resolver):
        declared: Declaration = entry.callback.access
        served = {OTHER_PURPOSES.get(capability) for capability in declared.capabilities}
        rows = {ROWS[KEYS[key]].purpose for key in entry.pattern.converters if KEYS.get(key) in ROWS} - {None}
        if (len(served) > 1 and None not in served) or rows - {declared.other_purpose}:
            found.append(route)
    return found


def test_what_a_page_is_for_is_served_by_every_way_to_it_but_an_emergency():
    """Whoever is let in by an emergency is not there to say who may see the case."""
    assert not_served(get_resolver()) == {("myndighed/borgere/<uuid:case_id>/adgang/", Tie.EMERGENCY)}
    assert confused(get_resolver()) == []


def test_a_way_is_for_what_its_side_comes_for_or_for_the_emergency():
    assert {way.tie for way in (*WAYS, ORDER_WAY) if way.purpose != OWN_PURPOSE[way.side]} == {Tie.EMERGENCY}


def test_a_page_that_a_way_does_not_serve_is_found():
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    class Urls:
        urlpatterns = (
            path("sag/<uuid:case_id>/eftersyn/", access(Capability.LOG_REVIEW)(bare)),
            path("brev/<uuid:letter_id>/laering/", access(Capability.LEARNING_READ)(bare)),
            path("sag/<uuid:case_id>/", access(Capability.CASE_READ)(bare)),
            path("sag/<uuid:case_id>/to/", access(Capability.LOG_REVIEW, Capability.RULES_CHECK)(bare)),
            path("log/<uuid:review_id>/", access(Capability.CASE_READ)(bare)),
        )

    planted = URLResolver(path("x/", bare).pattern, Urls)
    assert not_served(planted) == {
        ("sag/<uuid:case_id>/eftersyn/", Tie.EMERGENCY),
        ("brev/<uuid:letter_id>/laering/", Tie.EMERGENCY),
    }
    assert confused(planted) == ["sag/<uuid:case_id>/to/", "log/<uuid:review_id>/"]
