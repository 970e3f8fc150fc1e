"""Ten cases that differ in what an actor has to do with them, and seventeen actors. By hand: nobody is asked."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import EmergencyAccess, Role, RoleAssignment, Side, User
from samspil.contexts.cases.models import Case, Participation, Referral, Task
from samspil.contexts.catalogue.models import Provision
from samspil.contexts.citizens.api import Scope
from samspil.contexts.citizens.models import AccessGrant, Citizen, Relation
from samspil.contexts.deadlines.models import Deadline
from samspil.contexts.disputes.models import Dispute
from samspil.contexts.feedback.models import MeetingFeedback
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.models import Goal, PlanVersion
from samspil.contexts.letters.models import Dispatch
from samspil.contexts.meetings.models import ChecklistItem
from samspil.contexts.notes.models import Note, Segment
from samspil.contexts.orders import api as orders
from samspil.contexts.orders.models import Question, StatusPart
from samspil.contexts.review import api as review
from tests.cast import FJORDBY, LONG, NOW, STRANDBY, TODAY, Cast, _role, _user
from tests.decisions_world import about_a_draft, one_of_each
from tests.disclosure_states import answered_and_waiting
from tests.scenarios import FullCase, full_case

YESTERDAY = TODAY - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """A provider's team in a case, and whether it still is there."""

    organisation: UUID
    unit: UUID
    contact: UUID
    is_running: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """A case and everything in it: the facts that decide who sees it, and a key for each place in an address."""

    relation: str
    mark: str
    municipality: int
    district: UUID
    coordinator: UUID
    citizen: UUID
    case: UUID
    part: Part
    sensitivity: int
    keys: dict[str, UUID]
    held: UUID
    sub_goal: UUID
    address: str
    item_side: str
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Who:
    """An actor as the tests know it. `grants` are the scopes by citizen."""

    name: str
    user: UUID | None = None
    role: Role | None = None
    side: Side | None = None
    municipality: int | None = None
    districts: frozenset[UUID] = frozenset()
    clearance: int = 3
    organisation: UUID | None = None
    units: frozenset[UUID] = frozenset()
    citizen: UUID | None = None
    grants: dict[UUID, frozenset[str]] = field(default_factory=dict)
    family: frozenset[UUID] = frozenset()
    emergencies: frozenset[UUID] = frozenset()


@dataclass(slots=True)
class World:
    cast: Cast
    users: dict[str, User]
    abouts: dict[str, About]
    actors: dict[str, Who]


def build_world(cast: Cast) -> World:
    users = _users(cast)
    otto = replace(cast, mette=cast.otto, jonas=cast.otto_provider, fjordby=cast.strandby)
    strandby = access.District.objects.create(municipality=STRANDBY, name="Strand")
    foreign = access.Unit.objects.get(name="Team Langt Væk")
    kollega = replace(cast, mette=users["kollega"], jonas=cast.uffe, team=cast.other_team)
    plans = {
        "own": cast,
        "colleagues": kollega,
        "other district": replace(cast, mette=cast.vita, north=cast.south, jonas=cast.uffe, team=cast.other_team),
        "other provider": replace(cast, jonas=cast.otto_provider, team=foreign, bostoette=cast.fremmed),
        "expired order": cast,
        "other municipality": replace(otto, north=strandby, team=foreign, bostoette=cast.fremmed),
        "protected": cast,
        "vip": replace(cast, mette=users["vera"]),
        "own relative": cast,
        "closed": cast,
    }
    abouts = {relation: _about(relation, number, plan) for number, (relation, plan) in enumerate(plans.items())}
    _make_special(cast, abouts)
    _draw_log(abouts)
    return World(cast, users, abouts, _actors(cast, users, abouts))


def _users(cast: Cast) -> dict[str, User]:
    names = ("kollega", "vera", "vagt", "bo", "eva", "gerda", "forhen")
    users = {name: _user(name, f"{name.title()} Testesen", "Medarbejder") for name in names}
    fjordby = cast.fjordby
    _role(users["kollega"], Role.CASEWORKER, organisation=fjordby, district=cast.north)
    _role(users["vera"], Role.TEAM_LEADER, organisation=fjordby)
    RoleAssignment.objects.filter(user=users["vera"]).update(clearance=4)
    _role(users["vagt"], Role.CASEWORKER, organisation=fjordby, district=cast.south)
    for name in ("bo", "eva", "gerda"):
        _role(users[name], Role.RELATIVE, organisation=fjordby, citizen_id=cast.citizen_id)
    RoleAssignment.objects.create(
        user=users["forhen"], role=Role.CASEWORKER, organisation=fjordby, runs=(LONG[0], YESTERDAY)
    )
    for name in ("mette", "vita", "lene", "jonas", "uffe", "otto", "otto_provider", "karla", "ida"):
        users[name] = getattr(cast, name)
    return users


