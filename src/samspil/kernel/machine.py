"""A status and its moves as data, with the ball in someone's court."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from samspil.kernel.verdict import ALLOWED, Refused, Verdict


class MoveRefusal(Enum):
    NOT_FROM_HERE = "not_from_here"


class NotPossible(Refused):
    """The move does not start from this status."""

    def __init__(self, machine: str, status: str, move: str) -> None:
        super().__init__(MoveRefusal.NOT_FROM_HERE)
        self.machine = machine
        self.status = status
        self.move = move

    def __str__(self) -> str:
        return f"{self.machine}: no move {self.move!r} from {self.status!r}"


class BadMachine(ValueError):
    """The table is wrong; raised when the module that holds it is imported."""


@dataclass(frozen=True, eq=False)
class Machine:
    """`turn[status]` is the side that has to act; `moves[status][move]` is the status it leads to.

    A status without moves is an end. Every status must be reachable from `start` and have a turn.
    """

    name: str
    start: str
    turn: Mapping[str, str]
    moves: Mapping[str, Mapping[str, str]]

    def __post_init__(self) -> None:
        moves = {status: MappingProxyType(dict(ways)) for status, ways in self.moves.items()}
        object.__setattr__(self, "moves", MappingProxyType(moves))
        object.__setattr__(self, "turn", MappingProxyType(dict(self.turn)))
        named = {self.start, *self.moves, *(to for ways in self.moves.values() for to in ways.values())}
        if without_turn := named - self.turn.keys():
            raise BadMachine(f"{self.name}: nobody's turn in {_listed(without_turn)}")
        if unreachable := (named | self.turn.keys()) - self._reachable():
            raise BadMachine(f"{self.name}: no way to {_listed(unreachable)}")

    def _reachable(self) -> set[str]:
        seen, waiting = {self.start}, [self.start]
        while waiting:
            new = set(self.moves.get(waiting.pop(), {}).values()) - seen
            seen |= new
            waiting.extend(new)
        return seen

    @property
    def statuses(self) -> tuple[str, ...]:
        return tuple(self.turn)

    @property
    def ends(self) -> frozenset[str]:
        return frozenset(status for status in self.turn if not self.moves.get(status))

    def after(self, status: str, move: str) -> str:
        """The status that `move` leads to; raises NotPossible when it does not start from `status`."""
        try:
            return self.moves[status][move]
        except KeyError:
            raise NotPossible(self.name, status, move) from None

    def may(self, status: str, move: str) -> Verdict:
        return ALLOWED if move in self.moves.get(status, {}) else Verdict(MoveRefusal.NOT_FROM_HERE)

    def turn_of(self, status: str) -> str:
        """The side that has to act; KeyError for a status the machine does not know."""
        return self.turn[status]

    def mermaid(self) -> str:
        """The diagram as Mermaid source, one move a line, in the order of the table."""
        lines = ["stateDiagram-v2", f"    [*] --> {_value(self.start)}"]
        for status, ways in self.moves.items():
            lines += [f"    {_value(status)} --> {_value(to)}: {_value(move)}" for move, to in ways.items()]
        lines += [f"    {_value(status)}: {_value(status)} ({_value(side)})" for status, side in self.turn.items()]
        lines += [f"    {_value(status)} --> [*]" for status in self.turn if status in self.ends]
        return "\n".join(lines) + "\n"


def _value(text: str) -> str:
    return str.__str__(text)  # the value also of a (str, Enum) member


def _listed(statuses: set[str]) -> str:
    return ", ".join(sorted(_value(status) for status in statuses))
