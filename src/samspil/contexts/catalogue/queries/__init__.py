"""The lists and the law as the pages read them. Reference data: everybody may see it, so no actor is asked for."""

from samspil.contexts.catalogue.queries import code_lists, law


def forget() -> None:
    """Read all anew: the loader has changed it."""
    code_lists.forget()
    law.forget()
