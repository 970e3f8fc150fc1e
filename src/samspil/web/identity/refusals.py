"""The pages a person gets when a log-in ends outside. What to do now stands with the other refusals' sentences."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspil.contexts.access.api import LoginRefusal


@dataclass(frozen=True, slots=True)
class Page:
    heading: str | Promise
    status: int = 403


PAGES: dict[LoginRefusal, Page] = {
    LoginRefusal.CANCELLED: Page(_("Du nåede ikke at logge ind")),
    LoginRefusal.NO_ANSWER: Page(_("Log-in svarer ikke lige nu"), 503),
    LoginRefusal.NOT_TRUSTED: Page(_("Vi kunne ikke bekræfte, hvem du er")),
    LoginRefusal.STALE: Page(_("Der gik for lang tid"), 400),
    LoginRefusal.LEVEL_TOO_LOW: Page(_("Dit log-in er ikke sikkert nok til Samspil")),
    LoginRefusal.NOT_FRESH: Page(_("Du skal bekræfte, hvem du er")),
    LoginRefusal.SOMEBODY_ELSE: Page(_("Det var en anden, der loggede ind")),
    LoginRefusal.UNKNOWN_PERSON: Page(_("Vi kender dig ikke her endnu")),
    LoginRefusal.NO_CITIZEN: Page(_("Du har ikke en sag her")),
    LoginRefusal.NO_ROLE_HERE: Page(_("Du har ingen rolle her")),
}
