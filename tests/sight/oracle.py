"""The policy a second time, written from the law and the security notes and from nothing else.

Nothing of Samspil is imported here. A rule is a sentence in Python with the paragraph it comes from; facts are what a
clerk could read in the files. The property test holds Samspil against it over random worlds.
"""

import datetime as dt
from dataclasses import dataclass, field

Key = object  # whatever names a thing


@dataclass
class Role:
    kind: str  # citizen, relative, caseworker, team_leader, provider_worker, provider_leader
    organisation: Key = None
    municipality: int | None = None
    district: Key = None
    team: Key = None
    clearance: int = 3
    citizen: Key = None
    first: dt.date = dt.date.min
    after: dt.date | None = None  # the day after its last


@dataclass
class Person:
    key: Key
    roles: list[Role]  # the first that began is the one worked in
    is_active: bool = True
    knows: set[Key] = field(default_factory=set)  # citizens declared as friends
    emergencies: list[tuple[Key, dt.datetime, dt.datetime, bool]] = field(default_factory=list)  # case, from, to, ended


@dataclass
class Grant:
    person: Key
    scopes: set[str]
    first: dt.date
    after: dt.date | None
    is_taken_back: bool
    relation_first: dt.date
    relation_after: dt.date | None


@dataclass
class Kin:
    person: Key
    first: dt.date
    after: dt.date | None


@dataclass
class Part:
    organisation: Key
    team: Key
    contact: Key
    first: dt.date
    after: dt.date | None


@dataclass
class Case:
    key: Key
    municipality: int
    district: Key
    citizen: Key
    coordinator: Key
    sensitivity: int
    is_restricted: bool
    listed: set[Key] = field(default_factory=set)  # people and teams
    kin: list[Kin] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    is_closed: bool = False


@dataclass
class Thing:
    """Something in a case. What does not apply stays empty."""

    kind: str
    case: Case | None
    is_hidden: bool = False
    is_withdrawn: bool = False
    is_draft: bool = False
    author: Key = None
    written_by: Key = None  # an organisation
    is_for_provider: bool = False
    provider: Key = None
    team: Key = None
    order_status: str = ""
    last_day: dt.date | None = None
    contact: Key = None
    municipality: int | None = None
    district: Key = None
    owner: Key = None
    owner_side: str = ""
    is_done: bool = False


AUTHORITY = {"caseworker", "team_leader"}
PROVIDER = {"provider_worker", "provider_leader"}


