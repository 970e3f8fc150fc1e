"""A municipality's own words are read at the start, or it does not start."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from samspil.config.own_words import own_words_from

WORD = '[[words]]\nterm = "hejduk"\nplain = "hjælper"\nsource = "Vestby"\n'


def test_each_file_belongs_to_the_municipality_it_is_named_after(tmp_path: Path) -> None:
    (tmp_path / "851.toml").write_text(WORD, encoding="utf-8")
    (tmp_path / "0101.toml").write_text('silent = ["R07"]\n', encoding="utf-8")
    found = own_words_from(str(tmp_path))
    assert set(found) == {851, 101}
    assert [word.term for word in found[851].words] == ["hejduk"]
    assert found[101].silent == {"R07"}


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        (None, "", "ingen .toml-filer"),
        ("vestby.toml", WORD, "kommunens nummer"),
        ("851.toml", "[[words]", "851.toml kan ikke læses"),
        ("851.toml", WORD.replace("source", "kilde"), "source"),
    ],
)
def test_what_cannot_be_heard_is_said_at_the_start(tmp_path: Path, name: str | None, content: str, why: str) -> None:
    if name:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=why):
        own_words_from(str(tmp_path))
