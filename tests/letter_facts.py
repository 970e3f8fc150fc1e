"""What a case knows of a decision, for tests of letters: invented, and as long as such things are."""

import datetime as dt
from typing import Any

from samspil.contexts.letters.enums import Result
from samspil.contexts.letters.facts import Answered, Basis, Drawn, LetterFacts, Sender, Step
from samspil.contexts.letters.wording import Template
from samspil.kernel.ids import new_id

DECIDED_ON = dt.date(2026, 11, 20)
SENDER = Sender("Mette Bjerre", "Rådgiver", "20 12 34 56", "mandag til torsdag kl. 9 til 11", "Fjordby Kommune")
NOTE = "Notat af Jonas Lykke, 12. november 2026"


NOT_APPEALABLE = {"ael-15", "sel-82a", "sel-82b", "sel-117"}
WITH_PURPOSE = {"sel-103", "sel-104", "sel-107", "sel-108"}
DELIVERED = {"sel-83", "sel-83b"}


def basis(key: str) -> Basis:
    """As the catalogue has it, without a database."""
    return Basis(
        key=key,
        rule=f"Hjælp til det, du ikke selv kan. Se loven § {key.split('-')[-1]}.",
        about="hjælpen",
        is_appealable=key not in NOT_APPEALABLE,
        needs_purpose=key in WITH_PURPOSE,
        needs_contact=key in DELIVERED,
        notice_weeks=14 if key in {"sel-95", "sel-96"} else 0,
    )


def facts_for(key: str = "sel-83", result: str = "refusal", **changes: Any) -> LetterFacts:
    """Everything that a letter of this kind needs, unless `changes` says otherwise."""
    usual: dict[str, Any] = {
        "decision_id": new_id(),
        "bases": (basis(key),),
        "result": result,
        "decided_on": DECIDED_ON,
        "citizen_name": "Karla Holm",
        "case_number": "26-0001",
        "sender": SENDER,
        "asked_for": "mere hjælp i hverdagen",
        "facts": (
            Drawn("Du laver selv mad tre dage om ugen.", NOTE),
            Drawn("Du bliver hurtigt træt, når du står op.", NOTE),
        ),
        "considerations": (Drawn("Vi har set på, hvad du kan, og hvad du gerne vil kunne."),),
        "said": (Answered("Jeg vil gerne klare mig selv, men jeg er træt om aftenen.", "Vi har set på tiden.", NOTE),),
        "happens": (Drawn("Mette ringer til dig i næste uge."),),
    }
    if result == Result.END:
        usual["ends_on"] = dt.date(2026, 12, 31)
    elif result != Result.REFUSAL:
        usual |= {
            "starts_on": dt.date(2026, 12, 1),
            "follow_up_on": dt.date(2027, 3, 1),
            "provider": "Bostøtte Nord",
            "purposes": (Drawn("Du kan klare mere selv."),),
            "gets": (Drawn("Hjælp to gange om ugen, en time hver gang."),),
            "steps": (Step("Ring til Bostøtte Nord og aftal en tid", dt.date(2026, 12, 4)),),
        }
    return LetterFacts(**(usual | changes))


def facts_of(template: Template) -> LetterFacts:
    changes = {"is_transition": True} if template.is_transition else {}
    return facts_for("sel-999" if template.basis == "*" else template.basis, template.result, **changes)
