from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from samspil.contexts.access.api import Capability
from samspil.contexts.cases.api import ROWS, CaseBoundQuerySet
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
