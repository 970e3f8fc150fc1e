"""What is missing in a letter, and why it did not arrive, in the caseworker's words."""

from django.utils.translation import gettext_lazy as _

from samspil.contexts.letters.api import Problem

MISSING = {
    "asked_for": _("hvad borgeren har søgt om"),
    "starts_on": _("hvornår hjælpen begynder"),
    "ends_on": _("den sidste dag med hjælp"),
    "gets": _("hvad borgeren får, og hvor tit"),
    "purpose": _("hvad målet med hjælpen er"),
    "facts": _("hvad I har lagt vægt på"),
    "said": _("hvad borgeren selv har sagt"),
    "answer": _("et svar på det, borgeren har sagt"),
    "contact_name": _("hvem borgeren kan ringe til"),
    "contact_title": _("titlen på den, borgeren kan ringe til"),
    "contact_phone": _("telefonnummeret på den, borgeren kan ringe til"),
    "authority": _("kommunens navn"),
}
PROBLEMS = {
    Problem.NOT_CONNECTED: _("Digital Post er ikke koblet på her."),
    Problem.NOT_REACHABLE: _("Digital Post svarede ikke."),
    Problem.RECIPIENT_EXEMPT: _("Borgeren er fritaget for Digital Post."),
}


def missing_words(names: tuple[str, ...]) -> list[str]:
    """Raises KeyError for a value that has no words; a test looks for those first."""
    return [str(MISSING[name]) for name in names]


def problem_words(problem: str) -> str:
    return str(PROBLEMS[Problem(problem)]) if problem else ""
