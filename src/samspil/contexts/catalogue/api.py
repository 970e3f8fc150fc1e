"""What other contexts and the pages may use."""

from samspil.contexts.catalogue.commands import Loaded, load_code_systems
from samspil.contexts.catalogue.enums import Kind, SystemKey
from samspil.contexts.catalogue.models import CodeSystem, Concept
from samspil.contexts.catalogue.queries import (
    Code,
    Theme,
    UnknownCode,
    codes,
    concept,
    concepts,
    ffb_themes,
    follow_up_results,
    functional_levels,
    goal_types,
    search_concepts,
    support_levels,
)
from samspil.contexts.catalogue.rules import BadCodeList, ListProblem

__all__ = [
    "BadCodeList",
    "Code",
    "CodeSystem",
    "Concept",
    "Kind",
    "ListProblem",
    "Loaded",
    "SystemKey",
    "Theme",
    "UnknownCode",
    "codes",
    "concept",
    "concepts",
    "ffb_themes",
    "follow_up_results",
    "functional_levels",
    "goal_types",
    "load_code_systems",
    "search_concepts",
    "support_levels",
]
