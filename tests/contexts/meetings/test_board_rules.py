"""What a change does to a board, without a database: refusals by table, many writers by simulation."""

import datetime as dt
import random
from uuid import UUID, uuid4

import pytest

from samspil.contexts.meetings.board_rules import MOST_CARDS, Board, Op, OpKind, State, put
from samspil.contexts.meetings.enums import MeetingRefusal
from samspil.contexts.meetings.queries.board import view_of
from samspil.kernel.danish_dates import DateProblem
from samspil.web.board import wire
from tests.device import Device, Lost

TODAY = dt.date(2026, 11, 24)
COLUMNS = {"works": "works", "hard": "worry", "next": "agreement"}


@pytest.fixture
def board() -> Board:
    return Board(columns=COLUMNS, has_scale=True, seq=0, cards={})


def do(board: Board, kind: str, card: UUID | None = None, **fields: object) -> State | object:
    """The change's state, or the reason for its refusal."""
    op = Op(id=uuid4(), kind=OpKind(kind), card=card, **fields)  # type: ignore[arg-type]
    outcome = put(board, op, author="Ida Holm", today=TODAY)
    return outcome.reason or outcome.state


def add(board: Board, text: str, column: str = "works", **fields: object) -> UUID:
    card = uuid4()
    assert do(board, "add", card, text=text, column=column, **fields) == State.DONE
    return card


def texts(board: Board, column: str) -> list[str]:
    return [card.text for card in board.column(column)]


def test_a_new_card_gets_its_columns_kind(board: Board) -> None:
    card = board.cards[add(board, "Larm om natten", "hard")]
    assert (card.kind, card.version, card.author_name) == ("worry", 1, "Ida Holm")


def test_the_same_change_counts_once(board: Board) -> None:
    op = Op(id=uuid4(), kind=OpKind.ADD, card=uuid4(), text="Koret", column="works")
    first = put(board, op, author="Ida", today=TODAY)
    again = put(board, op, author="Ida", today=TODAY)
    assert (first.state, again.state, again.card) == (State.DONE, State.AGAIN, op.card)
    assert len(board.cards) == board.seq == 1


def test_order_within_a_column(board: Board) -> None:
    first, second = add(board, "1"), add(board, "2")
    add(board, "0", on_top=True)
    add(board, "1½", after=first)
    assert texts(board, "works") == ["0", "1", "1½", "2"]
    do(board, "move", second, column="works", on_top=True)
    assert texts(board, "works") == ["2", "0", "1", "1½"]
    do(board, "move", first, column="hard")
    assert (texts(board, "works"), texts(board, "hard")) == (["2", "0", "1½"], ["1"])


def test_a_thousand_cards_in_the_same_place_keep_their_order(board: Board) -> None:
    top, moved = add(board, "top"), add(board, "moved")
    add(board, "bottom")
    for _ in range(1000):
        do(board, "move", moved, column="works", after=top)
        do(board, "move", top, column="works", after=moved)
    assert texts(board, "works") == ["moved", "top", "bottom"]
    places = [card.position for card in board.column("works")]
    assert places == sorted(set(places))


def test_agreement_reads_the_day_as_it_was_said(board: Board) -> None:
    card = add(board, "Jonas kører med", "next")
    assert do(board, "agree", card, who=" Jonas  Lykke ", when="torsdag") == State.DONE
    assert (board.cards[card].who, board.cards[card].due_on) == ("Jonas Lykke", dt.date(2026, 11, 26))
    yesterday = TODAY - dt.timedelta(days=1)
    assert do(board, "agree", card, when="i morgen", said_on=yesterday) == State.DONE
    assert board.cards[card].due_on == TODAY
    assert board.cards[card].who == "Jonas Lykke"
    assert do(board, "agree", card, when="") == State.DONE
    assert board.cards[card].due_on is None


