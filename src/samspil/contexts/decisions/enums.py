"""What is examined, what is decided, and what may stand in the way."""

from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(TextChoices):
    """How a need or a complaint came to the authority. Spoken words count as much as written ones."""

    TALK = "talk", _("Sagt i en samtale")
    PHONE = "phone", _("Sagt i telefonen")
    LETTER = "letter", _("Brev")
    ONLINE = "online", _("Skrevet på nettet")
    OTHER = "other", _("På en anden måde")


class NeedStatus(TextChoices):
    OPEN = "open", _("Vi undersøger det")
    DECIDED = "decided", _("Afgjort")
    WITHDRAWN = "withdrawn", _("Ikke aktuelt mere")


class Step(TextChoices):
    """The funnel: each way of meeting a need is looked at before the next."""

    OWN_STRENGTH = "own_strength", _("Det, borgeren selv kan")
    NETWORK = "network", _("Familie, venner og naboer")
    CIVIL_SOCIETY = "civil_society", _("Foreninger og åbne tilbud")
    AIDS = "aids", _("Hjælpemidler og teknologi")
    REHABILITATION = "rehabilitation", _("Træning og rehabilitering")
    COMPENSATION = "compensation", _("Hjælp, der kompenserer")


class StepFinding(TextChoices):
    COVERS = "covers", _("Dækker behovet")
    HELPS = "helps", _("Hjælper noget af vejen")
    TRIED = "tried", _("Prøvet, og det var ikke nok")
    RULED_OUT = "ruled_out", _("Passer ikke her")


class CriterionFinding(TextChoices):
    MET = "met", _("Taler for hjælp")
    UNMET = "unmet", _("Taler imod hjælp")
    NOT_RELEVANT = "not_relevant", _("Ikke relevant her")


class DecisionStatus(TextChoices):
    DRAFT = "draft", _("På vej")
    DECIDED = "decided", _("Truffet, ikke sendt")
    TOLD = "told", _("Borgeren har fået den")
    DROPPED = "dropped", _("Opgivet")


class Form(TextChoices):
    WRITTEN = "written", _("Skriftligt, med et brev")
    ORAL = "oral", _("Mundtligt, med det samme")


class NeedOutcome(TextChoices):
    GRANTED = "granted", _("Ja")
    PARTLY = "partly", _("Ja til noget af det")
    REFUSED = "refused", _("Nej")
    CHANGED = "changed", _("Hjælpen bliver anderledes")
    ENDED = "ended", _("Hjælpen stopper")


class Outcome(TextChoices):
    """A whole decision, over all its needs."""

    FULL = "full", _("Ja")
    PARTIAL = "partial", _("Ja til noget")
    REFUSAL = "refusal", _("Nej")
    CHANGE = "change", _("Ændring")
    END = "end", _("Ophør")


class Cause(TextChoices):
    """Why help becomes less or stops. The municipality's economy alone is no lawful cause."""

    CITIZEN_CHANGED = "citizen_changed", _("Borgerens situation er ændret")
    REASSESSED = "reassessed", _("En ny konkret vurdering af behovet")
    GOAL_REACHED = "goal_reached", _("Målet er nået")
    CITIZEN_WISH = "citizen_wish", _("Borgeren ønsker det selv")
    SERVICE_LEVEL = "service_level", _("Kun kommunens serviceniveau eller økonomi")


class HearingSkip(TextChoices):
    EXCEPTION = "exception", _("Loven gør en undtagelse her")
    AFTERWARDS = "afterwards", _("Borgeren får oplysningerne i brevet og kan få sagen taget op igen")


class Level(TextChoices):
    BLOCK = "block", _("Skal være i orden")
    WARN = "warn", _("Se efter")


