"""Random people, cases and what is in them: written to the database, and told to the oracle in plain words."""

import datetime as dt
import itertools
import random
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Conflict, EmergencyAccess, RoleAssignment
from samspil.contexts.cases import models as cases
from samspil.contexts.catalogue.models import Provision
from samspil.contexts.citizens.api import Scope
from samspil.contexts.citizens.models import AccessGrant, Citizen, Relation
from samspil.contexts.deadlines.models import Deadline
from samspil.contexts.decisions.models import Decision, Need
from samspil.contexts.decisions.models import Grant as Granted
from samspil.contexts.disclosure.models import FileRequest, Mask
from samspil.contexts.disputes.models import Dispute
from samspil.contexts.feedback.models import MeetingFeedback
from samspil.contexts.goals.models import Goal, PlanVersion, Purpose
from samspil.contexts.meetings.models import BoardLayout, Card, Meeting, Preparation
from samspil.contexts.notes.models import Note, Segment
from samspil.contexts.orders.models import Order, Question, StatusNote
from samspil.contexts.review.models import ReviewItem
from samspil.kernel.ids import new_id
from tests.cast import FJORDBY, NOW, STRANDBY, TODAY, _user
from tests.sight import oracle

MODELS: dict[str, Any] = {
    "case": cases.Case,
    "deadline": Deadline,
    "dispute": Dispute,
    "file_request": FileRequest,
    "mask": Mask,
    "goal": Goal,
    "purpose": Purpose,
    "plan": PlanVersion,
    "meeting": Meeting,
    "card": Card,
    "preparation": Preparation,
    "helper": cases.Participation,
    "listing": cases.Listing,
    "feedback": MeetingFeedback,
    "need": Need,
    "decision": Decision,
    "granted": Granted,
    "task": cases.Task,
    "note": Note,
    "segment": Segment,
    "order": Order,
    "status_note": StatusNote,
    "question": Question,
    "referral": cases.Referral,
    "drawn_look": ReviewItem,
}
Days = tuple[dt.date, dt.date | None]
AUTHORITY, PROVIDER = ("caseworker", "team_leader"), ("provider_worker", "provider_leader")


@dataclass
class RandomWorld:
    draw: random.Random
    facts: oracle.World
    things: dict[UUID, oracle.Thing] = field(default_factory=dict)
    places: Any = None

    def days(self) -> Days:
        """A period whose ends lie about today, so that the edges are tried."""
        first = TODAY + dt.timedelta(days=self.draw.choice((-90, -90, -90, -1, 0, 1)))
        length = self.draw.choice((None, None, 1, 2, 89, 90, 91, 300))
        return first, None if length is None else first + dt.timedelta(days=length)

    def chance(self, share: float) -> bool:
        return self.draw.random() < share


@dataclass
class Places:
    homes: dict[int, access.Organisation]
    districts: dict[int, list[access.District]]
    providers: list[access.Organisation]
    teams: dict[UUID, list[access.Unit]]


def build(seed: int, *, people: int, number: int) -> RandomWorld:
    world = RandomWorld(random.Random(seed), oracle.World({}, NOW, TODAY))  # noqa: S311
    world.places = _places()
    staff = [_staff(world, index) for index in range(people)]
    layout = BoardLayout.objects.create(slug="tilfældig", name="Tre", columns=[])
    made = [_case(world, index, staff) for index in range(number)]
    for case in made:
        _private_life(world, case, staff)
        _fill(world, case, staff, layout)
    return world


def _places() -> Places:
    organisation, district, unit = (
        access.Organisation.objects.create, access.District.objects.create, access.Unit.objects.create
    )  # fmt: skip
    homes = {
        code: organisation(kind="municipality", name=f"Kommune {code}", municipality_code=code)
        for code in (FJORDBY, STRANDBY)
    }
    providers = [organisation(kind="private", name=f"Udfører {n}") for n in range(3)]
    kind = {True: "authority_team", False: "provider_team"}
    return Places(
        homes=homes,
        districts={code: [district(municipality=code, name=f"{code} {n}") for n in range(2)] for code in homes},
        providers=providers,
        teams={
            one.id: [unit(organisation=one, kind=kind[one in homes.values()], name=f"Hold {n}") for n in range(2)]
            for one in (*homes.values(), *providers)
        },
    )


_names = itertools.count()