def _about(relation: str, number: int, plan: Cast) -> About:
    """A full case under its own names; what is special about it comes afterwards."""
    municipality = STRANDBY if relation == "other municipality" else FJORDBY
    mark = f"Mærkesen{number:02d}x"
    if relation != "own":
        plan = _new_case(number, mark, municipality, plan)
    else:
        Citizen.objects.filter(id=plan.citizen_id).update(last_name=mark)
    Citizen.objects.filter(id=plan.citizen_id).update(address=f"Mærkevej {number}7", postcode="9998", town="Fjordby")
    made = full_case(plan, now=NOW)
    goals.propose_move(
        actor=plan.actor("jonas"), at=NOW, goal_id=made.goal, move="pause", words="Vil holde fri i julen."
    )
    goals.make_plan_version(actor=plan.actor("mette"), at=NOW, case_id=plan.case_id)
    goals.make_plan_version(actor=plan.actor("mette"), at=NOW, case_id=plan.case_id)
    sent = made.status_note
    _send(plan, sent)
    draft = orders.compose_status_note(actor=plan.actor("jonas"), at=NOW, order_id=made.order)
    return About(
        relation=relation,
        mark=mark,
        municipality=municipality,
        district=plan.north.id,
        coordinator=plan.mette.id,
        citizen=plan.citizen_id,
        case=plan.case_id,
        part=Part(plan.bostoette.id, plan.team.id, plan.jonas.id),
        sensitivity=3,
        keys=_keys(plan, replace(made, status_note=draft)) | {"sent_note_id": sent},
        held=made.held,
        sub_goal=Goal.objects.filter(case_id=plan.case_id, level="sub_goal").latest("id").id,
        address=f"Mærkevej {number}7",
        item_side=ChecklistItem.objects.filter(meeting_id=made.coming).latest("id").side,
    )


def _send(plan: Cast, note_id: UUID) -> None:
    jonas = plan.actor("jonas")
    for part in StatusPart.objects.filter(status_note_id=note_id):
        orders.save_part(actor=jonas, at=NOW, part_id=part.id, version=part.version, unchanged=True)
    orders.send_status_note(
        actor=jonas, at=NOW, status_note_id=note_id, recommendation="continue", words="Vi er glade for at øve os."
    )


def _new_case(number: int, mark: str, municipality: int, plan: Cast) -> Cast:
    citizen = Citizen.objects.create(
        municipality=municipality, district=plan.north, first_name=f"Borger{number:02d}", last_name=mark,
        born_on=dt.date(1980, 1, 1), cpr_sealed=b"x", cpr_index=b"%d" % number,
    )  # fmt: skip
    case = Case.objects.create(
        municipality=municipality, number=f"26-9{number:03d}", citizen=citizen, district=plan.north,
        coordinator=plan.mette, area="adult_disability", status="running", status_since=NOW,
        opened_on=TODAY - dt.timedelta(days=500),
    )  # fmt: skip
    user = _user(f"borger{number}", f"Borger{number:02d} {mark}")
    _role(user, Role.CITIZEN, citizen_id=citizen.id, organisation=plan.fjordby)
    Relation.objects.create(
        municipality=municipality, citizen=citizen, name=f"Nær{number:02d} {mark}", kind="brother", runs=LONG
    )
    Participation.objects.create(
        municipality=municipality, case=case, organisation=plan.bostoette, unit=plan.team, contact=plan.jonas, runs=LONG
    )
    return replace(plan, karla=user, citizen_id=citizen.id, case_id=case.id)


