"""Every view that takes a form goes through the base of all forms (`web/shell/writing.py`)."""

import inspect
import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, get_resolver, path
from django.views.decorators.http import require_GET

from samspil.web.shell.writing import writes
from tests.structure.test_access import patterns
from tests.structure.test_source import PACKAGE

EXCEPTIONS = {
    "authority:search": "finds somebody; a form only so that a name never stands in an address",
    "authority:show_address": "shows once what is masked; the look and what for stand in the access log",
    "authority:show_cpr": "shows once what is masked; the look stands in the access log",
    "board:ops": "changes of a board, each with a key of its own (meetings/board_rules.py)",
    "identity:back_channel": "a provider's log-out, with a token that is spent once",
    "identity:depart": "on the way to a provider: each departure has a state of its own",
    "identity:login": "log-in: nobody is known yet, and a log-in twice is one",
    "identity:logout": "log-out: twice is as good as once",
    "meetings:feedback_by_link": "nobody is logged in; the link is spent by its first answer",
    "meetings:feedback_link": "shows a link that is never shown again; the form's key makes it, so it is the same one",
    "notes:mark": "reads what is being written",
    "notes:read": "reads what is being written",
    "shell:display": "how the screen looks: to choose the same twice changes nothing",
    "wording:check": "reads what is being written, and keeps nothing of it",
    "shell:draft": "the draft itself: the newest is the one that counts",
}


BY_HAND = {
    "authority/caseload.html": "finds somebody",
    "identity/demo.html": "log-in: nobody is known yet",
    "identity/login.html": "log-in: nobody is known yet",
    "identity/refused.html": "log-in: nobody is known yet",
    "identity/send_again.html": "the form that was parked, with the keys it had",
    "shell/choices.html": "how the screen looks, and log-out: twice is as good as once",
    "shell/header_professional.html": "finds somebody",
    "shell/logged_out.html": "log-in: nobody is known yet",
}
"""Templates with a form that carries neither key nor for whom it is sent."""
FORM = re.compile(r"<form\b[^>]*method=.post.+?</form>", re.DOTALL)


def without_keys(template: str) -> list[str]:
    return [form for form in FORM.findall(template) if "{% form_keys %}" not in form]


def unguarded(resolver: URLResolver, names: Callable[[str, Any], str]) -> list[str]:
    """Views that take more than GET and do not go through `writes`."""
    found = []
    for route, entry in patterns(resolver):
        source = inspect.getsource(inspect.unwrap(entry.callback))
        decorators = source[: source.index("def ")]
        if "@require_GET" not in decorators and not getattr(entry.callback, "writes", False):
            found.append(names(route, entry))
    return sorted(set(found))


def name_of(route: str, entry: Any) -> str:
    *package, _module, _view = entry.lookup_str.split(".")
    return f"{package[-1]}:{entry.name}"


def test_every_form_goes_through_the_base() -> None:
    assert unguarded(get_resolver(), name_of) == sorted(EXCEPTIONS)


def test_every_form_made_by_hand_carries_the_keys() -> None:
    """Those made by `ui_form` and `ui_post_button` do; tests/web/test_every_draft.py looks at the pages."""
    pages = {path: path.read_text("utf-8") for path in PACKAGE.rglob("templates/**/*.html")}
    assert sum(len(FORM.findall(page)) for page in pages.values()) > 15
    bare = {str(path).split("/templates/")[1] for path, page in pages.items() if without_keys(page)}
    assert bare == BY_HAND.keys()
    assert without_keys('<form method="post">{% csrf_token %}<button></button></form>')


def test_a_view_beside_the_base_is_found() -> None:
    def beside(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @writes
    def through(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @require_GET
    def looked_at(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    class Urls:
        urlpatterns = (path("a/", beside), path("b/", through), path("c/", looked_at))

    resolver = URLResolver(path("x/", beside).pattern, Urls)
    assert unguarded(resolver, lambda route, entry: route) == ["a/"]