def _person(world: RandomWorld) -> oracle.Person:
    name = f"p{next(_names)}"
    user = _user(name, name.title(), "Ansat")
    is_active = not world.chance(0.05)
    if not is_active:
        access.User.objects.filter(id=user.id).update(is_active=False)
    person = oracle.Person(user.id, [], is_active=is_active)
    world.facts.people[user.id] = person
    return person


def _staff(world: RandomWorld, index: int) -> oracle.Person:
    """One or two roles of a kind in one organisation; the second may be in another district or team."""
    draw, places, person = world.draw, world.places, _person(world)
    is_provider = world.chance(0.4)
    kind = draw.choice(PROVIDER if is_provider else AUTHORITY)
    code = FJORDBY if world.chance(0.8) else STRANDBY
    home = draw.choice(places.providers) if is_provider else places.homes[code]
    team = draw.choice([*places.teams[home.id], None])
    for _ in range(draw.choice((1, 1, 2))):
        if is_provider:
            team = draw.choice([*places.teams[home.id], None]) if world.chance(0.5) else team
        district = None if is_provider else draw.choice([*places.districts[code], *places.districts[code], None])
        days = world.days() if world.chance(0.2) else (TODAY - dt.timedelta(days=400), None)
        _assign(person, kind, home, days, district=district, unit=team, clearance=draw.choice((2, 3, 3, 3, 4)))
    return person


def _assign(person: oracle.Person, kind: str, home: access.Organisation, days: Days, **where: Any) -> None:
    RoleAssignment.objects.create(
        user_id=person.key, role=kind, organisation=home, runs=days, **{k: v for k, v in where.items() if v is not None}
    )
    district, unit = where.get("district"), where.get("unit")
    role = oracle.Role(
        kind=kind, organisation=home.id, municipality=home.municipality_code, first=days[0], after=days[1],
        district=district.id if district else None, team=unit.id if unit else None,
        clearance=where.get("clearance", 3), citizen=where.get("citizen_id"),
    )  # fmt: skip
    person.roles.append(role)
    person.roles.sort(key=lambda role: role.first)


def _case(world: RandomWorld, index: int, staff: list[oracle.Person]) -> oracle.Case:
    draw, places = world.draw, world.places
    code = FJORDBY if world.chance(0.8) else STRANDBY
    district = draw.choice(places.districts[code])
    citizen = Citizen.objects.create(
        municipality=code, district=district, first_name="B", last_name=f"{index}", born_on=dt.date(1980, 1, 1),
        cpr_sealed=b"x", cpr_index=b"r%d" % next(_names),
    )  # fmt: skip
    workers = [one for one in staff if one.roles[0].municipality == code]
    coordinator = draw.choice(workers) if workers and world.chance(0.8) else None
    is_closed, is_restricted = world.chance(0.15), world.chance(0.3)
    row = cases.Case.objects.create(
        municipality=code, number=f"26-{next(_names)}", citizen=citizen, district=district, area="elder_care",
        coordinator_id=coordinator.key if coordinator else None, status="closed" if is_closed else "running",
        status_since=NOW, opened_on=TODAY, sensitivity=draw.choice((1, 2, 3, 3, 3, 4)), is_restricted=is_restricted,
    )  # fmt: skip
    case = oracle.Case(
        row.id, code, district.id, citizen.id, coordinator.key if coordinator else None, row.sensitivity,
        is_restricted, is_closed=is_closed,
    )  # fmt: skip
    world.things[row.id] = oracle.Thing("case", case)
    for one in draw.sample(workers, min(2, len(workers))):
        if world.chance(0.5):
            _thing(world, "listing", case, user_id=one.key)
            case.listed.add(one.key)
    if world.chance(0.3):
        team = draw.choice(places.teams[places.homes[code].id])
        _thing(world, "listing", case, unit=team)
        case.listed.add(team.id)
    return case


