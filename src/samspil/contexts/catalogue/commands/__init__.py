"""What can be done: load what comes with the program, and set what the law leaves to a municipality,
and stand for what a jurist has seen."""

from samspil.contexts.catalogue.commands.code_lists import LISTS, Loaded, load_code_systems
from samspil.contexts.catalogue.commands.law import LAW, LawLoaded, load_law
from samspil.contexts.catalogue.commands.own_deadlines import set_own_deadline
from samspil.contexts.catalogue.commands.verifying import unverify_rule, verify_rule

__all__ = [
    "LAW",
    "LISTS",
    "LawLoaded",
    "Loaded",
    "load_code_systems",
    "load_law",
    "set_own_deadline",
    "unverify_rule",
    "verify_rule",
]
