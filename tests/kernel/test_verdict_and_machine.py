import enum
import pickle

import pytest

from samspil.kernel.machine import BadMachine, Machine, MoveRefusal, NotPossible
from samspil.kernel.verdict import ALLOWED, ConcurrentChange, Refused, Verdict


class No(enum.Enum):
    CLOSED = "closed"
    TOO_LATE = "too_late"


CLOSED, TOO_LATE = Verdict(No.CLOSED), Verdict(No.TOO_LATE)

LAMP = Machine(
    name="lamp",
    start="off",
    turn={"off": "citizen", "on": "provider", "broken": "nobody"},
    moves={"off": {"switch": "on"}, "on": {"switch": "off", "drop": "broken"}},
)


def test_a_verdict_without_a_refusal_is_a_yes():
    assert ALLOWED
    assert not CLOSED
    ALLOWED.or_raise()


@pytest.mark.parametrize(
    ("left", "right", "refusal"),
    [
        (ALLOWED, ALLOWED, None),
        (ALLOWED, CLOSED, No.CLOSED),
        (CLOSED, ALLOWED, No.CLOSED),
        (CLOSED, TOO_LATE, No.CLOSED),
    ],
)
def test_together_the_first_refusal_counts(left, right, refusal):
    assert (left & right).refusal is refusal


def test_a_refusal_is_raised_with_its_reason():
    with pytest.raises(Refused) as caught:
        TOO_LATE.or_raise()
    assert caught.value.reason is No.TOO_LATE


def test_a_concurrent_change_keeps_both_texts_and_says_neither_in_a_log():
    change = pickle.loads(pickle.dumps(ConcurrentChange(theirs="Sov godt", yours="Sov dårligt")))  # noqa: S301
    assert (change.theirs, change.yours) == ("Sov godt", "Sov dårligt")
    assert "Sov" not in str(change)


def test_a_machine_knows_moves_turns_and_ends():
    assert LAMP.after("off", "switch") == "on"
    assert LAMP.may("on", "drop")
    assert LAMP.may("off", "drop").refusal is MoveRefusal.NOT_FROM_HERE
    assert LAMP.turn_of("on") == "provider"
    assert LAMP.ends == {"broken"}
    assert LAMP.statuses == ("off", "on", "broken")


@pytest.mark.parametrize(("status", "move"), [("off", "drop"), ("broken", "switch"), ("unknown", "switch")])
def test_a_move_from_elsewhere_is_refused_by_name(status, move):
    with pytest.raises(NotPossible, match=f"lamp: no move '{move}' from '{status}'") as caught:
        LAMP.after(status, move)
    assert caught.value.reason is MoveRefusal.NOT_FROM_HERE
    assert isinstance(caught.value, Refused)


@pytest.mark.parametrize(
    ("turn", "moves", "message"),
    [
        ({"off": "citizen"}, {"off": {"switch": "on"}}, "nobody's turn in on"),
        ({"on": "citizen"}, {}, "nobody's turn in off"),
        ({"off": "citizen", "lost": "citizen"}, {}, "no way to lost"),
        ({"off": "a", "b": "a", "c": "a"}, {"b": {"go": "c"}, "c": {"go": "b"}}, "no way to b, c"),
    ],
)
def test_a_bad_table_fails_at_once(turn, moves, message):
    with pytest.raises(BadMachine, match=message):
        Machine(name="bad", start="off", turn=turn, moves=moves)


def test_a_machine_cannot_be_changed_afterwards():
    with pytest.raises(TypeError):
        LAMP.moves["off"]["explode"] = "on"


class Light(str, enum.Enum):  # noqa: UP042 (str() must not show its name)
    OFF = "off"
    ON = "on"


def test_the_diagram_shows_values_also_of_enum_members():
    machine = Machine("m", Light.OFF, {Light.OFF: "citizen", Light.ON: "nobody"}, {Light.OFF: {"switch": Light.ON}})
    assert machine.after("off", "switch") is Light.ON
    assert machine.mermaid() == (
        "stateDiagram-v2\n"
        "    [*] --> off\n"
        "    off --> on: switch\n"
        "    off: off (citizen)\n"
        "    on: on (nobody)\n"
        "    on --> [*]\n"
    )
