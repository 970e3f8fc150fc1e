"""What a check says. Nothing here tells who wrote the text, and nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samspil.klartjek.lix import Lix


class Severity(StrEnum):
    """Only an error may stop a letter. An explanation is offered where a word must stay."""

    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"
    EXPLANATION = "explanation"


_ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class Finding:
    """`start` and `end` count characters in the text as given; line and column count from 1. `replacement` is there
    only when it can stand where the words stood."""

    rule: str
    title: str
    severity: Severity
    start: int
    end: int
    line: int
    column: int
    excerpt: str
    reason: str
    suggestion: str
    source: str
    replacement: str | None
    weight: int

    def as_json(self) -> dict[str, Any]:
        position = {"start": self.start, "end": self.end, "line": self.line, "column": self.column}
        return {
            "rule": self.rule,
            "title": self.title,
            "severity": self.severity.value,
            "position": position,
            "excerpt": self.excerpt,
            "reason": self.reason,
            "suggestion": self.suggestion,
            "replacement": self.replacement,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """`parts` is the LIX of each part of the letter."""

    lix: Lix
    parts: Mapping[str, Lix]
    findings: tuple[Finding, ...]

    @property
    def blocks(self) -> bool:
        """Whether the letter may not leave as it is."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def shown(self, most: int = 3) -> tuple[Finding, ...]:
        """The few that help most. Of several alike the first is enough at a time."""
        ranked = sorted(self.findings, key=lambda each: (_ORDER.index(each.severity), -each.weight, each.start))
        first_of_rule: dict[str, Finding] = {}
        for finding in ranked:
            first_of_rule.setdefault(finding.rule, finding)
        chosen = list(first_of_rule.values())[:most]
        others = (finding for finding in ranked if finding not in chosen)
        chosen += [finding for finding, _ in zip(others, range(most - len(chosen)), strict=False)]
        return tuple(chosen)

    def as_json(self) -> dict[str, Any]:
        return {
            "lix": self.lix.value,
            "lix_band": self.lix.band,
            "lix_is_certain": self.lix.is_certain,
            "words": self.lix.words,
            "sentences": self.lix.sentences,
            "lix_of_parts": {name: lix.value for name, lix in self.parts.items()},
            "blocks": self.blocks,
            "findings": [finding.as_json() for finding in self.findings],
        }
