"""T14: fifty CPR numbers and addresses that nobody else has, and where they come out again.

A whole CPR number is in one place: the answer to "Vis CPR-nummer". A protected address is in two: the answer to "Vis
adresse", and the case of a provider whose order told it. Nothing of either is in any other answer, header, address,
title, paper, event, log or table.
"""

import datetime as dt
import io
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

import pytest
import time_machine
import typst
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse

from samspil.config.logs import Discreet
from samspil.contexts.access.api import Event
from samspil.contexts.cases.models import Case, Participation, Referral
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.models import Citizen
from samspil.contexts.orders.models import StatusNote
from samspil.kernel import cpr as cprs
from samspil.kernel.ids import new_id
from samspil.web.authority import views_caseload
from samspil.web.board.ticket import ticket_for
from tests.addresses import Arguments, addresses
from tests.cast import FJORDBY, LONG, NOW, TODAY, Cast
from tests.pdf_text import text_of
from tests.scenarios import FullCase

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NUMBERS = tuple(cprs.fictitious(dt.date(1941, 1, 7) + dt.timedelta(days=397 * n), 11 + n) for n in range(50))
STREETS = tuple(f"Kanarievænget {700 + n}, {n + 1}. sal" for n in range(50))
PEOPLE = ("mette", "lene", "jonas", "karla", "ida", "vita", "uffe", "otto", "otto_provider")
KARLA, REFERRED = 0, 1
WORKS_HERE = {"mette", "lene"}
COORDINATES = {"mette"}


@dataclass
class Found:
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.what} in {self.where}"


def canaries_in(text: str) -> set[str]:
    """As typed, as written, and as a web page escapes them."""
    plain = text.replace("&#x2F;", "/").replace("&nbsp;", " ").replace("\\u00e6", "æ")
    found = {number for number in NUMBERS if number in plain or cprs.formatted(number) in plain}
    return found | {street for street in STREETS if street in plain or quote(street) in plain}


def everything_said(answer: HttpResponse) -> str:
    headers = "\n".join(f"{name}: {unquote(value)}" for name, value in answer.headers.items())
    is_pdf = answer.headers.get("Content-Type", "").startswith("application/pdf")
    body = text_of(answer.content) if is_pdf else answer.content.decode()
    return "\n".join([headers, answer.cookies.output(), body])


@pytest.fixture
def numbered(cast: Cast) -> None:
    """Before anything is written about Karla, so that what is frozen could hold her number."""
    Citizen.objects.filter(id=cast.citizen_id).update(
        cpr_sealed=citizens.seal_cpr(NUMBERS[KARLA], row_id=cast.citizen_id),
        cpr_index=citizens.index_cpr(NUMBERS[KARLA]),
    )


@pytest.fixture
def planted(numbered: None, cast: Cast, everything: tuple[FullCase, Arguments]) -> tuple[FullCase, Arguments]:
    """Everybody's number and address, most of them protected; some of the cases are with Jonas's team too."""
    for n in range(2, 50):
        row_id = new_id()
        citizen = Citizen.objects.create(
            id=row_id,
            municipality=FJORDBY,
            district=cast.north,
            first_name="Kanarie",
            last_name=f"Nummer {n}",
            born_on=cprs.born_on(NUMBERS[n]),
            cpr_sealed=citizens.seal_cpr(NUMBERS[n], row_id=row_id),
            cpr_index=citizens.index_cpr(NUMBERS[n]),
            address=STREETS[n],
            is_address_protected=True,
        )
        case = Case.objects.create(
            municipality=FJORDBY,
            number=f"26-1{n:03}",
            citizen=citizen,
            district=cast.north,
            area="adult_disability",
            status="running",
            status_since=NOW,
            opened_on=TODAY,
            coordinator=cast.mette,
        )
        if n % 3 == 0:
            Participation.objects.create(
                municipality=FJORDBY,
                case=case,
                organisation=cast.bostoette,
                unit=cast.team,
                contact=cast.jonas,
                runs=LONG,
            )
    Citizen.objects.filter(id=cast.citizen_id).update(address=STREETS[KARLA], is_address_protected=True)
    for referral in Referral.objects.all():
        Referral.objects.filter(id=referral.id).update(
            cpr_sealed=citizens.seal_cpr(NUMBERS[REFERRED], row_id=referral.id)
        )
    StatusNote.objects.update(status="sent", sent_at=NOW)
    return everything


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the handler of the settings writes when everything is turned up."""
    (handler,) = (one for one in logging.getLogger().handlers if isinstance(one.formatter, Discreet))
    heard, before = io.StringIO(), logging.getLogger().level
    said_to = handler.setStream(heard)  # type: ignore[attr-defined]
    logging.getLogger().setLevel(logging.DEBUG)
    yield heard
    logging.getLogger().setLevel(before)
    handler.setStream(said_to)  # type: ignore[attr-defined]


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is put on paper: a PDF holds what its template was given, and nothing else."""
    given: list[str] = []
    compile_document = typst.compile

    def listening(*args: Any, **kwargs: Any) -> Any:
        given.append(str(kwargs["sys_inputs"]))
        return compile_document(*args, **kwargs)

    monkeypatch.setattr(typst, "compile", listening)
    return given


