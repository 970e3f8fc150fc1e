"""The word list: inflected, in the sense meant, protected where law says so, valid by date, a municipality's own."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from samspil import klartjek
from samspil.klartjek import BadOverlay, Severity, check, overlay_of, read_overlay, rulebook
from samspil.klartjek.inflection import forms
from samspil.klartjek.rulebook import ACTIONS

DAY = dt.date(2026, 11, 27)
DATA = Path(klartjek.__file__).parent / "data"
SEED = (
    "selvstændigt revisitation genvurdering funktionsniveau selvhjulpen varig_lidelse ernæring bevilling funktionsevne "
    "gangfunktion møbelstøttende indikationer i_henhold_til kompenserende"
)


def rows() -> list[dict[str, str]]:
    with (DATA / "words.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(text: str, kind: str = "message", **how: object) -> list[str]:
    return [each.excerpt for each in check(text, kind=kind, at=DAY, **how).findings if each.rule == "R11"]


def test_the_list_is_whole() -> None:
    assert len(rows()) >= 364
    assert {term.replace("_", " ") for term in SEED.split()} <= {row["term"] for row in rows()}
    for row in rows():
        assert row["source"], row
        assert row["action"] in ACTIONS, row
        assert row["register"] in ("kancelli", "health", "social", "law"), row


@pytest.mark.parametrize("row", [row for row in rows() if row["action"] != "keep"], ids=lambda row: row["term"])
def test_each_word_is_found_and_its_forms_too(row: dict[str, str]) -> None:
    for form in forms(row["term"], row["forms"]):
        near = " ".join(row["near"].split()[:1])
        if row["place"] == "heading":
            text = f"# {form}\n\nTekst."
        else:
            text = f"{form} {near}." if row["place"] else f"Her er {near} og {form} i dag."
        found = check(text, kind="message", at=DAY).findings
        assert any(each.rule in ("R10", "R11", "R12", "R13", "R17", "R03", "R06") for each in found), form


@pytest.mark.parametrize("row", [row for row in rows() if row["action"] == "keep"], ids=lambda row: row["term"])
def test_a_word_that_may_stay_is_left(row: dict[str, str]) -> None:
    assert words(f"Her er {row['term']} igen.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi anvendte den, og hjælpen iværksættes.", ["anvendte", "iværksættes"]),
        ("Vi traf afgørelse.", ["traf afgørelse"]),
        ("Bevillingerne ophørte.", ["Bevillingerne", "ophørte"]),
        ("Det er af vigtighed. Anvendelig.", []),
        ("Hun afviste maden. De afviste din klage.", ["afviste"]),
        ("Tag en tablet mane.", ["mane"]),
        ("Løvens mane er lang.", []),
        ("ie er ikke IE. Insulin 10 IE.", ["IE"]),
        ("Log ind, så kommer du tilbage hertil. Hertil kommer kaffen.", ["Hertil"]),
        ("Han var selvstændig murer.", []),
        ("Pleje- og omsorgsforløb", ["Pleje- og omsorgsforløb"]),
    ],
)
def test_in_the_sense_the_list_means(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_the_longest_expression_counts_and_only_once() -> None:
    assert words("Der foretages en vurdering af det.") == ["Der foretages en vurdering"]


def test_one_click_only_where_the_words_can_stand() -> None:
    replacements = [each.replacement for each in check("Såfremt. Anvendte.", kind="message", at=DAY).findings]
    assert replacements == ["Hvis", None]


LAW = "Du er ikke varigt nedsat, og vurderingen er konkret og individuel. Du har nødvendige merudgifter."


def test_a_legal_term_is_explained_once_and_never_swapped() -> None:
    found = [each for each in check(f"{LAW} {LAW}", kind="message", at=DAY).findings if each.rule == "R11"]
    assert [each.excerpt for each in found] == ["varigt nedsat", "nødvendige merudgifter"]
    assert all(each.severity is Severity.EXPLANATION and each.replacement is None for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "Du har ret til aktindsigt (du må læse din sag).", "Du har ret til aktindsigt. Det betyder, at du må læse.",
        "Der er partshøring. Det vil sige, at du må svare.", "Du kan få en bisidder, som støtter dig.",
    ],
)  # fmt: skip
def test_what_the_text_explains_needs_no_explanation(text: str) -> None:
    assert words(text) == []


def test_the_rules_part_is_never_offered_a_swap() -> None:
    letter = (
        "Du får hjælp\n\nRegler\nKommunen yder hjælp, såfremt betingelserne er opfyldt, jf. § 3. Bevilling ophører."
    )
    assert not [each for each in check(letter, at=DAY).findings if each.rule in ("R03", "R10", "R11", "R12")]


def test_professionals_words_are_no_fault_on_our_own_pages() -> None:
    assert words("Udføreren skriver et statusnotat.", "page") == []
    assert words("Udføreren skriver et statusnotat.") == ["Udføreren", "statusnotat"]


def test_a_word_holds_from_its_day_to_its_last() -> None:
    text = "Du får helhedspleje."
    before, after = (
        check(text, kind="message", at=day).findings for day in (dt.date(2025, 6, 30), dt.date(2025, 7, 1))
    )
    assert (len(before), len(after)) == (0, 1)


OWN = {
    "words": [
        {"term": "straksbesøg", "plain": "besøg samme dag", "source": "Vestby: ordliste", "forms": "straksbesøget"},
        {"term": "såfremt", "plain": "hvis nu", "source": "Vestby: ordliste"},
        {"term": "gl. ord", "plain": "x", "source": "s", "valid_to": "2020-01-01"},
    ],
    "silent": ["bevilling", "R17"],
    "limits": {"R01": {"message": 8}},
}


def test_a_municipality_adds_replaces_silences_and_sets_its_own_limits() -> None:
    own = overlay_of(OWN, name="Vestby")
    text = "Straksbesøget er en bevilling, såfremt du snarest beder os om det."
    found = check(text, kind="message", at=DAY, overlays=[own]).findings
    assert [(each.rule, each.excerpt) for each in found if each.rule != "R01"] == [
        ("R11", "Straksbesøget"),
        ("R11", "såfremt"),
    ]
    assert found[0].rule == "R01"
    assert "hvis nu" in found[2].suggestion
    assert found[2].source == "Vestby: ordliste"
    assert "bevilling" in words(text), "without the overlay all is as before"


def test_a_name_is_not_explained() -> None:
    assert words("Han kommer fra Bostøtte Nord. Du får bostøtte.") == ["bostøtte"]


def test_a_municipality_adds_to_the_lists_of_other_rules_too() -> None:
    data = {"words": [{"term": "brokhoved", "plain": "Skriv, hvad der blev sagt.", "source": "Vestby", "rule": "B14"}]}
    text = "Hun er et brokhoved."
    assert not check(text, kind="note", at=DAY).findings
    (found,) = check(text, kind="note", at=DAY, overlays=[overlay_of(data, name="Vestby")]).findings
    assert (found.rule, found.severity, found.suggestion) == ("B14", Severity.WARNING, "Skriv, hvad der blev sagt.")


def test_a_rule_holds_from_its_first_day_until_its_last(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = rulebook._toml("rules")
    dated = {**rules, "R17": {**rules["R17"], "valid_from": DAY, "valid_to": DAY + dt.timedelta(days=2)}}
    ours = rulebook._toml
    monkeypatch.setattr(rulebook, "_toml", lambda name: dated if name == "rules" else ours(name))
    for name in ("_rules", "_rulebook"):
        monkeypatch.setattr(rulebook, name, getattr(rulebook, name).__wrapped__)  # what is kept must not hear of it
    said = [
        [each.rule for each in check("Vi ringer snarest.", kind="note", at=DAY + dt.timedelta(days=n)).findings]
        for n in (-1, 0, 1, 2)
    ]
    assert said == [[], ["R17"], ["R17"], []]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"words": [{"term": "x", "plain": "y"}]}, "source"),
        ({"words": [{"term": "x", "plain": "y", "source": "z", "action": "slet"}]}, "slet"),
        ({"words": [{"term": "x", "plain": "y", "source": "z", "rule": "R01"}]}, "R01"),
        ({"limits": {"R01": {"words": 3}}}, "words"),
        ({"limits": {"R99": {"most": 3}}}, "R99"),
        ({"limits": {"R01": {"message": "tre"}}}, "message"),
    ],
)
def test_a_bad_overlay_says_what_to_mend(data: dict[str, object], message: str) -> None:
    with pytest.raises(BadOverlay, match=message):
        overlay_of(data, name="Vestby")


def test_an_overlay_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "vestby.toml"
    path.write_text("[[words]\n", encoding="utf-8")
    with pytest.raises(BadOverlay, match="vestby"):
        read_overlay(path)
