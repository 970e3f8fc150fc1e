"""A jurist of one municipality stands for a row of the law, until the row is another."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from samspil.contexts.access.api import Event, NotAllowed
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.api import Provision, RuleRefusal, Verification
from samspil.kernel.verdict import Refused
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
WORDS = "Sammenholdt med lovteksten."


@pytest.fixture
def town(cast: Cast) -> Cast:
    catalogue.load_law(at=NOW)
    return cast


def row() -> Provision:
    return Provision.objects.get(kind="basis", key="sel-85", replaced_at__isnull=True)


def verify(town: Cast, who: str = "lene", **changes: object) -> None:
    said = {"jurist": "Jura Holm", "words": WORDS, "provision_id": row().id} | changes
    catalogue.verify_rule(actor=town.actor(who), at=NOW, **said)  # type: ignore[arg-type]


def test_who_when_and_in_which_words(town: Cast):
    verify(town)
    found = catalogue.verifications(town.actor("lene"))[row().id]
    assert (found.jurist, found.by_name, found.at, found.words) == ("Jura Holm", "Lene Krag", NOW, WORDS)
    assert Event.objects.filter(kind="rule.verified", subject_id=row().id).exists()


def test_it_holds_for_the_municipality_that_did_it(town: Cast):
    verify(town)
    assert catalogue.verifications(town.actor("otto")) == {}


def test_a_row_that_was_corrected_has_no_mark(town: Cast):
    verify(town)
    old = row()
    Provision.objects.filter(id=old.id).update(source="Rettet i hånden")
    catalogue.load_law(at=NOW)
    assert row().id != old.id
    assert row().id not in catalogue.verifications(town.actor("lene"))
    with pytest.raises(Provision.DoesNotExist):
        verify(town, provision_id=old.id)


def test_loading_the_same_law_again_keeps_the_mark(town: Cast):
    verify(town)
    assert catalogue.load_law(at=NOW) == catalogue.LawLoaded(0, 0)
    assert row().id in catalogue.verifications(town.actor("lene"))


def test_taken_back_it_stays_to_be_read(town: Cast):
    verify(town)
    later = NOW + dt.timedelta(hours=1)
    catalogue.unverify_rule(actor=town.actor("lene"), at=later, provision_id=row().id)
    assert catalogue.verifications(town.actor("lene")) == {}
    assert list(Verification.objects.order_by("at").values_list("stands", flat=True)) == [True, False]
    with pytest.raises(Refused) as refusal:
        catalogue.unverify_rule(actor=town.actor("lene"), at=later, provision_id=row().id)
    assert refusal.value.reason == RuleRefusal.ALREADY_SO
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        Verification.objects.update(stands=True)


@pytest.mark.parametrize(("changes", "reason"), [
    ({"jurist": "  "}, RuleRefusal.NO_JURIST),
    ({"words": "x" * 1001}, RuleRefusal.TOO_LONG),
    ({"who": "mette"}, NotAllowed.NOT_YOUR_ROLE),
])  # fmt: skip
def test_refusals(town: Cast, changes: dict[str, str], reason: object):
    with pytest.raises(Refused) as refusal:
        verify(town, **changes)
    assert refusal.value.reason == reason


def test_questions_keep_the_order_of_the_file(town: Cast):
    import tomllib

    from samspil.contexts.catalogue.commands import LAW

    raw = {
        one["key"]: one
        for name in ("bases_sel.toml", "bases_ael.toml")
        for one in tomllib.loads((LAW / name).read_text("utf-8"))["basis"]
    }
    read = {one.key: one for one in catalogue.legal_bases(at=NOW)}
    assert len(read) > 20
    for key, basis in read.items():
        assert [one.id.split("/")[1] for one in basis.criteria] == list(raw[key].get("criteria", {})), key
        assert [one.key for one in basis.neighbours] == list(raw[key].get("neighbours", {})), key


def test_how_much_is_a_little_is_data_with_a_source(town: Cast):
    rule = catalogue.decision_rule("R44", at=NOW)
    assert rule.limits == {"days": 14, "minutes_a_day": 30}
    assert "eksempel" in rule.about.source
