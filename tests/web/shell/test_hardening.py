"""What browsers are told, what comes from elsewhere, and what must never be on a page."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from samspil.contexts.access.models import User
from samspil.web.shell import hardening
from tests.addresses import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PACKAGE = Path(hardening.__file__).resolve().parents[2]
PROMISES = {
    "Content-Security-Policy": hardening.POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": hardening.HEADERS["Permissions-Policy"],
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
MARKUP_FROM_TEXT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|parseFromString|document\.write|\beval\(|"
    r"new Function|setTimeout\(\s*[\"'`]|setHTMLUnsafe|srcdoc"
)
INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|type=.application/json))|<style|\bstyle=|\son\w+=|javascript:|hx-on|hx-vals=.?js:",
    re.IGNORECASE,
)
FILE_NAME = re.compile(
    r"(inline|attachment); filename=\"[a-z]+(-[0-9a-f-]+)?(-(letter|easy|english|copy))?\.(pdf|json|csv|ics)\""
)
ELSEWHERE = re.compile(r"(?:src|srcset|action|data|poster)=[\"'](?:https?:)?//|<link[^>]+href=[\"'](?:https?:)?//")


def without_streams(everything: Any) -> Iterator[str]:
    return (address for address in addresses(*everything) if not address.endswith(quote("/strøm/")))


def is_shared(address: str, page: str) -> bool:
    """A piece of a page, or one that people share: the board, and the three questions on the tablet that goes round."""
    return "<html" not in page or 'data-room="board"' in page or address.endswith("/svar/")


def missing(response: Any) -> dict[str, str | None]:
    promised = PROMISES | {"Cache-Control": "no-store"}
    found = {name: response.headers.get(name) for name in promised}
    return {name: value for name, value in found.items() if value != promised[name]}


@pytest.mark.parametrize("person", ["mette", "lene", "jonas", "karla", "ida"])
def test_every_answer_of_every_address_carries_every_header(client_for: Any, everything: Any, person: str) -> None:
    client, problems, opened = client_for(person), [], 0
    for address in without_streams(everything):
        response = client.get(address)
        opened += response.status_code == 200
        kind = response.headers["Content-Type"] if response.status_code == 200 else ""
        if kind.startswith("text/") and "charset=utf-8" not in kind:
            problems.append(f"{address}: {kind}")
        problems += [f"{address}: {found}"] if (found := missing(response)) else []
        if response.status_code == 200 and "html" in response.headers["Content-Type"]:
            page = response.content.decode()
            if reverse("identity:logout") not in page and not is_shared(address, page):
                problems.append(f"{address}: no log-out")
            problems += [f"{address}: {match[0]}" for match in INLINE.finditer(page)]
            problems += [f"{address}: {match[0]}" for match in ELSEWHERE.finditer(page)]
    assert not problems, "\n".join(problems)
    assert opened > 10


def test_pages_outside_and_mistakes_carry_them_too(client: Client) -> None:
    for response in (client.get("/log-ind/"), client.get("/findes-ikke/"), client.get("/"), client.post("/log-ind/")):
        assert missing(response) == {}


def test_a_header_that_is_not_there_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the above."""
    monkeypatch.delitem(hardening.HEADERS, "Cross-Origin-Resource-Policy")
    assert missing(client.get("/log-ind/")) == {"Cross-Origin-Resource-Policy": None}
    assert INLINE.search('<a onclick="x()">')
    assert INLINE.search("<script>x()</script>")
    assert INLINE.search('<script type="module" src="/static/x.js"></script>') is None
    assert ELSEWHERE.search('<script src="https://cdn.example/x.js">')


def test_the_policy_allows_nothing_inline_nothing_from_elsewhere_and_reports_nowhere() -> None:
    given = dict(part.split(" ", 1) for part in hardening.POLICY.split("; "))
    nothing = {"default-src", "object-src", "base-uri", "frame-ancestors"}
    assert all(given[name] == "'none'" for name in nothing)
    assert {given[name] for name in given.keys() - nothing} <= {"'self'", "'self' data:", "'script'", "samspil"}
    assert "data:" not in given["script-src"]
    assert not any(word in hardening.POLICY for word in ("unsafe", "://", "*", "report"))


def test_text_becomes_markup_in_one_module_only() -> None:
    found = {
        path.name: MARKUP_FROM_TEXT.findall(path.read_text())
        for path in PACKAGE.rglob("static/**/*.js")
        if MARKUP_FROM_TEXT.search(path.read_text())
    }
    assert found == {"trusted.js": ["innerHTML"]}


NAMED_BY_A_VALUE = re.compile(
    r"[\w)\]]\[(?![\"'`\d])[^\[\]]+\]\s*(?:=(?!=)|\+=|\|\|=|\?\?=)|__proto__|Object\.assign\((?!\{|document\.createElement)"
)


def test_no_word_that_is_sent_names_a_property() -> None:
    """What comes by name lies in maps, so that no name can reach what all objects share."""
    scripts = {path.name: path.read_text() for path in PACKAGE.rglob("static/**/*.js") if "vendor" not in path.parts}
    assert len(scripts) > 10
    assert not {name: found for name, text in scripts.items() if (found := NAMED_BY_A_VALUE.findall(text))}
    for planted in ("cards[message.id] = text", "a.b[key] ||= 1", "x.__proto__", "Object.assign(all, sent)"):
        assert NAMED_BY_A_VALUE.search(planted)
    assert not NAMED_BY_A_VALUE.search("const [a, b] = found; rows[0] = 1; if (x[key] === 1) {}")


