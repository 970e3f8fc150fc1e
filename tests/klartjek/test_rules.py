"""Each language rule speaks where it should and is quiet beside it."""

import datetime as dt
from typing import Any

import pytest

from samspil.klartjek import Finding, Severity, check

DAY = dt.date(2026, 11, 27)


def found(text: str, kind: str = "message", **how: Any) -> list[Finding]:
    return list(check(text, kind=kind, at=how.pop("at", DAY), **how).findings)


def said(text: str, rule: str, kind: str = "message") -> list[str]:
    return [finding.excerpt for finding in found(text, kind) if finding.rule == rule]


LONG = "Vi skriver til dig " + "og igen " * 8

SPEAKS = [
    ("R01", LONG + "nu", "message"), ("R01", "ord " * 26, "note"),
    ("R03", "Hjælpen bevilges fra maj.", "message"), ("R03", "Klagen skal afgøres.", "message"),
    ("R03", "Sagen blev lagt, og klagen afslås.", "message"), ("R03", "Skemaet gemmes nu.", "page"),
    ("R03", "Reglerne opgøres hvert år.", "message"),
    ("R04", "Hjælpen bliver ikke bevilget.", "message"), ("R04", "Nu blev den sendt.", "message"),
    ("R05", "Ved iværksættelse af udredning sker koordinering.", "message"),
    ("R06", "Vi foretager en ny måling.", "message"), ("R06", "Vi gennemfører undersøgelsen.", "message"),
    ("R07", "Her er din funktionsevnebeskrivelse.", "message"),
    ("R08", "Der er en. Det er to. Der kan være tre.", "message"),
    ("R09", "Hvis du i den uge ikke kan komme til os klokken ti, så ring.", "message"),
    ("R10", "Efter lov om hjælp får du den.", "message"), ("R10", "Det står i § 83.", "message"),
    ("R12", "Ring evt. i dag.", "message"), ("R12", "Vi ses bl.a. på fredag.", "page"),
    ("R13", "Borgeren skal ringe.", "message"), ("R13", "Se her > Borgeren ringer.", "message"),
    ("R13", "Borger er glad.", "note"),
    ("R14", "Kommunen a. Kommunen b. Kommunen c. Kommunen d.", "message"),
    ("R15", "Du kan ikke klage, medmindre du skriver.", "message"), ("R15", "Du må aldrig ikke svare.", "page"),
    ("R16", "Du kan eventuelt få det.", "message"),
    ("R17", "Vi svarer hurtigst muligt.", "message"), ("R17", "Ringer snarest.", "note"),
    ("R18", "Kom den 01.02.2026.", "message"), ("R18", "Kom 10:30.", "message"),
    ("R18", "Det koster 2500 kr.", "message"), ("R18", "Ring på telefon 12345678.", "message"),
    ("R18", "Kom den 2026-02-01.", "message"),
    ("R19", "Du har en trombosklerose.", "message"), ("R19", "Tag din BUM med.", "message"),
    ("B11", "Du får et nødkald. Brug din tryghedsalarm.", "message"),
    ("B14", "Hun er manipulerende.", "note"), ("B14", "Du har undladt at svare.", "message"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "kind"), SPEAKS)
def test_it_speaks(rule: str, text: str, kind: str) -> None:
    assert said(text, rule, kind)


QUIET = [
    ("R01", LONG, "message"), ("R01", "ord " * 25, "note"),
    ("R03", "Karla synes, at dagene går, og hun trives.", "message"), ("R03", "Vi mødes og ses på fredag.", "message"),
    ("R03", "Kommunes ansatte, bussens sædes farve, pigernes sko.", "message"),
    ("R03", "Der findes en vej.", "message"),
    ("R03", "De hjælpes ad.", "message"), ("R03", "Hun er Anvendes datter.", "message"),
    ("R03", "Hjælpen ydes", "note"),
    ("R04", "Hun bliver glad og træt.", "message"), ("R04", "Den bliver stående som aflyst.", "message"),
    ("R05", "Rengøring, madlavning og træning er ydelser.", "message"),
    ("R06", "Vi foretager os intet.", "message"), ("R06", "Hun udfører sit arbejde.", "message"),
    ("R07", "Ring til Hjælpemiddelcentralen.", "message"), ("R07", "En fritidsaktivitet.", "message"),
    ("R08", "Der er en. Det er to.", "message"),
    ("R09", "Hvis du er syg, så ring.", "message"),
    ("R09", "Da vi kom til huset på torvet den dag i maj uden komma.", "message"),
    ("R12", "Kom kl. 10, det koster 5 kr., fx til kage hos dr. Holm.", "message"),
    ("R12", "Fra pr. 1. maj.", "message"),
    ("R13", "Se borger.dk, eller gå i Borgerservice. Alle borgerne kan.", "message"), ("R13", "Man kan ringe.", "note"),
    ("R13", "“Borgeren er ikke mig,” sagde hun.", "note"),
    ("R14", "Kommunen a. Kommunen b. Kommunen c. Kommunen d. Vi e.", "message"),
    ("R15", "Du kan ikke gå, og du kan ikke løbe.", "message"),
    ("R15", "Hun har ikke sovet og svarer ikke.", "message"),
    ("R15", "Huset uden elevator er ikke rart.", "message"), ("R15", "Det er ikke kun dig, der ikke kan.", "message"),
    ("R16", "Jeg vil kunne cykle.", "message"),
    ("R18", "Kom den 1. februar 2026 kl. 10.30, og tag 2.500 kr. med.", "message"),
    ("R18", "Hans nummer er 010203-1234 i sag 12345678.", "message"),
    ("R18", "Halvdelen er 1/2, og målet er 6/10.", "message"),
    ("R19", "Psykologen har sympati for terapi og EU.", "message"), ("R19", "MED HILSEN", "message"),
    ("B11", "Du får et nødkald. Dit nødkald virker nu.", "message"),
    ("B14", "Hun er ikke umotiveret.", "note"), ("B14", "“Han er doven,” sagde broren.", "note"),
    ("R13", "> Borgeren er ikke mig. Jeg er Karla.\nVi er enige.", "message"),
    ("R20", "Kommunens sagsbehandlere vurderer ansøgningerne enkeltvis. " * 10, "message"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "kind"), QUIET)
