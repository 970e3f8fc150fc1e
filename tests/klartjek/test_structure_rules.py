"""Each structure rule finds its fault in a letter that is otherwise whole, and in no whole letter."""

import datetime as dt

import pytest

from samspil.klartjek import Outcome, Severity, check

DAY = dt.date(2026, 11, 27)
PARTS = {
    "headline": "# Du kan ikke få hjælp til rengøring",
    "top": "Kære Bo\n\nDu kan ikke få hjælp til rengøring.",
    "because": "Derfor\nDu kan selv gøre rent.",
    "said": "Det har du sagt\nDu vil gerne have hjælp.",
    "do_now": "Det skal du gøre nu\nDu skal ikke gøre noget.",
    "rules": "Regler\nServiceloven § 83.",
    "complain": "Sådan klager du\nKlag inden 4 uger, senest den 1. maj 2026. Send den til os. Vi hjælper.",
    "contact": "Kontakt\nMette Lund, telefon 12 34 56 78, hverdage kl. 9-12. Vi læser gerne brevet op.",
}
GETS = "Det får du\nHjælp hver uge fra den 1. maj 2026. En medarbejder kommer."


def letter(**changed: str | None) -> str:
    return "\n\n".join(text for text in (PARTS | changed).values() if text)


def grant(**changed: str | None) -> str:
    headline = {"headline": "# Du får hjælp til rengøring", "top": "Kære Bo\n\nDu får hjælp til rengøring.\n\n" + GETS}
    return letter(**(headline | {"because": None, "said": None, "complain": None} | changed))


def errors(text: str, outcome: Outcome | None = None, *, appealable: bool = True) -> list[str]:
    report = check(text, at=DAY, outcome=outcome, appealable=appealable)
    found = [each.rule for each in report.findings if each.severity is Severity.ERROR]
    assert report.blocks is bool(found)
    return found


def test_a_whole_refusal_and_a_whole_grant_pass() -> None:
    assert errors(letter()) == []
    assert errors(grant()) == []


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        ("B1", {"headline": None}),
        ("B1", {"headline": "# Svar på din ansøgning"}),
        ("B1", {"headline": "# Du kan ikke få hjælp til at gøre rent i stuen, på badet og i køkkenet hver uge"}),
        ("B1", {"headline": "# Du kan ikke få"}),
        ("B2", {"top": "Kære Bo\n\nVi har set på din ansøgning."}),
        ("B2", {"top": "Kære Bo\n\n" + "Vi har set på den. " * 15 + "Du kan ikke få hjælp."}),
        ("B4", {"because": None}),
        ("B4", {"because": "Derfor\nKommunens rammer giver det ikke."}),
        ("B5", {"said": None}),
        ("B6", {"do_now": None}),
        ("B6", {"do_now": "Det skal du gøre nu\nRing til os."}),
        ("B8", {"rules": None}),
        ("B8", {"because": "Derfor\nDu kan selv, siger § 83."}),
        ("B9", {"complain": None}),
        ("B9", {"complain": "Sådan klager du\nKlag inden 4 uger. Send den til os. Vi hjælper."}),
        ("B9", {"complain": "Sådan klager du\nKlag senest den 1. maj 2026. Send den til os. Vi hjælper."}),
        ("B9", {"complain": "Sådan klager du\nKlag inden 4 uger, senest den 1. maj 2026. Vi hjælper."}),
        ("B9", {"complain": "Sådan klager du\nKlag inden 4 uger, senest den 1. maj 2026. Send den til os."}),
        ("B10", {"contact": None}),
        ("B10", {"contact": "Kontakt\nMette Lund, hverdage kl. 9-12. Vi læser gerne brevet op."}),
        ("B10", {"contact": "Kontakt\nVisitationen, telefon 12 34 56 78, kl. 9-12. Vi læser gerne brevet op."}),
        ("B10", {"contact": "Kontakt\nMette Lund, telefon 12 34 56 78. Vi læser gerne brevet op."}),
        ("B10", {"contact": "Kontakt\nMette Lund, telefon 12 34 56 78, kl. 9-12."}),
    ],
)
def test_a_fault_is_found_and_only_that(rule: str, changed: dict[str, str | None]) -> None:
    assert set(errors(letter(**changed))) == {rule}


