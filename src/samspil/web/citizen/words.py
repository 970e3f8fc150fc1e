"""What a page is called when the citizen reads who has seen it."""

from django.utils.translation import gettext_lazy as _

SEEN = {
    "caseload": _("en liste over borgere"),
    "contact": _("din aftale om kontakt"),
    "cpr": _("dit CPR-nummer"),
    "frame": _("hvem der står for sagen"),
    "my_day": _("dagens opgaver"),
    "order": _("bestillingen"),
    "people": _("hvem der er med i sagen"),
    "process": _("hvis tur det er"),
    "questions": _("spørgsmålene"),
    "reach": _("din adresse og dit telefonnummer"),
    "referral": _("henvendelsen"),
    "relation": _("dine pårørende"),
    "deadlines": _("fristerne"),
    "decisions": _("afgørelserne"),
    "disputes": _("det, I er uenige om"),
    "file_request": _("ønsket om aktindsigt"),
    "own_data": _("en kopi af dine oplysninger"),
    "emergency": _("en nødadgang til din sag"),
    "sight": _("hvem der må se sagen"),
    "search": _("en søgning på dit navn eller CPR-nummer"),
    "status_note": _("statusnotatet"),
    "tasks": _("opgaverne"),
    "timeline": _("forløbet"),
    "access": _("hvem der må se hvad"),
    "address": _("din adresse"),
    "agreements": _("aftalerne"),
    "board": _("tavlen"),
    "board_picture": _("billedet af tavlen"),
    "case": _("sagen"),
    "feedback": _("svarene om møder"),
    "goals": _("målene"),
    "home": _("forsiden"),
    "helpers": _("hvem der hjælper"),
    "log_review": _("lederens eftersyn af, hvem der har set sagen"),
    "letter": _("et brev"),
    "letters": _("listen over breve"),
    "looks": _("hvem der har set sagen"),
    "meeting": _("et møde"),
    "meeting_call": _("indkaldelsen til et møde"),
    "meetings": _("listen over møder"),
    "message": _("en besked til rådgiveren"),
    "notes": _("notaterne"),
    "plan": _("planen"),
    "preparation": _("svarene før mødet"),
}


def words_for(what: str) -> str:
    """Raises KeyError for a page that has no words; a test looks for those before a citizen does."""
    return str(SEEN[what])
