"""The English catalogue is whole, and its checker sees what is wrong with one that is not."""

from pathlib import Path

import pytest

from samspil.config import translations
from samspil.config.translations import catalogue_of, faults, is_compiled, stored, texts

DAYS = ("%(days)d dag", "%(days)d dage")
FOUND = [("Gem", None), (DAYS, None), ("Ring til <b>%(name)s</b> ", None)]
ENGLISH = {"Gem": "Save", DAYS: ("%(days)d day", "%(days)d days"), "Ring til <b>%(name)s</b> ": "Ring <b>%(name)s</b> "}


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A whole little catalogue of its own, compiled."""
    path = tmp_path / "django.po"
    monkeypatch.setattr(translations, "PO", path)
    monkeypatch.setattr(translations, "texts", lambda: iter(FOUND))
    write(ENGLISH)
    return path


def write(english: dict) -> None:
    whole = catalogue_of(())
    for message, words in english.items():
        whole.add(message, words)
    translations.write(whole)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["translations", *arguments])
    return translations.main()


def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(monkeypatch, "--check") == 1
    return capsys.readouterr().out


@pytest.mark.slow
def test_every_text_has_its_english_and_the_compiled_file_is_of_the_catalogue() -> None:
    found = catalogue_of(texts())
    assert len(found) > 1_000
    assert faults(found, stored()) == []
    assert is_compiled()


def test_a_whole_catalogue_passes(monkeypatch: pytest.MonkeyPatch, catalogue: Path) -> None:
    assert run(monkeypatch, "--check") == 0


def test_updating_twice_writes_the_same_file(monkeypatch: pytest.MonkeyPatch, catalogue: Path) -> None:
    assert run(monkeypatch, "--update") == 0
    once = catalogue.read_bytes(), catalogue.with_suffix(".mo").read_bytes()
    assert run(monkeypatch, "--update") == 0
    assert (catalogue.read_bytes(), catalogue.with_suffix(".mo").read_bytes()) == once
    assert b"Date" not in once[0]
    assert b"EMAIL" not in once[0]
    assert {message.id: message.string for message in stored() if message.id} == ENGLISH


def test_an_update_adds_what_is_new_and_drops_what_is_gone(monkeypatch: pytest.MonkeyPatch, catalogue: Path) -> None:
    monkeypatch.setattr(translations, "texts", lambda: iter([("Gem", None), ("Luk", None)]))
    run(monkeypatch, "--update")
    assert {message.id: message.string for message in stored() if message.id} == {"Gem": "Save", "Luk": ""}


@pytest.mark.parametrize(
    ("message", "english", "fault"),
    [
        ("Gem", "", "mangler engelsk: 'Gem'"),
        (DAYS, ("", "%(days)d days"), f"mangler engelsk: {DAYS!r}"),
        (DAYS, ("%(days)d day", "%(day)d days"), f"passer ikke: {DAYS!r}"),
        (DAYS, ("%(dage)d day", "%(days)d days"), f"passer ikke: {DAYS!r}"),
        ("Ring til <b>%(name)s</b> ", "Ring <b>{name}</b> ", "passer ikke: 'Ring til"),
        ("Ring til <b>%(name)s</b> ", "Ring <i>%(name)s</i> ", "passer ikke: 'Ring til"),
        ("Ring til <b>%(name)s</b> ", "Ring <b>%(name)s</b>", "passer ikke: 'Ring til"),
        ("Luk", "Close", "bruges ikke mere: 'Luk'"),
    ],
)
def test_a_fault_is_reported(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    catalogue: Path,
    message: str | tuple[str, str],
    english: str | tuple[str, str],
    fault: str,
) -> None:
    write({**ENGLISH, message: english})
    lines = said(monkeypatch, capsys).splitlines()
    assert len(lines) == 1
    assert fault in lines[0]


def test_a_text_the_catalogue_has_never_seen_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], catalogue: Path
) -> None:
    write({"Gem": "Save", DAYS: ENGLISH[DAYS]})
    assert said(monkeypatch, capsys) == "mangler engelsk: 'Ring til <b>%(name)s</b> '\n"


def test_a_compiled_file_of_another_catalogue_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], catalogue: Path
) -> None:
    catalogue.write_text(catalogue.read_text(encoding="utf-8").replace('"Save"', '"Keep"'), encoding="utf-8")
    assert "kør --compile" in said(monkeypatch, capsys)
    assert run(monkeypatch, "--compile") == 0
    assert run(monkeypatch, "--check") == 0


def test_texts_of_code_and_templates_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text(
        'from django.utils.translation import gettext as _\n_("Gem")\n'
        'ngettext("%d dag", "%d dage", 2)\npgettext_lazy("one", "Mål")\n',
        encoding="utf-8",
    )
    (tmp_path / "page.html").write_text(
        "<ul>\n    {% if a %}\n        <li>{% translate 'Luk' %}</li>\n  {% endif %}\n"
        "  {% blocktranslate count n=2 %}{{ n }} sag{% plural %}{{ n }} sager{% endblocktranslate %}\n</ul>\n"
        '{% ui_button _("Send") %}\n',
        encoding="utf-8",
    )
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "preparation.toml").write_text(
        '[[steps]]\nquestion = "Hvad?"\nhelp = "Vælg"\nchoices = [{ text = "Ro" }]\n', encoding="utf-8"
    )
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    assert set(texts()) == {
        ("Gem", None),
        (("%d dag", "%d dage"), None),
        ("Mål", "one"),
        ("Luk", None),
        (("%(n)s sag", "%(n)s sager"), None),
        ("Send", None),
        ("Hvad?", None),
        ("Vælg", None),
        ("Ro", None),
    }
