"""The English catalogue: gathered, checked and compiled without any program outside Python.

`python -m samspil.config.translations --check` fails when a Danish text lacks its English one, when a
placeholder differs, or when the compiled file is not that of the catalogue. `--update` adds new texts (empty) and
drops unused ones; `--compile` writes the compiled file.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
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
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]|\{[a-z_0-9]*\}|%[sd]")

Message = tuple[str | tuple[str, ...], str | None]


def texts() -> Iterator[Message]:
    """Every Danish text of the code and the templates, with its context."""
    for path in sorted(PACKAGE.rglob("*.py")) + sorted(PACKAGE.rglob("*.html")):
        if "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            source = templatize(source, origin=str(path))
        for _, message, _, context in extract(
            "python", io.BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            if message:
                yield message, context


def gather() -> Catalog:
    catalogue = Catalog(locale="en", fuzzy=False, project="Samspil", version="0")
    for message, context in texts():
        catalogue.add(message, context=context)
    return catalogue


def stored() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en", fuzzy=False, project="Samspil", version="0")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def merged() -> Catalog:
    found, kept = gather(), stored()
    for message in found:
        old = kept.get(message.id, message.context) if message.id else None
        if old is not None:
            message.string = old.string
    return found


def faults() -> list[str]:
    """What keeps the catalogue from being complete; empty when it is."""
    found, kept = gather(), stored()
    problems = []
    for message in found:
        if not message.id:
            continue
        english = kept.get(message.id, message.context)
        strings = _strings(english.string) if english is not None else [""]
        if not all(strings):
            problems.append(f"mangler engelsk: {message.id!r}")
        elif set(PLACEHOLDER.findall(_strings(message.id)[-1])) != set(PLACEHOLDER.findall(strings[-1])):
            problems.append(f"pladsholdere passer ikke: {message.id!r}")
    problems += [
        f"bruges ikke mere: {message.id!r}"
        for message in kept
        if message.id and found.get(message.id, message.context) is None
    ]
    if not problems and _mo(kept) != PO.with_suffix(".mo").read_bytes():
        problems.append("django.mo er ikke lavet af django.po: kør --compile")
    return problems


def _strings(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text or ""] if text is None or isinstance(text, str) else list(text)


def _mo(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--compile", action="store_true")
    wanted = parser.parse_args()
    if wanted.update:
        catalogue = merged()
        PO.parent.mkdir(parents=True, exist_ok=True)
        with PO.open("wb") as file:
            write_po(file, catalogue, width=110, no_location=True, omit_header=False, sort_output=True)
    if wanted.update or wanted.compile:
        PO.with_suffix(".mo").write_bytes(_mo(stored()))
    problems = faults() if wanted.check else []
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