def _private_life(world: RandomWorld, case: oracle.Case, staff: list[oracle.Person]) -> None:
    """The citizen's log-in and relatives', work of the citizen's, relatives and friends among the staff."""
    draw, places = world.draw, world.places
    home = places.homes[case.municipality]
    if world.chance(0.6):
        person = _person(world)
        _assign(person, "citizen", home, (TODAY - dt.timedelta(days=200), None), citizen_id=case.citizen)
        if world.chance(0.5):  # who also works somewhere, later than the log-in as a citizen began
            where = draw.choice([home, *places.providers])
            kind = AUTHORITY[0] if where == home else PROVIDER[0]
            days = world.days()
            _assign(person, kind, where, days, unit=None, district=None)
    for _ in range(2):
        if world.chance(0.6):
            _relative(world, case, home)
    for one in draw.sample(staff, min(3, len(staff))):
        match draw.randrange(6):
            case 0:
                days = world.days()
                _relation(case, one, days)
                case.kin.append(oracle.Kin(one.key, *days))
            case 1:
                is_over = world.chance(0.3)
                Conflict.objects.create(
                    user_id=one.key, citizen_id=case.citizen, case_id=case.key, words="Nabo", declared_at=NOW,
                    ended_at=NOW if is_over else None,
                )  # fmt: skip
                one.knows |= set() if is_over else {case.citizen}
            case 2:
                days = world.days()
                kind = draw.choice(("citizen", "relative"))
                _assign(
                    one, kind, home, (max(days[0], TODAY - dt.timedelta(days=91)), days[1]), citizen_id=case.citizen
                )
            case 3:
                _emergency(world, case, one)


def _emergency(world: RandomWorld, case: oracle.Case, one: oracle.Person) -> None:
    begun = NOW + dt.timedelta(minutes=world.draw.choice((-61, -60, -59, -1, 0, 1)))
    until, is_ended = begun + dt.timedelta(minutes=60), world.chance(0.2)
    EmergencyAccess.objects.create(
        municipality=case.municipality, user_id=one.key, citizen_id=case.citizen, case_id=case.key, words="-",
        ground="life_and_health", begun_at=begun, until=until, ended_at=NOW if is_ended else None, due_on=TODAY,
    )  # fmt: skip
    one.emergencies.append((case.key, begun, until, is_ended))


def _relation(case: oracle.Case, one: oracle.Person, days: Days) -> Relation:
    return Relation.objects.create(
        municipality=case.municipality, citizen_id=case.citizen, name="X", kind="friend", user_id=one.key, runs=days
    )


def _relative(world: RandomWorld, case: oracle.Case, home: access.Organisation) -> None:
    person = _person(world)
    _assign(person, "relative", home, (TODAY - dt.timedelta(days=200), None), citizen_id=case.citizen)
    days = world.days()
    relation = _relation(case, person, days)
    case.kin.append(oracle.Kin(person.key, *days))
    for kind in world.draw.sample(("relative", "paper_power"), world.draw.choice((0, 1, 1, 2))):
        runs, is_taken_back = world.days(), world.chance(0.2)
        scopes = set(world.draw.sample([str(one.value) for one in Scope], world.draw.randrange(1, 7)))
        AccessGrant.objects.create(
            municipality=case.municipality, citizen_id=case.citizen, relation=relation, kind=kind, runs=runs,
            scopes=sorted(scopes), source="letter", chosen_by_name="M", chosen_at=NOW,
            taken_back_at=NOW if is_taken_back else None, taken_back_by_name="M" if is_taken_back else "",
        )  # fmt: skip
        case.grants.append(oracle.Grant(person.key, scopes, *runs, is_taken_back, *days))


def _thing(world: RandomWorld, kind: str, case: oracle.Case, facts: Any = None, /, **fields: Any) -> UUID:
    """A row of a case, and what the oracle is told of it."""
    own = {"case_id": case.key} if any(f.name == "case" for f in MODELS[kind]._meta.fields) else {}
    row = MODELS[kind].objects.create(municipality=case.municipality, **own | fields)
    world.things[row.id] = oracle.Thing(kind, case, **facts or {})
    found: UUID = row.id
    return found


