"""How the kinds of cards look: a mark, a word and a colour, never a colour alone."""

from dataclasses import dataclass

from samspil.contexts.meetings.api import CardKind

MARKS: dict[str, str] = {
    CardKind.CITIZEN_WORDS: "“",
    CardKind.WORKS: "+",
    CardKind.WISH: "*",
    CardKind.WORRY: "!",
    CardKind.IDEA: "~",
    CardKind.AGREEMENT: ">",
    CardKind.QUESTION: "?",
    CardKind.GOAL: "#",
}


@dataclass(frozen=True, slots=True)
class Kind:
    slug: str
    mark: str
    word: str


def kinds() -> tuple[Kind, ...]:
    return tuple(Kind(kind.value, MARKS[kind], str(kind.label)) for kind in CardKind)


def shown_kind(kind: str, column_kind: str) -> Kind | None:
    """The kind where it does not follow from the column, the quotation marks or the agreement's own line."""
    implied = {CardKind.CITIZEN_WORDS, CardKind.AGREEMENT, column_kind}
    return None if kind in implied else Kind(kind, MARKS[kind], str(CardKind(kind).label))
