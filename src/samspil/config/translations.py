"""The English catalogue: gathered, checked and compiled without any program outside Python.

`python -m samspil.config.translations --check` fails when a Danish text lacks its English one, when a
placeholder differs, or when the compiled file is not that of the catalogue. `--update` adds new texts (empty) and
drops unused ones; `--compile` writes the compiled file.
"""

import argparse
import io
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
PO = PACKAGE / "config" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
HEADER = "# The English of Samspil. The Danish text is the key; see samspil.config.translations."
FIXED = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]|%%|</?[a-z]+[^>]*>|^\s+|\s+$")

Message = tuple[str | tuple[str, ...], str | None]


def texts() -> Iterator[Message]:
    """Every Danish text of the code and the templates, with its context."""
    for path in sorted(PACKAGE.rglob("*.py")) + sorted(PACKAGE.rglob("*.html")):
        yield from texts_of(path)
    yield from data_texts()
    yield from ((text, None) for text in law_texts())


def texts_of(path: Path) -> Iterator[Message]:
    """The texts of one module or template."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        blanked = templatize(source, origin=str(path))  # its texts stand on one line each, indented like the page
        source = "\n".join(line.lstrip() for line in blanked.splitlines())
    elif "gettext" not in source or "migrations" in path.parts:
        return
    for _, message, _, context in extract(
        "python", io.BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        if message:
            yield message, context


def data_texts() -> Iterator[Message]:
    """Data that is read on a page in the reader's language."""
    for path in PACKAGE.rglob("data/preparation.toml"):
        for step in tomllib.loads(path.read_text(encoding="utf-8"))["steps"]:
            for text in (step["question"], step["help"], *(choice["text"] for choice in step["choices"])):
                yield text, None
    for path in PACKAGE.rglob("data/emergency.toml"):
        for ground in tomllib.loads(path.read_text(encoding="utf-8"))["grounds"]:
            yield ground["label"], None
    for path in PACKAGE.rglob("data/law/deadlines.toml"):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["deadline"]:
            for field in ("name", "counts_from", "then", "citizen_text"):
                if field in row:
                    yield row[field], None
    for path in PACKAGE.rglob("data/law/access.toml"):
        for rows in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for row in rows if isinstance(rows, list) else ():
                yield from ((row[field], None) for field in ("name", "ask", "citizen_text") if field in row)


_OF_THE_LAW = {
    "decision_rules": ("demand", "staff_text", "citizen_text"),
    "remittal": ("name", "ask", "remedy", "share"),
    "switch": ("name", "ask", "letter_text"),
}


def law_texts() -> Iterator[str]:
    """What staff read of the law, while they examine a case and on the page of rules.

    The Danish wording is the key: one that changes lacks its English until somebody has looked at it again.
    """
    for path in sorted(PACKAGE.rglob("data/law/bases_*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["basis"]:
            yield from (row["name"], row["gives"])
            yield from (*row.get("criteria", {}).values(), *row.get("neighbours", {}).values())
    for name, fields in _OF_THE_LAW.items():
        for path in PACKAGE.rglob(f"data/law/{name}.toml"):
            for rows in tomllib.loads(path.read_text(encoding="utf-8")).values():
                for row in rows if isinstance(rows, list) else ():
                    yield from (row[field] for field in fields if field in row)


class English(Catalog):
    """A catalogue whose header says nothing about the day, the person or the program that wrote it."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "Samspil"),
            ("Language", "en"),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def catalogue_of(messages: Iterable[Message]) -> English:
    catalogue = English(locale="en", fuzzy=False, header_comment=HEADER)
    for message, context in messages:
        catalogue.add(message, context=context)
    return catalogue


def stored() -> English:
    catalogue = catalogue_of(())
    if PO.exists():
        with PO.open("rb") as file:
            for message in read_po(file, locale="en"):
                if message.id:
                    catalogue.add(message.id, message.string, context=message.context)
    return catalogue


def merged(found: English, kept: English) -> English:
    """The texts found, each with the English it already has."""
    for message in found:
        old = kept.get(message.id, message.context) if message.id else None
        if old is not None:
            message.string = old.string
    return found


def faults(found: English, kept: English) -> list[str]:
    """What keeps the catalogue from being complete; empty when it is."""
    problems = []
    for message in found:
        if not message.id:
            continue
        english = kept.get(message.id, message.context)
        strings = _strings(english.string) if english is not None else [""]
        if not all(strings):
            problems.append(f"mangler engelsk: {message.id!r}")
        elif any(_fixed(ours) != _fixed(theirs) for ours, theirs in zip(_strings(message.id), strings, strict=True)):
            problems.append(f"pladsholdere eller mærker passer ikke: {message.id!r}")
    problems += [
        f"bruges ikke mere: {message.id!r}"
        for message in kept
        if message.id and found.get(message.id, message.context) is None
    ]
    return problems


def is_compiled() -> bool:
    mo = PO.with_suffix(".mo")
    return mo.exists() and mo.read_bytes() == _mo(stored())


def _fixed(text: str) -> set[str]:
    """The parts that are the same in both languages."""
    return set(FIXED.findall(text))


def _strings(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text or ""] if text is None or isinstance(text, str) else list(text)


def _mo(catalogue: English) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def write(catalogue: English) -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalogue, width=110, no_location=True, sort_output=True)
    PO.with_suffix(".mo").write_bytes(_mo(stored()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--compile", action="store_true")
    wanted = parser.parse_args()
    if wanted.update:
        write(merged(catalogue_of(texts()), stored()))
    if wanted.compile:
        PO.with_suffix(".mo").write_bytes(_mo(stored()))
    problems = faults(catalogue_of(texts()), stored()) if wanted.check else []
    if wanted.check and not problems and not is_compiled():
        problems.append("django.mo er ikke lavet af django.po: kør --compile")
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