@pytest.mark.parametrize(
    ("kind", "fields", "reason"),
    [
        ("agree", {"when": "næste uge"}, DateProblem.NOT_ONE_DAY),
        ("agree", {"when": "31. februar"}, DateProblem.IMPOSSIBLE),
        ("agree", {"when": "mandag den 26."}, DateProblem.OTHER_WEEKDAY),
        ("agree", {"when": "engang"}, DateProblem.NOT_UNDERSTOOD),
        ("agree", {"when": "i går"}, MeetingRefusal.IN_THE_PAST),
        ("agree", {"who": "x" * 121}, MeetingRefusal.TEXT_TOO_LONG),
        ("text", {"text": "x" * 1001}, MeetingRefusal.TEXT_TOO_LONG),
        ("kind", {"card_kind": "joke"}, MeetingRefusal.NOT_UNDERSTOOD),
        ("kind", {"card_kind": "goal", "goal": uuid4()}, MeetingRefusal.NOT_UNDERSTOOD),
        ("move", {"column": "nowhere"}, MeetingRefusal.NOT_UNDERSTOOD),
        ("scale", {"value": 11}, MeetingRefusal.NOT_UNDERSTOOD),
        ("scale", {}, MeetingRefusal.NOT_UNDERSTOOD),
    ],
)
def test_refusals_leave_the_board_as_it_was(board: Board, kind: str, fields: dict[str, object], reason: object) -> None:
    card = add(board, "Jonas kører med", "next")
    before = (board.seq, view_of(board.cards[card]), len(board.steps))
    assert do(board, kind, card, **fields) == reason
    assert (board.seq, view_of(board.cards[card]), len(board.steps)) == before


def test_unknown_and_foreign_cards_are_refused(board: Board) -> None:
    theirs = uuid4()
    board.foreign = frozenset({theirs})
    assert do(board, "text", theirs, text="x") == MeetingRefusal.CARD_GONE
    assert do(board, "add", theirs, text="x", column="works") == MeetingRefusal.NOT_UNDERSTOOD
    assert do(board, "add", add(board, "mine"), text="x", column="works") == MeetingRefusal.CARD_ALREADY_THERE


def test_a_full_board_says_so(board: Board) -> None:
    for n in range(MOST_CARDS):
        add(board, str(n))
    assert do(board, "add", uuid4(), text="one more", column="works") == MeetingRefusal.BOARD_FULL


def test_control_characters_and_word_marks_are_cleaned(board: Board) -> None:
    card = add(board, "\x00Koret\x07 er\u200b bedst\r\n")
    assert board.cards[card].text == "Koret er bedst"


def test_words_for_a_removed_card_bring_it_back(board: Board) -> None:
    card = add(board, "Koret")
    do(board, "remove", card)
    assert texts(board, "works") == []
    do(board, "text", card, text="Koret om torsdagen", base_version=1)
    assert texts(board, "works") == ["Koret om torsdagen"]


def test_two_who_end_the_same_sentence_get_a_card_each(board: Board) -> None:
    card = add(board, "Vi øver")
    assert do(board, "text", card, text="Vi øver søndag", base_version=1) == State.DONE
    assert do(board, "text", card, text="Vi øver med Ida", base_version=1) == State.APART
    assert texts(board, "works") == ["Vi øver søndag", "Vi øver med Ida"]
    assert board.column("works")[1].apart_from == card


def test_writing_on_builds_on_ones_own_words_even_when_they_were_merged(board: Board) -> None:
    card = add(board, "Vi øver ruten")
    do(board, "text", card, text="Ida og Karla øver ruten", base_version=1)
    mine = Op(id=uuid4(), kind=OpKind.TEXT, card=card, text="Vi øver ruten på søn", base_version=1)
    assert put(board, mine, author="Karla", today=TODAY).state == State.DONE
    do(board, "text", card, text="Vi øver ruten på søndag", base_op=mine.id)
    assert texts(board, "works") == ["Ida og Karla øver ruten på søndag"]


# --- many writers ---