def _fill(world: RandomWorld, case: oracle.Case, staff: list[oracle.Person], layout: BoardLayout) -> None:
    draw = world.draw
    for _ in range(draw.choice((0, 1, 2))):
        _part(world, case, staff)
    goal = _thing(
        world, "goal", case, title="Ud", citizen_words="Ud", wording="Ud", level="goal", status="active", order=1,
        started_on=TODAY, proposed_by_side="authority",
    )  # fmt: skip
    _thing(world, "purpose", case, citizen_words="Ud", said_on=TODAY, runs=(dt.date(2026, 1, 1), None))
    _thing(world, "plan", case, number=1, made_at=NOW, made_by_name="M", content={})
    _thing(world, "feedback", case, was_ok="yes", talked_enough="yes", something_different="no", at=NOW, channel="room",
           meeting_on=TODAY, meeting_id=new_id())  # fmt: skip
    meeting = _thing(
        world, "meeting", case, kind="conversation", status="called", status_since=NOW, purpose="Tale", starts_at=NOW,
        ends_at=NOW, place="Her", layout=layout, called_by_id=draw.choice(staff).key,
    )  # fmt: skip
    _thing(world, "card", case, meeting_id=meeting, column="a", text="Kor", position=1.0, kind="note", author_name="M")
    _thing(world, "preparation", case, meeting_id=meeting)
    _task(world, case, staff)
    _deadline(world, case)
    _decision(world, case)
    _dispute(world, case)
    _file_request(world, case)
    _note(world, case, staff, goal)
    _order(world, case, staff)
    _drawn(world, case, staff)


def _part(world: RandomWorld, case: oracle.Case, staff: list[oracle.Person]) -> None:
    provider = world.draw.choice(world.places.providers)
    team = world.draw.choice([*world.places.teams[provider.id], None])
    days, contact = world.days(), _one_of(world, staff, provider)
    _thing(world, "helper", case, organisation=provider, unit=team, contact_id=contact, runs=days)
    case.parts.append(oracle.Part(provider.id, team.id if team else None, contact, *days))


def _one_of(world: RandomWorld, staff: list[oracle.Person], provider: access.Organisation) -> Any:
    there = [one.key for one in staff if one.roles[0].organisation == provider.id]
    return world.draw.choice([*there, None])


def _task(world: RandomWorld, case: oracle.Case, staff: list[oracle.Person]) -> None:
    owner = world.draw.choice([*staff, *world.facts.people.values(), None])
    side = world.draw.choice(("citizen", "authority", "provider"))
    facts = {
        "is_hidden": world.chance(0.3), "is_done": world.chance(0.2), "owner": owner.key if owner else None,
        "owner_side": side,
    }  # fmt: skip
    _thing(
        world, "task", case, facts, text="Ring", owner_id=facts["owner"], owner_name="N", owner_side=side,
        source="manual", created_at=NOW, is_hidden=facts["is_hidden"], status="done" if facts["is_done"] else "open",
    )  # fmt: skip


def _deadline(world: RandomWorld, case: oracle.Case) -> None:
    facts = {"is_hidden": world.chance(0.4)}
    rule, _ = Provision.objects.get_or_create(
        kind="deadline", key="x", defaults={"content": {}, "valid": (dt.date(2026, 1, 1), None), "loaded_at": NOW}
    )
    _thing(
        world, "deadline", case, facts, kind="x", rule_id=rule.id, turn="authority", from_on=TODAY, due_on=TODAY,
        acts_on=TODAY, opened_at=NOW, is_shown_to_citizen=not facts["is_hidden"],
    )  # fmt: skip


def _dispute(world: RandomWorld, case: oracle.Case) -> None:
    facts = {"is_hidden": len(world.things) % 2 == 0}  # and not by lot, as below
    _thing(
        world, "dispute", case, facts, status_since=NOW, between="A og B", about="Ud", noted_at=NOW, noted_by_name="M",
        is_shown_to_citizen=not facts["is_hidden"],
    )  # fmt: skip


def _file_request(world: RandomWorld, case: oracle.Case) -> None:
    number = len(world.things)  # and not by lot, as above
    asker = case.grants[number % len(case.grants)].person if case.grants and number % 3 == 0 else None
    facts: Any = {"is_hidden": asker is None and number % 2 == 0, "owner": asker}
    made = _thing(
        world, "file_request", case, facts, kind="file", wanted="everything", channel="letter", received_on=TODAY,
        asks="representative" if asker else "other" if facts["is_hidden"] else "citizen", asker_user_id=asker,
        asker_name="A", noted_at=NOW, noted_by_name="M", status_since=NOW,
    )  # fmt: skip
    _thing(world, "mask", case, file_request_id=made, document="note:x", reason="internal", at=NOW, by_name="M")