def test_it_is_quiet(rule: str, text: str, kind: str) -> None:
    assert said(text, rule, kind) == []


def test_a_hard_text_shows_its_lix() -> None:
    hard = (
        "Kommunens sagsbehandlere vurderer ansøgningerne enkeltvis efter gældende retningslinjer og lovgivning. " * 12
    )
    assert said(hard, "R20")


def test_whole_letters_are_long_on_average() -> None:
    assert said(("Vi skriver til dig, fordi du har fået hjælp, og nu vil vi gerne høre, hvordan det går. " * 6), "R02")
    assert not said("Vi ringer i morgen. " * 6, "R02")


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("Kom den 01.02.2026.", "1. februar 2026"), ("Kom 10:05.", "kl. 10.05"), ("Kom kl. 09:05.", "9.05"),
        ("Det koster 12500 kr.", "12.500"), ("Ring på tlf. 12345678.", "12 34 56 78"),
    ],
)  # fmt: skip
def test_figures_are_proposed_as_people_write_them(text: str, proposal: str) -> None:
    assert [finding.replacement for finding in found(text) if finding.rule == "R18"] == [proposal]


@pytest.mark.parametrize("impossible", ["32.13.2026", "99:99", "2026-13-45"])
def test_what_is_no_date_or_time_is_left(impossible: str) -> None:
    assert not said(f"Skriv {impossible} her.", "R18")


@pytest.mark.parametrize(
    ("text", "rule", "proposal"),
    [
        ("Svaret kan påklages til os.", "R03", "»du kan påklage«"),
        ("Svaret kan ikke ændres nu.", "R03", "»vi kan ikke ændre«"),
        ("Ring pr. tlf. i morgen.", "R12", "»på telefon«"),
        ("Send den pr. mail.", "R12", "»på mail«"),
        ("Det koster 5 kr. pr. gang.", "R12", "»hver«"),
        ("Her er bevillingsgrundlaget.", "R07", "»grundlaget for bevilling«"),
        ("Her er vejledningssamtalen.", "R07", "»samtalen om vejledning«"),
        ("Her er bevillingsvurderingen.", "R07", "»vurderingen af bevilling«"),
    ],
)
def test_what_is_proposed_can_be_written(text: str, rule: str, proposal: str) -> None:
    assert [proposal in each.suggestion for each in found(text) if each.rule == rule][-1:] == [True], [
        each.suggestion for each in found(text)
    ]


def test_the_longest_come_first() -> None:
    def of(count: int) -> str:
        return "Vi " + "ser på det " * (count // 3) + "nu."

    report = check(f"{of(22)} {of(30)}", kind="message", at=DAY)
    first = next(each for each in report.shown() if each.rule == "R01")
    assert "32 ord" in first.reason
    words = check("En funktionsevnebeskrivelse.", kind="message", at=DAY).findings[0].weight
    shorter = check("En vejledningssamtale nu.", kind="message", at=DAY).findings[0].weight
    assert words > shorter


def test_every_finding_says_why_what_and_from_where() -> None:
    for rule, text, kind in SPEAKS:
        for finding in found(text, kind):
            assert finding.reason, rule
            assert finding.suggestion, rule
            assert finding.source, rule
            assert "{" not in finding.reason + finding.suggestion
            assert text[finding.start : finding.end].strip(), rule


def test_no_language_rule_stops_a_letter() -> None:
    assert all(finding.severity is not Severity.ERROR for _, text, kind in SPEAKS for finding in found(text, kind))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="brev"):
        check("", kind="brev", at=DAY)


def test_three_are_shown_and_of_three_kinds_when_there_are() -> None:
    report = check("Borgeren ringer snarest. Ansøger ringer snarest. Såfremt, vedrørende.", kind="message", at=DAY)
    assert [finding.rule for finding in report.shown()] == ["R13", "R11", "R17"]
    assert len(report.shown(3)) == 3 < len(report.findings)