@dataclass
class World:
    people: dict[Key, Person]
    now: dt.datetime
    today: dt.date

    # who somebody is

    def role(self, who: Person) -> Role | None:
        """The one that began first; of those of one day, the one that was written first."""
        running = [r for r in who.roles if r.first <= self.today and (r.after is None or self.today < r.after)]
        return running[0] if who.is_active and running else None

    def same(self, who: Person) -> list[Role]:
        """The roles of the same kind in the same place: a person in two districts works in both."""
        main = self.role(who)
        if main is None:
            return []
        return [
            r for r in who.roles
            if r.kind == main.kind and r.organisation == main.organisation and self._runs(r.first, r.after)
        ]  # fmt: skip

    def _runs(self, first: dt.date, after: dt.date | None) -> bool:
        return first <= self.today and (after is None or self.today < after)

    # inhabilitet: forvaltningsloven §§ 3 and 6; nobody reads about the family at work

    def is_family(self, who: Person, case: Case) -> bool:
        """Oneself, whether or not one still logs in as a citizen; relatives while they are; those one says to know."""
        is_self = any(r.kind == "citizen" and r.citizen == case.citizen for r in who.roles)
        is_relative = any(
            r.kind == "relative" and r.citizen == case.citizen and self._runs(r.first, r.after) for r in who.roles
        )
        is_kin = any(k.person == who.key and self._runs(k.first, k.after) for k in case.kin)
        return is_self or is_relative or is_kin or case.citizen in who.knows

    def is_colleague(self, who: Person, case: Case) -> bool:
        """The citizen works where the actor works; oneself is not one's colleague."""
        main = self.role(who)
        if main is None:
            return False
        for other in self.people.values():
            is_this_citizen = any(r.kind == "citizen" and r.citizen == case.citizen for r in other.roles)
            works_here = any(
                r.kind in AUTHORITY | PROVIDER and r.organisation == main.organisation and self._runs(r.first, r.after)
                for r in other.roles
            )
            if is_this_citizen and works_here and other.key != who.key:
                return True
        return False

    # the case

    def sees_case(self, who: Person, case: Case, scope: str | None = None) -> bool:
        main = self.role(who)
        if main is None:
            return False
        if main.kind == "citizen":  # forvaltningsloven § 9: the party
            return main.citizen == case.citizen
        if main.kind == "relative":
            return self.acts_for(who) == case.citizen and self.is_let(who, case, scope)
        if main.kind in AUTHORITY:
            return self.is_open_in_emergency(who, case) or self.works_with(who, case)
        return self.helps(who, case)

    def works_with(self, who: Person, case: Case) -> bool:
        """Forvaltningsloven § 32: only what one needs for one's work, in one's own authority."""
        roles = self.same(who)
        if roles[0].municipality != case.municipality:
            return False
        if all(r.district is not None for r in roles) and case.district not in {r.district for r in roles}:
            return False
        if case.sensitivity > max(r.clearance for r in roles):
            return False
        teams = {r.team for r in roles if r.team is not None}
        if case.is_restricted and case.coordinator != who.key and not case.listed & ({who.key} | teams):
            return False
        if self.is_family(who, case):
            return False
        return case.coordinator == who.key or not self.is_colleague(who, case)

    def is_open_in_emergency(self, who: Person, case: Case) -> bool:
        """An hour, one case, in one's own municipality."""
        if self.same(who)[0].municipality != case.municipality:
            return False
        return any(
            key == case.key and begun <= self.now < until and not is_ended
            for key, begun, until, is_ended in who.emergencies
        )

    def helps(self, who: Person, case: Case) -> bool:
        """A provider sees those it helps, through the team that helps, while it helps: §§ 27 to 29."""
        mine = [p for p in case.parts if self._mine(who, p.organisation, p.team) and self._runs(p.first, p.after)]
        if not mine or self.is_family(who, case):
            return False
        return any(p.contact == who.key for p in mine) or not self.is_colleague(who, case)

    def _mine(self, who: Person, organisation: Key, team: Key) -> bool:
        roles = self.same(who)
        teams = {r.team for r in roles}
        return roles[0].organisation == organisation and (None in teams or team is None or team in teams)

    # what the citizen, or the law, lets a relative see: forvaltningsloven §§ 8 and 28

    def grants(self, who: Person, case: Case) -> list[Grant]:
        return [
            g for g in case.grants
            if g.person == who.key and not g.is_taken_back
            and self._runs(g.first, g.after) and self._runs(g.relation_first, g.relation_after)
        ]  # fmt: skip

    def is_let(self, who: Person, case: Case, scope: str | None) -> bool:
        return any(scope is None or scope in g.scopes for g in self.grants(who, case))

    def acts_for(self, who: Person) -> Key:
        main = self.role(who)
        return main.citizen if main is not None else None

    # what is in the case

    def sees(self, who: Person, thing: Thing) -> bool:
        main = self.role(who)
        if main is None:
            return False
        return bool(_SEES[thing.kind](self, who, main, thing))

    def _sees_order(self, who: Person, main: Role, thing: Thing) -> bool:
        """Sent to the provider, or running: before that it has no business, after it no more."""
        assert thing.case is not None
        if main.kind not in PROVIDER:
            return self.sees_case(who, thing.case, "plan")
        if not self._mine(who, thing.provider, thing.team) or self.is_family(who, thing.case):
            return False
        alive = thing.order_status == "sent" or (
            thing.order_status == "running" and (thing.last_day is None or self.today <= thing.last_day)
        )
        is_needed = thing.contact == who.key or (thing.contact is None and main.kind == "provider_leader")
        return alive and (is_needed or not self.is_colleague(who, thing.case))

    def _sees_note(self, who: Person, main: Role, thing: Thing) -> bool:
        """A note that was taken back is gone. A provider reads its own, and what the authority marked for it."""
        assert thing.case is not None
        is_told = main.kind not in PROVIDER or thing.is_for_provider or thing.written_by == main.organisation
        return not thing.is_withdrawn and is_told and self.sees_case(who, thing.case, "notes")

    def _sees_referral(self, who: Person, main: Role, thing: Thing) -> bool:
        """The authority's letterbox, in its own districts. One that became a case is as closed as the case."""
        if main.kind not in AUTHORITY or main.municipality != thing.municipality:
            return False
        districts = {r.district for r in self.same(who)}
        if None not in districts and thing.district is not None and thing.district not in districts:
            return False
        return thing.case is None or self.sees_case(who, thing.case)

    # what may be done

    def may(self, who: Person, deed: str, thing: Thing) -> bool:
        main = self.role(who)
        if main is None:
            return False
        return bool(_MAY[deed](self, who, main, thing))


