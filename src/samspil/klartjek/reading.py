"""What a rule gets, and what it gives back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from samspil.klartjek.document import Document, Sentence
from samspil.klartjek.report import Severity
from samspil.klartjek.rulebook import Rule, Rulebook
from samspil.klartjek.tokens import Token


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule has something to say; `values` fill the rule's own sentences."""

    rule: str
    start: int
    end: int
    values: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    replacement: str | None = None
    severity: Severity | None = None
    is_red: bool = False
    """Beyond the rule's second limit: such a place is shown before the others of its rule."""


@dataclass(frozen=True, slots=True)
class Reading:
    document: Document
    book: Rulebook
    kind: str

    def rule(self, code: str) -> Rule | None:
        """The rule, when it speaks about texts of this kind."""
        rule = self.book.rules.get(code)
        return rule if rule and self.kind in rule.kinds else None

    def sentences(self, rule: Rule) -> Iterator[Sentence]:
        """Sentences of the parts where the rule speaks, headings not among them."""
        return (sentence for sentence in self.document.body() if sentence.block.part not in rule.quiet_in)

    def words(self, first: Token | Sentence, last: Token | Sentence | None = None) -> str:
        """The words as they stand, without line breaks."""
        return " ".join(self.document.text[first.start : (last or first).end].split())
