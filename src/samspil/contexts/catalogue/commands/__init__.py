"""What can be done with the catalogue: nobody acts, the lists come with the program."""

from samspil.contexts.catalogue.commands.code_lists import LISTS, Loaded, load_code_systems
from samspil.contexts.catalogue.commands.law import LAW, LawLoaded, load_law

__all__ = ["LAW", "LISTS", "LawLoaded", "Loaded", "load_code_systems", "load_law"]
