"""Writes docs/generated/rules.md: of each rule of the rule table where it is enforced, and what shows it."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

TABLE = Path("src/samspil/contexts/catalogue/data/law/decision_rules.toml")
ANSWERS = Path("docs/rules.toml")
DOCUMENT = Path("docs/generated/rules.md")
STANDS = {
    "whole": "all of it is enforced",
    "part": "some of it; what is not is said",
    "day": "the rule and its day are data, and nothing sets the clock going by itself",
    "no": "not enforced, with the reason",
}
HEAD = """# The rule table: where each rule is enforced, and what shows it
Made by `samspil manage docs_rules` from `contexts/catalogue/data/law/decision_rules.toml` (what the law demands; the
words are shown to caseworkers, so they are Danish) and `docs/rules.toml` (where, and which test). `make check` fails
when a rule has no answer, or when a place or a test that is named is not there. No jurist has verified the rules yet.

"""


def document(rules: Iterable[Mapping[str, Any]], answers: Mapping[str, Mapping[str, Any]]) -> str:
    rules = list(rules)
    counts = Counter(answers[rule["key"]]["stands"] for rule in rules)
    lines = [f"- **{kind}** ({counts[kind]}): {words}." for kind, words in STANDS.items()]
    head = ["rule", "when", "what is demanded", "stands", "where", "test", "what lacks, and why", "source"]
    rows = [head, ["---"] * len(head), *(_row(rule, answers[rule["key"]]) for rule in rules)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return HEAD + "\n".join(lines) + f"\n\n{table}\n"


def _row(rule: Mapping[str, Any], answer: Mapping[str, Any]) -> Sequence[str]:
    return (
        rule["key"],
        rule["when"],
        rule["demand"],
        answer["stands"],
        _listed(answer.get("where", ())),
        _listed(answer.get("tests", ())),
        answer.get("lacks", ""),
        rule["source"],
    )


def _listed(names: Iterable[str]) -> str:
    return "<br>".join(f"`{name}`" for name in names)


class Command(BaseCommand):
    help = "Skriver docs/generated/rules.md: hvor hver regel håndhæves, og hvilken prøve der viser det."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=DOCUMENT)

    def handle(self, *args: Any, **options: Any) -> None:
        rules = tomllib.loads(TABLE.read_text(encoding="utf-8"))["decision_rule"]
        answers = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))
        options["to"].parent.mkdir(parents=True, exist_ok=True)
        options["to"].write_text(document(rules, answers), encoding="utf-8")
