import datetime as dt
import shutil
import tomllib

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.api import BadLaw, Gap, Guidance, Law, Provision, ProvisionKind, UnknownProvision
from samspil.contexts.catalogue.commands import LAW
from samspil.kernel.day_counting import Length, Unit, Whose
from samspil.kernel.scope import NOBODY, within

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
ON = AT.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    return catalogue.load_law(at=AT)


@pytest.fixture
def edition(tmp_path):
    """The shipped files with words of one of them changed."""

    def write(file, old, new):
        for source in LAW.iterdir():
            shutil.copy(source, tmp_path / source.name)
        text = (tmp_path / file).read_text("utf-8")
        assert text.count(old) >= 1
        (tmp_path / file).write_text(text.replace(old, new, 1), "utf-8")
        return tmp_path

    return write


def all_rows(file):
    return [row for name, rows in tomllib.loads((LAW / file).read_text("utf-8")).items()
            if name != "unless_said" for row in rows]  # fmt: skip


def test_every_row_is_loaded_once(loaded):
    files = [one.name for one in LAW.iterdir() if one.name.endswith(".toml")]
    assert loaded.created == sum(len(all_rows(file)) for file in files) == Provision.objects.count()
    assert loaded.replaced == 0


def test_loading_again_changes_nothing(loaded):
    again = catalogue.load_law(at=AT + dt.timedelta(days=1))
    assert (again.created, again.replaced) == (0, 0)


def test_a_correction_replaces_the_row_and_keeps_the_old_one(loaded, edition):
    before = catalogue.deadline_rule("hearing", at=ON)
    files = edition("deadlines.toml", 'length = "14 days"\ncounts_from = "den dag borgeren fik oplysningerne"',
                    'length = "10 days"\ncounts_from = "den dag borgeren fik oplysningerne"')  # fmt: skip
    changed = catalogue.load_law(at=AT, files=files)
    after = catalogue.deadline_rule("hearing", at=ON)
    assert (changed.created, changed.replaced) == (1, 1)
    assert (before.length, after.length) == (Length(14, Unit.DAYS), Length(10, Unit.DAYS))
    assert before.about.id != after.about.id
    assert Provision.objects.get(id=before.about.id).replaced_at == AT


def test_what_a_municipality_has_set_comes_first_and_survives_loading(loaded):
    shipped = Provision.objects.get(kind="deadline", key="hearing")
    Provision.objects.create(
        kind="deadline",
        key="hearing",
        municipality=999,
        content=shipped.content | {"length": "21 days"},
        source="byrådet",
        read="local",
        valid=DateRange(dt.date(2026, 1, 1), None),
        loaded_at=AT,
    )
    assert catalogue.load_law(at=AT).replaced == 0
    assert catalogue.deadline_rule("hearing", at=ON, municipality=999).length == Length(21, Unit.DAYS)
    assert catalogue.deadline_rule("hearing", at=ON, municipality=998).length == Length(14, Unit.DAYS)
    assert catalogue.deadline_rule("hearing", at=dt.date(2025, 12, 31), municipality=999).length.count == 14


def test_of_each_key_one_wording_holds_on_a_day(loaded):
    row = Provision.objects.get(kind="basis", key="sel-85")
    row.pk = None
    row.valid = DateRange(dt.date(2030, 1, 1), None)
    with pytest.raises(IntegrityError, match="provision_one_wording_at_a_time"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("deadlines.toml", 'length = "14 days"', 'length = "14 fortnights"', "fortnights"),
        ("deadlines.toml", 'whose = "citizen"', 'whose = "neighbour"', "neighbour"),
        ("bases_sel.toml", 'guidance = "not_appealable"', 'guidance = "perhaps"', "perhaps"),
        ("bases_sel.toml", 'name = "Hjælp uden samtykke"', 'nome = "Hjælp uden samtykke"', "nome"),
        ("remittal.toml", 'key = "2-borderline"', 'key = "1-facts"', "twice"),
        ("switch.toml", 'source = "LOV 1651/2024 § 2, stk. 4"', "", "source"),
    ],
)
def test_a_row_that_says_too_little_is_not_loaded(edition, file, old, new, complaint):
    with pytest.raises(BadLaw, match=complaint):
        catalogue.load_law(at=AT, files=edition(file, old, new))
    assert not Provision.objects.exists()


