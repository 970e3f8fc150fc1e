"""Whoever had the old yes keeps what was said, and nobody gets more."""

import importlib
from types import SimpleNamespace

import pytest

from samspil.contexts.citizens.api import AccessGrant, Relation
from tests.cast import FJORDBY, LONG, Cast

pytestmark = pytest.mark.django_db


class OldRelations:
    """The relations as they were, with the one yes or no."""

    def __init__(self, said: dict[str, bool]) -> None:
        self.said = said

    def filter(self, *, may_see_case: bool) -> SimpleNamespace:
        rows = [one for one in Relation.objects.all() if self.said.get(one.name, False) == may_see_case]
        return SimpleNamespace(iterator=lambda: iter(rows))


def test_a_yes_becomes_plan_and_meetings_and_a_no_nothing(cast: Cast) -> None:
    AccessGrant.objects.all().delete()
    Relation.objects.create(municipality=FJORDBY, citizen_id=cast.citizen_id, name="Bo Holm", kind="brother", runs=LONG)
    old = SimpleNamespace(objects=OldRelations({"Ida Holm": True}))
    apps = SimpleNamespace(get_model=lambda app, name: old if name == "Relation" else AccessGrant)
    importlib.import_module("samspil.contexts.citizens.migrations.0003_grants").what_was_let(apps, None)
    grant = AccessGrant.objects.get()
    assert (grant.relation.name, grant.scopes) == ("Ida Holm", ["plan", "meetings", "prepare"])
    assert (grant.source, grant.runs.lower, grant.runs.upper) == ("earlier", *LONG)
