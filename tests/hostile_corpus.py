"""What nobody should send, by kind, and how to tell that a page let some of it through.

Every payload that would do something if it were believed carries the mark `qz7`: as an element, an attribute, an
address, a header or the answer to a sum. What is shown back as plain text is as it should be.
"""

import re
from html.parser import HTMLParser

from django.http import HttpResponse

MEGABYTE = "Lang tekst. " * 90_000
WRONG_IN_TEXT = {
    "nul": "Hun\x00 sagde\x07\x1b[31m ja",
    "lone surrogate": "Hun \ud83d sagde \udcff ja",
    "right to left": "\u202eHun\u200f sagde\u2066 ja\ufeff",
    "word page": "\x95\tPunkt\x0b\uf0b7 \x93citat\x94\u2028ny linje",
    "script": "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "template": "{{ 7|add:7 }}{% url 'x' %} %s %(name)s {name} \\x00",
    "huge number": "9" * 5_000,
    "past 64 bits": "99999999999999999999",
    "impossible day": "31.02.2026",
    "day past all years": "1.1.99999",
    "only spaces": " \u00a0\u2003\t ",
    "empty": "",
}
WRONG_IN_CHOICE = {
    "nul": "a\x00b",
    "lone surrogate": "\ud83d",
    "wrong uuid": "00000000-0000-0000-0000-000000000000",
    "half uuid": "0000-karla",
    "past 64 bits": "99999999999999999999",
    "huge number": "9" * 5_000,
    "negative": "-1",
    "no number": "NaN",
    "list": "['a', 'b']",
    "megabyte": MEGABYTE,
    "empty": "",
}
CORPUS = {
    "markup": (
        "<qz7>",
        "</textarea><qz7>",
        "</title><qz7 x=1>",
        '"><qz7>',
        "'><qz7>",
        "--><qz7><!--",
        "]]><qz7>",
        "<script>qz7()</script>",
        "<svg onload=qz7()>",
        "<img src=x onqz7=1>",
        '" onqz7="1',
        "' onqz7='1",
        "` onqz7=`1",
        "</script><qz7>",
        "<style><qz7>",
        "<iframe srcdoc='<qz7>'>",
        "<math><mi//xlink:href='data:x,<qz7>'>",
        "&lt;qz7&gt;",
        "&#60;qz7&#62;",
        "%3Cqz7%3E",
        "\\u003cqz7\\u003e",
        "<\x00qz7>",
        "<qz7\u2028>",
        "\uff1cqz7\uff1e",
        "javascript:qz7()",
        "JaVaScRiPt:qz7()",
        "java\tscript:qz7()",
        "data:text/html,<qz7>",
        "vbscript:qz7()",
        "[x](javascript:qz7())",
        '![x](x "onqz7=1)',
        "<a href=javascript:qz7()>x</a>",
    ),
    "template": (
        "qz7{{7777*3}}qz7",
        "qz7${7777*3}qz7",
        "qz7#{7777*3}qz7",
        "qz7<%=7777*3%>qz7",
        "qz7{{7776|add:15555}}qz7",
        "{% debug %}qz7",
        "{% load qz7 %}",
        "{{ request.META }}",
        "{{ settings.SECRET_KEY }}",
        "%(qz7)s",
        "%s%s%s%n",
        "{qz7.__class__.__mro__}",
        "{0.__init__.__globals__}",
        "$((7777*3))",
    ),
    "sql": (
        "' OR '1'='1",
        "'; select pg_sleep(9); --",
        "\\'; drop table access_user; --",
        "1) or (1=1",
        "' union select null--",
        "'||(select version())||'",
        "$$;select 1;$$",
        "%' or name like '%",
        "_",
        "%",
        "\\",
        "a\\",
        "''",
        '""',
        ";--",
        "1;select(1)",
        "x' and 1=cast((select 1) as text)--",
        "{1,2}",
        "[1,2)",
        "[2026-01-01,2025-01-01)",
    ),
    "lines and headers": (
        "x\r\nX-Qz7: 1",
        "x\nX-Qz7: 1",
        "x\rX-Qz7: 1",
        "x%0d%0aX-Qz7:%201",
        "x\u560d\u560aX-Qz7: 1",
        "x\u0085X-Qz7: 1",
        "x\r\n\r\n<qz7>",
        "//qz7.example/",
        "https://qz7.example",
        "\\\\qz7.example",
        "/\\qz7.example",
        "///qz7.example",
        "https:qz7.example",
        "/%2e%2e//qz7.example",
    ),
    "files and commands": (
        "../../../../etc/passwd",
        "..\\..\\windows\\win.ini",
        "/etc/passwd\x00.pdf",
        "file:///etc/passwd",
        "$(id)",
        "`id`",
        "; id",
        "| id",
        "&& id",
        "http://127.0.0.1:5432/",
        "http://169.254.169.254/latest/meta-data/",
        "con",
        "..",
        ".",
    ),
    "sheets": (
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "\t=1+1",
        "\r=1+1",
        '=HYPERLINK("//qz7.example")',
        "\uff1d1+1",
        '"=1+1',
        'a;b"c,d',
    ),
    "structure": (
        "<!DOCTYPE x [<!ENTITY qz7 SYSTEM 'file:///etc/passwd'>]><x>&qz7;</x>",
        "<!ENTITY a '&b;&b;&b;'>",
        '{"a":' * 200,
        "[" * 5_000,
        '{"$ne": null}',
        '{"__proto__": {"qz7": 1}}',
        "null",
        "true",
        "[]",
        "{}",
        '"x"',
        "!!python/x",
        'O:1:"X":0:{}',
        "gASVCg==",
        "*)(uid=*",
        "admin'/*",
    ),
    "letters": (
        "\x00",
        "a\x00b",
        "\x07\x1b[31m",
        "\ud83d",
        "\udcff\udc80",
        "\u202egnp.exe",
        "\u200b",
        "\ufeff",
        "\ufffe",
        "\ufdd0",
        "\U000e0041",
        "\U0010ffff",
        "a" + "\u0301" * 400,
        "\u0130\u0131",
        "\ufb01",
        "\u1e9e",
        "\u2028",
        "\u2029",
        "Ⅷ",
        "①",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467",
        "\u0600" * 50,
        "\x7f",
        "\x80\x9f",
        " ",
        "\u00a0\u2003\t",
        "\r\n" * 500,
        "ﷺ" * 300,
        "é",
        "e\u0301",
        "\u3000",
        "\x1a",
        "\x0b\x0c",
    ),
    "numbers": (
        "0",
        "-0",
        "-1",
        "1e999",
        "1e-999",
        "NaN",
        "Infinity",
        "-Infinity",
        "0x1F",
        "1_000",
        "1,5",
        "1.000.000",
        "9" * 400,
        "2147483648",
        "-2147483649",
        "9223372036854775808",
        "99999999999999999999",
        "١٢٣",
        "½",
        "1/0",
        "00000000007",
        "+5",
    ),
    "days": (
        "31.02.2026",
        "29.02.2027",
        "0.0.0000",
        "1.1.99999",
        "1.1.0001",
        "31.12.9999",
        "2026-13-45",
        "2026-W01-1",
        "20261127",
        "1.1.26",
        "-1.-1.-2026",
        "2026-03-29T02:30",
        "25.10.2026 02:30",
        "24:00",
        "99:99",
        "-01:00",
        "12:60",
        "i morgen",
        "1.1.2026\x00",
        "0001-01-01",
        "9999-12-31",
        "2026-02-30",
        "1/1/2026",
    ),
    "keys": (
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "0000-karla",
        "not-a-uuid",
        "{00000000-0000-0000-0000-000000000000}",
        "urn:uuid:00000000-0000-0000-0000-000000000000",
        "0" * 32,
        "__all__",
        "None",
        "self",
        "-1",
        "on",
        "off",
        "superuser",
        "leader",
        "reach",
        "../reach",
    ),
    "length": ("a" * 256, "a" * 5_000, "æ" * 70_000, "a b " * 30_000, "(" * 20_000, "a" * 40_000 + "!", "1 " * 30_000),
}
PAYLOADS = tuple((kind, payload) for kind, payloads in CORPUS.items() for payload in payloads)
_ACTS = re.compile(r"\s*(?:java|vb)script:|\s*data:text|\s*(?:https?:)?[/\\]{2}qz7", re.IGNORECASE)
_ADDRESSES = {"href", "src", "action", "formaction", "srcset", "data", "poster", "xlink:href", "srcdoc"}
_SUM = "qz723331qz7"
_INSIDES = ("root:x:0:0", "PostgreSQL 1", "Traceback (most recent", "SAMSPIL_", "psycopg.errors", "django.db")