def test_the_whole_rule_table_is_there(loaded):
    wanted = [f"R{n:02}" for n in [*range(1, 60), *range(75, 80)]]
    assert [rule.key for rule in catalogue.decision_rules(at=ON)] == wanted


def test_every_gap_has_words_for_the_one_who_meets_it(loaded):
    rules = catalogue.decision_rules(at=ON)
    assert {rule.gap for rule in rules} == set(Gap)
    assert [rule.key for rule in rules if not rule.staff_text.endswith((".", "?"))] == []
    assert [rule.key for rule in rules if rule.gap != Gap.BLOCKS and rule.may_be_overridden] == []


def test_rows_point_at_rows_that_there_are(loaded):
    deadlines = {rule.key for rule in catalogue.deadline_rules(at=ON)}
    rules = {rule.key for rule in catalogue.decision_rules(at=ON)}
    bases = {row.key for row in Provision.objects.filter(kind="basis")}
    pointed = {key for rule in catalogue.decision_rules(at=ON) for key in rule.deadlines}
    pointed |= {row.deadline for row in catalogue.transitions(at=ON)}
    assert pointed - deadlines == set()
    assert {key for row in catalogue.deadline_rules(at=ON) for key in row.rules} - rules == set()
    assert {key for row in catalogue.remittal_causes(at=ON) for key in row.rules} - rules == set()
    named = {n.key for row in catalogue.legal_bases(at=ON) for n in row.neighbours}
    named |= {key for row in catalogue.legal_bases(at=ON) for key in (*row.first, *row.never_with)}
    named |= {key for row in catalogue.transitions(at=ON) for key in (*row.from_bases, *row.to_bases)}
    assert named - bases == set()


def test_every_basis_that_is_decided_says_what_must_be_established(loaded):
    decided = [row for row in catalogue.legal_bases(at=ON) if row.is_decided]
    assert len(decided) > 35
    assert [row.key for row in decided if not row.criteria and row.key != "sel-79"] == []
    ids = [criterion.id for row in decided for criterion in row.criteria]
    assert len(ids) == len(set(ids))
    assert [c.ask for row in decided for c in row.criteria if "?" not in c.ask] == []


@pytest.mark.parametrize("key", ["sel-79", "sel-82a", "sel-82b", "sel-82d", "sel-117", "sel-108-3"])
def test_what_cannot_be_appealed_never_names_the_board(loaded, key):
    basis = catalogue.legal_basis(key, at=ON)
    assert (basis.guidance, basis.is_appealable, basis.appeal_to) == (Guidance.NOT_APPEALABLE, False, "")


def test_what_can_be_appealed_says_to_whom(loaded):
    assert catalogue.legal_basis("sel-85", at=ON).appeal_to == "Ankestyrelsen"


@pytest.mark.parametrize("key", ["sel-79a", "sel-81a", "sel-119", "sel-150"])
def test_an_expired_basis_is_never_offered(loaded, key):
    assert catalogue.legal_basis(key, at=dt.date(2025, 6, 30)).key == key
    with pytest.raises(UnknownProvision) as expired:
        catalogue.legal_basis(key, at=dt.date(2025, 7, 1))
    assert expired.value.ended_on == dt.date(2025, 7, 1)


def test_a_basis_nobody_knows_has_no_last_day(loaded):
    with pytest.raises(UnknownProvision) as unknown:
        catalogue.legal_basis("sel-999", at=ON)
    assert unknown.value.ended_on is None


def test_a_section_reads_as_it_did_on_the_day(loaded):
    before, after = (catalogue.legal_basis("sel-83", at=dt.date(2025, month, 1)) for month in (6, 7))
    assert "madservice" in before.name
    assert "madservice" not in after.name
    assert before.about.valid_until == after.about.valid_from == dt.date(2025, 7, 1)


def test_a_moment_is_read_as_its_day_in_denmark(loaded):
    late = dt.datetime(2025, 6, 30, 22, 30, tzinfo=dt.UTC)  # half past midnight on 1 July in Denmark
    assert catalogue.legal_basis("ael-10", at=late).key == "ael-10"
    with pytest.raises(UnknownProvision):
        catalogue.legal_basis("ael-10", at=late - dt.timedelta(hours=1))


