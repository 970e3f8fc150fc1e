"""Copies what we use from the DKFDS and OpenMoji packages into static/, unmodified, with where it came from.

    npm pack dkfds@11.2.0 openmoji@17.0.0
    python -m samspil.web.components.vendoring dkfds-11.2.0.tgz openmoji-17.0.0.tgz

A new version is taken in by running this again and committing the difference.
"""

import base64
import hashlib
import json
import re
import shutil
import sys
import tarfile
from pathlib import Path, PurePosixPath

HERE = Path(__file__).parent
STATIC = HERE / "static"
PACKAGE = HERE.parent.parent
PAPER_FONTS = PACKAGE / "paper" / "fonts"
FONTS = "package/dist/fonts/IBMPlexSans"
WEB_FONTS = [
    f"{FONTS}/split/woff2/IBMPlexSans-{weight}-{part}.woff2"
    for weight in ("Regular", "SemiBold")
    for part in ("Latin1", "Latin2")
]
PDF_FONTS = [f"{FONTS}/complete/ttf/IBMPlexSans-{weight}.ttf" for weight in ("Regular", "Italic", "SemiBold", "Bold")]
ICONS = [
    *("arrow-back", "arrow-forward", "attach-file", "calendar-month", "chat", "check", "chevron-down", "close"),
    *("delete", "document", "download", "edit", "email", "error", "flag", "help", "home", "info", "location", "lock"),
    *("menu", "open-in-new", "person", "persons", "plus", "print", "reply", "search", "send", "settings"),
    *("smartphone", "success", "time", "videocam", "visibility", "visibility-off", "warning"),
]


def main(dkfds: Path, openmoji: Path) -> None:
    for folder in (STATIC / "dkfds", STATIC / "pictograms", PAPER_FONTS):
        shutil.rmtree(folder, ignore_errors=True)
    with tarfile.open(dkfds) as tar:
        take(tar, WEB_FONTS, STATIC / "dkfds" / "fonts")
        take(tar, [f"{FONTS}/split/woff2/license.txt"], STATIC / "dkfds" / "fonts")
        take(tar, ["package/LICENSE.md"], STATIC / "dkfds")
        take(tar, [*PDF_FONTS, f"{FONTS}/complete/ttf/license.txt"], PAPER_FONTS)
        sprite = read(tar, "package/dist/img/all-svg-icons.svg").decode()
        (STATIC / "dkfds" / "icons.svg").write_text(subset(sprite), encoding="utf-8")
    write_source(STATIC / "dkfds", dkfds, also=PAPER_FONTS, note="icons.svg: kun de tegn, vi bruger, uændrede")
    table = json.loads((HERE / "pictograms.json").read_text(encoding="utf-8"))
    with tarfile.open(openmoji) as tar:
        names = [f"package/color/svg/{row['file']}" for row in table.values()]
        take(tar, [*names, "package/LICENSE.txt"], STATIC / "pictograms")
    write_source(STATIC / "pictograms", openmoji, note="OpenMoji, CC BY-SA 4.0, uændrede filer")


def read(tar: tarfile.TarFile, name: str) -> bytes:
    member = tar.extractfile(name)
    if member is None:
        raise FileNotFoundError(name)
    return member.read()


def take(tar: tarfile.TarFile, names: list[str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / PurePosixPath(name).name).write_bytes(read(tar, name))


def subset(sprite: str) -> str:
    symbols = dict(re.findall(r'<symbol id="([^"]+)"(.*?</symbol>)', sprite, flags=re.DOTALL))
    body = "\n".join(f'<symbol id="{name}"{symbols[name]}' for name in ICONS)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'


def write_source(folder: Path, package: Path, *, note: str, also: Path | None = None) -> None:
    with tarfile.open(package) as tar:
        meta = json.loads(read(tar, "package/package.json"))
    files = [p for root in (folder, also) if root for p in sorted(root.rglob("*")) if p.is_file()]
    source = {
        "package": meta["name"],
        "version": meta["version"],
        "sha512": base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode(),
        "note": note,
        "files": {
            str(p.relative_to(HERE if p.is_relative_to(HERE) else PACKAGE)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in files
        },
    }
    text = json.dumps(source, indent=1, ensure_ascii=False)
    (folder / "SOURCE.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
