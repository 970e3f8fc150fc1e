"""The fixed people of the tests. Otto is the one who has no business here."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from samspil.contexts.access import api as access
from samspil.contexts.access.api import OrganisationKind, Role, UnitKind
from samspil.contexts.cases.models import Case, Participation
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import Scope
from samspil.contexts.citizens.models import AccessGrant, Citizen, Relation

FJORDBY, STRANDBY = 991, 992
LONG = (dt.date(2024, 1, 1), None)
NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
TODAY = NOW.date()


@dataclass(frozen=True, slots=True)
class Cast:
    """Users by first name, and Karla's case: Mette coordinates it, Jonas of Bostøtte Nord helps."""

    fjordby: access.Organisation
    strandby: access.Organisation
    bostoette: access.Organisation
    fremmed: access.Organisation
    north: access.District
    south: access.District
    team: access.Unit
    other_team: access.Unit
    karla: access.User
    ida: access.User
    mette: access.User
    vita: access.User
    lene: access.User
    jonas: access.User
    uffe: access.User
    otto: access.User
    otto_provider: access.User
    citizen_id: UUID
    case_id: UUID

    def actor(self, name: str, *, on: dt.date = TODAY) -> access.Actor:
        actor = access.actor_for(getattr(self, name).id, on=on)
        assert actor is not None, name
        if actor.side == access.Side.RELATIVE:
            actor, _ = citizens.acting_for(actor, citizens.standings_of(actor), wanted=None)
        return actor


def _user(username: str, name: str, title: str = "") -> access.User:
    return access.User.objects.create(
        username=username,
        name=name,
        title=title,
        phone="20 12 34 56" if title else "",
        phone_hours="mandag til torsdag kl. 9 til 11" if title else "",
        password="!",
    )


def _role(user: access.User, role: Role, **where: object) -> None:
    access.RoleAssignment.objects.create(user=user, role=role, runs=LONG, **where)


def build_cast() -> Cast:
    """Write the cast to the database: two municipalities, three providers' people, one case."""
    organisation = access.Organisation.objects.create
    fjordby = organisation(kind=OrganisationKind.MUNICIPALITY, name="Fjordby Kommune", municipality_code=FJORDBY)
    strandby = organisation(kind=OrganisationKind.MUNICIPALITY, name="Strandby Kommune", municipality_code=STRANDBY)
    bostoette = organisation(kind=OrganisationKind.PRIVATE, name="Bostøtte Nord")
    fremmed = organisation(kind=OrganisationKind.PRIVATE, name="Fremmed Hjælp ApS")
    north = access.District.objects.create(municipality=FJORDBY, name="Nord")
    south = access.District.objects.create(municipality=FJORDBY, name="Syd")
    unit = access.Unit.objects.create
    team = unit(organisation=bostoette, kind=UnitKind.PROVIDER_TEAM, name="Team Havn")
    other_team = unit(organisation=bostoette, kind=UnitKind.PROVIDER_TEAM, name="Team Bakke")
    foreign_team = unit(organisation=fremmed, kind=UnitKind.PROVIDER_TEAM, name="Team Langt Væk")

    citizen = _karla(north)
    case = _case(citizen, north)
    people = {
        "karla": _user("karla", "Karla Holm"),
        "ida": _user("ida", "Ida Holm"),
        "mette": _user("mette", "Mette Bjerre", "Rådgiver"),
        "vita": _user("vita", "Vita Lund", "Visitator"),
        "lene": _user("lene", "Lene Krag", "Leder"),
        "jonas": _user("jonas", "Jonas Lykke", "Bostøtte"),
        "uffe": _user("uffe", "Uffe Dal", "Hjemmehjælper"),
        "otto": _user("otto", "Otto Fremmed", "Rådgiver"),
        "otto_provider": _user("otto2", "Otto Langt-Væk", "Bostøtte"),
    }
    _role(people["karla"], Role.CITIZEN, citizen_id=citizen.id, organisation=fjordby)
    _role(people["ida"], Role.RELATIVE, citizen_id=citizen.id, organisation=fjordby)
    _role(people["mette"], Role.CASEWORKER, organisation=fjordby, district=north)
    _role(people["vita"], Role.CASEWORKER, organisation=fjordby, district=south)
    _role(people["lene"], Role.TEAM_LEADER, organisation=fjordby)
    _role(people["jonas"], Role.PROVIDER_WORKER, organisation=bostoette, unit=team)
    _role(people["uffe"], Role.PROVIDER_WORKER, organisation=bostoette, unit=other_team)
    _role(people["otto"], Role.CASEWORKER, organisation=strandby)
    _role(people["otto_provider"], Role.PROVIDER_WORKER, organisation=fremmed, unit=foreign_team)
    relation = Relation.objects.create(
        municipality=FJORDBY,
        citizen=citizen,
        name="Ida Holm",
        kind="sister",
        user_id=people["ida"].id,
        runs=LONG,
    )
    AccessGrant.objects.create(
        municipality=FJORDBY,
        citizen=citizen,
        relation=relation,
        kind="relative",
        scopes=list(Scope),
        runs=LONG,
        source="meeting",
        chosen_by_name="Mette Bjerre",
        chosen_at=NOW,
    )
    Case.objects.filter(id=case.id).update(coordinator=people["mette"])
    Participation.objects.create(
        municipality=FJORDBY, case=case, organisation=bostoette, unit=team, contact=people["jonas"], runs=LONG
    )
    return Cast(
        fjordby=fjordby,
        strandby=strandby,
        bostoette=bostoette,
        fremmed=fremmed,
        north=north,
        south=south,
        team=team,
        other_team=other_team,
        citizen_id=citizen.id,
        case_id=case.id,
        **people,
    )


def _karla(district: access.District) -> Citizen:
    return Citizen.objects.create(
        municipality=FJORDBY,
        district=district,
        first_name="Karla",
        last_name="Holm",
        born_on=dt.date(1979, 4, 3),
        cpr_sealed=b"sealed",
        cpr_index=b"index-of-karla",
        address="Havnegade 12, 2. th.",
        postcode="9998",
        town="Fjordby",
        phone="21 34 56 78",
    )


def _case(citizen: Citizen, district: access.District) -> Case:
    return Case.objects.create(
        municipality=FJORDBY,
        number="26-0001",
        citizen=citizen,
        district=district,
        area="adult_disability",
        status="running",
        status_since=timezone.now() - dt.timedelta(days=90),
        opened_on=TODAY - dt.timedelta(days=500),
    )
