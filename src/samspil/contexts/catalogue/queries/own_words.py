"""What a municipality has added to klartjek's words and rules."""

from django.conf import settings

from samspil.klartjek import Overlay


def own_words(municipality: int | None) -> tuple[Overlay, ...]:
    """None for a provider, who writes for several: there klartjek's own words hold."""
    own = settings.OWN_WORDS.get(municipality) if municipality else None
    return (own,) if own else ()