def _keys(plan: Cast, made: FullCase) -> dict[str, UUID]:
    here: Any = {"case_id": plan.case_id}
    relation = Relation.objects.filter(citizen_id=plan.citizen_id).latest("id")
    grant = AccessGrant.objects.filter(relation=relation).first() or AccessGrant.objects.create(
        municipality=relation.municipality, citizen_id=plan.citizen_id, relation=relation, kind="relative",
        scopes=["plan"], runs=LONG, source="meeting", chosen_by_name="M", chosen_at=NOW,
    )  # fmt: skip
    referral = Referral.objects.create(
        municipality=relation.municipality, district=plan.north, source="self", area="elder_care", status="opened",
        first_name="Borger", last_name=Citizen.objects.get(id=plan.citizen_id).last_name, about="Vil gerne have hjælp.",
        received_at=NOW, case_id=plan.case_id,
    )  # fmt: skip
    emergency = EmergencyAccess.objects.create(
        municipality=relation.municipality, user=plan.vita, citizen_id=plan.citizen_id, case_id=plan.case_id,
        ground="life_and_health", words="Der var fare. Ingen svarede.", begun_at=NOW - dt.timedelta(days=1),
        until=NOW - dt.timedelta(hours=23), due_on=TODAY + dt.timedelta(days=6),
    )  # fmt: skip
    decided = one_of_each(plan)
    return {
        **decided,
        **answered_and_waiting(plan),
        "decision_id": decided["told_id"],
        "case_id": plan.case_id,
        "citizen_id": plan.citizen_id,
        "dispatch_id": Dispatch.objects.filter(letter_id=made.letter).latest("id").id,
        "deadline_id": Deadline.objects.filter(**here).latest("id").id,
        "dispute_id": Dispute.objects.filter(**here).latest("id").id,
        "emergency_id": emergency.id,
        "provision_id": Provision.objects.filter(replaced_at__isnull=True, municipality__isnull=True).latest("id").id,
        "feedback_id": MeetingFeedback.objects.filter(**here).latest("id").id,
        "goal_id": made.goal,
        "grant_id": grant.id,
        "item_id": ChecklistItem.objects.filter(meeting_id=made.coming).latest("id").id,
        "letter_id": made.letter,
        "letter_draft_id": made.letter_draft,
        "meeting_id": made.coming,
        "note_id": Note.objects.filter(author=plan.jonas, **here).latest("id").id,
        "order_id": made.order,
        "part_id": StatusPart.objects.filter(status_note_id=made.status_note).latest("id").id,
        "plan_id": PlanVersion.objects.filter(**here).latest("id").id,
        "question_id": Question.objects.filter(order_id=made.order).latest("id").id,
        "referral_id": referral.id,
        "relation_id": relation.id,
        "segment_id": Segment.objects.filter(note__author=plan.jonas, hidden_reason="", **here).latest("id").id,
        "status_note_id": made.status_note,
        "task_id": Task.objects.filter(is_hidden=False, **here).latest("id").id,
        "user_id": plan.mette.id,
    }


def _make_special(cast: Cast, abouts: dict[str, About]) -> None:
    expired = abouts["expired order"]
    orders.end_order(
        actor=cast.actor("mette"), at=NOW, order_id=expired.keys["order_id"], ends_on=YESTERDAY, words="Slut"
    )
    abouts["expired order"] = replace(expired, part=replace(expired.part, is_running=False))
    Citizen.objects.filter(id=abouts["protected"].citizen).update(is_address_protected=True)
    Case.objects.filter(id=abouts["vip"].case).update(sensitivity=4)
    abouts["vip"] = replace(abouts["vip"], sensitivity=4)
    for user in (cast.mette, cast.jonas):
        Relation.objects.create(
            municipality=FJORDBY, citizen_id=abouts["own relative"].citizen, name=user.name, kind="sister",
            user_id=user.id, runs=LONG,
        )  # fmt: skip
    Case.objects.filter(id=abouts["closed"].case).update(status="closed", closed_on=TODAY)
    abouts["closed"] = replace(abouts["closed"], is_closed=True)
    _relatives(cast, abouts["own"])
    EmergencyAccess.objects.create(
        municipality=FJORDBY, user=User.objects.get(username="vagt"), citizen_id=abouts["own"].citizen,
        case_id=abouts["own"].case, ground="life_and_health", words="Der er fare. Ingen svarer.", begun_at=NOW,
        until=NOW + dt.timedelta(minutes=60), due_on=TODAY + dt.timedelta(days=7),
    )  # fmt: skip


def _relatives(cast: Cast, own: About) -> None:
    """Bo is let see the plan, Eva's grant was taken back, Gerda is a guardian in personal matters."""
    for name, kind, scopes, taken_back in (
        ("bo", "relative", ["plan"], None),
        ("eva", "relative", list(Scope), NOW),
        ("gerda", "guardian", list(Scope), None),
    ):
        user = User.objects.get(username=name)
        relation = Relation.objects.create(
            municipality=FJORDBY, citizen_id=own.citizen, name=user.name, kind="other", user_id=user.id, runs=LONG
        )
        AccessGrant.objects.create(
            municipality=FJORDBY, citizen_id=own.citizen, relation=relation, kind=kind, scopes=scopes, runs=LONG,
            matters=["personal"] if kind == "guardian" else [], source="register", document="Aktnr. 1",
            chosen_by_name="Mette Bjerre", chosen_at=NOW, taken_back_at=taken_back,
            taken_back_by_name="Karla" if taken_back else "",
        )  # fmt: skip