class GapCode(TextChoices):
    """One thing that is missing before a decision can be made. Each has its words on the page."""

    NO_NEED = "no_need", _("Der er ikke valgt noget behov.")
    NO_OUTCOME = "no_outcome", _("Du mangler at svare ja eller nej.")
    NO_BASIS = "no_basis", _("Der er ikke valgt en paragraf, eller den gælder ikke på dagen.")
    STEP_OPEN = "step_open", _("Et trin i tragten er ikke undersøgt")
    CRITERION_OPEN = "criterion_open", _("Et krav i paragraffen er ikke belyst")
    QUOTE_CHANGED = "quote_changed", _("Et citat er rettet eller trukket tilbage, siden det blev valgt.")
    NEIGHBOUR_OPEN = "neighbour_open", _("Der er ikke taget stilling til en anden paragraf")
    FIRST_OPEN = "first_open", _("Vurder dette først")
    NO_LONG_VIEW = "no_long_view", _("Der mangler et blik på det lange forløb.")
    NO_INVOLVEMENT = "no_involvement", _("Der står ikke, hvordan borgeren har været med.")
    NOTHING_SAID = "nothing_said", _("Der står ikke, hvad borgeren selv siger til det. Hent det fra notaterne.")
    NOT_HEARD = "not_heard", _("Borgeren har ikke fået lov at svare på nye oplysninger.")
    ACCESS_WAITS = "access_waits", _("Borgeren venter på aktindsigt. Afgørelsen må vente til efter svaret")
    HEARING_RUNS = "hearing_runs", _("Fristen for borgerens svar er ikke gået")
    NO_REASONS = "no_reasons", _("Det mangler, hvorfor svaret er sådan.")
    NO_FACT = "no_fact", _("Svaret bygger ikke på noget, der er sagt eller set.")
    CRITERIA_AGAINST = "criteria_against", _("Alt taler for hjælp, men svaret er nej.")
    CRITERIA_LACK = "criteria_lack", _("Noget taler imod hjælp, men svaret er ja.")
    WRONG_LAW = "wrong_law", _("Det er ikke vurderet, at borgeren hører under den lov, paragraffen står i.")
    POINTS_OPEN = "points_open", _("Der er punkter fra Ankestyrelsen, som ikke er undersøgt.")
    MUST_BE_WRITTEN = "must_be_written", _("Den her hjælp kræver et brev.")
    NO_GRANT = "no_grant", _("Det mangler, hvad borgeren får, og hvor meget.")
    NO_PURPOSE = "no_purpose", _("Det mangler, hvad hjælpen skal føre til.")
    NO_GOALS = "no_goals", _("Hjælpen skal have mindst ét mål.")
    NO_END = "no_end", _("Hjælpen skal have en sidste dag.")
    TOO_LONG = "too_long", _("Perioden er længere, end paragraffen giver lov til.")
    NO_FOLLOW_UP = "no_follow_up", _("Der er ingen dag for opfølgning.")
    NO_CAUSE = "no_cause", _("Der mangler en grund til, at hjælpen bliver mindre.")
    ONLY_SERVICE_LEVEL = "only_service_level", _("Serviceniveau eller økonomi er ikke grund nok.")
    NO_EFFECTIVE_DAY = "no_effective_day", _("Det mangler, hvornår ændringen gælder fra.")
    NOTICE_TOO_SHORT = "notice_too_short", _("Varslet er for kort")
    EXCLUDED = "excluded", _("Hjælpen passer ikke sammen med en anden hjælp, der er i gang")
    NO_CONTACT = "no_contact", _("Der er ingen, borgeren kan ringe til.")
    LATE = "late", _("Fristen for svar er overskredet. Borgeren skal have besked med en ny dag.")


class ComplaintStatus(TextChoices):
    RECEIVED = "received", _("Vi ser på sagen igen")
    ANSWERED = "answered", _("Borgeren fik ret i noget")
    KEPT = "kept", _("Borgeren holder fast")
    FORWARDED = "forwarded", _("Hos Ankestyrelsen")
    REMITTED = "remitted", _("Sendt tilbage til kommunen")
    SETTLED = "settled", _("Afsluttet")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")


class Reassessment(TextChoices):
    FULL = "full", _("Borgeren får ret")
    PARTIAL = "partial", _("Borgeren får ret i noget")
    NO_CHANGE = "no_change", _("Vi holder fast")


class BoardOutcome(TextChoices):
    DISMISSED = "dismissed", _("Afvist")
    UPHELD = "upheld", _("Stadfæstet: kommunens afgørelse holder")
    REMITTED = "remitted", _("Hjemvist: kommunen skal afgøre sagen igen")
    ANNULLED = "annulled", _("Ophævet")
    CHANGED = "changed", _("Ændret")


class GrantStatus(TextChoices):
    """Planned by a draft, given by a decision, or taken over from its first day by a later decision."""

    PLANNED = "planned", _("Planlagt")
    GIVEN = "given", _("Bevilget")
    REPLACED = "replaced", _("Erstattet")


class GrantState(TextChoices):
    COMING = "coming", _("Begynder senere")
    RUNNING = "running", pgettext_lazy("help", "I gang")
    OVER = "over", pgettext_lazy("help", "Slut")


class DecisionRefusal(Enum):
    WRONG_STATUS = "wrong_status"
    ALREADY_DECIDED = "already_decided"
    NOTHING_WRITTEN = "nothing_written"
    TOO_LONG = "too_long"
    UNKNOWN_CHOICE = "unknown_choice"
    WHY_MISSING = "why_missing"
    QUOTE_UNKNOWN = "quote_unknown"
    UNKNOWN_BASIS = "unknown_basis"
    NEED_NOT_OPEN = "need_not_open"
    NEED_TAKEN = "need_taken"
    NO_NEEDS = "no_needs"
    GAPS = "gaps"
    NOT_A_BLOCK = "not_a_block"
    ENDS_BEFORE_START = "ends_before_start"
    FOLLOW_UP_OUTSIDE = "follow_up_outside"
    GRANT_OVERLAPS = "grant_overlaps"
    GRANT_NOT_RUNNING = "grant_not_running"
    MUST_BE_FAVOURABLE = "must_be_favourable"
    NEEDS_A_DECISION = "needs_a_decision"
    ANSWER_BY_IS_PAST = "answer_by_is_past"
    NOTHING_TO_HEAR = "nothing_to_hear"
    ALREADY_HEARD = "already_heard"
    NOT_TOLD_RIGHT = "not_told_right"
    MUST_BE_SENT = "must_be_sent"
    DAY_IS_AHEAD = "day_is_ahead"
    TOLD_BEFORE_DECIDED = "told_before_decided"
    REASONS_TOO_LATE = "reasons_too_late"
    NOT_APPEALABLE = "not_appealable"
    LATE_MUST_GO_ON = "late_must_go_on"
    COMPLAINT_OPEN = "complaint_open"
    NEW_DECISION_MISSING = "new_decision_missing"
    POINT_OPEN = "point_open"
    MAY_NOT_WAIT = "may_not_wait"
    POINTS_MISSING = "points_missing"
    NEED_WAITS = "need_waits"
    COMPLAINT_WAITS = "complaint_waits"
