"""T3: every served read of a person is in the access log, and nothing else is.

The count is independent of the log: it searches what was served, HTML, JSON and PDF, for each citizen's own keys and
words as they lie in the database. Nobody has told it which pages are about whom.
"""

import datetime as dt
import html
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from samspil.contexts.access.api import OWN_PURPOSE, AccessLogEntry, Purpose, Side
from samspil.contexts.access.commands import logs
from samspil.contexts.cases import api as cases
from samspil.contexts.cases.models import Case, Referral
from samspil.contexts.citizens.models import Citizen
from samspil.contexts.feedback.models import MeetingFeedback
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import api as meetings
from samspil.contexts.orders import api as orders
from samspil.contexts.orders.models import StatusPart
from samspil.web.shell import middleware
from tests.addresses import everything_about_karla, patterns
from tests.cast import FJORDBY, NOW, TODAY, Cast
from tests.pdf_text import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

READERS = ("karla", "ida", "mette", "vita", "lene", "jonas", "uffe", "otto", "otto_provider")
SHOWN = {200, 409, 413, 422}
WAYS: dict[str, Callable[[Client, str], Any]] = {
    "GET": lambda client, address: client.get(address),
    "fragment": lambda client, address: client.get(address, headers={"HX-Request": "true"}),
    "POST": lambda client, address: client.post(address),
}
ADDRESSES = sorted((name, route, parameters) for name, route, parameters, is_public in patterns() if not is_public)


@dataclass(slots=True)
class Served:
    """One answer: who can be read in it, and who is in the log for it."""

    name: str
    reader: str
    shown: set[UUID]
    logged: Counter[UUID]
    purposes: dict[UUID, str | None]
    opened: UUID | None

    def wrong(self) -> str:
        missing, extra = self.shown - self.logged.keys(), self.logged.keys() - self.shown
        said = [f"missing {len(missing)}"] * bool(missing) + [f"extra {len(extra)}"] * bool(extra)
        said += ["twice"] * any(times > 1 for times in self.logged.values())
        said += self.misread()
        return f"{self.name} as {self.reader}: {', '.join(said)}" if said else ""

    def misread(self) -> list[str]:
        """The purposes written that are not those for which somebody like this opens a page like this."""
        return [f"for {wrote}" for one, wrote in self.purposes.items() if wrote != self._what_for(one)]

    def _what_for(self, citizen: UUID) -> str:
        """Said without the table of capabilities."""
        for begins, purpose in OTHERWISE.items():
            if self.name.split(" ")[1].startswith(begins):
                return purpose
        return "emergency" if citizen == self.opened else COMES_FOR[self.reader]


COMES_FOR = {
    "karla": "own", "ida": "support", "mette": "casework", "vita": "casework", "lene": "casework", "otto": "casework",
    "jonas": "delivery", "uffe": "delivery", "otto_provider": "delivery",
}  # fmt: skip
OTHERWISE = {
    "leadership:log_review": "control",
    "leadership:review_item": "control",
    "emergencies:": "control",
    "authority:sight": "protection",
    "authority:emergency": "emergency",
}
"""Pages that are for something else than their readers come for, by how their names begin."""


class Walk(Protocol):
    def __call__(
        self, readers: tuple[str, ...] = ..., *, ways: tuple[str, ...] = ..., opened: UUID | None = ...
    ) -> list[Served]: ...


