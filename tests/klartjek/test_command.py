"""`samspil klartjek` as a person or a build runs it."""

import io
import json
from pathlib import Path

import pytest

from samspil.config.cli import main

GOOD = "Kære Karla\n\nVi ses på fredag den 8. maj. Ring, hvis du ikke kan.\n"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["klartjek", *words])
    out, err = capsys.readouterr()
    return code, out, err


def piped(content: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "brev.txt"
    path.write_text("Vedr. sag\n\nSåfremt du ringer, svarer vi snarest. Borger må vente.\n", encoding="utf-8")
    return path


def test_a_letter_that_may_not_leave_gives_one(capsys: pytest.CaptureFixture[str], letter: Path) -> None:
    code, out, _ = run(capsys, str(letter))
    assert code == 1
    assert out.count(": FEJL ") == 3, "three at a time"
    assert "skriv --all" in out
    assert f"{letter}:1:1: FEJL B1" in out


def test_where_one_cannot_complain_no_guidance_is_missed(capsys: pytest.CaptureFixture[str], letter: Path) -> None:
    assert "B9" in run(capsys, str(letter), "--json")[1]
    assert "B9" not in run(capsys, str(letter), "--json", "--no-appeal")[1]


def test_a_suggestion_stops_nothing_unless_asked(capsys: pytest.CaptureFixture[str], letter: Path) -> None:
    assert run(capsys, str(letter), "--kind", "message")[0] == 0
    assert run(capsys, str(letter), "--kind", "message", "--strict")[0] == 1


def test_a_good_text_passes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", piped(GOOD.encode("utf-8-sig")))
    code, out, _ = run(capsys, "-", "--kind", "message", "--strict")
    assert (code, out.splitlines()[-1]) == (0, "Intet at bemærke.")


def test_json_says_all(capsys: pytest.CaptureFixture[str], letter: Path) -> None:
    code, out, _ = run(capsys, str(letter), "--json", "--kind", "message", "--at", "2026-11-27")
    report = json.loads(out)
    assert code == 0
    assert {"lix", "sentences", "findings"} <= report.keys()
    first = report["findings"][0]
    assert first["excerpt"] == "Såfremt"
    assert first["position"] == {"start": 11, "end": 18, "line": 3, "column": 1}
    assert {"rule", "severity", "reason", "suggestion", "source"} <= first.keys()
    assert [finding["rule"] for finding in report["findings"]] == ["R11", "R17", "R13"]


def test_a_municipalitys_words(capsys: pytest.CaptureFixture[str], letter: Path, tmp_path: Path) -> None:
    own = tmp_path / "vestby.toml"
    own.write_text('silent = ["såfremt", "R13", "R17"]\n', encoding="utf-8")
    assert run(capsys, str(letter), "--kind", "message", "--overlay", str(own), "--strict")[0] == 0


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "Filen er der ikke."),
        (b"\xff\xfe\x00", "Gem den som tekst i UTF-8"),
        ("Kære Åse".encode("cp1252"), "Gem den som tekst i UTF-8"),
        (b"PK\x03\x04\xff", "Gem den som tekst i UTF-8"),
    ],
)
@pytest.mark.parametrize("how", ["file", "pipe"])
def test_what_cannot_be_read_gives_two(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    content: bytes | None,
    why: str,
    how: str,
) -> None:
    path = tmp_path / "brev.txt"
    if content is not None:
        path.write_bytes(content)
        monkeypatch.setattr("sys.stdin", piped(content))
    code, out, err = run(capsys, "-" if how == "pipe" and content is not None else str(path))
    assert (code, out) == (2, "")
    assert "kan ikke læses" in err
    assert why in err


def test_a_folder_is_no_letter(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, str(tmp_path))
    assert (code, "mappe" in err) == (2, True)


def test_text_saved_as_windows_unicode_is_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "brev.txt"
    path.write_text(GOOD, encoding="utf-16")
    assert run(capsys, str(path), "--kind", "message", "--strict")[0] == 0