def _in_case(scope: str | None, *, sides: set[str] | None = None):  # type: ignore[no-untyped-def]
    def sees(world: World, who: Person, main: Role, thing: Thing) -> bool:
        if sides is not None and main.kind not in sides:
            return False
        if main.kind == "relative" and scope is None:
            return False
        return world.sees_case(who, thing.case, scope)  # type: ignore[arg-type]

    return sees


_OWN = {"citizen", "relative"}
_EVERYBODY = AUTHORITY | PROVIDER | _OWN

_SEES = {
    "case": lambda w, who, main, t: w.sees_case(who, t.case),
    "goal": _in_case("plan"),
    "purpose": _in_case("plan"),
    "plan": _in_case("plan"),
    "meeting": _in_case("meetings"),
    "card": _in_case("meetings"),
    "preparation": lambda w, who, main, t: (
        w.sees_case(who, t.case, "meetings") and (main.kind != "relative" or w.is_let(who, t.case, "prepare"))
    ),
    "helper": _in_case("helpers"),
    "listing": _in_case(None, sides=AUTHORITY),
    "feedback": _in_case(None, sides=AUTHORITY | {"citizen"}),
    "deadline": lambda w, who, main, t: (
        main.kind in AUTHORITY | {"citizen"} and w.sees_case(who, t.case) and not (main.kind in _OWN and t.is_hidden)
    ),
    "dispute": lambda w, who, main, t: (  # forvaltningsloven § 9: the party, unless it is kept back for now
        main.kind in AUTHORITY | {"citizen"} and w.sees_case(who, t.case) and not (main.kind in _OWN and t.is_hidden)
    ),
    "file_request": lambda w, who, main, t: (  # forvaltningsloven §§ 8 and 9: the party; a representative the own
        main.kind in AUTHORITY | _OWN
        and w.sees_case(who, t.case, "letters")
        and (main.kind not in _OWN or (t.owner == who.key if main.kind == "relative" else not t.is_hidden))
    ),
    "mask": _in_case(None, sides=AUTHORITY),
    "task": lambda w, who, main, t: w.sees_case(who, t.case, "agreements") and not (main.kind in _OWN and t.is_hidden),
    "need": _in_case(None, sides=AUTHORITY),
    "decision": lambda w, who, main, t: (  # forvaltningsloven §§ 8 and 9: the party and who acts for it, once told
        main.kind in AUTHORITY | _OWN
        and w.sees_case(who, t.case, "decisions")
        and (main.kind in AUTHORITY or not t.is_draft)
    ),
    "granted": lambda w, who, main, t: (
        main.kind in AUTHORITY | _OWN
        and not t.is_withdrawn  # planned, or replaced
        and w.sees_case(who, t.case, "decisions")
        and (main.kind in AUTHORITY or not t.is_draft)
    ),
    "note": World._sees_note,
    "segment": lambda w, who, main, t: w._sees_note(who, main, t) and not (main.kind in _OWN and t.is_hidden),
    "order": World._sees_order,
    "status_note": lambda w, who, main, t: w._sees_order(who, main, t) and (main.kind in PROVIDER or not t.is_draft),
    "question": lambda w, who, main, t: main.kind in AUTHORITY | PROVIDER and w._sees_order(who, main, t),
    "referral": World._sees_referral,
    "drawn_look": lambda w, who, main, t: main.kind == "team_leader" and main.municipality == t.municipality,
}


