"""Changes in and out as the script sends and hears them: JSON, the stream, many devices over HTTP."""

import json
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.models import BoardStep, Card, Meeting
from samspil.web.board import bells, stream
from samspil.web.board.ticket import ticket_for
from samspil.web.shell import logins
from tests.boards import NOW, open_board, put, write
from tests.boards import op as change
from tests.cast import Cast
from tests.device import Device, Lost

ClientFor = Callable[[str], Client]
SOME_OP = "01a2ce53-0000-4000-8000-00000000000a"


def url(name: str, meeting_id: UUID) -> str:
    return reverse(f"board:{name}", args=[meeting_id])


def ticket(cast: Cast, who: str, meeting_id: UUID) -> str:
    return ticket_for(cast.actor(who), meeting_id)


def post(client: Client, cast: Cast, who: str, meeting_id: UUID, body: object):  # type: ignore[no-untyped-def]
    return client.post(
        f"{url('ops', meeting_id)}?billet={ticket(cast, who, meeting_id)}",
        body if isinstance(body, str | bytes) else json.dumps(body),
        content_type="application/json",
    )


@pytest.mark.django_db
class TestOps:
    def test_answers_with_what_is_new_and_what_became_of_each(self, cast: Cast, client_for: ClientFor) -> None:
        meeting_id = open_board(cast)
        write(cast, meeting_id, "ida", "works", "Koret")
        card = str(uuid4())
        ops = [
            {"op": str(uuid4()), "kind": "add", "card": card, "column": "next", "text": "Vi øver", "who": "Ida"},
            {"op": str(uuid4()), "kind": "agree", "card": card, "when": "31. februar"},
            {"op": str(uuid4()), "kind": "agree", "card": card, "when": "torsdag", "said_on": "2026-11-24"},
        ]
        response = post(client_for("karla"), cast, "karla", meeting_id, {"seq": 0, "ops": ops})
        answer = response.json()
        assert [result["state"] for result in answer["results"]] == ["done", "refused", "done"]
        assert answer["results"][1]["problem"] == "Den dato findes ikke. Skriv fx 26.11."
        assert answer["seq"] == 3
        assert [c["text"] for c in answer["cards"]] == ["Koret", "Vi øver"]
        assert answer["cards"][1]["due_words"] == "torsdag den 26. november"
        assert answer["cards"][1]["author"] == "Karla"

    @pytest.mark.parametrize(
        "body",
        [
            "", "x", "[]", "{}", '{"ops": 1}', '{"ops": [1]}', '{"ops": [{}]}', '{"ops": [{"kind": "add"}]}',
            '{"ops": [{"kind": "add", "op": "x"}]}', '{"seq": -1, "ops": []}', '{"seq": "1", "ops": []}',
            '{"seq": true, "ops": []}', "[" * 100_000, b"\xff\xfe",
            json.dumps({"ops": [{"kind": "text", "op": SOME_OP, "card": 7}]}),
            json.dumps({"ops": [{"kind": "text", "op": SOME_OP, "text": ["x"]}]}),
            json.dumps({"ops": [{"kind": "text", "op": SOME_OP, "base_version": 10**30}]}),
            json.dumps({"ops": [{"kind": "agree", "op": SOME_OP, "said_on": "i går"}]}),
            json.dumps({"ops": [{"kind": "add", "op": SOME_OP}] * 201}),
        ],
    )  # fmt: skip
    def test_nonsense_is_refused_in_words(self, cast: Cast, client_for: ClientFor, body: str) -> None:
        meeting_id = open_board(cast)
        response = post(client_for("karla"), cast, "karla", meeting_id, body)
        assert response.status_code == 400
        assert response.json()["problem"].startswith("Det forstod vi ikke.")
        assert not BoardStep.objects.exists()

    @pytest.mark.parametrize(
        "fields",
        [
            {"kind": "add", "column": "works", "text": "\x00\ud800 hej"},
            {"kind": "add", "column": "\x00", "text": "hej"},
            {"kind": "add", "column": "works", "text": "x" * 100_000},
            {"kind": "agree", "who": "\x00", "when": "\x00" * 500},
            {"kind": "scale", "value": 2**31 - 1},
            {"kind": "move"},
            {"kind": "text"},
        ],
    )
    def test_odd_changes_are_no_crash(self, cast: Cast, client_for: ClientFor, fields: dict[str, Any]) -> None:
        meeting_id = open_board(cast)
        body = {"seq": 0, "ops": [{"op": str(uuid4()), "card": str(uuid4()), **fields}]}
        assert post(client_for("karla"), cast, "karla", meeting_id, body).status_code == 200

    def test_some_megabytes_are_too_much_and_no_crash(self, cast: Cast, client_for: ClientFor) -> None:
        meeting_id = open_board(cast)
        body = {"ops": [{"op": str(uuid4()), "kind": "text", "text": "x" * 4_500_000}]}
        assert post(client_for("karla"), cast, "karla", meeting_id, body).status_code == 413

    def test_a_closed_board_says_so(self, cast: Cast, client_for: ClientFor) -> None:
        meeting_id = open_board(cast)
        meetings.close_meeting(actor=cast.actor("mette"), at=NOW, meeting_id=meeting_id)
        response = post(client_for("karla"), cast, "karla", meeting_id, {"seq": 0, "ops": []})
        assert response.status_code == 409
        assert response.json()["status"] == "closed"
        assert response.json()["problem"] == "Mødet er afsluttet. Ring til rådgiveren, hvis noget mangler."

    def test_forged_posts_are_refused(self, cast: Cast, client_for: ClientFor) -> None:
        meeting_id = open_board(cast)
        client = Client(enforce_csrf_checks=True)
        client.cookies = client_for("karla").cookies
        assert post(client, cast, "karla", meeting_id, {"seq": 0, "ops": []}).status_code == 403

    def test_only_the_page_gives_the_ticket(self, cast: Cast, client_for: ClientFor) -> None:
        """Cards are only given out to those whose look at the page stands in the log."""
        first, second = open_board(cast), open_board(cast)
        karla = client_for("karla")
        for name in ("changes", "stream"):
            assert karla.get(url(name, first)).status_code == 403
            for wrong in ("x", ticket(cast, "ida", first), ticket(cast, "karla", second)):
                assert karla.get(url(name, first), {"billet": wrong}).status_code == 403
        assert post(karla, cast, "ida", first, {"seq": 0, "ops": []}).status_code == 403
        assert not AccessLogEntry.objects.exists()

    def test_asking_without_a_stream(self, cast: Cast, client_for: ClientFor) -> None:
        meeting_id = open_board(cast)
        write(cast, meeting_id, "ida", "works", "Koret")
        write(cast, meeting_id, "ida", "works", "Mad")
        karla, billet = client_for("karla"), ticket(cast, "karla", meeting_id)
        for after, expected in [("", ["Koret", "Mad"]), ("1", ["Mad"]), ("2", []), ("x", ["Koret", "Mad"])]:
            answer = karla.get(url("changes", meeting_id), {"billet": billet, "efter": after}).json()
            assert [card["text"] for card in answer["cards"]] == expected

    def test_full_house_sends_the_device_to_ask(self, cast: Cast, client_for: ClientFor, settings: Any) -> None:
        settings.BOARD_STREAMS = 0
        meeting_id = open_board(cast)
        billet = ticket(cast, "karla", meeting_id)
        assert client_for("karla").get(url("stream", meeting_id), {"billet": billet}).status_code == 503


