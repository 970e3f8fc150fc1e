"""What the browser fetches: small, whole, licensed, and nothing from anybody else's server."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

import samspil.web.components
from samspil.web.components.tags.citizen import pictograms

COMPONENTS = Path(samspil.web.components.__file__).parent
STATIC = COMPONENTS / "static"
SHELL = COMPONENTS.parent / "shell"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "samspil.web.components.assets.MinifiedManifestStorage"},
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=str(folder), STORAGES=STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def one(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


@pytest.mark.slow
def test_the_style_sheet_is_one_file_with_hashed_fonts(collected: Path) -> None:
    sheet = one(collected, "css/samspil.????????????.css").read_text()
    assert "@import" not in sheet
    assert re.search(r"IBMPlexSans-Regular-Latin1\.[0-9a-f]{12}\.woff2", sheet)
    assert ".board-card" in sheet
    assert "/*" not in sheet


@pytest.mark.slow
def test_style_and_scripts_leave_room_for_the_page(collected: Path) -> None:
    """60 kB is the limit of a citizen's page before fonts; a page fetches the sheet and at most all our scripts."""
    files = [one(collected, "css/samspil.????????????.css"), *collected.glob("shell/*.????????????.js")]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 20_000
    fonts = collected.glob("dkfds/fonts/*-Latin1.????????????.woff2")
    assert sum(font.stat().st_size for font in fonts) < 40_000


@pytest.mark.slow
def test_scripts_import_each_other_by_their_hashed_names(collected: Path) -> None:
    start = one(collected, "shell/start.????????????.js").read_text()
    names = re.findall(r'import\("\./([^"]+)"\)', start)
    assert len(names) >= 5
    for name in names:
        assert (collected / "shell" / name).exists()
        assert (collected / "shell" / f"{name}.br").exists()


@pytest.mark.parametrize("folder", ["dkfds", "pictograms"])
def test_vendored_files_are_as_they_came(folder: str) -> None:
    source = json.loads((STATIC / folder / "SOURCE.json").read_text(encoding="utf-8"))
    for name, digest in source["files"].items():
        root = COMPONENTS.parent.parent if name.startswith("paper/") else COMPONENTS
        assert hashlib.sha256((root / name).read_bytes()).hexdigest() == digest, name
    present = {str(p.relative_to(COMPONENTS)) for p in (STATIC / folder).rglob("*") if p.is_file()}
    assert present - {f"static/{folder}/SOURCE.json"} <= set(source["files"])
    assert any(name.lower().endswith(("license.md", "license.txt")) for name in source["files"])


def test_every_pictogram_and_icon_exists() -> None:
    for row in pictograms().values():
        assert (STATIC / "pictograms" / str(row["file"])).exists()
    sprite = (STATIC / "dkfds" / "icons.svg").read_text()
    templates = [p for root in COMPONENTS.parent.iterdir() for p in root.rglob("*.html")]
    used = {name for p in templates for name in re.findall(r"ui_icon ['\"]([\w-]+)|icon=['\"]([\w-]+)", p.read_text())}
    for name in {a or b for a, b in used}:
        assert f'id="{name}"' in sprite, name


@pytest.mark.parametrize(
    "path", sorted([*STATIC.glob("css/*.css"), *SHELL.glob("static/**/*.js")]), ids=lambda p: p.name
)
def test_own_files_are_short_and_fetch_nothing_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 400
    assert not re.search(r"https?://(?!www\.w3\.org)", text)
    assert "eval(" not in text
    assert ("innerHTML" in text) == (path.name == "trusted.js")  # the one place, behind the browser's own policy