def _writes_note(world: World, who: Person, main: Role, thing: Thing) -> bool:
    """Offentlighedsloven § 13 binds those who work with the case; the citizen and relatives write in other ways."""
    return main.kind in AUTHORITY | PROVIDER and world.sees_case(who, thing.case) and not thing.case.is_closed  # type: ignore


def _sets_purpose(world: World, who: Person, main: Role, thing: Thing) -> bool:
    return main.kind in AUTHORITY and world.sees_case(who, thing.case) and not thing.case.is_closed  # type: ignore


def _finishes_task(world: World, who: Person, main: Role, thing: Thing) -> bool:
    """One's own promise, one's own side's, and for the authority everybody's; never one that is not seen."""
    if thing.is_done or not world.sees(who, thing):
        return False
    if thing.owner == who.key or main.kind in AUTHORITY:
        return True
    side = "provider" if main.kind in PROVIDER else main.kind
    return side != "relative" and side == thing.owner_side


def _asks_about_order(world: World, who: Person, main: Role, thing: Thing) -> bool:
    is_alive = thing.order_status in {"sent", "running"}
    return main.kind in AUTHORITY | PROVIDER and is_alive and world.sees(who, thing)


def _declines_order(world: World, who: Person, main: Role, thing: Thing) -> bool:
    return main.kind in PROVIDER and thing.order_status == "sent" and world.sees(who, thing)


def _withdraws_order(world: World, who: Person, main: Role, thing: Thing) -> bool:
    return main.kind in AUTHORITY and thing.order_status == "sent" and world.sees(who, thing)


def _says_who_sees(world: World, who: Person, main: Role, thing: Thing) -> bool:
    """The coordinator and the leaders, within what they may see themselves."""
    case = thing.case
    assert case is not None
    is_entitled = case.coordinator == who.key or main.kind == "team_leader"
    return main.kind in AUTHORITY and is_entitled and world.sees_case(who, case)


def _declares_conflict(world: World, who: Person, main: Role, thing: Thing) -> bool:
    return main.kind in AUTHORITY | PROVIDER and world.sees_case(who, thing.case)  # type: ignore[arg-type]


def _rates_goal(world: World, who: Person, main: Role, thing: Thing) -> bool:
    return main.kind != "relative" and world.sees_case(who, thing.case) and not thing.case.is_closed  # type: ignore


def _withdraws_note(world: World, who: Person, main: Role, thing: Thing) -> bool:
    return main.kind in AUTHORITY | PROVIDER and thing.author == who.key and world.sees(who, thing)


_MAY = {
    "write_note": _writes_note,
    "set_purpose": _sets_purpose,
    "finish_task": _finishes_task,
    "ask_about_order": _asks_about_order,
    "decline_order": _declines_order,
    "withdraw_order": _withdraws_order,
    "say_who_sees": _says_who_sees,
    "declare_conflict": _declares_conflict,
    "rate_goal": _rates_goal,
    "withdraw_note": _withdraws_note,
}
DEEDS = tuple(_MAY)
KINDS = tuple(_SEES)