@pytest.fixture
def tower(transactional_db: None) -> Iterator[bells.Tower]:
    yield bells.TOWER
    bells.TOWER.stop()


def listen(
    cast: Cast,
    who: str,
    meeting_id: UUID,
    after: int = 0,
    lasts: float = 20,
    is_in: Callable[[], bool] = lambda: True,
) -> "queue.Queue[tuple[float, Any]]":
    """A stream read in a thread of its own: each event with the moment it came; None at the end."""
    heard: queue.Queue[tuple[float, Any]] = queue.Queue()
    actor = cast.actor(who)

    def run() -> None:
        for text in stream.events(actor, meeting_id, after, is_in=is_in, lasts=lasts):
            for line in text.splitlines():
                if line.startswith("data: {"):
                    heard.put((time.monotonic(), json.loads(line.removeprefix("data: "))))
        heard.put((time.monotonic(), None))
        connections.close_all()

    threading.Thread(target=run, daemon=True).start()
    return heard


@pytest.mark.real_time
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestStream:
    def test_a_word_is_on_the_other_device_within_a_second(self, cast: Cast, tower: bells.Tower) -> None:
        meeting_id = open_board(cast)
        devices = [listen(cast, who, meeting_id) for who in ("karla", "ida", "jonas")]
        assert tower.is_listening.wait(5)
        waits = []
        for n in range(5):
            began = time.monotonic()
            write(cast, meeting_id, "mette", "works", f"ord {n}")
            for device in devices:
                at, answer = device.get(timeout=5)
                assert [card["text"] for card in answer["cards"]] == [f"ord {n}"]
                waits.append(at - began)
        assert max(waits) < 1, waits

    def test_catches_up_first_and_ends_so_that_access_is_asked_again(self, cast: Cast, tower: bells.Tower) -> None:
        meeting_id = open_board(cast)
        write(cast, meeting_id, "mette", "works", "før")
        write(cast, meeting_id, "mette", "works", "imens")
        device = listen(cast, "karla", meeting_id, after=1, lasts=0.5)
        assert [card["text"] for card in device.get(timeout=5)[1]["cards"]] == ["imens"]
        assert device.get(timeout=5)[1] is None
        assert tower.count() == 0

    def test_a_change_that_is_rolled_back_is_never_heard(self, cast: Cast, tower: bells.Tower) -> None:
        meeting_id = open_board(cast)
        device = listen(cast, "karla", meeting_id)
        assert tower.is_listening.wait(5)
        outcome = put(cast, meeting_id, "ida", change("add", uuid4(), column="nowhere", text="x"))
        assert outcome[0].state == "refused"
        write(cast, meeting_id, "ida", "works", "y")
        assert [card["text"] for card in device.get(timeout=5)[1]["cards"]] == ["y"]

    def test_access_that_ends_ends_the_stream(self, cast: Cast, tower: bells.Tower) -> None:
        meeting_id = open_board(cast)
        device = listen(cast, "jonas", meeting_id)
        assert tower.is_listening.wait(5)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE cases_participation SET runs = daterange('2020-01-01', '2020-02-01')")
        write(cast, meeting_id, "ida", "works", "hemmeligt")
        assert device.get(timeout=5)[1] is None

    def test_a_log_in_that_is_ended_ends_the_stream(
        self, cast: Cast, tower: bells.Tower, client_for: ClientFor
    ) -> None:
        meeting_id = open_board(cast)
        client_for("jonas")
        key = Session.objects.get().session_key
        device = listen(cast, "jonas", meeting_id, is_in=partial(logins.still_holds, key))
        assert tower.is_listening.wait(5)
        write(cast, meeting_id, "ida", "works", "mens han er der")
        assert device.get(timeout=5)[1]["cards"]
        Session.objects.all().delete()
        write(cast, meeting_id, "ida", "works", "hemmeligt")
        assert device.get(timeout=5)[1] is None

    def test_the_listener_comes_back_when_the_database_cut_it_off(self, cast: Cast, tower: bells.Tower) -> None:
        meeting_id = open_board(cast)
        device = listen(cast, "karla", meeting_id)
        assert tower.is_listening.wait(5)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'samspil-board'"
            )
        write(cast, meeting_id, "ida", "works", "imens ingen lyttede")
        assert [card["text"] for card in device.get(timeout=10)[1]["cards"]] == ["imens ingen lyttede"]
        write(cast, meeting_id, "ida", "works", "bagefter")
        assert [card["text"] for card in device.get(timeout=10)[1]["cards"]] == ["bagefter"]

    def test_waiting_holds_no_connection(self, cast: Cast, tower: bells.Tower) -> None:
        meeting_id = open_board(cast)
        before = _connections()
        devices = [listen(cast, "karla", meeting_id) for _ in range(12)]
        assert tower.is_listening.wait(5)
        write(cast, meeting_id, "ida", "works", "alle hører det")
        for device in devices:
            assert device.get(timeout=10)[1]
        time.sleep(0.3)
        assert tower.count() == 12
        assert _connections() - before <= 1 + connection.settings_dict["OPTIONS"]["pool"]["max_size"]

    def test_closing_is_heard(self, cast: Cast, tower: bells.Tower) -> None:
        meeting_id = open_board(cast)
        device = listen(cast, "karla", meeting_id)
        assert tower.is_listening.wait(5)
        meetings.close_meeting(actor=cast.actor("mette"), at=NOW, meeting_id=meeting_id)
        assert device.get(timeout=5)[1]["status"] == "closed"


