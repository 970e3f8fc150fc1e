"""The board layouts that everybody has, read from data files. A municipality's own are rows beside them."""

import tomllib
from pathlib import Path

from samspil.contexts.meetings.models import BoardLayout

DATA = Path(__file__).with_name("data") / "layouts"


def load_layouts() -> int:
    """Write or update the common layouts; run as often as one likes. Returns how many there are."""
    found = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.toml"))]
    for layout in found:
        slug = layout.pop("slug")
        BoardLayout.objects.update_or_create(municipality=None, slug=slug, defaults={"scale_question": "", **layout})
    return len(found)