@pytest.mark.parametrize(
    "gets",
    [
        None,
        "Det får du\nVores medarbejder kommer fra den 1. maj.",
        "Det får du\nHjælp hver uge. En medarbejder kommer.",
        "Det får du\nHjælp hver uge fra den 1. maj 2026.",
    ],
)
def test_a_grant_says_what_how_much_from_when_and_who(gets: str | None) -> None:
    assert errors(grant(top=f"Kære Bo\n\nDu får hjælp.\n\n{gets or ''}")) == ["B3"]


def test_a_paragraph_before_the_decision() -> None:
    assert errors(letter(top="Efter § 83 i loven: Du kan ikke få hjælp.")) == ["B2", "B8"]


def test_who_knows_the_outcome_says_it() -> None:
    assert "B9" in errors(grant(), Outcome.PARTIAL), "what gives less than was asked can be appealed"
    assert errors(grant(), Outcome.GRANT) == []


def test_where_no_complaint_is_possible_none_is_demanded() -> None:
    assert errors(letter(complain=None), appealable=False) == []


def test_a_request_decides_nothing() -> None:
    request = letter(
        headline="# Vi mangler din underskrift", top="Vi mangler din underskrift.",
        because=None, said=None, rules=None, complain=None,
    )  # fmt: skip
    assert errors(request) == []


def test_headings_may_be_bold_marked_or_end_in_a_colon() -> None:
    plain = letter()
    for heading in ("Derfor", "Regler", "Kontakt", "Det har du sagt", "Sådan klager du", "Det skal du gøre nu"):
        for shape in ("## {}", "**{}**", "{}:", "{}".upper()):
            assert errors(plain.replace(f"\n{heading}\n", f"\n{shape.format(heading)}\n")) == [], shape


def test_other_letters_have_no_structure() -> None:
    assert not check("Kære Bo\n\nVi ses.", kind="message", at=DAY).blocks


def warnings(text: str) -> list[str]:
    return [each.rule for each in check(text, at=DAY).findings if each.severity is Severity.WARNING]


def test_next_steps_say_who_and_when() -> None:
    assert warnings(letter(do_now=PARTS["do_now"] + "\n\nDet sker der nu\nVi ringer den 3. maj.")) == []
    assert warnings(letter(do_now=PARTS["do_now"] + "\n\nDet sker der nu\nVi ringer.")) == ["B7"]


def test_a_first_name_is_somebody_when_the_letter_has_named_them_in_full() -> None:
    next_steps = "\n\nDet sker der nu\nMona ringer den 30. november 2026."
    assert warnings(letter(do_now=PARTS["do_now"] + next_steps)) == ["B7"]
    named = letter(top=PARTS["top"] + " Mona Holm hjælper dig.", do_now=PARTS["do_now"] + next_steps)
    assert "B7" not in warnings(named)


def test_a_decision_in_officialese_is_not_called_missing() -> None:
    text = letter(top="Kære Bo\n\nDin ansøgning kan ikke imødekommes.")
    (found,) = [each for each in check(text, at=DAY).findings if each.rule == "B2"]
    assert "papirsprog" in found.reason


def test_many_figures_close_together() -> None:
    many = "Du fik 10 kr. den 1. maj, 20 kr. den 2. maj."
    assert warnings(letter(because=f"Derfor\n{many}")) == ["B12"]
    assert warnings(letter(because="Derfor\nDu fik 10 kr. den 1. maj og 20 kr. i går.")) == []


def test_a_long_letter() -> None:
    assert warnings(letter(because="Derfor\n" + "Du kan selv. " * 150)) == ["B13"]
    assert warnings(letter(rules="Regler\n" + "Du kan selv. " * 150)) == []
