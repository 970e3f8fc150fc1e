"""Every refusal in plain Danish: what is the matter, and what helps."""

from enum import Enum

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from samspil.contexts.access.api import LoginRefusal, NotAllowed
from samspil.contexts.cases.api import CaseRefusal
from samspil.contexts.catalogue.api import RuleRefusal
from samspil.contexts.citizens.api import CitizenRefusal
from samspil.contexts.deadlines.api import DeadlineRefusal
from samspil.contexts.decisions.api import DecisionRefusal
from samspil.contexts.disputes.api import DisputeRefusal
from samspil.contexts.feedback.api import FeedbackRefusal
from samspil.contexts.goals.api import GoalRefusal
from samspil.contexts.letters.api import LetterRefusal
from samspil.contexts.meetings.api import MeetingRefusal
from samspil.contexts.notes.api import NoteRefusal
from samspil.contexts.orders.api import OrderRefusal
from samspil.contexts.review.api import ReviewRefusal
from samspil.kernel.cpr import CprProblem
from samspil.kernel.danish_dates import DateProblem
from samspil.kernel.machine import MoveRefusal

TEXTS: dict[Enum, object] = {
    NotAllowed.NOT_YOUR_ROLE: _("Det kan kun en kollega med en anden rolle gøre."),
    LoginRefusal.CANCELLED: _("Log-in blev afbrudt. Du kan prøve igen, når du er klar."),
    LoginRefusal.NO_ANSWER: _(
        "Det er ikke din skyld. Vent et par minutter, og prøv igen. Haster det, så ring til kommunen."
    ),
    LoginRefusal.NOT_TRUSTED: _("Svaret fra log-in passede ikke med det, vi bad om. Prøv igen fra begyndelsen."),
    LoginRefusal.STALE: _("Et log-in gælder kun én gang og kun lidt tid. Begynd forfra, så virker det."),
    LoginRefusal.LEVEL_TOO_LOW: _(
        "Dit log-in skal være på sikringsniveauet Betydelig. Brug MitID-appen eller kodeviseren. På arbejdet kan din "
        "it-afdeling hjælpe."
    ),
    LoginRefusal.NOT_FRESH: _("Det, du vil, kræver et helt nyt log-in. Prøv igen, og log ind, når du bliver spurgt."),
    LoginRefusal.SOMEBODY_ELSE: _(
        "Log ind som den samme person som før. Er det en andens skærm, så log personen af først."
    ),
    LoginRefusal.UNKNOWN_PERSON: _(
        "Du er logget ind, men ingen har givet dig adgang. Læs koden op for den, der giver adgang hos jer."
    ),
    LoginRefusal.NO_CITIZEN: _(
        "Vi fandt ikke dit CPR-nummer i kommunen. Ring til kommunen, og læs koden op, hvis du skulle have adgang."
    ),
    LoginRefusal.NO_ROLE_HERE: _(
        "Dit log-in virker, men det giver ikke adgang til noget i Samspil i dag. Spørg din leder, eller ring til "
        "kommunen."
    ),
    CitizenRefusal.CPR_TAKEN: _("Borgeren findes allerede. Søg på navnet, og brug den sag, der er."),
    CitizenRefusal.NAME_MISSING: _("Skriv navnet."),
    CitizenRefusal.TOO_LONG: _("Teksten er for lang. Gør den kortere."),
    CitizenRefusal.NOT_EVERY_SO_MANY_DAYS: _("Skriv et antal dage fra 1 til 365."),
    CitizenRefusal.NOT_LET: _("Det har du ikke fået lov til at se."),
    CitizenRefusal.NOTHING_CHOSEN: _("Sæt mindst ét hak."),
    CitizenRefusal.PREPARING_NEEDS_MEETINGS: _("Den, der svarer før mødet, skal også se møderne. Sæt hak ved begge."),
    CitizenRefusal.BEYOND_THE_LAW: _("Så meget giver værgemålet eller fuldmagten ikke lov til. Fjern et hak."),
    CitizenRefusal.MATTER_MISSING: _("Sæt hak ved det, som værgemålet eller fremtidsfuldmagten handler om."),
    CitizenRefusal.DOCUMENT_MISSING: _("Skriv, hvilket papir det står på."),
    CitizenRefusal.HAS_ACCESS_ALREADY: _("Personen har allerede den slags adgang. Ret den i stedet."),
    CitizenRefusal.END_IS_PAST: _("Dagen er gået. Vælg en dag, der kommer."),
    CitizenRefusal.FOLLOWS_FROM_LAW: _("Den adgang følger af loven. Spørg din rådgiver, hvis den skal slutte."),
    CitizenRefusal.ACCESS_IS_OVER: _("Den adgang er allerede slut."),
    CitizenRefusal.TOO_LATE_TO_UNDO: _("Det er for længe siden. Giv adgang igen i stedet."),
    CitizenRefusal.WROTE_HOW_MISSING: _("Vælg, hvordan det blev sagt."),
    CaseRefusal.ALREADY_OPENED: _("Henvendelsen har allerede en sag."),
    CaseRefusal.CASE_CLOSED: _("Sagen er afsluttet. Åbn den igen, hvis du skal skrive i den."),
    CaseRefusal.WRONG_STATUS: _("Sagen er ikke nået dertil endnu."),
    CaseRefusal.NOT_YOUR_TASK: _("Opgaven er en andens. Spørg den, der har lovet det."),
    CaseRefusal.TASK_NOT_OPEN: _("Opgaven er allerede gjort eller aflyst."),
    CaseRefusal.OWNER_MISSING: _("Skriv, hvem der gør det."),
    RuleRefusal.SET_BY_LAW: _("Den frist står i loven. Den kan kommunen ikke sætte selv."),
    RuleRefusal.NO_SUCH_RULE: _("Den regel gælder ikke fra den dag. Vælg en anden regel eller en anden dag."),
    RuleRefusal.NOT_A_LENGTH: _("Skriv et antal fra 1 til 366."),
    RuleRefusal.DAY_IS_PAST: _("Dagen er gået. En frist kan først gælde fra i dag."),
    RuleRefusal.NO_MUNICIPALITY: _("Det kan kun en, der arbejder i en kommune."),
    DisputeRefusal.WRONG_STATUS: _("Det er gjort. Hent siden igen for at se, hvordan konflikten står nu."),
    DisputeRefusal.NOTHING_WRITTEN: _("Der mangler noget. Skriv i alle felter."),
    DisputeRefusal.TOO_LONG: _("Teksten er for lang. Gør den kortere."),
    DisputeRefusal.DAY_IS_PAST: _("Dagen er gået. Vælg en dag, der kommer."),
    DisputeRefusal.BEFORE_THE_TALK: _("Vælg en dag efter samtalen."),
    DeadlineRefusal.ALREADY_RUNNING: _("Fristen løber allerede. Ret den i stedet."),
    DeadlineRefusal.NO_SUCH_RULE: _("Der er ingen regel for den frist i dag. Spørg den, der passer reglerne hos jer."),
    DeadlineRefusal.NOT_RUNNING: _("Fristen er allerede slut."),
    DeadlineRefusal.NOT_BY_HAND: _("Fristen slutter af sig selv, når det er gjort. Den kan ikke krydses af."),
    DeadlineRefusal.MAY_NOT_BE_EXTENDED: _("Du kan ikke forlænge den frist."),
    DeadlineRefusal.SHORTER_THAN_RULE: _("Borgeren skal have mindst den tid, reglen giver. Vælg en senere dag."),
    DeadlineRefusal.LONGER_THAN_RULE: _("Så lang tid giver reglen ikke. Vælg en tidligere dag."),
    DeadlineRefusal.DAY_IS_PAST: _("Dagen er gået. Vælg en dag, der kommer."),
    DeadlineRefusal.NO_REASON: _("Skriv, hvorfor du ændrer fristen."),
    DeadlineRefusal.TOO_LONG: _("Teksten er for lang. Gør den kortere."),
    CaseRefusal.NOTHING_WRITTEN: _("Skriv noget først."),
    CaseRefusal.TOO_LONG: _("Teksten er for lang. Gør den kortere."),
    CaseRefusal.DAY_IS_PAST: _("Dagen er gået. Vælg en dag, der kommer."),
    CaseRefusal.OPEN_ELSEWHERE: _("Borgeren har allerede en sag, som du ikke har adgang til. Ring til din leder."),
    CaseRefusal.REFERRAL_ENDED: _("Henvendelsen er allerede afsluttet."),
    CaseRefusal.UNKNOWN_COORDINATOR: _("Vælg en kollega, der arbejder i kommunen."),
    CaseRefusal.ABOVE_YOUR_CLEARANCE: _("Du må ikke selv se sager på det niveau. Bed din leder om at gøre det."),
    CaseRefusal.ABOVE_COORDINATORS_CLEARANCE: _(
        "Borgerens rådgiver må ikke se sager på det niveau. Vælg først en anden rådgiver."
    ),
    CaseRefusal.ADDRESS_IS_PROTECTED: _("Adressen er beskyttet. Kun borgerens rådgiver kan se den."),
    CaseRefusal.REASON_TOO_SHORT: _("Skriv med et par ord hvorfor. Der skal være mindst 10 bogstaver."),
    CaseRefusal.UNKNOWN_GROUND: _("Vælg, hvad der er sket."),
    CaseRefusal.YOUR_OWN_CASE: _("Det er din egen sag. Den kan du se, når du logger på som borger."),
    CaseRefusal.YOUR_RELATIVES_CASE: _("Du er pårørende til borgeren. Derfor kan du ikke åbne sagen på arbejde."),
    CaseRefusal.EMERGENCY_RUNNING: _("Du har allerede en nødadgang. Afslut den, før du tager en ny."),
    CaseRefusal.NOT_YOUR_REVIEW: _("Du kan ikke gennemgå din egen nødadgang. Det gør en anden leder."),
    CaseRefusal.ALREADY_REVIEWED: _("Nødadgangen er allerede gennemgået."),
    ReviewRefusal.MONTH_NOT_OVER: _("Måneden er ikke forbi endnu. Vent til den er gået."),
    ReviewRefusal.ALREADY_DRAWN: _("Måneden er allerede trukket."),
    ReviewRefusal.OWN_LOOKS: _("Det er dine egne opslag. En anden leder skal se på dem."),
    ReviewRefusal.WORDS_MISSING: _("Skriv kort, hvad I talte om, eller hvem der har det nu."),
    ReviewRefusal.NOTED_MEANWHILE: _("En kollega har skrevet imens. Læs det, og skriv så, hvis du vil rette noget."),
    GoalRefusal.FOUR_GOALS: _("Der er allerede tre mål. Afslut et mål, før I sætter et nyt."),
    GoalRefusal.NO_PURPOSE: _("Skriv først formålet. Så giver målene mening."),
    GoalRefusal.WRONG_STATUS: _("Målet er allerede afsluttet."),
    GoalRefusal.NOT_ON_SCALE: _("Vælg et tal fra 0 til 10."),
    GoalRefusal.PARENT_IS_SUB_GOAL: _("Et delmål hører til et mål, ikke til et andet delmål."),
    GoalRefusal.PARENT_NOT_RUNNING: _("Målet er ikke i gang. Sæt det i gang igen, før du laver delmål."),
    GoalRefusal.THREE_PROPOSALS: _("Du har allerede foreslået tre mål. Vent på svar, før du foreslår flere."),
    GoalRefusal.HELP_UNSAID: _(
        "Skriv, hvad der sker med hjælpen, når målet er nået, og hvad der sker, hvis det ikke bliver nået."
    ),
    GoalRefusal.NO_TITLE: _("Giv målet et kort navn."),
    GoalRefusal.NO_WORDS: _("Skriv det med et par ord."),
    GoalRefusal.TOO_LONG: _("Teksten er for lang. Gør den kortere, eller del den i to."),
    GoalRefusal.UNKNOWN_CODE: _("Temaet findes ikke længere. Vælg et andet."),
    GoalRefusal.DAY_IS_PAST: _("Dagen er gået. Vælg en dag, der kommer."),
    GoalRefusal.NOT_YOUR_VOICE: _("Her kan du kun svare for dig selv."),
    GoalRefusal.ALREADY_ASKED: _("Der er allerede et forslag om målet. Vent på svar på det."),
    GoalRefusal.NOTHING_ASKED: _("Der er allerede svaret på forslaget."),
    GoalRefusal.PLAN_WITHDRAWN: _("Planen er allerede taget tilbage."),
    NoteRefusal.NOTHING_WRITTEN: _("Skriv mindst én sætning."),
    NoteRefusal.REASON_MISSING: _("Skriv, hvorfor borgeren ikke skal se det."),
    NoteRefusal.NOT_YOUR_NOTE: _("Notatet er skrevet af en anden. Skriv dit eget notat i stedet."),
    NoteRefusal.ALREADY_CORRECTED: _("Afsnittet er allerede rettet. Hent siden igen, og ret det nyeste."),
    NoteRefusal.TOO_LONG: _("Teksten er for lang. Del den i flere notater."),
    NoteRefusal.IN_THE_FUTURE: _("Dagen er ikke kommet endnu. Skriv, hvornår det skete."),
    NoteRefusal.AGREEMENT_WITHOUT_OWNER: _("En aftale mangler et navn. Skriv, hvem der gør det."),
    NoteRefusal.AGREEMENT_WITHOUT_DAY: _("En aftale mangler en dato. Skriv, hvornår det skal være gjort."),
    NoteRefusal.UNKNOWN_GOAL: _("Målet findes ikke længere. Vælg et andet."),
    NoteRefusal.UNKNOWN_THEME: _("Temaet findes ikke længere. Vælg et andet."),
    NoteRefusal.NOT_ON_SCALE: _("Vælg et tal fra 0 til 10."),
    NoteRefusal.ALREADY_WITHDRAWN: _("Notatet er allerede taget tilbage."),
    NoteRefusal.DRAFT_TOO_LARGE: _("Kladden er for stor til at blive gemt. Gem notatet, og skriv videre i et nyt."),
    MeetingRefusal.IN_THE_PAST: _("Tidspunktet er gået. Vælg et tidspunkt, der kommer."),
    MeetingRefusal.ENDS_BEFORE_START: _("Mødet slutter, før det begynder. Ret sluttidspunktet."),
    MeetingRefusal.WRONG_STATUS: _("Det kan du ikke gøre med mødet nu."),
    MeetingRefusal.AGREEMENT_WITHOUT_OWNER: _("En aftale mangler et navn eller en dato. Skriv hvem og hvornår."),
    MeetingRefusal.UNDO_TOO_LATE: _("Der er gået mere end 24 timer. Ret i stedet det, der er forkert."),
    MeetingRefusal.ALREADY_ANSWERED: _("Der er allerede svaret. Tak for det."),
    MeetingRefusal.NOT_INVITED: _("Du er ikke med på mødet."),
    MeetingRefusal.LAYOUT_WITHOUT_COLUMNS: _("En tavle skal have mindst én kolonne."),
    MeetingRefusal.EMPTY_CARD: _("Skriv noget på kortet først."),
    MeetingRefusal.NOT_UNDERSTOOD: _("Det forstod vi ikke. Hent siden igen, og prøv en gang til."),
    MeetingRefusal.CARD_ALREADY_THERE: _("Kortet er der allerede."),
    MeetingRefusal.CARD_GONE: _("Kortet er her ikke. Hent siden igen."),
    MeetingRefusal.BOARD_FULL: _("Tavlen er fuld. Fjern et kort, før I skriver flere."),
    MeetingRefusal.TEXT_TOO_LONG: _("Teksten er for lang til et kort. Del den i to."),
    MeetingRefusal.BOARD_CLOSED: _("Mødet er afsluttet. Ring til rådgiveren, hvis noget mangler."),
    MeetingRefusal.BOARD_NOT_OPEN: _("Tavlen er ikke åbnet endnu."),
    MeetingRefusal.NOT_CLOSED: _("Mødet er ikke afsluttet."),
    MoveRefusal.NOT_FROM_HERE: _("Det kan du ikke gøre lige nu. Hent siden igen, og se, hvor langt sagen er."),
    CprProblem.NOT_TEN_DIGITS: _("Et CPR-nummer har ti tal. Skriv det som DDMMÅÅ-XXXX."),
    CprProblem.IMPOSSIBLE_DAY: _("De første seks tal er ikke en dato. Tjek CPR-nummeret."),
    DateProblem.IMPOSSIBLE: _("Den dato findes ikke. Skriv fx 26.11."),
    DateProblem.NOT_UNDERSTOOD: _("Vi forstod ikke dagen. Skriv fx torsdag eller 26.11."),
    DateProblem.TOO_FAR_AWAY: _("Dagen ligger for langt væk. Tjek årstallet."),
    DateProblem.OTHER_WEEKDAY: _("Ugedagen og datoen passer ikke sammen. Tjek dem."),
    DateProblem.NOT_ONE_DAY: _("Skriv én bestemt dag, fx torsdag den 26."),
    FeedbackRefusal.LINK_USED: _("Du har allerede svaret. Tak, vi har fået det."),
    FeedbackRefusal.LINK_EXPIRED: _("Linket virker ikke længere. Ring til din rådgiver, hvis du vil sige noget."),
    FeedbackRefusal.ALREADY_ANSWERED: _("Der er allerede svaret om det møde."),
    FeedbackRefusal.MEETING_NOT_HELD: _("Mødet er ikke holdt endnu."),
    FeedbackRefusal.LETTER_ANSWERED: _("Du har allerede svaret om det brev. Tak, vi har fået det."),
    LetterRefusal.WRONG_STATUS: _("Det kan du ikke gøre med brevet nu."),
    LetterRefusal.ALREADY_SENT: _("Brevet er sendt. Skriv et nyt brev, hvis noget er forkert."),
    LetterRefusal.DRAFT_EXISTS: _("Der er allerede en kladde til et nyt brev om den afgørelse. Skriv videre i den."),
    LetterRefusal.NO_TEMPLATE: _("Der er ingen skabelon til den slags afgørelse. Sig det til din leder."),
    LetterRefusal.BASIS_EXPIRED: _("Reglen bag brevet gælder ikke den dag, der er besluttet. Se på afgørelsen igen."),
    LetterRefusal.NOT_CLEAR: _("Brevet mangler noget, som læseren har brug for. Se forslagene ved siden af brevet."),
    LetterRefusal.VALUE_MISSING: _("Brevet mangler noget fra afgørelsen. Se øverst på siden, hvad det er."),
    LetterRefusal.NO_REASONS: _("Der skal stå, hvilken regel afgørelsen bygger på."),
    LetterRefusal.PART_EMPTY: _("En del af brevet er tom. Skriv noget i hver del."),
    LetterRefusal.RULE_IN_PROSE: _("Paragraffer skal kun stå under Regler. Skriv det med almindelige ord i stedet."),
    LetterRefusal.WRONG_GUIDANCE: _("Afsnittet om klage passer ikke til afgørelsen. Tegn brevet igen fra afgørelsen."),
    LetterRefusal.TOO_SOON: _("Hjælpen må først blive mindre, når varslet er gået. Ret datoen i afgørelsen."),
    LetterRefusal.TOO_LONG: _("Teksten er for lang. Gør den kortere."),
    LetterRefusal.FIXED_PART: _("Den del følger af afgørelsen. Du kan ikke skrive den om."),
    LetterRefusal.POSTED_BEFORE_SENT: _("Vælg en dag fra den dag, brevet blev sendt, og til i dag."),
    LetterRefusal.NOT_NEEDED: _("Svaret er givet, eller dagen er en anden nu. Du skal ikke sende brevet."),
    LetterRefusal.DAY_NOT_LATER: _("Vælg en dag, der ligger senere end den, borgeren har fået at vide."),
    OrderRefusal.WRONG_STATUS: _("Det kan du ikke gøre med bestillingen nu."),
    OrderRefusal.NOT_YOUR_ORDER: _("Bestillingen er sendt til en anden udfører."),
    OrderRefusal.NO_GOALS: _("Vælg mindst ét mål, som udføreren skal arbejde med."),
    OrderRefusal.REASON_MISSING: _("Skriv hvorfor."),
    OrderRefusal.ALREADY_RUNNING: _("Der er allerede en bestilling sendt eller i gang hos den udfører."),
    OrderRefusal.NOTE_ALREADY_SENT: _("Statusnotatet er sendt. Tag det tilbage, hvis du vil rette det."),
    OrderRefusal.ALREADY_IMPORTED: _("Beskeden er allerede læst ind."),
    OrderRefusal.ENDS_BEFORE_START: _("Slutdatoen ligger før startdatoen. Ret en af dem."),
    OrderRefusal.FOLLOW_UP_BEFORE_START: _("Opfølgningen ligger, før hjælpen begynder. Ret en af datoerne."),
    OrderRefusal.CONTACT_UNKNOWN: _("Vælg en kollega, som borgeren kan ringe til."),
    OrderRefusal.PART_MISSING: _("Et mål mangler. Sæt ”Uændret”, eller skriv, hvordan det går."),
    OrderRefusal.RECOMMENDATION_MISSING: _("Vælg, hvad du anbefaler."),
    OrderRefusal.DRAFT_EXISTS: _("Der er allerede en kladde til næste statusnotat. Slet eller send den først."),
    OrderRefusal.ALREADY_ANSWERED: _("Der er allerede svaret på spørgsmålet."),
    OrderRefusal.OWN_QUESTION: _("Spørgsmålet er til den anden part. Vent på svaret, eller ring."),
    OrderRefusal.NOTHING_WRITTEN: _("Skriv noget først."),
    OrderRefusal.TOO_LONG: _("Teksten er for lang. Gør den kortere."),
    OrderRefusal.OUTSIDE_GRANT: _("Dagene ligger uden for det, der er bevilget. Ret dem."),
    OrderRefusal.CITIZEN_NOT_ASKED: _("Spørg borgeren, og vælg det, borgeren siger."),
    OrderRefusal.PROPOSAL_OPEN: _("Sig ja eller nej til hvert af de mål, der er foreslået."),
    DecisionRefusal.WRONG_STATUS: _("Det går ikke nu. Nogen har måske været her før dig. Hent siden igen."),
    DecisionRefusal.NOTHING_WRITTEN: _("Skriv noget først."),
    DecisionRefusal.TOO_LONG: _("Teksten er for lang. Gør den kortere."),
    DecisionRefusal.UNKNOWN_CHOICE: _("Vælg en af dem, der står her."),
    DecisionRefusal.WHY_MISSING: _("Skriv hvorfor, eller vælg noget, der er sagt eller set."),
    DecisionRefusal.QUOTE_UNKNOWN: _("Et citat er rettet eller skjult imens. Vælg igen."),
    DecisionRefusal.UNKNOWN_BASIS: _("Den paragraf gælder ikke i dag. Vælg en anden."),
    DecisionRefusal.NEED_NOT_OPEN: _("Behovet er afgjort, og det, svaret bygger på, ligger fast."),
    DecisionRefusal.NEED_TAKEN: _("Der er allerede en afgørelse på vej om det behov."),
    DecisionRefusal.NO_NEEDS: _("Vælg mindst ét behov."),
    DecisionRefusal.GAPS: _("Der mangler noget, før du kan træffe afgørelsen. Se listen."),
    DecisionRefusal.NOT_A_BLOCK: _("Det kan ikke tilsidesættes. Find det, der mangler."),
    DecisionRefusal.ENDS_BEFORE_START: _("Den sidste dag ligger før den første. Ret en af dem."),
    DecisionRefusal.FOLLOW_UP_OUTSIDE: _("Opfølgningen skal ligge, mens hjælpen er i gang."),
    DecisionRefusal.GRANT_OVERLAPS: _("Borgeren har allerede den hjælp i en del af perioden. Ret dagene."),
    DecisionRefusal.GRANT_NOT_RUNNING: _("Hjælpen er ikke i gang."),
    DecisionRefusal.MUST_BE_FAVOURABLE: _("Mindre hjælp kræver en afgørelse."),
    DecisionRefusal.NEEDS_A_DECISION: _("Så meget eller så længe kræver en afgørelse."),
    DecisionRefusal.ANSWER_BY_IS_PAST: _("Vælg en senere dag."),
    DecisionRefusal.NOTHING_TO_HEAR: _("Der er ikke noget, borgeren skal svare på."),
    DecisionRefusal.ALREADY_HEARD: _("Borgeren er allerede blevet spurgt."),
    DecisionRefusal.NOT_TOLD_RIGHT: _("Sig til borgeren, at I gerne skriver hvorfor, og sæt hak."),
    DecisionRefusal.MUST_BE_SENT: _("Der står, at borgeren får svaret mundtligt. Ret det, eller sig det."),
    DecisionRefusal.DAY_IS_AHEAD: _("Dagen er ikke kommet endnu."),
    DecisionRefusal.TOLD_BEFORE_DECIDED: _("Borgeren kan ikke have fået afgørelsen, før den blev truffet."),
    DecisionRefusal.REASONS_TOO_LATE: _("Fristen for at bede om det på skrift er gået. Ring og tal med borgeren."),
    DecisionRefusal.NOT_APPEALABLE: _("Man kan ikke klage over den afgørelse. Skriv et notat, og tal med borgeren."),
    DecisionRefusal.LATE_MUST_GO_ON: _("Klagen kom efter fristen. Send den videre, som den er."),
    DecisionRefusal.COMPLAINT_OPEN: _("Der er allerede en klage over den afgørelse."),
    DecisionRefusal.NEW_DECISION_MISSING: _("Træf den nye afgørelse først."),
    DecisionRefusal.POINT_OPEN: _("Svar på alle punkter fra Ankestyrelsen først."),
    DecisionRefusal.POINTS_MISSING: _("Skriv, hvad Ankestyrelsen beder jer undersøge."),
    DecisionRefusal.MAY_NOT_WAIT: _("Den frist ligger fast."),
    DecisionRefusal.NEED_WAITS: _("Borgeren har bedt om noget, der ikke er svaret på. Svar først, og luk så sagen."),
    DecisionRefusal.COMPLAINT_WAITS: _("Der er en klage, som venter på svar. Svar på den, og luk så sagen."),
}


def text_of(reason: Enum) -> str:
    """The sentence for a reason. Raises KeyError for a reason nobody has written a sentence for."""
    return str(TEXTS[reason])


text_later = lazy(text_of, str)  # for texts that stand in a class body and are read in the reader's language