class Server:
    """A board behind a line that breaks: a third of the exchanges are lost, half of those after they arrived."""

    def __init__(self, chance: random.Random, *, breaks: float = 0.3) -> None:
        self.board = Board(columns=COLUMNS, has_scale=True, seq=0, cards={})
        self.chance = chance
        self.breaks = breaks

    def exchange(self, ops: list[dict[str, object]], seq: int) -> dict[str, object]:
        fate = self.chance.random()
        if fate < self.breaks / 2:
            raise Lost
        outcomes = [put(self.board, wire.op_from(op), author="Ida", today=TODAY) for op in ops]
        if fate < self.breaks:
            raise Lost
        newer = [wire.card_json(view_of(card)) for card in self.board.cards.values() if card.seq > seq]
        return {"seq": self.board.seq, "cards": newer, "results": [wire.result_json(o) for o in outcomes]}


def _act(device: Device, chance: random.Random, words: list[str], typed: set[str]) -> None:
    """One random deed: write (a word nobody else has), move, remove, bring back, agree, answer the scale."""
    cards = [card for card, state in device.cards.items() if not state["removed"]]
    deed = chance.choices(["add", "type", "move", "remove", "restore", "kind", "agree"], [2, 9, 3, 1, 1, 1, 1])[0]
    if deed == "add" or not cards:
        word = words.pop()
        device.add(chance.choice(list(COLUMNS)), word)
        typed.add(word)
    elif deed == "type":
        card = chance.choice(cards)
        word = words.pop()
        said = device.text(card).split()
        said.insert(chance.randint(0, len(said)), word)
        device.type(card, " ".join(said))
        typed.add(word)
    elif deed == "move":
        device.do("move", chance.choice(cards), column=chance.choice(list(COLUMNS)), after=chance.choice(cards))
    elif deed == "kind":
        device.do("kind", chance.choice(cards), card_kind=chance.choice(["wish", "worry", "citizen_words"]))
    elif deed == "agree":
        device.do("agree", chance.choice(cards), who=chance.choice(["Ida", "Jonas"]), when="torsdag")
    else:
        device.do(deed, chance.choice(cards))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_three_writers_on_a_bad_line_end_with_the_same_board_and_every_word(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    server = Server(chance)
    devices = [Device(server.exchange) for _ in range(3)]
    words = [f"ord{n}" for n in range(2000)]
    typed: set[str] = set()
    for _ in range(700):
        device = chance.choice(devices)
        _act(device, chance, words, typed)
        if chance.random() < 0.5:
            try:
                device.sync()
            except Lost:
                continue
    _come_to_rest(server, devices)
    boards = [device.shown() for device in devices]
    assert boards[0] == boards[1] == boards[2]
    assert len(boards[0]) > 20
    assert not any(device.waiting or device.sent or device.local for device in devices)
    standing = {word for card in server.board.cards.values() for word in card.text.split()}
    assert typed <= standing, typed - standing
    assert len(typed) > 300
    assert any(card.apart_from for card in server.board.cards.values())
    assert any("text" in change for _, _, change in server.board.steps if change["kind"] == "text")


def _come_to_rest(server: Server, devices: list[Device]) -> None:
    server.breaks = 0
    for _ in range(3):
        for device in devices:
            device.sync()


def test_a_device_that_was_away_for_ten_minutes_catches_up_and_its_words_arrive() -> None:
    chance = random.Random(7)  # noqa: S311
    server = Server(chance, breaks=0)
    ida, jonas, karla = (Device(server.exchange) for _ in range(3))
    shared = karla.add("works", "Koret")
    for device in (karla, ida, jonas):
        device.sync()
    server.breaks = 2  # nothing gets through for Ida
    ida.type(shared, "Koret er det bedste")
    mine = ida.add("hard", "Larm")
    for n in range(40):
        with pytest.raises(Lost):
            ida.sync()
        ida.type(mine, "Larm om natten" + "." * (n % 3))
    server.breaks = 0
    for n in range(200):
        other = (jonas, karla)[n % 2]
        other.add("next", f"andet{n}")
        other.sync()
    jonas.type(shared, "Altid Koret")
    jonas.sync()
    ida.sync()
    ida.sync()
    assert ida.text(shared) == "Altid Koret er det bedste"
    assert server.board.cards[UUID(mine)].text == "Larm om natten"
    for device in (jonas, karla):
        device.sync()
    assert ida.shown() == jonas.shown() == karla.shown()