def _neighbours(cast: Cast) -> None:
    """Bertil, whom Mette and Jonas help too, and Solveig in the south, who is Vita's."""
    mette, vita = cast.actor("mette"), cast.actor("vita")
    for first, last, district, coordinator, index in (
        ("Bertil", "Kvist", cast.north, cast.mette, b"b"),
        ("Solveig", "Thorup", cast.south, cast.vita, b"s"),
    ):
        citizen = Citizen.objects.create(
            municipality=FJORDBY, district=district, first_name=first, last_name=last, born_on=dt.date(1950, 1, 1),
            cpr_sealed=b"x", cpr_index=index, address=f"{last}vej 7", postcode="9998", town="Fjordby",
        )  # fmt: skip
        case = Case.objects.create(
            municipality=FJORDBY, number=f"26-{first}", citizen=citizen, district=district, coordinator=coordinator,
            area="adult_disability", status="running", status_since=NOW, opened_on=TODAY,
        )  # fmt: skip
        actor = mette if coordinator == cast.mette else vita
        cases.add_task(
            actor=actor, at=NOW, case_id=case.id, text=f"Ring til {first}", owner_name=actor.name,
            owner_id=actor.user_id, owner_side="authority", due_on=TODAY,
        )  # fmt: skip
        wish = f"{first} vil gerne ud"
        goals.set_purpose(actor=actor, at=NOW, case_id=case.id, citizen_words=wish, wording=wish)
        goal = goals.add_goal(
            actor=actor,
            at=NOW,
            case_id=case.id,
            title=f"{first} ud af huset",
            citizen_words=wish,
            wording=wish,
            if_reached=f"{first} bliver glad",
            if_not_reached=f"{first} prøver igen",
            pictogram="goal",
            follow_up_on=TODAY + dt.timedelta(days=90),
        )
        order = orders.send_order(
            actor=actor, at=NOW, case_id=case.id, unit_id=cast.team.id, what=f"Hjælp til {first}", how_often="Om ugen",
            starts_on=TODAY, goal_ids=[goal], follow_up_on=TODAY + dt.timedelta(days=90),
        )  # fmt: skip
        meetings.call_meeting(
            actor=actor, at=NOW, case_id=case.id, kind="conversation", starts_at=NOW + dt.timedelta(days=2),
            ends_at=NOW + dt.timedelta(days=2, hours=1), place="Hjemme", form="table", purpose=f"{first} vil tale.",
            agenda=[], layout_slug="three_columns", attendees=[meetings.Guest(f"{first} {last}", "citizen", "", None)],
        )  # fmt: skip
        if coordinator == cast.mette:
            orders.accept_order(actor=cast.actor("jonas"), at=NOW, order_id=order, contact_id=cast.jonas.id)


def _more_of_karla(cast: Cast, note_id: UUID) -> None:
    """A first contact that became her case, two plans to compare, and a status note that has been sent."""
    Referral.objects.create(
        municipality=FJORDBY, district=cast.north, source="self", area="adult_disability", first_name="Karla",
        last_name="Holm", about="Karla ringede om bussen.", received_at=NOW, status="opened", case_id=cast.case_id,
    )  # fmt: skip
    for _ in range(2):
        goals.make_plan_version(actor=cast.actor("mette"), at=NOW, case_id=cast.case_id)
    jonas = cast.actor("jonas")
    for part in StatusPart.objects.filter(status_note_id=note_id):
        orders.save_part(actor=jonas, at=NOW, part_id=part.id, version=part.version, unchanged=True)
    orders.send_status_note(
        actor=jonas, at=NOW, status_note_id=note_id, recommendation="continue", words="Karla er glad for at øve sig."
    )


def _marks() -> dict[UUID, set[str]]:
    """Of each citizen the keys and words that no other has: rows of the citizen or the case, by their privacy class."""
    of_case = dict(Case.objects.values_list("id", "citizen_id"))
    found: dict[UUID, set[str]] = {}
    for model in apps.get_models():
        classes = getattr(model, "PersonalData", None)
        if classes is None or model._meta.app_label == "access":
            continue
        names = {field.name for field in model._meta.concrete_fields}
        for row in model._default_manager.all():
            citizen = (
                row.pk if model is Citizen else getattr(row, "citizen_id", None) or of_case.get(_case_of(row, names))
            )
            if citizen:
                found.setdefault(citizen, set()).update(_words(row, classes))
    times = Counter(word for words in found.values() for word in words)
    return {citizen: {word for word in words if times[word] == 1} for citizen, words in found.items()}


def _case_of(row: models.Model, names: set[str]) -> UUID | None:
    return row.pk if isinstance(row, Case) else getattr(row, "case_id", None) if names & {"case", "case_id"} else None


def _words(row: models.Model, classes: type) -> set[str]:
    """Keys, names and sentences; one word alone may be a code."""
    fields = {*getattr(classes, "free_text", ()), *getattr(classes, "sensitive", ())}
    texts = {value for name in fields if isinstance(value := getattr(row, name, None), str) and " " in value}
    named = {row.first_name, f"{row.first_name} {row.last_name}"} if isinstance(row, Citizen) else set()
    return {str(row.pk), *texts, *named}


def _body(response: Any) -> str:
    """What can be read in an answer; nobody reads a redirect."""
    if response.streaming or response.status_code not in SHOWN:
        return ""
    if response.headers.get("Content-Type", "").startswith("application/pdf"):
        return text_of(response.content)
    return html.unescape(response.content.decode())


def _of(reader: str, marks: dict[UUID, set[str]], cast: Cast) -> dict[UUID, set[str]]:
    """What tells this reader's pages apart. In the frame of the citizen's own room her name says who is logged in, and
    her caseworker's name and telephone who answers for the case."""
    if reader not in {"karla", "ida"}:
        return marks
    own = marks[cast.citizen_id] | {cast.mette.name, cast.mette.phone_hours}
    return marks | {cast.citizen_id: own - {"Karla", "Karla Holm"} if reader == "karla" else own}


