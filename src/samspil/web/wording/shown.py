"""What klartjek found, ready to be shown: the most useful first, and the text with its places marked."""

from dataclasses import dataclass

from samspil.klartjek import Finding, Report

AT_A_TIME = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, as it stands."""

    words: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """`rest` is what waits until the first few are dealt with; `lix` is empty where the text is too short for one."""

    first: tuple[Finding, ...]
    rest: tuple[Finding, ...]
    pieces: tuple[Piece, ...]
    lix: str

    @property
    def count(self) -> int:
        return len(self.first) + len(self.rest)


def checked(text: str, report: Report, *, shows_lix: bool) -> Checked:
    first = report.shown(AT_A_TIME)
    lix = f"{report.lix.value:.0f} ({report.lix.band})" if shows_lix and report.lix.is_certain else ""
    ranked = report.shown(len(report.findings))
    return Checked(first, tuple(finding for finding in ranked if finding not in first), pieces_of(text, first), lix)


def pieces_of(text: str, findings: tuple[Finding, ...]) -> tuple[Piece, ...]:
    """The text with the findings marked; where two overlap the earlier one is."""
    pieces, at = [], 0
    for finding in sorted(findings, key=lambda each: (each.start, each.end)):
        if finding.start >= at and finding.end > finding.start:
            pieces += [Piece(text[at : finding.start], False), Piece(text[finding.start : finding.end], True)]
            at = finding.end
    pieces.append(Piece(text[at:], False))
    return tuple(piece for piece in pieces if piece.words)
