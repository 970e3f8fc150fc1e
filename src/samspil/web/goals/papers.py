"""The action plan on paper."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.utils import translation

from samspil.contexts.goals.api import GoalStatus, PlanView, RaterSide
from samspil.kernel import clock
from samspil.kernel.danish_dates import long_date_year, short_date
from samspil.paper.pdf import make_pdf
from samspil.web.components.tags.citizen import pictograms


def plan_pdf(plan: PlanView) -> bytes:
    """The version as an accessible PDF, in Danish for every reader; the same version gives the same bytes."""
    content = plan.content
    with translation.override("da"):
        drawn = [_goal(goal) for goal in map(asdict, content.goals)]
    data = asdict(content) | {
        "number": plan.number,
        "made_on": long_date_year(clock.day_of(plan.made_at)),
        "goals": drawn,
        "agreements": [
            {"text": a.text, "who": a.who, "when": short_date(a.due_on) if a.due_on else ""} for a in content.agreements
        ],
    }
    return make_pdf("plan", data, title=f"Handleplan for {content.citizen_name}", at=plan.made_at)


def _goal(goal: dict[str, Any]) -> dict[str, Any]:
    day = goal["follow_up_on"]
    return goal | {
        "picture": picture(goal["pictogram"]),
        "status_words": str(GoalStatus(goal["status"]).label),
        "follow_up": long_date_year(day) if day else "",
        "ratings": [
            r | {"who": r["by_name"], "side_words": str(RaterSide(r["side"]).label), "on": short_date(r["on"])}
            for r in goal["ratings"]
        ],
        "sub_goals": [
            s | {"picture": picture(s["pictogram"]), "status_words": str(GoalStatus(s["status"]).label)}
            for s in goal["sub_goals"]
        ],
    }


def picture(slug: str) -> str:
    """A pictogram as SVG text, or nothing."""
    row = pictograms().get(slug)
    path = finders.find(f"pictograms/{row['file']}") if row else None
    return Path(path).read_text(encoding="utf-8") if isinstance(path, str) else ""
