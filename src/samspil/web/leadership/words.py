"""What was looked at, and why it is on the list, as a leader reads it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil import klartjek
from samspil.contexts.access.api import Purpose
from samspil.contexts.letters.api import LetterRefusal
from samspil.contexts.review import api as review

STOPS = {
    LetterRefusal.VALUE_MISSING.value: gettext_lazy("Der manglede noget fra afgørelsen"),
    LetterRefusal.NO_REASONS.value: gettext_lazy("Der stod ikke, hvilken regel det bygger på"),
    LetterRefusal.PART_EMPTY.value: gettext_lazy("En del af brevet var tom"),
    LetterRefusal.RULE_IN_PROSE.value: gettext_lazy("Der stod en paragraf uden for Regler"),
    LetterRefusal.WRONG_GUIDANCE.value: gettext_lazy("Afsnittet om klage passede ikke"),
}

PAGES = {
    "access": gettext_lazy("hvem der må se hvad"),
    "address": gettext_lazy("adressen"),
    "agreements": gettext_lazy("aftalerne"),
    "board": gettext_lazy("tavlen"),
    "board_picture": gettext_lazy("billedet af tavlen"),
    "caseload": gettext_lazy("listen over borgere"),
    "case": gettext_lazy("sagen"),
    "contact": gettext_lazy("aftalen om kontakt"),
    "cpr": gettext_lazy("CPR-nummeret"),
    "deadlines": gettext_lazy("fristerne"),
    "decisions": gettext_lazy("afgørelserne"),
    "disputes": gettext_lazy("konflikterne"),
    "file_request": gettext_lazy("ønskerne om aktindsigt"),
    "own_data": gettext_lazy("en kopi af oplysningerne"),
    "emergency": gettext_lazy("en nødadgang"),
    "feedback": gettext_lazy("svarene om møder"),
    "frame": gettext_lazy("hvem der står for sagen"),
    "goals": gettext_lazy("målene"),
    "letter": gettext_lazy("et brev"),
    "letters": gettext_lazy("listen over breve"),
    "log_review": gettext_lazy("eftersynet af loggen"),
    "meeting": gettext_lazy("et møde"),
    "meeting_call": gettext_lazy("indkaldelsen til et møde"),
    "meetings": gettext_lazy("listen over møder"),
    "message": gettext_lazy("en besked til rådgiveren"),
    "my_day": gettext_lazy("dagens opgaver"),
    "notes": gettext_lazy("notaterne"),
    "order": gettext_lazy("bestillingen"),
    "people": gettext_lazy("hvem der er med i sagen"),
    "plan": gettext_lazy("planen"),
    "preparation": gettext_lazy("svarene før mødet"),
    "process": gettext_lazy("hvis tur det er"),
    "questions": gettext_lazy("spørgsmålene"),
    "reach": gettext_lazy("adresse og telefonnummer"),
    "referral": gettext_lazy("henvendelsen"),
    "relation": gettext_lazy("de pårørende"),
    "search": gettext_lazy("en søgning"),
    "sight": gettext_lazy("hvem der må se sagen"),
    "status_note": gettext_lazy("statusnotatet"),
    "tasks": gettext_lazy("opgaverne"),
    "timeline": gettext_lazy("forløbet"),
}


def page_words(what: tuple[str, ...]) -> str:
    return ", ".join(str(PAGES[one]) for one in what)


def purpose_words(slugs: tuple[str, ...]) -> str:
    return ", ".join(str(Purpose(one).label) for one in slugs)


def reason_words(item: review.ItemView) -> tuple[str, ...]:
    """A sentence for each reason; the number of citizens with the usual one beside it."""
    return tuple(_reason(review.Reason(reason), item) for reason in item.reasons)


def _reason(reason: review.Reason, item: review.ItemView) -> str:
    if reason == review.Reason.NUMBERS:
        return _numbers(item)
    if reason != review.Reason.VOLUME:
        return str(reason.label)
    numbers = {"count": item.count, "usual": item.usual}
    if not item.usual:
        return _("Har set %(count)s borgere på én dag. Der er ingen tidligere dage at holde det op mod") % numbers
    return _("Har set %(count)s borgere på én dag, mod ellers %(usual)s") % numbers


def _numbers(item: review.ItemView) -> str:
    said = ngettext(
        "Har slået %(count)d CPR-nummer op på én dag", "Har slået %(count)d CPR-numre op på én dag", item.numbers
    )
    if not item.stopped:
        return said % {"count": item.numbers}
    more = ngettext("og blev stoppet %(count)d gang", "og blev stoppet %(count)d gange", item.stopped)
    return f"{said % {'count': item.numbers}} {more % {'count': item.stopped}}"


def stop_words(what: str) -> str:
    """What kept letters back: what the law demands, or a rule of klartjek by its title."""
    return str(STOPS[what]) if what in STOPS else klartjek.title_of(what)
