from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from samspil.contexts.access.api import Capability
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
