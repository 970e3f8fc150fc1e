"""A PDF is read as a screen reader reads it, and one that cannot be read says why."""

import logging
import random
import resource
import zlib
from collections import Counter
from pathlib import Path

import pikepdf
import pytest

from samspil.config.cli import main
from samspil.paper import reading
from tests.structure.asvs import ROOT

LETTER = ROOT / "docs" / "examples" / "ophoer.pdf"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "brev.pdf"


def saved(document: pikepdf.Pdf, place: Path, **how: object) -> Path:
    document.save(place, **how)  # type: ignore[arg-type]
    return place


def refused(path: Path) -> str:
    with pytest.raises(reading.UnreadablePdf) as caught:
        reading.text_of(path)
    return str(caught.value)


def test_headings_and_lists_are_seen_and_what_stands_on_each_page_is_not() -> None:
    lines = reading.text_of(LETTER).splitlines()
    assert lines[0].startswith("# ")
    assert "## Sådan klager du" in lines
    assert any(line.startswith("- ") for line in lines)
    assert any(line.startswith("1. ") for line in lines), "a number is kept"
    assert not any("Side 1 af" in line or "Karla Holm" in line for line in lines)


def test_the_order_is_that_of_the_tags_and_not_of_the_page(place: Path) -> None:
    with pikepdf.open(LETTER) as document:
        parts = document.Root.StructTreeRoot.K[0].K
        document.Root.StructTreeRoot.K[0].K = pikepdf.Array([*parts[:3], *reversed(list(parts)[3:])])
        turned = reading.text_of(saved(document, place)).splitlines()
    lines = reading.text_of(LETTER).splitlines()
    assert turned[0] == lines[0]
    assert turned != lines
    assert Counter(turned) == Counter(lines)


def test_a_part_that_holds_itself_is_read_once(place: Path) -> None:
    with pikepdf.open(LETTER) as document:
        top = document.Root.StructTreeRoot.K[0]
        top.K.append(top)
        read = reading.text_of(saved(document, place))
    assert read == reading.text_of(LETTER)


def test_a_locked_one_says_so(place: Path) -> None:
    with pikepdf.open(LETTER) as document:
        assert refused(saved(document, place, encryption=pikepdf.Encryption(owner="a", user="b"))) == reading.LOCKED


def test_one_without_tags_says_so(place: Path) -> None:
    with pikepdf.open(LETTER) as document:
        del document.Root.StructTreeRoot
        assert refused(saved(document, place)) == reading.NO_TAGS


def test_a_picture_of_words_says_so(place: Path) -> None:
    document = pikepdf.new()
    document.add_blank_page()
    assert refused(saved(document, place)) == reading.NO_WORDS


def test_a_page_that_is_missing_is_not_passed_over(place: Path) -> None:
    with pikepdf.open(LETTER) as document:
        document.pages[1].Contents = document.make_stream(b"")
        assert refused(saved(document, place)) == reading.BROKEN


def test_a_hundred_megabytes_are_not_opened(place: Path) -> None:
    with place.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(100_000_000)
    assert refused(place) == reading.TOO_LARGE


def packed(place: Path, content: bytes, *, times: int = 1) -> Path:
    """The letter with a first page that says so much more; the file itself is small."""
    for _ in range(times):
        content = zlib.compress(content)
    with pikepdf.open(LETTER) as document:
        filters = pikepdf.Array([pikepdf.Name.FlateDecode] * times)
        document.pages[0].Contents = pikepdf.Stream(document, content, Filter=filters)
        saved(document, place, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert place.stat().st_size < reading.MOST_BYTES / 10
    return place


@pytest.mark.slow
def test_a_small_file_that_unpacks_to_anything_says_so(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed(place, b"\0" * 600_000_000)
    before = resource.getrlimit(resource.RLIMIT_AS)
    assert main(["klartjek", str(place)]) == 2
    assert capsys.readouterr() == ("", f"{place}: kan ikke læses. {reading.TOO_PACKED}\n")
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@pytest.mark.slow
def test_packed_twice_it_says_so_too(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_MEGABYTES", 100)
    assert refused(packed(place, b"\0" * 200_000_000, times=2)) == reading.TOO_PACKED


@pytest.mark.slow
def test_a_small_file_that_never_ends_says_so(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_SECONDS", 0.5)
    assert refused(packed(place, b"q Q " * 10_000_000)) == reading.TOO_PACKED


@pytest.mark.slow
def test_what_unpacks_to_much_white_is_read_all_the_same(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: it is the limit that stops them, and not the way they are packed."""
    monkeypatch.setattr(reading, "MOST_MEGABYTES", 100)
    with pikepdf.open(LETTER) as document:
        first = document.pages[0].Contents.read_bytes()
    assert reading.text_of(packed(place, first + b"\0" * 10_000_000, times=2)) == reading.text_of(LETTER)


def test_too_many_pages(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PAGES", 1)
    assert refused(LETTER) == reading.TOO_LARGE


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"not at all"])
def test_the_command_ends_with_two_and_one_sentence(
    place: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    place.write_bytes(content)
    assert main(["klartjek", str(place)]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{place}: kan ikke læses. {reading.BROKEN}\n")


@pytest.mark.slow
def test_whatever_stands_in_the_file_is_read_or_refused(place: Path, caplog: pytest.LogCaptureFixture) -> None:
    whole = LETTER.read_bytes()
    chance = random.Random(41)  # noqa: S311
    said: Counter[str] = Counter()
    caplog.set_level(logging.CRITICAL)
    for turn in range(200):
        damaged = bytearray(whole)
        if turn % 4 == 0:
            damaged = damaged[: chance.randrange(len(damaged))]
        else:
            for _ in range(chance.choice([1, 5, 50, 500])):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        place.write_bytes(damaged)
        try:
            assert reading.text_of(place).strip()
        except reading.UnreadablePdf as refusal:
            said[str(refusal)] += 1
        else:
            assert turn % 4, "a file that was cut is never taken for a whole one"
            said["read"] += 1
    assert said[reading.BROKEN] > 50
    assert said["read"] > 10
    assert said.keys() <= {reading.BROKEN, reading.NO_WORDS, reading.NO_TAGS, reading.LOCKED, "read"}


def test_what_is_no_pdf_is_left_to_others(tmp_path: Path) -> None:
    text = tmp_path / "brev.txt"
    text.write_text("Kære Karla\n")
    assert not reading.is_pdf(text)
    inside = tmp_path / "brev.bin"
    inside.write_bytes(b"\n%PDF-1.4")
    assert reading.is_pdf(inside)