@pytest.fixture
def walk(client_for: Any, cast: Cast) -> Walk:
    made, arguments = everything_about_karla(cast)
    _neighbours(cast)
    _more_of_karla(cast, made.status_note)
    marks = _marks()
    assert all(len(words) > 5 for words in marks.values())
    assert len(marks) == 3
    assert MeetingFeedback.objects.exists()

    def walked(
        readers: tuple[str, ...] = READERS, *, ways: tuple[str, ...] = ("GET",), opened: UUID | None = None
    ) -> list[Served]:
        served = []
        for reader in readers:
            client: Client = client_for(reader)
            of_reader = _of(reader, marks, cast)
            for name, route, parameters in ADDRESSES:
                address = reverse(name, kwargs=arguments(route, parameters))
                for way in ways:
                    with transaction.atomic():
                        before = set(AccessLogEntry.objects.values_list("id", flat=True))
                        body = _body(WAYS[way](client, address))
                        shown = {citizen for citizen, words in of_reader.items() if any(word in body for word in words)}
                        rows = AccessLogEntry.objects.exclude(id__in=before)
                        logged = Counter(row.citizen_id for row in rows)
                        purposes = {row.citizen_id: row.purpose for row in rows}
                        served.append(Served(f"{way} {name}", reader, shown, logged, purposes, opened))
                        transaction.set_rollback(True)
        return served

    return walked


def _assert_complete(served: list[Served]) -> int:
    wrong = [said for one in served if (said := one.wrong())]
    assert not wrong, "\n".join(wrong)
    return sum(len(one.shown) for one in served)


def test_every_served_read_is_in_the_log_and_no_other(walk: Walk) -> None:
    assert _assert_complete(walk()) > 180
    assert _assert_complete(walk(("mette", "jonas"), ways=("fragment", "POST"))) > 90


def test_a_look_in_an_emergency_is_for_that_and_others_are_not(walk: Walk, cast: Cast) -> None:
    """Whoever opened Karla's case in an emergency looks at her for that, and at Solveig for casework as always."""
    words = "Karla ligger på gaden og kan ikke tale"
    cases.open_in_emergency(
        actor=cast.actor("vita"), at=NOW, case_id=cast.case_id, ground="life_and_health", words=words
    )
    served = walk(("vita",), opened=cast.citizen_id)
    assert [f"{one.name}: {said}" for one in served if (said := one.misread())] == []
    assert {purpose for one in served for purpose in one.purposes.values()} == {"emergency", "casework"}
    assert [one.name for one in served if "authority:sight" in one.name and (one.shown or one.logged)] == []


@pytest.mark.battery
def test_every_way_of_reading_is_in_the_log(walk: Walk) -> None:
    served = walk(ways=tuple(WAYS))
    reads = _assert_complete(served)
    print(f"T3: {len(served):,} answers, {reads} reads of a person, {reads} in the log, 0 missing, 0 extra")  # noqa: T201


def test_a_page_that_forgets_to_look_is_caught(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: one page's looks are lost, and those who opened it are named."""
    look = middleware._look

    def forgetful(looks: Any, *, what: str, **rest: Any) -> None:
        if what != "timeline":
            look(looks, what=what, **rest)

    monkeypatch.setattr(middleware, "_look", forgetful)
    assert [said for one in walk(("mette", "jonas")) if (said := one.wrong())] == [
        "GET authority:timeline as mette: missing 1"
    ]


def test_a_look_that_does_not_say_what_for_is_caught(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The purpose is left out where looks are written: every page that logs one is named."""
    left_out = logs._LOOKED.replace("coalesce(purpose, %s)", "nullif(coalesce(purpose, %s), 'casework')")
    monkeypatch.setattr(logs, "_LOOKED", left_out)
    said = [said for one in walk(("mette",)) if (said := one.wrong())]
    assert "GET authority:case as mette: for None" in said
    assert len(said) > 20


def test_a_look_for_the_wrong_thing_is_caught(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative is written as if she were the citizen."""
    monkeypatch.setitem(OWN_PURPOSE, Side.RELATIVE, Purpose.OWN)
    assert "GET citizen:home as ida: for own" in [said for one in walk(("ida",)) if (said := one.wrong())]


def test_a_look_at_nobody_is_caught(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other control: when a redirect counts as a look, the log says more than was read."""
    monkeypatch.setattr(middleware, "SHOWS", middleware.SHOWS | {302})
    assert "GET board:closing as mette: extra 1" in [said for one in walk(("mette",)) if (said := one.wrong())]