@pytest.mark.parametrize(
    ("yes", "side"),
    [
        ([], Law.SEL),
        (["old_and_from_ageing"], Law.AEL),
        (["need_as_older"], Law.AEL),
        (["old_and_from_ageing", "has_cash_help"], Law.SEL),
    ],
)
def test_the_first_switch(loaded, yes, side):
    assert catalogue.which_law(yes, at=ON) == side


def test_each_side_of_the_switch_is_offered_its_own(loaded):
    elder = {b.key for b in catalogue.legal_bases_for("elder_care", at=ON, side=Law.AEL)}
    other = {b.key for b in catalogue.legal_bases_for("elder_care", at=ON, side=Law.SEL)}
    assert {"ael-10", "sel-112"} <= elder
    assert elder & {"sel-83", "sel-83a", "sel-83b", "sel-84", "sel-86"} == set()
    assert {"sel-83", "sel-112"} <= other
    assert other & {"ael-10", "ael-13", "ael-14", "ael-16", "ael-17"} == set()


def test_bases_come_in_the_order_of_the_act(loaded):
    keys = [basis.key for basis in catalogue.legal_bases_for("adult_disability", at=ON)]
    assert keys.index("sel-85") < keys.index("sel-95") < keys.index("sel-100") < keys.index("sel-112")


def test_the_transition_catches_old_grants_only(loaded):
    caught = catalogue.transition_of("sel-83", decided_on=dt.date(2025, 6, 30), at=ON)
    assert (caught.last_on, caught.ending_is_appealable) == (dt.date(2027, 7, 1), False)
    assert catalogue.transition_of("sel-83", decided_on=dt.date(2025, 7, 1), at=ON) is None
    assert catalogue.transition_of("sel-85", decided_on=dt.date(2024, 1, 1), at=ON) is None
    assert catalogue.deadline_rule(caught.deadline, at=ON).fixed_on == caught.last_on


@pytest.mark.parametrize(
    ("born", "reached"),
    [
        ("1950-03-01", "2015-03-01"), ("1955-03-01", "2021-09-01"), ("1962-12-31", "2029-12-31"),
        ("1963-01-01", "2031-01-01"), ("1967-01-01", "2036-01-01"), ("1990-05-05", "2060-05-05"),
    ],
)  # fmt: skip
def test_pension_age_follows_the_year_of_birth(loaded, born, reached):
    assert catalogue.pension_age_on(dt.date.fromisoformat(born), at=ON) == dt.date.fromisoformat(reached)


def test_limits_and_notices_are_the_laws(loaded):
    assert catalogue.legal_basis("sel-82b", at=ON).longest == Length(6, Unit.MONTHS)
    fourteen = {"sel-95", "sel-96", "sel-98", "sel-114"}
    law = {b.key for b in catalogue.legal_bases(at=ON) if b.notice_is_law and b.notice == Length(14, Unit.WEEKS)}
    assert law == fourteen
    for key in fourteen:
        assert catalogue.deadline_rule("notice", at=ON, about=key).length == Length(14, Unit.WEEKS)
    assert not catalogue.legal_basis("sel-85", at=ON).notice_is_law


def test_the_rule_about_one_basis_comes_before_the_general_one(loaded):
    assert catalogue.deadline_rule("decide", at=ON, about="sel-85").length == Length(12, Unit.WEEKS)
    assert catalogue.deadline_rule("decide", at=ON, about="sel-116").length == Length(8, Unit.WEEKS)


def test_a_citizen_is_given_the_doubt_and_the_authority_is_not(loaded):
    assert catalogue.deadline_rule("complain", at=ON).whose == Whose.CITIZEN
    assert catalogue.deadline_rule("reassess", at=ON).whose == Whose.AUTHORITY


def test_nothing_is_shipped_as_verified(loaded):
    rows = [row for kind in catalogue.provisions(at=ON).values() for row in kind]
    assert len(rows) > 150
    assert [row.about.key for row in rows if row.about.is_verified] == []


def test_the_law_is_public_and_read_once_a_minute(loaded, django_assert_num_queries):
    with within(NOBODY), django_assert_num_queries(1):
        for _ in range(3):
            catalogue.legal_bases(at=ON)


def test_every_kind_is_in_some_file(loaded):
    assert {kind for kind, rows in catalogue.provisions(at=ON).items() if rows} == set(ProvisionKind)