def leaks_on_pages(client_for: Any, planted: tuple[FullCase, Arguments], person: str) -> list[Found]:
    """Her order told Jonas's team where Karla lives: without it nobody could visit her."""
    client, found, case_id = client_for(person), [], planted[1]("", ["case_id"])["case_id"]
    for address in addresses(*planted):
        if address.endswith(quote("/strøm/")):
            continue
        answer = client.get(address)
        told = {STREETS[KARLA]} if (person, address) == ("jonas", reverse("provider:case", args=[case_id])) else set()
        found += [Found(address, what) for what in canaries_in(everything_said(answer)) - told]
    return found


def leaks_in_tables() -> list[Found]:
    """Every row as PostgreSQL writes it. Addresses stand where citizens' addresses stand."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select t::text from "{table}" t')  # noqa: S608 - the catalogue's own names
            text = "\n".join(row[0] for row in cursor.fetchall())
            homes = set(STREETS) if table == "citizens_citizen" else set()
            found += [Found(table, what) for what in canaries_in(text) - homes]
    return found


@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_header_address_or_paper_holds_one(
    client_for: Any, planted: Any, paper: list[str], log: io.StringIO, person: str
) -> None:
    found = leaks_on_pages(client_for, planted, person)
    assert not found, "\n".join(map(str, found))
    assert canaries_in("\n".join(paper)) == set()
    assert canaries_in(log.getvalue()) == set()
    assert leaks_in_tables() == []
    assert paper or person not in {"mette", "jonas"}


def test_a_boards_changes_and_a_status_as_fhir_hold_none(client_for: Any, cast: Cast, planted: Any) -> None:
    made = planted[0]
    ticket = ticket_for(cast.actor("jonas"), made.open_board)
    answers = [
        client_for("jonas").get(reverse("board:changes", args=[made.open_board]), {"billet": ticket, "efter": "0"}),
        client_for("jonas").get(reverse("exchange:status_fhir", args=[made.status_note])),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert "json" in answer.headers["Content-Type"]
        assert canaries_in(everything_said(answer)) == set()


def test_only_who_works_here_is_shown_one_and_only_that_one(client_for: Any, cast: Cast, planted: Any) -> None:
    for person in PEOPLE:
        client = client_for(person)
        for view, what in (("authority:show_cpr", NUMBERS[KARLA]), ("authority:show_address", STREETS[KARLA])):
            answer = client.post(reverse(view, args=[cast.case_id]), {"words": "Kørslen skal bestilles"})
            said = canaries_in(everything_said(answer))
            shown_to = WORKS_HERE if view == "authority:show_cpr" else COORDINATES
            assert said == ({what} if person in shown_to else set()), (person, view)
            title = re.search(r"<title>(.*?)</title>", answer.content.decode(), flags=re.DOTALL)
            assert canaries_in(title[1] if title else "") == set()


def searched(client: Any, number: str) -> tuple[list[str], Any]:
    answer = client.post(reverse("authority:search"), {"q": cprs.formatted(number)}, follow=True)
    return [address for address, _ in answer.redirect_chain], answer


def test_all_fifty_are_found_by_number_and_none_comes_into_an_address_or_a_log(
    client_for: Any, planted: Any, log: io.StringIO
) -> None:
    client, arrived = client_for("mette"), 0
    for n, number in enumerate(NUMBERS):
        with time_machine.travel(NOW + dt.timedelta(seconds=3 * n), tick=False):  # no faster than anybody may
            went, answer = searched(client, number)
        arrived += n != REFERRED and bool(went)
        assert canaries_in("\n".join(went) + everything_said(answer)) == set()
    assert arrived == 49
    assert canaries_in(log.getvalue()) == set()
    assert leaks_in_tables() == []


def test_a_referral_with_a_number_keeps_it_sealed(client_for: Any, cast: Cast, planted: Any, log: io.StringIO) -> None:
    client = client_for("mette")
    page = client.get(reverse("authority:new_referral"))
    token = re.search(r'name="form_key" value="([^"]+)"', page.content.decode())
    fields = {
        "source": "hospital",
        "area": "elder_care",
        "district_id": str(cast.north.id),
        "first_name": "Bodil",
        "last_name": "Holm",
        "from_name": "Kirsten Lauge",
        "about": "Vil gerne have hjælp.",
        "citizen_agrees": "yes",
        "cpr": NUMBERS[49],
        "form_key": token[1] if token else str(new_id()),
    }
    answer = client.post(reverse("authority:new_referral"), fields, follow=True)
    assert answer.redirect_chain
    assert canaries_in(everything_said(answer) + str(answer.redirect_chain)) == set()
    wrong = client.post(reverse("authority:new_referral"), fields | {"about": "", "form_key": str(new_id())})
    without_fields = re.sub(r"<input[^>]*>", "", wrong.content.decode())
    assert canaries_in(without_fields) == set()  # what was typed stays in its field, and only there
    assert canaries_in(log.getvalue()) == set()
    assert leaks_in_tables() == []


def breaks_with_number(municipality: int | None, cpr: str) -> UUID | None:
    raise RuntimeError(f"cannot find {cpr}, {cprs.formatted(cpr)} or '{cpr[:6]} {cpr[6:]}'")


def breaks_with_row(municipality: int | None, cpr: str) -> UUID | None:
    Citizen.objects.filter(address__in=STREETS).update(first_name=None)
    return None


BREAKS = pytest.mark.parametrize("broken", [breaks_with_number, breaks_with_row])


@BREAKS
def test_a_traceback_holds_none(
    client_for: Any, planted: Any, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, broken: Callable[..., Any]
) -> None:
    monkeypatch.setattr(views_caseload.citizens, "find_by_cpr", broken)
    client = client_for("mette")
    client.raise_request_exception = False
    answer = client.post(reverse("authority:search"), {"q": NUMBERS[7]})
    assert answer.status_code == 500
    assert canaries_in(everything_said(answer)) <= {NUMBERS[7]}  # what one has typed oneself stays
    assert "Traceback" in log.getvalue()
    assert "Error" in log.getvalue().rstrip().splitlines()[-1]
    assert canaries_in(log.getvalue().replace(" ", "")) == set()
    assert canaries_in(log.getvalue()) == set()


def test_an_ordinary_log_would_have_held_them(
    client_for: Any, planted: Any, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    """The control of the log. PostgreSQL itself repeats no row of a table that has a wall."""
    monkeypatch.setattr(Discreet, "format", logging.Formatter.format)
    monkeypatch.setattr(views_caseload.citizens, "find_by_cpr", breaks_with_number)
    client = client_for("mette")
    client.raise_request_exception = False
    client.post(reverse("authority:search"), {"q": NUMBERS[7]})
    assert canaries_in(log.getvalue())


def test_what_leaks_is_named(client_for: Any, cast: Cast, planted: Any, paper: list[str]) -> None:
    """The control of pages, papers, files' names and tables: the same walk, with numbers where they must not be."""
    assert leaks_in_tables() == []
    Event.objects.create(municipality=FJORDBY, at=NOW, kind="x", user_name="Mette", data={"cpr": NUMBERS[3]})
    assert NUMBERS[3] in {found.what for found in leaks_in_tables()}
    Citizen.objects.filter(id=cast.citizen_id).update(last_name=cprs.formatted(NUMBERS[5]))
    Citizen.objects.filter(last_name="Nummer 9").update(last_name=STREETS[9])
    found = leaks_on_pages(client_for, planted, "jonas")
    assert {one.what for one in found} == {NUMBERS[5], STREETS[9]}
    assert NUMBERS[5] in canaries_in("\n".join(paper))
    assert any(one.where.endswith(".pdf") for one in found), "a PDF's own text is read"
    named = HttpResponse(headers={"Content-Disposition": f'inline; filename="plan-{NUMBERS[8]}.pdf"'})
    assert canaries_in(everything_said(named)) == {NUMBERS[8]}