def _connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


@pytest.mark.real_time
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_three_devices_write_at_once_over_a_bad_line_and_lose_nothing(cast: Cast, client_for: ClientFor) -> None:
    """Three threads over HTTP, each answer lost one time in five; then all see the same and every word stands."""
    meeting_id = open_board(cast)
    seeds = {"karla": 1, "ida": 2, "jonas": 3}
    clients = {who: client_for(who) for who in seeds}
    devices: dict[str, Device] = {}
    typed: set[str] = set()

    def line(who: str, chance: random.Random) -> Callable[[list[dict[str, Any]], int], dict[str, Any]]:
        def exchange(ops: list[dict[str, Any]], seq: int) -> dict[str, Any]:
            fate = chance.random()
            if fate < 0.1:
                raise Lost
            response = post(clients[who], cast, who, meeting_id, {"seq": seq, "ops": ops})
            assert response.status_code == 200, response.content
            if fate < 0.2:
                raise Lost
            return response.json()

        return exchange

    def write_on(who: str) -> None:
        chance = random.Random(seeds[who])  # noqa: S311
        device = devices[who] = Device(line(who, chance))
        shared = str(first)
        while shared not in device.cards:
            _try(device)
        for n in range(60):
            word = f"{who}{n}"
            typed.add(word)
            cards = [card for card, state in device.cards.items() if not state["removed"]]
            card = shared if n % 2 else chance.choice(cards)
            said = device.text(card).split()
            said.insert(chance.randint(0, len(said)), word)
            if len(said) > 20 or n % 7 == 0:
                device.add(chance.choice(["works", "hard", "next"]), word)
            else:
                device.type(card, " ".join(said))
            _try(device)
        connections.close_all()

    first = write(cast, meeting_id, "mette", "works", "Koret")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write_on, seeds))
    for _ in range(60):
        for device in devices.values():
            _try(device)
    boards = [device.shown() for device in devices.values()]
    assert boards[0] == boards[1] == boards[2]
    assert not any(device.waiting or device.sent for device in devices.values())
    standing = {word for text in Card.objects.values_list("text", flat=True) for word in text.split()}
    assert typed <= standing, typed - standing
    seqs = list(BoardStep.objects.filter(meeting_id=meeting_id).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, Meeting.objects.get(id=meeting_id).board_seq + 1))


def _try(device: Device) -> None:
    try:
        device.sync()
    except Lost:
        return
    except psycopg.OperationalError:  # pragma: no cover
        pytest.fail("the database was not there")
