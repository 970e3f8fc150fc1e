"""Klartjek reads Danish letters, notes and pages and says what could be clearer. It changes no text and keeps none."""

from samspil.klartjek.checking import KINDS, check
from samspil.klartjek.letters import Outcome
from samspil.klartjek.report import Finding, Report, Severity
from samspil.klartjek.rulebook import BadOverlay, Overlay, overlay_of, read_overlay, title_of

__all__ = [
    "KINDS",
    "BadOverlay",
    "Finding",
    "Outcome",
    "Overlay",
    "Report",
    "Severity",
    "check",
    "overlay_of",
    "read_overlay",
    "title_of",
]
