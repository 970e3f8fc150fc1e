"""What municipalities have added to klartjek: a folder with a file for each, named by the municipality's code."""

from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from samspil.klartjek import BadOverlay, Overlay, read_overlay


def own_words_from(folder: str) -> Mapping[int, Overlay]:
    """Raises ImproperlyConfigured, since a municipality would not see that its words are not heard."""
    files = sorted(Path(folder).glob("*.toml"))
    if not files:
        raise ImproperlyConfigured(f"SAMSPIL_WORDS: der er ingen .toml-filer i {folder}.")
    if strangers := [path.name for path in files if not path.stem.isdecimal()]:
        raise ImproperlyConfigured(f"SAMSPIL_WORDS: {strangers[0]} skal hedde kommunens nummer, fx 851.toml.")
    try:
        return {int(path.stem): read_overlay(path) for path in files}
    except (BadOverlay, OSError) as error:
        raise ImproperlyConfigured(f"SAMSPIL_WORDS: {error}") from error
