"""What a page is called when the citizen reads who has seen it."""

from django.utils.translation import gettext_lazy as _

SEEN = {
    "agreements": _("aftalerne"),
    "board": _("tavlen"),
    "board_picture": _("billedet af tavlen"),
    "case": _("sagen"),
    "feedback": _("svarene om møder"),
    "goals": _("målene"),
    "home": _("forsiden"),
    "helpers": _("hvem der hjælper"),
    "looks": _("hvem der har set sagen"),
    "meeting": _("et møde"),
    "meeting_call": _("indkaldelsen til et møde"),
    "meetings": _("listen over møder"),
    "notes": _("notaterne"),
    "plan": _("planen"),
    "preparation": _("svarene før mødet"),
}


def words_for(what: str) -> str:
    """Raises KeyError for a page that has no words; a test looks for those before a citizen does."""
    return str(SEEN[what])