def _draw_log(abouts: dict[str, About]) -> None:
    """What was drawn from the log of October, one item a case, with one look of the coordinator's behind it."""
    then = NOW - dt.timedelta(days=40)
    for one in abouts.values():
        who = access.actor_for(one.coordinator, on=TODAY)
        assert who is not None
        access.log_looks(actor=who, at=then, looks=[(one.citizen, one.case, "notes", "")])
        item = review.ReviewItem.objects.create(
            municipality=one.municipality, month=dt.date(2026, 10, 1), user_id=one.coordinator, user_name=who.name,
            citizen_id=one.citizen, case_id=one.case, seen_on=then.date(), first_at=then, last_at=then, times=1,
            what=["notes"], is_sample=True, reasons=[],
        )  # fmt: skip
        one.keys["review_id"] = item.id


def _actors(cast: Cast, users: dict[str, User], abouts: dict[str, About]) -> dict[str, Who]:
    own, family = abouts["own"], frozenset({abouts["own relative"].citizen})
    authority: Any = {"side": Side.AUTHORITY, "municipality": FJORDBY, "organisation": cast.fjordby.id}
    caseworker = authority | {"role": Role.CASEWORKER}
    north, south = frozenset({cast.north.id}), frozenset({cast.south.id})
    provider: Any = {"side": Side.PROVIDER, "role": Role.PROVIDER_WORKER}
    relative: Any = {"side": Side.RELATIVE, "role": Role.RELATIVE, "municipality": FJORDBY, "citizen": own.citizen}
    foreign = access.Unit.objects.get(name="Team Langt Væk")
    made = [
        Who("anonymous"),
        Who("forhen"),
        Who("karla", side=Side.CITIZEN, role=Role.CITIZEN, municipality=FJORDBY, citizen=own.citizen),
        Who("ida", **relative, grants={own.citizen: frozenset(Scope)}),
        Who("bo", **relative, grants={own.citizen: frozenset({"plan"})}),
        Who("eva", **relative),
        Who("gerda", **relative, grants={own.citizen: frozenset(Scope)}),
        Who("mette", **caseworker, districts=north, family=family),
        Who("kollega", **caseworker, districts=north),
        Who("vita", **caseworker, districts=south),
        Who("vagt", **caseworker, districts=south, emergencies=frozenset({own.case})),
        Who("lene", **authority, role=Role.TEAM_LEADER),
        Who("vera", **authority, role=Role.TEAM_LEADER, clearance=4),
        Who("otto", **caseworker | {"municipality": STRANDBY, "organisation": cast.strandby.id}),
        Who("jonas", **provider, organisation=cast.bostoette.id, units=frozenset({cast.team.id}), family=family),
        Who("uffe", **provider, organisation=cast.bostoette.id, units=frozenset({cast.other_team.id})),
        Who("otto_provider", **provider, organisation=cast.fremmed.id, units=frozenset({foreign.id})),
    ]
    return {one.name: replace(one, user=users[one.name].id if one.name in users else None) for one in made}


def addressed(about: About, name: str, route: str, parameters: list[str]) -> dict[str, Any]:
    """What to put into an address so that it is about this case."""
    words: Any = {
        "criterion": "group", "step": "hopes", "municipality": "991", "document": "letter", "gap_key": "not_heard::",
        "provider_key": "medarbejder", "slug": "three_columns", "token": "x", "move": "reach",
        "handed": "extract", "paper_key": f"tasks:{about.case}", "key": f"note:{about.case}",
        "day": (NOW - dt.timedelta(days=40)).date().isoformat(),
    }  # fmt: skip
    found = {one: words[one] if one in words else about.keys[one] for one in parameters}
    found |= about_a_draft(route, found, about.keys)
    if "<task_move:" in route:
        found["move"] = "gjort"
    if "<case_move:" in route:
        found["move"] = "afslut"
    if "brev/<uuid:letter_id>/s" in route:
        found["letter_id"] = about.keys["letter_draft_id"]
    if "<slug:handed>" in route:
        found["file_request_id"] = about.keys["file_request_answered_id"]
    if "billede" in route:
        found["meeting_id"] = about.held
    if "delmaal/<" in route:
        found["goal_id"] = about.sub_goal
    if "statusnotat" in route and "note_id" in found:
        is_draft = name.startswith("provider:") and name != "provider:status_pdf"  # what has been sent is read
        found["note_id"] = about.keys["status_note_id" if is_draft else "sent_note_id"]
    return found
