"""The tags of a PDF, as a screen reader meets them: what PDF/UA-1 asks of a letter, looked up in the file itself."""

import io
from collections.abc import Iterator
from itertools import pairwise

import pikepdf

HEADINGS = ("/H1", "/H2", "/H3", "/H4")


def tree(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """Every tag in reading order, with its name after the role map."""
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", {})

    def below(node: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
        if isinstance(node, pikepdf.Array):
            for one in node:
                yield from below(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield str(roles.get(str(node.S), node.S)), node
            yield from below(node.get("/K", pikepdf.Array()))

    yield from below(pdf.Root.StructTreeRoot.get("/K", pikepdf.Array()))


def faults(data: bytes, *, language: str = "da") -> list[str]:
    """What keeps a document from being read aloud in order. [] when all is well."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root
        if "/StructTreeRoot" not in root:
            return ["no tags"]
        found = []
        with pdf.open_metadata() as about:
            if about.get("pdfuaid:part") != "1":
                found.append("does not say that it is PDF/UA-1")
            if not about.get("dc:title"):
                found.append("no title")
        if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
            found.append("not marked as tagged")
        if not str(root.get("/Lang", "")).startswith(language):
            found.append(f"language is {root.get('/Lang', 'none')}")
        if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
            found.append("shows its file name, not its title")
        return found + _order(pdf) + _content(pdf)


def _order(pdf: pikepdf.Pdf) -> list[str]:
    names = [name for name, _ in tree(pdf)]
    levels = [HEADINGS.index(name) + 1 for name in names if name in HEADINGS]
    found = []
    if levels.count(1) != 1 or levels[:1] != [1]:
        found.append(f"headings begin {levels[:2]}, with {levels.count(1)} at the top")
    found += [f"from heading {a} to {b}" for a, b in pairwise(levels) if b > a + 1]
    stray = [name for name, node in tree(pdf) if name == "/LI" and _parent(node) != "/L"]
    return found + (["an item outside a list"] if stray else [])


def _parent(node: pikepdf.Object) -> str:
    return str(node.P.get("/S", ""))


def _content(pdf: pikepdf.Pdf) -> list[str]:
    """Text that no tag and no artifact holds: shown on the page, silent for whoever listens."""
    found = []
    for number, page in enumerate(pdf.pages, 1):
        open_marks = silent = 0
        for _, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC" | "BMC":
                    open_marks += 1
                case "EMC":
                    open_marks -= 1
                case "Tj" | "TJ" if open_marks == 0:
                    silent += 1
        if silent:
            found.append(f"page {number}: {silent} pieces of text without a tag")
    return found
