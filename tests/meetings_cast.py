"""Fixtures for those who test meetings, in contexts and on pages: a layout, and a way to call a meeting."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from samspil.contexts.meetings import api as meetings
from tests.cast import NOW, Cast


@pytest.fixture
def layout(db: None) -> meetings.BoardLayout:
    return meetings.BoardLayout.objects.create(
        slug="prove",
        name="Prøvetavle",
        columns=[
            {"slug": "good", "title": "Det går godt", "prompt": "", "kind": "works", "tone": "good"},
            {"slug": "next", "title": "Det gør vi nu", "prompt": "", "kind": "agreement", "tone": "next"},
        ],
        scale_question="Hvor er du i dag?",
    )


@pytest.fixture
def call(cast: Cast, layout: meetings.BoardLayout) -> Callable[..., UUID]:
    """Call a meeting in Karla's case; any argument of `call_meeting` may be replaced."""

    def call_meeting(**changed: Any) -> UUID:
        plan: dict[str, Any] = {
            "actor": cast.actor("mette"),
            "at": NOW,
            "case_id": cast.case_id,
            "kind": "conversation",
            "starts_at": NOW + dt.timedelta(days=3),
            "ends_at": NOW + dt.timedelta(days=3, hours=1),
            "place": "Biblioteket",
            "form": "walk",
            "purpose": "Jeg vil gerne høre, hvordan det går med bussen.",
            "agenda": ["Støjen om natten"],
            "layout_slug": "prove",
            "attendees": [
                meetings.Guest("Karla Holm", "citizen", "", cast.karla.id),
                meetings.Guest("Mette Bjerre", "authority", "rådgiver", cast.mette.id),
                meetings.Guest("Jonas Lykke", "provider", "bostøtte", cast.jonas.id),
            ],
        }
        return meetings.call_meeting(**{**plan, **changed})

    return call_meeting