class _Believed(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if "qz7" in tag:
            self.found.append(f"<{tag}>")
        for name, value in attributes:
            if "qz7" in name or name.startswith("on"):
                self.found.append(f"{name}=")
            if name in _ADDRESSES and value and "qz7" in value.lower() and _ACTS.match(re.sub(r"[\t\r\n]", "", value)):
                self.found.append(f"{name}={value[:40]}")

    def handle_data(self, data: str) -> None:
        if self.rawdata and self.cdata_elem in {"script", "style"} and "qz7()" in data:
            self.found.append(f"qz7 in <{self.cdata_elem}>")


def let_through(answer: HttpResponse) -> list[str]:
    """What of the corpus an answer believed: as markup, header, address or sum; and what it told of its insides."""
    found = [f"header {name}" for name, value in answer.headers.items() if "qz7" in name.lower() or "\n" in value]
    if re.match(r"\s*(?:https?:)?[/\\]{2}|\s*https?:", answer.headers.get("Location", "")):
        found.append(f"sent to {answer.headers['Location'][:40]}")
    if getattr(answer, "streaming", False):
        return found
    text = answer.content.decode(errors="replace")
    found += [f"calculated {_SUM}"] if _SUM in text else []
    found += [f"tells {inside!r}" for inside in _INSIDES if inside in text]
    if "html" in answer.headers.get("Content-Type", ""):
        reader = _Believed()
        reader.feed(text)
        found += reader.found
    return found
