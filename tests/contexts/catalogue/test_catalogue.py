import csv
import datetime as dt
import io
import tomllib

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.api import CodeSystem, Concept, Kind, ListProblem, Provision, SystemKey
from samspil.contexts.catalogue.commands import LISTS
from samspil.contexts.catalogue.queries import code_lists as queries

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
ON = AT.date()
NEXT = dt.date(2026, 11, 1)
WASH, DRINK = "885400cc-dd71-479e-8993-3fc48fdd6710", "14615a09-bd94-4602-b43a-f6d3d3f9801d"
pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    return catalogue.load_code_systems(at=AT)


@pytest.fixture
def edition(tmp_path):
    """Write an edition of FFB: the shipped one with its version, its first day and some rows changed."""

    def write(*, version, valid_from, changed=None, removed=(), added=()):
        facts = tomllib.loads((LISTS / "SOURCE.toml").read_text("utf-8"))["ffb"]
        rows = list(csv.DictReader(io.StringIO((LISTS / "ffb.csv").read_text("utf-8"))))
        rows = [row | (changed or {}).get(row["code"], {}) for row in [*added, *rows] if row["code"] not in removed]
        text = io.StringIO()
        writer = csv.DictWriter(text, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        (tmp_path / "ffb.csv").write_text(text.getvalue(), "utf-8")
        facts |= {"version": version, "concepts": len(rows)}
        lines = [f"{key} = {value!r}" for key, value in facts.items() if key != "valid_from"]
        (tmp_path / "SOURCE.toml").write_text("\n".join(["[ffb]", f"valid_from = {valid_from}", *lines]), "utf-8")
        return tmp_path

    return write


@pytest.fixture
def themes(loaded):
    return catalogue.ffb_themes(ON)


def test_the_whole_of_both_systems_is_loaded(loaded):
    assert [(one.key, one.created, one.closed) for one in loaded] == [("ffb", 220, 0), ("fsiii", 414, 0)]
    assert Concept.objects.filter(valid__contains=ON).count() == 634


def test_loading_again_changes_nothing(loaded):
    before = list(Concept.objects.order_by("id").values_list("id", "valid", "order"))
    again = catalogue.load_code_systems(at=AT)
    assert [(one.created, one.corrected, one.closed) for one in again] == [(0, 0, 0), (0, 0, 0)]
    assert list(Concept.objects.order_by("id").values_list("id", "valid", "order")) == before


def test_a_version_waits_for_its_day(edition):
    assert catalogue.load_code_systems(at=AT, lists=edition(version="9", valid_from=dt.date(2026, 11, 25))) == ()
    assert catalogue.ffb_themes(dt.date(2026, 11, 25)) == ()


def test_the_command_says_what_it_did(capsys):
    call_command("load_catalogue")
    rules = Provision.objects.count()
    call_command("load_catalogue")
    assert capsys.readouterr().out.splitlines() == [
        "ffb 2.3.0: 220 nye, 0 rettet, 0 lukket",
        "fsiii 2.3.0: 414 nye, 0 rettet, 0 lukket",
        f"regler: {rules} nye, 0 erstattet",
        "ffb 2.3.0: 0 nye, 0 rettet, 0 lukket",
        "fsiii 2.3.0: 0 nye, 0 rettet, 0 lukket",
        "regler: 0 nye, 0 erstattet",
    ]


def test_themes_stand_in_the_order_of_vum(themes):
    assert [theme.name for theme in themes] == [
        "Fysiske funktioner", "Mentale funktioner", "Sociale forhold", "Sundhedsforhold", "Omgivelser", "Relationer",
        "Samfundsliv", "Kommunikation", "Praktiske opgaver", "Egenomsorg", "Mobilitet",
    ]  # fmt: skip
    assert list(dict.fromkeys(theme.area for theme in themes)) == [
        "Funktioner og forhold", "Omgivelsesfaktorer", "Aktivitet og deltagelse",
    ]  # fmt: skip


def test_sub_themes_are_67_and_31_of_them_are_rated(themes):
    assert sum(len(theme.sub_themes) for theme in themes) == 67
    assert sum(len(theme.sub_themes) for theme in themes if theme.is_rated) == 31
    egenomsorg = next(theme for theme in themes if theme.name == "Egenomsorg")
    assert [sub.name for sub in egenomsorg.sub_themes][:3] == ["Drikke", "Dyrke interesse", "Gå på toilettet"]


def test_levels_goal_types_and_results(loaded):
    assert [(level.numeric, level.name.split()[0]) for level in catalogue.functional_levels(ON)] == [
        (0, "Ingen"), (1, "Let"), (2, "Moderat"), (3, "Svært"), (4, "Fuldstændig"), (None, "Ikke"),
    ]  # fmt: skip
    assert [level.numeric for level in catalogue.support_levels(ON)] == [0, 1, 2, 3, 4, None]
    assert [goal.name.split()[0] for goal in catalogue.goal_types(ON)] == ["Udvikle", "Fastholde", "Begrænse"]
    assert [result.code[:8] for result in catalogue.follow_up_results(ON)] == ["1e971d84", "b4c01aa8", "d7d03656"]


@pytest.mark.parametrize(
    ("system", "kind", "count"),
    [(SystemKey.FFB, Kind.TARGET_GROUP, 45), (SystemKey.FFB, Kind.SITE_TYPE, 8), (SystemKey.FFB, Kind.SERVICE, 32),
     (SystemKey.FSIII, Kind.REFERRAL_FROM, 15), (SystemKey.FSIII, Kind.GOAL_TYPE, 3)],
)  # fmt: skip
def test_selectable_codes_are_those_of_the_value_sets(loaded, system, kind, count):
    assert len(catalogue.codes(system, kind, ON)) == count
    assert len(catalogue.codes(system, kind, ON, also_headings=True)) >= count


def test_fsiii_is_found_by_uuid_and_by_its_older_key(loaded):
    by_key = catalogue.concept("fsiii", "J1.1", ON)
    assert by_key.name == "Vaske sig"
    assert catalogue.concept("fsiii", by_key.code, ON) == by_key
    assert len(by_key.code) == 36


@pytest.mark.parametrize(
    ("code", "on"), [("nope", ON), ("J1.1", ON), ("10752a63-00b4-4958-b7f4-9f3a18f74266", dt.date(2020, 1, 1))]
)
def test_an_unknown_code_says_so(loaded, code, on):
    with pytest.raises(catalogue.UnknownCode):
        catalogue.concept("ffb", code, on)


def test_before_its_first_day_nothing_holds(loaded):
    assert catalogue.ffb_themes(dt.date(2024, 5, 29)) == ()
    assert len(catalogue.ffb_themes(dt.date(2024, 5, 30))) == 11


def test_lists_are_kept_by_version_and_cost_one_small_query_a_minute(loaded, count_queries):
    catalogue.ffb_themes(ON)
    assert count_queries(lambda: catalogue.ffb_themes(ON)) == 0
    queries._version_at.cache_clear()
    assert count_queries(lambda: catalogue.goal_types(ON)) == 1


def test_search_prefers_names_that_begin_with_the_words(loaded):
    names = [code.name for code in catalogue.search_concepts("vaske", ON, system="ffb")]
    assert names[:2] == ["Vaske tøj", "Vaske sig"]  # practical tasks stand before self-care
    assert catalogue.search_concepts("RÅDGIVNING akut", ON, system="ffb")[0].name == "Akut rådgivning, omsorg og støtte"
    assert [code.user_key for code in catalogue.search_concepts("J1.4", ON)] == ["J1.4"]
    assert {code.kind for code in catalogue.search_concepts("støtte", ON, kind=Kind.SERVICE)} == {Kind.SERVICE}
    assert all(code.selectable for code in catalogue.search_concepts("støtte", ON, limit=100))
    assert len(catalogue.search_concepts("støtte", ON, limit=3)) == 3
    assert catalogue.search_concepts("  ", ON) == ()
    assert catalogue.search_concepts("xyzzy", ON) == ()


def test_a_newer_version_closes_what_it_changes_and_keeps_the_rest(loaded, edition):
    old = catalogue.concept("ffb", WASH, ON)
    kept = catalogue.concept("ffb", "464a2ab6-a7df-4b3a-b74d-7873f4cfe668", ON)
    newcomer = dict.fromkeys(
        ("code", "user_key", "parent", "kind", "numeric", "selectable", "display_da", "definition"), ""
    )
    newcomer |= {"code": "n", "parent": "da3f488f-1742-4d00-b247-a7d47500b36b", "kind": "sub_theme"}
    newcomer |= {"selectable": "yes", "display_da": "Hvile"}
    changed = {WASH: {"display_da": "Bade"}}
    lists = edition(version="2.4.0", valid_from=NEXT, changed=changed, removed={DRINK}, added=[newcomer])
    (change,) = catalogue.load_code_systems(at=AT, lists=lists)
    assert (change.created, change.closed) == (2, 2)

    before = NEXT - dt.timedelta(days=1)
    assert catalogue.concept("ffb", WASH, NEXT).name == "Bade"
    assert catalogue.concept("ffb", WASH, before) == old
    assert catalogue.concept("ffb", "n", NEXT).name == "Hvile"
    assert catalogue.concept("ffb", DRINK, before).name == "Drikke"
    assert catalogue.concept("ffb", kept.code, NEXT).id == kept.id
    for code, on in (("n", before), (DRINK, NEXT)):
        with pytest.raises(catalogue.UnknownCode):
            catalogue.concept("ffb", code, on)
    assert catalogue.concepts([old.id])[old.id].name == "Vaske sig"
    assert catalogue.load_code_systems(at=AT, lists=lists)[0].closed == 0


def test_an_older_version_is_refused(loaded, edition):
    with pytest.raises(catalogue.BadCodeList) as caught, transaction.atomic():
        catalogue.load_code_systems(at=AT, lists=edition(version="2.2.0", valid_from=dt.date(2024, 5, 30)))
    assert caught.value.reason is ListProblem.OLDER_THAN_LOADED
    assert catalogue.concept("ffb", WASH, ON).name == "Vaske sig"


def test_a_mistake_in_the_same_version_is_corrected_in_place(loaded, edition):
    old = catalogue.concept("ffb", WASH, ON)
    lists = edition(version="2.3.0", valid_from=dt.date(2024, 5, 30), changed={WASH: {"definition": "At vaske sig."}})
    (change,) = catalogue.load_code_systems(at=AT, lists=lists)
    assert (change.created, change.corrected, change.closed) == (0, 1, 0)
    new = catalogue.concept("ffb", WASH, ON)
    assert (new.id, new.definition) == (old.id, "At vaske sig.")


def test_the_database_allows_one_version_and_one_wording_at_a_time(loaded):
    row = Concept.objects.select_related("system").first()
    overlap = DateRange(dt.date(2025, 1, 1), None)
    with pytest.raises(IntegrityError, match="code_system_one_version_at_a_time"), transaction.atomic():
        CodeSystem.objects.create(key=row.system.key, version="other", valid=overlap)
    with pytest.raises(IntegrityError, match="concept_one_wording_at_a_time"), transaction.atomic():
        Concept.objects.create(system=row.system, code=row.code, order=0, valid=overlap)