def test_htmx_is_on_no_page_without_its_reins() -> None:
    """It is not in use. Whoever takes it into use must first tell it what it may not do."""
    reins = {"includeIndicatorStyles": False, "allowEval": False, "selfRequestsOnly": True, "allowScriptTags": False}
    pages = [path.read_text() for path in PACKAGE.rglob("templates/**/*.html")]
    assert len(pages) > 50
    if any(re.search(r"htmx[\w.-]*\.js|htmx_script", page) for page in pages):
        config = next(match[1] for page in pages if (match := re.search(r"htmx-config\" content='(.*?)'", page)))
        assert reins.items() <= json.loads(config).items()


def test_log_out_clears_what_the_browser_kept_and_nothing_else_does(client_for: Any) -> None:
    client = client_for("mette")
    assert "Clear-Site-Data" not in client.get("/myndighed/min-dag/").headers
    answer = client.post("/log-ud/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get("/log-ind/").headers


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_write_that_a_browser_says_comes_from_elsewhere_is_refused(client_for: Any, cast: Any, site: str) -> None:
    client, english = client_for("mette"), {"language": "en", "back": "/"}
    refused = client.post("/visning/", english, headers={"sec-fetch-site": site})
    assert refused.status_code == 403
    assert "fra en anden hjemmeside" in refused.content.decode()
    assert User.objects.get(id=cast.mette.id).language == "da"
    for own in ({"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {}):
        assert client.post("/visning/", english, headers=own).status_code == 302
    assert User.objects.get(id=cast.mette.id).language == "en"
    assert client.get("/myndighed/min-dag/", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_a_write_without_the_pages_own_token_is_refused(client_for: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_for("mette").cookies
    assert client.post("/visning/", {"language": "en"}).status_code == 403


@pytest.mark.parametrize(
    "wrong", ["/\r\nSet-Cookie: x=1", "//evil.example/", "https://evil.example", "\\\\evil.example"]
)
def test_no_word_of_an_address_ends_a_header_or_leads_away(client_for: Any, wrong: str) -> None:
    answer = client_for("mette").post("/visning/", {"language": "da", "back": wrong})
    assert answer.status_code == 302
    assert re.fullmatch(r"/([^/\\\s]\S*)?", answer.url)
    assert "x" not in answer.cookies


PRODUCTION = """
import json
from django.conf import settings
names = [name for name in dir(settings) if "COOKIE" in name or "SECURE" in name or name in ("DEBUG", "DEMO_LOGIN")]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def settings_in(mode: str) -> dict[str, Any]:
    keys = {"SAMSPIL_SECRET_KEY": "s" * 60, "SAMSPIL_CPR_KEY": "c" * 60, "SAMSPIL_HOSTS": "samspil.example"}
    given = os.environ | keys | {"SAMSPIL_MODE": mode, "DJANGO_SETTINGS_MODULE": "samspil.config.settings"}
    said = subprocess.run([sys.executable, "-c", PRODUCTION], env=given, capture_output=True, text=True, check=True)
    return dict(json.loads(said.stdout))


def test_in_production_only_https_and_two_years_of_it() -> None:
    found, demo = settings_in("production"), settings_in("demo")
    assert found["SECURE_HSTS_SECONDS"] == 2 * 365 * 24 * 60 * 60
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"):
        assert found[name] is True
    assert (found["DEBUG"], found["DEMO_LOGIN"]) == (False, False)
    assert demo["SECURE_HSTS_SECONDS"] == 0


def test_no_address_takes_a_file() -> None:
    """There is nowhere to upload, so no zip, picture or XML to take apart. This fails when that changes."""
    templates = "".join(path.read_text() for path in PACKAGE.rglob("templates/**/*.html"))
    code = "".join(path.read_text() for path in PACKAGE.glob("web/**/*.py"))
    assert "multipart/form-data" not in templates
    assert 'type="file"' not in templates
    assert not re.search(r"request\.FILES|FileField|ImageField", code)


def test_nothing_unzips_opens_pictures_or_reads_xml_but_the_groups_of_a_log_in() -> None:
    """Those are read with a parser that stops at the first declaration; tests/web/identity/test_groups.py shows it."""
    reads = {"xml", "lxml", "zipfile", "PIL", "pickle", "yaml", "marshal", "shelve"}
    found = set()
    for path in PACKAGE.rglob("*.py"):
        imported = re.findall(r"^\s*(?:import|from)\s+(\w+)", path.read_text(), flags=re.MULTILINE)
        found |= {(str(path.relative_to(PACKAGE)), name) for name in reads & set(imported)}
    assert found == {("web/identity/groups.py", "xml")}


def test_file_names_are_made_of_fixed_words_numbers_and_keys(client_for: Any, everything: Any) -> None:
    client, names = client_for("mette"), []
    for address in without_streams(everything):
        response = client.get(address)
        if disposition := response.headers.get("Content-Disposition"):
            names.append(disposition)
            assert FILE_NAME.fullmatch(disposition), disposition
    assert names


def test_a_form_that_is_much_too_large_is_refused_in_words(client_for: Any) -> None:
    too_much = "x" * 4_100_000
    answer = client_for("mette").post(reverse("shell:display"), {"language": too_much, "back": "/"})
    assert answer.status_code in {400, 413}
    many = client_for("mette").post(reverse("shell:display"), {f"felt{n}": "x" for n in range(1100)})
    assert many.status_code == 400