def _decision(world: RandomWorld, case: oracle.Case) -> None:
    number = len(world.things)  # and not by lot: another draw would make another world of all that follows
    facts = {"is_draft": number % 2 == 0}
    told = None if facts["is_draft"] else TODAY
    need = _thing(world, "need", case, title="Ud", channel="talk", asked_on=TODAY, status_since=NOW)
    decision = _thing(
        world, "decision", case, facts, status="draft", status_since=NOW, drafted_by_name="M", told_on=told
    )
    is_given = number % 3 > 0
    _thing(
        world, "granted", case, facts | {"is_withdrawn": not is_given}, decision_id=decision, need_id=need, basis="x",
        service="Støtte", service_key=str(decision), extent="2 timer", runs=(TODAY, None),
        status="given" if is_given else "planned",
    )  # fmt: skip


def _note(world: RandomWorld, case: oracle.Case, staff: list[oracle.Person], goal: UUID) -> None:
    """Half of the notes are by somebody who could write one today, so that every world has notes to take back."""
    able = [one for one in staff if world.facts.may(one, "write_note", world.things[case.key])]
    author = world.draw.choice(able if able and world.chance(0.5) else staff)
    facts: Any = {
        "is_withdrawn": world.chance(0.2), "author": author.key, "written_by": author.roles[0].organisation,
        "is_for_provider": world.chance(0.4),
    }  # fmt: skip
    note = _thing(
        world, "note", case, facts, kind="visit", happened_at=NOW, written_at=NOW, author_id=author.key,
        author_name="N", side="authority", organisation_id=facts["written_by"], for_provider=facts["is_for_provider"],
        withdrawn_at=NOW if facts["is_withdrawn"] else None,
    )  # fmt: skip
    hidden = world.chance(0.4)
    _thing(
        world, "segment", case, facts | {"is_hidden": hidden}, note_id=note, order=1, kind="observation", text="Kor",
        happened_at=NOW, hidden_reason="Vi venter" if hidden else "",
    )  # fmt: skip


def _order(world: RandomWorld, case: oracle.Case, staff: list[oracle.Person]) -> None:
    draw = world.draw
    provider = draw.choice(world.places.providers)
    team = draw.choice([*world.places.teams[provider.id], None])
    ends = draw.choice((None, None, -1, 0, 1))
    status = draw.choice(("sent", "sent", "running", "running", "declined", "ended"))
    facts: Any = {
        "provider": provider.id, "team": team.id if team else None, "order_status": status,
        "last_day": None if ends is None else TODAY + dt.timedelta(days=ends),
        "contact": None if status == "sent" else _one_of(world, staff, provider),
    }  # fmt: skip
    order = _thing(
        world, "order", case, facts, provider=provider, unit=team, status=status, status_since=NOW, what="Hjælp",
        starts_on=TODAY - dt.timedelta(days=9), ends_on=facts["last_day"], sent_at=NOW, sent_by_name="M",
        contact_id=facts["contact"],
    )  # fmt: skip
    is_draft = world.chance(0.5)
    _thing(
        world, "status_note", case, facts | {"is_draft": is_draft}, order_id=order, drawn_from=NOW, drawn_until=NOW,
        status="draft" if is_draft else "sent", status_since=NOW, written_by_name="J",
    )  # fmt: skip
    _thing(
        world, "question", case, facts, order_id=order, from_side="authority", text="?", asked_by_name="M",
        asked_at=NOW,
    )  # fmt: skip


def _drawn(world: RandomWorld, case: oracle.Case, staff: list[oracle.Person]) -> None:
    district = world.draw.choice([*world.places.districts[case.municipality], None])
    is_case = world.chance(0.5)
    facts: Any = {"municipality": case.municipality, "district": district.id if district else None}
    row = cases.Referral.objects.create(
        municipality=case.municipality, district=district, source="self", area="elder_care", first_name="B",
        last_name="B", about="-", received_at=NOW, case_id=case.key if is_case else None,
    )  # fmt: skip
    world.things[row.id] = oracle.Thing("referral", case if is_case else None, **facts)
    item = ReviewItem.objects.create(
        municipality=case.municipality, month=dt.date(2026, 10, 1), user_id=world.draw.choice(staff).key, user_name="N",
        citizen_id=case.citizen, case_id=case.key, seen_on=dt.date(2026, 10, 2), first_at=NOW, last_at=NOW, times=1,
        what=["plan"], is_sample=True, reasons=[],
    )  # fmt: skip
    world.things[item.id] = oracle.Thing("drawn_look", case, **facts)
