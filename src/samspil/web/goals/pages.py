"""What the goal pages show: one goal with its voices, its drawing, its steps and what one may do."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.api import GoalStatus, GoalsView, GoalView, SubGoalView
from samspil.kernel.text import first_name
from samspil.web.components.shapes import Voice
from samspil.web.goals.drawing import Drawing, draw


@dataclass(frozen=True, slots=True)
class Room:
    """Whose room a shared page stands in: the template around it and what that template needs as `frame`."""

    base: str
    frame: Callable[[Actor, UUID], object]


PILLS = {"proposed": "waiting", "active": "running", "paused": "paused", "reached": "done", "ended": "done"}
MOVES = {
    "agree": gettext_lazy("Sæt målet i gang"),
    "drop": gettext_lazy("Sig nej tak"),
    "pause": gettext_lazy("Hold pause"),
    "resume": gettext_lazy("Tag målet op igen"),
    "reach": gettext_lazy("Målet er nået"),
    "end": gettext_lazy("Afslut målet"),
}
STEP_MOVES = {
    "agree": gettext_lazy("Begynd"),
    "drop": gettext_lazy("Drop"),
    "pause": gettext_lazy("Pause"),
    "resume": gettext_lazy("Tag op igen"),
    "reach": gettext_lazy("Nået"),
    "end": gettext_lazy("Afslut"),
}
ASKED = {
    "pause": gettext_lazy("foreslår en pause med målet"),
    "reach": gettext_lazy("mener, at målet er nået"),
    "end": gettext_lazy("foreslår at afslutte målet"),
}
_FAR_APART = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """Something one can do. With `move` it is a button that is posted, otherwise a page to go to."""

    label: str
    url: str
    move: str = ""


@dataclass(frozen=True, slots=True)
class StepCard:
    step: SubGoalView
    pill: str
    change_url: str
    moves: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class GoalCard:
    """`difference` says in a sentence that the voices are apart, or nothing."""

    goal: GoalView
    pill: str
    voices: tuple[Voice, ...]
    difference: str
    drawing: Drawing | None
    steps: tuple[StepCard, ...]
    choices: tuple[Choice, ...]
    asked_words: str
    answer_url: str
    rate_url: str
    step_url: str
    change_url: str


@dataclass(frozen=True, slots=True)
class GoalsPage:
    case_id: UUID
    view: GoalsView
    running: tuple[GoalCard, ...]
    proposed: tuple[GoalCard, ...]
    over: tuple[GoalCard, ...]
    new_url: str
    purpose_url: str
    plans_url: str
    is_provider: bool


def goals_page(actor: Actor, case_id: UUID) -> GoalsPage:
    """Everything the page shows. Raises Case.DoesNotExist."""
    view = goals.goals_for(actor, case_id)
    room = room_of(actor)

    def cards(found: tuple[GoalView, ...]) -> tuple[GoalCard, ...]:
        return tuple(goal_card(actor, view, goal) for goal in found)

    return GoalsPage(
        case_id=case_id,
        view=view,
        running=cards(view.running),
        proposed=cards(view.proposed),
        over=cards(view.over),
        new_url=reverse(f"{room}:goal_new", args=[case_id]),
        purpose_url=reverse("authority:purpose", args=[case_id]) if view.may_edit else "",
        plans_url=reverse(f"{room}:plans", args=[case_id]),
        is_provider=actor.side == Side.PROVIDER,
    )


def goal_card(actor: Actor, view: GoalsView, goal: GoalView) -> GoalCard:
    room = room_of(actor)
    voices = voices_of(goal)
    may_step = bool(view.may_edit_sub_goals)
    alive = goal.status != GoalStatus.ENDED
    return GoalCard(
        goal=goal,
        pill=PILLS[goal.status],
        voices=voices,
        difference=difference_of(voices),
        drawing=draw(goal.history, today=actor.on),
        steps=tuple(_step(room, step, may_move=may_step and alive) for step in goal.sub_goals),
        choices=_choices(view, goal),
        asked_words=_asked(goal),
        answer_url=reverse("authority:goal_answer", args=[goal.id]) if view.may_edit and goal.asked else "",
        rate_url=reverse(f"{room}:goal_rate", args=[goal.id]) if may_step and alive else "",
        step_url=reverse(f"{room}:sub_goal_new", args=[goal.id])
        if may_step and goal.status not in (GoalStatus.ENDED, GoalStatus.REACHED)
        else "",
        change_url=reverse("authority:goal_change", args=[goal.id]) if view.may_edit and alive else "",
    )


def voices_of(goal: GoalView) -> tuple[Voice, ...]:
    """Provider, citizen, authority, each by first name and with the newest number."""
    return tuple(Voice(first_name(rating.by_name), rating.value) for rating in goal.latest)


def difference_of(voices: tuple[Voice, ...]) -> str:
    """A sentence when two voices are far apart. There is no average anywhere."""
    values = [voice.value for voice in voices if voice.value is not None]
    if len(values) < 2 or max(values) - min(values) < _FAR_APART:
        return ""
    return _("I ser det forskelligt. Tal om, hvad hver især lægger vægt på.")


def _choices(view: GoalsView, goal: GoalView) -> tuple[Choice, ...]:
    moves = [move for move in goals.GOAL.moves[goal.status] if move in MOVES]
    if view.may_edit:
        return tuple(Choice(str(MOVES[move]), reverse("authority:goal_move", args=[goal.id, move])) for move in moves)
    if view.may_edit_sub_goals and goal.asked is None and goal.status == GoalStatus.ACTIVE:
        labels = {"pause": _("Foreslå en pause"), "reach": _("Sig, at målet er nået"), "end": _("Foreslå at afslutte")}
        return tuple(
            Choice(words, reverse("provider:goal_propose", args=[goal.id, move])) for move, words in labels.items()
        )
    return ()


def _step(room: str, step: SubGoalView, *, may_move: bool) -> StepCard:
    is_open = may_move and step.status != GoalStatus.ENDED
    url = reverse(f"{room}:sub_goal_move", args=[step.id]) if is_open else ""
    moves = goals.GOAL.moves[step.status] if is_open else {}
    return StepCard(
        step=step,
        pill=PILLS[step.status],
        change_url=reverse(f"{room}:sub_goal_change", args=[step.id]) if is_open else "",
        moves=tuple(Choice(str(STEP_MOVES[move]), url, move) for move in moves),
    )


def _asked(goal: GoalView) -> str:
    if goal.asked is None:
        return ""
    return f"{goal.asked.by_name} {ASKED[goal.asked.move]}."


def room_of(actor: Actor) -> str:
    return "provider" if actor.side == Side.PROVIDER else "authority"


def goals_url(actor: Actor, case_id: UUID) -> str:
    return reverse(f"{room_of(actor)}:goals", args=[case_id])
