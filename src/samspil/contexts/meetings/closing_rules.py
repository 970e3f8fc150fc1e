"""What each kind of card becomes when the meeting is closed. Pure: one table, and what is still missing.

| card | becomes in the note | and |
|---|---|---|
| the citizen's words | the citizen's words, verbatim | |
| works | resource | |
| wish | wish | |
| worry, idea, question | observation, with the word in front | |
| agreement | agreement with who and when | a task for who |
| goal | wish, tied to the goal | a goal, new or with new words |
| the scale | observation with today's number and the last one | |
"""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from samspil.contexts.meetings.board_rules import CardState
from samspil.contexts.meetings.enums import CardKind, MeetingRefusal
from samspil.kernel.verdict import ALLOWED, Verdict

LONGEST_GOAL_TITLE = 80


@dataclass(frozen=True, slots=True)
class Becomes:
    """`segment` is the kind in the note, `word` stands in front of the text there."""

    segment: str
    word: str = ""


BECOMES: dict[str, Becomes] = {
    CardKind.CITIZEN_WORDS: Becomes("citizen_words"),
    CardKind.WORKS: Becomes("resource"),
    CardKind.WISH: Becomes("wish"),
    CardKind.WORRY: Becomes("observation", "Bekymring"),
    CardKind.IDEA: Becomes("observation", "Idé"),
    CardKind.AGREEMENT: Becomes("agreement"),
    CardKind.QUESTION: Becomes("observation", "Spørgsmål"),
    CardKind.GOAL: Becomes("wish"),
}


def text_in_note(card: CardState) -> str:
    word = BECOMES[card.kind].word
    return f"{word}: {card.text}" if word else card.text


def scale_in_note(question: str, value: int, before: int | None) -> str:
    last = "" if before is None else f" Sidst: {before}."
    return f"{question} {value} på en skala fra 0 til 10.{last}"


def goal_title(text: str) -> str:
    """A goal's short name: the first line of the card, cut between words where it is long."""
    line = text.split("\n", 1)[0].strip()
    if len(line) <= LONGEST_GOAL_TITLE:
        return line
    return f"{line[: LONGEST_GOAL_TITLE - 1].rsplit(' ', 1)[0]}…"


def is_whole(card: CardState) -> Verdict:
    """An agreement has a person and a day before the meeting is closed."""
    is_loose = card.kind == CardKind.AGREEMENT and not (card.who and card.due_on)
    return Verdict(MeetingRefusal.AGREEMENT_WITHOUT_OWNER) if is_loose else ALLOWED


def is_new_goal(card: CardState) -> bool:
    return card.kind == CardKind.GOAL and card.goal_id is None


def problems(cards: list[CardState], *, room_for_goals: int, no_room: Enum) -> dict[UUID, Enum]:
    """What stands in the way of closing, by card. `no_room` is the reason for goals beyond the free places."""
    found: dict[UUID, Enum] = {card.id: refusal for card in cards if (refusal := is_whole(card).refusal)}
    new_goals = [card for card in cards if is_new_goal(card)]
    return found | {card.id: no_room for card in new_goals[max(room_for_goals, 0) :]}
